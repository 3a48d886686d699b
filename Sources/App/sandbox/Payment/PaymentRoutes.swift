// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Kernel
import Markup

/// The addresses of the payment gateway, under `/cong-thanh-toan`.
struct PaymentRoutes: Sendable {
    let simulator: PaymentSimulator
    let notifier: PaymentNotifier
    /// Address of the sandbox, known once the port is known.
    let base: @Sendable () -> String

    func add(to router: Router<BasicRequestContext>) {
        router.post("cong-thanh-toan/api/create") { request, _ in try await create(request) }
        router.post("cong-thanh-toan/api/query") { request, _ in try await query(request) }
        router.get("cong-thanh-toan/giao-dich/{token}") { _, context in try page(context) }
        router.post("cong-thanh-toan/giao-dich/{token}") { request, context in try await decide(request, context) }
        router.get("cong-thanh-toan/giao-dich.json") { _, _ in try list() }
    }

    private func create(_ request: Request) async throws -> Response {
        let message = try Exchange.decode(PaymentCreate.self, try await Exchange.bytes(request))
        var (answer, token) = simulator.create(message)
        if let token { answer.payment_url = "\(base())/cong-thanh-toan/giao-dich/\(token)" }
        return try Exchange.json(answer)
    }

    private func query(_ request: Request) async throws -> Response {
        guard !simulator.faults.injects(.paymentQueryDown) else {
            return Exchange.text("", status: .serviceUnavailable)
        }
        let message = try Exchange.decode(PaymentQuery.self, try await Exchange.bytes(request))
        switch simulator.query(message) {
        case .success(let result): return try Exchange.json(result)
        case .failure(let fault):
            return try Exchange.json(PaymentCreated(error: fault.code, msg: fault.message, payment_url: nil))
        }
    }

    private func page(_ context: BasicRequestContext) throws -> Response {
        let token = context.parameters.get("token") ?? ""
        guard let transaction = simulator.transaction(token: token) else {
            throw SandboxRefusal(status: .notFound, text: "Không có giao dịch này.")
        }
        return Exchange.page(PaymentPages.pay(transaction))
    }

    private func decide(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        let form = try await Exchange.form(request)
        guard let known = simulator.transaction(token: token) else {
            throw SandboxRefusal(status: .notFound, text: "Không có giao dịch này.")
        }
        guard form["choice"] != "later" else { return Exchange.redirect(known.request.return_url) }
        let choices: [String: PaymentSimulator.Outcome] = ["pay": .paid, "fail": .failed, "cancel": .cancelled]
        guard let outcome = choices[form["choice"] ?? ""] else {
            throw SandboxRefusal(status: .unprocessableContent, text: "Hãy chọn một cách kết thúc giao dịch.")
        }
        var decided = known
        if outcome == .paid, simulator.faults.injects(.paymentCallbackAfterExpiry, known.request.transaction_id.text) {
            decided = simulator.payLate(token: token) ?? known
        } else if known.outcome == .open {
            decided = simulator.decide(token: token, outcome) ?? known
        }
        if decided.outcome != known.outcome { await notifier.tell(decided) }
        let result = simulator.result(of: decided)
        return Exchange.redirect(
            Exchange.address(
                known.request.return_url,
                [
                    "transaction_id": result.transaction_id, "status": result.status,
                    "transaction_code": result.transaction_code ?? "", "check_sum": result.check_sum,
                ]
            )
        )
    }

    private struct Listed: Encodable {
        var transactionID: String
        var amount: String
        var outcome: String
        var code: String?
        var createdAt: Instant
        var paymentURL: String
    }

    private struct Book: Encodable {
        var transactions: [Listed]
        var deliveries: [PaymentSimulator.Delivery]
    }

    private func list() throws -> Response {
        let base = base()
        let listed = simulator.transactions.prefix(500).map { transaction in
            Listed(
                transactionID: transaction.request.transaction_id.text,
                amount: transaction.request.trans_amount.text,
                outcome: transaction.outcome.rawValue,
                code: transaction.code,
                createdAt: transaction.createdAt,
                paymentURL: "\(base)/cong-thanh-toan/giao-dich/\(transaction.token)"
            )
        }
        return try Exchange.json(Book(transactions: Array(listed), deliveries: simulator.deliveries))
    }
}

/// The pages of the payment gateway.
enum PaymentPages {
    static func pay(_ transaction: PaymentSimulator.Transaction) -> HTML {
        let request = transaction.request
        let amount = Int64(request.trans_amount.text).map { VND($0).description } ?? request.trans_amount.text
        let action = "/cong-thanh-toan/giao-dich/\(transaction.token)"
        let details: HTML = """
            <dl>
            <dt>Số tiền</dt><dd><strong>\(amount)</strong></dd>
            <dt>Nội dung</dt><dd>\(request.bill_info?.NoiDungThanhToan ?? request.description?.text ?? "không nêu")</dd>
            <dt>Hồ sơ</dt><dd>\(request.bill_info?.MaHoSo ?? "không nêu")</dd>
            <dt>Đơn vị thụ hưởng</dt><dd>\(request.bill_info?.TenTKThuHuong ?? "không nêu")</dd>
            <dt>Mã giao dịch</dt><dd>\(request.transaction_id.text)</dd>
            </dl>
            """
        guard transaction.outcome == .open else {
            return SandboxPage.html(
                "Thanh toán thử nghiệm",
                """
                \(details)
                <p>Giao dịch này \(ending(transaction.outcome)).</p>
                <form method="post"\(action: action)>
                <p><button name="choice" value="later">Quay về cổng dịch vụ công</button></p></form>
                """
            )
        }
        return SandboxPage.html(
            "Thanh toán thử nghiệm",
            """
            <p>Không có tiền thật nào được chuyển. Hãy chọn cách kết thúc giao dịch.</p>
            \(details)
            <form method="post"\(action: action) class="row">
            <button name="choice" value="pay">Thanh toán \(amount)</button>
            <button name="choice" value="fail" class="stop">Giao dịch thất bại</button>
            <button name="choice" value="cancel" class="plain">Hủy</button>
            <button name="choice" value="later" class="plain">Để sau</button>
            </form>
            """
        )
    }

    private static func ending(_ outcome: PaymentSimulator.Outcome) -> String {
        switch outcome {
        case .open: "đang chờ"
        case .paid: "đã thanh toán"
        case .failed: "đã thất bại"
        case .cancelled: "đã bị hủy"
        case .expired: "đã hết hạn"
        }
    }
}
