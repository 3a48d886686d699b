// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage

/// How many open dossiers lie in each pile of each agency, kept with every move: a work list shows the counts of all
/// its piles, and must not cost more where more is open.
enum PileTable {
    /// A pile of an agency.
    typealias Place = (agency: AgencyCode, queue: WorkQueue)

    /// A dossier leaves one pile for another: nil before its submission. What is over is not counted.
    static func move(from before: Place?, to after: Place, in transaction: Transaction) throws {
        if let before, before == after { return }
        if let before { try add(-1, to: before, in: transaction) }
        try add(1, to: after, in: transaction)
    }

    private static func add(_ delta: Int, to place: Place, in transaction: Transaction) throws {
        guard place.queue != .ended else { return }
        try transaction.run(
            """
            INSERT INTO dossier_pile (agency, queue, total) VALUES (\(place.agency), \(place.queue.rawValue), \(delta))
            ON CONFLICT (agency, queue) DO UPDATE SET total = dossier_pile.total + excluded.total
            """
        )
    }

    /// Counts all piles again.
    static func recount(in transaction: Transaction) throws {
        try transaction.run("DELETE FROM dossier_pile")
        try transaction.run("INSERT INTO dossier_pile (agency, queue, total) \(fragment: counted)")
    }

    /// The piles whose kept count is not what lies in them: `agency queue`.
    static func differences(in transaction: Transaction) throws -> [String] {
        try transaction.rows(
            """
            SELECT agency, queue FROM (
                SELECT agency, queue, total FROM dossier_pile WHERE total <> 0
                UNION ALL SELECT agency, queue, -total FROM (\(fragment: counted)) AS counted
            ) AS compared GROUP BY agency, queue HAVING SUM(total) <> 0 ORDER BY agency, queue
            """
        ).map { "\(try $0.get("agency", as: String.self)) \(try $0.get("queue", as: String.self))" }
    }

    private static let counted: Statement = """
        SELECT agency, queue, COUNT(*) AS total FROM dossier WHERE queue <> 'ended' GROUP BY agency, queue
        """
}
