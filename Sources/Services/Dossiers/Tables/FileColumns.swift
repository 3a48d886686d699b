// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// What the rows of `dossier_file` and of `uploaded_file` have in common.
struct FileColumns {
    /// For the list of a SELECT.
    static let names: Statement = "id, digest, size, media_type, file_name, pages, added_at"

    let id: DossierFileID
    let digest: Digest
    let size: Int64
    let mediaType: String
    let name: String
    let pages: Int?
    let addedAt: Instant

    init(_ row: ResultRow) throws {
        let hex: String = try row.get("digest")
        guard let digest = Digest(hex: hex) else { throw StoreError.decoding(column: "digest", reason: "no SHA-256") }
        self.digest = digest
        id = try row.get("id")
        size = try row.get("size")
        mediaType = try row.get("media_type")
        name = try row.get("file_name")
        pages = try row.get("pages")
        addedAt = try row.get("added_at")
    }
}
