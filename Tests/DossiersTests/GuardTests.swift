// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Catalogue
@testable import Dossiers

/// Guards of a pack: what is not offered before they hold, with the reason, and what they let through.
@Suite struct GuardTests {
    private static let tooHigh = "Nhà từ ba tầng phải qua kiểm tra thực địa."
    private static let unasked = "Chưa có ý kiến về phòng cháy, chữa cháy."
    private static let noDrawings = "Chưa có bản vẽ."

    /// The building permit: small houses may skip the visit, and nobody advances the visit without the police's answer.
    private static func pack() throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.permit)")
        let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
            .replacing(
                "- { action: advance, to: visit, label: Chuyển kiểm tra thực địa }",
                with: """
                    - action: advance
                              to: review
                              guards:
                                - when: { field: floors, lessThan: 3 }
                                  reason: \(tooHigh)
                                - { paper: drawings, reason: \(noDrawings) }
                            - { action: advance, to: visit, label: Chuyển kiểm tra thực địa }
                            - { action: draftResult }
                    """
            )
            .replacing(
                "- { action: advance, to: review, label: Trình trưởng phòng }",
                with: """
                    - action: advance
                              to: review
                              label: Trình trưởng phòng
                              guards: [{ consulted: fireSafety, reason: "\(unasked)" }]
                    """
            )
        var files = source.files
        files[PackSource.mainFile] = Array(text.utf8)
        return PackSource(path: source.path, files: files)
    }

    @Test(arguments: TestStores.all)
    func `what a guard keeps back is not offered, told with its reason and refused with the same words`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.pack())
            let (code, officer) = (try await fixture.permit(), "soxaydung.capphep")
            // Two floors and drawings: the short way is open.
            let first = try await fixture.service.dossier(code, for: fixture.officer(officer))
            #expect(first.hindered.isEmpty && first.open(.advance).map(\.target) == ["review", "visit"])
            try await fixture.act(.advance(to: "visit"), on: code, by: officer)
            let view = try await fixture.service.dossier(code, for: fixture.officer(officer))
            #expect(view.hindered == [HinderedMove(action: .advance, target: "review", reason: Self.unasked)])
            #expect(!view.offered.contains(.advance) && view.open(.advance).isEmpty)
            await #expect(throws: DossierRefusal.guardFails(Self.unasked)) {
                try await fixture.act(.advance(to: "review"), on: code, by: officer)
            }
            // Asked and not answered, it does not hold either; answered, it does.
            let asked = try #require(try await fixture.ask("fireSafety", on: code).consultations.first)
            await #expect(throws: DossierRefusal.guardFails(Self.unasked)) {
                try await fixture.act(.advance(to: nil), on: code, by: officer)
            }
            let police = try await fixture.officer("congantinh.pccc")
            try await fixture.service.answerConsultation(asked.id, .agrees, opinion: nil, file: nil, by: police)
            let after = try await fixture.act(.advance(to: nil), on: code, by: officer)
            #expect(after.step == "review")
            try await fixture.expectNoFault()
        }
    }

    @Test("Guards ask confirmed numbers, current papers, and silence where the pack takes it for consent")
    func tests() throws {
        let pack = try #require(PackChecker().check(try Self.pack()).pack)
        let walk = try Walk(number: 1, isPaid: false)
        let moves = try #require(pack.workflow.step("examine")).actions.map {
            DossierContext.Move($0.kind.dossierAction, to: $0.target, guards: $0.guards)
        }
        var context = DossierMachineTests.context
        context.steps[0].moves = moves
        func reasons(floors: String, files: [DossierFile]) -> [String?] {
            context.facts = StepFacts(
                walk.state,
                pack,
                answers: FormAnswers(["houseKind": "terraced", "floors": floors].map { ($0, $1) }),
                files: files,
                draft: nil
            )
            return moves.prefix(2).map { context.hindrance(of: $0, walk.state, at: walk.now) }
        }
        var file = DossierFile(
            id: DossierFileID(.system),
            component: "drawings",
            digest: .init(of: []),
            size: 1,
            mediaType: "application/pdf",
            name: "ban-ve.pdf",
            pages: 1,
            addedAt: walk.now
        )
        #expect(reasons(floors: "2", files: [file]) == [nil, nil])
        #expect(reasons(floors: "3", files: [file]) == [Self.tooHigh, nil])
        #expect(reasons(floors: "2", files: []) == [Self.noDrawings, nil])
        file.state = .replaced
        #expect(reasons(floors: "2", files: [file]) == [Self.noDrawings, nil])
        context.facts = nil
        #expect(context.hindrance(of: moves[0], walk.state, at: walk.now) == Self.tooHigh)
    }

    @Test("Silence past its time is an answer only where the pack says so; a question taken back is none")
    func silence() throws {
        var walk = try Walk(number: 1, isPaid: false)
        let rule = try #require(DossierMachineTests.consulting?.rules.first)
        func ask(_ silence: ConsultationSilence) -> DossierContext {
            var context = DossierMachineTests.context
            context.consulting?.rules = [
                ConsultationRule(
                    id: rule.id,
                    name: rule.name,
                    steps: rule.steps,
                    agencies: [],
                    units: [],
                    limit: rule.limit,
                    silence: silence,
                    mayGoOn: false,
                    papers: [],
                    pages: [],
                    place: .start
                )
            ]
            return context
        }
        let move = DossierContext.Move(.advance, to: "sign", guards: [StepGuard(.consulted("fire"), reason: "Chưa")])
        func reason(_ silence: ConsultationSilence, after minutes: Int64) -> String? {
            ask(silence).hindrance(of: move, walk.state, at: walk.now.adding(minutes: minutes))
        }
        #expect(reason(.agrees, after: 0) == "Chưa")
        let party = try #require(Walk.consulted)
        walk.state.consultations = [
            ConsultationState(
                id: ConsultationID(.system),
                rule: "fire",
                party: party,
                askedBy: walk.state.agency,
                step: "examine",
                askedAt: walk.now,
                dueAt: walk.now.adding(minutes: 60)
            )
        ]
        #expect(reason(.agrees, after: 60) == "Chưa" && reason(.agrees, after: 61) == nil)
        #expect(reason(.waits, after: 61) == "Chưa")
        walk.state.consultations[0].outcome = .withdrawn
        #expect(reason(.agrees, after: 61) == "Chưa")
        walk.state.consultations[0].outcome = .disagrees
        #expect(reason(.waits, after: 0) == nil)
    }
}
