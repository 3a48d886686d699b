// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a document could not be read, signed, stamped with a time, or checked.
public enum TrustError: Presentable {
    /// The file is no PDF whose structure we understand; the detail is for the operator.
    case malformedPDF(String)
    /// The file keeps its cross-references in a stream; it must be normalised before it is signed.
    case crossReferenceStream
    /// The file is encrypted; encrypted files are not signed.
    case encryptedPDF
    /// The file, a table or a chain in it is larger than we allow; the detail names which.
    case tooLarge(String)
    /// The signature did not fit into the room reserved for it.
    case signatureTooLong(bytes: Int)
    /// A DER structure (certificate, signature, token) could not be read.
    case malformedDER(String)
    /// A certificate that is not valid yet at the moment of signing.
    case certificateNotYetValid(notBefore: Instant)
    /// A certificate that is no longer valid at the moment of signing.
    case certificateExpired(notBefore: Instant, notAfter: Instant)
    /// The certificate may not make signatures (its key usage says otherwise).
    case certificateNotForSigning
    /// The certificate belongs to someone else than the one who signs.
    case certificateOfAnother(subject: String)
    /// No chain to a root that we trust.
    case certificateUntrusted(String)
    /// The key file is missing, readable by others, or not a P-256 or RSA key of at least 2,048 bits.
    case keyFile(path: String, reason: String)
    /// The key could not sign: token gone, code refused, service down. Carries what the signing closure threw.
    case keyFailed(any Error)
    /// The value that came back was not made by the certificate's key; nothing was embedded.
    case signatureMismatch
    /// The timestamp authority could not be reached. Carries what the transport threw.
    case timestampUnavailable(any Error)
    /// The timestamp authority answered, but not with a token for this signature.
    case timestampRefused(String)

    public var code: String {
        switch self {
        case .malformedPDF: "pdf-malformed"
        case .crossReferenceStream: "pdf-cross-reference-stream"
        case .encryptedPDF: "pdf-encrypted"
        case .tooLarge: "document-too-large"
        case .signatureTooLong: "signature-too-long"
        case .malformedDER: "der-malformed"
        case .certificateNotYetValid: "certificate-not-yet-valid"
        case .certificateExpired: "certificate-expired"
        case .certificateNotForSigning: "certificate-not-for-signing"
        case .certificateOfAnother: "certificate-of-another"
        case .certificateUntrusted: "certificate-untrusted"
        case .keyFile: "key-file"
        case .keyFailed: "key-failed"
        case .signatureMismatch: "signature-mismatch"
        case .timestampUnavailable: "timestamp-unavailable"
        case .timestampRefused: "timestamp-refused"
        }
    }

    public var status: Int {
        switch self {
        case .malformedPDF, .crossReferenceStream, .encryptedPDF, .malformedDER: 422
        case .tooLarge: 413
        case .certificateNotYetValid, .certificateExpired, .certificateNotForSigning, .certificateOfAnother,
            .certificateUntrusted:
            409
        case .keyFailed, .timestampUnavailable, .timestampRefused: 503
        case .signatureTooLong, .keyFile, .signatureMismatch: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .signatureTooLong, .keyFile, .signatureMismatch: .critical
        case .keyFailed, .timestampUnavailable, .timestampRefused: .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .malformedPDF:
            "Tệp không phải là PDF đúng chuẩn hoặc đã bị hỏng. Hãy xuất lại tệp PDF rồi tải lên lần nữa."
        case .crossReferenceStream:
            "Tệp PDF dùng bảng tham chiếu nén nên chưa ký trực tiếp được. Hãy để hệ thống chuẩn hóa tệp trước khi ký."
        case .encryptedPDF:
            "Tệp PDF đang đặt mật khẩu hoặc bị mã hóa nên không ký được. Hãy bỏ mật khẩu rồi tải lên lại."
        case .tooLarge: "Tệp vượt quá giới hạn cho phép. Hãy giảm dung lượng hoặc tách tệp."
        case .malformedDER: "Chứng thư số hoặc chữ ký số không đọc được."
        case .certificateNotYetValid(let notBefore):
            "Chứng thư số chỉ dùng được từ \(notBefore.vietnamese). Chưa ký văn bản nào; chờ đến lúc đó, hoặc dùng chứng thư số khác."
        case .certificateExpired(_, let notAfter):
            "Chứng thư số đã hết hiệu lực từ \(notAfter.vietnamese). Chưa ký văn bản nào; hãy gia hạn chứng thư số rồi ký lại."
        case .certificateNotForSigning: "Chứng thư số này không được cấp để ký số. Hãy chọn chứng thư số khác."
        case .certificateOfAnother(let subject):
            "Chứng thư số được cấp cho “\(subject)”, không phải cho người đang ký. Hãy chọn đúng chứng thư số của mình."
        case .certificateUntrusted:
            "Chứng thư số không do tổ chức chứng thực được hệ thống tin cậy cấp. Hãy liên hệ quản trị hệ thống."
        case .keyFailed: "Thiết bị hoặc dịch vụ ký số không ký được. Văn bản chưa được ký; hãy thử lại."
        case .timestampUnavailable, .timestampRefused:
            "Dịch vụ cấp dấu thời gian chưa trả lời đúng. Văn bản chưa được ký; hãy thử lại sau ít phút."
        case .signatureTooLong, .keyFile, .signatureMismatch: nil
        }
    }
}
