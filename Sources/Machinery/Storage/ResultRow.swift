// SPDX-License-Identifier: Apache-2.0

/// One row of an answer; values are read by the name of their column.
///
/// Reading is inlinable: a list of fifty rows reads seven hundred values, each of a type that the caller knows.
public struct ResultRow: Sendable {
    @usableFromInline let columns: [String]
    @usableFromInline let values: [StoredValue]

    /// The value of a column. Throws `StoreError.decoding` when there is no such column, or another type, or an
    /// unexpected NULL.
    @inlinable
    public func get<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws(StoreError) -> Value
    {
        guard let index = columns.firstIndex(of: column) else {
            throw .decoding(column: column, reason: "no such column")
        }
        guard let value = Value(stored: values[index]) else { throw misfit(of: index, "\(Value.self)") }
        return value
    }

    @usableFromInline
    func misfit(of index: Int, _ type: String) -> StoreError {
        let reason = values[index] == .null ? "unexpected NULL" : "not a \(type)"
        return .decoding(column: columns[index], reason: reason)
    }
}
