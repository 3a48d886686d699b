// SPDX-License-Identifier: Apache-2.0

import Identity
import Journal
import Kernel
import Storage

extension DossierWriter {
    /// From which side a dossier is changed.
    enum Side: Sendable, Hashable {
        /// Who says who works on it: heads of units and administrators, who need not see it.
        case assigning
        /// Its applicant, or the agency that has it.
        case holder
        /// The agency that has it, by an act to which an answer that came meanwhile does no harm.
        case consulting
        /// An agency that is asked on it.
        case consulted

        var reach: Policy<DossierState> {
            switch self {
            case .holder, .consulting: DossierPolicies.read
            case .consulted: DossierPolicies.consulted
            // The machine judges them by the agency and the unit.
            case .assigning: .actor { $0.kind == .officer }
            }
        }
    }

    /// Whether nothing happened since that version but answers of those who were consulted.
    func answersAlone(
        since version: Int,
        on state: DossierState,
        in transaction: Transaction
    ) throws -> Bool {
        guard version > 0, version < state.version else { return false }
        let entries = try log.events(of: "dossier", id: state.id.rawValue, in: transaction)
        let kinds = entries.dropFirst(version).map(\.entry.kind)
        return kinds.allSatisfy { $0 == "consultationAnswered" }
    }

    /// Keeps the rows of consultations equal to the state, and tells those whom a change concerns.
    func keepConsultations(
        of state: DossierState,
        before: DossierState,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        guard state.consultations != before.consultations else { return }
        for consultation in state.consultations where !before.consultations.contains(consultation) {
            try ConsultationTable.keepOutcome(consultation, in: transaction)
            try ConsultationNotice.queue(for: consultation, at: now, on: jobs, in: transaction)
        }
    }
}
