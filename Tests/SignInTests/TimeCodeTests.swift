// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import TestSupport
import Testing

@testable import SignIn

@Suite struct TimeCodeTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// RFC 6238, appendix B: the moment in seconds and the code of eight digits.
    private static let vectors: [(Int64, String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]

    private static func moment(_ seconds: Int64) -> Instant { Instant(microseconds: seconds * 1_000_000) }

    @Test(arguments: vectors)
    func `the vectors of RFC 6238`(_ seconds: Int64, _ code: String) {
        let step = TimeCode.step(at: Self.moment(seconds))
        #expect(TimeCode.code(Self.secret, step: step, digits: 8) == code)
        // Six digits are the last six of eight.
        #expect(TimeCode.code(Self.secret, step: step) == String(code.suffix(6)))
    }

    @Test func `a clock half a minute off is borne, one of two minutes is not`() {
        let now = Self.moment(1_800_000_015)
        func found(_ off: Int64) -> Int64? {
            let code = TimeCode.code(Self.secret, step: TimeCode.step(at: now.adding(seconds: off)))
            return TimeCode.matchingStep(code, Self.secret, at: now, after: -1)
        }
        for off: Int64 in [-30, 0, 30] { #expect(found(off) != nil, "\(off) s") }
        for off: Int64 in [-120, -60, 60, 120] { #expect(found(off) == nil, "\(off) s") }
    }

    @Test func `a step counts once, and none before it afterwards`() {
        let now = Self.moment(1_800_000_015)
        let present = TimeCode.step(at: now)
        for step in [present - 1, present, present + 1] {
            let code = TimeCode.code(Self.secret, step: step)
            #expect(TimeCode.matchingStep(code, Self.secret, at: now, after: step - 1) == step)
            #expect(TimeCode.matchingStep(code, Self.secret, at: now, after: step) == nil)
        }
    }

    @Test func `codes are read as apps show them`() {
        #expect(TimeCode.normalised(" 123 456 ") == "123456")
        for text in ["12345", "1234567", "12345a", "", "١٢٣٤٥٦", "-12345"] {
            #expect(TimeCode.normalised(text) == nil, "\(text)")
        }
    }

    /// RFC 4648, section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `base 32 as RFC 4648 has it`(_ text: String, _ expected: String) {
        #expect(String(Base32Text.encode(Array(text.utf8))) == expected)
    }

    @Test func `what is sealed opens with its key, its purpose and its owner only`() {
        let key = [UInt8](repeating: 1, count: 32)
        let seal = SecretSeal(installationKey: key, purpose: "a", random: .system)
        let sealed = seal.seal(Self.secret, of: "lan")
        #expect(seal.open(sealed, of: "lan") == Self.secret)
        #expect(seal.open(sealed, of: "mai") == nil)
        #expect(SecretSeal(installationKey: key, purpose: "b", random: .system).open(sealed, of: "lan") == nil)
        let other = [UInt8](repeating: 2, count: 32)
        #expect(SecretSeal(installationKey: other, purpose: "a", random: .system).open(sealed, of: "lan") == nil)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(seal.open(changed, of: "lan") == nil)
        }
        #expect(seal.open([], of: "lan") == nil && seal.open(Array(sealed.dropLast()), of: "lan") == nil)
        // The same secret twice looks different.
        #expect(seal.seal(Self.secret, of: "lan") != sealed)
    }

    @Test func `locks grow, and end in a block`() {
        let locks = (1...GuessRule.triesBeforeBlock).compactMap { GuessRule.lockSeconds(afterWrong: $0) }
        #expect(locks == [900, 1_800, 3_600, 7_200])
        #expect(GuessRule.lockSeconds(afterWrong: 0) == nil && GuessRule.lockSeconds(afterWrong: 4) == nil)
    }
}
