// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Kernel
import Organisation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Dossiers

/// Consulting beside the steps on a building permit: who is asked, what they see, how it holds the dossier back.
@Suite struct ConsultationTests {
    @Test(arguments: TestStores.all)
    func `asked beside the step, answered with a file, seen by the asker, while the clock goes on`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            let promised = try await fixture.state(code).dueAt
            let asked = try await fixture.ask("fireSafety", on: code, text: "Lối thoát nạn đạt không?")
            #expect(asked.status == .processing && asked.step == "examine" && asked.dueAt == promised)
            let one = try #require(asked.consultations.first)
            #expect(one.party == ConsultedParty(agency: try #require(AgencyCode("H01.CA"))))
            // Five working days from Monday: by the calendar, and before the dossier's own day.
            #expect(one.dueAt == Instant("2026-03-09T17:00") && one.dueAt < (promised ?? one.dueAt))
            let officer = try await fixture.officer("congantinh.pccc")
            let list = try await fixture.service.consultationList(of: officer)
            #expect(list.waiting.items.map(\.code) == [code] && list.answered.isEmpty)
            #expect(list.waiting.items[0].askerName == "Sở Xây dựng tỉnh An Giang")
            #expect(try await fixture.service.workList(of: officer, queues: []).consultations == 1)
            fixture.time.advance(seconds: 3_600)
            let pdf = try await fixture.files.store(Array("%PDF trả lời".utf8))
            let file = ConsultationFile(digest: pdf.digest, size: pdf.size, name: "15-PC.pdf")
            try await fixture.service.answerConsultation(
                one.id,
                .disagrees,
                opinion: "Thiếu lối ra",
                file: file,
                by: officer
            )
            let view = try await fixture.service.dossier(code, for: fixture.officer("soxaydung.capphep"))
            #expect(view.consultations.map(\.state.outcome) == [.disagrees])
            #expect(view.consultations[0].opinion == "Thiếu lối ra" && view.consultations[0].file == file)
            #expect(view.hold == .nothing && view.state.dueAt == promised)
            // What agencies write to one another is no reason that the applicant reads.
            let told = try await fixture.service.dossier(code, for: fixture.citizen()).timeline
            #expect(told.compactMap(\.note?.reason).isEmpty)
            #expect(
                told.contains { $0.event.kind == "consultationAnswered" && $0.note?.internalText == "Thiếu lối ra" }
            )
            #expect(try await fixture.service.consultationList(of: officer).answered.map(\.code) == [code])
            await #expect(throws: DossierRefusal.consultationClosed) {
                try await fixture.service.answerConsultation(one.id, .agrees, opinion: nil, file: nil, by: officer)
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `those who are asked see the question, the shown pages and papers, and after the answer their answer alone`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let code = try await fixture.permit()
            let files = try await service.dossier(code, for: fixture.officer("soxaydung.capphep")).files
            let one = try #require(try await fixture.ask("fireSafety", on: code).consultations.first)
            let officer = try await fixture.officer("congantinh.pccc")
            let view = try await service.consultation(one.id, of: code, for: officer)
            #expect(view.mayAnswer && view.files.map(\.component) == ["drawings"])
            #expect(view.answers["plotNumber"] == "123" && view.answers["requesterNationalID"] == nil)
            #expect(view.answers["requesterPhone"] == nil)
            for file in files {
                let isShown = file.component == "drawings"
                let found = try? await service.shownFile(file.id, of: one.id, on: code, for: officer)  // nil = refused
                #expect((found != nil) == isShown)
                await #expect(throws: DossierRefusal.notFound) { try await service.file(file.id, for: officer) }
            }
            await #expect(throws: DossierRefusal.notFound) { try await service.dossier(code, for: officer) }
            await #expect(throws: DossierRefusal.notFound) {
                try await service.perform(.advance(to: nil), on: code, seen: 1, by: officer)
            }
            // Not asked: another agency, another unit, the desk, the citizen; nor does another dossier's code help.
            for name in ["anphu.hotich1", "soxaydung.quyhoach", "anphu.congan.truong"] {
                let other = try await fixture.officer(name)
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.consultation(one.id, of: code, for: other)
                }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.answerConsultation(one.id, .agrees, opinion: nil, file: nil, by: other)
                }
            }
            let foreign = DossierCode(
                agency: try #require(AgencyCode("H01.09")),
                day: fixture.time.now.date,
                sequence: 99
            )
            await #expect(throws: DossierRefusal.notFound) {
                try await service.consultation(one.id, of: foreign, for: officer)
            }
            try await service.answerConsultation(one.id, .agrees, opinion: nil, file: nil, by: officer)
            let after = try await service.consultation(one.id, of: code, for: officer)
            #expect(!after.mayAnswer && after.files.isEmpty && after.answers == FormAnswers())
            #expect(after.consultation.state.outcome == .agrees)
            await #expect(throws: DossierRefusal.notFound) {
                try await service.shownFile(files[0].id, of: one.id, on: code, for: officer)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a step waits where the pack says so, silence is consent where the pack says so, a signature always waits`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            let specialist = try await fixture.officer("soxaydung.capphep")
            try await fixture.ask("planning", on: code)
            let waiting = DossierRefusal.consultationsOpen(count: 1, until: try #require(Instant("2026-03-05T17:00")))
            await #expect(throws: waiting) {
                try await fixture.act(.advance(to: "visit"), on: code, by: "soxaydung.capphep")
            }
            #expect(waiting.publicDetail?.contains("rút câu hỏi rồi làm tiếp") == true)
            var view = try await fixture.service.dossier(code, for: specialist)
            #expect(view.hold == .step && !view.offered.contains(.advance) && view.open(.advance).isEmpty)
            // Silence past the due time is consent under this rule: the step may go on, the question stays open.
            fixture.time.advance(seconds: 4 * 86_400)
            view = try await fixture.service.dossier(code, for: specialist)
            #expect(view.hold == .nothing && view.consultations[0].state.isOverdue(at: fixture.time.now))
            // Asked on fire safety: further steps are open, the leader's is not, and silence changes nothing.
            try await fixture.ask("fireSafety", on: code)
            try await fixture.act(.advance(to: "visit"), on: code, by: "soxaydung.capphep")
            let check = try await fixture.service.draftResult(
                of: code,
                typed: Self.permitResult,
                seen: fixture.state(code).version,
                by: specialist
            )
            #expect(check.isSound, "\(check.problems)")
            try await fixture.act(.advance(to: "review"), on: code, by: "soxaydung.capphep")
            fixture.time.advance(seconds: 8 * 86_400)
            await #expect(throws: DossierRefusal.self) {
                try await fixture.act(.advance(to: "sign"), on: code, by: "soxaydung.truongphong")
            }
            let open = try #require(try await fixture.state(code).consultations.last { $0.isOpen })
            try await fixture.service.withdrawConsultation(
                open.id,
                on: code,
                reason: "Đã trao đổi trực tiếp",
                seen: fixture.state(code).version,
                by: fixture.officer("soxaydung.truongphong")
            )
            try await fixture.act(.advance(to: "sign"), on: code, by: "soxaydung.truongphong")
            let signed = try await fixture.approve(code, by: "soxaydung.phogiamdoc")
            #expect(signed.status == .decided && signed.consultations.map(\.outcome) == [.lapsed, .withdrawn])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `what may not be asked is refused in words, and nothing is written`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            let fire = ConsultedParty(agency: try #require(AgencyCode("H01.CA")))
            let commune = ConsultedParty(agency: fixture.anPhu)
            func question(
                _ parties: [ConsultedParty],
                of rule: String = "fireSafety",
                text: String = "Đạt không?",
                papers: [String] = [],
                limit: Int = 1
            ) -> ConsultationQuestion {
                ConsultationQuestion(rule: rule, parties: parties, text: text, papers: papers, limit: limit)
            }
            let refused: [(ConsultationQuestion, DossierRefusal)] = [
                (question([]), .consultationUnsuitable), (question([commune]), .consultationUnsuitable),
                (question([fire], of: "nothing"), .consultationUnsuitable),
                (question([fire, fire]), .consultationUnsuitable),
                (question([fire], papers: ["landPaper"]), .consultationUnsuitable),
                (question([fire], text: " \n"), .questionMissing),
                (question([fire], text: String(repeating: "á", count: 2_001)), .consultationTextTooLong(limit: 2_000)),
                (
                    question([fire], limit: 0),
                    .consultationBeyondPromise(dueAt: try #require(Instant("2026-03-23T17:00")))
                ),
                (
                    question([fire], limit: 6),
                    .consultationBeyondPromise(dueAt: try #require(Instant("2026-03-23T17:00")))
                ),
            ]
            for (question, refusal) in refused {
                await #expect(throws: refusal) { try await fixture.ask(question, on: code) }
                #expect(refusal.publicDetail?.isEmpty == false)
            }
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier_consultation") == 0)
            try await fixture.ask(question([fire], text: String(repeating: "á", count: 2_000)), on: code)
            await #expect(throws: DossierRefusal.consultationRepeated) {
                try await fixture.ask(question([fire]), on: code)
            }
            await #expect(throws: DossierRefusal.notAllowed(.askConsultation)) {
                try await fixture.ask(question([commune]), on: code, by: "soxaydung.motcua")
            }
            // Three days before the dossier's own day only what fits is offered, on its day nothing.
            fixture.time.advance(seconds: 18 * 86_400)
            let view = try await fixture.service.dossier(code, for: fixture.officer("soxaydung.capphep"))
            #expect(view.askable.allSatisfy { $0.times.map(\.limit) == [1] })
            fixture.time.advance(seconds: 4 * 86_400)
            let late = try await fixture.service.dossier(code, for: fixture.officer("soxaydung.capphep"))
            #expect(late.askable.isEmpty && !late.offered.contains(.askConsultation))
        }
    }

    @Test(arguments: TestStores.all)
    func `an answer harms no draft that is being written, but a step must have seen it`(on engine: Engine) async throws
    {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            try await fixture.act(.advance(to: "visit"), on: code, by: "soxaydung.capphep")
            let asked = try await fixture.ask("fireSafety", on: code)
            let officer = try await fixture.officer("congantinh.pccc")
            await #expect(throws: DossierRefusal.opinionMissing) {
                try await fixture.service.answerConsultation(
                    asked.consultations[0].id,
                    .disagrees,
                    opinion: "  ",
                    file: nil,
                    by: officer
                )
            }
            try await fixture.service.answerConsultation(
                asked.consultations[0].id,
                .remarks,
                opinion: "Thêm bình chữa cháy",
                file: nil,
                by: officer
            )
            let specialist = try await fixture.officer("soxaydung.capphep")
            let faster = DossierRefusal.changedMeanwhile(
                role: "Cán bộ",
                unit: "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ, Công an tỉnh An Giang",
                what: "trả lời câu hỏi ý kiến",
                at: fixture.time.now
            )
            await #expect(throws: faster) {
                try await fixture.service.perform(
                    .sendBack(to: "examine", reason: "Xem lại"),
                    on: code,
                    seen: asked.version,
                    by: specialist
                )
            }
            let check = try await fixture.service.draftResult(
                of: code,
                typed: Self.permitResult,
                seen: asked.version,
                by: specialist
            )
            #expect(check.isSound)
            #expect(try await fixture.state(code).version == asked.version + 2)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `officers are told: who is asked, who asked, and the desk of silence`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.permit()
            let one = try #require(try await fixture.ask("fireSafety", on: code).consultations.first)
            let letters = Letters()
            let ports = NoticePorts(
                mail: { to, subject, _ in letters.add(to, subject) },
                sms: { _, _, _ in Issue.record("no message goes to officers") }
            )
            func send(_ notice: ConsultationNotice) async throws -> [String] {
                letters.clear()
                let payload = ConsultationNotice.Payload(consultation: one.id, notice: notice)
                try await fixture.service.send(consultationJob: JSONText.encode(payload), over: ports)
                #expect(letters.all.allSatisfy { $0.subject.contains(code.text) })
                return letters.all.map { String($0.to.prefix { $0 != "@" }) }.sorted()
            }
            let police = ["hanhchinh", "pccc", "truongphong", "truongphonghc"].map { "congantinh.\($0)" }
            #expect(try await send(.asked) == police)
            #expect(try await send(.overdue) == ["soxaydung.capphep", "soxaydung.motcua"])
            let officer = try await fixture.officer("congantinh.truongphong")
            try await fixture.service.answerConsultation(one.id, .agrees, opinion: nil, file: nil, by: officer)
            #expect(try await send(.answered) == ["soxaydung.capphep"])
            #expect(try await send(.overdue).isEmpty)
            let queued = try await fixture.count(
                "SELECT COUNT(*) AS total FROM job WHERE kind = \(ConsultationNotice.jobKind)"
            )
            #expect(queued == 3)
        }
    }

    @Test(arguments: TestStores.all)
    func `a dossier that ends takes its questions with it, and says so on the public timeline`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.permit()
            let one = try #require(try await fixture.ask("fireSafety", on: code).consultations.first)
            let state = try await fixture.state(code)
            let secret = fixture.service.slipSecret(of: state.id)
            #expect(try await fixture.service.track(code, secret: secret).timeline?.isConsulting == true)
            // Without the slip's secret nothing of it is told.
            #expect(try await fixture.service.track(code, secret: nil).timeline == nil)
            try await fixture.service.perform(.withdraw(reason: nil), on: code, seen: state.version, by: mai)
            #expect(try await fixture.state(code).consultations.map(\.outcome) == [.lapsed])
            #expect(try await fixture.service.track(code, secret: secret).timeline?.isConsulting == false)
            let officer = try await fixture.officer("congantinh.pccc")
            #expect(try await fixture.service.consultationList(of: officer).waiting.items.isEmpty)
            let view = try await fixture.service.consultation(one.id, of: code, for: officer)
            #expect(!view.mayAnswer && view.files.isEmpty)
            try await fixture.expectNoFault()
        }
    }

    static let permitResult = FormAnswers([
        ("holder", "Nguyễn Thị Sao Mai"), ("holderAddress", "Xã An Phú, tỉnh An Giang"), ("visitDate", "2026-03-02"),
        ("visitFindings", "Đúng ranh"), ("buildingLine", "Cách tim đường 6 m"), ("floorLevel", "0,2 m"),
    ])
}

/// What was sent to officers.
private final class Letters: Sendable {
    private let kept = Mutex<[(to: String, subject: String)]>([])

    var all: [(to: String, subject: String)] { kept.withLock { $0 } }

    func add(_ to: String, _ subject: String) { kept.withLock { $0.append((to, subject)) } }

    func clear() { kept.withLock { $0 = [] } }
}
