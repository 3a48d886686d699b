// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging
import NIOCore
import Payments
import Site
import Web

/// Paying what is due, coming back from the gateway, and the gateway's own message.
struct PaymentHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.draftPayment(PathSlot.draft), for: .citizen, rule: "own draft") { _, context in
            guard let code = try await code(of: context) else { throw DossierRefusal.draftGone }
            return .seeOther(SiteURL.dossierPayment(code.text).path([("moi", "1")]))
        }
        let pay = SiteURL.dossierPayment(PathSlot.code)
        routes.get(pay, for: .citizen, rule: "own dossier", page)
        routes.post(pay, for: .citizen(atLeast: .two), rule: "own dossier", begin)
        routes.get(.paymentReturn, for: .citizen, rule: "own dossier", comeBack)
        routes.machinePost(.paymentNotice, rule: "signature over our stored amount", notice)
    }

    private func code(of context: CitizenContext) async throws -> DossierCode? {
        try await services.dossiers.dossierCode(of: try context.pathID(PathSlot.draft), for: context.actor)
    }

    private func page(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
        let reference = DossierService.payable(view.state.id)
        guard let found = try await services.payments.obligation(of: reference) else {
            return .seeOther(SiteURL.dossier(view.state.code.text).path)
        }
        let model = PayPage.Model(
            code: view.state.code,
            procedureName: view.pack.name,
            fees: FeeWords.lines(found.obligation),
            state: state(of: view, found, context),
            termWord: found.obligation.state == .due ? Self.termWord(view.state.status) : nil,
            laterHref: SiteURL.dossier(view.state.code.text).path
        )
        return .page(PayPage.html(model, in: context.frame(pageCode: "C-10")))
    }

    private static func termWord(_ status: DossierStatus) -> String {
        status == .decided
            ? "Cơ quan trả kết quả sau khi đã nộp đủ." : "Cơ quan chỉ tiếp nhận hồ sơ sau khi đã nộp đủ."
    }

    private func state(
        of view: DossierView,
        _ found: (obligation: Obligation, payment: Payment?),
        _ context: CitizenContext
    ) -> PayPage.State {
        let code = view.state.code.text
        let (action, key) = (SiteURL.dossierPayment(code).path, services.random.formKey())
        if found.obligation.state == .settled, let settled = found.obligation.settledAt {
            return .succeeded(
                at: settled,
                reference: found.payment?.providerCode ?? found.obligation.id.rawValue,
                receiptHref: nil,
                continueHref: SiteURL.dossier(code).path
            )
        }
        // The page remembers nothing: what the payer came back with is only a hint for the words.
        switch found.payment?.state {
        case .failed:
            return context.query.text("kq") == "huy"
                ? .cancelled(action: action, key: key)
                : .failed(reason: "Ngân hàng báo giao dịch không thành.", action: action, key: key)
        case .confirming:
            return .confirming(
                since: found.payment?.createdAt ?? view.state.submittedAt,
                checkHref: SiteURL.paymentReturn.path([("ma", code)])
            )
        case .redirected where context.query.text("kq") != nil:
            return .pending(
                since: found.payment?.createdAt ?? view.state.submittedAt,
                // The way back from the gateway asks it again.
                checkHref: SiteURL.paymentReturn.path([("ma", code)])
            )
        default: return .due(action: action, key: key)
        }
    }

    private func begin(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
        let code = view.state.code.text
        let back = services.publicURL.absolute(SiteURL.paymentReturn.path([("ma", code)]))
        let reference = DossierService.payable(view.state.id)
        do {
            let url = try await services.payments.begin(reference, returnURL: back, by: context.actor.stamp)
            return .seeOther(url)
        } catch PaymentError.nothingDue, PaymentError.beingConfirmed {
            // The page of the payment says what became of it.
            return .seeOther(SiteURL.dossierPayment(code).path)
        }
    }

    /// The payer is back, before or after the gateway's message: what the address says is not believed, we ask.
    private func comeBack(_ request: Request, _ context: CitizenContext) async throws -> Response {
        guard let code = context.query.text("ma").flatMap({ DossierCode($0) }) else { throw RequestError.notFound }
        let view = try await services.dossiers.dossier(code, for: context.actor)
        do {
            try await services.payments.refresh(DossierService.payable(view.state.id))
        } catch let error as PaymentError {
            // The gateway does not answer: the page says that we wait, the worker asks again.
            context.logger.warning("payment refresh failed", metadata: ["code": "\(error.code)"])
        }
        return .seeOther(SiteURL.dossierPayment(code.text).path([("kq", "cho")]))
    }

    private func notice(_ request: Request, _ context: PublicContext) async throws -> Response {
        try services.limiter.take("payment-notice:\(context.visit.client?.limitKey ?? "-")")
        let body = try await request.bytes(limitBytes: 65_536)
        do {
            let (reply, refusal) = try await services.payments.callback(body)
            if let refusal {
                context.logger.warning("payment notice refused", metadata: ["code": "\(refusal.code)"])
            }
            return Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply))
            )
        } catch PaymentError.malformedCallback {
            throw RequestError.malformed(reason: "payment notice")
        }
    }
}
