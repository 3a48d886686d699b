// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a backup cannot be made, read or brought back. Texts are for the operator.
public enum BackupError: Presentable, Equatable {
    /// The file cannot be opened or read.
    case unreadable(path: String)
    /// The file is no archive of this program.
    case noArchive
    /// A later program wrote it.
    case newerFormat(version: Int)
    /// It was sealed with another key; the ids tell which.
    case wrongKey(archive: String, given: String)
    /// A piece was changed, moved or left out.
    case damaged(piece: UInt64)
    /// Its end is missing.
    case truncated
    /// What it holds contradicts its own list.
    case contradiction(what: String)
    /// It was made with a schema that this program does not know.
    case unknownMigration(id: String)
    /// There is something in the database already.
    case notEmpty(events: Int64)
    /// What was brought back is not what was kept; nothing of it is left in the database.
    case notEqual(table: String)

    public var code: String {
        switch self {
        case .unreadable: "backup-unreadable"
        case .noArchive: "backup-no-archive"
        case .newerFormat: "backup-newer-format"
        case .wrongKey: "backup-wrong-key"
        case .damaged: "backup-damaged"
        case .truncated: "backup-truncated"
        case .contradiction: "backup-contradiction"
        case .unknownMigration: "backup-unknown-migration"
        case .notEmpty: "backup-not-empty"
        case .notEqual: "backup-not-equal"
        }
    }

    public var status: Int { 500 }

    public var publicDetail: String? {
        switch self {
        case .unreadable(let path): "Không đọc được tệp \(path). Kiểm tra đường dẫn và quyền đọc."
        case .noArchive: "Tệp này không phải bản sao lưu của Một Cửa."
        case .newerFormat(let version):
            "Bản sao lưu có dạng số \(version), mới hơn chương trình này. Dùng phiên bản chương trình mới hơn."
        case .wrongKey(let archive, let given):
            archive == given
                ? "Phần đầu của bản sao lưu đã bị sửa, không mở được khóa. Dùng một bản sao khác."
                : "Khóa không đúng: bản sao lưu dùng khóa số \(archive), khóa được đưa là số \(given). "
                    + "Đặt MOTCUA_BACKUP_KEY thành khóa đã dùng khi sao lưu."
        case .damaged(let piece): "Bản sao lưu bị sửa hoặc hỏng ở phần số \(piece). Dùng một bản sao khác."
        case .truncated: "Bản sao lưu bị cắt cụt, thiếu phần cuối. Dùng một bản sao khác."
        case .contradiction(let what): "Bản sao lưu tự mâu thuẫn: \(what). Dùng một bản sao khác."
        case .unknownMigration(let id):
            "Bản sao lưu có bước cấu trúc \(id) mà chương trình này không biết. Dùng phiên bản chương trình mới hơn."
        case .notEmpty(let events):
            "Cơ sở dữ liệu đích đã có \(events) sự kiện. Phục hồi vào cơ sở dữ liệu trống, "
                + "hoặc thêm --replace để xóa hết rồi phục hồi."
        case .notEqual(let table):
            "Dữ liệu ghi vào bảng \(table) khác với bản sao lưu; đã hủy toàn bộ. Xem lại cơ sở dữ liệu đích."
        }
    }
}
