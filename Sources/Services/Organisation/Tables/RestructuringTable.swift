// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Kernel
import Storage

/// The SQL of `restructuring`.
enum RestructuringTable {
    private static let columns: Statement = "id, definition, state, refusal, planned_by, planned_at"

    static func insert(_ planned: PlannedRestructuring, in transaction: Transaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let definition = String(decoding: try encoder.encode(planned.plan), as: UTF8.self)
        try transaction.run(
            """
            INSERT INTO restructuring (id, day, definition, state, planned_by, planned_at)
            VALUES (\(planned.id), \(planned.plan.day), \(definition), \(planned.state.rawValue),
                \(planned.plannedBy), \(planned.plannedAt))
            """
        )
    }

    static func find(_ id: PlannedRestructuring.ID, in transaction: Transaction) throws -> PlannedRestructuring? {
        try transaction.first("SELECT \(fragment: columns) FROM restructuring WHERE id = \(id)").map(planned)
    }

    /// Those that wait or were refused, the nearest first, at most 100.
    static func standing(in transaction: Transaction) throws -> [PlannedRestructuring] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM restructuring WHERE state IN ('planned', 'refused')
            ORDER BY day, id LIMIT 100
            """
        ).map(planned)
    }

    /// Those whose day has come, in the order of their days.
    static func due(on today: LocalDate, in transaction: Transaction) throws -> [PlannedRestructuring] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM restructuring WHERE state = 'planned' AND day <= \(today)
            ORDER BY day, planned_at, id LIMIT 100
            """
        ).map(planned)
    }

    /// Ends a plan that waits; false when it waits no more.
    static func end(
        _ id: PlannedRestructuring.ID,
        as state: PlannedRestructuring.State,
        refusal: String? = nil,
        at now: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE restructuring SET state = \(state.rawValue), refusal = \(refusal), ended_at = \(now)
            WHERE id = \(id) AND (state = 'planned' OR (state = 'refused' AND \(state.rawValue) = 'cancelled'))
            """
        ) == 1
    }

    private static func planned(_ row: ResultRow) throws -> PlannedRestructuring {
        let definition: String = try row.get("definition")
        let word: String = try row.get("state")
        guard let state = PlannedRestructuring.State(rawValue: word) else {
            throw StoreError.decoding(column: "state", reason: "no state of a plan")
        }
        let plan: Restructuring
        do { plan = try JSONDecoder().decode(Restructuring.self, from: Data(definition.utf8)) } catch {
            throw StoreError.decoding(column: "definition", reason: "no plan of a merger: \(error)")
        }
        return PlannedRestructuring(
            id: try row.get("id"),
            plan: plan,
            state: state,
            refusal: try row.get("refusal"),
            plannedBy: try row.get("planned_by"),
            plannedAt: try row.get("planned_at")
        )
    }
}
