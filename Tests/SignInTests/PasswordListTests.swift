// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import TestSupport
import Testing

@testable import SignIn

/// Passwords that everybody chooses, and those of known breaches.
@Suite struct PasswordListTests {
    /// Of the 3,000 commonest those that are long enough, and what people make of the shorter ones to pass a rule.
    @Test(
        arguments: [
            "password1234", "Password1234!", "P@ssw0rd2024!", "iloveyou1234", "letmein12345", "qwertyuiop12",
            "1q2w3e4r5t6y",
            "zaq12wsxcde3", "q1w2e3r4t5y6", "trustno1trustno1", "michaeljordan23", "jessica123456", "superman12345",
            "liverpool2020", "charlie12345", "sunshine1234", "manchesterunited", "Football2023!", "Summer2024!!!",
            "Aa@123456789", "Abcdefgh1234!", "11111qqqqq11111", "dragonballz99", "basketball12",
        ],
        [PasswordPolicy.standard, .vn742]
    )
    func `what is guessed first is refused, by both profiles`(_ password: String, policy: PasswordPolicy) {
        #expect(policy.fault(in: password, loginName: "anphu.chutich") == .tooCommon)
    }

    @Test(arguments: ["nắng trên đồng", "hoa sen trắng", "con mèo đen 7", "nang tren dong", "xin chao viet nam"])
    func `a short sentence of one's own is taken`(_ password: String) {
        #expect(PasswordPolicy.standard.fault(in: password, loginName: "anphu.chutich") == nil)
    }

    @Test func `passwords that the program makes are never refused`() {
        for seed in 1...200 {
            let made = PasswordPolicy.generated(from: .seeded(UInt64(seed)))
            #expect(PasswordPolicy.standard.fault(in: made, loginName: "anphu.chutich") == nil, "\(made)")
        }
    }

    /// A list as Have I Been Pwned gives it out: capitals, counts, lines that end as on Windows.
    private func list(of passwords: [String], ending: String, hasCount: Bool, isLower: Bool = false) -> String {
        passwords.map { LegacyDigest.sha1(of: Array($0.utf8)).hex }.map { isLower ? $0 : $0.uppercased() }.sorted()
            .enumerated().map { $1 + (hasCount ? ":\($0 * 7_919)" : "") + ending }.joined()
    }

    @Test(arguments: [0, 1, 2, 3, 10, 1_000])
    func `a password is found in a list of any size, at its ends too, and no other one is`(size: Int) async throws {
        try await withTemporaryFolder { folder in
            let known = ["mật khẩu đã lộ"] + (0..<size).map { "lộ \($0)" }
            for (number, style) in [("\r\n", true, false), ("\n", false, false), ("\n", true, true)].enumerated() {
                let path = "\(folder)/\(number).txt"
                let text = list(of: known, ending: style.0, hasCount: style.1, isLower: style.2)
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                let breached = try BreachedPasswords(path: path)
                for password in known { #expect(try breached.holds(password)) }
                for number in 0..<50 { #expect(try !breached.holds("chưa lộ \(number)")) }
                // Without the last end of line, as some tools leave it.
                try Data(text.dropLast(style.0.count).utf8).write(to: URL(fileURLWithPath: path))
                for password in known { #expect(try breached.holds(password)) }
            }
        }
    }

    @Test func `a list that is none is told`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/list.txt"
            #expect(throws: BreachedPasswords.Fault.unreadable(path: path)) { try BreachedPasswords(path: path) }
            for text in ["", "password\n", "0123\n", String(repeating: "g", count: 40) + "\n"] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                #expect(throws: BreachedPasswords.Fault.malformed(path: path)) { try BreachedPasswords(path: path) }
            }
        }
    }
}
