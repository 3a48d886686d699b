// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Organisation
import Storage

/// The lists over `dossier`. Every list is filtered by the SQL face of a policy.
enum WorkListTable {
    /// The piles are read side by side, each in the order of its index, so that a page costs what it shows, however
    /// much is open: one condition over all piles would sort everything in them.
    static func rows(
        _ actor: Actor,
        _ queues: [WorkQueue],
        search: String,
        after: Keyset?,
        limit: Int,
        within policy: Policy<DossierState>? = nil,
        in transaction: Transaction
    ) throws -> [WorkListRow] {
        let rule = { (queue: WorkQueue) in (policy ?? DossierPolicies.pile(queue, of: actor)).filter(actor) }
        var conditions: [Statement] = []
        if let found = condition(of: search) { conditions.append(found) }
        if let after, let urgent = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(dossier.urgent_at, dossier.id) > (\(urgent), \(after.id))")
        }
        let order: Statement = " ORDER BY urgent_at, id LIMIT \(limit)"
        let piles = queues.map { queue -> Statement in
            let pile: Statement = """
                SELECT dossier.id AS id, dossier.code AS code, dossier.applicant AS applicant,
                    dossier.procedure_code AS procedure_code, dossier.pack_version AS pack_version,
                    dossier.step AS step, dossier_personal.full_name AS full_name,
                    dossier.submitted_at AS submitted_at, dossier.due_at AS due_at,
                    dossier.paused_since AS paused_since, dossier.queue AS queue, dossier.status AS status,
                    dossier.version AS version, dossier.urgent_at AS urgent_at,
                    dossier.assignee AS assignee
                FROM dossier JOIN dossier_personal ON dossier_personal.dossier = dossier.id
                WHERE \(fragment: ([rule(queue)] + conditions).joined(" AND "))
                    AND dossier.queue = \(queue.rawValue)
                """
            // SQLite merges piles by itself; PostgreSQL wants to be told that each has its order and its end.
            return transaction.engine == .sqlite ? pile : "SELECT * FROM (\(fragment: pile)\(fragment: order)) AS pile"
        }
        return try transaction.rows(piles.joined(" UNION ALL ") + order).map(row)
    }

    /// How much lies in each pile, and how many questions wait for the actor's opinion: one statement.
    static func counts(
        _ actor: Actor,
        in transaction: Transaction
    ) throws -> (queues: [WorkQueue: Int], consultations: Int) {
        // The rule speaks of the agency of a dossier; a pile is of that agency, and answers to its name.
        let answer = try transaction.rows(
            """
            SELECT dossier.queue AS queue, dossier.total AS total FROM dossier_pile AS dossier
            WHERE \(fragment: DossierPolicies.work.filter(actor)) AND dossier.total > 0
            UNION ALL SELECT 'consultation' AS queue, COUNT(*) AS total FROM dossier_consultation
            WHERE \(fragment: ConsultationPolicies.open.filter(actor))
            """
        )
        var counts: [String: Int] = [:]
        for row in answer {
            counts[try row.get("queue")] = try row.get("total", as: Int.self)
        }
        let queues = WorkQueue.allCases.compactMap { queue -> (WorkQueue, Int)? in
            counts[queue.rawValue].flatMap { $0 > 0 ? (queue, $0) : nil }
        }
        return (Dictionary(uniqueKeysWithValues: queues), counts["consultation"] ?? 0)
    }

    /// What lies with each officer of the actor's unit, and with nobody.
    static func loads(
        _ actor: Actor,
        _ queues: [WorkQueue],
        at now: Instant,
        in transaction: Transaction
    ) throws -> [OfficerID?: OfficerLoad] {
        let rows = try transaction.rows(
            """
            SELECT dossier.assignee AS assignee, COUNT(*) AS total,
                SUM(CASE WHEN dossier.due_at < \(now) AND dossier.paused_since IS NULL THEN 1 ELSE 0 END) AS overdue
            FROM dossier
            WHERE \(fragment: DossierPolicies.unitWork.filter(actor)) AND dossier.queue IN (\(list: queues.map(\.rawValue)))
            GROUP BY dossier.assignee
            """
        )
        var loads: [OfficerID?: OfficerLoad] = [:]
        for row in rows {
            let (open, overdue): (Int, Int) = (try row.get("total"), try row.get("overdue"))
            loads[try row.get("assignee", as: OfficerID?.self)] = OfficerLoad(open: open, overdue: overdue)
        }
        return loads
    }

    /// How many open dossiers each officer of an agency has by name.
    static func openCounts(of agency: AgencyCode?, in transaction: Transaction) throws -> [OfficerID: Int] {
        let rows = try transaction.rows(
            """
            SELECT assignee, COUNT(*) AS total FROM dossier
            WHERE assignee IS NOT NULL AND agency = \(agency) AND queue <> \(WorkQueue.ended.rawValue)
            GROUP BY assignee
            """
        )
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (try $0.get("assignee"), try $0.get("total")) }
        )
    }

    static func dossiers(of actor: Actor, in transaction: Transaction) throws -> [DossierState] {
        try transaction.rows(
            """
            SELECT \(fragment: DossierTable.columns) FROM dossier
            WHERE \(fragment: DossierPolicies.applicant.filter(actor))
            ORDER BY dossier.submitted_at DESC, dossier.id DESC LIMIT 200
            """
        ).map(DossierTable.state)
    }

    /// What an actor may follow, newest first.
    ///
    /// One face of the policy at a time, so that each question goes by its index: (applicant or agency, submitted_at,
    /// id).
    static func followed(
        by actor: Actor,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [DossierState] {
        try transaction.rows(followedStatement(by: actor, after: after, limit: limit)).map(DossierTable.state)
    }

    static func followedStatement(by actor: Actor, after: Keyset?, limit: Int) -> Statement {
        let policy = actor.kind == .partner ? DossierPolicies.partnerOfAgency : DossierPolicies.applicant
        var conditions: [Statement] = [policy.filter(actor)]
        if let after, let moment = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(dossier.submitted_at, dossier.id) < (\(moment), \(after.id))")
        }
        return """
            SELECT \(fragment: DossierTable.columns) FROM dossier
            WHERE \(fragment: conditions.joined(" AND "))
            ORDER BY dossier.submitted_at DESC, dossier.id DESC LIMIT \(limit)
            """
    }

    static func followedKeyset(_ state: DossierState) -> Keyset {
        Keyset(values: ["\(state.submittedAt.microseconds)"], id: state.id.rawValue)
    }

    static func tracked(
        _ code: DossierCode,
        in transaction: Transaction
    ) throws -> (state: DossierState, slipSecret: String, erasedAt: Instant?)? {
        try transaction.first(
            """
            SELECT \(fragment: DossierTable.columns), dossier.slip_secret,
                (SELECT erased_at FROM dossier_erasure WHERE dossier_erasure.dossier = dossier.id) AS erased_at
            FROM dossier WHERE dossier.code = \(code)
            """
        ).map { (try DossierTable.state($0), try $0.get("slip_secret"), try $0.get("erased_at")) }
    }

    static func keyset(_ row: WorkListRow) -> Keyset {
        Keyset(values: ["\((row.dueAt ?? row.submittedAt).microseconds)"], id: row.id.rawValue)
    }

    private static func condition(of search: String) -> Statement? {
        let text = VietnameseText.tidy(search)
        guard !text.isEmpty else { return nil }
        if let code = DossierCode(text) { return "dossier.code = \(code)" }
        // Names hold no % or _ of their own that a searcher would mean.
        let folded = VietnameseText.fold(text).filter { $0 != "%" && $0 != "_" && $0 != "\\" }
        return "dossier_personal.folded_name LIKE \("%\(folded.prefix(60))%")"
    }

    private static func row(_ row: ResultRow) throws -> WorkListRow {
        let status: Int = try row.get("status")
        guard let known = DossierStatus(rawValue: status) else {
            throw StoreError.decoding(column: "status", reason: "no national status")
        }
        let paused: Instant? = try row.get("paused_since")
        let procedure: String = try row.get("procedure_code")
        return WorkListRow(
            id: try row.get("id"),
            code: try row.get("code"),
            applicant: try row.get("applicant"),
            procedure: procedure,
            procedureName: procedure,
            applicantName: try row.get("full_name"),
            submittedAt: try row.get("submitted_at"),
            dueAt: try row.get("due_at"),
            isPaused: paused != nil,
            queue: try row.get("queue"),
            status: known,
            version: try row.get("version"),
            packVersion: try row.get("pack_version"),
            step: try row.get("step"),
            assignee: try row.get("assignee")
        )
    }
}
