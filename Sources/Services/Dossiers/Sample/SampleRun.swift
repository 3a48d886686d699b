// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Journal
import Kernel
import Organisation
import Storage
import WorkingTime

/// One drawing of a sample: what lies ahead, what is open, and the rows that wait to be written. Pure but for its dice.
struct SampleRun {
    /// One thing that happens to a dossier.
    private struct Step {
        let at: Instant
        let event: DossierEvent
        let author: ActorStamp
    }

    /// When a step of a dossier comes.
    private struct Due {
        let at: Instant
        let dossier: Int
        let step: Int
    }

    private final class Open {
        let id: DossierID
        let personal: DossierPersonal
        let foldedName: String
        let offer: Int
        let plan: [Step]
        var state: DossierState?

        init(id: DossierID, person: (personal: DossierPersonal, foldedName: String), offer: Int, plan: [Step]) {
            (self.id, self.offer, self.plan) = (id, offer, plan)
            (personal, foldedName) = person
        }
    }

    private struct Prepared {
        let offer: DossierSampler.Offer
        let context: DossierContext
        /// Offers of one number have the same deadlines: the same pack version and calendar.
        let deadlines: Int
        let lateShare: Double
        let desk: ActorStamp
        let specialist: ActorStamp
        let leader: ActorStamp
        let drafter: OfficerID
    }

    private struct Register: Hashable {
        let agency: AgencyCode
        let year: Int
    }

    private let offers: [Prepared]
    /// Sums of the weights up to each offer.
    private let bounds: [Double]
    private let clock: SampleClock
    private let end: Instant
    private var dice: SampleDice
    private var agenda: [Int: [Due]] = [:]
    private var open: [Int: Open] = [:]
    /// Dossiers of each agency on the day that is lived through.
    private var sequences: [AgencyCode: Int64] = [:]
    private var day: LocalDate?
    /// The rule set of that day.
    private var regime = Regime.nd118of2025
    private var deadlines: [[Instant: Instant]]
    private var lastNumbers: [Register: Int64] = [:]
    private var facts: SampleFacts
    private let names = SampleNames()
    private var events: [LoadedEvent] = []
    private var figures: any SampleFigures
    private var rows = DossierTable.buffer
    private var personalRows = PersonalTable.buffer

    private(set) var begun = 0
    private(set) var closed = 0

    init(
        writer: DossierWriter,
        packs: [String: ProcedurePack],
        seed: UInt64,
        offers: [DossierSampler.Offer],
        clock: SampleClock,
        until end: Instant,
        figures: some SampleFigures
    ) throws {
        var dice = SampleDice(seed: seed)
        let whole = offers.reduce(0) { $0 + $1.weight }
        let slow = offers.reduce(0) { $0 + ($1.isSlow ? $1.weight : 0) } / whole
        // Two thirds of what is late lie with the slow one.
        let share = SampleFate.lateShare
        let slowShare = slow > 0 ? min(0.9, share * 2 / 3 / slow) : 0
        let otherShare = slow < 1 ? share / 3 / (1 - slow) : 0
        var kinds: [String: Int] = [:]
        self.offers = try offers.map { offer in
            let drafter = OfficerID(RandomSource { [bytes = dice.bytes(16)] count in Array(bytes.prefix(count)) })
            func officer(_ id: String) -> ActorStamp {
                ActorStamp(kind: .officer, id: id, agency: offer.agency, authentication: "password")
            }
            let kind = "\(offer.packVersion)/\(writer.calendar(offer.agency).version)"
            kinds[kind] = kinds[kind] ?? kinds.count
            return Prepared(
                offer: offer,
                context: try writer.context(
                    by: packs[offer.packVersion],
                    channel: .online,
                    variant: nil,
                    agency: offer.agency
                ),
                deadlines: kinds[kind] ?? 0,
                lateShare: offer.isSlow ? slowShare : otherShare,
                desk: officer(Self.id(&dice)),
                specialist: officer(drafter.rawValue),
                leader: officer(Self.id(&dice)),
                drafter: drafter
            )
        }
        var sum = 0.0
        bounds = offers.map { offer in
            sum += offer.weight
            return sum
        }
        deadlines = Array(repeating: [:], count: kinds.count)
        (self.clock, self.end, self.dice) = (clock, end, dice)
        (self.figures, facts) = (figures, try SampleFacts())
    }

    /// Lives through a day, the days in their order: so many dossiers are filed, and what is due happens.
    mutating func live(through day: LocalDate, filing count: Int) throws {
        (self.day, sequences, regime) = (day, [:], Regime.valid(on: day))
        for _ in 0..<count { try begin(on: day) }
        // What happens to one dossier in one moment stays in its order: the sort of Swift is stable.
        let due = (agenda.removeValue(forKey: day.daysSinceEpoch) ?? []).filter { $0.at < end }
        for due in due.sorted(by: { $0.at < $1.at }) { try happen(due) }
    }

    // MARK: - Beginning

    /// Draws a dossier of this day with everything that will happen to it.
    private mutating func begin(on day: LocalDate) throws {
        let place = draw()
        let prepared = offers[place]
        let number = begun
        begun += 1
        let sequence = (sequences[prepared.offer.agency] ?? 0) + 1
        let applicant = Self.random(&dice, Identifier<DossierApplicant>.init)
        let filed = clock.filing(on: day, &dice)
        // Who would file after the end takes no number.
        if filed < end { sequences[prepared.offer.agency] = sequence }
        let submitted = DossierEvent.Submitted(
            code: DossierCode(agency: prepared.offer.agency, day: day, sequence: sequence),
            procedure: prepared.offer.procedure,
            packVersion: prepared.offer.packVersion,
            agency: prepared.offer.agency,
            applicant: applicant,
            channel: dice.happens(0.7) ? .online : .desk,
            delivery: .online,
            obligation: .none,
            files: [],
            regime: regime
        )
        let id = Self.random(&dice, DossierID.init)
        let person = names.person(number, &dice)
        let citizen = ActorStamp(
            kind: .citizen,
            id: applicant.rawValue,
            authentication: "nationalIdentity",
            assurance: 2
        )
        var plan = [Step(at: filed, event: .submitted(submitted), author: citizen)]
        let fate = SampleFate.draw(lateShare: prepared.lateShare, &dice)
        try add(fate, after: filed, citizen, prepared, to: &plan)
        open[number] = Open(id: id, person: person, offer: place, plan: plan)
        for (index, step) in plan.enumerated() {
            let due = Due(at: step.at, dossier: number, step: index)
            agenda[step.at.date.daysSinceEpoch, default: []].append(due)
        }
    }

    private mutating func add(
        _ fate: SampleFate,
        after filed: Instant,
        _ citizen: ActorStamp,
        _ prepared: Prepared,
        to plan: inout [Step]
    ) throws {
        let intake = clock.intake(after: filed, &dice)
        if case .withdrawn = fate {
            return plan.append(Step(at: filed.adding(minutes: 20), event: .withdrawn, author: citizen))
        }
        if case .declined = fate { return plan.append(Step(at: intake, event: .declined, author: prepared.desk)) }
        let due = try deadline(of: prepared, received: intake)
        // The number of the register is given when it happens, in the order of receipts.
        let received = DossierEvent.received(DossierEvent.Received(dueAt: due, registerNumber: 0))
        plan.append(Step(at: intake, event: received, author: prepared.desk))
        let handOver = DossierEvent.handedOver(step: prepared.context.steps[0].id)
        plan.append(Step(at: intake.adding(minutes: 5), event: handOver, author: prepared.desk))
        switch fate {
        case .withdrawn, .declined, .lying: return
        case .supplementing:
            let request = DossierEvent.supplementRequested(items: 1)
            plan.append(Step(at: intake.adding(minutes: 50), event: request, author: prepared.specialist))
        case .refused(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            plan.append(Step(at: decided, event: .refused, author: prepared.leader))
            let delivered = clock.delivery(after: decided, &dice)
            plan.append(Step(at: delivered, event: .delivered(.online), author: prepared.desk))
        case .granted(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            let drafted = decided.adding(minutes: -20)
            let draft = DossierEvent.resultDrafted(drafter: prepared.drafter)
            plan.append(Step(at: drafted, event: draft, author: prepared.specialist))
            for (step, next) in zip(prepared.context.steps, prepared.context.steps.dropFirst()) {
                let author = step.role == .leader ? prepared.leader : prepared.specialist
                let move = DossierEvent.advanced(from: step.id, to: next.id)
                plan.append(Step(at: drafted.adding(minutes: 1), event: move, author: author))
            }
            let granted = DossierEvent.granted(result: Self.random(&dice, ResultID.init))
            plan.append(Step(at: decided, event: granted, author: prepared.leader))
            let delivered = clock.delivery(after: decided, &dice)
            plan.append(Step(at: delivered, event: .delivered(.online), author: prepared.desk))
        }
    }

    private static func closes(_ event: DossierEvent) -> Bool {
        switch event {
        case .withdrawn, .declined, .delivered: true
        default: false
        }
    }

    private mutating func deadline(of prepared: Prepared, received: Instant) throws -> Instant {
        if let known = deadlines[prepared.deadlines][received] { return known }
        let due = try prepared.context.deadline(received).dueAt
        // Yesterday's moments do not come again.
        if deadlines[prepared.deadlines].count > 200 { deadlines[prepared.deadlines] = [:] }
        deadlines[prepared.deadlines][received] = due
        return due
    }

    // MARK: - Happening

    /// Lets it happen: the state, the entry of the journal, the change for figures.
    private mutating func happen(_ due: Due) throws {
        guard let dossier = open[due.dossier] else { return }
        let step = dossier.plan[due.step]
        var event = step.event
        if case .received(let facts) = event {
            let number = nextNumber(of: offers[dossier.offer].offer.agency, year: due.at.date.year)
            event = .received(DossierEvent.Received(dueAt: facts.dueAt, registerNumber: number))
        }
        let before = dossier.state
        guard let after = DossierState.apply(event, at: due.at, to: before, id: dossier.id) else { return }
        events.append(
            LoadedEvent(
                at: due.at,
                service: "dossier",
                kind: event.kind,
                objectType: "dossier",
                objectID: dossier.id.rawValue,
                actor: step.author,
                facts: try facts.json(of: event, offer: dossier.offer),
                personal: before == nil ? ["fullName": .string(dossier.personal.fullName)] : nil
            )
        )
        figures.add(DossierChange(event: event, at: due.at, author: step.author, before: before, after: after))
        dossier.state = after
        if Self.closes(event) {
            open[due.dossier] = nil
            closed += 1
            keep(dossier)
        }
    }

    private mutating func nextNumber(of agency: AgencyCode, year: Int) -> Int64 {
        let register = Register(agency: agency, year: year)
        let number = (lastNumbers[register] ?? 0) + 1
        lastNumbers[register] = number
        return number
    }

    private mutating func keep(_ dossier: Open) {
        guard let state = dossier.state else { return }  // submitted after the end: it never was
        let queue = state.queue(in: offers[dossier.offer].context)
        // The digest of a secret that nobody has: no slip opens a sampled dossier.
        let secret = dice.bytes(Digest.byteCount).hex
        DossierTable.add(state, queue: queue, slipSecret: secret, to: &rows)
        PersonalTable.add(dossier.personal, foldedName: dossier.foldedName, of: dossier.id, to: &personalRows)
    }

    // MARK: - Taking

    /// Events that wait to be written.
    var count: Int { events.count }

    /// Numbers given in each series that goes on after the sample, by its name: the registers of the years, and the
    /// codes of the last day.
    var series: [String: Int64] {
        var numbers = Dictionary(uniqueKeysWithValues: lastNumbers.map { ("register/\($0.agency)/\($0.year)", $1) })
        if let day { for (agency, last) in sequences { numbers["dossier/\(agency)/\(day)"] = last } }
        return numbers
    }

    /// What waits to be written, at the end of a day.
    mutating func take() -> SampleBatch {
        defer {
            let count = events.count
            events = []
            events.reserveCapacity(count)
            rows.removeAll()
            personalRows.removeAll()
        }
        return SampleBatch(events: events, rows: [rows, personalRows] + (figures.takeDays().map { [$0] } ?? []))
    }

    /// The last batch, with the rows of all that is open when the drawing ends.
    mutating func closeBooks() -> SampleBatch {
        for number in open.keys.sorted() { if let dossier = open[number] { keep(dossier) } }
        open = [:]
        return take()
    }

    /// The next rows of figures after the last batch; nil when there are no more.
    mutating func takeFigures() -> RowBuffer? { figures.takeRest() }

    // MARK: - Drawing

    private mutating func draw() -> Int {
        let drawn = Double.random(in: 0..<(bounds.last ?? 1), using: &dice)
        var (low, high) = (0, bounds.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] > drawn { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func random<Value>(_ dice: inout SampleDice, _ make: (RandomSource) -> Value) -> Value {
        let bytes = dice.bytes(32)
        return make(RandomSource { Array(bytes.prefix($0)) })
    }

    private static func id(_ dice: inout SampleDice) -> String { random(&dice, OfficerID.init).rawValue }
}
