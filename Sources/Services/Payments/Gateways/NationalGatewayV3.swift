// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import Kernel

/// The payment protocol of the national public service portal, version 3 (connectors.md §2.1, §2.2).
public struct NationalGatewayV3: PaymentGateway {
    /// The contract with the gateway. The keys are secrets.
    public struct Settings: Sendable {
        public var clientID: String
        public var createURL: String
        public var queryURL: String
        /// Signs what we send.
        public var hashKey1: String
        /// Signs what we are sent.
        public var hashKey2: String
        /// Beneficiary of the sample: account, bank, holder.
        public var account: String
        public var bank: String
        public var holder: String

        /// Settings of one contract.
        public init(
            clientID: String,
            createURL: String,
            queryURL: String,
            hashKey1: String,
            hashKey2: String,
            account: String,
            bank: String,
            holder: String
        ) {
            self.clientID = clientID
            self.createURL = createURL
            self.queryURL = queryURL
            self.hashKey1 = hashKey1
            self.hashKey2 = hashKey2
            self.account = account
            self.bank = bank
            self.holder = holder
        }
    }

    public let name = "dvcqg-v3"
    private let settings: Settings
    private let send: PaymentTransport
    /// Shipping; fees and charges have none.
    private static let additionFee = "0"
    private static let version = "3.0"
    private static let command = "PAY"

    /// The adapter over a transport.
    public init(settings: Settings, send: @escaping PaymentTransport) {
        self.settings = settings
        self.send = send
    }

    public func create(_ payment: Payment, for obligation: Obligation, returnURL: String) async throws -> String {
        let lines = obligation.lines.map { line in
            Bill.Line(
                LoaiPhiLePhi: line.kind.nationalCode,
                MaPhiLePhi: line.code,
                TenPhiLePhi: line.name,
                SoTien: String(line.amount.amount)
            )
        }
        // The sum of the bill must be the amount (connectors.md §2.2): refuse to send otherwise.
        guard obligation.lines.reduce(VND.zero, { $0 + $1.amount }) == payment.amount else {
            throw PaymentError.emptyObligation
        }
        let request = CreateRequest(
            client_id: settings.clientID,
            transaction_id: payment.id.rawValue,
            trans_amount: String(payment.amount.amount),
            addition_fee: Self.additionFee,
            command: Self.command,
            version: Self.version,
            description: obligation.subject,
            locale: "vn",
            country_code: "vi",
            currency_code: "VND",
            environment: "1",
            return_url: returnURL,
            check_sum: Self.checkSum(settings.hashKey1, six: settings.clientID, payment),
            bill_info: Bill(
                MaDichVu: "2",
                MaDonVi: obligation.payee.text,
                MaHoSo: obligation.subject,
                PhiLePhi: lines,
                TKThuHuong: settings.account,
                MaNHThuHuong: settings.bank,
                TenTKThuHuong: settings.holder,
                NoiDungThanhToan: obligation.subject,
                DSKhoanNop: obligation.lines.map {
                    Bill.Item(NoiDung: $0.name, SoTien: String($0.amount.amount))
                }
            )
        )
        let answer: CreateAnswer = try await exchange(settings.createURL, request)
        guard answer.error.text == "0", let url = answer.payment_url, url.hasPrefix("http") else {
            throw PaymentError.gatewayUnavailable(reason: "create answered error \(answer.error.text)")
        }
        return url
    }

    public func query(_ payment: Payment) async throws -> GatewayVerdict {
        let text = "\(settings.clientID)|\(Self.command)|\(payment.id.rawValue)"
        let request = QueryRequest(
            client_id: settings.clientID,
            transaction_id: payment.id.rawValue,
            command: Self.command,
            check_sum: Self.code(settings.hashKey1, text)
        )
        let answer: QueryAnswer = try await exchange(settings.queryURL, request)
        guard answer.error.text == "0", let status = answer.status?.text, !status.isEmpty else { return .pending }
        guard answer.trans_amount.map({ $0.text == String(payment.amount.amount) }) ?? true else { return .pending }
        return Self.verdict(status: status, code: answer.transaction_code?.text)
    }

    public func paymentID(in callback: [UInt8]) throws -> PaymentID {
        guard let id = PaymentID(rawValue: try message(callback).transaction_id.text) else {
            throw PaymentError.malformedCallback
        }
        return id
    }

    public func verdict(in callback: [UInt8], for payment: Payment) throws -> GatewayVerdict {
        let message = try message(callback)
        // Computed with our stored amounts: a message that changes the amount does not fit its own signature.
        let expected = Self.checkSum(settings.hashKey2, six: settings.clientID, payment)
        guard message.client_id.text == settings.clientID,
            message.trans_amount.text == String(payment.amount.amount),
            constantTimeEquals(Array(message.check_sum.text.lowercased().utf8), Array(expected.utf8))
        else { throw PaymentError.signatureWrong }
        return Self.verdict(status: message.status.text, code: message.transaction_code?.text)
    }

    public func reply(isAccepted: Bool) -> [UInt8] {
        Array((isAccepted ? #"{"return_code":0,"return_msg":"OK"}"# : #"{"return_code":-1,"return_msg":"ERROR"}"#).utf8)
    }

    // MARK: - Inside

    private static func verdict(status: String, code: String?) -> GatewayVerdict {
        guard status == "0" else { return .failed }
        guard let code, !code.isEmpty else { return .pending }
        return .paid(providerCode: code)
    }

    /// The six fields of create and of the callback, in the order of their names.
    private static func checkSum(_ key: String, six clientID: String, _ payment: Payment) -> String {
        code(
            key,
            [additionFee, clientID, command, String(payment.amount.amount), payment.id.rawValue, version]
                .joined(separator: "|")
        )
    }

    static func code(_ key: String, _ text: String) -> String {
        HMACSHA256.code(key: Array(key.utf8), message: Array(text.utf8)).hex
    }

    private func exchange<Answer: Decodable>(_ url: String, _ request: some Encodable) async throws -> Answer {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let answer = try await send(url, Array(try encoder.encode(request)))
            return try JSONDecoder().decode(Answer.self, from: Data(answer))
        } catch let error as PaymentError {
            throw error
        } catch {
            throw PaymentError.gatewayUnavailable(reason: String(describing: type(of: error)))
        }
    }

    private func message(_ bytes: [UInt8]) throws -> Callback {
        guard bytes.count <= 65_536, let message = try? JSONDecoder().decode(Callback.self, from: Data(bytes)) else {
            // What is no JSON of this shape has one name, whatever the decoder says of it.
            throw PaymentError.malformedCallback
        }
        return message
    }
}

// MARK: - The wire (names are the protocol's)

/// A value that peers send as text or as a number.
private struct Loose: Codable, Sendable {
    var text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // No text: then it must be a number, tried below.
        if let text = try? container.decode(String.self) {
            self.text = text
            return
        }
        text = String(try container.decode(Int64.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct CreateRequest: Encodable {
    var client_id: String
    var transaction_id: String
    var trans_amount: String
    var addition_fee: String
    var command: String
    var version: String
    var description: String
    var locale: String
    var country_code: String
    var currency_code: String
    var environment: String
    var return_url: String
    var check_sum: String
    var bill_info: Bill
}

private struct Bill: Encodable {
    struct Line: Encodable {
        var LoaiPhiLePhi: String
        var MaPhiLePhi: String
        var TenPhiLePhi: String
        var SoTien: String
    }

    struct Item: Encodable {
        var NoiDung: String
        var SoTien: String
    }

    var MaDichVu: String
    var MaDonVi: String
    var MaHoSo: String
    var PhiLePhi: [Line]
    var TKThuHuong: String
    var MaNHThuHuong: String
    var TenTKThuHuong: String
    var NoiDungThanhToan: String
    var DSKhoanNop: [Item]
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct CreateAnswer: Decodable {
    var error: Loose
    var payment_url: String?
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct QueryRequest: Encodable {
    var client_id: String
    var transaction_id: String
    var command: String
    var check_sum: String
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct QueryAnswer: Decodable {
    var error: Loose
    var status: Loose?
    var transaction_code: Loose?
    var trans_amount: Loose?
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Callback: Decodable {
    var client_id: Loose
    var transaction_id: Loose
    var trans_amount: Loose
    var status: Loose
    var transaction_code: Loose?
    var check_sum: Loose
}
