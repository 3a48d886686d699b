// SPDX-License-Identifier: Apache-2.0

import Kernel
import Organisation
import Storage

/// The SQL of `access_record` and `access_statement`.
enum AccessTable {
    private static let columns: Statement =
        "id, at, officer, agency, unit, role, account, dossier, part, item, purpose, words"

    // MARK: - Records

    static func insert(_ record: AccessRecord, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO access_record (id, at, officer, agency, unit, role, account, dossier, part, item, purpose,
                words)
            VALUES (\(record.id), \(record.at), \(record.officer), \(record.agency), \(record.unit),
                \(record.role?.rawValue), \(record.account), \(record.dossier), \(record.part.rawValue),
                \(record.item), \(record.reason.purpose.rawValue), \(record.reason.words))
            """
        )
    }

    /// The newest ones first.
    static func records(
        to account: AccountID,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [AccessRecord] {
        try transaction.rows(toStatement(account, after: after, limit: limit)).map(record)
    }

    static func toStatement(_ account: AccountID, after: Keyset?, limit: Int) -> Statement {
        list(where: ["account = \(account)"], after: after, limit: limit)
    }

    static func records(
        _ filter: AccessFilter,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [AccessRecord] {
        try transaction.rows(auditStatement(filter, after: after, limit: limit)).map(record)
    }

    static func auditStatement(_ filter: AccessFilter, after: Keyset?, limit: Int) -> Statement {
        var conditions: [Statement] = ["agency IN (\(list: filter.agencies))"]
        if let officer = filter.officer { conditions.append("officer = \(officer)") }
        if let dossier = filter.dossier { conditions.append("dossier = \(dossier)") }
        if let purpose = filter.purpose { conditions.append("purpose = \(purpose.rawValue)") }
        if let from = filter.from { conditions.append("at >= \(from)") }
        if let before = filter.before { conditions.append("at < \(before)") }
        return list(where: conditions, after: after, limit: limit)
    }

    private static func list(where conditions: [Statement], after: Keyset?, limit: Int) -> Statement {
        var conditions = conditions
        if let after, let moment = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(at, id) < (\(moment), \(after.id))")
        }
        return """
            SELECT \(fragment: columns) FROM access_record WHERE \(fragment: conditions.joined(" AND "))
            ORDER BY at DESC, id DESC LIMIT \(limit)
            """
    }

    static func keyset(_ record: AccessRecord) -> Keyset {
        Keyset(values: ["\(record.at.microseconds)"], id: record.id.rawValue)
    }

    /// Dossiers among these whose page the officer has opened; a line of a search does not count.
    static func opened(_ dossiers: [String], by officer: OfficerID, in transaction: Transaction) throws -> Set<String> {
        let rows = try transaction.rows(
            """
            SELECT DISTINCT dossier FROM access_record
            WHERE officer = \(officer) AND dossier IN (\(list: dossiers)) AND part <> 'search'
            """
        )
        return Set(try rows.map { try $0.get("dossier") })
    }

    /// Why the officer opened the dossier last, since a moment; nil when she did not.
    static func lastReason(
        of officer: OfficerID,
        for dossier: String,
        since moment: Instant,
        in transaction: Transaction
    ) throws -> AccessReason? {
        try transaction.first(
            """
            SELECT purpose, words FROM access_record
            WHERE officer = \(officer) AND dossier = \(dossier) AND at >= \(moment) AND part <> 'search'
            ORDER BY at DESC, id DESC LIMIT 1
            """
        ).map(reason)
    }

    // MARK: - Statements

    static func state(
        _ reason: AccessReason,
        isUnmasking: Bool,
        by officer: OfficerID,
        for dossier: String,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO access_statement (officer, dossier, purpose, words, is_unmasking, stated_at)
            VALUES (\(officer), \(dossier), \(reason.purpose.rawValue), \(reason.words ?? ""), \(isUnmasking), \(now))
            ON CONFLICT (officer, dossier, is_unmasking) DO UPDATE SET purpose = excluded.purpose,
                words = excluded.words, stated_at = excluded.stated_at
            """
        )
    }

    static func stated(
        isUnmasking: Bool,
        by officer: OfficerID,
        for dossier: String,
        since moment: Instant,
        in transaction: Transaction
    ) throws -> AccessReason? {
        try transaction.first(
            """
            SELECT purpose, words FROM access_statement
            WHERE officer = \(officer) AND dossier = \(dossier) AND is_unmasking = \(isUnmasking)
                AND stated_at >= \(moment)
            """
        ).map(reason)
    }

    static func forgetStatements(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM access_statement WHERE stated_at < \(moment)")
    }

    // MARK: - Inside

    private static func reason(_ row: ResultRow) throws -> AccessReason {
        let purpose: String = try row.get("purpose")
        guard let known = AccessPurpose(rawValue: purpose) else {
            throw StoreError.decoding(column: "purpose", reason: "no purpose of ours")
        }
        let words: String? = try row.get("words")
        return AccessReason(known, words: words)
    }

    private static func record(_ row: ResultRow) throws -> AccessRecord {
        let part: String = try row.get("part")
        guard let known = AccessedPart(rawValue: part) else {
            throw StoreError.decoding(column: "part", reason: "no part of ours")
        }
        let role: String? = try row.get("role")
        return AccessRecord(
            id: try row.get("id"),
            at: try row.get("at"),
            officer: try row.get("officer"),
            agency: try row.get("agency"),
            unit: try row.get("unit"),
            role: role.flatMap { Role(rawValue: $0) },
            account: try row.get("account"),
            dossier: try row.get("dossier"),
            part: known,
            item: try row.get("item"),
            reason: try reason(row)
        )
    }
}
