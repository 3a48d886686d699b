// SPDX-License-Identifier: Apache-2.0

import Storage

extension DossierMigrations {
    /// What an officer's count made of a fee.
    static let feeCorrections = Migration(
        id: "dossier-0009-fee-corrections",
        statements: [
            "ALTER TABLE dossier ADD COLUMN fee_paid INT64",
            "ALTER TABLE dossier ADD COLUMN fee_confirmed INT64",
        ]
    )

    /// Who works on a dossier, and in which unit.
    static let assignments = Migration(
        id: "dossier-0010-assignments",
        statements: [
            "ALTER TABLE dossier ADD COLUMN unit TEXT",
            "ALTER TABLE dossier ADD COLUMN assignee TEXT",
            // Few dossiers of all are open and assigned: the loads of a unit cost what they count.
            "CREATE INDEX dossier_assignee ON dossier (assignee, queue) WHERE assignee IS NOT NULL",
        ]
    )

    /// The book of issued results by agency and time.
    static let documentRegister = Migration(
        id: "dossier-0011-document-register",
        statements: [
            """
            CREATE INDEX result_document_register ON result_document (agency, signed_at, id)
                WHERE signed_at IS NOT NULL
            """
        ]
    )

    /// A signed result may wait for the clerk; what earlier releases signed was issued with the signature. A signature
    /// that the clerk gave back is kept by its file, so that anybody who has it learns that it is void.
    static let issuing = Migration(
        id: "dossier-0032-issuing",
        statements: [
            "ALTER TABLE dossier ADD COLUMN signer TEXT",
            "ALTER TABLE result_document ADD COLUMN issued_at INT64",
            "UPDATE result_document SET issued_at = signed_at WHERE signed_at IS NOT NULL",
            """
            CREATE TABLE void_signature (
                digest TEXT PRIMARY KEY,
                result TEXT NOT NULL,
                dossier TEXT NOT NULL REFERENCES dossier (id),
                signed_at INT64 NOT NULL,
                signer_name TEXT NOT NULL,
                returned_at INT64 NOT NULL
            )
            """,
            "CREATE INDEX void_signature_result ON void_signature (result)",
            "CREATE INDEX void_signature_dossier ON void_signature (dossier)",
        ]
    )

    /// A paper that was given back keeps under whose name and number it was signed: the draft may pass to another
    /// agency.
    static let voidPapers = Migration(
        id: "dossier-0034-void-papers",
        statements: [
            "ALTER TABLE void_signature ADD COLUMN agency TEXT",
            "ALTER TABLE void_signature ADD COLUMN title TEXT",
            "ALTER TABLE void_signature ADD COLUMN number INT64",
            "ALTER TABLE void_signature ADD COLUMN notation TEXT",
            """
            UPDATE void_signature SET
                agency = (SELECT agency FROM result_document WHERE result_document.dossier = void_signature.dossier),
                title = (SELECT title FROM result_document WHERE result_document.dossier = void_signature.dossier),
                number = (SELECT number FROM result_document WHERE result_document.dossier = void_signature.dossier),
                notation = (
                    SELECT notation FROM result_document WHERE result_document.dossier = void_signature.dossier
                )
            """,
        ]
    )

    /// Consulting beside the steps.
    static let consultations = Migration(
        id: "dossier-0008-consultations",
        statements: [
            """
            CREATE TABLE dossier_consultation (
                id TEXT PRIMARY KEY,
                dossier TEXT NOT NULL REFERENCES dossier (id),
                rule TEXT NOT NULL,
                agency TEXT NOT NULL,
                unit TEXT,
                asked_by TEXT NOT NULL,
                step TEXT NOT NULL,
                papers TEXT NOT NULL,
                question TEXT NOT NULL,
                asker TEXT,
                asked_at INT64 NOT NULL,
                due_at INT64 NOT NULL,
                outcome TEXT,
                closed_at INT64,
                opinion TEXT,
                answerer TEXT,
                file_digest TEXT,
                file_size INT64,
                file_name TEXT
            )
            """,
            "CREATE INDEX dossier_consultation_agency ON dossier_consultation (agency, outcome, due_at, id)",
            "CREATE INDEX dossier_consultation_dossier ON dossier_consultation (dossier, asked_at, id)",
            // A dossier that ended before its payment owes nothing: the fold says so now.
            "UPDATE dossier SET obligation = 'none' WHERE status IN (3, 7, 8) AND obligation = 'due'",
            "ALTER TABLE dossier ADD COLUMN consultations TEXT NOT NULL DEFAULT '[]'",
        ]
    )
}
