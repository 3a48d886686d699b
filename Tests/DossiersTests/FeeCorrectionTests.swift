// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Paper
import Payments
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Pages declared by the citizen and counted by the officer on 2.000815: what is owed follows the count, exactly.
@Suite struct FeeCorrectionTests {
    @Test("Whatever is declared and counted, what is asked for or given back is what an independent reckoning gives")
    func exactToTheDong() throws {
        let pack = try #require(
            PackChecker().check(PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/2.000815")).pack
        )
        let day = try #require(LocalDate("2026-03-02"))
        var generator = SeededGenerator(seed: 2_000_815)
        /// Page by page and copy by copy, in whole đồng: NĐ 23/2015, TT 226/2016.
        func slow(_ pages: Int, _ copies: Int) -> Int64 {
            var sum: Int64 = 0
            for _ in 0..<copies {
                var copy: Int64 = 0
                for page in stride(from: 1, through: pages, by: 1) {
                    copy += page <= 2 ? 2_000 : 1_000
                    if copy >= 200_000 { break }
                }
                sum += copy < 200_000 ? copy : 200_000
            }
            return sum
        }
        for _ in 0..<4_000 {
            let (declared, copies) = (
                Int.random(in: 1...500, using: &generator), Int.random(in: 1...50, using: &generator)
            )
            let (counted, made) = (
                Int.random(in: 1...500, using: &generator), Int.random(in: 1...50, using: &generator)
            )
            let answers = FormAnswers([("pages", "\(declared)"), ("copies", "\(copies)")])
            let count = FormAnswers([("confirmedPages", "\(counted)"), ("confirmedCopies", "\(made)")])
            let quote = try pack.fees.quote(answers, channel: .online, on: day)
            let confirmed = try pack.confirmedQuote(answers, by: count, channel: .online, on: day)
            let correction = FeeCorrection(paid: quote.total, confirmed: confirmed.total)
            let difference = slow(counted, made) - slow(declared, copies)
            #expect(correction.extra == VND(max(difference, 0)) && correction.refund == VND(max(-difference, 0)))
            // Nothing is lost or made: paid and asked for, less given back, is what the count costs.
            #expect(correction.paid + correction.extra - correction.refund == correction.confirmed)
        }
    }

    @Test(arguments: TestStores.all)
    func `more pages than declared: the rest is due before the result is given out`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.certifiedCopy(pages: 5, copies: 3, by: mai)
            let code = submission.code
            let signed = try await fixture.certified(code, pages: 8, copies: 3)
            // 3 × (2 × 2.000 + 6 × 1.000) = 30.000, of which 21.000 were paid.
            #expect(signed.feeCorrection == FeeCorrection(paid: VND(21_000), confirmed: VND(30_000)))
            #expect(signed.status == .decided && signed.obligation == .due)
            await #expect(throws: DossierRefusal.paymentDueBeforeDelivery) {
                try await fixture.act(.deliver, on: code, by: "anphu.motcua")
            }
            let view = try await fixture.service.dossier(code, for: fixture.officer("anphu.motcua"))
            #expect(view.obligation?.total == VND(9_000) && !view.offered.contains(.deliver))
            let values = try await fixture.service.values(of: view, issuedAt: fixture.time.now)
            #expect(values["feeDue"] == .text("9.000 đ"))
            #expect(values["feeNote"] == .text("đã nộp 21.000 đ; theo số đã đối chiếu 30.000 đ; còn phải nộp 9.000 đ"))
            // The slip is printed again with what the count made of the fee.
            let slip = try await fixture.service.paper(.intakeSlip, of: code, for: mai)
            #expect(slip.starts(with: Array("%PDF-".utf8)))
            fixture.time.advance(seconds: 60)
            #expect(try await fixture.pay(submission, by: mai) == .paid)
            let settled = try await fixture.state(code)
            #expect(settled.obligation == .settled && settled.status == .decided)
            try await fixture.act(.deliver, on: code, by: "anphu.motcua")
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `fewer pages than declared: the difference is a task of the agency until it was given back`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.certifiedCopy(pages: 5, copies: 3, by: mai).code
            let signed = try await fixture.certified(code, pages: 4, copies: 3)
            #expect(signed.feeCorrection?.refund == VND(3_000) && signed.obligation == .settled)
            let desk = try await fixture.officer("anphu.motcua")
            let due = try await fixture.payments.refundsDue(for: desk)
            #expect(due.map(\.amount) == [VND(3_000)] && due.map(\.subject) == [code.text])
            let refund = try #require(due.first)
            let foreign = try await fixture.officer("longxuyen.motcua")
            await #expect(throws: PaymentError.unknownPayment) {
                try await fixture.payments.requestRefund(refund.id, note: "x", by: foreign)
            }
            #expect(try await fixture.payments.refundsDue(for: foreign).isEmpty)
            // The result does not wait for the money that goes back.
            try await fixture.act(.deliver, on: code, by: "anphu.motcua")
            await #expect(throws: PaymentError.refundNoteMissing) {
                try await fixture.payments.requestRefund(refund.id, note: " ", by: desk)
            }
            try await fixture.payments.requestRefund(refund.id, note: "Tiền mặt", by: desk)
            let asked = try #require(try await fixture.payments.refundsDue(for: desk).first)
            let seen = try #require(asked.requestedAt)
            #expect(asked.state == .requested && asked.requestedBy == desk.officer)
            await #expect(throws: PaymentError.ownRefund) {
                try await fixture.payments.approveRefund(refund.id, seen: seen, by: desk)
            }
            let head = try await fixture.officer("anphu.truonghotich")
            try await fixture.payments.sendBackRefund(refund.id, seen: seen, reason: "Ghi số phiếu chi", by: head)
            await #expect(throws: PaymentError.refundChanged) {
                try await fixture.payments.approveRefund(refund.id, seen: seen, by: head)
            }
            fixture.time.advance(seconds: 60)
            try await fixture.payments.requestRefund(refund.id, note: "Phiếu chi số 12", by: desk)
            let again = try #require(try await fixture.payments.refundsDue(for: head).first?.requestedAt)
            try await fixture.payments.approveRefund(refund.id, seen: again, by: head)
            await #expect(throws: PaymentError.nothingDue) {
                try await fixture.payments.requestRefund(refund.id, note: "lại", by: desk)
            }
            #expect(try await fixture.payments.refundsDue(for: desk).isEmpty)
            let done = try await fixture.payments.refund(of: DossierService.payable(signed.id))
            #expect(done?.note == "Phiếu chi số 12" && done?.approvedBy == head.officer)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `the count that was declared changes nothing`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.certifiedCopy(pages: 2, copies: 1, by: fixture.citizen()).code
            let signed = try await fixture.certified(code, pages: 2, copies: 1)
            #expect(signed.feeCorrection == nil && signed.obligation == .settled)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM obligation") == 1)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM refund") == 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `before payment the desk corrects the count, and the right sum is due`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.certifiedCopy(pages: 5, copies: 3, by: mai, isPaid: false)
            let code = submission.code
            let desk = try await fixture.officer("anphu.motcua")
            fixture.time.advance(seconds: 60)
            let wrong = try await fixture.service.recountFee(
                of: code,
                typed: FormAnswers([("confirmedPages", "0"), ("confirmedCopies", "")]),
                seen: 1,
                by: desk
            )
            #expect(wrong.problems.map(\.field) == ["confirmedPages", "confirmedCopies"])
            let check = try await fixture.service.recountFee(
                of: code,
                typed: FormAnswers([("confirmedPages", "300"), ("confirmedCopies", "2")]),
                seen: 1,
                by: desk
            )
            #expect(check.isSound)
            let view = try await fixture.service.dossier(code, for: desk)
            #expect(view.obligation?.total == VND(400_000) && view.state.obligation == .due)
            #expect(view.personal.answers["pages"] == "300" && view.personal.answers["copies"] == "2")
            fixture.time.advance(seconds: 60)
            #expect(try await fixture.pay(submission, by: mai) == .paid)
            await #expect(throws: DossierRefusal.nothingDue) {
                _ = try await fixture.service.recountFee(
                    of: code,
                    typed: FormAnswers([("confirmedPages", "1"), ("confirmedCopies", "1")]),
                    seen: fixture.state(code).version,
                    by: desk
                )
            }
            try await fixture.act(.receive, on: code, by: "anphu.motcua")
            let signed = try await fixture.certified(code, pages: 300, copies: 2, isReceived: true)
            #expect(signed.feeCorrection == nil)
            try await fixture.expectNoFault()
        }
    }
}

extension DossiersFixture {
    /// A request for certified copies; paid and taken in unless told otherwise.
    func certifiedCopy(pages: Int, copies: Int, by actor: Actor, isPaid: Bool = true) async throws -> Submission {
        let draft = try await service.beginDraft(of: Self.certifiedCopies, by: actor)
        try await service.choose(agency: anPhu, delivery: .desk, of: draft.id, seen: 1, by: actor)
        let answers: [(String, [(String, String)])] = [
            ("requester", [("requesterPhone", "0912 345 678")]),
            (
                "document",
                [
                    ("documentName", "Bằng tốt nghiệp"), ("documentHolder", "Nguyễn Thị Sao Mai"),
                    ("issuedBy", "Trường Đại học An Giang"), ("isForeign", "no"),
                ]
            ),
            ("quantity", [("pages", "\(pages)"), ("copies", "\(copies)")]),
        ]
        for (page, typed) in answers {
            let check = try await service.save(
                page: page,
                of: draft.id,
                typed: FormAnswers(typed),
                seen: service.draft(draft.id, for: actor).draft.revision,
                isFinishing: true,
                by: actor
            )
            #expect(check.isSound, "\(page): \(check.problems)")
        }
        try await service.attach(file("original", for: "original"), to: .draft(draft.id), by: actor)
        let submission = try await service.submit(draft.id, key: "copy", isDeclared: true, by: actor)
        guard isPaid else { return submission }
        try await pay(submission, by: actor)
        try await act(.receive, on: submission.code, by: "anphu.motcua")
        return submission
    }

    /// Counted, drafted and signed.
    func certified(
        _ code: DossierCode,
        pages: Int,
        copies: Int,
        isReceived: Bool = true
    ) async throws -> DossierState {
        // The newest of two obligations is told by its moment.
        time.advance(seconds: 60)
        let check = try await service.draftResult(
            of: code,
            typed: FormAnswers([
                ("confirmedPages", "\(pages)"), ("confirmedCopies", "\(copies)"), ("registerBook", "01/2026"),
                ("certifiedOn", "2026-03-02"),
            ]),
            seen: state(code).version,
            by: officer("anphu.hotich1")
        )
        #expect(check.isSound, "\(check.problems)")
        try await act(.advance(to: nil), on: code, by: "anphu.hotich1")
        return try await approve(code, by: "anphu.chutich")
    }
}
