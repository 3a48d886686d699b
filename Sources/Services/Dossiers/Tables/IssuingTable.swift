// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Kernel
import Organisation
import Storage

/// The SQL of issuing: `result_document` from the signature to the moment when it is in force, and `void_signature`.
enum IssuingTable {
    /// False when it is not signed, or was issued before.
    static func issue(_ id: ResultID, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE result_document SET issued_at = \(now)
            WHERE id = \(id) AND signed_at IS NOT NULL AND issued_at IS NULL
            """
        ) == 1
    }

    /// Takes the signature away. The draft and its number stay, under another id: the code on the paper that was given
    /// back never opens a later one. Where another agency has the dossier by now, the number stays void in the series
    /// of the one that signed.
    ///
    /// - Parameters:
    ///   - id: the result.
    ///   - next: the id of what is signed next.
    ///   - agency: which signs next.
    ///   - now: the moment.
    ///   - transaction: the act.
    /// - Returns: false when it is not signed, or was issued before.
    /// - Throws: `StoreError`.
    static func void(
        _ id: ResultID,
        next: ResultID,
        signing agency: AgencyCode,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO void_signature (digest, result, dossier, signed_at, signer_name, returned_at, agency, title,
                number, notation)
            SELECT digest, id, dossier, signed_at, signer_name, \(now), agency, title, number, notation
            FROM result_document
            WHERE id = \(id) AND signed_at IS NOT NULL AND issued_at IS NULL
            """
        )
        return try transaction.run(
            """
            UPDATE result_document SET id = \(next), signed_at = NULL, signer_name = NULL, signer_position = NULL,
                digest = NULL, size = NULL, agency = \(agency),
                number = CASE WHEN agency = \(agency) THEN number END,
                notation = CASE WHEN agency = \(agency) THEN notation END
            WHERE id = \(id) AND signed_at IS NOT NULL AND issued_at IS NULL
            """
        ) == 1
    }

    /// The paper whose signature was given back, by the code on it.
    static func voided(_ id: ResultID, in transaction: Transaction) throws -> ResultDocument? {
        try transaction.first("\(fragment: voids) WHERE void_signature.result = \(id)").map(document)
    }

    /// The same by its file.
    static func voided(digest: Digest, in transaction: Transaction) throws -> ResultDocument? {
        try transaction.first("\(fragment: voids) WHERE void_signature.digest = \(digest.hex)").map(document)
    }

    /// A release that knew nothing of mergers in this state left the columns of the paper empty: the draft's are the
    /// same.
    private static let voids: Statement = """
        SELECT void_signature.result AS id, void_signature.dossier AS dossier, void_signature.signed_at AS signed_at,
            void_signature.signer_name AS signer_name, void_signature.digest AS digest,
            COALESCE(void_signature.title, result_document.title) AS title,
            COALESCE(void_signature.agency, result_document.agency) AS agency,
            result_document.drafted_at AS drafted_at,
            COALESCE(void_signature.number, result_document.number) AS number,
            COALESCE(void_signature.notation, result_document.notation) AS notation
        FROM void_signature JOIN result_document ON result_document.dossier = void_signature.dossier
        """

    private static func document(_ row: ResultRow) throws -> ResultDocument {
        let hex: String = try row.get("digest")
        return ResultDocument(
            id: try row.get("id"),
            dossier: try row.get("dossier"),
            fields: FormAnswers(),
            draftedAt: try row.get("drafted_at"),
            number: try row.get("number"),
            notation: try row.get("notation"),
            title: try row.get("title"),
            agency: try row.get("agency"),
            signedAt: try row.get("signed_at"),
            signerName: try row.get("signer_name"),
            digest: Digest(hex: hex)
        )
    }
}
