// SPDX-License-Identifier: Apache-2.0

import Kernel
import Organisation
import Storage

/// The SQL of `staff_binding`.
enum StaffTable {
    static func find(_ officer: OfficerID, in transaction: Transaction) throws -> StaffBinding? {
        try transaction.first(
            """
            SELECT officer, issuer, subject, bound_at, confirmed_at FROM staff_binding WHERE officer = \(officer)
            """
        ).map(binding)
    }

    static func find(issuer: String, subject: String, in transaction: Transaction) throws -> StaffBinding? {
        try transaction.first(
            """
            SELECT officer, issuer, subject, bound_at, confirmed_at FROM staff_binding
            WHERE issuer = \(issuer) AND subject = \(subject)
            """
        ).map(binding)
    }

    /// False when the officer or the name is bound already.
    static func insert(_ binding: StaffBinding, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO staff_binding (officer, issuer, subject, bound_at, confirmed_at)
            VALUES (\(binding.officer), \(binding.issuer), \(binding.subject), \(binding.boundAt),
                \(binding.confirmedAt))
            ON CONFLICT DO NOTHING
            """
        ) == 1
    }

    /// False when there is none to confirm, or it was confirmed before.
    static func confirm(_ officer: OfficerID, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE staff_binding SET confirmed_at = \(now) WHERE officer = \(officer) AND confirmed_at IS NULL"
        ) == 1
    }

    /// After a reset only a code of the new app confirms again.
    static func forgetConfirmation(of officer: OfficerID, in transaction: Transaction) throws {
        let none: Instant? = nil
        try transaction.run("UPDATE staff_binding SET confirmed_at = \(none) WHERE officer = \(officer)")
    }

    /// False when there was none.
    static func remove(_ officer: OfficerID, in transaction: Transaction) throws -> Bool {
        try transaction.run("DELETE FROM staff_binding WHERE officer = \(officer)") == 1
    }

    private static func binding(_ row: ResultRow) throws -> StaffBinding {
        StaffBinding(
            officer: try row.get("officer"),
            issuer: try row.get("issuer"),
            subject: try row.get("subject"),
            boundAt: try row.get("bound_at"),
            confirmedAt: try row.get("confirmed_at")
        )
    }
}
