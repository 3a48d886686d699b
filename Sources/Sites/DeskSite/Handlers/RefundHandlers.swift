// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Payments
import Site
import Web

/// Money to be given back, a task each: the desk asks, the head of a unit or a leader approves.
struct RefundHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        let audience = Audience<OfficerContext>.officer(.deskOfficer, .unitHead, .leader)
        routes.get(.refunds, for: audience, rule: "own agency's refunds") { _, context in
            try await page(context, flash: flash(context), failed: nil)
        }
        let one = SiteURL.refund(PathSlot.refund)
        routes.post(one, for: audience, rule: "own agency's refund, not own request to approve", act)
    }

    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let id: RefundID = try context.pathID(PathSlot.refund)
        let note = form.trimmed("note-\(id.rawValue)") ?? ""
        let word = form["_act"] ?? ""
        do {
            switch word {
            case "de-nghi": try await services.payments.requestRefund(id, note: note, by: context.actor)
            case "duyet": try await services.payments.approveRefund(id, seen: seen(form), by: context.actor)
            case "tra-lai":
                try await services.payments.sendBackRefund(id, seen: seen(form), reason: note, by: context.actor)
            default: throw RequestError.notFound
            }
        } catch PaymentError.unknownPayment {
            throw RequestError.notFound
        } catch PaymentError.nothingDue {
            // Somebody was faster; it is done all the same.
            return .seeOther(SiteURL.refunds.path([("bao", "duyet")]))
        } catch PaymentError.refundNoteMissing {
            let text = note.isEmpty ? (word == "de-nghi" ? "Nhập cách hoàn tiền" : "Nhập lý do trả lại") : nil
            let long = "Nội dung không quá \(PaymentService.refundNoteLimit) ký tự"
            return try await page(context, flash: nil, failed: (id.rawValue, note, text ?? long))
        }
        return .seeOther(SiteURL.refunds.path([("bao", word)]))
    }

    /// When the request was made that the page showed.
    private func seen(_ form: FormFields) -> Instant {
        Instant(microseconds: form["seen"].flatMap { Int64($0) } ?? 0)
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "de-nghi": "Đã gửi đề nghị hoàn. Một trưởng đơn vị hoặc lãnh đạo sẽ duyệt."
        case "duyet": "Đã duyệt và ghi nhận khoản hoàn."
        case "tra-lai": "Đã trả lại đề nghị hoàn."
        default: nil
        }
    }

    private func stage(_ refund: Refund, _ context: OfficerContext, _ known: OrganisationSnapshot) -> RefundsPage.Stage
    {
        let actor = context.actor
        guard refund.state == .requested, let moment = refund.requestedAt else {
            return RefundPolicies.ask.allows(actor, refund)
                ? .toAsk(sentBack: refund.sentBack)
                : .waiting(by: nil, at: nil, how: nil, word: "Chờ bộ phận một cửa đề nghị cách hoàn.")
        }
        let name = refund.requestedBy.flatMap { known.officer($0)?.fullName } ?? "Không rõ"
        let how = refund.note ?? ""
        guard RefundPolicies.approve.allows(actor, refund) else {
            let word = "Chờ một trưởng đơn vị hoặc lãnh đạo khác duyệt."
            return .waiting(by: name, at: moment, how: how, word: word)
        }
        return .toApprove(by: name, at: moment, how: how, seen: "\(moment.microseconds)")
    }

    private func page(
        _ context: OfficerContext,
        flash: String?,
        failed: (id: String, note: String, text: String)?
    ) async throws -> Response {
        let known = try await services.organisation.snapshot()
        let due = try await services.payments.refundsDue(for: context.actor)
        let lines = due.map { refund in
            let isWrong = failed?.id == refund.id.rawValue
            return RefundsPage.RefundLine(
                id: refund.id.rawValue,
                code: refund.subject,
                amount: refund.amount,
                reason: refund.reason,
                since: refund.createdAt,
                caseHref: SiteURL.workItem(refund.subject).path,
                action: SiteURL.refund(refund.id.rawValue).path,
                stage: stage(refund, context, known),
                note: isWrong ? failed?.note ?? "" : "",
                error: isWrong ? failed?.text : nil
            )
        }
        let model = RefundsPage.Model(
            lines: lines,
            flash: flash,
            key: services.random.formKey(),
            backHref: SiteURL.workList.path
        )
        let status: HTTPResponse.Status = failed == nil ? .ok : .unprocessableContent
        return .page(RefundsPage.html(model, in: context.frame(pageCode: "D-20", current: .workList)), status: status)
    }
}
