// SPDX-License-Identifier: Apache-2.0

import Storage

extension Migration {
    /// Drafts of packs: what administrators are working on, with the states that they may step back to.
    static let catalogue0002 = Migration(
        id: "catalogue-0002-drafts",
        statements: [
            """
            CREATE TABLE procedure_draft (
                code TEXT NOT NULL PRIMARY KEY,
                version INT64 NOT NULL CHECK (version > 0),
                position INT64 NOT NULL CHECK (position > 0),
                origin TEXT NOT NULL CHECK (origin IN ('begun', 'copied', 'imported', 'folder')),
                base BYTES,
                digest BYTES NOT NULL,
                name TEXT NOT NULL,
                error_count INT64 NOT NULL CHECK (error_count >= 0),
                unverified_count INT64 NOT NULL CHECK (unverified_count >= 0),
                begun_at INT64 NOT NULL
            )
            """,
            """
            CREATE TABLE procedure_draft_state (
                code TEXT NOT NULL REFERENCES procedure_draft (code),
                position INT64 NOT NULL CHECK (position > 0),
                files BYTES NOT NULL,
                changed_at INT64 NOT NULL,
                changed_by_kind TEXT NOT NULL,
                changed_by TEXT NOT NULL,
                PRIMARY KEY (code, position)
            )
            """,
        ]
    )
}
