// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import TestSupport
import Testing
import WorkingTime

@testable import Catalogue
@testable import Dossiers

/// The pure heart under random fire: no illegal state, no lost event, state equal to the replay.
struct DossierMachineTests {
    static let limit = TimeLimit(1, .workingDay)
    /// Signed is issued, or a clerk issues what was signed.
    static let context = context(clerkIssues: false)
    static let clerkContext = context(clerkIssues: true)

    private static func context(clerkIssues: Bool) -> DossierContext {
        DossierContext(
            steps: [
                DossierContext.Step(
                    id: "examine",
                    name: "Thẩm định",
                    role: .specialist,
                    moves: [
                        .init(.draftResult), .init(.requestSupplement), .init(.advance, to: "sign"),
                        .init(.advance, to: "check"),
                    ]
                ),
                DossierContext.Step(
                    id: "check",
                    name: "Kiểm tra",
                    role: .unitHead,
                    moves: [.init(.advance, to: "sign"), .init(.sendBack, to: "examine")]
                ),
                DossierContext.Step(
                    id: "sign",
                    name: "Ký",
                    role: .leader,
                    moves: [
                        .init(.approve), .init(.refuse), .init(.sendBack, to: "check"), .init(.sendBack, to: "examine"),
                    ]
                ),
            ],
            receivesAutomatically: false,
            executing: Set(["H01.30337", "H01.30307"].compactMap { AgencyCode($0) }),
            confirmsCounts: true,
            clerkIssues: clerkIssues,
            consulting: consulting
        ) { (received) throws(DeadlineError) in
            guard let limit else { throw DeadlineError.notANumber("1") }
            return try Deadline(receivedAt: received, limit: limit, calendar: .standard)
        }
    }

    /// One question may be asked while it is examined; without an answer nothing goes on.
    static let consulting = TimeLimit(1, .hour).map { hour in
        DossierContext.Consulting(
            rules: [
                ConsultationRule(
                    id: "fire",
                    name: "Phòng cháy",
                    steps: ["examine"],
                    agencies: [],
                    units: [],
                    limit: hour,
                    silence: .waits,
                    mayGoOn: false,
                    papers: ["drawings"],
                    pages: [],
                    place: .start
                )
            ],
            parties: { _ in [Walk.consulted].compactMap(\.self) }
        ) { (asked, limit) throws(DeadlineError) in
            try Deadline(receivedAt: asked, limit: limit, calendar: .standard).dueAt
        }
    }

    @Test("A million random commands never reach an illegal state, lose an event, or differ from the replay")
    func randomWalk() throws {
        var generator = SeededGenerator(seed: 2_000_635)
        let actors = try Walk.actors()
        var reached: Set<DossierStatus> = []
        var (commands, walks, issued) = (0, 0, 0)
        while commands < 1_000_000 {
            walks += 1
            var walk = try Walk(number: walks, isPaid: Bool.random(using: &generator))
            for _ in 0..<3_000 where commands < 1_000_000 {
                commands += 1
                try walk.step(by: actors.randomElement(using: &generator) ?? .system("x"), &generator)
                if walk.state.status.isFinal { break }
            }
            try walk.check()
            reached.formUnion(walk.visited)
            issued += walk.hasWaited && walk.state.decision == .granted ? 1 : 0
        }
        // A walk that never gets anywhere would prove nothing.
        #expect(reached == Set(DossierStatus.allCases))
        #expect(issued > 10)
    }

    @Test("Nobody outside the dossier's agency can move it, whatever the role")
    func foreignOfficersMoveNothing() throws {
        let walk = try Walk(number: 1, isPaid: false)
        for role in Role.allCases {
            let foreigner = try Walk.officer("h01.30307", role)
            for command in Walk.commands(for: walk.state) {
                #expect(throws: DossierRefusal.self) {
                    try DossierMachine.decide(command, walk.state, by: foreigner, at: walk.now, in: Self.context)
                }
            }
            #expect(DossierMachine.offered(to: foreigner, for: walk.state, at: walk.now, in: Self.context).isEmpty)
        }
    }

    @Test("What is offered can be done, and what is not offered is refused")
    func offeredEqualsPossible() throws {
        var generator = SeededGenerator(seed: 7)
        let actors = try Walk.actors()
        for number in 1...2_000 {
            var walk = try Walk(number: number, isPaid: number.isMultiple(of: 2))
            for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                try walk.step(by: actors.randomElement(using: &generator) ?? .system("x"), &generator)
            }
            for actor in actors {
                let context = walk.context
                let offered = Set(DossierMachine.offered(to: actor, for: walk.state, at: walk.now, in: context))
                for command in Walk.commands(for: walk.state) {
                    let isPossible =
                        (try? DossierMachine.decide(command, walk.state, by: actor, at: walk.now, in: context))
                        != nil  // a refusal is the answer that is compared here
                    #expect(
                        offered.contains(command.action) == isPossible,
                        "\(command.action) in \(walk.state.status) by \(actor.roles)"
                    )
                }
            }
        }
    }

    @Test(
        "A dossier goes where the pack leads: to the step that is asked for, else the first that is open, nowhere else"
    )
    func movesAreThoseOfThePack() throws {
        var walk = try Walk(number: 1, isPaid: false)
        let specialist = try Walk.officer("h01.30337", .specialist)
        try walk.take(.receive(registerNumber: 1), by: Walk.officer("h01.30337", .deskOfficer))
        #expect(throws: DossierRefusal.resultNotDrafted) { try walk.take(.advance(to: "sign"), by: specialist) }
        #expect(throws: DossierRefusal.wrongStep(.advance)) { try walk.take(.advance(to: "examine"), by: specialist) }
        #expect(throws: DossierRefusal.wrongStep(.advance)) { try walk.take(.advance(to: "nowhere"), by: specialist) }
        try walk.take(.advance(to: nil), by: specialist)
        #expect(walk.state.step == "check")
        let head = try Walk.officer("h01.30337", .unitHead)
        #expect(throws: DossierRefusal.wrongStep(.draftResult)) { try walk.take(.draftResult, by: head) }
        #expect(throws: DossierRefusal.resultNotDrafted) { try walk.take(.advance(to: nil), by: head) }
        try walk.take(.sendBack(to: "examine", reason: "Thiếu bản vẽ"), by: head)
        try walk.take(.draftResult, by: specialist)
        try walk.take(.advance(to: nil), by: specialist)
        #expect(walk.state.step == "sign")
        let leader = try Walk.officer("h01.30337", .leader)
        try walk.take(.sendBack(to: "examine", reason: "Sai số nhà"), by: leader)
        #expect(walk.state.step == "examine")
    }

    @Test("What waits for the clerk is issued by another than its signer, or given back, and nothing else is done")
    func whatWaitsForTheClerk() throws {
        var walk = try Walk(number: 2, isPaid: false)
        func officer(_ role: Role) throws -> Actor { try Walk.officer("h01.30337", role) }
        let result = try #require(ResultID(rawValue: "r"))
        for (command, role) in [
            (DossierCommand.receive(registerNumber: 1), Role.deskOfficer), (.draftResult, .specialist),
            (.advance(to: "sign"), .specialist), (.approve(result: result), .leader),
        ] { try walk.take(command, by: officer(role)) }
        #expect(walk.state.status == .processing && walk.state.decision == nil && walk.state.decidedAt == nil)
        let signer = try #require(walk.state.signer)
        // Between signature and issue the agency does nothing else; the applicant may still withdraw.
        let possible = try Set(
            Walk.actors().flatMap {
                DossierMachine.offered(to: $0, for: walk.state, at: walk.now, in: walk.context)
            }
        )
        #expect(possible == [.issue, .returnSignature, .withdraw, .assign])
        #expect(throws: DossierRefusal.awaitsIssue) { try walk.take(.approve(result: result), by: officer(.leader)) }
        #expect(throws: DossierRefusal.reasonMissing) {
            try walk.take(.returnSignature(reason: " "), by: officer(.recordsClerk))
        }
        let both = Officer(
            id: signer,
            loginName: "both",
            agency: walk.state.agency,
            unit: try #require(OrgUnitID(rawValue: "u")),
            fullName: "Nguyễn Văn A",
            position: "Chủ tịch",
            email: nil,
            roles: [.leader, .recordsClerk]
        )
        let signing = Actor.officer(both, authentication: .password, session: nil)
        #expect(throws: DossierRefusal.signerMayNotIssue) { try walk.take(.issue(), by: signing) }
        try walk.take(.returnSignature(reason: "Sai ngày"), by: officer(.recordsClerk))
        #expect(walk.state.signer == nil && walk.state.result == nil && walk.state.step == "sign")
        #expect(throws: DossierRefusal.awaitsNoIssue) { try walk.take(.issue(), by: officer(.recordsClerk)) }
        try walk.take(.approve(result: result), by: officer(.leader))
        try walk.take(.issue(), by: officer(.recordsClerk))
        #expect(walk.state.status == .decided && walk.state.result == result && walk.state.signer == nil)
        try walk.check()
    }

    @Test("Handed over to another agency, the clock goes on, the draft falls, and the old agency has no more to say")
    func otherAgency() throws {
        var walk = try Walk(number: 1, isPaid: false)
        let old = (try Walk.officer("h01.30337", .deskOfficer), try Walk.officer("h01.30337", .specialist))
        for (command, actor) in [(DossierCommand.receive(registerNumber: 1), old.0), (.draftResult, old.1)] {
            try walk.take(command, by: actor)
        }
        let promised = try #require(walk.state.dueAt)
        let handOver = try #require(Walk.commands(for: walk.state).last)
        try walk.take(handOver, by: old.1)
        #expect(walk.state.agency.text == "H01.30307")
        #expect((walk.state.dueAt, walk.state.step, walk.state.drafter) == (promised, "examine", nil))
        #expect(throws: DossierRefusal.self) { try walk.take(.draftResult, by: old.1) }
        try walk.take(.draftResult, by: try Walk.officer("h01.30307", .specialist))
        #expect(throws: DossierRefusal.agencyUnsuitable) {
            try walk.take(.handOverToAgency(walk.state.agency, reason: "x"), by: Walk.officer("h01.30307", .specialist))
        }
        try walk.check()
    }

    @Test("The drawing in docs/diagrams is the graph")
    func drawing() throws {
        #expect(DossierGraph.dot().contains("1 -> 2 [label=\"Tiếp nhận"))
        #expect(DossierGraph.edges.count == 40)
        // Every status but the first is reached; final ones are those of standards.md §5.1.
        let reached = Set(DossierGraph.edges.map(\.to))
        #expect(reached.union([.submitted]) == Set(DossierStatus.allCases))
        #expect(Set(DossierStatus.allCases.filter(\.isFinal)) == [.declined, .withdrawn, .stopped, .delivered])
    }
}

/// One dossier on its random way.
struct Walk {
    /// Whom a question goes to: neither of the agencies that execute the procedure.
    static let consulted = AgencyCode("H01.09").map { ConsultedParty(agency: $0) }

    var state: DossierState
    var history: [(DossierEvent, Instant)]
    var now: Instant
    var visited: Set<DossierStatus> = [.submitted]
    /// Every second dossier lies with an agency whose clerk issues.
    let context: DossierContext
    var hasWaited = false

    /// Taken seldom, or no walk would get to a decision.
    static let endings: Set<DossierAction> = [.decline, .withdraw, .stop, .refuse]

    /// Every command once; a dossier is handed over to the agency that does not have it.
    static func commands(for state: DossierState) -> [DossierCommand] {
        let other = AgencyCode(state.agency.text == "H01.30337" ? "H01.30307" : "H01.30337") ?? state.agency
        let open = state.consultations.first(where: \.isOpen)?.id ?? ConsultationID(rawValue: "none")
        let (next, asked) = (ConsultationID(rawValue: "c\(state.consultations.count)"), Walk.consulted)
        let question = ConsultationQuestion(
            rule: "fire",
            parties: [asked].compactMap(\.self),
            text: "Đạt không?",
            papers: [],
            limit: 1
        )
        var consulting: [DossierCommand] = []
        if let next, let open, asked != nil {
            consulting = [
                .askConsultation(question, ids: [next]), .answerConsultation(open, .agrees, opinion: nil, file: nil),
                .withdrawConsultation(open, reason: nil),
            ]
        }
        let hands = OfficerID(rawValue: "specialist-\(state.agency.text.lowercased())")
        let assign = DossierCommand.assign(
            to: state.assignee == nil ? hands : nil,
            unit: OrgUnitID(rawValue: "u"),
            reason: "Nghỉ phép"
        )
        return commands + consulting + [assign] + [.handOverToAgency(other, reason: "Thuộc thẩm quyền nơi khác")]
    }

    private static let commands: [DossierCommand] = [
        .settleObligation, .receive(registerNumber: 1), .handOver, .decline(reason: "Thiếu thẩm quyền"),
        .requestSupplement(reason: "Thiếu", items: [SupplementItem(target: "paper", text: "Chụp lại")]),
        .answerSupplement(files: []), .withdraw(reason: nil), .draftResult, .advance(to: nil),
        .sendBack(to: nil, reason: "Sai tên"),
        .requirePayment, .approve(result: ResultID(rawValue: "r") ?? ResultID(.system)), .refuse(reason: "Không đủ"),
        .stop(reason: "Quá hạn bổ sung"), .deliver(.online), .recountFee(total: VND(9_000)),
        .approve(
            result: ResultID(rawValue: "r") ?? ResultID(.system),
            fee: FeeCorrection(paid: VND(4_000), confirmed: VND(6_000))
        ),
        .issue(), .issue(fee: FeeCorrection(paid: VND(4_000), confirmed: VND(6_000))),
        .returnSignature(reason: "Sai ngày"),
    ]

    init(number: Int, isPaid: Bool) throws {
        let agency = try #require(AgencyCode("H01.30337"))
        context = number.isMultiple(of: 2) ? DossierMachineTests.clerkContext : DossierMachineTests.context
        now = Instant(try #require(LocalDate("2026-03-05")), try #require(LocalTime("09:00")))
        let facts = DossierEvent.Submitted(
            code: DossierCode(agency: agency, day: now.date, sequence: Int64(number)),
            procedure: "2.000635",
            packVersion: "v",
            agency: agency,
            applicant: try #require(Identifier(rawValue: "citizen")),
            channel: .online,
            delivery: .online,
            obligation: isPaid ? .due : .none,
            files: [],
            regime: .nd118of2025
        )
        let id = try #require(DossierID(rawValue: "d\(number)"))
        state = try #require(DossierState.apply(.submitted(facts), at: now, to: nil, id: id))
        history = [(.submitted(facts), now)]
    }

    static func officer(_ agency: String, _ role: Role) throws -> Actor {
        let officer = Officer(
            id: try #require(OfficerID(rawValue: "\(role.rawValue.lowercased())-\(agency)")),
            loginName: role.rawValue,
            agency: try #require(AgencyCode(agency)),
            unit: try #require(OrgUnitID(rawValue: "u")),
            fullName: "Nguyễn Văn A",
            position: "Công chức",
            email: nil,
            roles: [role]
        )
        return .officer(officer, authentication: .password, session: nil)
    }

    static func actors() throws -> [Actor] {
        let applicant = try #require(AccountID(rawValue: "citizen"))
        let stranger = try #require(AccountID(rawValue: "stranger"))
        let officers = try ["h01.30337", "h01.30307"].flatMap { agency in
            try [Role.deskOfficer, .specialist, .unitHead, .leader, .recordsClerk].map { try officer(agency, $0) }
        }
        return officers + [
            .citizen(applicant, assurance: .two, session: nil), .citizen(stranger, assurance: .two, session: nil),
            .system("payments"), try officer("h01.30337", .administrator), try officer("h01.09", .specialist),
        ]
    }

    /// One command that must be possible.
    mutating func take(_ command: DossierCommand, by actor: Actor) throws {
        for event in try DossierMachine.decide(command, state, by: actor, at: now, in: context) {
            state = try #require(DossierState.apply(event, at: now, to: state, id: state.id))
            history.append((event, now))
        }
    }

    mutating func step(by actor: Actor, _ generator: inout SeededGenerator) throws {
        let command = try #require(Self.commands(for: state).randomElement(using: &generator))
        if Self.endings.contains(command.action), Int.random(in: 0..<20, using: &generator) > 0 { return }
        now = now.adding(minutes: Int64.random(in: 1...600, using: &generator))
        let events: [DossierEvent]
        do throws(DossierRefusal) {
            events = try DossierMachine.decide(command, state, by: actor, at: now, in: context)
        } catch {
            #expect(error.publicDetail?.isEmpty == false)
            return
        }
        #expect(!events.isEmpty)
        for event in events {
            let before = state
            state = try #require(DossierState.apply(event, at: now, to: before, id: before.id))
            history.append((event, now))
            visited.insert(state.status)
            if state.signer != nil { hasWaited = true }
            let isEdge = DossierGraph.edges.contains { $0.from == before.status && $0.to == state.status }
            if !isEdge { Issue.record("\(before.status) -> \(state.status) by \(event) is no edge") }
        }
    }

    /// The replay gives the same state, every event counted, every event readable after its way through JSON.
    func check() throws {
        var replayed: DossierState?
        for (event, moment) in history {
            replayed = DossierState.apply(event, at: moment, to: replayed, id: state.id)
        }
        if replayed != state || state.version != history.count { Issue.record("the replay differs: \(state)") }
        if state.status != .submitted, state.status != .declined, state.status != .withdrawn,
            state.status != .awaitingSupplement, state.status != .stopped
        {
            if state.receivedAt == nil || state.dueAt == nil { Issue.record("no clock in \(state.status)") }
        }
        if !state.status.isOpen || state.decision != nil, state.consultations.contains(where: \.isOpen) {
            Issue.record("a question is open after the end")
        }
        if state.signer != nil, state.status != .processing { Issue.record("signed and \(state.status)") }
        if state.decision == .granted, state.result == nil { Issue.record("granted without a result") }
        if state.decision == .granted, state.drafter == nil { Issue.record("granted without a draft") }
        if state.supplementsAtIntake > 1 || state.supplementsInProcessing > 1 { Issue.record("asked twice") }
    }
}
