// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing

@testable import Dossiers

extension DossiersFixture {
    /// A building permit that was paid and taken in, at the step of the specialist; promised for 23 March 2026.
    func permit(_ kind: String = "terraced") async throws -> DossierCode {
        let mai = try await citizen()
        let agency = try #require(AgencyCode("H01.09"))
        let draft = try await service.beginDraft(of: Self.permit, by: mai)
        try await service.choose(agency: agency, delivery: .online, of: draft.id, seen: 1, by: mai)
        for (page, answers) in Self.permitPages {
            let check = try await service.save(
                page: page,
                of: draft.id,
                typed: FormAnswers(answers.map { ($0.0, $0.0 == "houseKind" ? kind : $0.1) }),
                seen: service.draft(draft.id, for: mai).draft.revision,
                isFinishing: true,
                by: mai
            )
            #expect(check.isSound, "\(page): \(check.problems)")
        }
        for component in ["landPaper", "drawings"] {
            var paper = try await file(component, for: component)
            paper.mediaType = "application/pdf"
            try await service.attach(paper, to: .draft(draft.id), by: mai)
        }
        let submission = try await service.submit(draft.id, key: "permit-\(kind)", isDeclared: true, by: mai)
        try await pay(submission, by: mai)
        try await act(.receive, on: submission.code, by: "soxaydung.motcua")
        return submission.code
    }

    static let permitPages: [(String, [(String, String)])] = [
        ("requester", [("requesterPhone", "0912 345 678"), ("isOwner", "yes")]),
        (
            "plot",
            [
                ("plotNumber", "123"), ("mapSheet", "45"), ("plotArea", "250"),
                ("plotAddress", "Ấp Trung, xã An Phú, tỉnh An Giang"), ("landPaperNumber", "AB 123456"),
            ]
        ),
        (
            "house",
            [
                ("houseKind", "terraced"), ("floors", "2"), ("basements", "0"), ("groundArea", "90"),
                ("totalArea", "180"), ("height", "7,8"), ("hasNeighbour", "no"), ("designer", "Công ty mẫu"),
                ("completionMonths", "6"),
            ]
        ),
    ]

    /// Asks everybody whom the rule names, with all of its papers and the longest time.
    @discardableResult
    func ask(_ rule: String, on code: DossierCode, text: String = "Đạt không?") async throws -> DossierState {
        let view = try await service.dossier(code, for: officer("soxaydung.capphep"))
        let one = try #require(view.askable.first { $0.rule.id == rule })
        return try await ask(
            ConsultationQuestion(
                rule: rule,
                parties: one.parties,
                text: text,
                papers: one.rule.papers,
                limit: try #require(one.times.last).limit
            ),
            on: code
        )
    }

    @discardableResult
    func ask(
        _ question: ConsultationQuestion,
        on code: DossierCode,
        by name: String = "soxaydung.capphep"
    ) async throws -> DossierState {
        try await service.askConsultation(question, on: code, seen: state(code).version, by: officer(name))
    }
}
