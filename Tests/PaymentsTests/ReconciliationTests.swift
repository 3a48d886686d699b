// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Payments

/// When the callback is lost: asking the gateway.
@Suite struct ReconciliationTests {
    private static let paid = #"{"error":"0","status":"0","transaction_code":"GD-1","trans_amount":"16000"}"#

    @Test(arguments: TestStores.all)
    func `the payer who is back before the callback is told the truth`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let (service, reference) = (fixture.service, PaymentsFixture.reference)
            try await service.refresh(reference)
            #expect(fixture.gateway.calls("query").isEmpty)
            let id = try await fixture.begin()
            try await service.refresh(reference)
            #expect(try await fixture.payment(id).state == .redirected)
            fixture.gateway.answerQuery { _ in throw FakeGateway.LineDown() }
            await #expect(throws: PaymentError.gatewayUnavailable(reason: "LineDown")) {
                try await service.refresh(reference)
            }
            #expect(try await fixture.obligation().state == .due)
            fixture.gateway.answerQuery { _ in Self.paid }
            try await service.refresh(reference)
            #expect(try await fixture.payment(id).state == .paid)
            #expect(try await fixture.obligation().state == .settled)
            #expect(fixture.settled.ids.count == 1)
            // The late callback and another look change nothing, and the gateway is not asked again.
            let asked = fixture.gateway.calls("query").count
            try await service.refresh(reference)
            #expect(try await fixture.call(back: Callback(id: id)).reply == PaymentsFixture.accepted)
            #expect(fixture.gateway.calls("query").count == asked)
            let kinds = ["obligationOpened", "paymentCreated", "paymentConfirmed", "obligationSettled"]
            #expect(try await fixture.kinds() == kinds)
        }
    }

    @Test(arguments: TestStores.all)
    func `a message that lies about what it does not sign settles nothing`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            // The checksum of a message about a failed attempt fits the same message with another state and code.
            let lie = Callback(id: id, status: "0", code: "GD-INVENTED")
            #expect(Callback(id: id, status: "24").sum == lie.sum)
            fixture.gateway.answerQuery { _ in #"{"error":"0","status":"24"}"# }
            try await fixture.hear(lie)
            #expect(try await fixture.payment(id).state == .failed)
            #expect(try await fixture.obligation().state == .due && fixture.settled.ids.isEmpty)
            #expect(try await fixture.kinds().suffix(2) == ["paymentAnnounced", "paymentFailed"])
            // Nothing is lost: it can be paid, and the number that is booked is the one that the gateway answered.
            let again = try await fixture.begin()
            fixture.gateway.answerPaid([again: "GD-TRUE"])
            try await fixture.hear(Callback(id: again, code: "GD-INVENTED"))
            #expect(try await fixture.payment(again).providerCode == "GD-TRUE")
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `while the gateway cannot be asked the question waits, longer each time`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            fixture.gateway.answerQuery { _ in throw FakeGateway.LineDown() }
            _ = try await fixture.call(back: Callback(id: id))
            #expect(try await fixture.work() == ["payment-gateway-unavailable"])
            #expect(try await fixture.work().isEmpty)
            fixture.time.advance(seconds: 30)
            // It announced money that it does not know of yet: that is not an answer either.
            fixture.gateway.answerQuery { _ in #"{"error":"0","status":""}"# }
            #expect(try await fixture.work() == ["payment-being-confirmed"])
            fixture.time.advance(seconds: 30)
            #expect(try await fixture.work().isEmpty)
            // Nor is the word that another sum was paid.
            fixture.gateway.answerQuery { _ in
                #"{"error":"0","status":"0","transaction_code":"GD-1","trans_amount":"1600"}"#
            }
            fixture.time.advance(seconds: 30)
            #expect(try await fixture.work() == ["payment-being-confirmed"])
            #expect(try await fixture.payment(id).state == .confirming)
            #expect(try await fixture.obligation().state == .due)
            fixture.gateway.answerPaid()
            fixture.time.advance(seconds: 120)
            #expect(try await fixture.work() == ["done"])
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `what is announced is also asked about by the payer's look and by reconciliation`(
        on engine: Engine
    ) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            for name in ["look", "turn"] {
                let reference = PayableReference(rawValue: "dossier:\(name)")
                try await fixture.open(PaymentsFixture.draft(reference))
                let id = try await fixture.begin(reference)
                _ = try await fixture.call(back: Callback(id: id))
                fixture.gateway.answerPaid([id: "GD-\(name)"])
                if name == "look" {
                    try await fixture.service.refresh(reference)
                } else {
                    fixture.time.advance(seconds: 180)
                    #expect(try await fixture.service.reconcile() == 1)
                }
                #expect(try await fixture.obligation(reference).state == .settled)
            }
            // The questions that the messages left find everything done.
            #expect(try await fixture.work() == ["done", "done"])
            #expect(fixture.gateway.calls("query").count == 2)
        }
    }

    @Test(arguments: TestStores.all)
    func `attempts are asked after from two minutes to a day, and settled like by callback`(
        on engine: Engine
    ) async throws {
        try await withPayments(engine) { fixture in
            let service = fixture.service
            let id = try await fixture.begin()
            fixture.time.advance(seconds: 120)
            #expect(try await service.reconcile() == 0)
            fixture.time.advance(seconds: 1)
            #expect(try await service.reconcile() == 1)
            #expect(try await fixture.payment(id).state == .redirected)
            fixture.time.advance(seconds: 86_400 - 122)
            #expect(try await service.reconcile() == 1)
            fixture.gateway.answerQuery { _ in Self.paid }
            fixture.time.advance(seconds: 1)
            #expect(try await service.reconcile() == 0)
            #expect(fixture.gateway.calls("query").count == 2)
            // A day later only the payer's own look, or the callback, still counts.
            try await service.refresh(PaymentsFixture.reference)
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `a lost callback, a failed attempt and a pending one are told apart`(on engine: Engine) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            var ids: [String: String] = [:]
            for name in ["paid", "failed", "pending"] {
                let reference = PayableReference(rawValue: "dossier:\(name)")
                try await fixture.open(PaymentsFixture.draft(reference))
                ids[try await fixture.begin(reference)] = name
            }
            let names = ids
            fixture.gateway.answerQuery { call in
                switch names[call.text("transaction_id") ?? ""] {
                case "paid": Self.paid
                case "failed": #"{"error":"0","status":"24"}"#
                default: #"{"error":"0"}"#
                }
            }
            fixture.time.advance(seconds: 600)
            #expect(try await fixture.service.reconcile() == 3)
            for (id, name) in ids {
                let state = try await fixture.payment(id).state
                #expect(state == (name == "pending" ? .redirected : name == "paid" ? .paid : .failed), "\(name)")
            }
            // Nobody asks again after what has ended.
            #expect(try await fixture.service.reconcile() == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `one attempt that the gateway cannot answer for does not keep the others waiting`(
        on engine: Engine
    ) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            var ids: [String] = []
            for name in ["bad", "good"] {
                let reference = PayableReference(rawValue: "dossier:\(name)")
                try await fixture.open(PaymentsFixture.draft(reference))
                ids.append(try await fixture.begin(reference))
                fixture.time.advance(seconds: 1)
            }
            let bad = ids[0]
            fixture.gateway.answerQuery { call in
                call.text("transaction_id") == bad ? "<html>500</html>" : Self.paid
            }
            fixture.time.advance(seconds: 600)
            // The operator still hears of it.
            await #expect(throws: PaymentError.self) { try await fixture.service.reconcile() }
            #expect(try await fixture.payment(ids[0]).state == .redirected)
            #expect(try await fixture.payment(ids[1]).state == .paid)
        }
    }

    @Test(arguments: TestStores.all)
    func `a gateway that is down is not asked two hundred times`(on engine: Engine) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            for number in 1...6 {
                let reference = PayableReference(rawValue: "dossier:\(number)")
                try await fixture.open(PaymentsFixture.draft(reference))
                _ = try await fixture.begin(reference)
            }
            fixture.gateway.answerQuery { _ in throw FakeGateway.LineDown() }
            fixture.time.advance(seconds: 600)
            await #expect(throws: PaymentError.gatewayUnavailable(reason: "LineDown")) {
                try await fixture.service.reconcile()
            }
            #expect(fixture.gateway.calls("query").count == 3)
        }
    }
}
