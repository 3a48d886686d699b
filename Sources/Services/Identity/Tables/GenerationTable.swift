// SPDX-License-Identifier: Apache-2.0

import Storage

/// The SQL of `session_generation`: one number that grows with whatever ends or changes a session, an account or an
/// authority. The statements that do so call it themselves, so that no command can forget to.
enum GenerationTable {
    /// As a column of somebody else's statement.
    static let column: Statement =
        "(SELECT generation FROM session_generation WHERE id = 1) AS session_generation"

    static func advance(in transaction: Transaction) throws {
        transaction.markChange()
        try transaction.run("UPDATE session_generation SET generation = generation + 1 WHERE id = 1")
    }
}
