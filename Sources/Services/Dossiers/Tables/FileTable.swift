// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// The SQL of `dossier_file`. A row is written only after its bytes are on disk.
enum FileTable {
    private static let columns: Statement = "\(fragment: FileColumns.names), component, state"

    static func files(of draft: DossierDraftID, in transaction: Transaction) throws -> [DossierFile] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM dossier_file WHERE draft = \(draft) ORDER BY added_at, id"
        ).map(file)
    }

    static func files(of dossier: DossierID, in transaction: Transaction) throws -> [DossierFile] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM dossier_file WHERE dossier = \(dossier) ORDER BY added_at, id"
        ).map(file)
    }

    static func owner(
        of id: DossierFileID,
        in transaction: Transaction
    ) throws -> (file: DossierFile, draft: DossierDraftID?, dossier: DossierID?)? {
        try transaction.first("SELECT \(fragment: columns), draft, dossier FROM dossier_file WHERE id = \(id)").map {
            (try file($0), try $0.get("draft"), try $0.get("dossier"))
        }
    }

    static func insert(
        _ file: DossierFile,
        draft: DossierDraftID?,
        dossier: DossierID?,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO dossier_file (id, draft, dossier, component, digest, size, media_type, file_name, pages,
                added_at, state)
            VALUES (\(file.id), \(draft), \(dossier), \(file.component), \(file.digest.hex), \(file.size),
                \(file.mediaType), \(file.name), \(file.pages), \(file.addedAt), \(file.state.rawValue))
            """
        )
    }

    static func remove(_ id: DossierFileID, from draft: DossierDraftID, in transaction: Transaction) throws -> Bool {
        try transaction.run("DELETE FROM dossier_file WHERE id = \(id) AND draft = \(draft) AND dossier IS NULL") == 1
    }

    /// Gives a file that was not sent yet another moment, by which the files are ordered.
    static func move(_ id: DossierFileID, to moment: Instant, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE dossier_file SET added_at = \(moment) WHERE id = \(id) AND (dossier IS NULL OR state = 'pending')"
        )
    }

    static func removePending(_ id: DossierFileID, of dossier: DossierID, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            "DELETE FROM dossier_file WHERE id = \(id) AND dossier = \(dossier) AND state = 'pending'"
        ) == 1
    }

    /// The files of a draft become those of the dossier.
    static func hand(_ draft: DossierDraftID, to dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run("UPDATE dossier_file SET dossier = \(dossier) WHERE draft = \(draft)")
    }

    /// What was uploaded for a supplement takes the place of what stood for the same papers.
    static func takeOverPending(of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE dossier_file SET state = 'replaced' WHERE dossier = \(dossier) AND state = 'current'
                AND component IN (SELECT f.component FROM dossier_file f
                    WHERE f.dossier = \(dossier) AND f.state = 'pending')
            """
        )
        try transaction.run(
            "UPDATE dossier_file SET state = 'current' WHERE dossier = \(dossier) AND state = 'pending'"
        )
    }

    /// Digests that any row names; what the file store holds beyond them is an orphan.
    static func digests(among candidates: [String], in transaction: Transaction) throws -> Set<String> {
        let rows = try transaction.rows(
            """
            SELECT digest FROM dossier_file WHERE digest IN (\(list: candidates))
            UNION SELECT digest FROM uploaded_file WHERE digest IN (\(list: candidates))
            UNION SELECT file_digest FROM dossier_consultation WHERE file_digest IN (\(list: candidates))
            """
        )
        return Set(try rows.map { try $0.get("digest") })
    }

    private static func file(_ row: ResultRow) throws -> DossierFile {
        let known = try FileColumns(row)
        return DossierFile(
            id: known.id,
            component: try row.get("component"),
            digest: known.digest,
            size: known.size,
            mediaType: known.mediaType,
            name: known.name,
            pages: known.pages,
            addedAt: known.addedAt,
            state: try row.get("state")
        )
    }
}
