// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a stranger's file is not taken. Each case has its sentence for the citizen.
public enum UploadError: Presentable, Equatable {
    /// Nothing in it.
    case empty
    /// One file over its limit.
    case tooLarge(limitBytes: Int64)
    /// All files of the dossier together over their limit.
    case dossierTooLarge(limitBytes: Int64)
    /// Neither PDF nor JPEG nor PNG nor HEIC by content.
    case wrongType
    /// The ending of the name says another type than the content.
    case mislabelled(ending: String, found: UploadType)
    /// A PDF that cannot be opened without a password.
    case passwordProtected
    /// Cut off or damaged.
    case broken(UploadType)
    /// A PDF with scripts or with actions that start programs or fetch data.
    case activeContent
    /// A PDF with another file inside it.
    case embeddedFile
    /// Made or grown so that opening it takes more memory or time than any paper needs.
    case tooHeavy(UploadType)
    /// More pixels than an officer's page can show.
    case tooManyPixels(limit: Int)
    /// More pages than a paper of a dossier has.
    case tooManyPages(limit: Int)
    /// Too many files are being looked at.
    case busy
    /// The file that should be looked at is not there or cannot be read; ours to mend.
    case unreadable

    public var code: String {
        switch self {
        case .empty: "file-empty"
        case .tooLarge: "file-too-large"
        case .dossierTooLarge: "dossier-too-large"
        case .wrongType: "file-type"
        case .mislabelled: "file-mislabelled"
        case .passwordProtected: "file-password"
        case .broken: "file-broken"
        case .activeContent: "file-active-content"
        case .embeddedFile: "file-embedded-file"
        case .tooHeavy: "file-too-heavy"
        case .tooManyPixels: "file-too-many-pixels"
        case .tooManyPages: "file-too-many-pages"
        case .busy: "file-check-busy"
        case .unreadable: "file-unreadable"
        }
    }

    public var status: Int {
        switch self {
        case .tooLarge, .dossierTooLarge: 413
        case .busy: 503
        case .unreadable: 500
        default: 422
        }
    }

    public var severity: Severity {
        switch self {
        case .busy: .warning
        case .unreadable: .critical
        case .activeContent: .warning
        default: .notice
        }
    }

    public var publicDetail: String? {
        switch self {
        case .empty: "Tệp đã chọn không có nội dung"
        case .tooLarge(let limit): "Tệp không quá \(limit / 1_000_000) MB"
        case .dossierTooLarge(let limit): "Các tệp của hồ sơ không quá \(limit / 1_000_000) MB"
        case .wrongType: "Tệp phải là PDF, JPG, PNG hoặc HEIC"
        case .mislabelled(let ending, let found):
            "Tên tệp ghi .\(ending) nhưng nội dung là \(found.label). Chọn đúng tệp, hoặc đổi đuôi thành .\(found.ending)"
        case .passwordProtected: "Tệp có mật khẩu, bỏ mật khẩu rồi tải lại"
        case .broken(let type): "Tệp \(type.label) bị hỏng hoặc chưa tải đủ. Mở thử trên máy rồi chọn lại"
        case .activeContent: "Tệp PDF có lệnh tự chạy. In lại thành PDF thường rồi tải lên"
        case .embeddedFile: "Tệp PDF có tệp khác đính bên trong. In lại thành PDF thường, gửi tệp kia riêng"
        case .tooHeavy(let type): "Tệp \(type.label) quá nặng để mở. Lưu lại với cỡ nhỏ hơn rồi tải lên"
        case .tooManyPixels(let limit): "Ảnh không quá \(limit / 1_000_000) triệu điểm ảnh. Chụp lại với cỡ nhỏ hơn"
        case .tooManyPages(let limit): "Tệp PDF không quá \(limit) trang"
        case .busy: "Đang có nhiều người cùng tải tệp. Chờ một lát rồi chọn lại"
        case .unreadable: "Chưa tải được tệp, hãy chọn lại"
        }
    }
}

/// The types of paper that a dossier takes.
public enum UploadType: String, Sendable, CaseIterable, Codable {
    case pdf = "application/pdf"
    case jpeg = "image/jpeg"
    case png = "image/png"
    /// Apple's photos; what is kept of them is a JPEG.
    case heic = "image/heic"

    /// What people call it.
    public var label: String {
        switch self {
        case .pdf: "PDF"
        case .jpeg: "ảnh JPG"
        case .png: "ảnh PNG"
        case .heic: "ảnh HEIC"
        }
    }

    /// The usual ending of a name.
    public var ending: String { endings[0] }

    /// Every ending that agrees with the type.
    public var endings: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .png: ["png"]
        case .heic: ["heic", "heif"]
        }
    }
}
