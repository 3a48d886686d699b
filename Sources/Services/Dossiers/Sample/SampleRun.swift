// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import WorkingTime

/// One drawing of a sample: what lies ahead, and what has happened since it was last asked. Pure but for its dice.
struct SampleRun {
    /// What the day on which a dossier is due depends on.
    private struct Term: Hashable {
        let promise: LimitPromise?
        let calendar: String
    }

    private struct Register: Hashable {
        let agency: AgencyCode
        let year: Int
    }

    private let offices: [SampleOffice]
    /// Sums of the weights up to each office.
    private let bounds: [Double]
    private let clock: SampleClock
    private let end: Instant
    private var dice: SampleDice
    private var agenda: [Int: [SampleHappening]] = [:]
    /// Dossiers of each agency on the day that is lived through.
    private var sequences: [AgencyCode: Int64] = [:]
    private var day: LocalDate?
    /// The rule set of that day.
    private var regime = Regime.nd118of2025
    private var deadlines: [[Instant: Instant]]
    private var lastNumbers: [Register: Int64] = [:]
    private var happened: [SampleHappening] = []

    private(set) var begun = 0

    init(
        writer: DossierWriter,
        packs: [String: ProcedurePack],
        seed: UInt64,
        offers: [DossierSampler.Offer],
        clock: SampleClock,
        until end: Instant
    ) throws {
        var dice = SampleDice(seed: seed)
        let whole = offers.reduce(0) { $0 + $1.weight }
        let slow = offers.reduce(0) { $0 + ($1.isSlow ? $1.weight : 0) } / whole
        // Two thirds of what is late lie with the slow one.
        let share = SampleFate.lateShare
        let slowShare = slow > 0 ? min(0.9, share * 2 / 3 / slow) : 0
        let otherShare = slow < 1 ? share / 3 / (1 - slow) : 0
        var kinds: [Term: Int] = [:]
        offices = try offers.enumerated().map { number, offer in
            let pack = packs[offer.packVersion]
            let promise = pack?.promise(.online, variant: nil)
            let kind = Term(promise: promise, calendar: writer.calendar(offer.agency).version)
            kinds[kind] = kinds[kind] ?? kinds.count
            return SampleOffice(
                number: number,
                offer: offer,
                context: try writer.context(
                    by: pack,
                    channel: .online,
                    variant: nil,
                    agency: offer.agency
                ),
                deadlines: kinds[kind] ?? 0,
                lateShare: offer.isSlow ? slowShare : otherShare,
                &dice
            )
        }
        var sum = 0.0
        bounds = offers.map { offer in
            sum += offer.weight
            return sum
        }
        deadlines = Array(repeating: [:], count: kinds.count)
        (self.clock, self.end, self.dice) = (clock, end, dice)
    }

    /// Lives through a day, the days in their order: so many dossiers are filed, and what is due happens.
    mutating func live(through day: LocalDate, filing count: Int) throws {
        (self.day, sequences, regime) = (day, [:], Regime.valid(on: day))
        for _ in 0..<count { try begin(on: day) }
        // What happens to one dossier in one moment stays in its order: the sort of Swift is stable.
        var due = agenda.removeValue(forKey: day.daysSinceEpoch) ?? []
        due.sort { $0.at < $1.at }
        // The numbers of a register are given in the order of receipts.
        for place in due.indices {
            if case .received(let dueAt, _) = due[place].act {
                let number = nextNumber(of: due[place].dossier.office.offer.agency, year: due[place].at.date.year)
                due[place].act = .received(dueAt: dueAt, number: number)
            }
        }
        happened += due
    }

    // MARK: - Beginning

    /// Draws a dossier of this day with everything that will happen to it.
    private mutating func begin(on day: LocalDate) throws {
        let office = offices[draw()]
        let filed = clock.filing(on: day, &dice)
        let sequence = (sequences[office.offer.agency] ?? 0) + 1
        // Who would file after the end takes no number.
        if filed < end { sequences[office.offer.agency] = sequence }
        let code = DossierCode(agency: office.offer.agency, day: day, sequence: sequence)
        let dossier = SampleDossier(number: begun, office: office, code: code, regime: regime, &dice)
        begun += 1
        expect(.submitted, of: dossier, at: filed)
        try add(SampleFate.draw(lateShare: office.lateShare, &dice), after: filed, to: dossier)
    }

    /// Puts it on the agenda; what would happen after the end has not happened.
    private mutating func expect(_ act: SampleAct, of dossier: SampleDossier, at moment: Instant) {
        guard moment < end else { return }
        let happening = SampleHappening(at: moment, dossier: dossier, act: act)
        agenda[moment.date.daysSinceEpoch, default: []].append(happening)
    }

    private mutating func add(_ fate: SampleFate, after filed: Instant, to dossier: SampleDossier) throws {
        let office = dossier.office
        let intake = clock.intake(after: filed, &dice)
        if case .withdrawn = fate { return expect(.withdrawn, of: dossier, at: filed.adding(minutes: 20)) }
        if case .declined = fate { return expect(.declined, of: dossier, at: intake) }
        let due = try deadline(of: office, received: intake)
        expect(.received(dueAt: due, number: 0), of: dossier, at: intake)
        expect(.handedOver, of: dossier, at: intake.adding(minutes: 5))
        switch fate {
        case .withdrawn, .declined, .lying: return
        case .supplementing: expect(.supplementRequested, of: dossier, at: intake.adding(minutes: 50))
        case .refused(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            expect(.refused, of: dossier, at: decided)
            expect(.delivered, of: dossier, at: clock.delivery(after: decided, &dice))
        case .granted(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            let drafted = decided.adding(minutes: -20)
            expect(.drafted, of: dossier, at: drafted)
            for step in office.context.steps.indices.dropFirst() {
                expect(.advanced(step), of: dossier, at: drafted.adding(minutes: 1))
            }
            expect(.granted, of: dossier, at: decided)
            expect(.delivered, of: dossier, at: clock.delivery(after: decided, &dice))
        }
    }

    private mutating func deadline(of office: SampleOffice, received: Instant) throws -> Instant {
        if let known = deadlines[office.deadlines][received] { return known }
        let due = try office.context.deadline(received).dueAt
        // Yesterday's moments do not come again.
        if deadlines[office.deadlines].count > 200 { deadlines[office.deadlines] = [:] }
        deadlines[office.deadlines][received] = due
        return due
    }

    private mutating func nextNumber(of agency: AgencyCode, year: Int) -> Int64 {
        let register = Register(agency: agency, year: year)
        let number = (lastNumbers[register] ?? 0) + 1
        lastNumbers[register] = number
        return number
    }

    // MARK: - Taking

    /// How much has happened since it was last taken.
    var count: Int { happened.count }

    /// Numbers given in each series that goes on after the sample, by its name: the registers of the years, and the
    /// codes of the last day.
    var series: [String: Int64] {
        var numbers = Dictionary(uniqueKeysWithValues: lastNumbers.map { ("register/\($0.agency)/\($0.year)", $1) })
        if let day { for (agency, last) in sequences { numbers["dossier/\(agency)/\(day)"] = last } }
        return numbers
    }

    /// What has happened, in its order.
    mutating func take() -> [SampleHappening] {
        defer {
            happened = []
            happened.reserveCapacity(DossierSampler.batchEvents + DossierSampler.batchEvents / 8)
        }
        return happened
    }

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
}
