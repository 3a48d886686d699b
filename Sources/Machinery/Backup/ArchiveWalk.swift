// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Storage

/// Walks an archive from its first record to its last and compares what it holds with what it says that it holds.
struct ArchiveWalk {
    private(set) var schema: ArchiveSchema?
    private(set) var manifest: BackupManifest?
    private var tables: [BackupManifest.Table] = []
    private var table: (name: String, columns: [String], sum: SumOfDigests)?
    private var file: (ref: StoredFileRef, stream: DigestStream)?
    private var files = SumOfDigests()
    private var fileBytes: Int64 = 0

    /// The whole archive, judged without touching anything.
    static func check(path: String, key: BackupKey) throws(BackupError) -> (ArchiveSchema, BackupManifest) {
        let reader = try ArchiveReader(path: path, key: key)
        var walk = ArchiveWalk()
        while let record = try reader.next() { try walk.take(record) }
        return try walk.end()
    }

    mutating func take(_ record: ArchiveRecord) throws(BackupError) {
        guard manifest == nil else { throw .contradiction(what: "có mục sau mục cuối") }
        switch record {
        case .schema(let found):
            guard schema == nil else { throw .contradiction(what: "hai mục cấu trúc") }
            schema = found
        case .table(let name, let columns):
            try endTable()
            table = (name, columns, SumOfDigests())
        case .rows(let rows):
            guard let columns = table?.columns.count else { throw .contradiction(what: "dòng không thuộc bảng nào") }
            for row in rows {
                _ = try row.values(count: columns)
                table?.sum.add(Digest(of: row.bytes))
            }
        case .file(let ref):
            try endTable()
            try endFile()
            file = (ref, DigestStream())
        case .piece(let bytes):
            guard file != nil else { throw .contradiction(what: "nội dung không thuộc tệp nào") }
            file?.stream.update(bytes)
        case .manifest(let found):
            try endTable()
            try endFile()
            manifest = found
        }
    }

    func end() throws(BackupError) -> (ArchiveSchema, BackupManifest) {
        guard let schema, let manifest else { throw .contradiction(what: "thiếu mục đầu hoặc mục cuối") }
        guard tables == manifest.tables else { throw .contradiction(what: "các bảng khác với danh sách") }
        guard files.count == manifest.files, fileBytes == manifest.fileBytes, files.hex == manifest.filesDigest else {
            throw .contradiction(what: "các tệp khác với danh sách")
        }
        return (schema, manifest)
    }

    private mutating func endTable() throws(BackupError) {
        guard let ended = table else { return }
        tables.append(BackupManifest.Table(name: ended.name, rows: ended.sum.count, digest: ended.sum.hex))
        table = nil
    }

    private mutating func endFile() throws(BackupError) {
        guard let ended = file else { return }
        guard ended.stream.finish() == ended.ref.digest, ended.stream.byteCount == ended.ref.size else {
            throw .contradiction(what: "tệp \(ended.ref.digest.hex) khác với tên của nó")
        }
        files.add(ended.ref.digest)
        fileBytes += ended.ref.size
        file = nil
    }
}
