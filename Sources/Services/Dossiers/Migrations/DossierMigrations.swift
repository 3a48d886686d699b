// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum DossierMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [
        drafts, dossiers, results, uploads, erasures, partialUploads, draftNotices, consultations, feeCorrections,
        piles,
        assignments,
        behalf,
        documentRegister,
        openByProcedure,
        issuing,
        variants,
        voidPapers,
        lengthenings,
    ]

    /// By whom a dossier was filed where that is not the applicant.
    private static let behalf = Migration(
        id: "dossier-0030-behalf",
        statements: ["ALTER TABLE dossier_personal ADD COLUMN behalf TEXT"]
    )

    /// The open dossiers of one procedure, which a rehearsal asks for; those that are over stand in no index of it.
    private static let openByProcedure = Migration(
        id: "dossier-0031-open-by-procedure",
        statements: [
            """
            CREATE INDEX dossier_open_by_procedure ON dossier (procedure_code, submitted_at) WHERE ended_at IS NULL
            """
        ]
    )

    private static let drafts = Migration(
        id: "dossier-0001-drafts",
        statements: [
            """
            CREATE TABLE dossier_draft (
                id TEXT PRIMARY KEY,
                applicant TEXT NOT NULL,
                procedure_code TEXT NOT NULL,
                pack_version TEXT NOT NULL,
                agency TEXT,
                delivery TEXT NOT NULL,
                answers TEXT NOT NULL,
                pages_done TEXT NOT NULL,
                revision INT64 NOT NULL,
                created_at INT64 NOT NULL,
                updated_at INT64 NOT NULL,
                expires_at INT64 NOT NULL,
                dossier TEXT
            )
            """,
            "CREATE INDEX dossier_draft_applicant ON dossier_draft (applicant, updated_at, id)",
            "CREATE INDEX dossier_draft_expiry ON dossier_draft (expires_at)",
        ]
    )

    private static let dossiers = Migration(
        id: "dossier-0002-dossiers",
        statements: [
            """
            CREATE TABLE dossier (
                id TEXT PRIMARY KEY,
                code TEXT NOT NULL,
                procedure_code TEXT NOT NULL,
                pack_version TEXT NOT NULL,
                agency TEXT NOT NULL,
                applicant TEXT NOT NULL,
                channel TEXT NOT NULL,
                delivery TEXT NOT NULL,
                regime TEXT NOT NULL,
                status INT64 NOT NULL CHECK (status BETWEEN 1 AND 10),
                step TEXT,
                obligation TEXT NOT NULL CHECK (obligation IN ('none', 'due', 'settled')),
                submitted_at INT64 NOT NULL,
                received_at INT64,
                register_number INT64,
                due_at INT64,
                paused_since INT64,
                supplements_at_intake INT64 NOT NULL,
                supplements_in_processing INT64 NOT NULL,
                drafter TEXT,
                result TEXT,
                decision TEXT,
                decided_at INT64,
                delivered_at INT64,
                ended_at INT64,
                version INT64 NOT NULL,
                queue TEXT NOT NULL,
                urgent_at INT64 NOT NULL,
                slip_secret TEXT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX dossier_code ON dossier (code)",
            "CREATE INDEX dossier_queue ON dossier (agency, queue, urgent_at, id)",
            "CREATE INDEX dossier_applicant ON dossier (applicant, submitted_at, id)",
            """
            CREATE TABLE dossier_personal (
                dossier TEXT PRIMARY KEY REFERENCES dossier (id),
                full_name TEXT NOT NULL,
                folded_name TEXT NOT NULL,
                national_id TEXT NOT NULL,
                birth_date TEXT,
                address TEXT,
                phone TEXT,
                email TEXT,
                answers TEXT NOT NULL,
                fee_quote TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE dossier_file (
                id TEXT PRIMARY KEY,
                draft TEXT,
                dossier TEXT,
                component TEXT NOT NULL,
                digest TEXT NOT NULL,
                size INT64 NOT NULL,
                media_type TEXT NOT NULL,
                file_name TEXT NOT NULL,
                pages INT64,
                added_at INT64 NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('current', 'pending', 'replaced'))
            )
            """,
            "CREATE INDEX dossier_file_draft ON dossier_file (draft)",
            "CREATE INDEX dossier_file_dossier ON dossier_file (dossier)",
            """
            CREATE TABLE dossier_deadline (
                dossier TEXT PRIMARY KEY REFERENCES dossier (id),
                deadline TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE dossier_supplement (
                dossier TEXT NOT NULL REFERENCES dossier (id),
                round INT64 NOT NULL,
                asked_at INT64 NOT NULL,
                reason TEXT NOT NULL,
                items TEXT NOT NULL,
                answers TEXT,
                explanations TEXT,
                answered_at INT64,
                PRIMARY KEY (dossier, round)
            )
            """,
        ]
    )

    private static let uploads = Migration(
        id: "dossier-0004-uploads",
        statements: [
            """
            CREATE TABLE uploaded_file (
                id TEXT PRIMARY KEY,
                account TEXT NOT NULL,
                digest TEXT NOT NULL,
                size INT64 NOT NULL,
                media_type TEXT NOT NULL,
                file_name TEXT NOT NULL,
                pages INT64,
                added_at INT64 NOT NULL,
                expires_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX uploaded_file_account ON uploaded_file (account, added_at, id)",
            "CREATE INDEX uploaded_file_expires_at ON uploaded_file (expires_at)",
            "CREATE INDEX uploaded_file_digest ON uploaded_file (digest)",
            "CREATE INDEX dossier_agency ON dossier (agency, submitted_at, id)",
        ]
    )

    /// What was erased or is restricted, and the files whose bytes are still to be removed.
    private static let erasures = Migration(
        id: "dossier-0005-erasures",
        statements: [
            """
            CREATE TABLE dossier_erasure (
                dossier TEXT PRIMARY KEY REFERENCES dossier (id),
                erased_at INT64 NOT NULL
            )
            """,
            """
            CREATE TABLE dossier_restriction (
                dossier TEXT PRIMARY KEY REFERENCES dossier (id),
                since INT64 NOT NULL
            )
            """,
            "CREATE TABLE erased_file (digest TEXT PRIMARY KEY, erased_at INT64 NOT NULL)",
            "CREATE INDEX dossier_ended ON dossier (pack_version, ended_at, id)",
        ]
    )

    private static let results = Migration(
        id: "dossier-0003-results",
        statements: [
            """
            CREATE TABLE result_document (
                id TEXT PRIMARY KEY,
                dossier TEXT NOT NULL REFERENCES dossier (id),
                fields TEXT NOT NULL,
                drafted_at INT64 NOT NULL,
                number INT64,
                notation TEXT,
                title TEXT NOT NULL,
                agency TEXT NOT NULL,
                signed_at INT64,
                signer_name TEXT,
                signer_position TEXT,
                digest TEXT,
                size INT64
            )
            """,
            "CREATE UNIQUE INDEX result_document_dossier ON result_document (dossier)",
            "CREATE INDEX result_document_digest ON result_document (digest)",
        ]
    )

    private static let partialUploads = Migration(
        id: "dossier-0006-partial-uploads",
        statements: [
            """
            CREATE TABLE partial_upload (
                id TEXT PRIMARY KEY,
                account TEXT NOT NULL,
                draft TEXT,
                dossier_code TEXT,
                component TEXT NOT NULL,
                file_name TEXT NOT NULL,
                length INT64 NOT NULL,
                digest TEXT,
                received INT64 NOT NULL,
                created_at INT64 NOT NULL,
                expires_at INT64 NOT NULL,
                is_done BOOL NOT NULL,
                CHECK (received BETWEEN 0 AND length)
            )
            """,
            "CREATE INDEX partial_upload_account ON partial_upload (account, expires_at)",
            "CREATE INDEX partial_upload_draft ON partial_upload (draft, created_at)",
            "CREATE INDEX partial_upload_dossier ON partial_upload (dossier_code, created_at)",
            "CREATE INDEX partial_upload_expiry ON partial_upload (expires_at)",
        ]
    )

    private static let draftNotices = Migration(
        id: "dossier-0007-draft-notices",
        statements: [
            "ALTER TABLE dossier_draft ADD COLUMN noticed_at INT64"
        ]
    )

    private static let variants = Migration(
        id: "dossier-0018-variants",
        statements: ["ALTER TABLE dossier ADD COLUMN variant TEXT"]
    )

    private static let lengthenings = Migration(
        id: "dossier-0035-lengthenings",
        statements: ["ALTER TABLE dossier ADD COLUMN lengthening TEXT"]
    )

    /// The counts of the work lists.
    private static let piles = Migration(
        id: "dossier-0010-piles",
        statements: [
            """
            CREATE TABLE dossier_pile (
                agency TEXT NOT NULL,
                queue TEXT NOT NULL,
                total INT64 NOT NULL,
                PRIMARY KEY (agency, queue)
            )
            """,
            """
            INSERT INTO dossier_pile (agency, queue, total)
            SELECT agency, queue, COUNT(*) FROM dossier WHERE queue <> 'ended' GROUP BY agency, queue
            """,
        ]
    )
}
