// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Storage

/// The SQL of `counter`. A cell without a day has the empty text there, since a key holds no NULL.
enum CounterTable {
    static func add(_ delta: Int64, to key: CounterKey, in transaction: Transaction) throws {
        let day = key.day?.description ?? ""
        try transaction.run(
            """
            INSERT INTO counter (measure, agency, day, procedure_code, channel, count)
            VALUES (\(key.measure.rawValue), \(key.agency), \(day), \(key.procedure), \(key.channel.rawValue),
                \(delta))
            ON CONFLICT (measure, agency, day, procedure_code, channel)
            DO UPDATE SET count = counter.count + excluded.count
            """
        )
    }

    static func set(_ count: Int64, of key: CounterKey, in transaction: Transaction) throws {
        let day = key.day?.description ?? ""
        try transaction.run(
            """
            INSERT INTO counter (measure, agency, day, procedure_code, channel, count)
            VALUES (\(key.measure.rawValue), \(key.agency), \(day), \(key.procedure), \(key.channel.rawValue),
                \(count))
            ON CONFLICT (measure, agency, day, procedure_code, channel) DO UPDATE SET count = excluded.count
            """
        )
    }

    /// New cells, for many at once: some of those in this order.
    static func rows(_ cells: CounterTally.Sorted, _ range: Range<Int>) -> RowBuffer {
        var rows = RowBuffer(
            "counter",
            [
                ("measure", .text), ("day", .text), ("agency", .text), ("procedure_code", .text), ("channel", .text),
                ("count", .int64),
            ]
        )
        rows.reserve(bytes: range.count * 90)
        var (date, day): (LocalDate?, String) = (nil, "")
        for index in range {
            let (key, count) = cells[index]
            // Cells of one day stand together.
            if key.day != date { (date, day) = (key.day, key.day?.description ?? "") }
            rows.beginRow()
            for text in [key.measure.rawValue, day, key.agency.text, key.procedure, key.channel.rawValue] {
                rows.add(text)
            }
            rows.add(count)
        }
        return rows
    }

    /// Calls `body` for every cell that is not zero. What the body throws is thrown on.
    static func forEach(
        in transaction: Transaction,
        _ body: (_ key: CounterKey, _ count: Int64) throws -> Void
    ) throws {
        var place: Statement = ""
        while true {
            let rows = try transaction.rows(
                """
                SELECT measure, day, agency, procedure_code, channel, count FROM counter \(fragment: place)
                ORDER BY measure, day, agency, procedure_code, channel LIMIT \(page)
                """
            )
            for row in rows {
                let count: Int64 = try row.get("count")
                if count != 0 { try body(try key(row), count) }
            }
            guard rows.count == page, let end = rows.last else { return }
            let last = try ["measure", "day", "agency", "procedure_code", "channel"].map { column -> Statement in
                let value: String = try end.get(column)
                return "\(value)"
            }
            place = "WHERE (measure, day, agency, procedure_code, channel) > (\(fragment: last.joined(", ")))"
        }
    }

    /// Rows of about 300 bytes that are in memory at once.
    private static let page = 2_000

    private static func key(_ row: ResultRow) throws -> CounterKey {
        CounterKey(
            measure: try row.get("measure"),
            agency: try row.get("agency"),
            procedure: try row.get("procedure_code"),
            channel: try row.get("channel"),
            day: LocalDate(try row.get("day", as: String.self))
        )
    }

    /// Sums by agency, measure and day: what the public page needs.
    static func byAgency(
        since: LocalDate,
        in transaction: Transaction
    ) throws -> [(agency: AgencyCode, measure: Measure, day: LocalDate?, count: Int64)] {
        let buckets = Measure.buckets.map(\.rawValue)
        let flows = [Measure.early, .onTime, .late, .withdrawn, .acts, .authenticatedActs].map(\.rawValue)
        return try transaction.rows(
            """
            SELECT agency, measure, day, SUM(count) AS total FROM counter
            WHERE measure IN (\(list: buckets))
            GROUP BY agency, measure, day
            UNION ALL
            SELECT agency, measure, '' AS day, SUM(count) AS total FROM counter
            WHERE measure IN (\(list: flows)) AND day >= \(since.description)
            GROUP BY agency, measure
            """
        ).map { row in
            let day: String = try row.get("day")
            return (try row.get("agency"), try row.get("measure"), LocalDate(day), try row.get("total"))
        }
    }

    /// Sums by procedure, measure and channel of the flows that tell how a service is used.
    static func byProcedure(
        since: LocalDate,
        in transaction: Transaction
    ) throws -> [(procedure: String, measure: Measure, channel: Channel, count: Int64)] {
        let flows = [Measure.submitted, .settled, .settledOnline, .delivered, .deliveredOnline].map(\.rawValue)
        return try transaction.rows(
            """
            SELECT procedure_code, measure, channel, SUM(count) AS total FROM counter
            WHERE measure IN (\(list: flows)) AND day >= \(since.description)
            GROUP BY procedure_code, measure, channel
            """
        ).map { row in
            (
                try row.get("procedure_code"), try row.get("measure"), try row.get("channel"), try row.get("total")
            )
        }
    }
}
