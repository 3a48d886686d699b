// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum FeedbackMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [
        Migration(
            id: "feedback-0001-ratings",
            statements: [
                """
                CREATE TABLE dossier_rating (
                    dossier TEXT PRIMARY KEY,
                    agency TEXT NOT NULL,
                    procedure_code TEXT NOT NULL,
                    day TEXT NOT NULL,
                    overall TEXT NOT NULL,
                    convenience TEXT,
                    punctuality TEXT,
                    attitude TEXT,
                    comment TEXT,
                    rated_at INT64 NOT NULL
                )
                """,
                "CREATE INDEX dossier_rating_day ON dossier_rating (day, agency, overall)",
            ]
        )
    ]
}
