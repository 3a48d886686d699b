// SPDX-License-Identifier: Apache-2.0

import Journal
import Kernel
import TestSupport
import Testing

@testable import Payments

/// The wire of the national protocol, version 3, against literals that another implementation computed:
///
///     python3 -c 'import hmac,hashlib,sys; print(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(),
///         hashlib.sha256).hexdigest())' KEY 'TEXT'
@Suite struct NationalGatewayTests {
    /// KEY `key`, TEXT `0|CLIENT|PAY|50000|1001_ab|3.0`.
    private static let createSum = "e51870b5889226592cd1114f4b2c105e463a7cb6b527714102dcd1b62446048f"
    /// KEY `key`, TEXT `CLIENT|PAY|1001_ab`.
    private static let querySum = "14e7de5e83e95cafbe10d3d301ea809e3b7fb9094d3aa779b23ab2deb6b9e102"
    /// KEY `key2`, TEXT `0|CLIENT|PAY|50000|1001_ab|3.0`.
    private static let callbackSum = "ddd642d1794c03550463ed39de41976ff60d1a7546378fd6976987e1c949f87a"
    /// KEY `key2`, TEXT `0|CLIENT|PAY|5000|1001_ab|3.0`: valid, for a tenth of what is due.
    private static let smallSum = "eff957f7f918f928218f9e08b7b857bc3a7ace08503ae248b880935ecd1071b8"
    /// KEY `key2`, TEXT `0|OTHER|PAY|50000|1001_ab|3.0`: valid, for another merchant.
    private static let otherSum = "fe4c4285c87ea8f9f9e480daad28eb196d46b8698aa4c9aa0c76796fd9c54e07"

    private let gateway = FakeGateway()

    private func obligation() throws -> Obligation {
        let draft = try PaymentsFixture.draft(amounts: [40_000, 10_000])
        return Obligation(
            id: draft.id,
            reference: draft.reference,
            payee: draft.payee,
            subject: draft.subject,
            lines: draft.lines,
            total: draft.total,
            state: .due,
            createdAt: .test
        )
    }

    private func payment(_ amount: Int64 = 50_000) throws -> Payment {
        Payment(
            id: try #require(PaymentID(rawValue: "1001_ab")),
            obligation: ObligationID(.system),
            amount: VND(amount),
            state: .created,
            createdAt: .test
        )
    }

    private func callback(
        sum: String = callbackSum,
        client: String = "\"CLIENT\"",
        amount: String = "\"50000\"",
        status: String = "\"0\"",
        code: String = ",\"transaction_code\":\"GD-1\""
    ) -> [UInt8] {
        Array(
            """
            {"client_id":\(client),"transaction_id":"1001_ab","trans_amount":\(amount),"status":\(status),
            "check_sum":"\(sum)"\(code)}
            """.utf8
        )
    }

    @Test func `create sends what the protocol asks, and a bill whose sum is the amount`() async throws {
        let url = try await gateway.adapter.create(payment(), for: obligation(), returnURL: PaymentsFixture.returnURL)
        #expect(url == "https://cong.example/tt/1001_ab")
        let call = try #require(gateway.calls("create").first)
        #expect(call.url == FakeGateway.settings.createURL)
        let expected: JSONValue = [
            "client_id": "CLIENT", "transaction_id": "1001_ab", "trans_amount": "50000", "addition_fee": "0",
            "command": "PAY", "version": "3.0", "description": "H01.30337-260302-0001", "locale": "vn",
            "country_code": "vi", "currency_code": "VND", "environment": "1",
            "return_url": "https://mot-cua.example/ho-so/d1", "check_sum": .string(Self.createSum),
            "bill_info": bill,
        ]
        #expect(call.body == expected)
    }

    private let bill: JSONValue = [
        "MaDichVu": "2", "MaDonVi": "H01.30337", "MaHoSo": "H01.30337-260302-0001",
        "PhiLePhi": [
            ["LoaiPhiLePhi": "1", "MaPhiLePhi": "F1", "TenPhiLePhi": "Phí bản sao, 2 bản", "SoTien": "40000"],
            ["LoaiPhiLePhi": "2", "MaPhiLePhi": "F2", "TenPhiLePhi": "Lệ phí", "SoTien": "10000"],
        ],
        "TKThuHuong": "3511.0.1234567", "MaNHThuHuong": "KBNN", "TenTKThuHuong": "UBND xã An Phú",
        "NoiDungThanhToan": "H01.30337-260302-0001",
        "DSKhoanNop": [
            ["NoiDung": "Phí bản sao, 2 bản", "SoTien": "40000"], ["NoiDung": "Lệ phí", "SoTien": "10000"],
        ],
    ]

    @Test func `a bill that does not sum up to the amount is not sent`() async throws {
        await #expect(throws: PaymentError.emptyObligation) {
            try await gateway.adapter.create(payment(49_999), for: obligation(), returnURL: "")
        }
        #expect(gateway.calls("create").isEmpty)
    }

    @Test(arguments: [
        #"{"error":"1","msg":"sai chữ ký","payment_url":"https://cong.example/x"}"#, #"{"error":"0","msg":"OK"}"#,
        #"{"error":"0","payment_url":"javascript:alert(1)"}"#, #"{"error":99}"#, "<html>502</html>", "", "[]",
    ])
    func `a create that is not answered with an address is a gateway out of service`(_ answer: String) async throws {
        gateway.answerCreate { _ in answer }
        let error = await #expect(throws: PaymentError.self) {
            try await gateway.adapter.create(payment(), for: obligation(), returnURL: "")
        }
        guard case .gatewayUnavailable? = error else {
            Issue.record("\(String(describing: error)) for \(answer)")
            return
        }
    }

    @Test func `a number where text is expected is understood, and a dead line is a gateway out of service`()
        async throws
    {
        gateway.answerCreate { _ in #"{"error":0,"payment_url":"https://cong.example/x"}"# }
        let url = try await gateway.adapter.create(payment(), for: obligation(), returnURL: "")
        #expect(url == "https://cong.example/x")
        gateway.answerCreate { _ in throw FakeGateway.LineDown() }
        await #expect(throws: PaymentError.gatewayUnavailable(reason: "LineDown")) {
            try await gateway.adapter.create(payment(), for: obligation(), returnURL: "")
        }
    }

    private static let answers: [(String, GatewayVerdict)] = [
        (#"{"error":"0","status":"0","transaction_code":"GD-1"}"#, .paid(providerCode: "GD-1")),
        (#"{"error":0,"status":0,"transaction_code":77,"trans_amount":50000}"#, .paid(providerCode: "77")),
        (#"{"error":"0","status":"7","transaction_code":"GD-1"}"#, .failed),
        (#"{"error":"0","status":""}"#, .pending), (#"{"error":"0"}"#, .pending),
        (#"{"error":"5","status":"0","transaction_code":"GD-1"}"#, .pending),
        // Paid without a number of the transaction, or another amount: nothing to believe yet.
        (#"{"error":"0","status":"0"}"#, .pending), (#"{"error":"0","status":"0","transaction_code":""}"#, .pending),
        (#"{"error":"0","status":"0","transaction_code":"GD-1","trans_amount":"5000"}"#, .pending),
    ]

    @Test(arguments: answers)
    func `a query is signed, and its answer judged`(_ answer: String, _ expected: GatewayVerdict) async throws {
        gateway.answerQuery { _ in answer }
        #expect(try await gateway.adapter.query(payment()) == expected)
        let call = try #require(gateway.calls("query").first)
        #expect(call.url == FakeGateway.settings.queryURL)
        let expected: JSONValue = [
            "client_id": "CLIENT", "transaction_id": "1001_ab", "command": "PAY", "check_sum": .string(Self.querySum),
        ]
        #expect(call.body == expected)
    }

    @Test func `a callback is believed for our merchant, our amount and their key alone`() throws {
        let adapter = gateway.adapter
        let paid = GatewayVerdict.paid(providerCode: "GD-1")
        #expect(try adapter.paymentID(in: callback()).rawValue == "1001_ab")
        #expect(try adapter.verdict(in: callback(), for: payment()) == paid)
        #expect(try adapter.verdict(in: callback(sum: Self.callbackSum.uppercased()), for: payment()) == paid)
        #expect(try adapter.verdict(in: callback(amount: "50000", status: "0"), for: payment()) == paid)
        #expect(try adapter.verdict(in: callback(status: "\"24\""), for: payment()) == .failed)
        #expect(try adapter.verdict(in: callback(code: ""), for: payment()) == .pending)
        let forged = [
            callback(sum: Self.createSum),  // signed with our own sending key
            callback(sum: ""), callback(sum: String(repeating: "0", count: 64)),
            callback(sum: Self.smallSum, amount: "\"5000\""), callback(sum: Self.smallSum),
            callback(amount: "\"5000\""), callback(amount: "\"50000.0\""),
            callback(sum: Self.otherSum, client: "\"OTHER\""), callback(client: "\"OTHER\""),
        ]
        for bytes in forged {
            #expect(throws: PaymentError.signatureWrong, "\(String(decoding: bytes, as: UTF8.self))") {
                try adapter.verdict(in: bytes, for: payment())
            }
        }
    }

    @Test func `what is no callback is malformed`() throws {
        let tooLong =
            #"{"client_id":"C","transaction_id":"123456789012345678901","trans_amount":"1","#
            + #""status":"0","check_sum":"x"}"#
        let padded = callback() + Array(repeating: UInt8(ascii: " "), count: 65_536)
        let bad: [[UInt8]] = [
            [], [0xFF, 0xFE], Array("null".utf8), Array("{}".utf8), Array("[1]".utf8), Array(tooLong.utf8), padded,
            Array(#"{"client_id":{},"transaction_id":"a","trans_amount":"1","status":"0","check_sum":"x"}"#.utf8),
        ]
        for bytes in bad {
            #expect(throws: PaymentError.malformedCallback) { try gateway.adapter.paymentID(in: bytes) }
        }
    }

    @Test func `an attempt's id is new each time and fits the protocol`() {
        let ids = (0..<1_000).map { _ in PaymentID(.system).rawValue }
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.utf8.count <= 20 && $0.hasPrefix("p") })
        #expect(PaymentID(rawValue: "") == nil && PaymentID(rawValue: String(repeating: "a", count: 21)) == nil)
    }
}
