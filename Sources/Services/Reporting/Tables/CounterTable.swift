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

    /// New cells, for many at once.
    static func rows(_ cells: [CounterKey: Int64]) -> RowBuffer {
        var rows = RowBuffer(
            "counter",
            [
                ("measure", .text), ("agency", .text), ("day", .text), ("procedure_code", .text), ("channel", .text),
                ("count", .int64),
            ]
        )
        var days: [LocalDate: String] = [:]
        for (key, count) in cells {
            let day = key.day.map { days[$0] ?? $0.description } ?? ""
            if let date = key.day { days[date] = day }
            rows.beginRow()
            for text in [key.measure.rawValue, key.agency.text, day, key.procedure, key.channel.rawValue] {
                rows.add(text)
            }
            rows.add(count)
        }
        return rows
    }

    /// Cells that are not zero, those of flows only from a day on.
    static func all(since: LocalDate?, in transaction: Transaction) throws -> [CounterKey: Int64] {
        let from = since?.description ?? ""
        let buckets = Measure.buckets.map(\.rawValue)
        let rows = try transaction.rows(
            """
            SELECT measure, agency, day, procedure_code, channel, count FROM counter
            WHERE count <> 0 AND (day >= \(from) OR measure IN (\(list: buckets)))
            """
        )
        var cells: [CounterKey: Int64] = [:]
        for row in rows {
            let day: String = try row.get("day")
            let key = CounterKey(
                measure: try row.get("measure"),
                agency: try row.get("agency"),
                procedure: try row.get("procedure_code"),
                channel: try row.get("channel"),
                day: LocalDate(day)
            )
            cells[key] = try row.get("count")
        }
        return cells
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
