// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
public import Organisation
public import Storage

/// A request to let an officer begin anew: one administrator asks, another one approves.
public struct SignInReset: Sendable, Hashable {
    /// How far it is.
    public enum State: String, Sendable {
        /// Nobody has decided.
        case asked
        /// The code was given out.
        case approved
        /// Another administrator said no.
        case refused
        /// The officer used the code.
        case used
    }

    /// Our id of it.
    public var id: Identifier<SignInReset>
    /// Whose sign-in.
    public var officer: OfficerID
    /// The administrator who asked.
    public var askedBy: OfficerID
    /// Why.
    public var reason: String
    /// When it was asked.
    public var askedAt: Instant
    /// How far it is.
    public var state: State
    /// When it ends: undecided, or with its code unused.
    public var expiresAt: Instant
}

extension SignInReset.State: ColumnValue {}

/// The SQL of `officer_reset`.
enum ResetTable {
    private static let columns: Statement = "id, officer, asked_by, reason, asked_at, state, expires_at"

    static func insert(_ reset: SignInReset, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO officer_reset (id, officer, asked_by, reason, asked_at, state, code_digest, expires_at)
            VALUES (\(reset.id), \(reset.officer), \(reset.askedBy), \(reset.reason), \(reset.askedAt),
                \(reset.state), NULL, \(reset.expiresAt))
            """
        )
    }

    static func find(_ id: Identifier<SignInReset>, in transaction: Transaction) throws -> SignInReset? {
        try transaction.first("SELECT \(fragment: columns) FROM officer_reset WHERE id = \(id)").map(reset)
    }

    /// Those that wait for a decision, oldest first.
    static func asked(at now: Instant, in transaction: Transaction) throws -> [SignInReset] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM officer_reset WHERE state = 'asked' AND expires_at > \(now)
            ORDER BY asked_at, id
            """
        ).map(reset)
    }

    /// That of an officer which still leads somewhere; nil when there is none.
    static func open(of officer: OfficerID, at now: Instant, in transaction: Transaction) throws -> SignInReset? {
        try transaction.first(
            """
            SELECT \(fragment: columns) FROM officer_reset
            WHERE officer = \(officer) AND state IN ('asked', 'approved') AND expires_at > \(now)
            ORDER BY asked_at DESC, id
            """
        ).map(reset)
    }

    /// The one whose code this is.
    static func approved(_ code: Digest, of officer: OfficerID, at now: Instant, in transaction: Transaction) throws
        -> SignInReset?
    {
        try transaction.first(
            """
            SELECT \(fragment: columns) FROM officer_reset
            WHERE officer = \(officer) AND state = 'approved' AND code_digest = \(code) AND expires_at > \(now)
            """
        ).map(reset)
    }

    /// Moves on from a state; false when somebody else was faster.
    static func move(
        _ id: Identifier<SignInReset>,
        from state: SignInReset.State,
        to next: SignInReset.State,
        code: Digest? = nil,
        until expiresAt: Instant,
        in transaction: Transaction
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE officer_reset SET state = \(next), code_digest = \(code), expires_at = \(expiresAt)
            WHERE id = \(id) AND state = \(state)
            """
        ) == 1
    }

    private static func reset(_ row: ResultRow) throws -> SignInReset {
        SignInReset(
            id: try row.get("id"),
            officer: try row.get("officer"),
            askedBy: try row.get("asked_by"),
            reason: try row.get("reason"),
            askedAt: try row.get("asked_at"),
            state: try row.get("state"),
            expiresAt: try row.get("expires_at")
        )
    }
}
