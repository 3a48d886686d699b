// SPDX-License-Identifier: Apache-2.0

import Digests
public import Journal
import Kernel
public import Storage

/// What must hold after any fault: rows equal their events, files equal their digests, no code twice.
public enum DossierCheck {
    /// Everything that is wrong, in words for an operator; empty when all is well.
    ///
    /// - Throws: `StoreError`, `FileStoreError`, or a decoding error for an event that cannot be read.
    public static func faults(store: any Store, log: TransparencyLog, files: FileStore) async throws -> [String] {
        let (different, piles, digests) = try await store.survey { transaction in
            (
                try DossierReplay.differences(in: log, transaction),
                try PileTable.differences(in: transaction),
                try transaction.rows(
                    """
                    SELECT DISTINCT digest FROM dossier_file WHERE dossier IS NOT NULL
                    UNION SELECT digest FROM result_document
                        WHERE digest IS NOT NULL AND dossier NOT IN (SELECT dossier FROM dossier_erasure)
                    UNION SELECT digest FROM void_signature
                        WHERE dossier NOT IN (SELECT dossier FROM dossier_erasure)
                    UNION SELECT file_digest FROM dossier_consultation WHERE file_digest IS NOT NULL
                    """
                ).map { try $0.get("digest", as: String.self) }
            )
        }
        var faults = different.map { "Hồ sơ \($0) khác với các sự kiện của nó" }
        faults += piles.map { "Số đếm của danh sách việc \($0) sai; chạy motcua recount --repair" }
        for hex in digests {
            guard let digest = Digest(hex: hex), try await files.isIntact(digest) else {
                faults.append("Tệp \(hex) thiếu hoặc đã khác")
                continue
            }
        }
        return faults
    }

    /// The piles of work lists whose kept counts are not what lies in them, and, when asked, counts them anew.
    ///
    /// - Throws: `StoreError`.
    public static func recountPiles(store: any Store, isRepairing: Bool) async throws -> [String] {
        // Under the lock of the journal: no dossier moves meanwhile.
        try await store.journalled { transaction in
            let different = try PileTable.differences(in: transaction)
            if isRepairing, !different.isEmpty { try PileTable.recount(in: transaction) }
            return different
        }
    }

    /// How often each dossier code stands in the table.
    ///
    /// - Throws: `StoreError`.
    public static func codes(store: any Store) async throws -> [String: Int] {
        try await store.survey { transaction in
            var counts: [String: Int] = [:]
            for row in try transaction.rows("SELECT code FROM dossier") {
                counts[try row.get("code", as: String.self), default: 0] += 1
            }
            return counts
        }
    }
}
