// SPDX-License-Identifier: Apache-2.0

/// How often something may be done by one telephone, account or address.
struct PhoneLimit: Sendable {
    /// What is counted.
    enum Scope: String, Sendable {
        case sentToPhone, sentToClient, wrongByPhone, wrongByAccount, wrongByClient
    }

    var scope: Scope
    var most: Int
    var seconds: Int64

    private static let day: Int64 = 86_400

    /// Codes asked for: who has not got the third one will not get the fourth.
    static let sending = [
        PhoneLimit(scope: .sentToPhone, most: 3, seconds: 900), PhoneLimit(scope: .sentToPhone, most: 10, seconds: day),
        PhoneLimit(scope: .sentToClient, most: 20, seconds: 3_600),
    ]
    /// Wrong codes of a day; for an account they count over all its numbers.
    static let guessingPhone = PhoneLimit(scope: .wrongByPhone, most: 15, seconds: day)
    static let guessingAccount = PhoneLimit(scope: .wrongByAccount, most: 15, seconds: day)
    static let guessingClient = PhoneLimit(scope: .wrongByClient, most: 100, seconds: day)
    /// Nothing is counted for longer.
    static let longestSeconds = day
}
