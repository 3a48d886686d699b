// SPDX-License-Identifier: Apache-2.0

public import Storage

/// The tables of this service, oldest first; a migration is never changed once shipped.
public enum ReportingMigrations {
    /// In the order in which they are applied.
    public static let all: [Migration] = [
        Migration(
            id: "reporting-0001-counters",
            statements: [
                """
                CREATE TABLE counter (
                    measure TEXT NOT NULL,
                    agency TEXT NOT NULL,
                    day TEXT NOT NULL,
                    procedure_code TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    count INT64 NOT NULL,
                    PRIMARY KEY (measure, agency, day, procedure_code, channel)
                )
                """
            ]
        ),
        // The figures of a year read its days alone.
        Migration(
            id: "reporting-0002-counter-days",
            statements: ["CREATE INDEX counter_day ON counter (measure, day)"]
        ),
        // The days come first in the key, which is nearly the whole row: one tree instead of a table and two indexes.
        Migration(
            id: "reporting-0003-keyed-counters",
            statements: [
                """
                CREATE TABLE counter_by_day (
                    measure TEXT NOT NULL,
                    day TEXT NOT NULL,
                    agency TEXT NOT NULL,
                    procedure_code TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    count INT64 NOT NULL,
                    PRIMARY KEY (measure, day, agency, procedure_code, channel)
                ) KEYED
                """,
                """
                INSERT INTO counter_by_day (measure, day, agency, procedure_code, channel, count)
                SELECT measure, day, agency, procedure_code, channel, count FROM counter
                ORDER BY measure, day, agency, procedure_code, channel
                """,
                "DROP TABLE counter",
                "ALTER TABLE counter_by_day RENAME TO counter",
            ]
        ),
    ]
}
