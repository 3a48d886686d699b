// SPDX-License-Identifier: Apache-2.0

import Storage

/// Authorities to act for others, and the one that a session acts by.
enum RepresentationMigrations {
    static let representations = Migration(
        id: "identity-0030-representations",
        statements: [
            """
            CREATE TABLE representation (
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
            "CREATE INDEX representation_holder ON representation (holder, created_at, id)",
            "CREATE INDEX representation_party ON representation (party, created_at, id)",
            "CREATE INDEX representation_number ON representation (number, created_at, id)",
            "CREATE INDEX representation_paper ON representation (paper_digest)",
            "ALTER TABLE session ADD COLUMN hat TEXT",
        ]
    )
}
