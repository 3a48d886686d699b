// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What is wrong with the store or with what was asked of it. Texts hold no values of rows.
public enum StoreError: Presentable, Equatable {
    /// A row with these unique columns is there already: `dossier.code`, `note.agency, note.number`.
    case conflict(constraint: String)
    /// A rule of the schema refused: a foreign key, a check, a missing value.
    case refused(constraint: String)
    /// Two transactions crossed; the store runs them again by itself.
    case crossed
    /// Too much is waiting, or another process holds the database.
    case busy
    /// Other processes work on the database, or one has it alone.
    case inUse
    /// The disk is full; writing works again as soon as there is space.
    case full
    /// The database does not answer. After a lost connection it may be open whether the last change was kept.
    case unavailable(reason: String)
    /// The medium failed (fsync, write): writing has stopped until someone looks and restarts.
    case halted(reason: String)
    /// The database is damaged: writing has stopped.
    case corrupt(reason: String)
    /// The database would not keep an acknowledged change through a power failure.
    case notDurable(setting: String)
    /// This migration is applied, but the program does not know it: it is older than its database.
    case newerDatabase(migration: String)
    /// The database was being filled with many rows and the filling was broken off: it is to be thrown away.
    case unfinishedLoad
    /// This migration was changed after it had been applied.
    case changedMigration(id: String)
    /// A column did not hold what was expected.
    case decoding(column: String, reason: String)
    /// The address of the database cannot be read.
    case address(reason: String)
    /// The engine refused the statement: its own code and words.
    case failed(code: String, reason: String)

    public var code: String {
        switch self {
        case .conflict: "store-conflict"
        case .refused: "store-refused"
        case .crossed, .busy: "store-busy"
        case .inUse: "store-in-use"
        case .full: "store-full"
        case .unavailable: "store-unavailable"
        case .halted: "store-halted"
        case .corrupt: "store-corrupt"
        case .notDurable: "store-not-durable"
        case .newerDatabase: "store-newer"
        case .unfinishedLoad: "store-unfinished"
        case .changedMigration: "store-migration-changed"
        case .decoding: "store-decoding"
        case .address: "store-address"
        case .failed: "store-failed"
        }
    }

    public var status: Int {
        switch self {
        case .conflict: 409
        case .crossed, .busy, .inUse, .unavailable, .unfinishedLoad, .halted, .corrupt: 503
        case .full: 507
        case .refused, .notDurable, .newerDatabase, .changedMigration, .decoding, .address, .failed: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .conflict: .notice
        case .crossed, .busy: .warning
        default: .critical
        }
    }

    public var publicDetail: String? {
        switch self {
        case .conflict: "Dữ liệu này đã có trong hệ thống. Kiểm tra lại."
        case .crossed, .busy: "Hệ thống đang bận. Thử lại sau ít phút."
        case .full: "Hệ thống tạm thời không lưu được dữ liệu mới. Hồ sơ đã nộp vẫn an toàn; thử lại sau."
        case .inUse: "Cơ sở dữ liệu đang được một chương trình khác dùng. Dừng chương trình đó rồi chạy lại."
        case .unavailable, .halted, .corrupt: "Hệ thống đang tạm ngừng tiếp nhận. Thử lại sau."
        case .unfinishedLoad: "Cơ sở dữ liệu này nạp dữ liệu dở dang nên không dùng được. Xóa nó rồi nạp lại."
        case .refused, .notDurable, .newerDatabase, .changedMigration, .decoding, .address, .failed: nil
        }
    }

    /// Whether a closure that failed so takes its neighbours in the batch with it.
    var concernsAll: Bool { self == .crossed || stopsWriting }

    /// Whether the medium itself is in doubt, so that nothing more may be written.
    var stopsWriting: Bool {
        switch self {
        case .halted, .corrupt: true
        default: false
        }
    }
}
