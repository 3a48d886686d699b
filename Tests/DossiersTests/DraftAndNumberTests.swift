// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Drafts that come to an end, and numbers without gaps.
@Suite struct DraftAndNumberTests {
    @Test(arguments: TestStores.all)
    func `a draft lives ninety days after its last change, then it goes with its files`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let (mai, duc) = (try await fixture.citizen(), try await fixture.citizen(2))
            let old = try await fixture.filledDraft(by: mai)
            try await service.attach(fixture.file("ảnh"), to: .draft(old), by: mai)
            let young = try await fixture.filledDraft(by: duc)
            let submitted = try await fixture.submitted(by: mai)
            fixture.time.advance(seconds: 45 * 86_400)
            let photo = try await fixture.file("ảnh khác")
            try await service.attach(photo, to: .draft(young), by: duc)
            fixture.time.advance(seconds: 45 * 86_400 - 1)
            #expect(try await service.drafts(of: mai).map(\.id) == [old])
            #expect(try await service.removeExpiredDrafts() == 0)
            fixture.time.advance(seconds: 1)
            #expect(try await service.drafts(of: mai).isEmpty)
            await #expect(throws: DossierRefusal.draftGone) { try await service.draft(old, for: mai) }
            await #expect(throws: DossierRefusal.draftGone) {
                try await service.submit(old, key: "k", isDeclared: true, by: mai)
            }
            fixture.time.advance(seconds: 1)
            #expect(try await service.removeExpiredDrafts() == 1)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier_file") == 1)
            #expect(try await service.draft(young, for: duc).files.map(\.id) == [photo.id])
            // The draft of a dossier stays: it says what the dossier came from.
            #expect(try await fixture.state(submitted.code).id == submitted.dossier)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier_draft") == 2)
            try await service.discard(young, by: duc)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier_file") == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `two windows on one draft take nothing from each other`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let id = try await fixture.filledDraft(by: mai)
            let seen = try await service.draft(id, for: mai).draft.revision
            func save(_ copies: String, seen: Int) async throws -> Bool {
                try await service.save(
                    page: "extract",
                    of: id,
                    typed: FormAnswers([("extractKind", "birth"), ("relation", "self"), ("copies", copies)]),
                    seen: seen,
                    isFinishing: true,
                    by: mai
                ).isSound
            }
            #expect(try await save("3", seen: seen))
            await #expect(throws: DossierRefusal.draftChangedMeanwhile) { try await save("4", seen: seen) }
            // An old page with the same answers as the newest takes nothing back.
            #expect(try await save("3", seen: seen))
            #expect(try await service.draft(id, for: mai).draft.answers["copies"] == "3")
            // Wrong answers are kept, but do not count as done, and cannot be submitted.
            #expect(try await !save("99", seen: seen + 1))
            #expect(try await service.draft(id, for: mai).draft.pagesDone == ["requester", "registration"])
            let error = await #expect(throws: DossierRefusal.self) {
                try await service.submit(id, key: "k", isDeclared: true, by: mai)
            }
            #expect(error?.field == "copies" && error?.status == 422)
        }
    }

    @Test(arguments: TestStores.all)
    func `the codes of a day and agency are one series without gaps`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            var drafts: [(Actor, DossierDraftID)] = []
            for number in 1...6 {
                let actor = try await fixture.citizen(number)
                drafts.append((actor, try await fixture.filledDraft(by: actor)))
            }
            let (unlucky, failed) = drafts[5]
            fixture.trap.set(true)
            await #expect(throws: Trap.Sprung.self) {
                try await service.submit(failed, key: "k", isDeclared: true, by: unlucky)
            }
            fixture.trap.set(false)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM idempotency_key") == 0)
            let codes = try await withThrowingTaskGroup(of: DossierCode.self) { group in
                for (actor, draft) in drafts {
                    // Each knocks twice at the same time, as a nervous finger does.
                    for _ in 1...2 {
                        group.addTask {
                            try await service.submit(draft, key: "k", isDeclared: true, by: actor).code
                        }
                    }
                }
                return try await group.reduce(into: [DossierCode: Int]()) { $0[$1, default: 0] += 1 }
            }
            let day = fixture.time.now.date
            let expected = (1...6).map { DossierCode(agency: fixture.anPhu, day: day, sequence: Int64($0)) }
            #expect(codes == Dictionary(uniqueKeysWithValues: expected.map { ($0, 2) }))
            // Another agency, and another day, begin their own.
            let mai = try await fixture.citizen()
            let longXuyen = try #require(AgencyCode("H01.30307"))
            let there = try await fixture.submitted(by: mai, at: longXuyen)
            #expect(there.code.text == "H01.30307-260302-0001")
            fixture.time.advance(seconds: 86_400)
            #expect(try await fixture.submitted(by: mai).code.text == "H01.30337-260303-0001")
            #expect(try await DossierCheck.codes(store: fixture.store).values.allSatisfy { $0 == 1 })
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a signature that fails keeps the result's number for the next try`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let first = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let second = try await fixture.awaitingSignature(by: fixture.citizen(2)).code
            fixture.signer.lock(true)
            let before = try await fixture.state(first)
            for _ in 1...2 {
                await #expect(throws: ProbeSigner.KeyLocked.self) {
                    try await fixture.approve(first, by: "anphu.chutich")
                }
            }
            #expect(try await fixture.state(first) == before)
            fixture.signer.lock(false)
            _ = try await fixture.approve(second, by: "anphu.chutich")
            _ = try await fixture.approve(first, by: "anphu.phochutich")
            var numbers: [String] = []
            for code in [first, second] {
                let desk = try await fixture.officer("anphu.motcua")
                let result = try await fixture.service.resultFile(of: code, for: desk).0
                numbers.append(result.notation ?? "")
            }
            #expect(numbers == ["01/2026/TL-BS", "02/2026/TL-BS"])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `the register of an agency counts its dossiers through the year`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            var numbers: [Int64?] = []
            for citizen in 1...3 {
                let code = try await fixture.received(by: fixture.citizen(citizen)).code
                numbers.append(try await fixture.state(code).registerNumber)
                fixture.time.advance(seconds: 86_400)
            }
            #expect(numbers == [1, 2, 3])
        }
    }
}
