// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
public import Kernel
public import Storage
public import WorkingTime

/// Fills an empty house with dossiers that never were, as uneven as real ones (performance.md §7), for measurements.
///
/// Every fact goes through the journal, so that recount, `log verify` and `doctor` find what they find in real data. A
/// dossier's row is written when it is over, or at the end: a run that was broken off is thrown away with its database.
public struct DossierSampler: Sendable {
    /// One procedure at one agency.
    public struct Offer: Sendable {
        let procedure: String
        let packVersion: String
        let agency: AgencyCode
        /// How much of all it gets.
        let weight: Double
        /// Whether the agency is the one in which most of what is late lies.
        let isSlow: Bool

        /// An offer of this weight.
        public init(procedure: String, packVersion: String, agency: AgencyCode, weight: Double, isSlow: Bool) {
            (self.procedure, self.packVersion, self.agency) = (procedure, packVersion, agency)
            (self.weight, self.isSlow) = (weight, isSlow)
        }
    }

    /// Events in one transaction: enough to share a flush among thousands, little enough for memory.
    private static let batchEvents = 8_000

    private let store: any Store
    private let writer: DossierWriter
    private let onChanges: @Sendable (_ changes: [DossierChange], _ transaction: Transaction) throws -> Void

    /// A sampler whose changes are told to the services above in batches, inside each transaction.
    public init(
        store: any Store,
        writer: DossierWriter,
        onChanges: @escaping @Sendable (_ changes: [DossierChange], _ transaction: Transaction) throws -> Void
    ) {
        (self.store, self.writer, self.onChanges) = (store, writer, onChanges)
    }

    /// Writes dossiers spread over so many days up to a moment.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - seed: the same seed draws the same dossiers.
    ///   - offers: what is drawn from; not empty.
    ///   - first: the first day; nothing in the journal may be later than its beginning.
    ///   - end: what would happen later has not happened yet.
    ///   - calendar: the working days.
    ///   - onProgress: told how many dossiers were begun, after each transaction.
    /// - Returns: how many dossiers are closed.
    /// - Throws: `DossierRefusal.notOffered` for an offer without a pack; `StoreError`.
    public func make(
        _ count: Int,
        seed: UInt64,
        offers: [Offer],
        from first: LocalDate,
        until end: Instant,
        calendar: WorkCalendar,
        onProgress: (Int) -> Void
    ) async throws -> Int {
        precondition(!offers.isEmpty && count >= 0, "there is something to draw from")
        var run = try SampleRun(writer: writer, seed: seed, offers: offers, clock: SampleClock(calendar: calendar))
        let days = max(1, end.date.days(since: first) + 1)
        for day in 0..<days {
            let date = first.adding(days: day)
            let wanted = count * (day + 1) / days - count * day / days
            for _ in 0..<wanted { try run.begin(on: date) }
            for planned in run.due(through: Instant(date, LocalTime(secondOfDay: 86_399)), before: end) {
                try run.happen(planned)
                if run.batch.entries.count >= Self.batchEvents { try await keep(&run, onProgress) }
            }
        }
        try run.closeBooks()
        try await keep(&run, onProgress)
        let registers = run.registers
        try await store.write { transaction in
            for (series, last) in registers { try NumberSeries.advance(series, to: last, in: transaction) }
        }
        return run.closed
    }

    private func keep(_ run: inout SampleRun, _ onProgress: (Int) -> Void) async throws {
        let batch = run.batch
        run.batch = SampleBatch()
        let (log, onChanges) = (writer.log, onChanges)
        try await store.journalled { transaction in
            let receipts = try log.append(batch.entries, in: transaction)
            guard receipts.last?.at == batch.entries.last?.at else {
                throw StoreError.refused(constraint: "the journal is later than the sample")
            }
            for row in batch.rows { try row.insert(in: transaction) }
            try onChanges(batch.changes, transaction)
        }
        onProgress(run.begun)
    }
}

/// What one transaction writes.
struct SampleBatch: Sendable {
    var entries: [JournalEntry] = []
    var changes: [DossierChange] = []
    var rows: [SampleRow] = []
}

/// The row of a dossier with its applicant.
struct SampleRow: Sendable {
    let state: DossierState
    let queue: WorkQueue
    let secret: String
    let personal: DossierPersonal

    func insert(in transaction: Transaction) throws {
        try DossierTable.insert(state, queue: queue, slipSecret: secret, in: transaction)
        try PersonalTable.insert(personal, quote: "[]", of: state.id, in: transaction)
    }
}
