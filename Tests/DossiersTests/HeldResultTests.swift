// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// A result that the applicant holds stands for a paper, where the pack says so.
@Suite struct HeldResultTests {
    /// The building permit, whose land paper may be an extract of civil status: any paper does to show the way.
    private static func permit() throws -> PackSource {
        try changed(
            DossiersFixture.permit,
            "  - id: landPaper\n",
            to: """
                  - id: landPaper
                    reusableFrom: [\(DossiersFixture.procedure)]

                """
        )
    }

    private static func changed(_ code: String, _ old: String, to new: String) throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(code)")
        let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
        try #require(text.contains(old))
        var files = source.files
        files[PackSource.mainFile] = Array(text.replacing(old, with: new).utf8)
        return PackSource(path: source.path, files: files)
    }

    /// An extract that was signed, and given out where it is asked for.
    private func extract(_ fixture: DossiersFixture, of actor: Actor, isDelivered: Bool = true) async throws
        -> DossierCode
    {
        let code = try await fixture.awaitingSignature(by: actor).code
        _ = try await fixture.approve(code, by: "anphu.chutich")
        if isDelivered { try await fixture.act(.deliver, on: code, by: "anphu.motcua") }
        return code
    }

    private func results(_ fixture: DossiersFixture, _ draft: DossierDraftID, _ actor: Actor) async throws
        -> [HeldResult]
    {
        try await fixture.service.papers(at: .draft(draft), for: actor).results
    }

    @Test(arguments: TestStores.all)
    func `a result that was given out is offered to whom it belongs, and attached as the very file that was signed`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.permit())
            let (mai, other) = (try await fixture.citizen(), try await fixture.citizen(2))
            let draft = try await fixture.service.beginDraft(of: DossiersFixture.permit, by: mai).id
            let agency = try #require(AgencyCode("H01.09"))
            try await fixture.service.choose(agency: agency, delivery: .online, of: draft, seen: 1, by: mai)
            let code = try await extract(fixture, of: mai, isDelivered: false)
            #expect(try await results(fixture, draft, mai).isEmpty)
            try await fixture.act(.deliver, on: code, by: "anphu.motcua")
            let held = try #require(try await results(fixture, draft, mai).first)
            #expect(held.component == "landPaper" && held.words.contains(held.notation))
            // Nobody else may take it, nor for a paper that the pack does not name.
            let hers = try await fixture.service.beginDraft(of: DossiersFixture.permit, by: other).id
            #expect(try await results(fixture, hers, other).isEmpty)
            await #expect(throws: DossierRefusal.notFound) {
                try await fixture.service.reuse(result: held.id, for: "landPaper", of: .draft(hers), by: other)
            }
            await #expect(throws: DossierRefusal.notFound) {
                try await fixture.service.reuse(result: held.id, for: "drawings", of: .draft(draft), by: mai)
            }
            for _ in 1...2 {
                try await fixture.service.reuse(result: held.id, for: "landPaper", of: .draft(draft), by: mai)
            }
            let files = try await fixture.service.papers(at: .draft(draft), for: mai).files
            let (signed, _) = try await fixture.service.resultFile(of: code, for: mai)
            #expect(files.map(\.digest) == [signed.digest] && files[0].component == "landPaper")
            #expect(files[0].mediaType == "application/pdf" && files[0].name.hasSuffix(".pdf"))
            // The officer is told that it is the file that was issued.
            let marks = try await fixture.service.resultMarks(of: files)
            #expect(marks[held.digest]?.contains(held.notation) == true)
            // Taken out of the draft again, it is still the result.
            try await fixture.service.detach(files[0].id, from: .draft(draft), by: mai)
            _ = try await fixture.service.resultFile(of: code, for: mai)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a program names the result for the paper, its owner's alone`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.permit())
            let (mai, other) = (try await fixture.citizen(), try await fixture.citizen(2))
            let code = try await extract(fixture, of: mai)
            let id = try #require(try await fixture.service.dossier(code, for: mai).result?.id)
            let (signed, _) = try await fixture.service.resultFile(of: code, for: mai)
            func filing(_ results: [FiledResult], by actor: Actor) async throws -> DraftFiling {
                let paper = try await fixture.file("drawings-\(actor.party)", for: "drawings")
                let upload = try await fixture.service.keepUpload(
                    paper.digest,
                    size: paper.size,
                    mediaType: "application/pdf",
                    name: "ban-ve.pdf",
                    pages: 1,
                    by: actor
                )
                return DraftFiling(
                    procedure: DossiersFixture.permit,
                    agency: AgencyCode("H01.09"),
                    delivery: .online,
                    answers: FormAnswers(DossiersFixture.permitPages.flatMap(\.1)),
                    files: [FiledPaper(component: "drawings", file: upload.id)],
                    results: results
                )
            }
            func faults(_ results: [FiledResult], by actor: Actor) async throws -> [String] {
                let filing = try await filing(results, by: actor)
                do { _ = try await fixture.service.draft(from: filing, by: actor) } catch let refusal as FilingRefusal {
                    return refusal.faults.map(\.field)
                }
                return []
            }
            let named = FiledResult(component: "landPaper", result: id)
            // Hers alone, for that paper alone, once; it does not count as the paper where it is refused.
            #expect(try await faults([named], by: other) == ["results.landPaper", "files.landPaper"])
            let misplaced = FiledResult(component: "drawings", result: id)
            #expect(try await faults([misplaced], by: mai) == ["results.drawings", "files.landPaper"])
            #expect(try await faults([named, named], by: mai) == ["results.landPaper"])
            let unknown = FiledResult(component: "landPaper", result: ResultID(.system))
            #expect(try await faults([unknown], by: mai) == ["results.landPaper", "files.landPaper"])

            let draft = try await fixture.service.draft(from: filing([named], by: mai), by: mai)
            let land = draft.files.filter { $0.component == "landPaper" }
            #expect(land.map(\.digest) == [signed.digest] && draft.missingComponents.isEmpty)
            let sent = try await fixture.service.submit(draft.draft.id, key: "api", isDeclared: true, by: mai)
            let view = try await fixture.service.dossier(sent.code, for: mai)
            guard case .submitted(let facts)? = view.timeline.first?.event else {
                Issue.record("no submission")
                return
            }
            // The digest in the journal proves which result it is.
            #expect(facts.files.contains(signed.digest?.hex ?? "-"))
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `what is not in force any more is not offered`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.permit())
            try await fixture.catalogue.publish(
                try Self.changed(
                    DossiersFixture.procedure,
                    "  kind: extract\n",
                    to: "  kind: extract\n  validMonths: 1\n"
                )
            )
            let mai = try await fixture.citizen()
            _ = try await extract(fixture, of: mai)
            let draft = try await fixture.service.beginDraft(of: DossiersFixture.permit, by: mai).id
            #expect(try await results(fixture, draft, mai).count == 1)
            // The month ends on the same day of the next one, that day included.
            let (issued, next) = (fixture.time.now.date, fixture.time.now.date.month % 12 + 1)
            let last = try #require(LocalDate(year: issued.year, month: next, day: issued.day))
            fixture.time.advance(seconds: Int64(last.days(since: issued)) * 86_400)
            #expect(try await results(fixture, draft, mai).count == 1)
            fixture.time.advance(seconds: 86_400)
            #expect(try await results(fixture, draft, mai).isEmpty)
        }
    }
}
