// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Payments

/// From what is due to what is paid, at the gateway's best and its worst.
@Suite struct PayingTests {
    @Test(arguments: TestStores.all)
    func `what is due is one sum of its lines, and never nothing`(on engine: Engine) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            #expect(try await fixture.service.obligation(of: PaymentsFixture.reference) == nil)
            for amounts: [Int64] in [[], [0], [5_000, -5_000]] {
                await #expect(throws: PaymentError.emptyObligation) {
                    try await fixture.open(PaymentsFixture.draft(amounts: amounts))
                }
            }
            #expect(try await fixture.kinds().isEmpty)
            let draft = try PaymentsFixture.draft(amounts: [16_000, 5_000])
            try await fixture.open(draft)
            let found = try #require(try await fixture.service.obligation(of: PaymentsFixture.reference))
            #expect(found.payment == nil)
            #expect(found.obligation.total == VND(21_000) && found.obligation.state == .due)
            #expect(found.obligation.lines == draft.lines && found.obligation.createdAt == fixture.time.now)
            let event = try #require(try await fixture.events().first?.entry)
            #expect(event.kind == "obligationOpened" && event.facts == ["total": "21000"])
            #expect(event.objectID == draft.id.rawValue && event.actor == fixture.payer)
        }
    }

    @Test(arguments: TestStores.all)
    func `the payer is sent to the gateway, and a new attempt adds no amounts`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            var ids: [String] = []
            for _ in 1...3 {
                fixture.time.advance(seconds: 1)
                ids.append(try await fixture.begin())
            }
            #expect(Set(ids).count == 3)
            #expect(fixture.gateway.calls("create").allSatisfy { $0.text("trans_amount") == "16000" })
            #expect(fixture.gateway.calls("create").allSatisfy { $0.text("return_url") == PaymentsFixture.returnURL })
            for id in ids {
                let payment = try await fixture.payment(id)
                #expect(payment.state == .redirected && payment.amount == VND(16_000))
                #expect(payment.payURL == "https://cong.example/tt/\(id)")
            }
            let found = try #require(try await fixture.service.obligation(of: PaymentsFixture.reference))
            #expect(found.obligation.total == VND(16_000))
            #expect(found.payment?.id.rawValue == ids.last)
            let created = Array(repeating: "paymentCreated", count: 3)
            #expect(try await fixture.kinds() == ["obligationOpened"] + created)
            let facts = try #require(try await fixture.events().last?.entry.facts)
            #expect(facts == ["payment": .string(ids[2]), "amount": "16000", "gateway": "dvcqg-v3"])
        }
    }

    @Test(arguments: TestStores.all)
    func `where nothing is due the gateway is not asked`(on engine: Engine) async throws {
        try await withPayments(engine, isDue: false) { fixture in
            await #expect(throws: PaymentError.nothingDue) { try await fixture.begin() }
            try await fixture.open(PaymentsFixture.draft())
            try await fixture.cancel()
            await #expect(throws: PaymentError.nothingDue) { try await fixture.begin() }
            #expect(fixture.gateway.calls("create").isEmpty)
            // Cancelling what has ended, or never was, tells nothing.
            try await fixture.cancel()
            try await fixture.cancel(PayableReference(rawValue: "dossier:other"))
            #expect(try await fixture.kinds() == ["obligationOpened", "obligationCancelled"])
        }
    }

    @Test(arguments: TestStores.all)
    func `a gateway that answers with an error leaves everything payable`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            fixture.gateway.answerCreate { _ in #"{"error":"99","msg":"hệ thống bận"}"# }
            await #expect(throws: PaymentError.gatewayUnavailable(reason: "create answered error 99")) {
                try await fixture.begin()
            }
            fixture.gateway.answerCreate { _ in throw FakeGateway.LineDown() }
            await #expect(throws: PaymentError.self) { try await fixture.begin() }
            #expect(try await fixture.obligation().state == .due)
            for call in fixture.gateway.calls("create") {
                let payment = try await fixture.payment(try #require(call.text("transaction_id")))
                #expect(payment.state == .created && payment.payURL == nil)
            }
            // The answer was lost, not the payment: its callback still counts.
            let lost = try #require(fixture.gateway.calls("create").last?.text("transaction_id"))
            fixture.gateway.answerPaid()
            try await fixture.hear(Callback(id: lost))
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `a good callback is asked about, and the same again changes nothing and gets the same answer`(
        on engine: Engine
    ) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            fixture.time.advance(seconds: 90)
            let first = try await fixture.call(back: Callback(id: id))
            for _ in 1...2 {
                #expect(try await fixture.call(back: Callback(id: id)).reply == first.reply)
            }
            #expect(first.reply == PaymentsFixture.accepted && first.refusal == nil)
            #expect(try await fixture.payment(id).state == .confirming)
            #expect(try await fixture.obligation().state == .due)
            await #expect(throws: PaymentError.beingConfirmed) { try await fixture.begin() }
            fixture.gateway.answerPaid()
            fixture.time.advance(seconds: 2)
            let paidAt = fixture.time.now
            #expect(try await fixture.work() == ["done"])
            let payment = try await fixture.payment(id)
            #expect(payment.state == .paid && payment.providerCode == "GD-1" && payment.finishedAt == paidAt)
            let obligation = try await fixture.obligation()
            #expect(obligation.state == .settled && obligation.settledAt == paidAt)
            #expect(fixture.settled.ids == [obligation.id])
            let kinds = [
                "obligationOpened", "paymentCreated", "paymentAnnounced", "paymentConfirmed", "obligationSettled",
            ]
            #expect(try await fixture.kinds() == kinds)
            let confirmed = try await fixture.events()[3].entry
            #expect(confirmed.facts == ["payment": .string(id), "provider": "GD-1"])
            #expect(confirmed.actor == .system("dvcqg-v3"))
            fixture.time.advance(seconds: 3_600)
            for again in [Callback(id: id), Callback(id: id, code: "GD-2"), Callback(id: id, status: "24")] {
                let repeated = try await fixture.call(back: again)
                #expect(repeated.reply == first.reply && repeated.refusal == nil)
            }
            #expect(try await fixture.work().isEmpty)
            #expect(fixture.gateway.calls("query").count == 1)
            #expect(try await fixture.payment(id) == payment)
            #expect(try await fixture.obligation() == obligation)
            #expect(fixture.settled.ids.count == 1)
            #expect(try await fixture.kinds() == kinds)
            await #expect(throws: PaymentError.nothingDue) { try await fixture.begin() }
        }
    }

    @Test(arguments: TestStores.all)
    func `of many equal callbacks and questions at once one settles`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            let bytes = Callback(id: id).bytes
            let service = fixture.service
            fixture.gateway.answerPaid()
            let replies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<12 { group.addTask { try await service.callback(bytes).reply } }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(replies == [Array(PaymentsFixture.accepted.utf8)])
            #expect(try await fixture.kinds().filter { $0 == "paymentAnnounced" }.count == 1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<12 { group.addTask { try await service.confirm(job: id) } }
                try await group.waitForAll()
            }
            #expect(try await fixture.work() == ["done"])
            #expect(try await fixture.kinds().filter { $0 == "obligationSettled" }.count == 1)
            #expect(try await fixture.kinds().filter { $0 == "paymentConfirmed" }.count == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `a callback that is not believed changes nothing`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            let before = try await fixture.payment(id)
            let forged = [
                Callback(id: id, key: "key"), Callback(id: id, key: "guess"),
                Callback(id: id, amount: "1600"), Callback(id: id, amount: "1600", signedAmount: "16000"),
                Callback(id: id, signedAmount: "1600"), Callback(id: id, client: "OTHER"),
                Callback(id: id, key: "guess", status: "24"),
            ]
            for callback in forged {
                let (reply, refusal) = try await fixture.call(back: callback)
                #expect(reply == PaymentsFixture.refused && refusal == .signatureWrong, "\(callback)")
            }
            let unknown = try await fixture.call(back: Callback(id: "p-nobody"))
            #expect(unknown.reply == PaymentsFixture.refused && unknown.refusal == .unknownPayment)
            for bytes in [[], Array("{}".utf8), Array("xin chào".utf8)] {
                await #expect(throws: PaymentError.malformedCallback) { try await fixture.service.callback(bytes) }
            }
            #expect(try await fixture.payment(id) == before)
            #expect(try await fixture.obligation().state == .due)
            #expect(try await fixture.kinds() == ["obligationOpened", "paymentCreated"])
            #expect(try await fixture.work().isEmpty)
            // After all that the true one is heard.
            fixture.gateway.answerPaid()
            try await fixture.hear(Callback(id: id))
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `money that comes after the cause has ended is put aside for a person`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            try await fixture.cancel()
            let cancelledAt = fixture.time.now
            fixture.time.advance(seconds: 60)
            fixture.gateway.answerPaid()
            // The gateway's message is true, so that it need not be sent again.
            for _ in 1...2 { try await fixture.hear(Callback(id: id)) }
            let payment = try await fixture.payment(id)
            #expect(payment.state == .quarantined && payment.providerCode == "GD-1")
            let obligation = try await fixture.obligation()
            #expect(obligation.state == .cancelled && obligation.settledAt == cancelledAt)
            #expect(fixture.settled.ids.isEmpty)
            let kinds = [
                "obligationOpened", "paymentCreated", "obligationCancelled", "paymentAnnounced", "paymentQuarantined",
            ]
            #expect(try await fixture.kinds() == kinds)
        }
    }

    @Test(arguments: TestStores.all)
    func `paying twice by two attempts settles once, the second money is put aside`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let (first, second) = (try await fixture.begin(), try await fixture.begin())
            fixture.gateway.answerPaid([first: "GD-1", second: "GD-2"])
            try await fixture.hear(Callback(id: first, code: "GD-1"))
            try await fixture.hear(Callback(id: second, code: "GD-2"))
            #expect(try await fixture.payment(first).state == .paid)
            #expect(try await fixture.payment(second).state == .quarantined)
            #expect(fixture.settled.ids.count == 1)
            #expect(
                try await fixture.kinds().suffix(4) == [
                    "paymentConfirmed", "obligationSettled", "paymentAnnounced", "paymentQuarantined",
                ]
            )
            // What is paid cannot be cancelled any more.
            try await fixture.cancel()
            #expect(try await fixture.obligation().state == .settled)
        }
    }

    @Test(arguments: TestStores.all)
    func `one movement of money settles one thing`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let other = PayableReference(rawValue: "dossier:other")
            try await fixture.open(PaymentsFixture.draft(other))
            let (first, second) = (try await fixture.begin(), try await fixture.begin(other))
            fixture.gateway.answerPaid()
            try await fixture.hear(Callback(id: first, code: "GD-1"))
            try await fixture.hear(Callback(id: second, code: "GD-1"))
            let payment = try await fixture.payment(second)
            #expect(payment.state == .quarantined && payment.providerCode == nil)
            #expect(try await fixture.obligation(other).state == .due)
            #expect(fixture.settled.ids.count == 1)
            let facts = try #require(try await fixture.events().last?.entry)
            #expect(facts.kind == "paymentQuarantined" && facts.facts["provider"] == "GD-1")
        }
    }

    @Test(arguments: TestStores.all)
    func `an attempt that failed may still be paid, one that was paid never fails`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let id = try await fixture.begin()
            fixture.gateway.answerQuery { _ in #"{"error":"0","status":"24"}"# }
            for _ in 1...3 { try await fixture.hear(Callback(id: id, status: "24")) }
            #expect(fixture.gateway.calls("query").count == 1)
            #expect(try await fixture.payment(id).state == .failed)
            #expect(try await fixture.obligation().state == .due)
            #expect(try await fixture.kinds() == ["obligationOpened", "paymentCreated", "paymentFailed"])
            fixture.gateway.answerPaid()
            try await fixture.hear(Callback(id: id))
            #expect(try await fixture.payment(id).state == .paid)
            try await fixture.hear(Callback(id: id, status: "24"))
            #expect(try await fixture.payment(id).state == .paid)
            #expect(
                try await fixture.kinds().suffix(4) == [
                    "paymentFailed", "paymentAnnounced", "paymentConfirmed", "obligationSettled",
                ]
            )
        }
    }

    @Test(arguments: TestStores.all)
    func `a callback that is faster than the answer to create is not forgotten`(on engine: Engine) async throws {
        try await withPayments(engine) { fixture in
            let service = fixture.service
            fixture.gateway.answerCreate { call in
                let id = call.text("transaction_id") ?? ""
                _ = try await service.callback(Callback(id: id).bytes)
                return #"{"error":"0","payment_url":"https://cong.example/tt"}"#
            }
            let id = try await fixture.begin()
            #expect(try await fixture.payment(id).state == .confirming)
            fixture.gateway.answerPaid()
            #expect(try await fixture.work() == ["done"])
            #expect(try await fixture.obligation().state == .settled)
        }
    }
}
