// SPDX-License-Identifier: Apache-2.0

/// One way in which an outside system may misbehave; each can be switched on and off alone.
enum Fault: String, CaseIterable, Sendable, Codable {
    case paymentCallbackLate = "payment-callback-late"
    case paymentCallbackDuplicate = "payment-callback-duplicate"
    case paymentCallbackLost = "payment-callback-lost"
    case paymentCallbackBeforeRedirect = "payment-callback-before-redirect"
    case paymentCallbackAfterExpiry = "payment-callback-after-expiry"
    case paymentWrongAmount = "payment-wrong-amount"
    case paymentWrongSignature = "payment-wrong-signature"
    case paymentWrongMerchant = "payment-wrong-merchant"
    case paymentUnpaidToldPaid = "payment-unpaid-told-paid"
    case paymentCreateRefused = "payment-create-refused"
    case paymentQueryDown = "payment-query-down"
    case timestampDown = "timestamp-down"
    case timestampWrongNonce = "timestamp-wrong-nonce"
    case timestampWrongClock = "timestamp-wrong-clock"
    case timestampRefused = "timestamp-refused"
    case identityWrongAudience = "identity-wrong-audience"
    case identityWrongIssuer = "identity-wrong-issuer"
    case identityExpired = "identity-expired"
    case identityAlgorithmNone = "identity-algorithm-none"
    case identityWrongSignature = "identity-wrong-signature"
    case identityWrongNonce = "identity-wrong-nonce"
    case identityMissingNonce = "identity-missing-nonce"
    case identityWrongState = "identity-wrong-state"
    case identityCancelled = "identity-cancelled"
    case identityDown = "identity-down"
    case identityRotatedKey = "identity-rotated-key"
    case identitySlowKeys = "identity-slow-keys"
    case mailDown = "mail-down"
    case mailDuplicate = "mail-duplicate"
    case smsDown = "sms-down"
    case smsQuota = "sms-quota"

    /// Under which heading of the control page it stands.
    enum Group: String, CaseIterable, Sendable {
        case payment = "Cổng thanh toán"
        case timestamp = "Dấu thời gian"
        case identity = "Định danh"
        case messages = "Thư và tin nhắn"
    }

    var group: Group {
        switch rawValue.split(separator: "-").first {
        case "payment": .payment
        case "timestamp": .timestamp
        case "identity": .identity
        default: .messages
        }
    }

    /// What it does, for the control page.
    var vietnamese: String {
        switch self {
        case .paymentCallbackLate: "Báo kết quả trễ (5 giây, rút ngắn theo độ trễ đã đặt)"
        case .paymentCallbackDuplicate: "Báo kết quả ba lần, hai lần cùng lúc"
        case .paymentCallbackLost: "Không báo kết quả"
        case .paymentCallbackBeforeRedirect: "Báo kết quả trước khi người nộp quay về"
        case .paymentCallbackAfterExpiry: "Báo đã thanh toán sau khi giao dịch hết hạn"
        case .paymentWrongAmount: "Báo sai số tiền"
        case .paymentWrongSignature: "Báo kết quả với chữ ký sai"
        case .paymentWrongMerchant: "Báo kết quả của đơn vị khác"
        case .paymentUnpaidToldPaid: "Báo đã thanh toán dù giao dịch thất bại hoặc bị hủy"
        case .paymentCreateRefused: "Từ chối tạo giao dịch"
        case .paymentQueryDown: "Tra cứu giao dịch không trả lời (503)"
        case .timestampDown: "Dịch vụ dấu thời gian ngừng (503)"
        case .timestampWrongNonce: "Dấu thời gian sai số ngẫu nhiên (nonce)"
        case .timestampWrongClock: "Đồng hồ của dấu thời gian lệch một giờ"
        case .timestampRefused: "Từ chối cấp dấu thời gian"
        case .identityWrongAudience: "Thẻ định danh cấp cho ứng dụng khác (aud)"
        case .identityWrongIssuer: "Thẻ định danh của bên khác (iss)"
        case .identityExpired: "Thẻ định danh đã hết hạn"
        case .identityAlgorithmNone: "Thẻ định danh không có chữ ký (alg none)"
        case .identityWrongSignature: "Thẻ định danh ký bằng khóa khác"
        case .identityWrongNonce: "Thẻ định danh sai nonce"
        case .identityMissingNonce: "Thẻ định danh thiếu nonce"
        case .identityWrongState: "Quay về với state sai"
        case .identityCancelled: "Người dùng luôn hủy đăng nhập"
        case .identityDown: "Cổng định danh không cấp thẻ (503)"
        case .identityRotatedKey: "Đổi khóa ký thẻ (khóa mới có trong danh sách khóa)"
        case .identitySlowKeys: "Danh sách khóa trả lời chậm (5 giây, rút ngắn theo độ trễ đã đặt)"
        case .mailDown: "Máy chủ thư ngừng (503)"
        case .mailDuplicate: "Thư được nhận hai lần"
        case .smsDown: "Cổng tin nhắn ngừng (503)"
        case .smsQuota: "Cổng tin nhắn báo hết hạn mức (429)"
        }
    }
}
