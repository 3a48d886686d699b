// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// The SQL of `officer`.
enum OfficerTable {
    static func all(in transaction: Transaction) throws -> [Officer] {
        try transaction.rows("SELECT \(fragment: columns) FROM officer ORDER BY id").map(officer)
    }

    static func find(_ id: OfficerID, in transaction: Transaction) throws -> Officer? {
        try transaction.first("SELECT \(fragment: columns) FROM officer WHERE id = \(id)").map(officer)
    }

    /// False when the id or the name for signing in is taken.
    static func insert(_ officer: Officer, at now: Instant, in transaction: Transaction) throws -> Bool {
        let inserted = try transaction.run(
            """
            INSERT INTO officer (\(fragment: columns), created_at)
            VALUES (\(officer.id), \(officer.loginName), \(officer.agency), \(officer.unit), \(officer.fullName),
                \(officer.position), \(officer.email), \(text(of: officer.roles)), \(officer.isActive), \(now))
            ON CONFLICT DO NOTHING
            """
        )
        return inserted == 1
    }

    static func disable(_ id: OfficerID, at now: Instant, in transaction: Transaction) throws {
        try transaction.run("UPDATE officer SET is_active = \(false), disabled_at = \(now) WHERE id = \(id)")
    }

    static func setRoles(_ roles: Set<Role>, of id: OfficerID, in transaction: Transaction) throws {
        try transaction.run("UPDATE officer SET roles = \(text(of: roles)) WHERE id = \(id)")
    }

    static func move(
        _ id: OfficerID,
        to agency: AgencyCode,
        unit: OrgUnitID,
        in transaction: Transaction
    ) throws {
        try transaction.run("UPDATE officer SET agency = \(agency), unit = \(unit) WHERE id = \(id)")
    }

    private static let columns: Statement =
        "id, login_name, agency, unit, full_name, position, email, roles, is_active"

    private static func text(of roles: Set<Role>) -> String {
        roles.map(\.rawValue).sorted().joined(separator: " ")
    }

    private static func officer(_ row: ResultRow) throws -> Officer {
        let words: String = try row.get("roles")
        return Officer(
            id: try row.get("id"),
            loginName: try row.get("login_name"),
            agency: try row.get("agency"),
            unit: try row.get("unit"),
            fullName: try row.get("full_name"),
            position: try row.get("position"),
            email: try row.get("email"),
            // A role that a newer release wrote gives nothing here.
            roles: Set(words.split(separator: " ").compactMap { Role(rawValue: String($0)) }),
            isActive: try row.get("is_active")
        )
    }
}
