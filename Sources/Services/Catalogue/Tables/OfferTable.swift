// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Storage

/// The SQL of what is offered: which versions, since when, and until when a code is offered at all.
enum OfferTable {
    /// One offered version as stored.
    struct Row: Sendable {
        let version: Digest
        let code: String
        let publishedAt: Instant
        let offeredAt: Instant
        let form: Int
        let entry: String
    }

    /// What an act needs to know of the version that leads on a day.
    struct Leader: Sendable {
        let version: Digest
        let offeredAt: Instant
        let isByPerson: Bool
    }

    // MARK: - Changes

    /// The number of the last change.
    static func lastChange(in transaction: Transaction) throws -> Int64 {
        try transaction.first("SELECT last FROM catalogue_change WHERE id = 1")?.get("last") ?? 0
    }

    /// The number of the next change; only within a journalled transaction, so that numbers become visible in order.
    private static func nextChange(in transaction: Transaction) throws -> Int64 {
        try transaction.run("UPDATE catalogue_change SET last = last + 1 WHERE id = 1")
        return try lastChange(in: transaction)
    }

    /// The versions that changed after a number.
    static func changed(after change: Int64, in transaction: Transaction) throws -> [Row] {
        try transaction.rows(
            """
            SELECT offer.version, offer.code, published.published_at, offer.offered_at, offer.entry_form, offer.entry
            FROM procedure_offer offer JOIN procedure_version published ON published.digest = offer.version
            WHERE offer.change > \(change)
            """
        ).map { row in
            Row(
                version: try row.get("version"),
                code: try row.get("code"),
                publishedAt: try row.get("published_at"),
                offeredAt: try row.get("offered_at"),
                form: try row.get("entry_form"),
                entry: try row.get("entry")
            )
        }
    }

    /// From which day on codes are retired, of those that changed after a number; nil = offered again.
    static func retirements(after change: Int64, in transaction: Transaction) throws -> [String: LocalDate?] {
        var found: [String: LocalDate?] = [:]
        for row in try transaction.rows("SELECT code, from_day FROM procedure_retirement WHERE change > \(change)") {
            found.updateValue(try row.get("from_day"), forKey: try row.get("code"))
        }
        return found
    }

    /// Whether something was published without being offered: by an older release beside us, which knows no offers.
    static func hasOrphans(in transaction: Transaction) throws -> Bool {
        try transaction.first(
            """
            SELECT digest FROM procedure_version published
            WHERE NOT EXISTS (SELECT 1 FROM procedure_offer WHERE version = published.digest) LIMIT 1
            """
        ) != nil
    }

    /// Offers it.
    static func adopt(in transaction: Transaction) throws {
        let change = try nextChange(in: transaction)
        try transaction.run(
            """
            INSERT INTO procedure_offer (version, code, offered_at, by_person, change, entry_form, entry)
            SELECT digest, code, published_at, FALSE, \(change), 0, '' FROM procedure_version published
            WHERE NOT EXISTS (SELECT 1 FROM procedure_offer WHERE version = published.digest)
            """
        )
    }

    // MARK: - Acts

    /// The version of a code that leads on a day: of those valid then, the last one offered.
    static func leader(_ code: String, on day: LocalDate, in transaction: Transaction) throws -> Leader? {
        let row = try transaction.first(
            """
            SELECT offer.version, offer.offered_at, offer.by_person
            FROM procedure_offer offer JOIN procedure_version published ON published.digest = offer.version
            WHERE offer.code = \(code) AND published.valid_from <= \(day)
                AND (published.valid_to IS NULL OR published.valid_to >= \(day))
            ORDER BY offer.offered_at DESC, offer.version DESC LIMIT 1
            """
        )
        return try row.map {
            Leader(
                version: try $0.get("version"),
                offeredAt: try $0.get("offered_at"),
                isByPerson: try $0.get("by_person")
            )
        }
    }

    /// Codes of which a person offered a version, or which somebody retired: files do not overturn that.
    static func decidedCodes(in transaction: Transaction) throws -> Set<String> {
        let rows = try transaction.rows(
            """
            SELECT DISTINCT code FROM procedure_offer WHERE by_person = TRUE
            UNION SELECT code FROM procedure_retirement
            """
        )
        return Set(try rows.map { try $0.get("code") as String })
    }

    /// Offers a version, or offers it anew; later than every other offer of its code.
    static func offer(
        _ version: Digest,
        of code: String,
        _ facts: ProcedureEntry.Facts,
        byPerson: Bool,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        let row = try transaction.first("SELECT MAX(offered_at) AS last FROM procedure_offer WHERE code = \(code)")
        let last = try row.flatMap { try $0.get("last", as: Instant?.self) }
        let moment = last.map { max(now, Instant(microseconds: $0.microseconds + 1)) } ?? now
        let change = try nextChange(in: transaction)
        try transaction.run(
            """
            INSERT INTO procedure_offer (version, code, offered_at, by_person, change, entry_form, entry)
            VALUES (\(version), \(code), \(moment), \(byPerson), \(change), \(EntryText.form),
                \(EntryText.encode(facts)))
            ON CONFLICT (version) DO UPDATE
            SET offered_at = excluded.offered_at, by_person = excluded.by_person, change = excluded.change,
                entry_form = excluded.entry_form, entry = excluded.entry
            """
        )
    }

    /// Keeps an entry that was made anew from its pack.
    static func keep(_ facts: ProcedureEntry.Facts, of version: Digest, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE procedure_offer SET entry_form = \(EntryText.form), entry = \(EntryText.encode(facts))
            WHERE version = \(version)
            """
        )
    }

    /// Retires a code from a day on, or offers it again.
    static func retire(_ code: String, from day: LocalDate?, in transaction: Transaction) throws {
        let change = try nextChange(in: transaction)
        try transaction.run(
            """
            INSERT INTO procedure_retirement (code, from_day, change) VALUES (\(code), \(day), \(change))
            ON CONFLICT (code) DO UPDATE SET from_day = excluded.from_day, change = excluded.change
            """
        )
    }

    /// From which day on a code is retired; nil when it is not.
    static func retirement(_ code: String, in transaction: Transaction) throws -> LocalDate? {
        try transaction.first("SELECT from_day FROM procedure_retirement WHERE code = \(code)")
            .flatMap { try $0.get("from_day", as: LocalDate?.self) }
    }

    /// The versions of a code, last offered first.
    static func versions(of code: String, in transaction: Transaction) throws -> [PublishedVersion] {
        try transaction.rows(
            """
            SELECT offer.version, published.published_at, offer.offered_at, published.valid_from, published.valid_to
            FROM procedure_offer offer JOIN procedure_version published ON published.digest = offer.version
            WHERE offer.code = \(code) ORDER BY offer.offered_at DESC, offer.version DESC LIMIT 200
            """
        ).map { row in
            PublishedVersion(
                digest: try row.get("version"),
                publishedAt: try row.get("published_at"),
                offeredAt: try row.get("offered_at"),
                validFrom: try row.get("valid_from"),
                validTo: try row.get("valid_to")
            )
        }
    }
}

/// The SQL of what the folder of packs looked like when it was read last.
enum SeedTable {
    /// What became of a pack of the folder.
    enum Outcome: String, Sendable, ColumnValue {
        /// It is published.
        case offered
        /// It is sound, and a draft: facts wait to be compared.
        case waiting
        /// It is sound; but a person decided what is offered, or works on a draft.
        case held
        /// It has errors.
        case refused
    }

    struct Seed: Sendable {
        let path: String
        let stamp: String
        let mark: String
        let digest: Digest
        let outcome: Outcome
    }

    static func all(in transaction: Transaction) throws -> [String: Seed] {
        let rows = try transaction.rows("SELECT path, stamp, mark, digest, outcome FROM procedure_seed")
        var found: [String: Seed] = [:]
        found.reserveCapacity(rows.count)
        for row in rows {
            let path: String = try row.get("path")
            found[path] = Seed(
                path: path,
                stamp: try row.get("stamp"),
                mark: try row.get("mark"),
                digest: try row.get("digest"),
                outcome: try row.get("outcome")
            )
        }
        return found
    }

    static func keep(_ seed: Seed, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO procedure_seed (path, stamp, mark, digest, outcome)
            VALUES (\(seed.path), \(seed.stamp), \(seed.mark), \(seed.digest), \(seed.outcome))
            ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, mark = excluded.mark, digest = excluded.digest,
                outcome = excluded.outcome
            """
        )
    }
}
