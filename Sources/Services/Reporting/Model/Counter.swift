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
        let (before, after) = (change.before, change.after)
        let hasMoved =
            before.map { ($0.agency, $0.procedure, $0.channel) != (after.agency, after.procedure, after.channel) }
            ?? false
        forEachDelta(
            of: change.event,
            at: change.at,
            by: change.author,
            from: before?.standing,
            to: after.standing,
            hasMoved: hasMoved
        ) { measure, day, delta in
            // Nothing but the bucket that is left is taken from.
            body(key(measure, delta < 0 ? before ?? after : after, day: day), delta)
        }
    }

    /// Calls `body` for each cell that an event moves, at the place where the dossier is after it; what is taken away
    /// lies where it was before.
    static func forEachDelta(
        of event: DossierEvent,
        at moment: Instant,
        by author: ActorStamp,
        from before: DossierStanding?,
        to after: DossierStanding,
        hasMoved: Bool = false,
        _ body: (_ measure: Measure, _ day: LocalDate?, _ delta: Int64) -> Void
    ) {
        let (left, reached) = (before.flatMap(bucket), bucket(of: after))
        if hasMoved || left != reached {
            if let left { body(left.measure, left.day, -1) }
            if let reached { body(reached.measure, reached.day, 1) }
        }
        let day = moment.date
        forEachFlow(of: event, at: moment, by: author, dueAt: after.dueAt) { body($0, day, 1) }
        // What the program does by itself is nobody's transaction, nor is what a merger moves.
        guard author.kind != .system, !event.isReorganisation else { return }
        let month = day.firstOfMonth
        body(.acts, month, 1)
        if AuthenticationMethod(stored: author.authentication).isElectronic { body(.authenticatedActs, month, 1) }
    }

    private struct Bucket: Equatable {
        let measure: Measure
        let day: LocalDate?
    }

    /// The bucket in which an open dossier lies; nil when it is over.
    private static func bucket(of standing: DossierStanding) -> Bucket? {
        switch standing.status {
        case .submitted: Bucket(measure: .waiting, day: nil)
        case .received, .processing: Bucket(measure: .open, day: standing.dueDay)
        case .awaitingSupplement, .awaitingPayment: Bucket(measure: .paused, day: nil)
        case .declined, .withdrawn, .stopped, .decided, .delivered: nil
        }
    }

    private static func forEachFlow(
        of event: DossierEvent,
        at moment: Instant,
        by author: ActorStamp,
        dueAt: Instant?,
        _ body: (Measure) -> Void
    ) {
        switch event {
        case .submitted: body(.submitted)
        case .received: body(.received)
        case .declined: body(.declined)
        case .withdrawn: body(.withdrawn)
        case .stopped: body(.stopped)
        case .granted:
            body(.granted)
            if let dueAt { body(punctuality(Punctuality(decidedAt: moment, dueAt: dueAt))) }
        case .refused:
            body(.refused)
            if let dueAt { body(punctuality(Punctuality(decidedAt: moment, dueAt: dueAt))) }
        case .delivered(let way):
            body(.delivered)
            if way == .online { body(.deliveredOnline) }
        // The gateway's word comes through the program; a person who notes cash is the author.
        case .obligationSettled:
            body(.settled)
            if author.kind == .system { body(.settledOnline) }
        case .handedOver, .handedOverToAgency, .supplementRequested, .supplementAnswered,
            .resultDrafted, .advanced, .sentBack, .paymentRequired, .feeCorrected, .feeRecounted,
            .consultationAsked, .consultationAnswered, .consultationWithdrawn, .passedToSuccessor,
            .consultationPassed, .assigned, .signed, .signatureReturned, .lengthened:
            break
        }
    }

    private static func punctuality(_ punctuality: Punctuality) -> Measure {
        switch punctuality {
        case .early: .early
        case .onTime: .onTime
        case .late: .late
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
