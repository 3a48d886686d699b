// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers

/// A time limit that grows when something must be verified.
@Suite struct LengtheningTests {
    /// The extract from the register, due on the day, at most five working days where something must be verified.
    private static func source(_ extent: String = "upTo: { value: 5, unit: workingDay }") throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.procedure)")
        let rule = """
            lengthenings:
              - id: verification
                name: Phải xác minh
                \(extent)
                steps: [examine]
                basis: [civilStatusLaw]
                verified: no
            numberOfSets: 1
            """
        let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
            .replacing("numberOfSets: 1", with: rule)
            .replacing(
                "    expect:\n      fee: 24000\n      components: []\n      dueAt: 2026-03-09T17:00",
                with: "    lengthening: verification\n    expect:\n      fee: 24000\n      components: []"
            )
        var files = source.files
        files[PackSource.mainFile] = Array(text.utf8)
        return PackSource(path: source.path, files: files)
    }

    private static let lengthen = DossierAct.lengthen(rule: "verification", reason: "Sổ gốc lưu tại xã khác")

    @Test(arguments: TestStores.all)
    func `an officer lengthens the limit once, and everybody reads the new date and why`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.source())
            let mai = try await fixture.citizen()
            let submission = try await fixture.received(by: mai)
            let code = submission.code
            let before = try await fixture.state(code)
            let promised = try #require(before.dueAt)
            #expect(promised.date == fixture.time.now.date)
            let officer = try await fixture.officer("anphu.hotich1")
            let offered = try await fixture.service.dossier(code, for: officer).lengthenings
            #expect(offered.map(\.rule.id) == ["verification"])
            let after = try await fixture.act(Self.lengthen, on: code, by: "anphu.hotich1")
            let calendar = WorkCalendar.standard
            let due = try #require(after.dueAt)
            #expect(calendar.workingDays(after: promised.date, through: due.date) == 5 && due == offered[0].dueAt)
            #expect(after.lengthening == "verification" && after.status == .processing && after.step == before.step)

            let view = try await fixture.service.dossier(code, for: mai)
            #expect(view.deadline?.dueAt == due && view.deadline?.receivedAt == before.receivedAt)
            let told = try #require(view.lengthening)
            #expect((told.formerDueAt, told.dueAt, told.need) == (promised, due, "phải xác minh"))
            #expect(told.why.hasPrefix("phải xác minh, theo Luật Hộ tịch số 60/2014/QH13"))
            #expect(told.reason == "Sổ gốc lưu tại xã khác")
            let slip = try await fixture.service.track(code, secret: fixture.service.slipSecret(of: submission.dossier))
            #expect(slip.timeline?.dueAt == due && slip.timeline?.lengthening?.formerDueAt == promised)
            // Whoever holds the slip reads the need and the law, not the officer's words.
            #expect(slip.timeline?.lengthening?.reason == nil)
            #expect(
                try await fixture.count(
                    "SELECT COUNT(*) AS total FROM job WHERE payload LIKE '%lengthened%'"
                ) == DossierNotice.Way.allCases.count
            )
            await #expect(throws: DossierRefusal.alreadyLengthened) {
                try await fixture.act(Self.lengthen, on: code, by: "anphu.hotich1")
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody else lengthens it, nobody without a reason, and nobody who is late`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.source())
            let code = try await fixture.received(by: fixture.citizen()).code
            await #expect(throws: DossierRefusal.notAllowed(.lengthen)) {
                try await fixture.act(Self.lengthen, on: code, by: "anphu.chutich")
            }
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await fixture.act(.lengthen(rule: "verification", reason: " "), on: code, by: "anphu.hotich1")
            }
            await #expect(throws: DossierRefusal.lengtheningUnsuitable) {
                try await fixture.act(.lengthen(rule: "whim", reason: "Bận"), on: code, by: "anphu.hotich1")
            }
            let due = try #require(try await fixture.state(code).dueAt)
            fixture.time.advance(seconds: 86_400)
            await #expect(throws: DossierRefusal.lengtheningTooLate(due)) {
                try await fixture.act(Self.lengthen, on: code, by: "anphu.hotich1")
            }
            let view = try await fixture.service.dossier(code, for: fixture.officer("anphu.hotich1"))
            #expect(!view.offered.contains(.lengthen) && view.hindered.map(\.action) == [.lengthen])
            #expect(try await fixture.state(code).dueAt == due)
        }
    }

    @Test func `a supplement starts the longer limit anew, and it is never lengthened again`() throws {
        var walk = try Walk(number: 1, isPaid: false)
        let specialist = try Walk.officer("h01.30337", .specialist)
        let lengthen = DossierCommand.lengthen(rule: "verification", reason: "Chờ xã khác trả lời")
        try walk.take(.receive(registerNumber: 1), by: Walk.officer("h01.30337", .deskOfficer))
        let start = walk.now
        try walk.take(lengthen, by: specialist)
        #expect(WorkCalendar.standard.workingDays(after: start.date, through: try #require(walk.state.dueAt).date) == 2)
        let items = [SupplementItem(target: "paper", text: "Chụp lại")]
        try walk.take(.requestSupplement(reason: "Thiếu", items: items), by: specialist)
        walk.now = walk.now.adding(days: 7)
        try walk.take(
            .answerSupplement(files: []),
            by: .citizen(try #require(AccountID(rawValue: "citizen")), assurance: .two, session: nil)
        )
        let due = try #require(walk.state.dueAt)
        #expect(WorkCalendar.standard.workingDays(after: walk.now.date, through: due.date) == 2)
        #expect(throws: DossierRefusal.alreadyLengthened) { try walk.take(lengthen, by: specialist) }
        try walk.check()
    }

    @Test func `a rehearsal says that a need could be met otherwise`() throws {
        let (five, three) = (try pack(Self.source()), try pack(Self.source("by: { value: 3, unit: workingDay }")))
        let plain = try pack(.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.procedure)"))
        let found = try RehearsalTests.state(step: plain.workflow.steps.first?.id)
        let dossier = RehearsedDossier(state: try #require(found), answers: FormAnswers([]), papers: [])
        #expect(dossier.effects(under: five, instead: five).isEmpty)
        #expect(dossier.effects(under: three, instead: five) == [.lengtheningsChanged(["Phải xác minh"])])
        #expect(dossier.effects(under: plain, instead: five) == [.lengtheningsChanged(["Phải xác minh"])])
        #expect(dossier.effects(under: five, instead: plain).isEmpty)
    }

    private func pack(_ source: PackSource) throws -> ProcedurePack {
        let checked = PackChecker().check(source)
        try #require(checked.isSound, "\(checked.findings)")
        return try #require(checked.pack)
    }
}
