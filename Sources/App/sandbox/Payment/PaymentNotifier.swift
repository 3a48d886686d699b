// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import Logging

/// Tells the merchant what became of a transaction: repeated until it is understood, and spoiled by the faults.
struct PaymentNotifier: Sendable {
    /// Sends JSON by POST; answers status and body.
    typealias Transport = @Sendable (_ url: String, _ body: [UInt8]) async throws -> (status: Int, body: [UInt8])

    /// Attempts for one result: 1 s, 2 s, 4 s … are together about two minutes.
    static let attempts = 8

    let simulator: PaymentSimulator
    let faults: FaultBoard
    let clock: Clock
    let logger: Logger
    let send: Transport
    /// Where work goes that an answer does not wait for.
    let background: BackgroundWork

    /// Tells the result of a transaction. Returns at once, unless the fault "before the redirect" is on.
    func tell(_ transaction: PaymentSimulator.Transaction) async {
        let id = transaction.request.transaction_id.text
        let url = simulator.settings.paymentNotifyURL
        guard !url.isEmpty, !faults.injects(.paymentCallbackLost, id) else { return }
        let message = spoiled(simulator.result(of: transaction), id)
        if faults.injects(.paymentCallbackBeforeRedirect, id) {
            await deliver(message, to: url)
            return
        }
        let pause = faults.injects(.paymentCallbackLate, id) ? faults.lateMilliseconds : 150
        let isTripled = faults.injects(.paymentCallbackDuplicate, id)
        background.run {
            try? await Task.sleep(for: .milliseconds(pause))  // a cancelled pause only ends the wait
            guard isTripled else { return await deliver(message, to: url) }
            async let first: Void = deliver(message, to: url)
            async let second: Void = deliver(message, to: url)
            _ = await (first, second)
            await deliver(message, to: url)
        }
    }

    private func spoiled(_ result: PaymentResult, _ id: String) -> PaymentResult {
        var result = result
        let key = simulator.settings.paymentKey2
        if faults.injects(.paymentWrongAmount, id) {
            result.trans_amount = String((Int64(result.trans_amount) ?? 0) + 1_000)
            result = result.signed(key)
        }
        if faults.injects(.paymentWrongMerchant, id) {
            result.client_id = "DONVIKHAC"
            result = result.signed(key)
        }
        // The checksum covers neither the status nor the transaction code: it fits the lie as well.
        if result.status != "0", faults.injects(.paymentUnpaidToldPaid, id) {
            (result.status, result.transaction_code) = ("0", "TN-" + id)
        }
        if faults.injects(.paymentWrongSignature, id) { result = result.signed(key + "-sai") }
        return result
    }

    private func deliver(_ message: PaymentResult, to url: String) async {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(message) else { return }  // plain texts always encode
        var pause = simulator.settings.retryMilliseconds
        for attempt in 1...Self.attempts {
            let outcome = await once(Array(body), to: url)
            simulator.record(
                .init(at: clock.now(), transaction: message.transaction_id, attempt: attempt, result: outcome.text)
            )
            logger.info("payment result told", metadata: ["attempt": "\(attempt)", "result": "\(outcome.text)"])
            if outcome.isUnderstood || Task.isCancelled { return }
            try? await Task.sleep(for: .milliseconds(pause))  // a cancelled pause only ends the wait
            pause *= 2
        }
    }

    private func once(_ body: [UInt8], to url: String) async -> (isUnderstood: Bool, text: String) {
        do {
            let answer = try await send(url, body)
            guard answer.status == 200 else { return (false, "HTTP \(answer.status)") }
            let reply = try JSONDecoder().decode(PaymentReply.self, from: Data(answer.body))
            return (reply.return_code == 0, "return_code \(reply.return_code)")
        } catch {
            return (false, "\(type(of: error))")
        }
    }
}
