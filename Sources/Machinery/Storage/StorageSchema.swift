// SPDX-License-Identifier: Apache-2.0

/// The tables of the store itself.
enum StorageSchema {
    static let migrations = [
        Migration(
            id: "storage-0001",
            statements: [
                // The lock of journalled writes; target Journal keeps the size and the right edge of its tree in it.
                """
                CREATE TABLE journal_head (
                    id INT64 NOT NULL PRIMARY KEY CHECK (id = 1),
                    size INT64 NOT NULL CHECK (size >= 0),
                    last_at INT64 NOT NULL,
                    frontier BYTES NOT NULL
                )
                """,
                "INSERT INTO journal_head (id, size, last_at, frontier) VALUES (1, 0, 0, \([UInt8]()))",
                """
                CREATE TABLE number_series (
                    name TEXT NOT NULL PRIMARY KEY,
                    last_number INT64 NOT NULL CHECK (last_number > 0)
                )
                """,
                """
                CREATE TABLE idempotency_key (
                    scope TEXT NOT NULL,
                    key TEXT NOT NULL,
                    body_digest BYTES NOT NULL,
                    answer BYTES NOT NULL,
                    created_at INT64 NOT NULL,
                    PRIMARY KEY (scope, key)
                )
                """,
                "CREATE INDEX idempotency_key_created ON idempotency_key (created_at)",
                """
                CREATE TABLE job (
                    id TEXT NOT NULL PRIMARY KEY,
                    kind TEXT NOT NULL,
                    payload TEXT NOT NULL,
                    unique_key TEXT UNIQUE,
                    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
                    run_at INT64 NOT NULL,
                    attempts INT64 NOT NULL,
                    lease TEXT,
                    leased_until INT64 NOT NULL,
                    last_error TEXT,
                    first_due_at INT64 NOT NULL
                )
                """,
                "CREATE INDEX job_waiting ON job (state, kind, run_at)",
                """
                CREATE TABLE job_attempt (
                    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
                    number INT64 NOT NULL,
                    at INT64 NOT NULL,
                    outcome TEXT NOT NULL,
                    PRIMARY KEY (job_id, number)
                )
                """,
            ]
        ),
        Migration(
            id: "storage-0002",
            statements: [
                // When a part that runs by itself was last seen at work: the background work.
                """
                CREATE TABLE heartbeat (
                    name TEXT NOT NULL PRIMARY KEY,
                    at INT64 NOT NULL
                )
                """
            ]
        ),
    ]
}
