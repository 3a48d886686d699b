// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum DataProtectionMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [requests, retention]

    private static let requests = Migration(
        id: "data-protection-0001-requests",
        statements: [
            """
            CREATE TABLE data_request (
                id TEXT PRIMARY KEY,
                account TEXT NOT NULL,
                agency TEXT NOT NULL,
                kind TEXT NOT NULL,
                dossier TEXT,
                words TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('filed', 'taken', 'answered', 'withdrawn')),
                is_open BOOL NOT NULL,
                filed_at INT64 NOT NULL,
                first_answer_by INT64 NOT NULL,
                fulfil_by INT64 NOT NULL,
                taken_at INT64,
                extended_at INT64,
                extension_reason TEXT,
                answered_at INT64,
                outcome TEXT,
                answer TEXT,
                export_digest TEXT,
                export_size INT64,
                export_until INT64,
                lifted_at INT64,
                version INT64 NOT NULL
            )
            """,
            "CREATE INDEX data_request_account ON data_request (account, filed_at, id)",
            "CREATE INDEX data_request_open ON data_request (is_open, fulfil_by, id)",
            "CREATE INDEX data_request_export_until ON data_request (export_until)",
        ]
    )

    private static let retention = Migration(
        id: "data-protection-0002-retention",
        statements: [
            """
            CREATE TABLE retention_report (
                id TEXT PRIMARY KEY,
                made_at INT64 NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'dismissed', 'done')),
                unverified INT64 NOT NULL,
                decided_by TEXT,
                decided_at INT64,
                reason TEXT,
                done_at INT64,
                version INT64 NOT NULL
            )
            """,
            "CREATE INDEX retention_report_made_at ON retention_report (made_at, id)",
            """
            CREATE TABLE retention_item (
                report TEXT NOT NULL REFERENCES retention_report (id),
                dossier TEXT NOT NULL,
                code TEXT NOT NULL,
                procedure_code TEXT NOT NULL,
                agency TEXT NOT NULL,
                ended_at INT64 NOT NULL,
                keep_years INT64 NOT NULL,
                source TEXT NOT NULL,
                files INT64 NOT NULL,
                erased_at INT64,
                PRIMARY KEY (report, dossier)
            )
            """,
            "CREATE INDEX retention_item_code ON retention_item (report, code)",
        ]
    )
}
