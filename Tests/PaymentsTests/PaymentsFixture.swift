// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Payments

/// The gateway's side of the wire: keeps what it was asked, answers what the test says.
final class FakeGateway: Sendable {
    /// One call as it arrived.
    struct Call: Sendable {
        var url: String
        var body: JSONValue

        func text(_ field: String) -> String? {
            guard case .string(let text)? = body[field] else { return nil }
            return text
        }
    }

    /// An answer, or an error of the line.
    typealias Answer = @Sendable (Call) async throws -> String

    struct LineDown: Error {}

    private struct State {
        var calls: [Call] = []
        var create: Answer = { call in
            #"{"error":"0","msg":"OK","payment_url":"https://cong.example/tt/\#(call.text("transaction_id") ?? "?")"}"#
        }
        var query: Answer = { _ in #"{"error":"0","msg":"chưa thanh toán","status":""}"# }
    }

    private let state = Mutex(State())

    static let settings = NationalGatewayV3.Settings(
        clientID: "CLIENT",
        createURL: "https://cong.example/create",
        queryURL: "https://cong.example/query",
        hashKey1: "key",
        hashKey2: "key2",
        account: "3511.0.1234567",
        bank: "KBNN",
        holder: "UBND xã An Phú"
    )

    /// The adapter that speaks to this side.
    var adapter: NationalGatewayV3 { NationalGatewayV3(settings: Self.settings, send: transport) }

    /// The calls to one of the two addresses, in order.
    func calls(_ end: String) -> [Call] { state.withLock { $0.calls.filter { $0.url.hasSuffix(end) } } }

    func answerCreate(_ answer: @escaping Answer) { state.withLock { $0.create = answer } }

    func answerQuery(_ answer: @escaping Answer) { state.withLock { $0.query = answer } }

    /// From now on every attempt is paid, with these numbers of the gateway by attempt.
    func answerPaid(_ codes: [String: String] = [:]) {
        answerQuery { call in
            let code = codes[call.text("transaction_id") ?? ""] ?? "GD-1"
            return #"{"error":"0","status":"0","transaction_code":"\#(code)","trans_amount":"16000"}"#
        }
    }

    private var transport: PaymentTransport {
        { [self] url, json in
            let call = Call(url: url, body: try JSONValue(parsing: String(decoding: json, as: UTF8.self)))
            let answer = state.withLock { state in
                state.calls.append(call)
                return url.hasSuffix("create") ? state.create : state.query
            }
            return Array(try await answer(call).utf8)
        }
    }
}

/// A callback as the gateway sends it; each part can be forged.
struct Callback {
    var id: String
    var amount = "16000"
    /// What the signature is computed over, where it is another amount than the one that is told.
    var signedAmount: String?
    var client = "CLIENT"
    var key = "key2"
    var status = "0"
    var code = "GD-1"

    /// The protocol signs six fields; the state and the number of the transaction are not among them.
    var sum: String {
        let text = "0|\(client)|PAY|\(signedAmount ?? amount)|\(id)|3.0"
        return HMACSHA256.code(key: Array(key.utf8), message: Array(text.utf8)).hex
    }

    var bytes: [UInt8] {
        Array(
            """
            {"client_id":"\(client)","transaction_id":"\(id)","trans_amount":"\(amount)","addition_fee":"0",
            "command":"PAY","version":"3.0","payment_fee":"0","status":"\(status)","transaction_code":"\(code)",
            "check_sum":"\(sum)"}
            """.utf8
        )
    }
}

/// The service over an empty store, one obligation of 16,000 đ in it.
struct PaymentsFixture {
    let store: any Store
    let time = TestClock()
    let gateway = FakeGateway()
    let log = TransparencyLog(random: .system)
    let jobs = JobQueue(random: .system)
    let service: PaymentService
    let settled = SettledList()
    let payer = ActorStamp(kind: .citizen, id: "mai")

    static let reference = PayableReference(rawValue: "dossier:d1")
    static let accepted = #"{"return_code":0,"return_msg":"OK"}"#
    static let refused = #"{"return_code":-1,"return_msg":"ERROR"}"#
    static let returnURL = "https://mot-cua.example/ho-so/d1"

    init(_ store: any Store) {
        self.store = store
        service = PaymentService(
            store: store,
            log: log,
            jobs: jobs,
            gateway: gateway.adapter,
            clock: time.clock,
            random: .system,
            projectors: [
                { [settled] obligation, at, transaction in
                    settled.add(obligation, at)
                    // It runs inside the transaction: what it reads there is settled already.
                    let row = try transaction.first("SELECT state FROM obligation WHERE id = \(obligation.id)")
                    guard try row?.get("state", as: String.self) == "settled" else { throw StoreError.crossed }
                }
            ]
        )
    }

    static func draft(_ reference: PayableReference = reference, amounts: [Int64] = [16_000]) throws -> ObligationDraft
    {
        ObligationDraft(
            id: ObligationID(.system),
            reference: reference,
            payee: try #require(AgencyCode("H01.30337")),
            subject: "H01.30337-260302-0001",
            lines: amounts.enumerated().map { index, amount in
                ObligationLine(
                    kind: index == 0 ? .fee : .charge,
                    code: "F\(index + 1)",
                    name: index == 0 ? "Phí bản sao, 2 bản" : "Lệ phí",
                    amount: VND(amount)
                )
            }
        )
    }

    func open(_ draft: ObligationDraft) async throws {
        let (now, service, payer) = (time.now, service, payer)
        try await store.journalled { try service.open(draft, by: payer, at: now, in: $0) }
    }

    func cancel(_ reference: PayableReference = reference) async throws {
        let (now, service, payer) = (time.now, service, payer)
        try await store.journalled { try service.cancel(reference, by: payer, at: now, in: $0) }
    }

    /// Begins an attempt; the id that the gateway was told.
    func begin(_ reference: PayableReference = reference) async throws -> String {
        _ = try await service.begin(reference, returnURL: Self.returnURL, by: payer)
        return try #require(gateway.calls("create").last?.text("transaction_id"))
    }

    /// Sends a callback; the answer in its own form.
    func call(back callback: Callback) async throws -> (reply: String, refusal: PaymentError?) {
        let (reply, refusal) = try await service.callback(callback.bytes)
        return (String(decoding: reply, as: UTF8.self), refusal)
    }

    /// Does the questions that are due, as the worker does; how each ended.
    @discardableResult
    func work() async throws -> [String] {
        let (now, jobs, kinds) = (time.now, jobs, [PaymentService.jobKind])
        let leased = try await store.write {
            try jobs.lease(kinds: kinds, limit: 20, now: now, forSeconds: 120, in: $0)
        }
        var ends: [String] = []
        for job in leased {
            do {
                try await service.confirm(job: job.payload)
                _ = try await store.write { try jobs.complete(job, in: $0) }
                ends.append("done")
            } catch let error as PaymentError {
                _ = try await store.write { try jobs.fail(job, error: error.code, now: now, in: $0) }
                ends.append(error.code)
            }
        }
        return ends
    }

    /// A message of the gateway, and the question that follows from it.
    func hear(_ callback: Callback) async throws {
        let (reply, refusal) = try await call(back: callback)
        #expect(reply == Self.accepted && refusal == nil)
        try await work()
    }

    func payment(_ id: String) async throws -> Payment {
        let id = try #require(PaymentID(rawValue: id))
        return try #require(try await store.read { try PaymentTable.find(id, in: $0) })
    }

    func obligation(_ reference: PayableReference = reference) async throws -> Obligation {
        try #require(try await service.obligation(of: reference)).obligation
    }

    /// The kinds of all events, in order.
    func kinds() async throws -> [String] { try await events().map(\.entry.kind) }

    func events() async throws -> [JournalEvent] {
        try await store.read { [log] in try log.events(after: nil, limit: 100, in: $0) }
    }
}

/// What the projector was told, from the store's own threads.
final class SettledList: Sendable {
    private let list = Mutex<[(ObligationID, Instant)]>([])

    var ids: [ObligationID] { list.withLock { $0.map(\.0) } }

    func add(_ obligation: Obligation, _ at: Instant) { list.withLock { $0.append((obligation.id, at)) } }
}

/// A service over an empty store of this engine, with something due unless the test wants nothing.
func withPayments(
    _ engine: Engine,
    isDue: Bool = true,
    _ body: (PaymentsFixture) async throws -> Void
) async throws {
    try await withStore(engine, migrations: JournalSchema.migrations + PaymentMigrations.all) { store in
        let fixture = PaymentsFixture(store)
        if isDue { try await fixture.open(PaymentsFixture.draft()) }
        try await body(fixture)
    }
}
