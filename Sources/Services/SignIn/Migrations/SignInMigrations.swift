// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum SignInMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [attempts, phoneCodes]

    /// Codes sent to telephones, and what their limits count; numbers, accounts and addresses as keyed digests.
    private static let phoneCodes = Migration(
        id: "sign-in-0002-phone-codes",
        statements: [
            """
            CREATE TABLE phone_code (
                id TEXT NOT NULL PRIMARY KEY,
                browser_digest BYTES NOT NULL,
                phone_digest BYTES NOT NULL,
                account TEXT REFERENCES account (id) ON DELETE CASCADE,
                is_shared BOOL NOT NULL,
                tries INT64 NOT NULL CHECK (tries BETWEEN 0 AND 5),
                return_to TEXT NOT NULL,
                expires_at INT64 NOT NULL,
                used_at INT64
            )
            """,
            "CREATE UNIQUE INDEX phone_code_browser ON phone_code (browser_digest)",
            "CREATE INDEX phone_code_phone ON phone_code (phone_digest)",
            "CREATE INDEX phone_code_expires ON phone_code (expires_at)",
            """
            CREATE TABLE phone_count (
                id TEXT NOT NULL PRIMARY KEY,
                scope TEXT NOT NULL,
                subject BYTES NOT NULL,
                at INT64 NOT NULL
            )
            """,
            "CREATE INDEX phone_count_subject ON phone_count (scope, subject, at)",
            "CREATE INDEX phone_count_at ON phone_count (at)",
        ]
    )

    private static let attempts = Migration(
        id: "sign-in-0001-attempts",
        statements: [
            // A citizen on the way to the identity service and back. Secrets of the browser as digests alone.
            """
            CREATE TABLE sign_in_attempt (
                state_digest BYTES NOT NULL PRIMARY KEY,
                browser_digest BYTES NOT NULL,
                nonce TEXT NOT NULL,
                verifier TEXT NOT NULL,
                return_to TEXT NOT NULL,
                expires_at INT64 NOT NULL,
                used_at INT64
            )
            """,
            "CREATE INDEX sign_in_attempt_expires ON sign_in_attempt (expires_at)",
            """
            CREATE TABLE officer_password (
                officer TEXT NOT NULL PRIMARY KEY REFERENCES officer (id),
                phc TEXT NOT NULL,
                changed_at INT64 NOT NULL
            )
            """,
            // Tries that count towards a lock; names and addresses as digests, removed when they no longer count.
            """
            CREATE TABLE password_try (
                id TEXT NOT NULL PRIMARY KEY,
                name_digest BYTES NOT NULL,
                client_digest BYTES NOT NULL,
                at INT64 NOT NULL
            )
            """,
            "CREATE INDEX password_try_name ON password_try (name_digest, at)",
            "CREATE INDEX password_try_client ON password_try (client_digest, at)",
            "CREATE INDEX password_try_at ON password_try (at)",
        ]
    )
}
