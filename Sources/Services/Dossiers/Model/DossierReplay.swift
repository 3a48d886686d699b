// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

/// The dossiers told again from the journal: for the recount, and to prove that rows equal events.
public enum DossierReplay {
    /// Calls `body` for every change of every dossier, in the order of the journal.
    ///
    /// - Parameters:
    ///   - log: the journal.
    ///   - transaction: a snapshot or a journalled transaction.
    ///   - body: called for each change.
    /// - Throws: `StoreError`; a decoding error for facts that cannot be read.
    public static func forEachChange(
        in log: TransparencyLog,
        _ transaction: Transaction,
        _ body: (DossierChange) throws -> Void
    ) throws {
        var (states, events): ([String: DossierState], KnownFacts) = ([:], KnownFacts())
        var last: Int64?
        while true {
            let batch = try log.lines(about: "dossier", after: last, limit: 500, in: transaction)
            guard let end = batch.last else { return }
            last = end.index
            for (_, id, line) in batch { try tell(line, of: id, as: events.event(of: line.facts), &states, body) }
        }
    }

    private static func tell(
        _ line: JournalLine,
        of object: String,
        as event: DossierEvent,
        _ states: inout [String: DossierState],
        _ body: (DossierChange) throws -> Void
    ) throws {
        guard let id = DossierID(rawValue: object) else {
            throw StoreError.decoding(column: "object_id", reason: "no dossier id")
        }
        let before = states[object]
        guard let after = DossierState.apply(event, at: line.at, to: before, id: id) else {
            throw StoreError.decoding(column: "facts", reason: "an event before the submission")
        }
        // A dossier that is over needs no memory: nothing follows its last event but a delivery.
        states[object] = after.status.isFinal ? nil : after
        try body(DossierChange(event: event, at: line.at, author: line.actor, before: before, after: after))
    }

    /// Facts that were read before: half of all events say what others said, and a decoder takes 10 µs.
    private struct KnownFacts {
        private static let limit = 10_000
        private var events: [String: DossierEvent] = [:]

        mutating func event(of facts: String) throws -> DossierEvent {
            if let known = events[facts] { return known }
            let event = try JSONText.decode(DossierEvent.self, from: facts)
            if events.count >= Self.limit { events = [:] }
            events[facts] = event
            return event
        }
    }

    /// Ids of dossiers whose row differs from the replay of their events.
    ///
    /// - Throws: as `forEachChange`.
    public static func differences(in log: TransparencyLog, _ transaction: Transaction) throws -> [DossierID] {
        var open: [DossierID: DossierState] = [:]
        var different: [DossierID] = []
        try forEachChange(in: log, transaction) { change in
            let state = change.after
            // Nothing follows: it is compared at once, so that only what is open is remembered.
            open[state.id] = state.status.isFinal ? nil : state
            if state.status.isFinal, try differs(state, transaction) { different.append(state.id) }
        }
        return try different + open.values.filter { try differs($0, transaction) }.map(\.id)
    }

    private static func differs(_ state: DossierState, _ transaction: Transaction) throws -> Bool {
        let rows = try ConsultationTable.all(of: state.id, in: transaction).map(\.state)
        return try DossierTable.find(state.id, in: transaction) != state || Set(rows) != Set(state.consultations)
    }
}
