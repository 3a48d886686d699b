// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import Identity
import Kernel
public import Storage

extension DataRequestKind: ColumnValue {}
extension DataRequestState: ColumnValue {}
extension DataRequestOutcome: ColumnValue {}

/// The SQL of `data_request`.
enum DataRequestTable {
    private static let columns: Statement = """
        data_request.id, data_request.account, data_request.agency, data_request.kind, data_request.dossier,
        data_request.words, data_request.state, data_request.filed_at, data_request.first_answer_by,
        data_request.fulfil_by, data_request.taken_at, data_request.extended_at, data_request.extension_reason,
        data_request.answered_at, data_request.outcome, data_request.answer, data_request.export_digest,
        data_request.export_size, data_request.export_until, data_request.lifted_at, data_request.version
        """

    static func find(_ id: DataRequestID, in transaction: Transaction) throws -> DataRequest? {
        try transaction.first("SELECT \(fragment: columns) FROM data_request WHERE data_request.id = \(id)")
            .map(request)
    }

    /// The newest ones first, at most 200.
    static func all(of actor: Actor, in transaction: Transaction) throws -> [DataRequest] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM data_request
            WHERE \(fragment: DataRequestPolicies.own.filter(actor))
            ORDER BY data_request.filed_at DESC, data_request.id DESC LIMIT 200
            """
        ).map(request)
    }

    /// What waits for an answer, the most urgent first.
    static func waiting(
        for actor: Actor,
        isOpen: Bool,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [DataRequest] {
        var conditions: [Statement] = [
            DataRequestPolicies.answering.filter(actor), "data_request.is_open = \(isOpen)",
        ]
        if let after, let moment = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(data_request.fulfil_by, data_request.id) > (\(moment), \(after.id))")
        }
        return try transaction.rows(
            """
            SELECT \(fragment: columns) FROM data_request WHERE \(fragment: conditions.joined(" AND "))
            ORDER BY data_request.fulfil_by, data_request.id LIMIT \(limit)
            """
        ).map(request)
    }

    static func keyset(_ request: DataRequest) -> Keyset {
        Keyset(values: ["\(request.fulfilBy.microseconds)"], id: request.id.rawValue)
    }

    static func insert(_ request: DataRequest, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO data_request (id, account, agency, kind, dossier, words, state, is_open, filed_at,
                first_answer_by, fulfil_by, answered_at, outcome, answer, version)
            VALUES (\(request.id), \(request.account), \(request.agency), \(request.kind.rawValue),
                \(request.dossier), \(request.words), \(request.state.rawValue), \(request.state.isOpen),
                \(request.filedAt), \(request.firstAnswerBy), \(request.fulfilBy), \(request.answeredAt),
                \(request.outcome?.rawValue), \(request.answer), \(request.version))
            """
        )
    }

    /// Writes the request back, if nobody was faster; false when the row has another version by now.
    static func update(_ request: DataRequest, ifVersion version: Int, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE data_request SET state = \(request.state.rawValue), is_open = \(request.state.isOpen),
                fulfil_by = \(request.fulfilBy), taken_at = \(request.takenAt), extended_at = \(request.extendedAt),
                extension_reason = \(request.extensionReason), answered_at = \(request.answeredAt),
                outcome = \(request.outcome?.rawValue), answer = \(request.answer),
                export_digest = \(request.exportDigest?.hex), export_size = \(request.exportSize),
                export_until = \(request.exportUntil), lifted_at = \(request.liftedAt), version = \(request.version)
            WHERE id = \(request.id) AND version = \(version)
            """
        ) == 1
    }

    /// Exports whose time is over.
    static func staleExports(before now: Instant, in transaction: Transaction) throws -> [DataRequest] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM data_request
            WHERE data_request.export_until < \(now) AND data_request.export_digest IS NOT NULL
            ORDER BY data_request.export_until LIMIT 100
            """
        ).map(request)
    }

    private static func request(_ row: ResultRow) throws -> DataRequest {
        let digest: String? = try row.get("export_digest")
        let outcome: String? = try row.get("outcome")
        return DataRequest(
            id: try row.get("id"),
            account: try row.get("account"),
            agency: try row.get("agency"),
            kind: try row.get("kind"),
            dossier: try row.get("dossier"),
            words: try row.get("words"),
            state: try row.get("state"),
            filedAt: try row.get("filed_at"),
            firstAnswerBy: try row.get("first_answer_by"),
            fulfilBy: try row.get("fulfil_by"),
            takenAt: try row.get("taken_at"),
            extendedAt: try row.get("extended_at"),
            extensionReason: try row.get("extension_reason"),
            answeredAt: try row.get("answered_at"),
            outcome: outcome.flatMap { DataRequestOutcome(rawValue: $0) },
            answer: try row.get("answer"),
            exportDigest: digest.flatMap { Digest(hex: $0) },
            exportSize: try row.get("export_size"),
            exportUntil: try row.get("export_until"),
            liftedAt: try row.get("lifted_at"),
            version: try row.get("version")
        )
    }
}
