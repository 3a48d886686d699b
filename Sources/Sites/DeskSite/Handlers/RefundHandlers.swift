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

/// Money to be given back, a task each.
struct RefundHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        routes.get(.refunds, for: .officer(.deskOfficer), rule: "own agency's refunds") { _, context in
            let flash = context.query.text("bao") == "da-hoan" ? "Đã ghi nhận khoản hoàn." : nil
            return try await page(context, flash: flash, failed: nil)
        }
        let one = SiteURL.refund(PathSlot.refund)
        routes.post(one, for: .officer(.deskOfficer), rule: "own agency's refund") { form, _, context in
            let id: RefundID = try context.pathID(PathSlot.refund)
            let note = form.trimmed("note-\(id.rawValue)") ?? ""
            guard !note.isEmpty, note.count <= 500 else {
                let text = note.isEmpty ? "Nhập cách đã hoàn tiền" : "Cách hoàn tiền không quá 500 ký tự"
                return try await page(context, flash: nil, failed: (id.rawValue, note, text))
            }
            guard let agency = context.actor.agency else { throw RequestError.notFound }
            do {
                try await services.payments.completeRefund(id, of: agency, note: note, by: context.actor.stamp)
            } catch PaymentError.unknownPayment {
                throw RequestError.notFound
            } catch PaymentError.nothingDue {
                // Somebody was faster; it is done all the same.
                return .seeOther(SiteURL.refunds.path([("bao", "da-hoan")]))
            }
            return .seeOther(SiteURL.refunds.path([("bao", "da-hoan")]))
        }
    }

    private func page(
        _ context: OfficerContext,
        flash: String?,
        failed: (id: String, note: String, text: String)?
    ) async throws -> Response {
        guard let agency = context.actor.agency else { throw RequestError.notFound }
        let due = try await services.payments.refundsDue(of: agency)
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
