// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import TestSupport
import Testing

@testable import SignIn

@Suite struct CBORTests {
    private func read(_ hex: String) throws -> CBOR { try CBORReader.value(of: try #require([UInt8](hex: hex))) }

    /// Of RFC 8949, appendix A, what we read.
    private static let vectors: [(String, CBOR)] = [
        ("00", .unsigned(0)), ("0a", .unsigned(10)), ("17", .unsigned(23)), ("1818", .unsigned(24)),
        ("1864", .unsigned(100)), ("1903e8", .unsigned(1_000)), ("1a000f4240", .unsigned(1_000_000)),
        ("1b000000e8d4a51000", .unsigned(1_000_000_000_000)), ("1bffffffffffffffff", .unsigned(.max)),
        ("20", .integer(-1)), ("29", .integer(-10)), ("3863", .integer(-100)), ("3903e7", .integer(-1_000)),
        ("3bffffffffffffffff", .negative(.max)), ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
        ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")), ("6449455446", .text("IETF")),
        ("62c3bc", .text("ü")), ("63e6b0b4", .text("水")), ("80", .array([])),
        ("83010203", .array([.unsigned(1), .unsigned(2), .unsigned(3)])), ("a0", .map([])),
        (
            "a201020304",
            .map([.init(key: .unsigned(1), value: .unsigned(2)), .init(key: .unsigned(3), value: .unsigned(4))])
        ),
    ]

    @Test(arguments: vectors)
    func `the examples of RFC 8949`(_ hex: String, _ value: CBOR) throws {
        #expect(try read(hex) == value)
    }

    @Test(arguments: [
        ("", CBORFault.cutOff), ("18", .cutOff), ("1900", .cutOff), ("41", .cutOff), ("5affffffff00", .cutOff),
        ("5bffffffffffffffff", .cutOff), ("81", .cutOff), ("9bffffffffffffffff", .cutOff), ("a101", .cutOff),
        ("bbffffffffffffffff", .cutOff), ("0000", .trailing), ("a0a0", .trailing), ("1817", .notShortest),
        ("1900ff", .notShortest), ("1a0000ffff", .notShortest), ("1b00000000ffffffff", .notShortest),
        ("61ff", .badText), ("a201010102", .doubleKey), ("c001", .unsupported), ("f90000", .unsupported),
        ("fb3ff199999999999a", .unsupported), ("5f4101ff", .unsupported), ("9fff", .unsupported),
        ("bfff", .unsupported),
        ("f7", .unsupported), ("1c", .unsupported), ("ff", .unsupported), ("818181818181818100", .tooDeep),
    ])
    func `what is cut, long-winded, doubled, deep or strange is refused`(_ hex: String, _ fault: CBORFault) throws {
        #expect(throws: fault) { try read(hex) }
    }

    @Test func `seven deep is read`() throws {
        #expect(throws: Never.self) { try read("8181818181818100") }
    }

    /// Two hundred thousand answers with a few bytes changed, cut or put in: each is read or refused, none crashes, and
    /// none takes longer than its length.
    @Test func `mutated answers never crash the readers`() throws {
        let device = try SoftAuthenticator()
        let challenge = "bWF1"
        let registration = try device.register(challenge).authenticator
        let assertion = try device.sign(challenge).authenticator
        let seeds = [registration, assertion, try device.coseKey(), Self.vectors.flatMap { [UInt8](hex: $0.0) ?? [] }]
        var state: UInt64 = 20_260_302
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        var read = 0
        for round in 0..<200_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...random(4) {
                switch random(4) {
                case 0 where !bytes.isEmpty: bytes[random(bytes.count)] = UInt8(random(256))
                case 1 where !bytes.isEmpty: bytes.remove(at: random(bytes.count))
                case 2: bytes.insert(UInt8(random(256)), at: random(bytes.count + 1))
                default: bytes = Array(bytes.prefix(random(bytes.count + 1)))
                }
            }
            var reader = CBORReader(bytes)
            do {
                while reader.position < bytes.count { if PasskeyKey(try reader.next()) != nil { read += 1 } }
            } catch {
                #expect(reader.position <= bytes.count)
            }
            if AuthenticatorData(bytes) != nil { read += 1 }
        }
        // Some mutations leave a readable whole; were there none, the readers would not have been reached.
        #expect(read > 0)
    }
}
