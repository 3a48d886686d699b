// SPDX-License-Identifier: Apache-2.0

import Storage

extension Migration {
    /// Published versions of procedures by the digest of their files, and the checker's verdicts.
    static let catalogue0001 = Migration(
        id: "catalogue-0001",
        statements: [
            """
            CREATE TABLE procedure_version (
                digest BYTES NOT NULL PRIMARY KEY,
                code TEXT NOT NULL,
                valid_from TEXT NOT NULL,
                valid_to TEXT,
                yaml BYTES NOT NULL,
                published_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX procedure_version_by_code ON procedure_version (code, published_at)",
            """
            CREATE TABLE procedure_version_file (
                version BYTES NOT NULL REFERENCES procedure_version (digest),
                name TEXT NOT NULL,
                content BYTES NOT NULL,
                PRIMARY KEY (version, name)
            )
            """,
            """
            CREATE TABLE procedure_verdict (
                digest BYTES NOT NULL PRIMARY KEY,
                checker TEXT NOT NULL,
                findings TEXT NOT NULL,
                checked_at INT64 NOT NULL
            )
            """,
        ]
    )
}
