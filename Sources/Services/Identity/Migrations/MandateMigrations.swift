// SPDX-License-Identifier: Apache-2.0

import Storage

/// Authorities to act for others, and the one that a session acts by.
enum MandateMigrations {
    static let mandates = Migration(
        id: "identity-0030-mandates",
        statements: [
            """
            CREATE TABLE mandate (
                id TEXT PRIMARY KEY,
                party TEXT NOT NULL,
                holder TEXT NOT NULL REFERENCES account (id),
                kind TEXT NOT NULL CHECK (kind IN ('child', 'parent', 'person', 'business')),
                name TEXT NOT NULL,
                number TEXT NOT NULL,
                birth_date TEXT,
                paper_digest TEXT NOT NULL,
                paper_size INT64 NOT NULL,
                paper_type TEXT NOT NULL,
                paper_name TEXT NOT NULL,
                paper_pages INT64,
                valid_from TEXT NOT NULL,
                valid_to TEXT NOT NULL,
                created_at INT64 NOT NULL,
                revoked_at INT64,
                confirmed_at INT64,
                confirmed_by TEXT,
                confirmed_way TEXT CHECK (confirmed_way IN ('original', 'register'))
            )
            """,
            "CREATE INDEX mandate_holder ON mandate (holder, created_at, id)",
            "CREATE INDEX mandate_party ON mandate (party, created_at, id)",
            "CREATE INDEX mandate_number ON mandate (number, created_at, id)",
            "CREATE INDEX mandate_paper ON mandate (paper_digest)",
            "ALTER TABLE session ADD COLUMN hat TEXT",
        ]
    )
}
