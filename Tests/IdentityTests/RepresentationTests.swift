// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct RepresentationTests {
    private static let paper = Representation.StatedPaper(
        digest: Digest(of: "paper"),
        size: 5,
        mediaType: "application/pdf",
        name: "uy-quyen.pdf",
        pages: 1
    )

    private func draft(_ today: LocalDate, _ change: (inout RepresentationDraft) -> Void = { _ in })
        -> RepresentationDraft
    {
        var draft = RepresentationDraft(
            kind: .person,
            name: " Lê  Hoàng Phúc ",
            number: "089 092 000103",
            birthDate: nil,
            validFrom: today,
            validTo: today.adding(days: 30)
        )
        change(&draft)
        return draft
    }

    @Test(arguments: TestStores.all)
    func `one person wears several hats, one at a time, while they are valid`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let first = try await service.signIn(citizen: claims())
            var (account, me) = try await fixture.citizen(first)
            #expect(account.hats.isEmpty && me.hat == nil && me.party == me.id)
            let phuc = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            let firm = try await service.createRepresentation(
                draft(today) { ($0.kind, $0.name, $0.number) = (.business, "Gạo Bình Đức", "1600990015") },
                paper: Self.paper,
                by: me
            )
            #expect(phuc.name == "Lê Hoàng Phúc" && phuc.number == "089092000103")
            let second = try await service.wear(phuc.id, by: me)
            // The rights changed, so the secret did.
            #expect(try await !fixture.isSignedIn(first))
            (account, me) = try await fixture.citizen(second)
            #expect(Set(account.hats.map(\.representation)) == [phuc.id, firm.id])
            #expect(me.hat == phuc.hat && me.party == phuc.id.rawValue && me.id == account.id.rawValue)
            #expect(me.stamp.behalf == phuc.id.rawValue && me.stamp.id == account.id.rawValue)
            #expect(try await service.representation(of: me)?.id == phuc.id)

            let third = try await service.wear(firm.id, by: me)
            (_, me) = try await fixture.citizen(third)
            #expect(me.hat?.name == "Gạo Bình Đức")
            // Revoked: at the next request the hat is off, and cannot be put on again.
            try await service.revokeRepresentation(firm.id, by: me)
            let stale = me
            await #expect(throws: RepresentationError.notValid) { try await service.representation(of: stale) }
            (_, me) = try await fixture.citizen(third)
            #expect(me.hat == nil && me.party == me.id && me.hasLapsedHat)
            // Who chooses herself has chosen: the lapse is told no more.
            #expect(try await !fixture.citizen(service.wear(nil, by: me)).actor.hasLapsedHat)
            (_, me) = try await fixture.citizen(service.signIn(citizen: claims()))
            let now = me
            await #expect(throws: RepresentationError.notValid) { try await service.wear(firm.id, by: now) }
            await #expect(throws: RepresentationError.unknown) {
                try await service.revokeRepresentation(firm.id, by: now)
            }
            // Over: the same by the calendar alone.
            let fourth = try await service.wear(phuc.id, by: now)
            fixture.time.advance(seconds: 31 * 86_400)
            let later = try await fixture.citizen(service.signIn(citizen: claims())).actor
            #expect(try await fixture.citizen(service.signIn(citizen: claims())).account.hats.isEmpty)
            await #expect(throws: RepresentationError.notValid) { try await service.wear(phuc.id, by: later) }
            #expect(try await !fixture.isSignedIn(fourth))
        }
    }

    @Test(arguments: TestStores.all)
    func `another person's authority is nothing`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let me = try await fixture.citizen(service.signIn(citizen: claims())).actor
            let representation = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            let other = try await fixture.citizen(
                service.signIn(
                    citizen: claims {
                        ($0.subject, $0.nationalID) = ("tech-2", try #require(NationalID("089085000456")))
                    }
                )
            ).actor
            await #expect(throws: RepresentationError.unknown) { try await service.wear(representation.id, by: other) }
            await #expect(throws: RepresentationError.unknown) {
                try await service.revokeRepresentation(representation.id, by: other)
            }
            await #expect(throws: RepresentationError.unknown) {
                try await service.wear(RepresentationID(.system), by: other)
            }
            // Who is known less well may not state one.
            let weak = try await fixture.citizen(service.signIn(citizen: claims { $0.assurance = .one })).actor
            await #expect(throws: RepresentationError.unknown) {
                try await service.createRepresentation(draft(today), paper: Self.paper, by: weak)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a new paper goes on with what was filed by the old one`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let first = try await service.signIn(citizen: claims())
            let me = try await fixture.citizen(first).actor
            let old = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            try await service.revokeRepresentation(old.id, by: me)
            let new = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            #expect(old.party == old.id && new.id != old.id && new.party == old.party)
            let worn = try await fixture.citizen(service.wear(new.id, by: me)).actor
            // The party is the old one's, the event names the paper that is good.
            #expect(worn.party == old.id.rawValue && worn.stamp.behalf == new.id.rawValue)
            // For a business of the same holder it is another party; a person of that number is another's affair.
            let firm = try await service.createRepresentation(
                draft(today) { ($0.kind, $0.number) = (.business, "1600990015") },
                paper: Self.paper,
                by: me
            )
            #expect(firm.party == firm.id)
            let other = try await fixture.citizen(
                service.signIn(
                    citizen: claims {
                        ($0.subject, $0.nationalID) = ("tech-2", try #require(NationalID("089085000456")))
                    }
                )
            ).actor
            let theirs = try await service.createRepresentation(draft(today), paper: Self.paper, by: other)
            #expect(theirs.party == theirs.id)
            let account = try #require(me.account)
            let parties = try await fixture.store.read { try service.parties(of: account, in: $0) }
            #expect(Set(parties) == [me.id, old.id.rawValue, firm.id.rawValue])
            #expect(try await fixture.store.read { try service.filer(of: old.id.rawValue, in: $0) } == me.account)
            #expect(try await fixture.store.read { try service.filer(of: other.id, in: $0) } == other.account)
        }
    }

    @Test(arguments: TestStores.all)
    func `who is represented sees who acts for her and ends it`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let me = try await fixture.citizen(service.signIn(citizen: claims())).actor
            func person(
                _ number: String,
                _ level: AssuranceLevel = .two
            ) async throws -> (account: Account, actor: Actor) {
                try await fixture.citizen(
                    service.signIn(
                        citizen: claims {
                            ($0.subject, $0.nationalID, $0.assurance) =
                                ("tech-\(number)", try #require(NationalID(number)), level)
                        }
                    )
                )
            }
            let phuc = try await person("089092000103")
            let representation = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            let child = try await service.createRepresentation(
                draft(today) {
                    ($0.kind, $0.number, $0.birthDate) = (.child, "089212000104", today.adding(days: -10 * 365))
                },
                paper: Self.paper,
                by: me
            )
            let son = try await person("089212000104")
            let weak = try await person("089092000105", .one)
            let unseen = try await service.createRepresentation(
                draft(today) { $0.number = "089092000105" },
                paper: Self.paper,
                by: me
            )
            // The list and the rule about one object agree for everybody.
            for visitor in [phuc, son, weak] {
                let listed = try await service.representations(about: visitor.account).map(\.id)
                for one in [representation, child, unseen] {
                    #expect(listed.contains(one.id) == one.concerns(visitor.account))
                }
            }
            #expect(try await service.representations(about: phuc.account).map(\.id) == [representation.id])
            #expect(try await service.representation(representation.id, for: phuc.actor) == representation)
            await #expect(throws: RepresentationError.unknown) {
                try await service.representation(representation.id, for: son.actor)
            }
            await #expect(throws: RepresentationError.unknown) {
                try await service.revokeRepresentation(child.id, by: son.actor)
            }
            await #expect(throws: RepresentationError.unknown) {
                try await service.revokeRepresentation(unseen.id, by: weak.actor)
            }
            // She who is represented cannot act by it, only end it: at once for who wears it.
            await #expect(throws: RepresentationError.unknown) {
                try await service.wear(representation.id, by: phuc.actor)
            }
            let secret = try await service.wear(representation.id, by: me)
            #expect(try await fixture.citizen(secret).actor.hat == representation.hat)
            try await service.revokeRepresentation(representation.id, by: phuc.actor)
            let after = try await fixture.citizen(secret).actor
            #expect(after.hat == nil && after.hasLapsedHat)
            let subjects = try await fixture.store.read {
                try service.subjects(of: representation.party.rawValue, in: $0)
            }
            #expect(subjects == [me.account, phuc.account.id])
        }
    }

    @Test(arguments: TestStores.all)
    func `an officer confirms once, and it is told how`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let me = try await fixture.citizen(service.signIn(citizen: claims())).actor
            let representation = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            let officer = try await fixture.officer("anphu.motcua")
            let desk = Actor.officer(officer, authentication: .password, session: nil)
            try await fixture.store.journalled {
                try service.confirmRepresentation(representation.id, .register, by: desk, in: $0)
            }
            let how = try #require(try await service.representations(of: representation.holder).first?.confirmation)
            #expect(how.officer == officer.id && how.way == .register && how.at == fixture.time.now)
            for author in [desk, me] {
                await #expect(throws: RepresentationError.unknown) {
                    try await fixture.store.journalled {
                        try service.confirmRepresentation(representation.id, .original, by: author, in: $0)
                    }
                }
            }
            let log = fixture.log
            let kinds = try await fixture.store.read {
                try log.events(of: "representation", id: representation.id.rawValue, in: $0)
            }.map(\.entry.kind)
            #expect(kinds == ["representationStated", "representationConfirmed"])
        }
    }

    @Test(arguments: TestStores.all)
    func `twenty may be open at a time, and one that is ended makes room`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (service, today) = (fixture.service, fixture.time.now.date)
            let me = try await fixture.citizen(service.signIn(citizen: claims())).actor
            var last: Representation?
            for _ in 0..<IdentityService.representationLimit {
                last = try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            }
            let refusal = RepresentationError.tooMany(limit: IdentityService.representationLimit)
            await #expect(throws: refusal) {
                try await service.createRepresentation(draft(today), paper: Self.paper, by: me)
            }
            try await service.revokeRepresentation(#require(last).id, by: me)
            #expect(try await service.createRepresentation(draft(today), paper: Self.paper, by: me).revokedAt == nil)
        }
    }

    @Test func `what is stated is checked by field`() throws {
        let (today, me) = (Instant.test.date, try claims())
        func faults(_ change: (inout RepresentationDraft) -> Void) -> Set<RepresentationDraft.Field> {
            Set(draft(today, change).faults(today: today, holder: me).keys)
        }
        #expect(faults { _ in } == [])
        #expect(faults { $0.kind = nil } == [.kind])
        #expect(faults { $0.name = " " } == [.name])
        #expect(faults { $0.number = "12" } == [.number])
        #expect(faults { $0.number = "089190000123" } == [.number])  // her own
        #expect(faults { ($0.kind, $0.number) = (.business, "1600990016") } == [.number])
        #expect(faults { $0.kind = .child } == [.birthDate])
        #expect(faults { ($0.kind, $0.birthDate) = (.child, today.adding(days: -18 * 366)) } == [.birthDate])
        #expect(faults { ($0.kind, $0.birthDate) = (.child, today.adding(days: -10 * 365)) } == [])
        #expect(faults { $0.validFrom = nil } == [.validFrom])
        #expect(faults { $0.validTo = nil } == [.validTo])
        #expect(faults { $0.validTo = today.adding(days: -1) } == [.validTo])
        #expect(faults { $0.validTo = today.adding(days: 6 * 366) } == [.validTo])
    }
}
