// SPDX-License-Identifier: Apache-2.0

import Catalogue
import FoundationEssentials
import Journal
import Kernel
import Storage

/// The SQL of `dossier_draft`.
enum DraftTable {
    private static let columns: Statement = """
        id, applicant, procedure_code, pack_version, agency, delivery, answers, pages_done, revision, created_at,
        updated_at, expires_at, dossier
        """

    static func find(_ id: DossierDraftID, in transaction: Transaction) throws -> DossierDraft? {
        try transaction.first("SELECT \(fragment: columns) FROM dossier_draft WHERE id = \(id)").map(draft)
    }

    static func open(
        of applicant: Identifier<DossierApplicant>,
        at now: Instant,
        in transaction: Transaction
    ) throws -> [DossierDraft] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM dossier_draft
            WHERE applicant = \(applicant) AND dossier IS NULL AND expires_at > \(now)
            ORDER BY updated_at DESC, id LIMIT 100
            """
        ).map(draft)
    }

    static func insert(_ draft: DossierDraft, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO dossier_draft (id, applicant, procedure_code, pack_version, agency, delivery, answers,
                pages_done, revision, created_at, updated_at, expires_at, dossier)
            VALUES (\(draft.id), \(draft.applicant), \(draft.procedure), \(draft.packVersion), \(draft.agency),
                \(draft.delivery.rawValue), \(draft.answers.canonicalJSON), \(pages(draft)), \(draft.revision),
                \(draft.createdAt), \(draft.updatedAt), \(draft.expiresAt), \(draft.dossier))
            """
        )
    }

    /// Writes the draft back if nobody else did since `revision`; false otherwise.
    static func update(_ draft: DossierDraft, ifRevision revision: Int, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE dossier_draft SET agency = \(draft.agency), delivery = \(draft.delivery.rawValue),
                answers = \(draft.answers.canonicalJSON), pages_done = \(pages(draft)), revision = \(draft.revision),
                updated_at = \(draft.updatedAt), expires_at = \(draft.expiresAt), dossier = \(draft.dossier),
                noticed_at = NULL
            WHERE id = \(draft.id) AND revision = \(revision)
            """
        ) == 1
    }

    static func delete(_ id: DossierDraftID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM partial_upload WHERE draft = \(id)")
        try transaction.run("DELETE FROM dossier_file WHERE draft = \(id) AND dossier IS NULL")
        try transaction.run("DELETE FROM dossier_draft WHERE id = \(id) AND dossier IS NULL")
    }

    /// Addresses the open drafts for an agency to another one, or to none, so that the person is asked again.
    static func readdress(
        from agency: AgencyCode,
        to successor: AgencyCode?,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            "UPDATE dossier_draft SET agency = \(successor) WHERE agency = \(agency) AND dossier IS NULL"
        )
    }

    /// How many open drafts are addressed to these agencies.
    static func count(for agencies: [AgencyCode], in transaction: Transaction) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) AS total FROM dossier_draft
            WHERE agency IN (\(list: agencies)) AND dossier IS NULL
            """
        )?.get("total") ?? 0
    }

    /// Drafts whose end comes within a time and was not announced yet, the nearest first.
    static func ending(
        after now: Instant,
        before end: Instant,
        limit: Int,
        in transaction: Transaction
    ) throws -> [DossierDraft] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM dossier_draft
            WHERE expires_at > \(now) AND expires_at < \(end) AND dossier IS NULL AND noticed_at IS NULL
            ORDER BY expires_at, id LIMIT \(limit)
            """
        ).map(draft)
    }

    /// Notes that the end was announced; the next change of the draft takes the note away.
    static func noteAnnouncement(of id: DossierDraftID, at now: Instant, in transaction: Transaction) throws {
        try transaction.run("UPDATE dossier_draft SET noticed_at = \(now) WHERE id = \(id)")
    }

    static func deleteExpired(before now: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run(
            """
            DELETE FROM dossier_file WHERE dossier IS NULL AND draft IN
                (SELECT id FROM dossier_draft WHERE dossier IS NULL AND expires_at < \(now))
            """
        )
        return try transaction.run("DELETE FROM dossier_draft WHERE dossier IS NULL AND expires_at < \(now)")
    }

    private static func pages(_ draft: DossierDraft) -> String { draft.pagesDone.sorted().joined(separator: " ") }

    private static func draft(_ row: ResultRow) throws -> DossierDraft {
        let answers: String = try row.get("answers")
        let pages: String = try row.get("pages_done")
        return DossierDraft(
            id: try row.get("id"),
            applicant: try row.get("applicant"),
            procedure: try row.get("procedure_code"),
            packVersion: try row.get("pack_version"),
            agency: try row.get("agency"),
            delivery: try row.get("delivery"),
            answers: try JSONText.decode(FormAnswers.self, from: answers),
            pagesDone: Set(pages.split(separator: " ").map(String.init)),
            revision: try row.get("revision"),
            createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"),
            expiresAt: try row.get("expires_at"),
            dossier: try row.get("dossier")
        )
    }
}

/// JSON in text columns and event facts: keys in order, so that the same value gives the same text.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Answers are texts by name: no decoder is needed for that.
    static func decode(_ type: FormAnswers.Type, from text: String) throws -> FormAnswers {
        guard case .object(let members) = try JSONValue(parsing: text) else { throw noAnswers }
        return FormAnswers(
            try members.sorted { $0.key < $1.key }.map { name, value in
                guard case .string(let answer) = value else { throw noAnswers }
                return (name, answer)
            }
        )
    }

    private static let noAnswers = DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "answers are texts by name")
    )

    static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
