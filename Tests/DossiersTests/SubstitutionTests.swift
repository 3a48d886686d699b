// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Who stands in for whom, and that two acts of two persons are never one person's.
struct SubstitutionTests {
    private func lastAuthor(_ fixture: DossiersFixture, _ code: DossierCode) async throws -> ActorStamp {
        let id = try await fixture.state(code).id.rawValue
        return try await fixture.store.read { [log = fixture.log] transaction in
            try #require(try log.events(of: "dossier", id: id, in: transaction).last).entry.actor
        }
    }

    @Test(arguments: TestStores.all)
    func `a deputy who stands in signs with her own key, and the journal says in whose place`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let standing = try await fixture.standIn("anphu.phochutich", for: "anphu.chutich", as: .leader)
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            _ = try await fixture.approve(code, by: "anphu.phochutich")
            let author = try await lastAuthor(fixture, code)
            #expect((author.id, author.behalf) == ("anphu.phochutich", standing.id.rawValue))
            #expect(fixture.signer.signed.map(\.officer.rawValue) == ["anphu.phochutich"])
            // It ends by itself: the day after, she signs in her own right.
            fixture.time.advance(seconds: 3 * 24 * 3_600)
            let later = try await fixture.awaitingSignature(by: fixture.citizen(2)).code
            _ = try await fixture.approve(later, by: "anphu.phochutich")
            #expect(try await lastAuthor(fixture, later).behalf == nil)
            try await fixture.expectNoFault()
        }
    }

    @Test("Above the position of who signs stands that of the head, where she signs in his place")
    func signerLines() {
        func title(_ position: String, inPlaceOf head: String? = nil) -> String {
            let moment = Instant.test
            return ResultSignature(
                notation: "",
                name: "",
                position: position,
                inPlaceOf: head,
                at: moment,
                isPreview: false
            ).title
        }
        #expect(title("Chủ tịch") == "CHỦ TỊCH")
        #expect(title("Phó Chủ tịch") == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
        #expect(title("Phó Chủ tịch", inPlaceOf: "Chủ tịch") == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
        #expect(title("Phó Trưởng Công an xã", inPlaceOf: "Trưởng Công an xã").hasPrefix("KT. TRƯỞNG CÔNG AN XÃ\n"))
        #expect(title("Phó Chủ tịch", inPlaceOf: "Phó Chủ tịch") == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    }

    @Test(arguments: TestStores.all)
    func `a colleague does what was assigned to who is away, for as long as it holds`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.received(by: fixture.citizen()).code
            let (head, id, now) = (
                try await fixture.officer("anphu.truonghotich"), try await fixture.state(code).id, fixture.time.now
            )
            let assignee = try #require(OfficerID(rawValue: "anphu.hotich1"))
            try await fixture.store.journalled { [service = fixture.service] transaction in
                _ = try service.reassign(id, to: assignee, reason: nil, by: head, at: now, in: transaction)
            }
            func draft() async throws -> FormCheck {
                try await fixture.service.draftResult(
                    of: code,
                    typed: DossiersFixture.result,
                    seen: fixture.state(code).version,
                    by: fixture.officer("anphu.hotich2")
                )
            }
            await #expect(throws: DossierRefusal.assignedToAnother) { try await draft() }
            let standing = try await fixture.standIn("anphu.hotich2", for: "anphu.hotich1", as: .specialist)
            #expect(try await draft().isSound)
            #expect(try await lastAuthor(fixture, code).behalf == standing.id.rawValue)
            try await fixture.organisation.endSubstitution(standing.id, by: .system("test"))
            await #expect(throws: DossierRefusal.assignedToAnother) { try await draft() }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `who drafts does not sign, with both roles, and neither does who stands in for her`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let both = try #require(OfficerID(rawValue: "anphu.hotich1"))
            try await fixture.organisation.setRoles([.specialist, .leader], of: both, by: .system("test"))
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            await #expect(throws: DossierRefusal.drafterMayNotSign) {
                try await fixture.approve(code, by: "anphu.hotich1")
            }
            // In her place it would be her own signature under her own draft.
            let hers = try await fixture.standIn("anphu.phochutich", for: "anphu.hotich1", as: .leader)
            await #expect(throws: DossierRefusal.drafterMayNotSign) {
                try await fixture.approve(code, by: "anphu.phochutich")
            }
            try await fixture.organisation.endSubstitution(hers.id, by: .system("test"))
            // Nor does standing in for somebody else make another person of her.
            try await fixture.standIn("anphu.hotich1", for: "anphu.chutich", as: .leader, days: 1)
            await #expect(throws: DossierRefusal.drafterMayNotSign) {
                try await fixture.approve(code, by: "anphu.hotich1")
            }
            #expect(fixture.signer.signed.isEmpty)
            _ = try await fixture.approve(code, by: "anphu.chutich")
        }
    }
}
