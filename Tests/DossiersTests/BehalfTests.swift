// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers

@Suite struct BehalfTests {
    /// The citizen with a hat on.
    private func wearing(
        _ kind: Representation.Kind,
        _ name: String,
        _ number: String,
        _ actor: Actor,
        _ fixture: DossiersFixture,
        days: Int = 300
    ) async throws -> Actor {
        let paper = try await fixture.file("giấy ủy quyền \(name)")
        let today = fixture.time.now.date
        let representation = try await fixture.identity.createRepresentation(
            RepresentationDraft(
                kind: kind,
                name: name,
                number: number,
                birthDate: LocalDate("1992-01-15"),
                validFrom: today,
                validTo: today.adding(days: days)
            ),
            paper: Representation.StatedPaper(
                digest: paper.digest,
                size: paper.size,
                mediaType: paper.mediaType,
                name: paper.name,
                pages: paper.pages
            ),
            by: actor
        )
        let secret = try await fixture.identity.wear(representation.id, by: actor)
        return try #require(try await fixture.identity.person(behind: secret)).actor
    }

    @Test(arguments: TestStores.all)
    func `drafts and dossiers follow the hat, and the event says who acted for whom`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let own = try await fixture.submitted(by: fixture.citizen())
            let asOther = try await wearing(
                .person,
                "Lê Hoàng Phúc",
                "089092000103",
                fixture.citizen(),
                fixture
            )
            // With the hat on, the own dossier and drafts are another's.
            #expect(try await service.dossiers(of: asOther).isEmpty)
            await #expect(throws: DossierRefusal.underOtherHat(nil)) {
                try await service.dossier(own.code, for: asOther)
            }
            let draft = try await fixture.filledDraft(
                by: asOther,
                address: "Ấp Vĩnh Lợi, xã Vĩnh Thạnh Trung, tỉnh An Giang"
            )
            let filed = try await service.submit(draft, key: "k", isDeclared: true, by: asOther)
            #expect(try await service.dossiers(of: asOther).map(\.state.code) == [filed.code])
            let view = try await service.dossier(filed.code, for: asOther)
            #expect(view.personal.fullName == "Lê Hoàng Phúc")
            #expect(view.personal.nationalID.digits == "089092000103")
            #expect(view.personal.behalf?.holderName == "Nguyễn Thị Sao Mai")
            // The desk sees by whom, and the paper beside the others.
            let desk = try await service.dossier(filed.code, for: fixture.officer("anphu.motcua"))
            #expect(desk.shown.behalf?.kind == .person && desk.shown.behalf?.name == "Lê Hoàng Phúc")
            #expect(
                desk.authority?.id == asOther.hat?.representation
                    && desk.shown.behalf?.holderName == "Nguyễn Thị Sao Mai"
            )
            #expect(desk.files.map(\.component).contains(DossierBehalf.component))
            // Without the hat it is not hers.
            let bare = try await fixture.citizen()
            await #expect(throws: DossierRefusal.underOtherHat("Lê Hoàng Phúc")) {
                try await service.dossier(filed.code, for: bare)
            }
            let stranger = try await fixture.citizen(7)
            await #expect(throws: DossierRefusal.notFound) { try await service.dossier(filed.code, for: stranger) }
            #expect(try await service.dossiers(of: bare).map(\.state.code) == [own.code])
            let log = fixture.log
            let events = try await fixture.store.read {
                try log.events(of: "dossier", id: filed.dossier.rawValue, in: $0)
            }
            let submission = try #require(events.first).entry.actor
            #expect(submission.id == bare.id && submission.behalf == asOther.hat?.representation.rawValue)
            #expect(submission.authentication == "nationalIdentity" && submission.assurance == 2)
            // Ended: at once nothing can be done by it any more.
            let representation = try #require(asOther.hat?.representation)
            try await fixture.identity.revokeRepresentation(representation, by: bare)
            await #expect(throws: RepresentationError.notValid) {
                try await service.beginDraft(of: DossiersFixture.procedure, by: asOther)
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a business is represented by its person`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let actor = try await wearing(
                .business,
                "Công ty Gạo Bình Đức",
                "1600990015",
                fixture.citizen(),
                fixture
            )
            let filed = try await fixture.submitted(by: actor)
            let personal = try await fixture.service.dossier(filed.code, for: actor).personal
            #expect(personal.fullName == "Nguyễn Thị Sao Mai")
            #expect(personal.behalf?.number == "1600990015" && personal.filerName == "Nguyễn Thị Sao Mai")
            #expect(personal.ownerName == "Công ty Gạo Bình Đức")
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a paper that expires in mid-draft is refused with words, and the next one goes on`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, name) = (fixture.service, "Lê Hoàng Phúc")
            let address = "Ấp Vĩnh Lợi, xã Vĩnh Thạnh Trung, tỉnh An Giang"
            let asOther = try await wearing(.person, name, "089092000103", fixture.citizen(), fixture, days: 3)
            let draft = try await fixture.filledDraft(by: asOther, address: address)
            let last = fixture.time.now.date.adding(days: 3)
            let ended = DossierRefusal.authorityEnded(name, lastDay: last, isRevoked: false)
            fixture.time.advance(seconds: 4 * 86_400)
            // The actor of a request that was judged a moment too early, and one of a session of today.
            await #expect(throws: (any Error).self) {
                try await service.submit(draft, key: "k", isDeclared: true, by: asOther)
            }
            let bare = try await fixture.citizen()
            await #expect(throws: ended) { try await service.submit(draft, key: "k", isDeclared: true, by: bare) }
            #expect(ended.publicDetail?.contains(last.vietnamese) == true)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier") == 0)
            // Nothing is lost: the draft with its answers lies under the new paper.
            let again = try await wearing(.person, name, "089092000103", bare, fixture)
            #expect(try await service.drafts(of: again).map(\.id) == [draft])
            let filed = try await service.submit(draft, key: "k", isDeclared: true, by: again)
            #expect(
                try await service.dossier(filed.code, for: again).shown.behalf?.representation
                    == again.hat?.representation
            )
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `an authority that ends while the submission is on its way is refused in its transaction`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let asOther = try await wearing(.business, "Gạo Bình Đức", "1600990015", fixture.citizen(), fixture)
            let (identity, representation) = (fixture.identity, try #require(asOther.hat?.representation))
            try await fixture.store.read { try DossierService.requireAuthority(of: asOther, identity, in: $0) }
            try await identity.revokeRepresentation(representation, by: asOther)
            await #expect(throws: DossierRefusal.self) {
                try await fixture.store.read { try DossierService.requireAuthority(of: asOther, identity, in: $0) }
            }
            // A session whose hat is over begins nothing before the person has chosen.
            let lapsed = Actor.citizen(
                try #require(asOther.account),
                assurance: .two,
                session: asOther.session,
                hasLapsedHat: true
            )
            await #expect(throws: DossierRefusal.hatLapsed) {
                try await fixture.service.beginDraft(of: DossiersFixture.procedure, by: lapsed)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `the desk confirms the paper, readings are told to both, others may not`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let phuc = try await fixture.citizen(2)
            let asOther = try await wearing(.person, "Lê Hoàng Phúc", "089190000002", mai, fixture)
            let filed = try await fixture.submitted(by: asOther, address: "Ấp Trung, xã An Phú, tỉnh An Giang")
            try await fixture.pay(filed, by: asOther)
            let desk = try await fixture.officer("anphu.motcua")
            for wrong in ["anphu.chutich", "anphu.hotich1"] {
                let officer = try await fixture.officer(wrong)
                await #expect(throws: DossierRefusal.purposeNeeded(filed.code)) {
                    try await service.confirmAuthority(of: filed.code, .original, by: officer)
                }
            }
            await #expect(throws: DossierRefusal.notFound) {
                try await service.confirmAuthority(of: filed.code, .original, by: asOther)
            }
            try await service.confirmAuthority(of: filed.code, .original, by: desk)
            #expect(try await service.dossier(filed.code, for: desk).authority?.confirmation?.officer == desk.officer)
            await #expect(throws: DossierRefusal.authorityUnsuitable) {
                try await service.confirmAuthority(of: filed.code, .register, by: desk)
            }
            for person in [mai, phuc] {
                #expect(try await service.accesses(toDataOf: person, after: nil).items.map(\.code) == [filed.code])
            }
            // What was filed for oneself has no authority to confirm.
            let own = try await fixture.submitted(by: mai)
            await #expect(throws: (any Error).self) {
                try await service.confirmAuthority(of: own.code, .original, by: desk)
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `asked to delete, drafts for others go too; the paper of an authority stays on disk`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let asOther = try await wearing(.person, "Lê Hoàng Phúc", "089092000103", mai, fixture)
            _ = try await service.beginDraft(of: DossiersFixture.procedure, by: mai)
            _ = try await service.beginDraft(of: DossiersFixture.procedure, by: asOther)
            let account = try #require(mai.account)
            let paper = try await fixture.file("giấy ủy quyền Lê Hoàng Phúc").digest
            let loose = try await fixture.file("ảnh chưa dùng").digest
            let erased = try await fixture.store.write { transaction in
                try service.noteErased(loose, in: transaction)
                let count = try service.eraseDrafts(of: account, in: transaction)
                try service.noteErased(paper, in: transaction)
                return count
            }
            #expect(erased == 2)
            #expect(try await service.drafts(of: asOther).isEmpty)
            // Later than the machine's own day, by which the files' age is judged.
            fixture.time.advance(seconds: 3_000 * 86_400)
            #expect(try await service.removeErasedFiles() == 1)
            #expect(try await !fixture.files.isIntact(loose))
            #expect(try await fixture.files.isIntact(paper))
            #expect(try await fixture.store.read { try !service.hasDossiers(account, in: $0) })
        }
    }
}
