// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import Storage

/// What an archive is made of, in this order: the schema; each table with its rows; each file with its pieces; the
/// list of everything.
enum ArchiveRecord {
    case schema(ArchiveSchema)
    case table(name: String, columns: [String])
    case rows([PackedRow])
    case file(StoredFileRef)
    case piece([UInt8])
    case manifest(BackupManifest)

    /// A batch of rows or a piece of a file stays far below; a single row of the journal has at most 64 KiB.
    static let limitBytes = 256 * 1_024 * 1_024

    var kind: UInt8 {
        switch self {
        case .schema: 1
        case .table: 2
        case .rows: 3
        case .file: 4
        case .piece: 5
        case .manifest: 6
        }
    }

    var body: [UInt8] {
        get throws {
            switch self {
            case .schema(let schema): return try ArchiveRecord.json(schema)
            case .table(let name, let columns): return try ArchiveRecord.json(TableHead(name: name, columns: columns))
            case .rows(let rows): return rows.flatMap { UInt32($0.bytes.count).bigEndianBytes + $0.bytes }
            case .file(let file): return file.digest.bytes + UInt64(file.size).bigEndianBytes
            case .piece(let bytes): return bytes
            case .manifest(let manifest): return try ArchiveRecord.json(manifest)
            }
        }
    }

    init(kind: UInt8, body: [UInt8]) throws(BackupError) {
        do {
            switch kind {
            case 1: self = .schema(try JSONDecoder().decode(ArchiveSchema.self, from: Data(body)))
            case 2:
                let head = try JSONDecoder().decode(TableHead.self, from: Data(body))
                self = .table(name: head.name, columns: head.columns)
            case 3: self = .rows(try ArchiveRecord.rows(body))
            case 4:
                guard body.count == Digest.byteCount + 8,
                    let digest = Digest(bytes: Array(body.prefix(Digest.byteCount)))
                else { throw BackupError.contradiction(what: "một tệp không có tên") }
                let size = UInt64(bigEndianBytes: body.suffix(8))
                self = .file(StoredFileRef(digest: digest, size: Int64(clamping: size)))
            case 5: self = .piece(body)
            case 6: self = .manifest(try JSONDecoder().decode(BackupManifest.self, from: Data(body)))
            default: throw BackupError.contradiction(what: "mục loại \(kind) không có trong dạng này")
            }
        } catch let error as BackupError { throw error } catch {
            throw .contradiction(what: "mục loại \(kind) không đọc được")
        }
    }

    private struct TableHead: Codable {
        var name: String
        var columns: [String]
    }

    private static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(value))
    }

    private static func rows(_ body: [UInt8]) throws(BackupError) -> [PackedRow] {
        var rows: [PackedRow] = []
        var start = 0
        while start < body.count {
            guard start + 4 <= body.count else { throw .contradiction(what: "một dòng dở dang") }
            let length = Int(UInt32(bigEndianBytes: body[start..<start + 4]))
            start += 4
            guard start + length <= body.count else { throw .contradiction(what: "một dòng dở dang") }
            rows.append(PackedRow(bytes: Array(body[start..<start + length])))
            start += length
        }
        return rows
    }
}

/// When and of what an archive was made.
struct ArchiveSchema: Codable {
    struct Mark: Codable {
        var id: String
        var digest: String
    }

    var takenAt: Int64
    var engine: String
    var migrations: [Mark]
}

/// A row in bytes, equal on both engines for equal rows: each value is a letter and what it holds.
struct PackedRow {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(_ values: [StoredValue]) {
        var bytes: [UInt8] = []
        for value in values {
            switch value {
            case .null: bytes.append(0)
            case .integer(let number):
                bytes.append(1)
                bytes += number.bigEndianBytes
            case .boolean(let isTrue):
                bytes.append(1)
                bytes += Int64(isTrue ? 1 : 0).bigEndianBytes
            case .text(let text):
                bytes.append(2)
                PackedRow.append(Array(text.utf8), to: &bytes)
            case .bytes(let content):
                bytes.append(3)
                PackedRow.append(content, to: &bytes)
            }
        }
        self.bytes = bytes
    }

    private static func append(_ content: [UInt8], to bytes: inout [UInt8]) {
        bytes += UInt32(content.count).bigEndianBytes
        bytes += content
    }

    /// The values; throws when there are not exactly so many.
    func values(count: Int) throws(BackupError) -> [StoredValue] {
        var values: [StoredValue] = []
        var start = 0
        func take(_ count: Int) throws(BackupError) -> ArraySlice<UInt8> {
            guard start + count <= bytes.count else { throw .contradiction(what: "một giá trị dở dang") }
            defer { start += count }
            return bytes[start..<start + count]
        }
        while start < bytes.count {
            switch try take(1).first {
            case 0: values.append(.null)
            case 1: values.append(.integer(Int64(bigEndianBytes: try take(8))))
            case 2:
                let length = Int(UInt32(bigEndianBytes: try take(4)))
                values.append(.text(String(decoding: try take(length), as: UTF8.self)))
            case 3:
                let length = Int(UInt32(bigEndianBytes: try take(4)))
                values.append(.bytes(Array(try take(length))))
            default: throw .contradiction(what: "một giá trị không rõ loại")
            }
        }
        guard values.count == count else { throw .contradiction(what: "một dòng có \(values.count) cột") }
        return values
    }
}

/// Counts what passes and sums its digests; the order does not matter, since engines sort texts differently.
///
/// The rows of a table differ by their key, and files by their names, so that no two of them cancel each other out.
struct SumOfDigests: Equatable {
    private(set) var count: Int64 = 0
    private var sum = [UInt8](repeating: 0, count: Digest.byteCount)

    mutating func add(_ digest: Digest) {
        count += 1
        for index in sum.indices { sum[index] ^= digest.bytes[index] }
    }

    var hex: String { sum.hex }
}
