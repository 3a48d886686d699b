// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Journal
public import Kernel
public import Storage
public import WorkingTime

/// Fills an empty house with dossiers that never were, as uneven as real ones (performance.md §7), for measurements.
///
/// Every fact stands in the journal, so that recount, `log verify` and `doctor` find what they find in real data. A
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

    /// Events in one transaction: few pages are written twice, and with about 700 bytes each 25 MB wait for the writer.
    static let batchEvents = 32_000

    /// The tables that get most rows.
    public static let tables: [StaticString] = JournalLoad.tables + ["dossier", "dossier_personal"]

    private let store: any Store
    private let writer: DossierWriter

    /// A sampler that writes to this store.
    public init(store: any Store, writer: DossierWriter) {
        (self.store, self.writer) = (store, writer)
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
    ///   - figures: counts every change.
    ///   - onProgress: told how many dossiers were begun, after each transaction.
    /// - Returns: how many dossiers are closed.
    /// - Throws: `DossierRefusal.notOffered` for an offer without a pack; `JournalError.outOfOrder` where the journal
    ///   is later than the first day, or others write; `StoreError`.
    public func make(
        _ count: Int,
        seed: UInt64,
        offers: [Offer],
        from first: LocalDate,
        until end: Instant,
        calendar: WorkCalendar,
        figures: some SampleFigures,
        onProgress: (Int) -> Void
    ) async throws -> Int {
        precondition(!offers.isEmpty && count >= 0, "there is something to draw from")
        let packs = try await store.read { [writer] transaction in
            var packs: [String: ProcedurePack] = [:]
            for version in Set(offers.map(\.packVersion)) { packs[version] = try writer.pack(version, transaction) }
            return packs
        }
        var run = try SampleRun(
            writer: writer,
            packs: packs,
            seed: seed,
            offers: offers,
            clock: SampleClock(calendar: calendar),
            until: end
        )
        let journal = SampleJournal(try await store.read { [log = writer.log] in try JournalLoad(log, in: $0) })
        let days = max(1, end.date.days(since: first) + 1)
        let book = try SampleBook(figures: figures, seed: seed)
        let pipe = SamplePipe(book, journal, into: store)
        // One batch is drawn while the one before is noted, the one before that hashed, and an older one written.
        for day in 0..<days {
            let wanted = count * (day + 1) / days - count * day / days
            try run.live(through: first.adding(days: day), filing: wanted)
            guard run.count >= Self.batchEvents else { continue }
            try await pipe.send(run.take())
            onProgress(run.begun)
        }
        try await pipe.send(run.take())
        try await pipe.finish()
        onProgress(run.begun)
        let numbers = run.series
        try await store.write { transaction in
            try PileTable.recount(in: transaction)
            for (series, last) in numbers { try NumberSeries.advance(series, to: last, in: transaction) }
        }
        return await book.closed
    }
}

/// A service above that counts the changes of a sample, as its projector counts those of real dossiers.
public protocol SampleFigures: Sendable {
    /// Counts a change; they come in the order of time.
    mutating func add(_ change: SampleChange)

    /// Rows of the days that are over, which no later change touches, where there are enough of them. Called at the end
    /// of a day.
    mutating func takeDays() -> RowBuffer?

    /// The next rows of what stands at the end; nil when there are no more.
    mutating func takeRest() -> RowBuffer?
}

/// A change of a sampled dossier, as `DossierChange` without whole states: its place stays the same.
public struct SampleChange: Sendable {
    /// The event.
    public let event: DossierEvent
    /// When it happened.
    public let at: Instant
    /// Who did it.
    public let author: ActorStamp
    /// How it stood before; nil for a submission.
    public let before: DossierStanding?
    /// How it stands after it.
    public let after: DossierStanding
    /// Where it is counted.
    public let place: SamplePlace
}
