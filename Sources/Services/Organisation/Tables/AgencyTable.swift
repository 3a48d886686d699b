// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Kernel
public import Storage
import WorkingTime

extension AgencyKind: ColumnValue {}
extension AdminLevel: ColumnValue {}

/// The SQL of `agency` and `org_unit`.
enum AgencyTable {
    static func all(in transaction: Transaction) throws -> [Agency] {
        try transaction.rows("SELECT \(fragment: columns) FROM agency ORDER BY code").map(agency)
    }

    static func find(_ code: AgencyCode, in transaction: Transaction) throws -> Agency? {
        try transaction.first("SELECT \(fragment: columns) FROM agency WHERE code = \(code)").map(agency)
    }

    /// False when there is an agency of this code already.
    static func insert(_ agency: Agency, in transaction: Transaction) throws -> Bool {
        let inserted = try transaction.run(
            """
            INSERT INTO agency (\(fragment: columns))
            VALUES (\(agency.code), \(agency.name), \(agency.kind), \(agency.level), \(agency.parent),
                \(agency.territory), \(agency.place), \(agency.validFrom), \(agency.validTo), \(agency.successor))
            ON CONFLICT (code) DO NOTHING
            """
        )
        return inserted == 1
    }

    static func calendarVersions(in transaction: Transaction) throws -> [AgencyCode: String] {
        let rows = try transaction.rows(
            "SELECT code, calendar_version FROM agency WHERE calendar_version IS NOT NULL"
        )
        var versions: [AgencyCode: String] = [:]
        for row in rows { versions[try row.get("code")] = try row.get("calendar_version", as: String.self) }
        return versions
    }

    /// The number of agencies changed: 0 when there is none of this code.
    static func setCalendar(_ version: String, of code: AgencyCode, in transaction: Transaction) throws -> Int {
        try transaction.run("UPDATE agency SET calendar_version = \(version) WHERE code = \(code)")
    }

    // MARK: - Units

    static func units(in transaction: Transaction) throws -> [OrgUnit] {
        try transaction.rows("SELECT \(fragment: unitColumns) FROM org_unit ORDER BY id").map(unit)
    }

    static func unit(_ id: OrgUnitID, in transaction: Transaction) throws -> OrgUnit? {
        try transaction.first("SELECT \(fragment: unitColumns) FROM org_unit WHERE id = \(id)").map(unit)
    }

    static func insert(_ unit: OrgUnit, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO org_unit (\(fragment: unitColumns))
            VALUES (\(unit.id), \(unit.agency), \(unit.name), \(unit.isOneStopDesk), \(unit.validFrom),
                \(unit.validTo), \(unit.successor))
            ON CONFLICT (id) DO NOTHING
            """
        )
    }

    /// Writes an agency back: name, place, body above, last day and successor.
    static func update(_ agency: Agency, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE agency SET name = \(agency.name), place = \(agency.place), parent = \(agency.parent),
                valid_to = \(agency.validTo), successor = \(agency.successor)
            WHERE code = \(agency.code)
            """
        )
    }

    /// Writes a unit back: agency, name, last day and successor.
    static func update(_ unit: OrgUnit, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE org_unit SET agency = \(unit.agency), name = \(unit.name), valid_to = \(unit.validTo),
                successor = \(unit.successor)
            WHERE id = \(unit.id)
            """
        )
    }

    // MARK: - Reading rows

    private static let unitColumns: Statement =
        "id, agency, name, is_one_stop_desk, valid_from, valid_to, successor"

    private static let columns: Statement =
        "code, name, kind, level, parent, territory, place, valid_from, valid_to, successor"

    private static func agency(_ row: ResultRow) throws -> Agency {
        Agency(
            code: try row.get("code"),
            name: try row.get("name"),
            kind: try row.get("kind"),
            level: try row.get("level"),
            parent: try row.get("parent"),
            territory: try row.get("territory"),
            place: try row.get("place"),
            validFrom: try row.get("valid_from"),
            validTo: try row.get("valid_to"),
            successor: try row.get("successor")
        )
    }

    private static func unit(_ row: ResultRow) throws -> OrgUnit {
        OrgUnit(
            id: try row.get("id"),
            agency: try row.get("agency"),
            name: try row.get("name"),
            isOneStopDesk: try row.get("is_one_stop_desk"),
            validFrom: try row.get("valid_from"),
            validTo: try row.get("valid_to"),
            successor: try row.get("successor")
        )
    }
}

/// The SQL of `organisation_version`.
enum VersionTable {
    static func current(in transaction: Transaction) throws -> Int64 {
        let row = try transaction.first("SELECT version FROM organisation_version WHERE id = 1")
        return try row?.get("version") ?? 0
    }

    /// Whoever remembers an officer must ask again: on this node at once, on others when they next look.
    static func advance(in transaction: Transaction) throws {
        transaction.markChange()
        try transaction.run("UPDATE organisation_version SET version = version + 1 WHERE id = 1")
    }
}

/// The SQL of `work_calendar`.
enum CalendarTable {
    static func all(in transaction: Transaction) throws -> [WorkCalendar] {
        try transaction.rows("SELECT definition FROM work_calendar ORDER BY version").map { row in
            let definition: String = try row.get("definition")
            do {
                return try JSONDecoder().decode(WorkCalendar.self, from: Data(definition.utf8))
            } catch {
                throw StoreError.decoding(column: "definition", reason: "no work calendar: \(error)")
            }
        }
    }

    /// How often an agency's own calendar was published.
    static func count(of agency: AgencyCode, in transaction: Transaction) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) AS total FROM calendar_publication WHERE agency = \(agency)"
        )?.get("total") ?? 0
    }

    static func insert(_ publication: CalendarPublication, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO calendar_publication (version, agency, base, summary, published_by, published_at)
            VALUES (\(publication.version), \(publication.agency), \(publication.base), \(publication.summary),
                \(publication.publishedBy), \(publication.publishedAt))
            """
        )
    }

    /// The newest first, at most 50.
    static func publications(of agency: AgencyCode, in transaction: Transaction) throws -> [CalendarPublication] {
        try transaction.rows(
            """
            SELECT version, agency, base, summary, published_by, published_at FROM calendar_publication
            WHERE agency = \(agency) ORDER BY published_at DESC, version DESC LIMIT 50
            """
        ).map { row in
            CalendarPublication(
                version: try row.get("version"),
                agency: try row.get("agency"),
                base: try row.get("base"),
                summary: try row.get("summary"),
                publishedBy: try row.get("published_by"),
                publishedAt: try row.get("published_at")
            )
        }
    }

    /// False when another calendar is kept under this version.
    static func keep(_ calendar: WorkCalendar, at now: Instant, in transaction: Transaction) throws -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let definition = String(decoding: try encoder.encode(calendar), as: UTF8.self)
        try transaction.run(
            """
            INSERT INTO work_calendar (version, definition, created_at)
            VALUES (\(calendar.version), \(definition), \(now))
            ON CONFLICT (version) DO NOTHING
            """
        )
        let row = try transaction.first(
            "SELECT definition FROM work_calendar WHERE version = \(calendar.version)"
        )
        return try row?.get("definition") == definition
    }
}
