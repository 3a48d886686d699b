// SPDX-License-Identifier: Apache-2.0

import Digests

/// The checksums of the national payment protocol, version 3 (connectors.md §2.1).
enum PaymentProtocol {
    /// `hex(HMAC-SHA256(key, text))`, lower case.
    static func code(_ key: String, _ text: String) -> String {
        HMACSHA256.code(key: Array(key.utf8), message: Array(text.utf8)).hex
    }

    /// The six fields of create and of the callback, in the order of their names.
    static func text(
        additionFee: String,
        clientID: String,
        command: String,
        amount: String,
        transactionID: String,
        version: String
    ) -> String {
        [additionFee, clientID, command, amount, transactionID, version].joined(separator: "|")
    }

    /// The three fields of a query.
    static func text(clientID: String, command: String, transactionID: String) -> String {
        [clientID, command, transactionID].joined(separator: "|")
    }
}

/// Text that a peer may also send as a number.
struct LooseText: Codable, Sendable, Equatable {
    var text: String

    init(_ text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {  // not a text: then a whole number, or refused
            self.text = text
        } else {
            text = String(try container.decode(Int64.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What the merchant sends to create a transaction.
struct PaymentCreate: Codable, Sendable {
    var client_id: LooseText
    var transaction_id: LooseText
    var trans_amount: LooseText
    var addition_fee: LooseText
    var command: LooseText
    var version: LooseText
    var description: LooseText?
    var return_url: String
    var check_sum: LooseText
    var bill_info: PaymentBill?
}

/// The part of `bill_info` that the pay page shows and whose sum is checked.
struct PaymentBill: Codable, Sendable {
    struct Item: Codable, Sendable {
        var NoiDung: String?
        var SoTien: LooseText
    }

    var MaHoSo: String?
    var TenDonVi: String?
    var NoiDungThanhToan: String?
    var TenTKThuHuong: String?
    var DSKhoanNop: [Item]?
}

/// What the gateway answers to create.
struct PaymentCreated: Codable, Sendable {
    var error: String
    var msg: String
    var payment_url: String?
}

/// What the merchant sends to query.
struct PaymentQuery: Codable, Sendable {
    var client_id: LooseText
    var transaction_id: LooseText
    var command: LooseText
    var check_sum: LooseText
}

/// The result of a transaction: sent to the notify address, and answered to a query.
struct PaymentResult: Codable, Sendable, Equatable {
    /// `0` in an answer to a query that was understood; absent in a callback.
    var error: String?
    var client_id: String
    var transaction_id: String
    var trans_amount: String
    var addition_fee: String
    var command: String
    var version: String
    var transaction_code: String?
    var payment_fee: String
    /// `0` paid, `1` failed, `2` cancelled, `3` expired; empty while nothing is decided.
    var status: String
    var check_sum: String

    /// The same with the checksum that the gateway's key gives.
    func signed(_ key: String) -> PaymentResult {
        var copy = self
        copy.check_sum = PaymentProtocol.code(
            key,
            PaymentProtocol.text(
                additionFee: addition_fee,
                clientID: client_id,
                command: command,
                amount: trans_amount,
                transactionID: transaction_id,
                version: version
            )
        )
        return copy
    }
}

/// What the merchant answers to a callback.
struct PaymentReply: Codable, Sendable {
    var return_code: Int
    var return_msg: String?
}
