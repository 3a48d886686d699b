// SPDX-License-Identifier: Apache-2.0

/// One row of an answer; values are read by the name of their column.
public struct ResultRow: Sendable {
    let columns: [String]
    let values: [StoredValue]

    /// The value of a column. Throws `StoreError.decoding` when there is no such column, or another type, or an
    /// unexpected NULL.
    public func get<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws(StoreError) -> Value
    {
        guard let index = columns.firstIndex(of: column) else {
            throw .decoding(column: column, reason: "no such column")
        }
        guard let value = Value(stored: values[index]) else {
            let reason = values[index] == .null ? "unexpected NULL" : "not a \(Value.self)"
            throw .decoding(column: column, reason: reason)
        }
        return value
    }
}
