// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct AccessTests {
    /// An officer at work, and a citizen.
    private func people(_ fixture: IdentityFixture, _ name: String = "anphu.hotich1") async throws -> (Actor, Actor) {
        let citizen = try await fixture.citizen(fixture.service.signIn(citizen: claims())).actor
        let officer = try await fixture.officer(name)
        return (.officer(officer, authentication: .password, session: nil), citizen)
    }

    private func look(
        _ fixture: IdentityFixture,
        _ actor: Actor,
        at account: AccountID,
        dossier: String = "d1",
        part: AccessedPart = .page,
        for reason: AccessReason = AccessReason(.handling)
    ) async throws {
        let service = fixture.service
        try await fixture.store.write { transaction in
            try service.record(
                [AccessedData(account, dossier: dossier, part: part, item: "f1")],
                for: reason,
                by: actor,
                in: transaction
            )
        }
    }

    @Test(arguments: TestStores.all)
    func `a look is kept with officer, unit, role, dossier, part and purpose, and told to the citizen alone`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let (officer, citizen) = try await people(fixture)
            let account = try #require(citizen.account)
            try await look(fixture, officer, at: account, part: .file)
            // A citizen reading her own dossier, and the program, leave no record.
            try await look(fixture, citizen, at: account)
            try await look(fixture, .system("x"), at: account)
            let page = try await fixture.service.accesses(toDataOf: citizen, after: nil, limit: 20)
            #expect(page.items.count == 1 && page.next == nil)
            let record = try #require(page.items.first)
            #expect(record.officer.rawValue == officer.id && record.agency == officer.agency)
            #expect(record.unit == officer.unit && record.role == .specialist && record.at == fixture.time.now)
            #expect(record.dossier == "d1" && record.part == .file && record.item == "f1")
            #expect(record.reason == AccessReason(.handling))
            var otherClaims = try claims()
            (otherClaims.subject, otherClaims.nationalID) = ("tech-2", try #require(NationalID("089190000124")))
            let other = try await fixture.citizen(fixture.service.signIn(citizen: otherClaims)).actor
            #expect(try await fixture.service.accesses(toDataOf: other, after: nil, limit: 20).items.isEmpty)
            #expect(try await fixture.service.accesses(toDataOf: officer, after: nil, limit: 20).items.isEmpty)
            #expect(try await fixture.service.opened(["d1", "d2"], by: officer) == ["d1"])
        }
    }

    @Test(arguments: TestStores.all)
    func `pages of the list hold every record once, also those of one moment`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let (officer, citizen) = try await people(fixture)
            let account = try #require(citizen.account)
            for number in 0..<25 {
                if number % 5 == 0 { fixture.time.advance(seconds: 1) }
                try await look(fixture, officer, at: account, dossier: "d\(number)")
            }
            var seen: [String] = []
            var after: Keyset?
            repeat {
                let page = try await fixture.service.accesses(toDataOf: citizen, after: after, limit: 10)
                seen += page.items.map(\.dossier)
                after = page.next
            } while after != nil
            #expect(seen.count == 25 && Set(seen).count == 25)
        }
    }

    @Test(arguments: TestStores.all)
    func `auditors and data-protection officers see the accesses of their agency and below, nobody else does`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let (officer, citizen) = try await people(fixture)
            let account = try #require(citizen.account)
            let stranger = Actor.officer(
                try await fixture.officer("longxuyen.hotich1"),
                authentication: .password,
                session: nil
            )
            try await look(fixture, officer, at: account)
            fixture.time.advance(seconds: 60)
            let complaint = AccessReason(.complaint, words: "Đơn số 12")
            try await look(fixture, stranger, at: account, dossier: "d2", for: complaint)
            let all = try await fixture.organisation.snapshot().agencies.map(\.code)
            let commune = try #require(officer.agency)
            for name in ["kiemtra", "baovedulieu"] {
                let auditor = Actor.officer(try await fixture.officer(name), authentication: .password, session: nil)
                func found(_ filter: AccessFilter) async throws -> [String] {
                    try await fixture.service.accesses(filter, for: auditor, after: nil, limit: 20).items.map(\.dossier)
                }
                #expect(try await found(AccessFilter(agencies: all)) == ["d2", "d1"])
                #expect(try await found(AccessFilter(agencies: [commune])) == ["d1"])
                #expect(try await found(AccessFilter(agencies: all, purpose: .complaint)) == ["d2"])
                #expect(try await found(AccessFilter(agencies: all, dossier: "d1")) == ["d1"])
                #expect(try await found(AccessFilter(agencies: all, from: fixture.time.now)) == ["d2"])
                #expect(try await found(AccessFilter(agencies: all, before: fixture.time.now)) == ["d1"])
                #expect(try await found(AccessFilter(agencies: [])).isEmpty)
            }
            // An auditor of one commune asks for the whole province, and gets her commune.
            let id = try #require(officer.officer)
            try await fixture.organisation.setRoles([.auditor], of: id, by: fixture.admin)
            let local = Actor.officer(
                try #require(try await fixture.organisation.officer(id)),
                authentication: .password,
                session: nil
            )
            let own = try await fixture.service.accesses(AccessFilter(agencies: all), for: local, after: nil, limit: 20)
            #expect(own.items.map(\.dossier) == ["d1"])
            for name in ["quantri", "anphu.motcua", "anphu.chutich"] {
                let actor = Actor.officer(try await fixture.officer(name), authentication: .password, session: nil)
                await #expect(throws: AccessRefusal.notAllowed) {
                    try await fixture.service.accesses(AccessFilter(agencies: all), for: actor, after: nil, limit: 20)
                }
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a stated purpose holds for an hour and one dossier, an unmasking for a quarter of an hour`(
        on engine: Engine
    ) async throws {
        try await withIdentity(engine) { fixture in
            let (officer, citizen) = try await people(fixture)
            let service = fixture.service
            let words = "Ông An hỏi ở quầy"
            func standing(_ dossier: String) async throws -> AccessReason? {
                try await fixture.store.read { try service.standingReason(of: officer, for: dossier, in: $0) }
            }
            func unmasking() async throws -> AccessReason? {
                try await fixture.store.read { try service.unmaskingReason(of: officer, for: "d1", in: $0) }
            }
            await #expect(throws: AccessRefusal.purposeMissing) {
                try await service.state(.handling, words: words, isUnmasking: false, for: "d1", by: officer)
            }
            await #expect(throws: AccessRefusal.purposeMissing) {
                try await service.state(nil, words: words, isUnmasking: true, for: "d1", by: officer)
            }
            for wrong in [String(repeating: "a", count: 9), String(repeating: "a", count: 501)] {
                await #expect(throws: AccessRefusal.wordsUnfit) {
                    try await service.state(.complaint, words: wrong, isUnmasking: false, for: "d1", by: officer)
                }
            }
            await #expect(throws: AccessRefusal.notAllowed) {
                try await service.state(.complaint, words: words, isUnmasking: false, for: "d1", by: citizen)
            }
            #expect(try await standing("d1") == nil)
            try await service.state(.complaint, words: words, isUnmasking: false, for: "d1", by: officer)
            try await service.state(.applicantAsks, words: words, isUnmasking: false, for: "d1", by: officer)
            try await service.state(.handling, words: words, isUnmasking: true, for: "d1", by: officer)
            #expect(try await standing("d1") == AccessReason(.applicantAsks, words: words))
            #expect(try await standing("d2") == nil)
            fixture.time.advance(seconds: IdentityService.unmaskedSeconds)
            #expect(try await unmasking() == AccessReason(.handling, words: words))
            fixture.time.advance(seconds: 1)
            #expect(try await unmasking() == nil)
            fixture.time.advance(seconds: IdentityService.purposeKeptSeconds - IdentityService.unmaskedSeconds)
            #expect(try await standing("d1") == nil)
            #expect(try await service.removeOldStatements() == 2)
            // No look was recorded by saying why.
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM access_record") == 0)
        }
    }

    @Test func `the lists go by their indexes, not through the whole table`() async throws {
        try await withIdentity(.sqlite) { fixture in
            let account = try #require(AccountID(rawValue: "a1"))
            let agency = try #require(AgencyCode("H01.30337"))
            for (index, statement) in [
                ("access_record_account", AccessTable.toStatement(account, after: nil, limit: 21)),
                (
                    "access_record_agency",
                    AccessTable.auditStatement(AccessFilter(agencies: [agency]), after: nil, limit: 51)
                ),
            ] {
                let plan = try await fixture.store.read { transaction in
                    try transaction.rows("EXPLAIN QUERY PLAN \(fragment: statement)").map {
                        try $0.get("detail", as: String.self)
                    }
                }
                #expect(plan.contains { $0.contains(index) } && !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
            }
        }
    }
}

@Suite struct MaskingTests {
    @Test func `what a role does not need is masked, and everything outside its own work`() {
        let rule = MaskingRule.standard
        func clear(_ roles: Set<Role>, isOwnWork: Bool = true) -> Set<MaskedField> {
            Set(MaskedField.allCases.filter { rule.isClear($0, for: roles, isOwnWork: isOwnWork) })
        }
        #expect(clear([.deskOfficer]) == [.nationalID, .phone, .address])
        #expect(clear([.specialist]) == [.nationalID, .address])
        #expect(clear([.recordsClerk]) == [.address])
        #expect(clear([.leader]).isEmpty && clear([.unitHead]).isEmpty && clear([.auditor]).isEmpty)
        #expect(clear([.leader, .deskOfficer]) == [.nationalID, .phone, .address])
        for role in Role.allCases { #expect(clear([role], isOwnWork: false).isEmpty) }
    }

    @Test(arguments: [
        (MaskedField.nationalID, "089190000123", "••• ••• ••• 123"),
        (.nationalID, "089 190 000 123", "••• ••• ••• 123"),
        (.nationalID, "021234567", "••• 567"), (.phone, "0912345678", "•••• ••• 678"), (.phone, "113", "•••"),
        (.email, "mai@mau.example", "m•••@mau.example"), (.email, "mai", "•••"),
        (.address, "Ấp Trung, xã An Phú, tỉnh An Giang", "•••, xã An Phú, tỉnh An Giang"),
        (.address, "12 Lê Lợi", "•••"), (.address, "", ""),
    ])
    func `a mask leaves what tells two people apart`(_ field: MaskedField, _ value: String, _ shown: String) {
        #expect(field.masked(value) == shown)
    }

    @Test func `a name on others' lists is initials and the given name`() {
        #expect(maskedName("Nguyễn Thị Hồng Đào") == "N. T. H. Đào")
        #expect(maskedName("Đào") == "Đào" && maskedName("") == "")
    }
}
