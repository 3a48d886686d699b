// SPDX-License-Identifier: Apache-2.0

import Digests
public import Identity
public import Kernel
public import Storage

/// A sign-in by telephone that has begun.
public struct BegunPhoneSignIn: Sendable {
    /// A secret that stays in this browser; the code counts only together with it.
    public let browserSecret: String
}

/// A sign-in by telephone that went well.
public struct FinishedPhoneSignIn: Sendable {
    /// Whose; `IdentityService.signIn(byPhone:)` begins the session.
    public let account: AccountID
    /// The task that was given at the beginning.
    public let returnTo: String
}

/// The second way of citizens: a code sent to the telephone of a known account, with the last digits of the personal ID
/// to tell people of one telephone apart. It proves little (level 1) and never makes an account.
///
/// Known and unknown numbers get the same answers after the same work: a row, a job in the outbox and a page.
public struct PhoneSignInService: Sendable {
    /// The kind of job under which a code waits in the outbox.
    public static let jobKind = "sign-in.code"
    /// How long a code counts (ASVS 6.5.5).
    public static let codeSeconds: Int64 = 300
    /// Tries of one code.
    public static let triesPerCode = 5

    private let store: any Store
    private let identity: IdentityService
    private let jobs: JobQueue
    private let key: [UInt8]
    private let clock: Clock
    private let random: RandomSource

    /// The service over a store whose migrations have run.
    ///
    /// - Parameters:
    ///   - store: where it is kept.
    ///   - identity: knows the accounts.
    ///   - jobs: the outbox.
    ///   - secret: the server's secret from which codes follow; all nodes have the same.
    ///   - clock: the time.
    ///   - random: for ids and secrets.
    public init(
        store: any Store,
        identity: IdentityService,
        jobs: JobQueue,
        secret: [UInt8],
        clock: Clock,
        random: RandomSource
    ) {
        (self.store, self.identity, self.jobs) = (store, identity, jobs)
        key = HMACSHA256.code(key: secret, message: Array("phone sign-in".utf8)).bytes
        (self.clock, self.random) = (clock, random)
    }

    /// Begins: remembers what was asked for and queues a message, where somebody is behind number and digits.
    ///
    /// - Parameters:
    ///   - phone: as typed.
    ///   - lastDigits: the last four digits of the personal ID, as typed.
    ///   - client: where it comes from, counted against asking for many numbers from one place.
    ///   - returnTo: the task that waits.
    /// - Returns: what the browser keeps.
    /// - Throws: `PhoneSignInError.phoneMalformed`, `.digitsMalformed`, `.tooMany`; `StoreError`.
    public func begin(
        phone: String,
        lastDigits: String,
        client: String,
        returnTo: String
    ) async throws -> BegunPhoneSignIn {
        guard let number = PhoneNumber(phone) else { throw PhoneSignInError.phoneMalformed }
        guard let digits = Self.digits(lastDigits, count: 4) else { throw PhoneSignInError.digitsMalformed }
        let (now, secret) = (clock.now(), SecretToken(.bits256, from: random))
        let ids = [Identifier<PhoneLimit>(random), Identifier(random)]
        let (phoneDigest, clientDigest) = (digest("phone", number.e164), digest("client", client))
        let blank = PhoneCode(
            id: Identifier(random),
            browserDigest: secret.digest,
            phoneDigest: phoneDigest,
            account: nil,
            isShared: false,
            tries: 0,
            returnTo: returnTo.utf8.count <= 500 ? returnTo : "/",
            expiresAt: now.adding(seconds: Self.codeSeconds),
            usedAt: nil
        )
        let refused = try await store.write { transaction -> Int? in
            try PhoneCountTable.queue(phoneDigest, in: transaction)
            let sending = PhoneLimit.sending.map { ($0, $0.scope == .sentToPhone ? phoneDigest : clientDigest) }
            if let minutes = try wait(sending + [(PhoneLimit.guessingPhone, phoneDigest)], at: now, in: transaction) {
                return minutes
            }
            try PhoneCountTable.note(.sentToPhone, phoneDigest, ids[0], at: now, in: transaction)
            try PhoneCountTable.note(.sentToClient, clientDigest, ids[1], at: now, in: transaction)
            let found = try identity.accounts(withPhone: number, in: transaction).filter {
                $0.identity.nationalID.digits.hasSuffix(digits)
            }
            var made = blank
            if let account = found.first?.id {
                // At whose codes was guessed too often gets none for a day, and nobody is told.
                let guessed = [(PhoneLimit.guessingAccount, digest("account", account.rawValue))]
                made.account = try wait(guessed, at: now, in: transaction) == nil ? account : nil
                made.isShared = found.count > 1
            }
            try PhoneCodeTable.end(phone: phoneDigest, in: transaction)
            try PhoneCodeTable.insert(made, in: transaction)
            try jobs.enqueue(kind: Self.jobKind, payload: "\"\(made.id.rawValue)\"", runAt: now, in: transaction)
            return nil
        }
        if let refused { throw PhoneSignInError.tooMany(minutes: refused) }
        return BegunPhoneSignIn(browserSecret: secret.text)
    }

    /// Ends with the code as typed. A try is used up before it is compared.
    ///
    /// - Parameters:
    ///   - typed: the code.
    ///   - client: where it comes from.
    ///   - browserSecret: what `begin` gave to this browser.
    /// - Returns: whose account it is, and the task that waits.
    /// - Throws: `PhoneSignInError.codeMalformed`, `.codeWrong`, `.codeSpent`, `.codeGone`, `.tooMany`, `.shared`;
    ///   `StoreError`.
    public func finish(code typed: String, client: String, browserSecret: String) async throws -> FinishedPhoneSignIn {
        guard let browser = SecretToken(browserSecret) else { throw PhoneSignInError.codeGone }
        guard let digits = Self.digits(typed, count: 6) else { throw PhoneSignInError.codeMalformed }
        let (now, clientDigest) = (clock.now(), digest("client", client))
        let ids = [Identifier<PhoneLimit>(random), Identifier(random), Identifier(random)]
        // What was counted stays counted: a refusal is an answer here, no error that takes it back.
        let outcome = try await store.write { transaction -> Result<FinishedPhoneSignIn, PhoneSignInError> in
            guard let code = try PhoneCodeTable.find(browser: browser.digest, in: transaction), code.usedAt == nil,
                now < code.expiresAt
            else { return .failure(.codeGone) }
            let guessed = [(PhoneLimit.guessingPhone, code.phoneDigest), (PhoneLimit.guessingClient, clientDigest)]
            if let minutes = try wait(guessed, at: now, in: transaction) { return .failure(.tooMany(minutes: minutes)) }
            guard try PhoneCodeTable.takeTry(code.id, most: Self.triesPerCode, in: transaction) else {
                return .failure(.codeSpent)
            }
            let isRight = constantTimeEquals(Array(digits.utf8), Array(self.code(of: code.id).utf8))
            guard isRight, let account = code.account else {
                try note(wrong: code, clientDigest, ids, at: now, in: transaction)
                let left = Self.triesPerCode - code.tries - 1
                return .failure(left > 0 ? .codeWrong(left: left) : .codeSpent)
            }
            guard try PhoneCodeTable.use(code.id, at: now, in: transaction) else { return .failure(.codeGone) }
            guard !code.isShared else { return .failure(.shared) }
            return .success(FinishedPhoneSignIn(account: account, returnTo: code.returnTo))
        }
        return try outcome.get()
    }

    /// The task for which this browser asked for a code; nil when there is none any more.
    public func task(browserSecret: String) async throws -> String? {
        guard let browser = SecretToken(browserSecret) else { return nil }
        return try await store.read { try PhoneCodeTable.find(browser: browser.digest, in: $0) }?.returnTo
    }

    /// Sends a queued code: called by the worker for a job of kind `jobKind`. Where nobody is behind the number, or the
    /// code counts no more, nothing is sent.
    ///
    /// - Throws: what the port throws, `StoreError`.
    public func send(
        codeJob payload: String,
        reference: String,
        over sms: @Sendable (_ to: PhoneNumber, _ text: String, _ reference: String) async throws -> Void
    ) async throws {
        guard let id = Identifier<PhoneCode>(rawValue: payload.filter { $0 != "\"" }) else { return }
        let now = clock.now()
        let found = try await store.read { transaction -> PhoneNumber? in
            guard let code = try PhoneCodeTable.find(id, in: transaction), code.usedAt == nil, now < code.expiresAt,
                let account = code.account
            else { return nil }
            return try identity.account(account, in: transaction)?.identity.phone
        }
        guard let phone = found else { return }
        try await sms(phone, Self.message(code(of: id)), reference)
    }

    /// Removes codes and counts that no longer matter; called by the worker.
    ///
    /// - Returns: how many were removed.
    public func removeEnded() async throws -> Int {
        let now = clock.now()
        return try await store.write { transaction in
            try PhoneCodeTable.removeEnded(before: now.adding(seconds: -Self.codeSeconds), in: transaction)
                + PhoneCountTable.removeEnded(before: now.adding(seconds: -PhoneLimit.longestSeconds), in: transaction)
        }
    }

    // MARK: - Inside

    static func message(_ code: String) -> String {
        "Mã đăng nhập Cổng dịch vụ công: \(code). Dùng trong 5 phút. Cán bộ không bao giờ hỏi mã này."
    }

    /// Six digits that follow from the id: whoever reads the database without the server's key learns nothing.
    func code(of id: Identifier<PhoneCode>) -> String {
        let bytes = HMACSHA256.code(key: key, message: Array("code:\(id.rawValue)".utf8)).bytes
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        return String(String(1_000_000 + number).dropFirst())
    }

    /// A digest that tells nothing of a number that could be guessed.
    private func digest(_ kind: String, _ text: String) -> Digest {
        HMACSHA256.code(key: key, message: Array("\(kind):\(text)".utf8))
    }

    private static func digits(_ typed: String, count: Int) -> String? {
        let digits = typed.filter { !" .-\u{A0}".contains($0) }
        return digits.count == count && digits.allSatisfy(\.isASCIIDigit) ? digits : nil
    }

    /// Whole minutes until all these limits allow one more; nil when they do.
    private func wait(
        _ limits: [(PhoneLimit, Digest)],
        at now: Instant,
        in transaction: Transaction
    ) throws -> Int? {
        var longest: Int64 = 0
        for (limit, subject) in limits {
            let moments = try PhoneCountTable.moments(limit, of: subject, at: now, in: transaction)
            guard moments.count >= limit.most else { continue }
            let free = moments[moments.count - limit.most].adding(seconds: limit.seconds)
            longest = max(longest, free.seconds(since: now))
        }
        return longest > 0 ? max(1, Int((longest + 59) / 60)) : nil
    }

    private func note(
        wrong code: PhoneCode,
        _ client: Digest,
        _ ids: [Identifier<PhoneLimit>],
        at now: Instant,
        in transaction: Transaction
    ) throws {
        try PhoneCountTable.note(.wrongByPhone, code.phoneDigest, ids[0], at: now, in: transaction)
        try PhoneCountTable.note(.wrongByClient, client, ids[1], at: now, in: transaction)
        guard let account = code.account else { return }
        let subject = digest("account", account.rawValue)
        try PhoneCountTable.note(.wrongByAccount, subject, ids[2], at: now, in: transaction)
    }
}
