// SPDX-License-Identifier: Apache-2.0

import Crypto
import Digests
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Synchronization
import Testing
import Trust

@testable import sandbox

/// A simulated world without a port, with a notify address that only remembers.
final class TrialWorld: Sendable {
    let world: SandboxWorld
    let told: Told
    let settings: SandboxSettings

    /// What the merchant was told; answers as it is asked to.
    final class Told: Sendable {
        let messages = Mutex<[PaymentResult]>([])
        let refusals: Mutex<Int>
        init(refusals: Int) { self.refusals = Mutex(refusals) }
    }

    init(refusals: Int = 0, environment: [String: String] = [:]) throws {
        var environment = environment
        environment["MOTCUA_SANDBOX_FOLDER"] =
            FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
        environment["MOTCUA_SANDBOX_PAYMENT_CLIENT"] = "CLIENT"
        environment["MOTCUA_SANDBOX_PAYMENT_KEY1"] = "key"
        environment["MOTCUA_SANDBOX_PAYMENT_KEY2"] = "key2"
        environment["MOTCUA_SANDBOX_PAYMENT_NOTIFY_URL"] = "http://127.0.0.1/ipn"
        environment["MOTCUA_SANDBOX_OIDC_CLIENT"] = "cong"
        environment["MOTCUA_SANDBOX_OIDC_SECRET"] = "bi-mat"
        environment["MOTCUA_SANDBOX_RETRY_MS"] = "1"
        settings = SandboxSettings(environment: environment)
        let told = Told(refusals: refusals)
        self.told = told
        world = try SandboxWorld(
            settings: settings,
            logger: Logger(label: "trial", factory: { _ in SwiftLogNoOpLogHandler() })
        ) {
            _,
            body in
            let message = try JSONDecoder().decode(PaymentResult.self, from: Data(body))
            told.messages.withLock { $0.append(message) }
            let isRefused = told.refusals.withLock { left -> Bool in
                left -= 1
                return left >= 0
            }
            return isRefused ? (500, []) : (200, Array(#"{"return_code":0}"#.utf8))
        }
    }

    func use(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        defer {
            try? FileManager.default.removeItem(atPath: settings.folder)  // leftovers of a test harm nobody
        }
        try await Application(router: world.router()).test(.router) { client in try await body(client) }
    }

    /// Messages to the merchant, once there are so many; waits two seconds at most.
    func messages(_ count: Int) async throws -> [PaymentResult] {
        for _ in 0..<200 {
            let messages = told.messages.withLock { $0 }
            if messages.count >= count { return messages }
            try await Task.sleep(for: .milliseconds(10))
        }
        return told.messages.withLock { $0 }
    }
}

extension TestClientProtocol {
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String = "",
        type: String = "application/json",
        _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = type
        return try await execute(uri: path, method: method, headers: headers, body: ByteBuffer(string: body))
    }

    func form(_ path: String, _ fields: KeyValuePairs<String, String>, _ headers: HTTPFields = [:]) async throws
        -> TestResponse
    {
        let body = fields.map { "\($0.key)=\(Exchange.encoded($0.value))" }.joined(separator: "&")
        return try await send(.post, path, body, type: "application/x-www-form-urlencoded", headers)
    }

    func fault(_ fault: Fault, on: Bool = true) async throws {
        let answer = try await send(.post, "/dieu-khien", #"{"fault":"\#(fault.rawValue)","on":\#(on)}"#)
        #expect(answer.status == .ok)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func decoded<Value: Decodable>(_: Value.Type) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    }
}

@Suite("Payment gateway")
struct PaymentSimulationTests {
    @Test("The vectors of the protocol")
    func vectors() {
        let text = PaymentProtocol.text(
            additionFee: "0",
            clientID: "CLIENT",
            command: "PAY",
            amount: "50000",
            transactionID: "1001_ab",
            version: "3.0"
        )
        #expect(text == "0|CLIENT|PAY|50000|1001_ab|3.0")
        #expect(
            PaymentProtocol.code("key", text) == "e51870b5889226592cd1114f4b2c105e463a7cb6b527714102dcd1b62446048f"
        )
        #expect(
            PaymentProtocol.code("key2", text) == "ddd642d1794c03550463ed39de41976ff60d1a7546378fd6976987e1c949f87a"
        )
        let query = PaymentProtocol.text(clientID: "CLIENT", command: "PAY", transactionID: "1001_ab")
        #expect(
            PaymentProtocol.code("key", query) == "14e7de5e83e95cafbe10d3d301ea809e3b7fb9094d3aa779b23ab2deb6b9e102"
        )
    }

    static func create(_ id: String = "1001_ab", amount: String = "50000", sum: String? = nil) -> String {
        let text = "0|CLIENT|PAY|\(amount)|\(id)|3.0"
        let checkSum = sum ?? PaymentProtocol.code("key", text)
        return """
            {"client_id":"CLIENT","transaction_id":"\(id)","trans_amount":"\(amount)","addition_fee":"0","command":"PAY",
            "version":"3.0","description":"Lệ phí","locale":"vn","country_code":"vi","currency_code":"VND",
            "environment":"1","return_url":"http://127.0.0.1:8080/thanh-toan/ket-qua","check_sum":"\(checkSum)",
            "bill_info":{"MaHoSo":"H01.01-260305-0001","DSKhoanNop":[{"NoiDung":"Lệ phí","SoTien":"50000"}]}}
            """
    }

    static func query(_ id: String = "1001_ab") -> String {
        let sum = PaymentProtocol.code("key", "CLIENT|PAY|\(id)")
        return #"{"client_id":"CLIENT","transaction_id":"\#(id)","command":"PAY","check_sum":"\#(sum)"}"#
    }

    /// Creates a transaction and answers the path of its page.
    func page(_ client: any TestClientProtocol, _ id: String = "1001_ab") async throws -> String {
        let created = try await client.send(.post, "/cong-thanh-toan/api/create", Self.create(id)).decoded(
            PaymentCreated.self
        )
        #expect(created.error == "0")
        let address = try #require(created.payment_url)
        return try #require(URL(string: address)).path
    }

    @Test("Created, paid, told, queried")
    func pays() async throws {
        let trial = try TrialWorld()
        try await trial.use { client in
            let path = try await page(client)
            #expect(try await client.send(.get, path).text.contains("50.000"))
            let open = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query()).decoded(
                PaymentResult.self
            )
            #expect(open.error == "0" && open.status.isEmpty)
            let answer = try await client.form(path, ["choice": "pay"])
            #expect(answer.status == .seeOther)
            #expect(
                answer.headers[.location]?.hasPrefix(
                    "http://127.0.0.1:8080/thanh-toan/ket-qua?transaction_id=1001_ab&status=0"
                ) == true
            )
            let told = try await trial.messages(1)
            #expect(told.count == 1)
            #expect(told[0].check_sum == "ddd642d1794c03550463ed39de41976ff60d1a7546378fd6976987e1c949f87a")
            #expect(told[0].status == "0" && told[0].transaction_code == "TN00000001")
            let paid = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query()).decoded(
                PaymentResult.self
            )
            #expect(paid.status == "0" && paid.transaction_code == "TN00000001")
            _ = try await client.form(path, ["choice": "cancel"])
            let still = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query()).decoded(
                PaymentResult.self
            )
            #expect(still.status == "0")
        }
    }

    @Test("A wrong checksum, a wrong sum and a used number are refused")
    func refusals() async throws {
        try await TrialWorld().use { client in
            func code(_ body: String) async throws -> String {
                try await client.send(.post, "/cong-thanh-toan/api/create", body).decoded(PaymentCreated.self).error
            }
            let cases = [
                (Self.create(sum: String(repeating: "0", count: 64)), "02"), (Self.create(amount: "40000"), "06"),
                (Self.create(String(repeating: "9", count: 21)), "04"), (Self.create(), "0"), (Self.create(), "0"),
            ]
            for (body, expected) in cases {
                let answered = try await code(body)
                #expect(answered == expected)
            }
            let unknown = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query("none"))
            #expect(try unknown.decoded(PaymentCreated.self).error == "09")
        }
    }

    @Test("A result is told again until it is understood")
    func retries() async throws {
        let trial = try TrialWorld(refusals: 3)
        try await trial.use { client in
            _ = try await client.form(try await page(client), ["choice": "pay"])
            #expect(try await trial.messages(4).count == 4)
            try await Task.sleep(for: .milliseconds(50))
            #expect(try await trial.messages(4).count == 4)
        }
    }

    @Test("Failed and cancelled are told, later is not", arguments: ["fail": "1", "cancel": "2", "later": ""])
    func otherEnds(choice: String, status: String) async throws {
        let trial = try TrialWorld()
        try await trial.use { client in
            _ = try await client.form(try await page(client), ["choice": choice])
            let told = try await trial.messages(status.isEmpty ? 0 : 1)
            #expect(told.map(\.status) == (status.isEmpty ? [] : [status]))
        }
    }

    @Test(
        "Each fault spoils one thing",
        arguments: [
            Fault.paymentCallbackDuplicate, .paymentCallbackLost, .paymentWrongAmount, .paymentWrongSignature,
            .paymentWrongMerchant, .paymentCallbackBeforeRedirect,
        ]
    )
    func faults(fault: Fault) async throws {
        let trial = try TrialWorld()
        try await trial.use { client in
            let path = try await page(client)
            try await client.fault(fault)
            _ = try await client.form(path, ["choice": "pay"])
            let good = "ddd642d1794c03550463ed39de41976ff60d1a7546378fd6976987e1c949f87a"
            switch fault {
            case .paymentCallbackDuplicate: #expect(try await trial.messages(3).count == 3)
            case .paymentCallbackLost:
                try await Task.sleep(for: .milliseconds(300))
                #expect(try await trial.messages(0).isEmpty)
            case .paymentWrongAmount:
                let told = try #require(try await trial.messages(1).first)
                #expect(told.trans_amount == "51000" && told.check_sum != good)
            case .paymentWrongSignature:
                let told = try #require(try await trial.messages(1).first)
                #expect(told.trans_amount == "50000" && told.check_sum != good)
            case .paymentWrongMerchant: #expect(try await trial.messages(1).first?.client_id == "DONVIKHAC")
            default: #expect(trial.told.messages.withLock { $0.count } == 1)
            }
            let state = try await client.send(.get, "/dieu-khien.json").decoded(FaultBoard.Snapshot.self)
            #expect(state.injected.contains { $0.fault == fault.rawValue && $0.detail == "1001_ab" })
        }
    }

    @Test("A lie about the state fits the checksum, and the query tells the truth")
    func toldPaid() async throws {
        let trial = try TrialWorld()
        try await trial.use { client in
            let path = try await page(client)
            try await client.fault(.paymentUnpaidToldPaid)
            _ = try await client.form(path, ["choice": "cancel"])
            let told = try #require(try await trial.messages(1).first)
            #expect(told.status == "0" && told.transaction_code == "TN-1001_ab")
            #expect(told.check_sum == "ddd642d1794c03550463ed39de41976ff60d1a7546378fd6976987e1c949f87a")
            let truth = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query()).decoded(
                PaymentResult.self
            )
            #expect(truth.status == "2" && truth.transaction_code == nil)
        }
    }

    @Test("An unpaid transaction expires; with the fault its money comes all the same")
    func expiry() async throws {
        let trial = try TrialWorld(environment: ["MOTCUA_SANDBOX_PAYMENT_EXPIRY_MS": "0"])
        try await trial.use { client in
            let path = try await page(client)
            try await Task.sleep(for: .milliseconds(2))
            let gone = try await client.send(.post, "/cong-thanh-toan/api/query", Self.query()).decoded(
                PaymentResult.self
            )
            #expect(gone.status == "3")
            try await client.fault(.paymentCallbackAfterExpiry)
            _ = try await client.form(path, ["choice": "pay"])
            #expect(try await trial.messages(1).first?.status == "0")
        }
    }
}
