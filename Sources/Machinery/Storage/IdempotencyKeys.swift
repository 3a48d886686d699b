// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// The same key came with another body: a fault of the sender, to be answered with 409 and looked at.
public struct IdempotencyConflict: Presentable, Equatable {
    /// The conflict of a key that was used before.
    public init() {}

    public var code: String { "idempotency-key-reused" }
    public var status: Int { 409 }
    public var severity: Severity { .warning }
    public var publicDetail: String? {
        "Yêu cầu này đã được gửi trước đó với nội dung khác. Tải lại trang rồi gửi lại."
    }
}

/// The keys of commands from outside: the second arrival gets the first answer.
///
/// `claim`, the effect and `remember` stand in one transaction, so that a key without its effect cannot be. Only where
/// the effect is a command with a transaction of its own does the claim go first; then `takeOver` and `release` mend
/// what a crash or a refusal leaves.
public enum IdempotencyKeys {
    /// What a key says about its command.
    public enum Claim: Equatable, Sendable {
        /// The command is new: run it, then `remember` its answer.
        case first
        /// It was run before: give this answer again, byte for byte.
        case repeated(answer: [UInt8])
    }

    /// Claims a key within a scope, which names the sender and the command.
    ///
    /// - Throws: `IdempotencyConflict` when the key was used with another body; `StoreError`.
    public static func claim(
        scope: String,
        key: String,
        bodyDigest: Digest,
        now: Instant,
        in transaction: Transaction
    ) throws -> Claim {
        let inserted = try transaction.run(
            """
            INSERT INTO idempotency_key (scope, key, body_digest, answer, created_at)
            VALUES (\(scope), \(key), \(bodyDigest), \([UInt8]()), \(now))
            ON CONFLICT (scope, key) DO NOTHING
            """
        )
        if inserted == 1 { return .first }
        let row = try transaction.first(
            "SELECT body_digest, answer FROM idempotency_key WHERE scope = \(scope) AND key = \(key)"
        )
        guard let row else { throw StoreError.crossed }  // it was forgotten between the two statements
        guard try row.get("body_digest", as: Digest.self) == bodyDigest else { throw IdempotencyConflict() }
        return .repeated(answer: try row.get("answer"))
    }

    /// Keeps the answer of a command whose key was claimed in this transaction.
    public static func remember(
        scope: String,
        key: String,
        answer: [UInt8],
        in transaction: Transaction
    ) throws(StoreError) {
        try transaction.run(
            "UPDATE idempotency_key SET answer = \(answer) WHERE scope = \(scope) AND key = \(key)"
        )
    }

    // MARK: - Commands that open transactions of their own

    /// Takes over a key whose command was begun before `moment` and never answered, as after a crash.
    ///
    /// - Returns: whether it is the caller's now; false when the command was answered, or may still be running.
    public static func takeOver(
        scope: String,
        key: String,
        begunBefore moment: Instant,
        now: Instant,
        in transaction: Transaction
    ) throws(StoreError) -> Bool {
        try transaction.run(
            """
            UPDATE idempotency_key SET created_at = \(now)
            WHERE scope = \(scope) AND key = \(key) AND answer = \([UInt8]()) AND created_at < \(moment)
            """
        ) == 1
    }

    /// Gives a key back whose command was refused, so that it changed nothing; a remembered answer stays.
    public static func release(scope: String, key: String, in transaction: Transaction) throws(StoreError) {
        try transaction.run(
            "DELETE FROM idempotency_key WHERE scope = \(scope) AND key = \(key) AND answer = \([UInt8]())"
        )
    }

    /// Forgets keys from before this moment; how many.
    @discardableResult
    public static func forget(before moment: Instant, in transaction: Transaction) throws(StoreError) -> Int {
        try transaction.run("DELETE FROM idempotency_key WHERE created_at < \(moment)")
    }
}
