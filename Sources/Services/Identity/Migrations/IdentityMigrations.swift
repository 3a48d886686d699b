// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum IdentityMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [
        accounts, accessByOfficer, partners, accessParts, ownContacts, devices, officerSessions,
        RepresentationMigrations.representations, sessionGeneration, sessionDoor,
    ]

    /// Which listener a session opens. Officers who were signed in at administration's own sign in there once more.
    private static let sessionDoor = Migration(
        id: "identity-0032-session-door",
        statements: ["ALTER TABLE session ADD COLUMN door TEXT NOT NULL DEFAULT 'portal'"]
    )

    /// Grows with whatever ends or changes a session, so that what a node remembers of sessions knows its age.
    private static let sessionGeneration = Migration(
        id: "identity-0031-session-generation",
        statements: [
            """
            CREATE TABLE session_generation (
                id INT64 NOT NULL PRIMARY KEY CHECK (id = 1),
                generation INT64 NOT NULL
            )
            """,
            "INSERT INTO session_generation (id, generation) VALUES (1, 1)",
        ]
    )

    /// When an officer last proved herself in a session; it goes with the session.
    private static let officerSessions = Migration(
        id: "identity-0007-officer-sessions",
        statements: [
            """
            CREATE TABLE officer_session (
                digest TEXT PRIMARY KEY REFERENCES session (digest) ON DELETE CASCADE,
                proved_at INT64 NOT NULL
            )
            """
        ]
    )

    private static let partners = Migration(
        id: "identity-0003-partners",
        statements: [
            """
            CREATE TABLE partner (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                agency TEXT NOT NULL,
                scopes TEXT NOT NULL,
                secret_digest TEXT NOT NULL,
                created_at INT64 NOT NULL,
                disabled_at INT64
            )
            """,
            """
            CREATE TABLE partner_token (
                digest TEXT PRIMARY KEY,
                partner TEXT NOT NULL REFERENCES partner (id),
                scopes TEXT NOT NULL,
                issued_at INT64 NOT NULL,
                expires_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX partner_token_partner ON partner_token (partner)",
            "CREATE INDEX partner_token_expires_at ON partner_token (expires_at)",
        ]
    )

    /// What was looked at, in which capacity and why; and the purposes that officers stated before they looked.
    private static let accessParts = Migration(
        id: "identity-0004-access-parts",
        statements: [
            "ALTER TABLE access_record ADD COLUMN role TEXT",
            "ALTER TABLE access_record ADD COLUMN part TEXT NOT NULL DEFAULT 'page'",
            "ALTER TABLE access_record ADD COLUMN item TEXT",
            "ALTER TABLE access_record ADD COLUMN words TEXT",
            // The one purpose of earlier releases, as it was written then.
            "UPDATE access_record SET purpose = 'handling'",
            "CREATE INDEX access_record_agency ON access_record (agency, at, id)",
            "CREATE INDEX access_record_dossier ON access_record (dossier, at, id)",
            """
            CREATE TABLE access_statement (
                officer TEXT NOT NULL,
                dossier TEXT NOT NULL,
                purpose TEXT NOT NULL,
                words TEXT NOT NULL,
                is_unmasking BOOL NOT NULL,
                stated_at INT64 NOT NULL,
                PRIMARY KEY (officer, dossier, is_unmasking)
            )
            """,
            "CREATE INDEX access_statement_stated_at ON access_statement (stated_at)",
        ]
    )

    /// What a person corrected herself stands over what the identity service says.
    private static let ownContacts = Migration(
        id: "identity-0005-own-contacts",
        statements: ["ALTER TABLE account ADD COLUMN own_phone TEXT", "ALTER TABLE account ADD COLUMN own_email TEXT"]
    )

    /// What a session is known by in the list of devices, and who has a telephone number.
    private static let devices = Migration(
        id: "identity-0006-devices",
        statements: [
            "ALTER TABLE session ADD COLUMN device TEXT",
            "CREATE INDEX account_phone ON account (phone)",
        ]
    )

    private static let accounts = Migration(
        id: "identity-0001-accounts",
        statements: [
            """
            CREATE TABLE account (
                id TEXT PRIMARY KEY,
                subject TEXT NOT NULL,
                full_name TEXT NOT NULL,
                national_id TEXT NOT NULL,
                birth_date TEXT,
                sex TEXT,
                address TEXT,
                phone TEXT,
                email TEXT,
                assurance INT64 NOT NULL,
                created_at INT64 NOT NULL,
                confirmed_at INT64 NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX account_subject ON account (subject)",
            "CREATE UNIQUE INDEX account_national_id ON account (national_id)",
            """
            CREATE TABLE session (
                digest TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('citizen', 'officer')),
                subject TEXT NOT NULL,
                authentication TEXT NOT NULL,
                assurance INT64 NOT NULL,
                started_at INT64 NOT NULL,
                seen_at INT64 NOT NULL,
                ends_at INT64 NOT NULL,
                absolute_end_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX session_subject ON session (subject)",
            "CREATE INDEX session_ends_at ON session (ends_at)",
            """
            CREATE TABLE access_record (
                id TEXT PRIMARY KEY,
                at INT64 NOT NULL,
                officer TEXT NOT NULL,
                agency TEXT NOT NULL,
                unit TEXT NOT NULL,
                account TEXT NOT NULL,
                dossier TEXT NOT NULL,
                purpose TEXT NOT NULL
            )
            """,
            "CREATE INDEX access_record_account ON access_record (account, at, id)",
        ]
    )

    /// For what an officer has opened before.
    private static let accessByOfficer = Migration(
        id: "identity-0002-access-by-officer",
        statements: ["CREATE INDEX access_record_officer ON access_record (officer, dossier)"]
    )
}
