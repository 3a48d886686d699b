// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing

@testable import SignIn

/// A service over an empty store, with two accounts that share a telephone, and a gateway in memory.
struct PhoneFixture {
    struct Message: Sendable, Equatable {
        var phone: String
        var text: String
    }

    final class Gateway: Sendable {
        let sent = Mutex<[Message]>([])
    }

    let base: SignInFixture
    let identity: IdentityService
    let service: PhoneSignInService
    let gateway = Gateway()
    private let jobs = JobQueue(random: .system)

    static let phone = "0912 345 678"

    init(_ base: SignInFixture) {
        self.base = base
        identity = IdentityService(
            store: base.store,
            log: base.log,
            organisation: base.organisation,
            clock: base.time.clock,
            random: .system
        )
        service = PhoneSignInService(
            store: base.store,
            identity: identity,
            jobs: jobs,
            secret: Array("bí mật của máy chủ".utf8),
            clock: base.time.clock,
            random: .system
        )
    }

    /// An account made by the identity service, as every account is.
    func account(_ number: String, phone: String = PhoneFixture.phone) async throws -> AccountID {
        let claims = VerifiedIdentity(
            subject: "tech-\(number)",
            fullName: "Nguyễn Thị Sao Mai",
            nationalID: try #require(NationalID(number)),
            birthDate: nil,
            sex: nil,
            address: nil,
            phone: PhoneNumber(phone),
            email: nil,
            assurance: .two
        )
        guard case .citizen(let account, _)? = try await identity.person(behind: identity.signIn(citizen: claims))
        else { throw PhoneSignInError.codeGone }
        return account.id
    }

    func begin(_ phone: String = PhoneFixture.phone, _ digits: String = "0123", client: String = "192.0.2.1")
        async throws -> BegunPhoneSignIn
    {
        try await service.begin(phone: phone, lastDigits: digits, client: client, returnTo: "/tai-khoan")
    }

    func finish(_ code: String, _ begun: BegunPhoneSignIn, client: String = "192.0.2.1") async throws
        -> FinishedPhoneSignIn
    {
        try await service.finish(code: code, client: client, browserSecret: begun.browserSecret)
    }

    /// What the worker does: takes every waiting job; the messages that left.
    func work() async throws -> [Message] {
        let (now, jobs, gateway) = (base.time.now, jobs, gateway)
        let leased = try await base.store.write { transaction in
            try jobs.lease(kinds: [PhoneSignInService.jobKind], limit: 100, now: now, forSeconds: 60, in: transaction)
        }
        for job in leased {
            try await service.send(codeJob: job.payload, reference: job.id.rawValue) { phone, text, _ in
                gateway.sent.withLock { $0.append(Message(phone: phone.national, text: text)) }
            }
            _ = try await base.store.write { try jobs.complete(job, in: $0) }
        }
        return gateway.sent.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }

    /// The code in the one message that left.
    func code() async throws -> String {
        let messages = try await work()
        #expect(messages.count == 1)
        let text = try #require(messages.first?.text)
        let digits = text.split(whereSeparator: { !$0.isNumber }).first { $0.count == 6 }
        return String(try #require(digits))
    }
}

func withPhone(_ engine: Engine, _ body: (PhoneFixture) async throws -> Void) async throws {
    try await withSignIn(engine) { try await body(PhoneFixture($0)) }
}

@Suite struct PhoneSignInTests {
    @Test(arguments: TestStores.all)
    func `a code signs in once, in its browser, within five minutes`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            let account = try await fixture.account("089190000123")
            let begun = try await fixture.begin("+84 912.345.678", " 01-23 ")
            let other = try await fixture.begin("0987654321")
            let code = try await fixture.code()
            await #expect(throws: PhoneSignInError.codeMalformed) { try await fixture.finish("12345", begun) }
            await #expect(throws: PhoneSignInError.codeMalformed) { try await fixture.finish("12345x", begun) }
            await #expect(throws: PhoneSignInError.codeWrong(left: 4)) { try await fixture.finish(code, other) }
            let finished = try await fixture.finish("\(code.prefix(3)) \(code.suffix(3))", begun)
            #expect(finished.account == account && finished.returnTo == "/tai-khoan")
            await #expect(throws: PhoneSignInError.codeGone) { try await fixture.finish(code, begun) }

            let late = try await fixture.begin()
            let lateCode = try await fixture.code()
            fixture.base.time.advance(seconds: PhoneSignInService.codeSeconds)
            await #expect(throws: PhoneSignInError.codeGone) { try await fixture.finish(lateCode, late) }
            fixture.base.time.advance(seconds: 2 * 86_400)
            #expect(try await fixture.service.removeEnded() > 0)
            #expect(try await fixture.service.removeEnded() == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `known and unknown numbers are answered alike`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            _ = try await fixture.account("089190000123")
            // Known number with other digits, unknown number, known number with right digits.
            for (phone, digits) in [(PhoneFixture.phone, "9999"), ("0355555555", "0123"), (PhoneFixture.phone, "0123")]
            {
                let begun = try await fixture.begin(phone, digits)
                let row = try await fixture.base.store.read { transaction in
                    try transaction.first(
                        """
                        SELECT (SELECT COUNT(*) FROM phone_code) AS codes,
                            (SELECT COUNT(*) FROM job WHERE state = 'waiting') AS jobs FROM journal_head
                        """
                    )
                }
                let (codes, jobs): (Int, Int) = (try #require(row).get("codes"), try #require(row).get("jobs"))
                #expect(codes >= 1 && jobs == 1)
                for left in [4, 3] {
                    await #expect(throws: PhoneSignInError.codeWrong(left: left)) {
                        try await fixture.finish("000000", begun)
                    }
                }
                #expect(try await fixture.work().count == (digits == "0123" && phone == PhoneFixture.phone ? 1 : 0))
            }
            #expect(PhoneSignInError.allSentences.allSatisfy { !$0.contains("không tồn tại") })
        }
    }

    @Test(arguments: TestStores.all)
    func `nothing at rest tells the code or the number`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            _ = try await fixture.account("089190000123")
            _ = try await fixture.begin()
            let rows = try await fixture.base.store.read { transaction in
                try transaction.rows("SELECT id, return_to FROM phone_code")
                    + transaction.rows("SELECT payload FROM job")
            }
            let id: String = try #require(rows.first).get("id")
            let payload: String = try #require(rows.last).get("payload")
            let code = try await fixture.code()
            #expect(payload == "\"\(id)\"" && !payload.contains(code))
            // Another server's secret gives another code for the same row.
            let stranger = PhoneSignInService(
                store: fixture.base.store,
                identity: fixture.identity,
                jobs: JobQueue(random: .system),
                secret: [1],
                clock: fixture.base.time.clock,
                random: .system
            )
            let known = try #require(Identifier<PhoneCode>(rawValue: id))
            #expect(fixture.service.code(of: known) == code && stranger.code(of: known) != code)
        }
    }

    @Test(arguments: TestStores.all)
    func `two people with one phone are told apart, or refused clearly`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            let mother = try await fixture.account("089190000123")
            let son = try await fixture.account("089210000456")
            for (digits, account) in [("0123", mother), ("0456", son)] {
                let begun = try await fixture.begin(PhoneFixture.phone, digits)
                #expect(try await fixture.finish(fixture.code(), begun).account == account)
            }
            fixture.base.time.advance(seconds: 3_600)
            _ = try await fixture.account("091310000123")
            let begun = try await fixture.begin()
            let code = try await fixture.code()
            await #expect(throws: PhoneSignInError.shared) { try await fixture.finish(code, begun) }
            await #expect(throws: PhoneSignInError.codeGone) { try await fixture.finish(code, begun) }
        }
    }

    @Test(arguments: TestStores.all)
    func `codes are limited by telephone and by address`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            _ = try await fixture.account("089190000123")
            for phone in [PhoneFixture.phone, "0355555555"] {
                for number in 0..<3 { _ = try await fixture.begin(phone, client: "10.0.0.\(number)") }
                // Known or not, the fourth is refused in the same words.
                await #expect(throws: PhoneSignInError.tooMany(minutes: 15)) {
                    try await fixture.begin(phone, client: "10.0.0.9")
                }
            }
            fixture.base.time.advance(seconds: 901)
            _ = try await fixture.begin(client: "10.0.0.9")
            for number in 0..<19 { _ = try await fixture.begin("03555555\(10 + number)", client: "10.0.0.9") }
            await #expect(throws: PhoneSignInError.tooMany(minutes: 60)) {
                try await fixture.begin("0355555599", client: "10.0.0.9")
            }
            for (phone, digits, error) in [
                ("0123", "0123", PhoneSignInError.phoneMalformed), (PhoneFixture.phone, "123", .digitsMalformed),
                (PhoneFixture.phone, "12a4", .digitsMalformed), ("", "", .phoneMalformed),
            ] {
                await #expect(throws: error) { try await fixture.begin(phone, digits) }
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `ten thousand guesses lead nowhere`(on engine: Engine) async throws {
        try await withPhone(engine) { fixture in
            let account = try await fixture.account("089190000123")
            var compared = 0
            // From as many addresses as guesses, asking for a new code whenever one is given.
            // Refusals are what is tried here.
            var begun = try? await fixture.begin(client: "10.9.0.0")
            for guess in 0..<10_000 {
                let client = "10.\(guess / 250).\(guess % 250).1"
                do {
                    let attempt = try #require(begun)
                    let code = String(String(1_000_000 + guess).dropFirst())
                    let finished = try await fixture.finish(code, attempt, client: client)
                    // One in 66,000 runs a guess is right; then it is this account's.
                    #expect(finished.account == account)
                    return
                } catch PhoneSignInError.codeWrong {
                    compared += 1
                } catch PhoneSignInError.codeSpent {
                    compared += 1
                    if let next = try? await fixture.begin(client: client) { begun = next }  // refused at times
                } catch PhoneSignInError.codeGone, PhoneSignInError.tooMany {
                    guard guess % 100 == 0 else { continue }
                    if let next = try? await fixture.begin(client: client) { begun = next }  // refused at times
                    // A guess takes at least as long as a page.
                    fixture.base.time.advance(seconds: 10)
                }
            }
            // Fifteen wrong codes of a number in a day, and the day is not over.
            #expect(compared <= 15, "\(compared) guesses were compared")
        }
    }
}

extension PhoneSignInError {
    static let allSentences: [String] = [
        PhoneSignInError.phoneMalformed, .digitsMalformed, .tooMany(minutes: 3), .codeMalformed, .codeWrong(left: 1),
        .codeSpent, .codeGone, .shared,
    ].compactMap(\.publicDetail)
}
