// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct AccountTests {
    @Test(arguments: TestStores.all)
    func `the first sign-in makes an account, the next one keeps it and takes the newest claims`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let first = try await fixture.citizen(fixture.service.signIn(citizen: claims()))
            #expect(try first.account.identity == claims())
            #expect(first.account.createdAt == fixture.time.now)
            fixture.time.advance(seconds: 86_400)
            let changed = try claims { claims in
                claims.fullName = "Nguyễn Thị Sao Mai Anh"
                (claims.phone, claims.email) = (PhoneNumber("0987654321"), nil)
                (claims.birthDate, claims.sex, claims.address) = (nil, nil, nil)
            }
            let second = try await fixture.citizen(fixture.service.signIn(citizen: changed))
            #expect(second.account.id == first.account.id)
            #expect(second.account.identity == changed)
            #expect(second.account.createdAt == first.account.createdAt)
            #expect(try await fixture.service.account(first.account.id) == second.account)
            let id = first.account.id
            let joined = try await fixture.store.read { try fixture.service.account(id, in: $0) }
            #expect(joined == second.account)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM account") == 1)
            let kinds = try await fixture.kinds(of: .citizen, id.rawValue)
            #expect(kinds == ["accountCreated", "signedIn", "signedIn"])
        }
    }

    @Test(arguments: TestStores.all)
    func `one personal number is one account, whatever subject the identity service gives`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let first = try await fixture.citizen(fixture.service.signIn(citizen: claims()))
            let second = try await fixture.citizen(
                fixture.service.signIn(citizen: claims { $0.subject = "tech-of-a-new-contract" })
            )
            #expect(second.account.id == first.account.id)
            #expect(second.account.identity.subject == "tech-of-a-new-contract")
            // What was signed in under the old name is over.
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM session") == 1)
            // The personal ID is the anchor: another one under the same name is refused, and changes nothing.
            let number = try #require(NationalID("089190000999"))
            await #expect(throws: IdentityError.identityConflict) {
                try await fixture.service.signIn(
                    citizen: claims { ($0.subject, $0.nationalID) = ("tech-of-a-new-contract", number) }
                )
            }
            // A weak identity does not take an account to a new name.
            await #expect(throws: IdentityError.identityConflict) {
                try await fixture.service.signIn(
                    citizen: claims { ($0.subject, $0.assurance) = ("tech-of-nobody", .one) }
                )
            }
            #expect(try await fixture.service.account(first.account.id) == second.account)
            let kinds = try await fixture.kinds(of: .citizen, first.account.id.rawValue)
            #expect(
                kinds == [
                    "accountCreated", "signedIn", "subjectChanged", "signedIn", "identityConflicted",
                    "identityConflicted",
                ]
            )
            let other = try await fixture.citizen(
                fixture.service.signIn(
                    citizen: claims {
                        ($0.subject, $0.nationalID) = ("tech-2", try #require(NationalID("089085000456")))
                    }
                )
            )
            #expect(other.account.id != first.account.id)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM account") == 2)
        }
    }

    @Test(arguments: TestStores.all)
    func `claims that fit two accounts merge nothing and sign nobody in`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let number = try #require(NationalID("089085000456"))
            let mine = try await fixture.citizen(fixture.service.signIn(citizen: claims()))
            let other = try await fixture.citizen(
                fixture.service.signIn(citizen: claims { ($0.subject, $0.nationalID) = ("tech-2", number) })
            )
            await #expect(throws: IdentityError.identityConflict) {
                try await fixture.service.signIn(citizen: claims { $0.nationalID = number })
            }
            #expect(try await fixture.service.account(mine.account.id) == mine.account)
            #expect(try await fixture.service.account(other.account.id) == other.account)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM session") == 2)
            let kinds = try await fixture.kinds(of: .citizen, mine.account.id.rawValue)
            #expect(kinds == ["accountCreated", "signedIn", "identityConflicted"])
        }
    }

    @Test(arguments: TestStores.all)
    func `many first sign-ins at once make one account`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let identity = try claims()
            let service = fixture.service
            let secrets = try await withThrowingTaskGroup(of: SecretToken.self) { group in
                for _ in 0..<8 { group.addTask { try await service.signIn(citizen: identity) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var accounts: Set<AccountID> = []
            for secret in secrets { accounts.insert(try await fixture.citizen(secret).account.id) }
            #expect(accounts.count == 1)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM session") == 8)
            let id = try #require(accounts.first)
            let kinds = try await fixture.kinds(of: .citizen, id.rawValue)
            #expect(kinds == ["accountCreated"] + Array(repeating: "signedIn", count: 8))
        }
    }

    @Test(arguments: TestStores.all)
    func `the level of assurance is that of the session, not the best that the account ever had`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let strong = try await fixture.service.signIn(citizen: claims())
            let weak = try await fixture.service.signIn(
                citizen: claims { ($0.assurance, $0.fullName) = (.one, "Tên Khác") }
            )
            #expect(try await fixture.citizen(strong).actor.assurance == .two)
            let (account, actor) = try await fixture.citizen(weak)
            #expect(actor.assurance == .one)
            // A weaker sign-in takes nothing away from what a stronger one told.
            #expect(account.identity.assurance == .two && account.identity.fullName == "Nguyễn Thị Sao Mai")
            #expect(actor.stamp.assurance == 1)
            #expect(actor.account == account.id && actor.officer == nil && actor.roles.isEmpty)
            #expect(actor.stamp.session == weak.digest && actor.stamp.authentication == "nationalIdentity")
        }
    }

    @Test(arguments: TestStores.all)
    func `the journal holds ids, no claims`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            _ = try await fixture.service.signIn(citizen: claims())
            let log = fixture.log
            let events = try await fixture.store.read {
                try log.events(after: nil, limit: 10, includingPersonal: true, in: $0)
            }
            #expect(events.count == 2)
            for event in events {
                let text = event.entry.facts.canonicalText + event.entry.objectID + event.entry.actor.id
                for claim in ["Mai", "089190000123", "0912345678", "tech-1"] { #expect(!text.contains(claim)) }
            }
            #expect(try await log.verify(fixture.store).fault == nil)
        }
    }
}
