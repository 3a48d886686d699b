// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// The column types of the common dialect.
public enum ColumnType: String, Sendable, CaseIterable {
    case int64 = "INT64"
    case text = "TEXT"
    case bytes = "BYTES"
    case bool = "BOOL"
}

/// A value as the engines know it.
public enum StoredValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case boolean(Bool)
}

/// What may be a parameter of a `Statement` and be read from a `ResultRow`.
///
/// An enum of `String` or `Int` needs the name of the protocol only: `enum DossierStatus: Int, ColumnValue`.
public protocol ColumnValue: Sendable {
    /// The type of a column that holds it.
    static var columnType: ColumnType { get }
    /// Its stored form.
    var stored: StoredValue { get }
    /// Nil when the stored form is none of this type.
    init?(stored: StoredValue)
}

// MARK: - Values of Swift

extension Int64: ColumnValue {
    public static var columnType: ColumnType { .int64 }
    public var stored: StoredValue { .integer(self) }
    @inlinable
    public init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self = value
    }
}

extension Int: ColumnValue {
    public static var columnType: ColumnType { .int64 }
    public var stored: StoredValue { .integer(Int64(self)) }
    @inlinable
    public init?(stored: StoredValue) {
        guard case .integer(let value) = stored else { return nil }
        self.init(exactly: value)
    }
}

extension String: ColumnValue {
    public static var columnType: ColumnType { .text }
    public var stored: StoredValue { .text(self) }
    @inlinable
    public init?(stored: StoredValue) {
        guard case .text(let value) = stored else { return nil }
        self = value
    }
}

extension Bool: ColumnValue {
    public static var columnType: ColumnType { .bool }
    public var stored: StoredValue { .boolean(self) }
    public init?(stored: StoredValue) {
        switch stored {
        case .boolean(let value): self = value
        case .integer(0): self = false  // SQLite has no type of its own for it
        case .integer(1): self = true
        default: return nil
        }
    }
}

extension [UInt8]: ColumnValue {
    public static var columnType: ColumnType { .bytes }
    public var stored: StoredValue { .bytes(self) }
    public init?(stored: StoredValue) {
        guard case .bytes(let value) = stored else { return nil }
        self = value
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    public static var columnType: ColumnType { Wrapped.columnType }
    public var stored: StoredValue { self?.stored ?? .null }
    @inlinable
    public init?(stored: StoredValue) {
        if case .null = stored {
            self = .none
        } else {
            guard let value = Wrapped(stored: stored) else { return nil }
            self = value
        }
    }
}

extension ColumnValue where Self: RawRepresentable, RawValue: ColumnValue {
    public static var columnType: ColumnType { RawValue.columnType }
    public var stored: StoredValue { rawValue.stored }
    @inlinable
    public init?(stored: StoredValue) {
        guard let raw = RawValue(stored: stored) else { return nil }
        self.init(rawValue: raw)
    }
}

// MARK: - Values of the house

extension Identifier: ColumnValue {}

extension Instant: ColumnValue {
    public static var columnType: ColumnType { .int64 }
    public var stored: StoredValue { .integer(microseconds) }
    @inlinable
    public init?(stored: StoredValue) {
        guard let value = Int64(stored: stored) else { return nil }
        self.init(microseconds: value)
    }
}

extension VND: ColumnValue {
    public static var columnType: ColumnType { .int64 }
    public var stored: StoredValue { .integer(amount) }
    public init?(stored: StoredValue) {
        guard let value = Int64(stored: stored) else { return nil }
        self.init(value)
    }
}

extension Digest: ColumnValue {
    public static var columnType: ColumnType { .bytes }
    public var stored: StoredValue { .bytes(bytes) }
    public init?(stored: StoredValue) {
        guard let value = [UInt8](stored: stored) else { return nil }
        self.init(bytes: value)
    }
}

/// A value of Kernel that is stored as its text.
public protocol TextColumnValue: ColumnValue {
    /// The text that is stored.
    var columnText: String { get }
    /// Nil when the text is none of this type.
    init?(columnText: String)
}

extension TextColumnValue {
    public static var columnType: ColumnType { .text }
    public var stored: StoredValue { .text(columnText) }
    @inlinable
    public init?(stored: StoredValue) {
        guard let text = String(stored: stored) else { return nil }
        self.init(columnText: text)
    }
}

extension LocalDate: TextColumnValue {
    public var columnText: String { description }
    public init?(columnText: String) { self.init(columnText) }
}

extension LocalTime: TextColumnValue {
    public var columnText: String { description }
    public init?(columnText: String) { self.init(columnText) }
}

extension AgencyCode: TextColumnValue {
    public var columnText: String { text }
    public init?(columnText: String) { self.init(columnText) }
}

extension DossierCode: TextColumnValue {
    public var columnText: String { text }
    public init?(columnText: String) { self.init(columnText) }
}

extension NationalID: TextColumnValue {
    public var columnText: String { digits }
    public init?(columnText: String) { self.init(columnText) }
}

extension PhoneNumber: TextColumnValue {
    public var columnText: String { national }
    public init?(columnText: String) { self.init(columnText) }
}

extension TaxCode: TextColumnValue {
    public var columnText: String { text }
    public init?(columnText: String) { self.init(columnText) }
}
