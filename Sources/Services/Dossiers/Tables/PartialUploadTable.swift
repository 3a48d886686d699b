// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Storage

/// The SQL of `partial_upload`.
enum PartialUploadTable {
    private static let columns: Statement = """
        id, account, draft, dossier_code, component, file_name, length, digest, received, created_at, expires_at, is_done
        """

    static func insert(_ upload: PartialUpload, in transaction: Transaction) throws {
        let (draft, code) = upload.place.columns
        try transaction.run(
            """
            INSERT INTO partial_upload (id, account, draft, dossier_code, component, file_name, length, digest, received,
                created_at, expires_at, is_done)
            VALUES (\(upload.id), \(upload.account), \(draft), \(code), \(upload.component), \(upload.name),
                \(upload.length), \(upload.announced?.hex), \(upload.offset), \(upload.createdAt), \(upload.expiresAt),
                \(upload.isDone))
            """
        )
    }

    static func find(_ id: PartialFileID, in transaction: Transaction) throws -> PartialUpload? {
        try transaction.first("SELECT \(fragment: columns) FROM partial_upload WHERE id = \(id)").map(upload)
    }

    /// What is unfinished at a place, the oldest first.
    static func unfinished(
        at place: FilePlace,
        after now: Instant,
        in transaction: Transaction
    ) throws -> [PartialUpload] {
        let (draft, code) = place.columns
        let owner: Statement = draft == nil ? "dossier_code = \(code)" : "draft = \(draft)"
        return try transaction.rows(
            """
            SELECT \(fragment: columns) FROM partial_upload
            WHERE \(fragment: owner) AND is_done = \(false) AND expires_at > \(now) ORDER BY created_at, id
            """
        ).map(upload)
    }

    /// How many an account has not finished, and the bytes that they were announced with.
    static func waiting(
        of account: AccountID,
        after now: Instant,
        in transaction: Transaction
    ) throws -> (count: Int, bytes: Int64) {
        let rows = try transaction.rows(
            """
            SELECT length FROM partial_upload
            WHERE account = \(account) AND is_done = \(false) AND expires_at > \(now)
            """
        )
        return (rows.count, try rows.reduce(0) { $0 + (try $1.get("length") as Int64) })
    }

    /// Notes how much is on disk; it never goes back, and nothing happens to what is done.
    static func advance(
        _ id: PartialFileID,
        to offset: Int64,
        until expiry: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE partial_upload SET received = \(offset), expires_at = \(expiry)
            WHERE id = \(id) AND received <= \(offset) AND is_done = \(false)
            """
        )
    }

    /// Notes that the file stands in its place; false when it did already.
    static func finish(_ id: PartialFileID, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE partial_upload SET received = length, is_done = \(true) WHERE id = \(id) AND is_done = \(false)
            """
        ) == 1
    }

    static func delete(_ id: PartialFileID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM partial_upload WHERE id = \(id)")
    }

    static func deleteExpired(before now: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM partial_upload WHERE expires_at <= \(now)")
    }

    /// Those of these ids whose bytes are still needed.
    static func needed(among ids: [PartialFileID], in transaction: Transaction) throws -> Set<PartialFileID> {
        let rows = try transaction.rows(
            """
            SELECT id FROM partial_upload WHERE is_done = \(false) AND id IN (\(list: ids.map(\.rawValue)))
            """
        )
        return Set(try rows.map { try $0.get("id") })
    }

    private static func upload(_ row: ResultRow) throws -> PartialUpload {
        let (draft, code): (DossierDraftID?, DossierCode?) = (try row.get("draft"), try row.get("dossier_code"))
        guard let place = draft.map({ FilePlace.draft($0) }) ?? code.map({ FilePlace.supplement($0) }) else {
            throw StoreError.decoding(column: "draft", reason: "no place")
        }
        let hex: String? = try row.get("digest")
        return PartialUpload(
            id: try row.get("id"),
            account: try row.get("account"),
            place: place,
            component: try row.get("component"),
            name: try row.get("file_name"),
            length: try row.get("length"),
            announced: hex.flatMap { Digest(hex: $0) },
            offset: try row.get("received"),
            createdAt: try row.get("created_at"),
            expiresAt: try row.get("expires_at"),
            isDone: try row.get("is_done")
        )
    }
}

extension FilePlace {
    /// The draft, or the dossier whose supplement it is.
    fileprivate var columns: (draft: DossierDraftID?, code: DossierCode?) {
        switch self {
        case .draft(let id): (id, nil)
        case .supplement(let code): (nil, code)
        }
    }
}
