// SPDX-License-Identifier: Apache-2.0

import Digests
public import Journal
public import Kernel
public import Storage

/// Makes archives while the system works: one snapshot of all tables, then every file of the store.
///
/// A row never names a file that is not there, so files that are read after the snapshot are complete.
public struct BackupMaker: Sendable {
    /// Rows in one batch: of the journal about 1 MB.
    private static let batchRows = 1_000

    private let store: any Store
    private let files: FileStore
    private let log: TransparencyLog
    private let clock: Clock
    private let random: RandomSource

    /// A maker over a store and its files.
    public init(store: any Store, files: FileStore, log: TransparencyLog, clock: Clock, random: RandomSource) {
        (self.store, self.files, self.log, self.clock, self.random) = (store, files, log, clock, random)
    }

    /// Writes an archive of everything to a path, whole or not at all; an older file of that name is replaced.
    ///
    /// - Parameters:
    ///   - path: where it is to lie; beside it a file `….part` grows meanwhile.
    ///   - key: seals the archive's own key.
    /// - Returns: what is in it.
    /// - Throws: `StoreError`, `FileStoreError` (`full` when the disk is), `BackupError`.
    @discardableResult
    public func write(to path: String, key: BackupKey) async throws -> BackupManifest {
        let archive = try ArchiveWriter(path: path, key: key, random: random)
        do {
            return try await write(to: archive)
        } catch {
            // Not left to the end of its life: a command that fails ends its process before.
            archive.cancel()
            throw error
        }
    }

    private func write(to archive: ArchiveWriter) async throws -> BackupManifest {
        let (now, log) = (clock.now(), log)
        var manifest = try await store.survey { transaction in
            // A snapshot may be taken again after a lost connection: then the archive begins anew as well.
            try archive.restart()
            return try Self.copyTables(of: transaction, log: log, takenAt: now, to: archive)
        }
        try await copyFiles(to: archive, &manifest)
        try archive.append(.manifest(manifest))
        try archive.finish()
        return manifest
    }

    private static func copyTables(
        of transaction: Transaction,
        log: TransparencyLog,
        takenAt: Instant,
        to archive: ArchiveWriter
    ) throws -> BackupManifest {
        let copy = TableCopy(transaction)
        let marks = try copy.migrations().sorted { $0.id < $1.id }
        let schema = ArchiveSchema(
            takenAt: takenAt.microseconds,
            engine: transaction.engine.rawValue,
            migrations: marks.map { ArchiveSchema.Mark(id: $0.id, digest: $0.digest) }
        )
        try archive.append(.schema(schema))
        var tables: [BackupManifest.Table] = []
        for table in try copy.tables() {
            try archive.append(.table(name: table.name, columns: table.columns.map(\.name)))
            var sum = SumOfDigests()
            try copy.rows(of: table, batch: batchRows) { rows in
                let packed = rows.map { PackedRow($0) }
                for row in packed { sum.add(Digest(of: row.bytes)) }
                try archive.append(.rows(packed))
            }
            tables.append(BackupManifest.Table(name: table.name, rows: sum.count, digest: sum.hex))
        }
        let head = try log.head(in: transaction)
        return BackupManifest(
            takenAtMicroseconds: takenAt.microseconds,
            tables: tables,
            files: 0,
            fileBytes: 0,
            filesDigest: "",
            damagedFiles: [],
            headSize: head.size,
            headRoot: head.root.hex
        )
    }

    private func copyFiles(to archive: ArchiveWriter, _ manifest: inout BackupManifest) async throws {
        var sum = SumOfDigests()
        for folder in UInt8.min...UInt8.max {
            for file in try await files.files(inFolder: folder) {
                do {
                    guard try await isWhole(file) else {
                        manifest.damagedFiles.append(file.digest.hex)
                        continue
                    }
                    let reader = try await files.open(file.digest)
                    try archive.append(.file(file))
                    while let piece = try await reader.next() { try archive.append(.piece(piece)) }
                } catch FileStoreError.missing { continue }  // no row names it any more: removed meanwhile
                sum.add(file.digest)
                manifest.fileBytes += file.size
            }
        }
        (manifest.files, manifest.filesDigest) = (sum.count, sum.hex)
    }

    /// A damaged file is told and left out: it must not keep all others from being saved.
    private func isWhole(_ file: StoredFileRef) async throws(FileStoreError) -> Bool {
        let reader = try await files.open(file.digest)
        var stream = DigestStream()
        while let piece = try await reader.next() { stream.update(piece) }
        return stream.finish() == file.digest
    }
}
