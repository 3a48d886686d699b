// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of the journal. Its head, which is also its lock, is a table of the store.
public enum JournalSchema {
    /// To be given to `Store.migrate` before those of any service.
    public static let migrations = [
        Migration(
            id: "journal-0001",
            statements: [
                """
                CREATE TABLE journal_event (
                    leaf_index INT64 NOT NULL PRIMARY KEY CHECK (leaf_index >= 0),
                    at INT64 NOT NULL,
                    service TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    object_type TEXT NOT NULL,
                    object_id TEXT NOT NULL,
                    actor_kind TEXT NOT NULL,
                    actor_id TEXT NOT NULL,
                    actor_agency TEXT,
                    actor_unit TEXT,
                    authentication TEXT,
                    session_digest BYTES,
                    request_id TEXT,
                    facts TEXT NOT NULL,
                    payload_commit BYTES,
                    leaf_hash BYTES NOT NULL
                )
                """,
                "CREATE INDEX journal_event_object ON journal_event (object_type, object_id, leaf_index)",
                "CREATE INDEX journal_event_actor ON journal_event (actor_id, leaf_index)",
                // May be erased: the event keeps a commitment that tells nothing without the key of the row.
                """
                CREATE TABLE journal_payload (
                    leaf_index INT64 NOT NULL PRIMARY KEY REFERENCES journal_event (leaf_index),
                    row_key BYTES NOT NULL,
                    payload TEXT NOT NULL
                )
                """,
                // The roots of full subtrees; those of level 0 are the leaf hashes of the events.
                """
                CREATE TABLE journal_node (
                    level INT64 NOT NULL CHECK (level > 0),
                    position INT64 NOT NULL,
                    hash BYTES NOT NULL,
                    PRIMARY KEY (level, position)
                )
                """,
                """
                CREATE TABLE journal_checkpoint (
                    size INT64 NOT NULL PRIMARY KEY,
                    root BYTES NOT NULL,
                    note TEXT NOT NULL,
                    at INT64 NOT NULL
                )
                """,
            ]
        ),
        // How well the author was known, and for whom it was done: unknown (NULL) in events before.
        Migration(
            id: "journal-0002-authors",
            statements: [
                "ALTER TABLE journal_event ADD COLUMN assurance INT64",
                "ALTER TABLE journal_event ADD COLUMN actor_behalf TEXT",
            ]
        ),
        // One number for level and position: a row instead of a row and an index entry, near the end of the table.
        // And an index that no question has used.
        Migration(
            id: "journal-0003-subtrees",
            statements: [
                """
                CREATE TABLE journal_subtree (
                    number INT64 NOT NULL PRIMARY KEY CHECK (number > 0),
                    hash BYTES NOT NULL
                )
                """,
                """
                INSERT INTO journal_subtree (number, hash)
                SELECT (2 * position + 1) << CAST(level AS INTEGER), hash FROM journal_node
                """,
                "DROP TABLE journal_node",
                "DROP INDEX journal_event_actor",
            ]
        ),
        // An id of an object is its own in nearly every case: the index need not repeat the type, which all share.
        Migration(
            id: "journal-0004-objects",
            statements: [
                "DROP INDEX journal_event_object",
                "CREATE INDEX journal_event_object ON journal_event (object_id, leaf_index)",
            ]
        ),
        // Subtrees of less than sixteen leaves are computed from them, and the beginning of a random id tells it apart.
        Migration(
            id: "journal-0005-smaller",
            statements: [
                "DELETE FROM journal_subtree WHERE number % 16 <> 0",
                "DROP INDEX journal_event_object",
                "CREATE INDEX journal_event_object ON journal_event (substr(object_id, 1, 8))",
            ]
        ),
    ]
}
