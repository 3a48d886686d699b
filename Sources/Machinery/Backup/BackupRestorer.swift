// SPDX-License-Identifier: Apache-2.0

import Digests
public import Journal
public import Kernel
public import Storage

/// Brings an archive back: into an empty database and its file store, on either engine.
///
/// The archive is judged whole before anything is touched; files come before the rows that name them; all rows come in
/// one transaction and are read again in it. The caller sees to it that no server works on the database meanwhile
/// (`StoreClaim`).
public struct BackupRestorer: Sendable {
    private static let batchRows = 1_000

    private let store: any Store
    private let files: FileStore
    private let log: TransparencyLog
    private let clock: Clock

    /// A restorer into a store and its files.
    public init(store: any Store, files: FileStore, log: TransparencyLog, clock: Clock) {
        (self.store, self.files, self.log, self.clock) = (store, files, log, clock)
    }

    /// Reads an archive to its end and judges it, touching nothing.
    ///
    /// - Returns: what is in it.
    /// - Throws: `BackupError`.
    public static func verify(_ path: String, key: BackupKey) throws(BackupError) -> BackupManifest {
        try ArchiveWalk.check(path: path, key: key).1
    }

    /// Brings everything back, and appends to the journal that it was.
    ///
    /// - Parameters:
    ///   - path: the archive.
    ///   - key: the key under which it was made.
    ///   - migrations: all of the program; what the archive did not have yet is applied at the end.
    ///   - isReplacing: whether a database that has events already is emptied first.
    /// - Returns: what was brought back.
    /// - Throws: `BackupError`, `StoreError`, `FileStoreError`.
    public func restore(
        _ path: String,
        key: BackupKey,
        migrations: [Migration],
        isReplacing: Bool
    ) async throws -> BackupManifest {
        let (schema, manifest) = try ArchiveWalk.check(path: path, key: key)
        let marks = Set(schema.migrations.map { MigrationMark(id: $0.id, digest: $0.digest) })
        if let unknown = marks.subtracting(Migration.marks(of: migrations)).map(\.id).min() {
            throw BackupError.unknownMigration(id: unknown)
        }
        let log = log
        let lost: Int64 = try await store.survey { transaction in
            let tables = try TableCopy(transaction).tables()
            return tables.contains { $0.name == "journal_head" } ? try log.head(in: transaction).size : 0
        }
        guard lost == 0 || isReplacing else { throw BackupError.notEmpty(events: lost) }
        try await bringFiles(path, key)
        try await store.write { transaction in
            let copy = TableCopy(transaction)
            try copy.withoutReferences { try copy.dropAll() }
        }
        try await store.migrate(migrations, only: Set(marks.map(\.id)))
        try await store.write { try Self.bringRows(path, key, manifest, marks, log, in: $0) }
        try await store.migrate(migrations)
        try await note(manifest, lost: lost)
        return manifest
    }

    private func bringFiles(_ path: String, _ key: BackupKey) async throws {
        let reader = try ArchiveReader(path: path, key: key)
        var writer: FileWriter?
        while let record = try reader.next() {
            switch record {
            case .file(let file):
                _ = try await writer?.finish()
                writer = try await files.begin(limitBytes: file.size)
            case .piece(let bytes): try await writer?.write(bytes)
            case .schema, .table, .rows, .manifest: continue
            }
        }
        _ = try await writer?.finish()
    }

    private static func bringRows(
        _ path: String,
        _ key: BackupKey,
        _ manifest: BackupManifest,
        _ marks: Set<MigrationMark>,
        _ log: TransparencyLog,
        in transaction: Transaction
    ) throws {
        let copy = TableCopy(transaction)
        let shapes = try copy.tables()
        guard try copy.migrations() == marks, shapes.map(\.name) == manifest.tables.map(\.name) else {
            throw BackupError.contradiction(what: "cấu trúc khác với bản sao lưu")
        }
        let reader = try ArchiveReader(path: path, key: key)
        try copy.withoutReferences {
            try copy.empty(shapes)  // what migrations put in by themselves
            var table: (shape: TableShape, columns: [String])?
            records: while let record = try reader.next() {
                switch record {
                case .table(let name, let columns): table = shapes.first { $0.name == name }.map { ($0, columns) }
                case .rows(let rows):
                    guard let (shape, columns) = table else { continue }
                    let values = try rows.map { try $0.values(count: columns.count) }
                    try copy.insert(values, into: shape, columns: columns)
                case .schema: continue
                case .file, .piece, .manifest: break records
                }
            }
        }
        try requireEqual(copy, shapes, manifest)
        guard try log.head(in: transaction) == manifest.head else { throw BackupError.notEqual(table: "journal_head") }
    }

    /// What stands in the tables now is what the archive lists.
    private static func requireEqual(_ copy: TableCopy, _ shapes: [TableShape], _ manifest: BackupManifest) throws {
        for (shape, kept) in zip(shapes, manifest.tables) {
            var sum = SumOfDigests()
            try copy.rows(of: shape, batch: batchRows) { rows in
                for row in rows { sum.add(Digest(of: PackedRow(row).bytes)) }
            }
            guard sum.count == kept.rows, sum.hex == kept.digest else { throw BackupError.notEqual(table: shape.name) }
        }
    }

    /// The journal goes on from the backup, and says so for ever.
    private func note(_ manifest: BackupManifest, lost: Int64) async throws {
        let entry = JournalEntry(
            at: clock.now(),
            service: "backup",
            kind: "restored",
            objectType: "backup",
            objectID: manifest.headRoot,
            actor: .system("restore"),
            facts: [
                "takenAt": .integer(manifest.takenAtMicroseconds), "size": .integer(manifest.headSize),
                "replacedSize": .integer(lost),
            ]
        )
        let log = log
        _ = try await store.journalled { try log.append(entry, in: $0) }
    }
}
