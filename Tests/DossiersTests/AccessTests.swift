// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Every reading by an officer leaves its record, and nothing else does.
@Suite struct AccessTests {
    private static let words = "Ông An hỏi ở quầy"

    private struct Look: Hashable {
        var officer: String
        var part: AccessedPart
        var purpose: AccessPurpose
    }

    private func looks(_ fixture: DossiersFixture, at citizen: Actor) async throws -> [Look] {
        try await fixture.service.accesses(toDataOf: citizen, after: nil, limit: 100).items.reversed().map { told in
            Look(officer: told.record.officer.rawValue, part: told.record.part, purpose: told.record.reason.purpose)
        }
    }

    @Test(arguments: TestStores.all)
    func `page, file, paper, draft and result are each recorded with the purpose of the work`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let draft = try await fixture.filledDraft(by: mai)
            let photo = try await fixture.file("ảnh")
            try await service.attach(photo, to: .draft(draft), by: mai)
            let submission = try await service.submit(draft, key: "k", isDeclared: true, by: mai)
            try await fixture.pay(submission, by: mai)
            let code = submission.code
            let (desk, specialist) = (
                try await fixture.officer("anphu.motcua"), try await fixture.officer("anphu.hotich1")
            )
            _ = try await service.dossier(code, for: desk)
            _ = try await service.file(photo.id, for: desk)
            try await fixture.act(.receive, on: code, by: "anphu.motcua")
            _ = try await service.dossier(code, for: specialist)
            _ = try await service.paper(.intakeSlip, of: code, for: specialist)
            let version = try await fixture.state(code).version
            _ = try await service.draftResult(of: code, typed: DossiersFixture.result, seen: version, by: specialist)
            _ = try await service.previewResult(of: code, for: specialist)
            try await fixture.act(.advance(to: nil), on: code, by: "anphu.hotich1")
            _ = try await service.dossier(code, for: fixture.officer("anphu.chutich"))
            _ = try await fixture.approve(code, by: "anphu.chutich")
            _ = try await service.resultFile(of: code, for: desk)
            // The specialist has acted in it: she may see what became of it.
            fixture.time.advance(seconds: IdentityService.purposeKeptSeconds + 1)
            _ = try await service.dossier(code, for: specialist)
            // Her own readings are no accesses.
            _ = try await service.dossier(code, for: mai)
            _ = try await service.file(photo.id, for: mai)
            #expect(
                try await Set(looks(fixture, at: mai)) == [
                    Look(officer: "anphu.motcua", part: .page, purpose: .intake),
                    Look(officer: "anphu.motcua", part: .file, purpose: .intake),
                    Look(officer: "anphu.hotich1", part: .page, purpose: .handling),
                    Look(officer: "anphu.hotich1", part: .paper, purpose: .handling),
                    Look(officer: "anphu.hotich1", part: .draftResult, purpose: .handling),
                    Look(officer: "anphu.chutich", part: .page, purpose: .signing),
                    Look(officer: "anphu.motcua", part: .result, purpose: .delivery),
                    Look(officer: "anphu.hotich1", part: .page, purpose: .followUp),
                ]
            )
            let told = try await service.accesses(toDataOf: mai, after: nil).items
            #expect(told.count == 8 && told.allSatisfy { $0.code == code })
        }
    }

    @Test(arguments: TestStores.all)
    func `what was not read is not recorded`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.received(by: mai)
            let code = submission.code
            let (desk, foreign) = (
                try await fixture.officer("anphu.motcua"), try await fixture.officer("longxuyen.motcua")
            )
            await #expect(throws: DossierRefusal.notFound) { try await service.dossier(code, for: foreign) }
            await #expect(throws: DossierRefusal.notFound) { try await service.resultFile(of: code, for: desk) }
            await #expect(throws: DossierRefusal.notFound) {
                try await service.paper(.declineNotice, of: code, for: desk)
            }
            await #expect(throws: DossierRefusal.resultNotDrafted) {
                try await service.previewResult(of: code, for: fixture.officer("anphu.hotich1"))
            }
            #expect(try await looks(fixture, at: mai).isEmpty)
        }
    }

    @Test(arguments: TestStores.all)
    func `a dossier that is not in her hands opens after a purpose, and shows nothing before`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.received(by: mai)
            let code = submission.code
            for name in ["anphu.chutich", "anphu.vanthu"] {
                let officer = try await fixture.officer(name)
                await #expect(throws: DossierRefusal.purposeNeeded(code)) {
                    try await service.dossier(code, for: officer)
                }
                await #expect(throws: DossierRefusal.purposeNeeded(code)) {
                    try await service.paper(.intakeSlip, of: code, for: officer)
                }
                #expect(try await service.heading(code, for: officer).isOwnWork == false)
            }
            #expect(try await looks(fixture, at: mai).isEmpty)
            let leader = try await fixture.officer("anphu.chutich")
            await #expect(throws: AccessRefusal.wordsUnfit) {
                try await service.state(.supervision, words: "xem", isUnmasking: false, for: code, by: leader)
            }
            await #expect(throws: DossierRefusal.notFound) {
                let foreign = try await fixture.officer("longxuyen.chutich")
                try await service.state(.supervision, words: Self.words, isUnmasking: false, for: code, by: foreign)
            }
            try await service.state(.supervision, words: Self.words, isUnmasking: false, for: code, by: leader)
            let shown = try await service.dossier(code, for: leader).shown
            #expect(shown.isMasked && shown.nationalID == "••• ••• ••• 001" && shown.phone == "•••• ••• 678")
            let told = try await service.accesses(toDataOf: mai, after: nil).items
            #expect(told.map(\.record.reason) == [AccessReason(.supervision, words: Self.words)])
        }
    }

    @Test(arguments: TestStores.all)
    func `each role sees what it needs, the rest only after an unmasking that is recorded`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.submitted(by: mai)
            try await fixture.pay(submission, by: mai)
            let code = submission.code
            let atDesk = try await service.dossier(code, for: fixture.officer("anphu.motcua")).shown
            #expect(atDesk.nationalID == "089 190 000 001" && atDesk.phone == "0912 345 678")
            #expect(atDesk.email == "m•••@mau.example" && atDesk.answers["requesterPhone"] == "0912345678")
            try await fixture.act(.receive, on: code, by: "anphu.motcua")
            let specialist = try await fixture.officer("anphu.hotich1")
            let examined = try await service.dossier(code, for: specialist).shown
            #expect(examined.nationalID == "089 190 000 001" && examined.address?.hasPrefix("Ấp Trung") == true)
            #expect(examined.phone == "•••• ••• 678" && examined.answers["requesterPhone"] == "•••• ••• 678")
            #expect(examined.answers["requesterName"] == "Nguyễn Thị Sao Mai" && examined.answers["copies"] == "2")
            try await service.state(.handling, words: Self.words, isUnmasking: true, for: code, by: specialist)
            let unmasked = try await service.dossier(code, for: specialist).shown
            #expect(!unmasked.isMasked && unmasked.phone == "0912 345 678" && unmasked.email == "mai@mau.example")
            fixture.time.advance(seconds: IdentityService.unmaskedSeconds + 1)
            #expect(try await service.dossier(code, for: specialist).shown.isMasked)
            // Moments are the same where the clock stood still, so the order is not asked.
            let parts = try await looks(fixture, at: mai).map(\.part)
            #expect(parts.count == 4 && parts.filter { $0 == .fullPage }.count == 1)
            let own = try await service.dossier(code, for: mai).shown
            #expect(!own.isMasked && own.phone == "0912 345 678")
        }
    }

    @Test(arguments: TestStores.all)
    func `a search that names a person is recorded, lists of others' work show initials`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.received(by: mai)
            let desk = try await fixture.officer("anphu.motcua")
            func names(_ officer: Actor, _ search: String) async throws -> [String] {
                try await service.workList(of: officer, queues: [], search: search).rows.items.map(\.applicantName)
            }
            // With the specialist: clear on her own list, initials on the desk's.
            #expect(try await names(fixture.officer("anphu.hotich1"), "") == ["Nguyễn Thị Sao Mai"])
            #expect(try await names(desk, " ") == ["N. T. S. Mai"])
            #expect(try await names(desk, "không ai").isEmpty)
            #expect(try await looks(fixture, at: mai).isEmpty)
            #expect(try await names(desk, "sao mai") == ["Nguyễn Thị Sao Mai"])
            #expect(try await names(desk, submission.code.text) == ["Nguyễn Thị Sao Mai"])
            let search = Look(officer: "anphu.motcua", part: .search, purpose: .search)
            #expect(try await looks(fixture, at: mai) == [search, search])
            // A line of a search is no reason to open the dossier.
            await #expect(throws: DossierRefusal.purposeNeeded(submission.code)) {
                let clerk = try await fixture.officer("anphu.vanthu")
                _ = try await names(clerk, "sao mai")
                _ = try await service.dossier(submission.code, for: clerk)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `when the record cannot be written nothing is given out`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.received(by: mai)
            _ = try await fixture.store.write { try $0.run("ALTER TABLE access_record RENAME TO access_record_away") }
            let specialist = try await fixture.officer("anphu.hotich1")
            await #expect(throws: StoreError.self) {
                try await fixture.service.dossier(submission.code, for: specialist)
            }
            await #expect(throws: StoreError.self) {
                try await fixture.service.workList(of: specialist, queues: [], search: "mai")
            }
            // Her own dossier needs no record.
            _ = try await fixture.service.dossier(submission.code, for: mai)
        }
    }
}
