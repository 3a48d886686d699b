// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Kernel
import Organisation
public import Storage

extension RetentionState: ColumnValue {}

/// The SQL of `retention_report` and `retention_item`.
enum RetentionTable {
    private static let columns: Statement =
        "id, made_at, state, unverified, decided_by, decided_at, reason, done_at, version"

    static func find(_ id: RetentionReportID, in transaction: Transaction) throws -> RetentionReport? {
        try transaction.first("SELECT \(fragment: columns) FROM retention_report WHERE id = \(id)").map(report)
    }

    /// The newest ones first, at most 50.
    static func all(in transaction: Transaction) throws -> [RetentionReport] {
        try transaction.rows(
            "SELECT \(fragment: columns) FROM retention_report ORDER BY made_at DESC, id DESC LIMIT 50"
        ).map(report)
    }

    static func insert(_ report: RetentionReport, _ items: [RetentionItem], in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO retention_report (id, made_at, state, unverified, version)
            VALUES (\(report.id), \(report.madeAt), \(report.state.rawValue), \(report.unverified), \(report.version))
            """
        )
        for item in items {
            try transaction.run(
                """
                INSERT INTO retention_item (report, dossier, code, procedure_code, agency, ended_at, keep_years, source,
                    files)
                VALUES (\(report.id), \(item.dossier), \(item.code), \(item.procedure), \(item.agency),
                    \(item.endedAt), \(item.years), \(item.source), \(item.files))
                """
            )
        }
    }

    static func update(_ report: RetentionReport, ifVersion version: Int, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE retention_report SET state = \(report.state.rawValue), decided_by = \(report.decidedBy),
                decided_at = \(report.decidedAt), reason = \(report.reason), done_at = \(report.doneAt),
                version = \(report.version)
            WHERE id = \(report.id) AND version = \(version)
            """
        ) == 1
    }

    static func items(
        of id: RetentionReportID,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [RetentionItem] {
        let last = after?.id ?? ""
        return try transaction.rows(
            """
            SELECT dossier, code, procedure_code, agency, ended_at, keep_years, source, files, erased_at
            FROM retention_item WHERE report = \(id) AND code > \(last) ORDER BY code LIMIT \(limit)
            """
        ).map(item)
    }

    /// What an approved report still has to erase.
    static func remaining(of id: RetentionReportID, limit: Int, in transaction: Transaction) throws -> [RetentionItem] {
        try transaction.rows(
            """
            SELECT dossier, code, procedure_code, agency, ended_at, keep_years, source, files, erased_at
            FROM retention_item WHERE report = \(id) AND erased_at IS NULL ORDER BY code LIMIT \(limit)
            """
        ).map(item)
    }

    static func counts(of id: RetentionReportID, in transaction: Transaction) throws -> (total: Int, erased: Int) {
        let row = try transaction.first(
            "SELECT COUNT(*) AS total, COUNT(erased_at) AS erased FROM retention_item WHERE report = \(id)"
        )
        return (try row?.get("total") ?? 0, try row?.get("erased") ?? 0)
    }

    static func erased(
        _ dossier: DossierID,
        of id: RetentionReportID,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            "UPDATE retention_item SET erased_at = \(now) WHERE report = \(id) AND dossier = \(dossier)"
        )
    }

    /// A dossier that must be kept after all leaves the report.
    static func leaveOut(_ dossier: DossierID, of id: RetentionReportID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM retention_item WHERE report = \(id) AND dossier = \(dossier)")
    }

    private static func report(_ row: ResultRow) throws -> RetentionReport {
        RetentionReport(
            id: try row.get("id"),
            madeAt: try row.get("made_at"),
            state: try row.get("state"),
            unverified: try row.get("unverified"),
            decidedBy: try row.get("decided_by"),
            decidedAt: try row.get("decided_at"),
            reason: try row.get("reason"),
            doneAt: try row.get("done_at"),
            version: try row.get("version")
        )
    }

    private static func item(_ row: ResultRow) throws -> RetentionItem {
        RetentionItem(
            dossier: try row.get("dossier"),
            code: try row.get("code"),
            procedure: try row.get("procedure_code"),
            agency: try row.get("agency"),
            endedAt: try row.get("ended_at"),
            years: try row.get("keep_years"),
            source: try row.get("source"),
            files: try row.get("files"),
            erasedAt: try row.get("erased_at")
        )
    }
}
