// SPDX-License-Identifier: Apache-2.0

public import Digests

/// Many rows of one table, made outside the store and put in at once: `Transaction.insert`.
///
/// The values lie one after the other in the form of PostgreSQL's binary COPY, into which SQLite's parameters point:
/// no row and no value is an object of its own.
public struct RowBuffer: Sendable {
    let table: String
    let names: [String]
    let types: [ColumnType]
    private(set) var bytes: [UInt8] = []
    /// Rows so far.
    public private(set) var count = 0
    private var valuesOfRow = 0

    /// Rows for these columns of a table; each row gives its values in this order.
    public init(_ table: StaticString, _ columns: [(name: StaticString, type: ColumnType)]) {
        self.table = table.description
        names = columns.map { $0.name.description }
        types = columns.map(\.type)
    }

    /// Makes room for so many bytes beforehand, so that they are not moved as the buffer grows.
    public mutating func reserve(bytes count: Int) { bytes.reserveCapacity(count) }

    /// Begins the next row.
    public mutating func beginRow() {
        precondition(isWhole, "the row before has all its values")
        (count, valuesOfRow) = (count + 1, 0)
        put(UInt16(types.count))
    }

    /// The next value of the row: a whole number, or NULL.
    public mutating func add(_ value: Int64?) {
        guard let value else { return addNull() }
        let highestByteFirst = value.bigEndian
        unsafe withUnsafeBytes(of: highestByteFirst) { unsafe put($0, as: .int64) }
    }

    /// The next value of the row: a text, or NULL.
    public mutating func add(_ value: String?) {
        guard let value else { return addNull() }
        // As one piece of memory: the collection of a text would be copied byte by byte.
        unsafe value.utf8.span.bytes.withUnsafeBytes { unsafe put($0, as: .text) }
    }

    /// The next value of the row: bytes, or NULL.
    public mutating func add(_ value: [UInt8]?) {
        guard let value else { return addNull() }
        unsafe value.withUnsafeBytes { unsafe put($0, as: .bytes) }
    }

    /// The next value of the row: the bytes of a digest, or NULL.
    public mutating func add(_ value: Digest?) {
        guard let value else { return addNull() }
        unsafe value.withUnsafeBytes { unsafe put($0, as: .bytes) }
    }

    /// The next value of the row: NULL.
    public mutating func addNull() {
        valuesOfRow += 1
        put(UInt32.max)
    }

    /// Takes all rows away; the memory is kept for the next ones.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        (count, valuesOfRow) = (0, 0)
    }

    private var isWhole: Bool { count == 0 || valuesOfRow == types.count }

    /// A value behind its length, which make room once for both.
    private mutating func put(_ value: UnsafeRawBufferPointer, as type: ColumnType) {
        precondition(valuesOfRow < types.count && types[valuesOfRow] == type, "the value fits its column")
        valuesOfRow += 1
        let (length, whole) = (UInt32(value.count).bigEndian, MemoryLayout<UInt32>.size + value.count)
        bytes.append(addingCapacity: whole) { room in
            unsafe room.withUnsafeMutableBufferPointer { room, filled in
                let room = UnsafeMutableRawBufferPointer(room)
                unsafe room.storeBytes(of: length, toByteOffset: filled, as: UInt32.self)
                filled += whole
                unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled - value.count..<filled])
                    .copyMemory(from: value)
            }
        }
    }

    /// The highest byte first.
    private mutating func put(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    // MARK: - For the engines

    /// Half a row would shift all that follow.
    func requireWhole() { precondition(isWhole, "the last row has all its values") }

    /// The statement that SQLite runs for each row.
    var insertText: String {
        "INSERT INTO \(table) (\(names.joined(separator: ", "))) "
            + "VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))"
    }

    /// The command after which PostgreSQL takes all rows.
    var copyText: String { "COPY \(table) (\(names.joined(separator: ", "))) FROM STDIN (FORMAT binary)" }
}

extension Transaction {
    /// Puts many rows in. Throws `StoreError.conflict` and `refused` as single inserts do.
    public func insert(_ rows: RowBuffer) throws(StoreError) {
        rows.requireWhole()
        if rows.count > 0 { try connection.insert(rows) }
    }
}
