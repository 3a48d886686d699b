// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel
import Organisation
import TestSupport
import Testing

@testable import Catalogue
@testable import Dossiers

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
        let lengthen = DossierCommand.lengthen(rule: "verification", reason: "Chờ xã khác trả lời")
        return commands + consulting + [assign, lengthen] + [
            .handOverToAgency(other, reason: "Thuộc thẩm quyền nơi khác")
        ]
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
        let longer = history.compactMap { event, moment -> (DossierEvent.Lengthened, Instant)? in
            if case .lengthened(let facts) = event { (facts, moment) } else { nil }
        }
        if longer.count > 1 { Issue.record("lengthened twice") }
        for (facts, moment) in longer where facts.dueAt <= facts.formerDueAt || moment > facts.formerDueAt {
            Issue.record("lengthened to \(facts.dueAt) at \(moment), promised \(facts.formerDueAt)")
        }
    }
}
