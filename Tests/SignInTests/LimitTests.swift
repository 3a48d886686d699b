// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SignIn

/// docs/threat-model.md says which limit stands where; the figures in it are those of the code.
@Suite struct LimitTests {
    private func limits() throws -> String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: "/\(root)/docs/threat-model.md", encoding: .utf8)
        let start = try #require(page.firstRange(of: "## Limits\n"))
        let rest = page[start.upperBound...]
        return String(rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    }

    @Test func `the limits of the threat model are those of the code`() throws {
        let page = try limits()
        let lockMinutes = SignInSettings.lockSeconds / 60
        let perPhone = PhoneLimit.sending.filter { $0.scope == .sentToPhone }.map(\.most)
        let perClient = try #require(PhoneLimit.sending.first { $0.scope == .sentToClient })
        let first = try #require(GuessRule.lockSeconds(afterWrong: GuessRule.triesBeforeLock))
        for words in [
            "\(SignInSettings.triesBeforeLock) wrong passwords of a name lock it for \(lockMinutes) minutes",
            "\(SignInSettings.triesOfClientBeforeLock) wrong passwords from an address lock it for \(lockMinutes) minutes",
            "\(GuessRule.triesBeforeLock) wrong codes lock for \(first / 60) minutes, each next lock twice as long",
            "\(GuessRule.triesBeforeBlock) wrong codes in a row end in a reset",
            "\(perPhone[0]) codes in 15 minutes and \(perPhone[1]) a day to a number",
            "\(perClient.most) codes an hour for an address",
            "\(PhoneLimit.guessingPhone.most) wrong codes a day by number and by account",
            "\(PhoneLimit.guessingClient.most) by address",
        ] { #expect(page.contains(words), "“\(words)” is not in docs/threat-model.md") }
    }
}
