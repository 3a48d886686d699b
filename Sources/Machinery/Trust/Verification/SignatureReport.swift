// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What is wrong with a signature; the raw value is for machines.
public enum SignatureProblem: String, Sendable, CaseIterable {
    /// The document differs from what was signed.
    case contentChanged = "content-changed"
    /// The signature value does not fit the certificate's key.
    case valueInvalid = "value-invalid"
    /// An algorithm that is no longer accepted (SHA-1, MD5) or unknown.
    case algorithmUnaccepted = "algorithm-unaccepted"
    /// The signed attributes name another certificate, or none as CAdES demands.
    case certificateNotBound = "certificate-not-bound"
    /// No chain to a root that is trusted here.
    case certificateUntrusted = "certificate-untrusted"
    /// The certificate may not make signatures.
    case certificatePurpose = "certificate-purpose"
    /// The signed range is not the whole revision without the room of the value.
    case rangeInvalid = "range-invalid"
    /// After signing something was added that is more than a further signature.
    case changedAfterwards = "changed-afterwards"
    /// The signature could not be read.
    case unreadable
    /// No timestamp: the time is only what the signer says.
    case timestampMissing = "timestamp-missing"
    /// The token could not be read.
    case timestampUnreadable = "timestamp-unreadable"
    /// The token is for another signature or badly signed.
    case timestampInvalid = "timestamp-invalid"
    /// The token's certificate is not one of a timestamp authority.
    case timestampPurpose = "timestamp-purpose"
    /// The token's authority is not trusted here.
    case timestampUntrusted = "timestamp-untrusted"

    /// What people are told.
    public var vietnamese: String {
        switch self {
        case .contentChanged: "Nội dung văn bản đã bị thay đổi so với khi ký."
        case .valueInvalid: "Giá trị chữ ký số không đúng với chứng thư số."
        case .algorithmUnaccepted: "Chữ ký dùng thuật toán không còn được chấp nhận."
        case .certificateNotBound: "Chữ ký không gắn chắc chắn với chứng thư số của người ký."
        case .certificateUntrusted:
            "Chứng thư số không do tổ chức được hệ thống tin cậy cấp, hoặc không còn hiệu lực khi ký."
        case .certificatePurpose: "Chứng thư số không được cấp để ký số."
        case .rangeInvalid: "Chữ ký không bao trùm toàn bộ văn bản."
        case .changedAfterwards: "Sau khi ký, văn bản bị thêm hoặc sửa nội dung ngoài chữ ký tiếp theo."
        case .unreadable: "Không đọc được chữ ký số."
        case .timestampMissing: "Chữ ký chưa có dấu thời gian; thời điểm ký chỉ do người ký khai."
        case .timestampUnreadable: "Không đọc được dấu thời gian."
        case .timestampInvalid: "Dấu thời gian không đúng với chữ ký."
        case .timestampPurpose: "Chứng thư số của bên cấp dấu thời gian không đúng mục đích."
        case .timestampUntrusted: "Bên cấp dấu thời gian không được hệ thống tin cậy."
        }
    }

    /// Whether the signature falls with it; a missing timestamp alone only weakens it.
    public var isFatal: Bool { self != .timestampMissing }
}

/// How much of the file a signature covers.
public enum SignatureCoverage: Sendable, Equatable {
    /// Everything but the room of the signature value.
    case wholeFile
    /// An earlier revision, whole; so many bytes follow it.
    case earlierRevision(bytesAfter: Int)
    /// Not even its own revision.
    case partial
}

/// What checking one signature of a document gave.
public struct SignatureReport: Sendable, Equatable {
    /// Name of the field in the document.
    public var fieldName: String
    /// The signer's common name; empty when the certificate could not be read.
    public var signerName: String
    /// The signer's organisation; nil when the certificate names none.
    public var organisation: String?
    /// Who issued the certificate.
    public var issuerName: String
    /// Serial number of the certificate, hexadecimal.
    public var certificateSerialNumber: String
    /// Until when the certificate is valid; nil when it could not be read.
    public var certificateNotAfter: Instant?
    /// The proven time when there is a valid timestamp, else the time that the signer states.
    public var signedAt: Instant?
    /// Whether `signedAt` is proven by a timestamp that is valid and trusted.
    public var isTimestamped: Bool
    /// Whether certificate (and token, if there is one) lead to trusted roots.
    public var isTrusted: Bool
    /// Whether content and signature value are unharmed.
    public var isIntact: Bool
    /// How much of the file is covered.
    public var coverage: SignatureCoverage
    /// Reason and location as the signer states them; empty when nothing is said.
    public var reason: String
    /// Where it was signed, as the signer states it; empty when nothing is said.
    public var location: String
    /// Everything that is wrong, without repetition.
    public var problems: [SignatureProblem]

    /// Nothing fatal was found.
    public var isValid: Bool { isIntact && isTrusted && !problems.contains(where: \.isFatal) }

    /// One sentence for a page.
    public var summary: String {
        let signer = organisation.map { "\(signerName) (\($0))" } ?? signerName
        if isValid {
            let moment = signedAt.map { " lúc \($0.vietnamese)" } ?? ""
            return "Chữ ký số hợp lệ của \(signer)\(moment)."
        }
        return isIntact ? "Chữ ký số của \(signer) chưa đủ tin cậy." : "Chữ ký số không hợp lệ."
    }
}

/// What checking a document gave.
public struct DocumentReport: Sendable, Equatable {
    /// One report for each signature, in the order in which they were made.
    public var signatures: [SignatureReport]
    /// Bytes that no signature covers, after the last signed revision.
    public var uncoveredBytes: Int

    /// At least one signature, each valid, and the last one covers the whole file.
    public var isValid: Bool {
        !signatures.isEmpty && signatures.allSatisfy(\.isValid) && uncoveredBytes == 0
    }
}
