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

    /// The limit may grow by a day while it is examined or checked.
    static let verification = limit.map { day in
        LimitLengthening(
            id: "verification",
            name: "Phải xác minh",
            extent: .by(day),
            steps: ["examine", "check"],
            basis: ["law"],
            place: .start
        )
    }

    private static func context(clerkIssues: Bool) -> DossierContext {
        var context = DossierContext(
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
        if let verification, let limit {
            context.lengthening = DossierContext.Lengthening(rules: [verification]) {
                (received, rule) throws(DeadlineError) in
                try LimitPromise(limit: limit, cutOff: nil)
                    .deadline(receivedAt: received, lengthenedBy: rule, calendar: .standard)
            }
        }
        return context
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
        var (commands, walks, issued, lengthened) = (0, 0, 0, 0)
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
            lengthened += walk.state.lengthening == nil ? 0 : 1
            issued += walk.hasWaited && walk.state.decision == .granted ? 1 : 0
        }
        // A walk that never gets anywhere would prove nothing.
        #expect(reached == Set(DossierStatus.allCases))
        #expect(issued > 10 && lengthened > 10)
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
        #expect(DossierGraph.edges.count == 41)
        // Every status but the first is reached; final ones are those of standards.md §5.1.
        let reached = Set(DossierGraph.edges.map(\.to))
        #expect(reached.union([.submitted]) == Set(DossierStatus.allCases))
        #expect(Set(DossierStatus.allCases.filter(\.isFinal)) == [.declined, .withdrawn, .stopped, .delivered])
    }
}
