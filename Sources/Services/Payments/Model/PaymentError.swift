// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a payment cannot be begun, or a message of the gateway is not believed.
public enum PaymentError: Presentable, Hashable {
    /// There is nothing to be paid for this reference.
    case nothingDue
    /// The gateway has announced the money, and is being asked whether it is so: paying again would be paying twice.
    case beingConfirmed
    /// The gateway does not answer, or answered with an error.
    case gatewayUnavailable(reason: String)
    /// The message is no message of this protocol.
    case malformedCallback
    /// The signature does not fit our stored amounts, or the merchant is another.
    case signatureWrong
    /// No payment of ours has this id.
    case unknownPayment
    /// An obligation without lines, or with a sum that is not positive.
    case emptyObligation

    public var code: String {
        switch self {
        case .nothingDue: "payment-nothing-due"
        case .beingConfirmed: "payment-being-confirmed"
        case .gatewayUnavailable: "payment-gateway-unavailable"
        case .malformedCallback: "payment-callback-malformed"
        case .signatureWrong: "payment-signature-wrong"
        case .unknownPayment: "payment-unknown"
        case .emptyObligation: "payment-empty-obligation"
        }
    }

    public var status: Int {
        switch self {
        case .nothingDue, .beingConfirmed: 409
        case .gatewayUnavailable: 503
        case .malformedCallback: 400
        case .signatureWrong: 403
        case .unknownPayment: 404
        case .emptyObligation: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .nothingDue, .beingConfirmed: .notice
        case .emptyObligation: .critical
        case .gatewayUnavailable, .malformedCallback, .signatureWrong, .unknownPayment: .warning
        }
    }

    public var publicDetail: String? {
        switch self {
        case .nothingDue: "Hồ sơ không còn khoản nào phải nộp."
        case .beingConfirmed:
            "Cổng thanh toán báo đã nhận tiền, hệ thống đang hỏi lại cổng để xác nhận. Không nộp lần nữa."
        case .gatewayUnavailable:
            "Cổng thanh toán chưa trả lời. Hồ sơ đã được lưu, hãy thử thanh toán lại sau ít phút."
        case .malformedCallback, .signatureWrong, .unknownPayment, .emptyObligation: nil
        }
    }
}
