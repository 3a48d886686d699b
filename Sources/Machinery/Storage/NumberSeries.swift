// SPDX-License-Identifier: Apache-2.0

/// Numbers without gaps: dossier codes of a day, receipt numbers of a book.
public enum NumberSeries {
    /// The next number of a series, from 1. Where the transaction is undone, the number was never given.
    ///
    /// Until the transaction ends, others who want a number of the same series wait.
    public static func next(_ series: String, in transaction: Transaction) throws(StoreError) -> Int64 {
        let row = try transaction.first(
            """
            INSERT INTO number_series (name, last_number) VALUES (\(series), 1)
            ON CONFLICT (name) DO UPDATE SET last_number = number_series.last_number + 1
            RETURNING last_number
            """
        )
        guard let row else { throw .failed(code: "number-series", reason: "the engine returned no number") }
        return try row.get("last_number")
    }

    /// Says that numbers up to this one were given elsewhere; a series never goes back.
    public static func advance(_ series: String, to number: Int64, in transaction: Transaction) throws(StoreError) {
        guard try last(series, in: transaction) < number else { return }
        try transaction.run(
            """
            INSERT INTO number_series (name, last_number) VALUES (\(series), \(number))
            ON CONFLICT (name) DO UPDATE SET last_number = \(number)
            """
        )
    }

    /// The last number that was given; 0 when there is none yet.
    public static func last(_ series: String, in transaction: Transaction) throws(StoreError) -> Int64 {
        try transaction.first("SELECT last_number FROM number_series WHERE name = \(series)")?.get("last_number") ?? 0
    }
}
