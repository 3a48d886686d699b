// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import WorkingTime

/// A lengthening that an officer may take now, and the day to which the promised date would move.
public struct OfferedLengthening: Sendable, Hashable {
    public var rule: LimitLengthening
    public var dueAt: Instant
}

/// A lengthening that was taken, as people are told of it.
public struct TakenLengthening: Sendable, Hashable {
    /// The need inside a sentence: `phải xác minh`.
    public var need: String
    /// The law that allows it.
    public var basis: String
    /// The date promised first.
    public var formerDueAt: Instant
    /// The date promised since; a supplement may have moved it again.
    public var dueAt: Instant
    /// The officer's words; nil where they are not shown or were erased.
    public var reason: String?
    /// When it was taken.
    public var at: Instant

    /// `phải xác minh, theo Nghị định … số 123/2015/NĐ-CP`.
    public var why: String { basis.isEmpty ? need : "\(need), theo \(basis)" }
}

extension DossierContext {
    /// What the pack, the receipt and the calendar say about a longer time limit.
    public struct Lengthening: Sendable {
        /// The pack's rules.
        public var rules: [LimitLengthening]
        /// Since when the running limit counts: the receipt, or the arrival of a supplement; nil before intake.
        public var countsFrom: Instant?
        /// The deadline of a dossier received at a moment, with a rule taken.
        public var deadline: @Sendable (_ received: Instant, _ rule: LimitLengthening) throws(DeadlineError) -> Deadline

        /// The rules of one pack version at one agency.
        public init(
            rules: [LimitLengthening],
            countsFrom: Instant? = nil,
            deadline:
                @escaping @Sendable (_ received: Instant, _ rule: LimitLengthening) throws(DeadlineError)
                -> Deadline
        ) {
            (self.rules, self.countsFrom, self.deadline) = (rules, countsFrom, deadline)
        }
    }

    /// The deadline of a dossier whose limit counts from a moment, by what it has taken: a limit that starts anew after
    /// a supplement stays the longer one, for the need is still there and may not be taken a second time.
    func deadline(from start: Instant, of state: DossierState) throws(DeadlineError) -> Deadline {
        guard let lengthening, let rule = lengthening.rules.first(where: { $0.id == state.lengthening }) else {
            return try deadline(start)
        }
        return try lengthening.deadline(start, rule)
    }

    /// What may be taken now at the dossier's step: once, before the date has passed, and to a later one.
    ///
    /// - Throws: `.wrongStep`, `.alreadyLengthened`, `.lengtheningTooLate`, `.lengtheningUnsuitable`,
    ///   `.deadlineUnknown`.
    func lengthenings(_ state: DossierState, at now: Instant) throws(DossierRefusal) -> [OfferedLengthening] {
        let here = (lengthening?.rules ?? []).filter { rule in state.step.map(rule.steps.contains) ?? false }
        guard let lengthening, !here.isEmpty else { throw .wrongStep(.lengthen) }
        if state.lengthening != nil { throw .alreadyLengthened }
        guard let promised = state.dueAt, let start = lengthening.countsFrom ?? state.receivedAt else {
            throw .notPossible(.lengthen, state.status)
        }
        if now > promised { throw .lengtheningTooLate(promised) }
        var offered: [OfferedLengthening] = []
        for rule in here {
            let dueAt: Instant
            do { dueAt = try lengthening.deadline(start, rule).dueAt } catch { throw .deadlineUnknown(error.message) }
            if dueAt > promised { offered.append(OfferedLengthening(rule: rule, dueAt: dueAt)) }
        }
        if offered.isEmpty { throw .lengtheningUnsuitable }
        return offered
    }

    /// The one of these that is asked for.
    func lengthening(
        _ id: String,
        _ state: DossierState,
        at now: Instant
    ) throws(DossierRefusal) -> OfferedLengthening {
        guard let one = try lengthenings(state, at: now).first(where: { $0.rule.id == id }) else {
            throw .lengtheningUnsuitable
        }
        return one
    }
}

extension DossierContext {
    /// The fact that this rule is taken.
    func lengthened(by id: String, _ state: DossierState, at now: Instant) throws(DossierRefusal) -> DossierEvent {
        let one = try lengthening(id, state, at: now)
        let facts = DossierEvent.Lengthened(rule: id, formerDueAt: state.dueAt ?? now, dueAt: one.dueAt)
        return .lengthened(facts)
    }
}

extension Sequence<TimelineEntry> {
    /// The lengthening of this story, in the words of the dossier's own pack; nil where none was taken.
    func lengthening(by pack: ProcedurePack) -> TakenLengthening? {
        for entry in self {
            guard case .lengthened(let facts) = entry.event else { continue }
            let rule = pack.lengthening(facts.rule)
            return TakenLengthening(
                need: rule?.need ?? facts.rule,
                basis: rule.map(pack.citation) ?? "",
                formerDueAt: facts.formerDueAt,
                dueAt: facts.dueAt,
                reason: entry.note?.reason,
                at: entry.at
            )
        }
        return nil
    }
}

extension DossierView {
    /// The lengthening that was taken; nil where none was.
    public var lengthening: TakenLengthening? { timeline.lengthening(by: pack) }
}
