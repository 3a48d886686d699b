// SPDX-License-Identifier: Apache-2.0

import Storage

extension Migration {
    /// What is offered, apart from what was published; the slim index; what the folder of packs looked like. Whatever
    /// an older release has published stays offered.
    static let catalogue0003 = Migration(
        id: "catalogue-0003-offers",
        statements: [
            """
            CREATE TABLE procedure_offer (
                version BYTES NOT NULL PRIMARY KEY REFERENCES procedure_version (digest),
                code TEXT NOT NULL,
                offered_at INT64 NOT NULL,
                by_person BOOL NOT NULL,
                change INT64 NOT NULL,
                entry_form INT64 NOT NULL,
                entry TEXT NOT NULL
            )
            """,
            "CREATE INDEX procedure_offer_by_change ON procedure_offer (change)",
            "CREATE INDEX procedure_offer_by_code ON procedure_offer (code, offered_at)",
            """
            INSERT INTO procedure_offer (version, code, offered_at, by_person, change, entry_form, entry)
            SELECT digest, code, published_at, FALSE, 1, 0, '' FROM procedure_version
            """,
            """
            CREATE TABLE procedure_retirement (
                code TEXT NOT NULL PRIMARY KEY,
                from_day TEXT,
                change INT64 NOT NULL
            )
            """,
            "CREATE INDEX procedure_retirement_by_change ON procedure_retirement (change)",
            """
            CREATE TABLE catalogue_change (
                id INT64 NOT NULL PRIMARY KEY CHECK (id = 1),
                last INT64 NOT NULL
            )
            """,
            "INSERT INTO catalogue_change (id, last) VALUES (1, 1)",
            """
            CREATE TABLE procedure_seed (
                path TEXT NOT NULL PRIMARY KEY,
                stamp TEXT NOT NULL,
                mark TEXT NOT NULL,
                digest BYTES NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('offered', 'waiting', 'held', 'refused'))
            )
            """,
        ]
    )
}
