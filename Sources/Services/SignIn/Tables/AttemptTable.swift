// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// A citizen's sign-in between leaving and coming back.
struct SignInAttempt: Sendable {
    var stateDigest: Digest
    var browserDigest: Digest
    var nonce: String
    var verifier: String
    var returnTo: String
    var expiresAt: Instant
    var usedAt: Instant?
}

/// The SQL of `sign_in_attempt`.
enum AttemptTable {
    static func insert(_ attempt: SignInAttempt, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO sign_in_attempt (state_digest, browser_digest, nonce, verifier, return_to, expires_at, used_at)
            VALUES (\(attempt.stateDigest), \(attempt.browserDigest), \(attempt.nonce), \(attempt.verifier),
                \(attempt.returnTo), \(attempt.expiresAt), \(attempt.usedAt))
            """
        )
    }

    static func find(_ stateDigest: Digest, in transaction: Transaction) throws -> SignInAttempt? {
        try transaction.first(
            """
            SELECT state_digest, browser_digest, nonce, verifier, return_to, expires_at, used_at FROM sign_in_attempt
            WHERE state_digest = \(stateDigest)
            """
        ).map { row in
            SignInAttempt(
                stateDigest: try row.get("state_digest"),
                browserDigest: try row.get("browser_digest"),
                nonce: try row.get("nonce"),
                verifier: try row.get("verifier"),
                returnTo: try row.get("return_to"),
                expiresAt: try row.get("expires_at"),
                usedAt: try row.get("used_at")
            )
        }
    }

    /// False when somebody else was faster.
    static func use(_ stateDigest: Digest, at now: Instant, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            "UPDATE sign_in_attempt SET used_at = \(now) WHERE state_digest = \(stateDigest) AND used_at IS NULL"
        ) == 1
    }

    /// Removes attempts that ended before this moment; the number removed.
    static func removeEnded(before moment: Instant, in transaction: Transaction) throws -> Int {
        try transaction.run("DELETE FROM sign_in_attempt WHERE expires_at < \(moment)")
    }
}
