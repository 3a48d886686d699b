// SPDX-License-Identifier: Apache-2.0

import Identity
public import Kernel
public import Storage

extension DossierWriter {
    /// Settles the obligation of a dossier when `Payments` says that it is paid: given to `PaymentService`.
    ///
    /// A dossier that no longer waits keeps its state: then `Payments` has cancelled the obligation and put the
    /// money aside for a person.
    public func settlement(of dossier: DossierID, at now: Instant, in transaction: Transaction) throws {
        // What no longer waits keeps its state: Payments has cancelled the obligation, the money is with a person.
        guard let state = try DossierTable.find(dossier, in: transaction), state.obligation == .due else { return }
        let actor = Actor.system("payments")
        let change = try change(dossier, seen: nil, by: actor, at: now, in: transaction) { _ in .settleObligation }
        try receiveIfAutomatic(change.after, at: now, in: transaction)
    }

    /// Takes a dossier in at once where its pack says so and nothing is due.
    func receiveIfAutomatic(_ state: DossierState, at now: Instant, in transaction: Transaction) throws {
        guard state.status == .submitted, state.obligation != .due,
            try context(of: state, in: transaction).receivesAutomatically
        else { return }
        try change(state.id, seen: nil, by: .system("intake"), at: now, in: transaction) { state in
            .receive(registerNumber: try registerNumber(of: state, at: now, in: transaction))
        }
    }

    /// The next number in the agency's yearly register of dossiers, without gaps.
    func registerNumber(of state: DossierState, at now: Instant, in transaction: Transaction) throws -> Int64 {
        try NumberSeries.next("register/\(state.agency)/\(now.date.year)", in: transaction)
    }
}
