// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Journal
import Kernel
import Organisation
import Storage
import WorkingTime

/// One drawing of a sample: what lies ahead, what is open, and the batch that is being filled. Pure but for its dice.
struct SampleRun {
    /// Something that will happen to a dossier.
    struct Planned {
        let at: Instant
        let dossier: Int
        let event: DossierEvent
        let author: ActorStamp
        let isLast: Bool
    }

    private struct Open {
        let id: DossierID
        var state: DossierState?
        let personal: DossierPersonal
        let offer: Int
    }

    private struct Prepared {
        let offer: DossierSampler.Offer
        let context: DossierContext
        let lateShare: Double
        let desk: ActorStamp
        let specialist: ActorStamp
        let leader: ActorStamp
        let drafter: OfficerID
    }

    private let offers: [Prepared]
    /// Sums of the weights up to each offer.
    private let bounds: [Double]
    private let clock: SampleClock
    private var dice: SampleDice
    private var agenda: [Int: [Planned]] = [:]
    private var lastDay: Int?
    private var open: [Int: Open] = [:]
    private var sequences: [String: Int64] = [:]
    private var deadlines: [String: [Instant: Instant]] = [:]
    private var facts = SampleFacts()
    private let names = SampleNames()

    private(set) var registers: [String: Int64] = [:]
    private(set) var begun = 0
    private(set) var closed = 0
    var batch = SampleBatch()

    init(writer: DossierWriter, seed: UInt64, offers: [DossierSampler.Offer], clock: SampleClock) throws {
        var dice = SampleDice(seed: seed)
        let whole = offers.reduce(0) { $0 + $1.weight }
        let slow = offers.reduce(0) { $0 + ($1.isSlow ? $1.weight : 0) } / whole
        // Two thirds of what is late lie with the slow one.
        let share = SampleFate.lateShare
        let slowShare = slow > 0 ? min(0.9, share * 2 / 3 / slow) : 0
        let otherShare = slow < 1 ? share / 3 / (1 - slow) : 0
        self.offers = try offers.map { offer in
            let drafter = OfficerID(RandomSource { [bytes = dice.bytes(16)] count in Array(bytes.prefix(count)) })
            func officer(_ id: String) -> ActorStamp {
                ActorStamp(kind: .officer, id: id, agency: offer.agency, authentication: "password")
            }
            return Prepared(
                offer: offer,
                context: try writer.context(of: offer.packVersion, channel: .online, agency: offer.agency),
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
        self.clock = clock
        self.dice = dice
    }

    // MARK: - Beginning

    /// Draws a dossier of this day with everything that will happen to it.
    mutating func begin(on day: LocalDate) throws {
        let place = draw()
        let prepared = offers[place]
        let number = begun
        begun += 1
        let series = "\(prepared.offer.agency)/\(day)"
        sequences[series, default: 0] += 1
        let applicant = Self.random(&dice, Identifier<DossierApplicant>.init)
        let filed = clock.filing(on: day, &dice)
        let submitted = DossierEvent.Submitted(
            code: DossierCode(agency: prepared.offer.agency, day: day, sequence: sequences[series] ?? 1),
            procedure: prepared.offer.procedure,
            packVersion: prepared.offer.packVersion,
            agency: prepared.offer.agency,
            applicant: applicant,
            channel: dice.happens(0.7) ? .online : .desk,
            delivery: .online,
            obligation: .none,
            files: [],
            regime: Regime.valid(on: day)
        )
        open[number] = Open(
            id: Self.random(&dice, DossierID.init),
            state: nil,
            personal: names.person(number, &dice),
            offer: place
        )
        let citizen = ActorStamp(kind: .citizen, id: applicant.rawValue, authentication: "national-identity")
        var plan: [(Instant, DossierEvent, ActorStamp)] = [(filed, .submitted(submitted), citizen)]
        let fate = SampleFate.draw(lateShare: prepared.lateShare, &dice)
        try add(fate, after: filed, citizen, prepared, to: &plan)
        let isClosing = plan.last.map { Self.closes($0.1) } ?? false
        for (index, step) in plan.enumerated() {
            let isLast = isClosing && index == plan.count - 1
            agenda[step.0.date.daysSinceEpoch, default: []].append(
                Planned(at: step.0, dossier: number, event: step.1, author: step.2, isLast: isLast)
            )
        }
    }

    private mutating func add(
        _ fate: SampleFate,
        after filed: Instant,
        _ citizen: ActorStamp,
        _ prepared: Prepared,
        to plan: inout [(Instant, DossierEvent, ActorStamp)]
    ) throws {
        let intake = clock.intake(after: filed, &dice)
        if case .withdrawn = fate { return plan.append((filed.adding(minutes: 20), .withdrawn, citizen)) }
        if case .declined = fate { return plan.append((intake, .declined, prepared.desk)) }
        let due = try deadline(of: prepared, received: intake)
        // The number of the register is given when it happens, in the order of receipts.
        plan.append((intake, .received(DossierEvent.Received(dueAt: due, registerNumber: 0)), prepared.desk))
        plan.append((intake.adding(minutes: 5), .handedOver(step: prepared.context.steps[0].id), prepared.desk))
        switch fate {
        case .withdrawn, .declined, .lying: return
        case .supplementing:
            plan.append((intake.adding(minutes: 50), .supplementRequested(items: 1), prepared.specialist))
        case .refused(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            plan.append((decided, .refused, prepared.leader))
            plan.append((clock.delivery(after: decided, &dice), .delivered(.online), prepared.desk))
        case .granted(let isLate):
            let decided = clock.decision(received: intake, due: due, isLate: isLate, &dice)
            let drafted = decided.adding(minutes: -20)
            plan.append((drafted, .resultDrafted(drafter: prepared.drafter), prepared.specialist))
            for (step, next) in zip(prepared.context.steps, prepared.context.steps.dropFirst()) {
                let author = step.role == .leader ? prepared.leader : prepared.specialist
                plan.append((drafted.adding(minutes: 1), .advanced(from: step.id, to: next.id), author))
            }
            plan.append((decided, .granted(result: Self.random(&dice, ResultID.init)), prepared.leader))
            plan.append((clock.delivery(after: decided, &dice), .delivered(.online), prepared.desk))
        }
    }

    private static func closes(_ event: DossierEvent) -> Bool {
        switch event {
        case .withdrawn, .declined, .delivered: true
        default: false
        }
    }

    private mutating func deadline(of prepared: Prepared, received: Instant) throws -> Instant {
        let kind = "\(prepared.offer.packVersion)/\(prepared.offer.agency)"
        if let known = deadlines[kind]?[received] { return known }
        let due = try prepared.context.deadline(received).dueAt
        // Yesterday's moments do not come again.
        if (deadlines[kind]?.count ?? 0) > 200 { deadlines[kind] = [:] }
        deadlines[kind, default: [:]][received] = due
        return due
    }

    // MARK: - Happening

    /// What is due up to a moment and lies before the end, in order.
    mutating func due(through moment: Instant, before end: Instant) -> [Planned] {
        let day = moment.date.daysSinceEpoch
        let from = lastDay.map { $0 + 1 } ?? day
        lastDay = day
        var due: [Planned] = []
        for day in min(from, day)...day { due += agenda.removeValue(forKey: day) ?? [] }
        // What happens to one dossier in one moment stays in its order: the sort of Swift is stable.
        return due.filter { $0.at < end }.sorted { $0.at < $1.at }
    }

    /// Lets it happen: the state, the entry of the journal, the change for figures.
    mutating func happen(_ planned: Planned) throws {
        guard var dossier = open[planned.dossier] else { return }
        let prepared = offers[dossier.offer]
        var event = planned.event
        if case .received(let facts) = event {
            let series = "register/\(prepared.offer.agency)/\(planned.at.date.year)"
            registers[series, default: 0] += 1
            event = .received(DossierEvent.Received(dueAt: facts.dueAt, registerNumber: registers[series] ?? 1))
        }
        let before = dossier.state
        guard let after = DossierState.apply(event, at: planned.at, to: before, id: dossier.id) else { return }
        batch.entries.append(
            JournalEntry(
                at: planned.at,
                service: "dossier",
                kind: event.kind,
                objectType: "dossier",
                objectID: dossier.id.rawValue,
                actor: planned.author,
                facts: try facts.json(of: event),
                personal: before == nil ? ["fullName": .string(dossier.personal.fullName)] : nil
            )
        )
        batch.changes.append(
            DossierChange(event: event, at: planned.at, author: planned.author, before: before, after: after)
        )
        dossier.state = after
        if planned.isLast {
            open[planned.dossier] = nil
            closed += 1
            keep(dossier)
        } else {
            open[planned.dossier] = dossier
        }
    }

    /// The rows of all that is open when the drawing ends.
    mutating func closeBooks() throws {
        for number in open.keys.sorted() { if let dossier = open[number] { keep(dossier) } }
        open = [:]
    }

    private mutating func keep(_ dossier: Open) {
        guard let state = dossier.state else { return }  // submitted after the end: it never was
        batch.rows.append(
            SampleRow(
                state: state,
                queue: state.queue(in: offers[dossier.offer].context),
                // The digest of a secret that nobody has: no slip opens a sampled dossier.
                secret: dice.bytes(Digest.byteCount).hex,
                personal: dossier.personal
            )
        )
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

    private static func random<Value>(_ dice: inout SampleDice, _ make: (RandomSource) -> Value) -> Value {
        let bytes = dice.bytes(32)
        return make(RandomSource { Array(bytes.prefix($0)) })
    }

    private static func id(_ dice: inout SampleDice) -> String { random(&dice, OfficerID.init).rawValue }
}

/// The facts of an event as JSON, each kind encoded once: an encoder takes 50 µs, and a sample has millions of events.
struct SampleFacts {
    private var known: [DossierEvent: JSONValue] = [:]

    /// At most so many are kept: steps, drafters and deadlines come again, codes and numbers do not.
    private static let limit = 20_000

    mutating func json(of event: DossierEvent) throws -> JSONValue {
        switch event {
        case .submitted(var facts):
            let (code, applicant) = (facts.code, facts.applicant)
            let standing = DossierCode(agency: facts.agency, day: LocalDate(daysSinceEpoch: 0), sequence: 0)
            facts.code = standing
            facts.applicant = Self.applicant
            return try kept(.submitted(facts)).replacing([
                .string(standing.text): .string(code.text),
                .string(Self.applicant.rawValue): .string(applicant.rawValue),
            ])
        case .received(var facts):
            let number = facts.registerNumber
            facts.registerNumber = Self.number
            return try kept(.received(facts)).replacing([.integer(Self.number): .integer(number)])
        case .granted(let result):
            return try kept(.granted(result: Self.result))
                .replacing([.string(Self.result.rawValue): .string(result.rawValue)])
        default: return try kept(event)
        }
    }

    // What stands for a value that differs each time.
    private static let number: Int64 = -7_340_021
    private static let zeros = RandomSource { [UInt8](repeating: 0, count: $0) }
    private static let applicant = Identifier<DossierApplicant>(zeros)
    private static let result = ResultID(zeros)

    private mutating func kept(_ event: DossierEvent) throws -> JSONValue {
        if let json = known[event] { return json }
        let json = try JSONValue(encoding: event)
        if known.count >= Self.limit { known = [:] }
        known[event] = json
        return json
    }
}

extension JSONValue {
    /// The value with some values in it exchanged, at any depth.
    fileprivate func replacing(_ values: [JSONValue: JSONValue]) -> JSONValue {
        if let other = values[self] { return other }
        switch self {
        case .object(let members): return .object(members.mapValues { $0.replacing(values) })
        case .array(let items): return .array(items.map { $0.replacing(values) })
        case .null, .bool, .integer, .string: return self
        }
    }
}

/// Names as people of the province have them; nobody in particular.
struct SampleNames {
    private static let family = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Châu", "Danh", "Neáng", "Lâm",
    ]
    private static let middle = ["Văn", "Thị", "Hoàng", "Ngọc", "Thanh", "Minh", "Kim", "Thị Hồng", "Quốc", "Gia"]
    private static let given = [
        "An", "Bảo", "Châu", "Diễm", "Đào", "Đạt", "Giang", "Hạnh", "Hiếu", "Khánh", "Lan", "Lộc", "Mai", "Nam", "Phúc",
        "Quỳnh", "Sơn", "Thảo", "Út", "Yến",
    ]

    /// The person of a number. No province has the code 000, so nobody was ever numbered like this; without telephone
    /// and mail nobody is told anything.
    func person(_ number: Int, _ dice: inout SampleDice) -> DossierPersonal {
        let words = [Self.family, Self.middle, Self.given].map { $0[Int.random(in: 0..<$0.count, using: &dice)] }
        let digits = "000" + String(number % 1_000_000_000, paddedTo: 9)
        guard let nationalID = NationalID(digits) else { preconditionFailure("these are twelve digits") }
        return DossierPersonal(
            fullName: words.joined(separator: " "),
            nationalID: nationalID,
            birthDate: LocalDate(daysSinceEpoch: Int.random(in: -10_000...12_000, using: &dice)),
            address: nil,
            phone: nil,
            email: nil,
            answers: FormAnswers()
        )
    }
}
