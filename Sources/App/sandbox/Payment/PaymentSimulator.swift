// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Synchronization

/// The simulated payment gateway: its transactions, and what may be asked of them.
final class PaymentSimulator: Sendable {
    /// What became of a transaction.
    enum Outcome: String, Sendable, Codable {
        case open, paid, failed, cancelled, expired

        /// The status of the wire; empty while nothing is decided.
        var wire: String {
            switch self {
            case .open: ""
            case .paid: "0"
            case .failed: "1"
            case .cancelled: "2"
            case .expired: "3"
            }
        }
    }

    struct Transaction: Sendable {
        var request: PaymentCreate
        /// Secret part of the pay page's address.
        var token: String
        var createdAt: Instant
        var outcome: Outcome = .open
        /// The gateway's own number, once paid.
        var code: String?
    }

    /// One attempt to tell the merchant.
    struct Delivery: Sendable, Codable {
        var at: Instant
        var transaction: String
        var attempt: Int
        var result: String
    }

    private struct State {
        var transactions: [String: Transaction] = [:]
        var tokens: [String: String] = [:]
        var deliveries: [Delivery] = []
        var count = 0
    }

    /// Transactions that are kept; a demo makes a few dozen.
    static let limit = 10_000

    let settings: SandboxSettings
    let faults: FaultBoard
    private let clock: Clock
    private let random: RandomSource
    private let state = Mutex(State())

    init(settings: SandboxSettings, faults: FaultBoard, clock: Clock, random: RandomSource) {
        (self.settings, self.faults, self.clock, self.random) = (settings, faults, clock, random)
    }

    /// Creates a transaction; the same request again gives the same page.
    ///
    /// - Returns: the answer, and the token of the pay page when it was accepted.
    func create(_ request: PaymentCreate) -> (answer: PaymentCreated, token: String?) {
        func refuse(_ code: String, _ message: String) -> (PaymentCreated, String?) {
            (PaymentCreated(error: code, msg: message, payment_url: nil), nil)
        }
        guard !faults.injects(.paymentCreateRefused, request.transaction_id.text) else {
            return refuse("99", "Hệ thống đang bận.")
        }
        guard request.client_id.text == settings.paymentClient else { return refuse("01", "Sai client_id.") }
        let expected = PaymentProtocol.code(settings.paymentKey1, Self.text(request))
        guard constantTimeEquals(Array(expected.utf8), Array(request.check_sum.text.utf8)) else {
            return refuse("02", "Sai check_sum.")
        }
        guard request.command.text == "PAY", request.version.text == "3.0" else {
            return refuse("03", "Sai command hoặc version.")
        }
        let id = request.transaction_id.text
        guard (1...20).contains(id.count) else { return refuse("04", "transaction_id dài từ 1 đến 20 ký tự.") }
        guard let amount = Int64(request.trans_amount.text), amount > 0, let extra = Int64(request.addition_fee.text),
            extra >= 0
        else { return refuse("05", "Số tiền không đúng.") }
        if let items = request.bill_info?.DSKhoanNop, !items.isEmpty {
            let sum = items.compactMap { Int64($0.SoTien.text) }.reduce(0, +)
            guard sum == amount else { return refuse("06", "Tổng các khoản nộp khác số tiền giao dịch.") }
        }
        guard request.return_url.hasPrefix("http://") || request.return_url.hasPrefix("https://") else {
            return refuse("07", "Sai return_url.")
        }
        return store(request, refuse)
    }

    private func store(
        _ request: PaymentCreate,
        _ refuse: (String, String) -> (PaymentCreated, String?)
    ) -> (PaymentCreated, String?) {
        let token = random.bytes(16).base64URL
        let now = clock.now()
        let id = request.transaction_id.text
        let kept = state.withLock { state -> String? in
            if let known = state.transactions[id] {
                return Self.text(known.request) == Self.text(request) ? known.token : nil
            }
            guard state.transactions.count < Self.limit else { return nil }
            state.transactions[id] = Transaction(request: request, token: token, createdAt: now)
            state.tokens[token] = id
            return token
        }
        guard let kept else { return refuse("08", "transaction_id đã được dùng cho giao dịch khác.") }
        return (PaymentCreated(error: "0", msg: "Thành công", payment_url: nil), kept)
    }

    /// A transaction by the token of its page; expiry is applied when it is looked at.
    func transaction(token: String) -> Transaction? {
        state.withLock { state in state.tokens[token].flatMap { current($0, &state) } }
    }

    private func current(_ id: String, _ state: inout State) -> Transaction? {
        guard var transaction = state.transactions[id] else { return nil }
        let age = clock.now().microseconds - transaction.createdAt.microseconds
        if transaction.outcome == .open, age > settings.paymentExpiryMilliseconds * 1_000 {
            transaction.outcome = .expired
            state.transactions[id] = transaction
        }
        return transaction
    }

    /// A person's decision on the pay page; the first one stands.
    ///
    /// - Returns: the transaction as it now is; nil when there is none.
    func decide(token: String, _ outcome: Outcome) -> Transaction? {
        state.withLock { state in
            guard let id = state.tokens[token], var transaction = current(id, &state) else { return nil }
            guard transaction.outcome == .open else { return transaction }
            transaction.outcome = outcome
            if outcome == .paid {
                state.count += 1
                transaction.code = "TN" + String(state.count, paddedTo: 8)
            }
            state.transactions[id] = transaction
            return transaction
        }
    }

    /// Makes an expired transaction paid after all: money that arrives late.
    func payLate(token: String) -> Transaction? {
        state.withLock { state in
            guard let id = state.tokens[token], var transaction = state.transactions[id] else { return nil }
            state.count += 1
            transaction.outcome = .paid
            transaction.code = "TN" + String(state.count, paddedTo: 8)
            state.transactions[id] = transaction
            return transaction
        }
    }

    /// The answer to a query; an error code when the question is wrong or the transaction unknown.
    func query(_ query: PaymentQuery) -> Result<PaymentResult, PaymentFault> {
        let text = PaymentProtocol.text(
            clientID: query.client_id.text,
            command: query.command.text,
            transactionID: query.transaction_id.text
        )
        let expected = PaymentProtocol.code(settings.paymentKey1, text)
        guard query.client_id.text == settings.paymentClient,
            constantTimeEquals(Array(expected.utf8), Array(query.check_sum.text.utf8))
        else { return .failure(PaymentFault(code: "02", message: "Sai check_sum.")) }
        guard let found = state.withLock({ current(query.transaction_id.text, &$0) }) else {
            return .failure(PaymentFault(code: "09", message: "Không có giao dịch này."))
        }
        var result = self.result(of: found)
        result.error = "0"
        return .success(result)
    }

    /// The signed result of a transaction.
    func result(of transaction: Transaction) -> PaymentResult {
        let request = transaction.request
        return PaymentResult(
            client_id: settings.paymentClient,
            transaction_id: request.transaction_id.text,
            trans_amount: request.trans_amount.text,
            addition_fee: request.addition_fee.text,
            command: request.command.text,
            version: request.version.text,
            transaction_code: transaction.code,
            payment_fee: "0",
            status: transaction.outcome.wire,
            check_sum: ""
        ).signed(settings.paymentKey2)
    }

    func record(_ delivery: Delivery) {
        state.withLock { state in
            state.deliveries.append(delivery)
            if state.deliveries.count > 500 { state.deliveries.removeFirst() }
        }
    }

    /// Newest first.
    var transactions: [Transaction] {
        state.withLock { state in state.transactions.values.sorted { $0.createdAt > $1.createdAt } }
    }

    var deliveries: [Delivery] { state.withLock { $0.deliveries } }

    private static func text(_ request: PaymentCreate) -> String {
        PaymentProtocol.text(
            additionFee: request.addition_fee.text,
            clientID: request.client_id.text,
            command: request.command.text,
            amount: request.trans_amount.text,
            transactionID: request.transaction_id.text,
            version: request.version.text
        )
    }
}

/// An error answer of the protocol.
struct PaymentFault: Error, Sendable {
    var code: String
    var message: String
}
