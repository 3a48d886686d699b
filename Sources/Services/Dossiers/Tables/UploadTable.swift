// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Storage

/// The SQL of `uploaded_file`.
enum UploadTable {
    static func insert(_ file: UploadedFile, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO uploaded_file (id, account, digest, size, media_type, file_name, pages, added_at, expires_at)
            VALUES (\(file.id), \(file.account), \(file.digest.hex), \(file.size), \(file.mediaType), \(file.name),
                \(file.pages), \(file.addedAt), \(file.expiresAt))
            """
        )
    }

    /// What an account has handed in and not used yet.
    static func waiting(of account: AccountID, at now: Instant, in transaction: Transaction) throws -> [UploadedFile] {
        try transaction.rows(
            """
            SELECT \(fragment: FileColumns.names), account, expires_at FROM uploaded_file
            WHERE account = \(account) AND expires_at > \(now) ORDER BY added_at, id
            """
        ).map(file)
    }

    /// Takes a file out to be used; false when it is out already.
    static func take(_ id: DossierFileID, of account: AccountID, in transaction: Transaction) throws -> Bool {
        try transaction.run("DELETE FROM uploaded_file WHERE id = \(id) AND account = \(account)") == 1
    }

    static func deleteExpired(before now: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM uploaded_file WHERE expires_at < \(now)")
    }

    private static func file(_ row: ResultRow) throws -> UploadedFile {
        let known = try FileColumns(row)
        return UploadedFile(
            id: known.id,
            account: try row.get("account"),
            digest: known.digest,
            size: known.size,
            mediaType: known.mediaType,
            name: known.name,
            pages: known.pages,
            addedAt: known.addedAt,
            expiresAt: try row.get("expires_at")
        )
    }
}
