// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Dossiers
import Identity
import Journal
public import Kernel

/// What is counted. Flows are counted on the day on which they happen; open dossiers lie in the bucket of the day on
/// which they are due, so that nothing has to happen in the database when time passes (standards.md §13.6).
public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Flows.
    case submitted, received, declined, withdrawn, stopped
    /// Flows of decided dossiers: before the due day, by the due time, after it.
    case early, onTime, late
    /// Flows of decided dossiers, by outcome; and of results given out.
    case granted, refused, delivered
    /// Flows of results given out online, of sums paid, and of those paid through the gateway.
    case deliveredOnline, settled, settledOnline
    /// Flows of what people and partners did to dossiers: all of it, and that whose author was known by electronic
    /// means.
    case acts, authenticatedActs
    /// Open dossiers whose clock runs, by due day.
    case open
    /// Open dossiers that wait for the applicant, without a day.
    case paused
    /// Dossiers submitted and not yet taken in, without a day.
    case waiting

    /// Measures that tell what is open now; the others are flows.
    static let buckets: [Measure] = [.open, .paused, .waiting]
    /// Flows of which nobody asks the day: one cell a month keeps the public page fast.
    static let monthly: [Measure] = [.acts, .authenticatedActs]
}

/// One cell of the counters.
public struct CounterKey: Sendable, Hashable {
    public var measure: Measure
    public var agency: AgencyCode
    public var procedure: String
    public var channel: Channel
    /// The day of the flow, or the due day of the bucket; nil for buckets without a day.
    public var day: LocalDate?
}

/// When a dossier was decided, against its promised date (glossary §4).
public enum Punctuality: Sendable, Hashable {
    case early, onTime, late

    /// Early before the due day, on time until the due moment, late after it.
    public init(decidedAt: Instant, dueAt: Instant) {
        if decidedAt.date < dueAt.date {
            self = .early
        } else {
            self = decidedAt <= dueAt ? .onTime : .late
        }
    }
}

/// The one place where events become figures: the projector and the recount both use it.
public enum CounterRules {
    /// What a change adds to the cells and takes from them.
    public static func deltas(of change: DossierChange) -> [CounterKey: Int64] {
        var deltas: [CounterKey: Int64] = [:]
        forEachDelta(of: change) { deltas[$0, default: 0] += $1 }
        return deltas
    }

    /// Calls `body` for each cell that a change moves; no cell comes twice.
    static func forEachDelta(of change: DossierChange, _ body: (_ key: CounterKey, _ delta: Int64) -> Void) {
        let (before, after) = (change.before.flatMap(bucket), bucket(of: change.after))
        if before != after {
            if let before { body(before, -1) }
            if let after { body(after, 1) }
        }
        let day = change.at.date
        for measure in flows(of: change) { body(key(measure, change.after, day: day), 1) }
        for measure in acts(of: change) { body(key(measure, change.after, day: day.firstOfMonth), 1) }
    }

    /// The bucket in which an open dossier lies; nil when it is over.
    static func bucket(of state: DossierState) -> CounterKey? {
        switch state.status {
        case .submitted: key(.waiting, state, day: nil)
        case .received, .processing: key(.open, state, day: state.dueDay)
        case .awaitingSupplement, .awaitingPayment: key(.paused, state, day: nil)
        case .declined, .withdrawn, .stopped, .decided, .delivered: nil
        }
    }

    private static func flows(of change: DossierChange) -> [Measure] {
        switch change.event {
        case .submitted: return [.submitted]
        case .received: return [.received]
        case .declined: return [.declined]
        case .withdrawn: return [.withdrawn]
        case .stopped: return [.stopped]
        case .granted: return [.granted] + punctuality(of: change)
        case .refused: return [.refused] + punctuality(of: change)
        case .delivered(let way): return way == .online ? [.delivered, .deliveredOnline] : [.delivered]
        // The gateway's word comes through the program; a person who notes cash is the author.
        case .obligationSettled: return change.author.kind == .system ? [.settled, .settledOnline] : [.settled]
        case .handedOver, .handedOverToAgency, .supplementRequested, .supplementAnswered,
            .resultDrafted, .advanced, .sentBack, .paymentRequired, .feeCorrected, .feeRecounted,
            .consultationAsked, .consultationAnswered, .consultationWithdrawn, .passedToSuccessor,
            .consultationPassed, .assigned, .signed, .signatureReturned:
            return []
        }
    }

    /// What the program does by itself is nobody's transaction, nor is what a merger moves.
    private static func acts(of change: DossierChange) -> [Measure] {
        guard change.author.kind != .system, !change.event.isReorganisation else { return [] }
        let isKnown = AuthenticationMethod(stored: change.author.authentication).isElectronic
        return isKnown ? [.acts, .authenticatedActs] : [.acts]
    }

    private static func punctuality(of change: DossierChange) -> [Measure] {
        guard let due = change.after.dueAt else { return [] }
        switch Punctuality(decidedAt: change.at, dueAt: due) {
        case .early: return [.early]
        case .onTime: return [.onTime]
        case .late: return [.late]
        }
    }

    private static func key(_ measure: Measure, _ state: DossierState, day: LocalDate?) -> CounterKey {
        CounterKey(
            measure: measure,
            agency: state.agency,
            procedure: state.procedure,
            channel: state.channel,
            day: day
        )
    }
}

extension LocalDate {
    /// The first day of the same month.
    fileprivate var firstOfMonth: LocalDate { LocalDate(daysSinceEpoch: daysSinceEpoch - components.day + 1) }
}
