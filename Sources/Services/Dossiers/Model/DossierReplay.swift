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
        var states: [String: DossierState] = [:]
        var last: Int64?
        while true {
            let batch = try log.events(after: last, limit: 500, in: transaction)
            guard let end = batch.last else { return }
            last = end.index
            for stored in batch where stored.entry.objectType == "dossier" {
                try tell(stored.entry, &states, body)
            }
        }
    }

    private static func tell(
        _ stored: JournalEntry,
        _ states: inout [String: DossierState],
        _ body: (DossierChange) throws -> Void
    ) throws {
        let event = try stored.facts.decoded(as: DossierEvent.self)
        guard let id = DossierID(rawValue: stored.objectID) else {
            throw StoreError.decoding(column: "object_id", reason: "no dossier id")
        }
        let before = states[stored.objectID]
        guard let after = DossierState.apply(event, at: stored.at, to: before, id: id) else {
            throw StoreError.decoding(column: "facts", reason: "an event before the submission")
        }
        // A dossier that is over needs no memory: nothing follows its last event but a delivery.
        states[stored.objectID] = after.status.isFinal ? nil : after
        try body(DossierChange(event: event, at: stored.at, author: stored.actor, before: before, after: after))
    }

    /// Ids of dossiers whose row differs from the replay of their events.
    ///
    /// - Throws: as `forEachChange`.
    public static func differences(in log: TransparencyLog, _ transaction: Transaction) throws -> [DossierID] {
        var last: [DossierID: DossierState] = [:]
        try forEachChange(in: log, transaction) { last[$0.after.id] = $0.after }
        return try last.values.filter { state in
            let rows = try ConsultationTable.all(of: state.id, in: transaction).map(\.state)
            return try DossierTable.find(state.id, in: transaction) != state
                || Set(rows) != Set(state.consultations)
        }.map(\.id)
    }
}
