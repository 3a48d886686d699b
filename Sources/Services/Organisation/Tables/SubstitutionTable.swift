// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// The SQL of `substitution`.
enum SubstitutionTable {
    private static let columns: Statement =
        "id, officer, substitute, agency, role, first_day, last_day, reason, ended_at"

    static func all(in transaction: Transaction) throws -> [Substitution] {
        try transaction.rows("SELECT \(fragment: columns) FROM substitution ORDER BY first_day, id").map(substitution)
    }

    static func insert(
        _ substitution: Substitution,
        by author: String,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO substitution (id, officer, substitute, agency, role, first_day, last_day, reason, named_by,
                created_at)
            VALUES (\(substitution.id), \(substitution.officer), \(substitution.substitute), \(substitution.agency),
                \(substitution.role.rawValue), \(substitution.firstDay), \(substitution.lastDay),
                \(substitution.reason), \(author), \(now))
            """
        )
    }

    /// False when it had ended before.
    static func end(_ id: SubstitutionID, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run("UPDATE substitution SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL") == 1
    }

    private static func substitution(_ row: ResultRow) throws -> Substitution {
        let word: String = try row.get("role")
        guard let role = Role(rawValue: word) else { throw StoreError.decoding(column: "role", reason: "no role") }
        return Substitution(
            id: try row.get("id"),
            officer: try row.get("officer"),
            substitute: try row.get("substitute"),
            agency: try row.get("agency"),
            role: role,
            firstDay: try row.get("first_day"),
            lastDay: try row.get("last_day"),
            reason: try row.get("reason"),
            endedAt: try row.get("ended_at")
        )
    }
}
