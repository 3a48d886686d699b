// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum OrganisationMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [agencies, restructuring, calendars, substitutions]

    private static let substitutions = Migration(
        id: "organisation-0004-substitutions",
        statements: [
            """
            CREATE TABLE substitution (
                id TEXT NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                substitute TEXT NOT NULL REFERENCES officer (id),
                agency TEXT NOT NULL REFERENCES agency (code),
                role TEXT NOT NULL,
                first_day TEXT NOT NULL,
                last_day TEXT NOT NULL,
                reason TEXT NOT NULL,
                named_by TEXT NOT NULL,
                created_at INT64 NOT NULL,
                ended_at INT64,
                CHECK (first_day <= last_day),
                CHECK (officer <> substitute)
            )
            """
        ]
    )

    private static let agencies = Migration(
        id: "organisation-0001-agencies",
        statements: [
            // Grows with every change, so that what is kept in memory knows its age.
            """
            CREATE TABLE organisation_version (
                id INT64 NOT NULL PRIMARY KEY CHECK (id = 1),
                version INT64 NOT NULL
            )
            """,
            "INSERT INTO organisation_version (id, version) VALUES (1, 1)",
            """
            CREATE TABLE work_calendar (
                version TEXT NOT NULL PRIMARY KEY,
                definition TEXT NOT NULL,
                created_at INT64 NOT NULL
            )
            """,
            """
            CREATE TABLE agency (
                code TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('peoplesCommittee', 'department', 'police')),
                level TEXT NOT NULL CHECK (level IN ('ministry', 'province', 'district', 'commune')),
                parent TEXT REFERENCES agency (code),
                territory TEXT,
                place TEXT NOT NULL,
                valid_from TEXT,
                valid_to TEXT,
                successor TEXT REFERENCES agency (code),
                calendar_version TEXT REFERENCES work_calendar (version)
            )
            """,
            "CREATE INDEX agency_parent ON agency (parent)",
            """
            CREATE TABLE org_unit (
                id TEXT NOT NULL PRIMARY KEY,
                agency TEXT NOT NULL REFERENCES agency (code),
                name TEXT NOT NULL,
                is_one_stop_desk BOOL NOT NULL
            )
            """,
            "CREATE INDEX org_unit_agency ON org_unit (agency)",
            """
            CREATE TABLE officer (
                id TEXT NOT NULL PRIMARY KEY,
                login_name TEXT NOT NULL,
                agency TEXT NOT NULL REFERENCES agency (code),
                unit TEXT NOT NULL REFERENCES org_unit (id),
                full_name TEXT NOT NULL,
                position TEXT NOT NULL,
                email TEXT,
                roles TEXT NOT NULL,
                is_active BOOL NOT NULL,
                created_at INT64 NOT NULL,
                disabled_at INT64
            )
            """,
            "CREATE UNIQUE INDEX officer_login_name ON officer (login_name)",
            "CREATE INDEX officer_agency ON officer (agency)",
            """
            CREATE TABLE signer_certificate (
                fingerprint BYTES NOT NULL PRIMARY KEY,
                officer TEXT NOT NULL REFERENCES officer (id),
                certificate BYTES NOT NULL,
                key_reference TEXT NOT NULL,
                valid_from INT64 NOT NULL,
                valid_to INT64 NOT NULL,
                registered_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX signer_certificate_officer ON signer_certificate (officer, registered_at)",
        ]
    )

    /// Units with their days, and mergers that are to come.
    private static let restructuring = Migration(
        id: "organisation-0002-restructuring",
        statements: [
            "ALTER TABLE org_unit ADD COLUMN valid_from TEXT",
            "ALTER TABLE org_unit ADD COLUMN valid_to TEXT",
            "ALTER TABLE org_unit ADD COLUMN successor TEXT REFERENCES org_unit (id)",
            """
            CREATE TABLE restructuring (
                id TEXT NOT NULL PRIMARY KEY,
                day TEXT NOT NULL,
                definition TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'cancelled', 'refused')),
                refusal TEXT,
                planned_by TEXT NOT NULL,
                planned_at INT64 NOT NULL,
                ended_at INT64
            )
            """,
            "CREATE INDEX restructuring_state ON restructuring (state, day)",
        ]
    )

    /// Who published which version of a calendar, and what was changed.
    private static let calendars = Migration(
        id: "organisation-0003-calendars",
        statements: [
            """
            CREATE TABLE calendar_publication (
                version TEXT NOT NULL PRIMARY KEY REFERENCES work_calendar (version),
                agency TEXT NOT NULL REFERENCES agency (code),
                base TEXT NOT NULL,
                summary TEXT NOT NULL,
                published_by TEXT NOT NULL,
                published_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX calendar_publication_agency ON calendar_publication (agency, published_at)",
        ]
    )
}
