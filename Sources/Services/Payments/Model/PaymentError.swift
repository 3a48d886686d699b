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
    /// How it is given back, or why it is sent back, was not said, or at great length.
    case refundNoteMissing
    /// Who asks for a refund does not approve it.
    case ownRefund
    /// The request is another one than the page showed, or was sent back.
    case refundChanged
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
        case .refundNoteMissing: "refund-note-missing"
        case .ownRefund: "refund-own"
        case .refundChanged: "refund-changed"
        case .emptyObligation: "payment-empty-obligation"
        }
    }

    public var status: Int {
        switch self {
        case .nothingDue, .beingConfirmed, .refundChanged: 409
        case .refundNoteMissing: 422
        case .ownRefund: 403
        case .gatewayUnavailable: 503
        case .malformedCallback: 400
        case .signatureWrong: 403
        case .unknownPayment: 404
        case .emptyObligation: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .nothingDue, .beingConfirmed, .refundChanged, .refundNoteMissing, .ownRefund: .notice
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
        case .refundNoteMissing: "Nhập nội dung, không quá \(PaymentService.refundNoteLimit) ký tự"
        case .ownRefund: "Người đề nghị hoàn không tự duyệt. Một trưởng đơn vị hoặc lãnh đạo khác phải duyệt."
        case .refundChanged: "Đề nghị hoàn này vừa được sửa hoặc đã trả lại. Xem lại rồi làm tiếp."
        case .malformedCallback, .signatureWrong, .unknownPayment, .emptyObligation: nil
        }
    }
}
