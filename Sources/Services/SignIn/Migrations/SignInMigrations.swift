// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum SignInMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [attempts, phoneCodes, secondFactor, passkeys, resets, staff]

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

    private static let secondFactor = Migration(
        id: "sign-in-0003-second-factor",
        statements: [
            // The secret of the app, encrypted with the installation's key; the step is the last one used.
            """
            CREATE TABLE officer_time_code (
                officer TEXT NOT NULL PRIMARY KEY REFERENCES officer (id),
                sealed_secret BYTES NOT NULL,
                last_step INT64 NOT NULL,
                enrolled_at INT64 NOT NULL
            )
            """,
            // As codes keyed with the installation's key; the codes themselves are shown once.
            """
            CREATE TABLE officer_recovery_code (
                digest BYTES NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                used_at INT64
            )
            """,
            "CREATE INDEX officer_recovery_code_officer ON officer_recovery_code (officer)",
            // Wrong codes in a row.
            """
            CREATE TABLE officer_guess (
                officer TEXT NOT NULL PRIMARY KEY REFERENCES officer (id),
                wrong INT64 NOT NULL,
                locked_until INT64 NOT NULL
            )
            """,
            // An officer between the right password and the session.
            """
            CREATE TABLE officer_sign_in (
                digest BYTES NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                method TEXT,
                sealed_secret BYTES,
                expires_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX officer_sign_in_expires ON officer_sign_in (expires_at)",
            // A password that somebody else chose: to be replaced by the officer before this moment.
            "ALTER TABLE officer_password ADD COLUMN initial_until INT64",
        ]
    )

    private static let passkeys = Migration(
        id: "sign-in-0004-passkeys",
        statements: [
            """
            CREATE TABLE officer_passkey (
                id TEXT NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                credential BYTES NOT NULL,
                public_key BYTES NOT NULL,
                sign_count INT64 NOT NULL,
                name TEXT NOT NULL,
                created_at INT64 NOT NULL,
                used_at INT64
            )
            """,
            "CREATE UNIQUE INDEX officer_passkey_credential ON officer_passkey (credential)",
            "CREATE INDEX officer_passkey_officer ON officer_passkey (officer)",
            // Questions that were answered, until they would have ended anyway.
            """
            CREATE TABLE passkey_challenge (
                digest BYTES NOT NULL PRIMARY KEY,
                expires_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX passkey_challenge_expires ON passkey_challenge (expires_at)",
        ]
    )

    private static let resets = Migration(
        id: "sign-in-0005-resets",
        statements: [
            """
            CREATE TABLE officer_reset (
                id TEXT NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                asked_by TEXT NOT NULL REFERENCES officer (id),
                reason TEXT NOT NULL,
                asked_at INT64 NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'used')),
                code_digest BYTES,
                expires_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX officer_reset_officer ON officer_reset (officer, state)",
            "CREATE INDEX officer_reset_state ON officer_reset (state, asked_at)",
        ]
    )

    /// Officers' names at the identity service of the authority's own staff.
    private static let staff = Migration(
        id: "sign-in-0006-staff",
        statements: [
            """
            CREATE TABLE staff_binding (
                officer TEXT NOT NULL PRIMARY KEY REFERENCES officer (id),
                issuer TEXT NOT NULL,
                subject TEXT NOT NULL,
                bound_at INT64 NOT NULL,
                confirmed_at INT64
            )
            """,
            "CREATE UNIQUE INDEX staff_binding_subject ON staff_binding (issuer, subject)",
            // How the sign-in began, where it was not by name and password.
            "ALTER TABLE officer_sign_in ADD COLUMN began_by TEXT",
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
