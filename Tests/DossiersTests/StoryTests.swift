// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Payments
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers

/// One dossier on its whole way through the façade: each chapter leaves it to the next.
@Suite struct StoryTests {
    @Test(arguments: TestStores.all)
    func `a dossier from the first line of its draft to the result in hand`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await file(fixture, by: mai)
            try await payAndReceive(fixture, submission, by: mai)
            try await supplement(fixture, submission.code, by: mai)
            try await sign(fixture, submission.code)
            try await deliver(fixture, submission.code, to: mai)
            try await expectJournal(fixture, submission, of: mai)
        }
    }

    /// Draft, pages, file, submission; the same key gives the same dossier.
    private func file(_ fixture: DossiersFixture, by mai: Actor) async throws -> Submission {
        let service = fixture.service
        let begun = try await service.beginDraft(of: DossiersFixture.procedure, by: mai)
        // A double click takes up the same draft.
        #expect(try await service.beginDraft(of: DossiersFixture.procedure, by: mai) == begun)
        #expect(begun.answers["requesterName"] == "Nguyễn Thị Sao Mai")
        let id = try await fixture.filledDraft(by: mai)
        #expect(id == begun.id)
        let photo = try await fixture.file("giấy khai sinh cũ")
        try await service.attach(photo, to: .draft(id), by: mai)
        let view = try await service.draft(id, for: mai)
        #expect(view.draft.pagesDone == ["requester", "extract", "registration"])
        #expect(view.files == [photo] && view.problems.isEmpty && view.missingComponents.isEmpty)
        #expect(view.quote?.total(at: .beforeIntake) == VND(16_000))
        await #expect(throws: DossierRefusal.declarationMissing) {
            try await service.submit(id, key: "k", isDeclared: false, by: mai)
        }
        await #expect(throws: DossierRefusal.assuranceTooLow) {
            let weak = try await fixture.citizen(assurance: .one)
            return try await service.submit(id, key: "k", isDeclared: true, by: weak)
        }
        let first = try await service.submit(id, key: "k", isDeclared: true, by: mai)
        #expect(first.code.text == "H01.30337-260302-0001" && first.isPaymentDue)
        #expect(try await service.submit(id, key: "k", isDeclared: true, by: mai) == first)
        #expect(try await service.submit(id, key: "another key", isDeclared: true, by: mai) == first)
        #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier") == 1)
        #expect(try await fixture.count("SELECT COUNT(*) AS total FROM obligation") == 1)
        // The same key for another draft is a fault of the sender, and makes nothing.
        let other = try await fixture.filledDraft(by: mai)
        await #expect(throws: IdempotencyConflict()) {
            try await service.submit(other, key: "k", isDeclared: true, by: mai)
        }
        #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier") == 1)
        #expect(try await service.dossierCode(of: id, for: mai) == first.code)
        await #expect(throws: DossierRefusal.draftSubmitted(first.code)) { try await service.draft(id, for: mai) }
        #expect(try await service.drafts(of: mai).map(\.id) == [other])
        return first
    }

    /// Intake only after payment; the clock starts with the receipt.
    private func payAndReceive(_ fixture: DossiersFixture, _ submission: Submission, by mai: Actor) async throws {
        let code = submission.code
        await #expect(throws: DossierRefusal.paymentDue) {
            try await fixture.act(.receive, on: code, by: "anphu.motcua")
        }
        #expect(try await fixture.pay(submission, by: mai) == .paid)
        let paid = try await fixture.state(code)
        #expect(paid.obligation == .settled && paid.status == .submitted && paid.dueAt == nil)
        await #expect(throws: DossierRefusal.notAllowed(.receive)) {
            try await fixture.act(.receive, on: code, by: "anphu.hotich1")
        }
        fixture.time.advance(seconds: 3_600)
        let received = try await fixture.act(.receive, on: code, by: "anphu.motcua")
        #expect(received.status == .processing && received.step == "examine" && received.registerNumber == 1)
        #expect(received.receivedAt == fixture.time.now)
        #expect(received.dueAt == Instant("2026-03-02T17:00"))
        let view = try await fixture.service.dossier(code, for: mai)
        #expect(view.state == received && view.deadline?.dueAt == received.dueAt)
        #expect(view.papers == [.submissionConfirmation, .intakeSlip])
        #expect(view.obligation?.state == .settled)
    }

    /// Asked once, answered with a new file and an explanation; the limit runs anew.
    private func supplement(_ fixture: DossiersFixture, _ code: DossierCode, by mai: Actor) async throws {
        let service = fixture.service
        let items = [
            SupplementItem(target: "earlierPaper", text: "Chụp lại, ảnh mờ"),
            SupplementItem(target: "registeredAt", text: "Ghi rõ tên xã khi đăng ký"),
        ]
        let asked = try await fixture.act(
            .requestSupplement(reason: "Chưa tìm thấy sổ", items: items),
            on: code,
            by: "anphu.hotich1"
        )
        #expect(asked.status == .awaitingSupplement && asked.pausedSince == fixture.time.now && asked.dueDay == nil)
        fixture.time.advance(seconds: 86_400)
        await #expect(throws: DossierRefusal.supplementUntouched(target: "earlierPaper")) {
            try await service.answerSupplement(of: code, seen: asked.version, by: mai)
        }
        let photo = try await fixture.file("ảnh rõ")
        try await service.attach(photo, to: .supplement(code), by: mai)
        try await service.keepSupplement(
            of: code,
            typed: FormAnswers([("registeredAt", "UBND xã Khánh An, huyện An Phú"), ("copies", "9")]),
            explanations: [:],
            by: mai
        )
        let open = try await service.supplement(of: code, for: mai)
        #expect(open.items.map(\.isTouched) == [true, true] && open.items[0].pending.map(\.id) == [photo.id])
        try await service.answerSupplement(of: code, seen: asked.version, by: mai)
        let view = try await service.dossier(code, for: mai)
        #expect(view.state.status == .processing && view.state.step == "examine" && view.state.pausedSince == nil)
        #expect(view.state.dueAt == Instant("2026-03-03T17:00"))
        #expect(view.currentFiles.map(\.id) == [photo.id] && view.files.count == 2)
        #expect(view.personal.answers["registeredAt"] == "UBND xã Khánh An, huyện An Phú")
        // What nobody found wanting stays as it was submitted.
        #expect(view.personal.answers["copies"] == "2")
        #expect(view.supplements.map(\.answeredAt) == [fixture.time.now])
        await #expect(throws: DossierRefusal.supplementAlreadyAsked) {
            try await fixture.act(.requestSupplement(reason: "Lại", items: items), on: code, by: "anphu.hotich2")
        }
        await #expect(throws: DossierRefusal.notPossible(.answerSupplement, .processing)) {
            try await service.answerSupplement(of: code, seen: view.state.version, by: mai)
        }
    }

    /// Drafted, put forward, signed by somebody else.
    private func sign(_ fixture: DossiersFixture, _ code: DossierCode) async throws {
        let service = fixture.service
        let drafter = try await fixture.officer("anphu.hotich1")
        await #expect(throws: DossierRefusal.resultNotDrafted) {
            try await fixture.act(.advance(to: nil), on: code, by: "anphu.hotich1")
        }
        var version = try await fixture.state(code).version
        let wrong = try await service.draftResult(of: code, typed: FormAnswers(), seen: version, by: drafter)
        #expect(!wrong.isSound)
        let untouched = try await fixture.state(code)
        #expect(untouched.version == version && untouched.drafter == nil)
        let check = try await service.draftResult(
            of: code,
            typed: DossiersFixture.result,
            seen: version,
            by: drafter
        )
        #expect(check.isSound, "\(check.problems)")
        #expect(try await service.previewResult(of: code, for: drafter).starts(with: Array("%PDF-".utf8)))
        let advanced = try await fixture.act(.advance(to: nil), on: code, by: "anphu.hotich1")
        #expect(advanced.step == "sign" && advanced.drafter == drafter.officer)
        // Who drafts does not sign, also when she has become a leader meanwhile.
        let id = try #require(drafter.officer)
        try await fixture.organisation.setRoles([.specialist, .leader], of: id, by: .system("test"))
        await #expect(throws: DossierRefusal.drafterMayNotSign) {
            try await fixture.approve(code, by: "anphu.hotich1")
        }
        #expect(fixture.signer.signed.isEmpty)
        version = advanced.version
        let decided = try await service.approve(code, seen: version, by: fixture.officer("anphu.chutich"))
        #expect(decided.status == .decided && decided.decision == .granted && decided.decidedAt == fixture.time.now)
        let signed = try #require(fixture.signer.signed.first)
        #expect(fixture.signer.signed.count == 1 && signed.officer.rawValue == "anphu.chutich" && signed.bytes > 1_000)
        #expect(signed.reason == "Ban hành Bản sao trích lục hộ tịch")
    }

    /// Given out by the desk; then the applicant has the signed file, and anybody may ask whether it is genuine.
    private func deliver(_ fixture: DossiersFixture, _ code: DossierCode, to mai: Actor) async throws {
        let service = fixture.service
        await #expect(throws: DossierRefusal.notFound) { try await service.resultFile(of: code, for: mai) }
        let desk = try await fixture.officer("anphu.motcua")
        #expect(try await service.resultFile(of: code, for: desk).0.number == 1)
        let delivered = try await fixture.act(.deliver, on: code, by: "anphu.motcua")
        #expect(delivered.status == .delivered && delivered.deliveredAt == fixture.time.now)
        let (result, reader) = try await service.resultFile(of: code, for: mai)
        #expect(result.notation == "01/2026/TL-BS" && result.signerName == "Phạm Minh Đức")
        var bytes: [UInt8] = []
        for try await piece in reader { bytes += piece }
        #expect(
            bytes.starts(with: Array("%PDF-".utf8)) && bytes.suffix(ProbeSigner.mark.count) == ProbeSigner.mark[...]
        )
        #expect(result.digest == Digest(of: bytes) && result.size == Int64(bytes.count))
        for found in [
            try await service.verification(of: result.id), try await service.verification(ofFile: Digest(of: bytes)),
        ] {
            #expect(found?.dossierCode == code && found?.agencyName == "Ủy ban nhân dân xã An Phú")
        }
        #expect(try await service.verification(ofFile: Digest(of: bytes + [0])) == nil)
        #expect(try await service.verification(of: ResultID(.system)) == nil)
    }

    /// The journal tells it all, the rows are its fold, and officers' looks at her data are noted.
    private func expectJournal(_ fixture: DossiersFixture, _ submission: Submission, of mai: Actor) async throws {
        let view = try await fixture.service.dossier(submission.code, for: mai)
        #expect(
            view.timeline.map(\.event.kind) == [
                "submitted", "obligationSettled", "received", "handedOver", "supplementRequested",
                "supplementAnswered", "resultDrafted", "advanced", "granted", "delivered",
            ]
        )
        #expect(view.state.version == view.timeline.count)
        #expect(view.timeline[4].note?.reason == "Chưa tìm thấy sổ" && view.timeline[4].note?.items?.count == 2)
        #expect(view.timeline[1].author == Actor.system("payments").stamp)
        try await fixture.expectNoFault()
        // Each notice once by each way: submitted, settled, received, supplement, decided, delivered.
        let jobs = try await fixture.count(
            "SELECT COUNT(*) AS total FROM job WHERE kind = \(DossierNotice.jobKind) AND state = 'waiting'"
        )
        #expect(jobs == 12)
        let looks = try await fixture.count(
            "SELECT COUNT(*) AS total FROM access_record WHERE account = \(mai.id) AND officer = 'anphu.hotich1'"
        )
        #expect(looks > 0)
        let own = try await fixture.count("SELECT COUNT(*) AS total FROM access_record WHERE officer = \(mai.id)")
        #expect(own == 0)
    }
}
