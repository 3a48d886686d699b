// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Words of the pack that say to whom the work of a step goes.
@Suite struct StepHandsTests {
    private static func officer(_ name: String) throws -> OfficerID { try #require(OfficerID(rawValue: name)) }

    /// A step of specialists under a word of the pack.
    private static func step(_ word: StepAssignment, unit: OrgUnitID? = nil) -> DossierContext.Step {
        DossierContext.Step(id: "work", name: "Làm", role: .specialist, unit: unit, assignment: word, moves: [])
    }

    private static func chosen(_ events: [DossierEvent]) -> DossierEvent.Assigned? {
        if case .assigned(let facts)? = events.first { facts } else { nil }
    }

    @Test("leastOpen chooses somebody of the role and unit who is present and has the fewest, whatever the loads")
    func leastOpen() throws {
        var dice = SeededGenerator(seed: 16)
        let units = try ["a", "b"].map { try #require(OrgUnitID(rawValue: $0)) }
        let (system, state) = (Actor.system("test"), try Walk(number: 1, isPaid: false).state)
        var (given, left) = (0, 0)
        for _ in 0..<2_000 {
            let colleagues = try (0..<Int.random(in: 0...6, using: &dice)).map { number in
                DossierContext.Colleague(
                    id: try Self.officer("o\(number)"),
                    unit: units[Int.random(in: 0...1, using: &dice)],
                    roles: Bool.random(using: &dice) ? [.specialist] : [.deskOfficer, .leader],
                    awayIn: Int.random(in: 0...3, using: &dice) == 0 ? [.specialist] : [],
                    open: Int.random(in: 0...4, using: &dice)
                )
            }
            var (context, before) = (DossierMachineTests.context, state)
            context.staff = DossierContext.Staff(colleagues: colleagues)
            let unit = Bool.random(using: &dice) ? units[0] : nil
            before.unit = Bool.random(using: &dice) ? units[1] : nil
            let events = context.entering(Self.step(.leastOpen, unit: unit), before, by: system)
            let able = colleagues.filter { $0.roles.contains(.specialist) }
            let own = able.filter { $0.unit == unit ?? before.unit }
            let fit = (unit != nil || !own.isEmpty ? own : able).filter { $0.awayIn.isEmpty }
            guard let least = fit.map(\.open).min() else {
                // As if the pack said nothing.
                #expect(Self.chosen(events)?.to == nil && Self.chosen(events)?.rule == nil)
                left += 1
                continue
            }
            let facts = try #require(Self.chosen(events))
            let taken = try #require(fit.first { $0.id == facts.to })
            #expect(taken.open == least && facts.unit == taken.unit && facts.rule == .leastOpen)
            // Whoever has it by name goes on, however much she has.
            (before.assignee, before.unit) = (fit[0].id, fit[0].unit)
            #expect(context.entering(Self.step(.leastOpen, unit: unit), before, by: system).isEmpty)
            given += 1
        }
        #expect(given > 500 && left > 50)
    }

    @Test("same gives it back to who acted in the role, away or not, and to nobody who cannot do it any more")
    func same() throws {
        let unit = try #require(OrgUnitID(rawValue: "a"))
        var (context, state) = (DossierMachineTests.context, try Walk(number: 1, isPaid: false).state)
        let (hand, other) = (try Self.officer("hand"), try Self.officer("other"))
        let colleagues = [
            DossierContext.Colleague(id: hand, unit: unit, roles: [.specialist], awayIn: [.specialist], open: 9),
            DossierContext.Colleague(id: other, unit: unit, roles: [.specialist]),
        ]
        context.staff = DossierContext.Staff(colleagues: colleagues, handlers: [.specialist: hand])
        (state.status, state.step, state.assignee) = (.processing, "sign", other)
        let leader = try Walk.officer("h01.30337", .leader)
        let facts = try #require(Self.chosen(context.entering(Self.step(.same), state, by: leader)))
        #expect((facts.from, facts.to, facts.rule) == (other, hand, .same))
        // Who moves it on from a step of the same role keeps it herself.
        state.step = "examine"
        let specialist = try Walk.officer("h01.30337", .specialist)
        #expect(context.entering(Self.step(.same), state, by: specialist).isEmpty)
        context.staff = DossierContext.Staff(colleagues: [colleagues[1]], handlers: [.specialist: hand])
        state.step = "sign"
        #expect(context.entering(Self.step(.same), state, by: leader).isEmpty)
        #expect(context.entering(Self.step(.head), state, by: leader).isEmpty)
    }

    /// The extract of civil status whose first step is shared out by the program.
    private static func pack(_ word: StepAssignment) throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.procedure)")
        let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
        let role = "role: specialist\n"
        try #require(text.contains(role))
        var files = source.files
        files[PackSource.mainFile] = Array(
            text.replacing(role, with: "\(role)      assignment: \(word.rawValue)\n").utf8
        )
        return PackSource(path: source.path, files: files)
    }

    @Test(arguments: TestStores.all)
    func `dossiers are shared out evenly among those who are there, by the program, with the reason for colleagues`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.pack(.leastOpen))
            let mai = try await fixture.citizen()
            var hands: [OfficerID: Int] = [:]
            for _ in 0..<4 {
                let code = try await fixture.received(by: mai).code
                hands[try #require(try await fixture.state(code).assignee), default: 0] += 1
            }
            #expect(hands.count > 1 && hands.values.allSatisfy { $0 <= (4 + hands.count - 1) / hands.count })
            let code = try await fixture.received(by: mai).code
            let view = try await fixture.service.dossier(code, for: fixture.officer("anphu.motcua"))
            let last = try #require(view.timeline.last { $0.event.kind == "assigned" })
            #expect(last.author.kind == .system)
            #expect(last.note?.internalText?.contains("ít hồ sơ đang mở nhất") == true && last.note?.reason == nil)
            #expect(!last.event.isToldToApplicant)
            // Who is away gets nothing new.
            let away = "anphu.hotich1"
            try await fixture.standIn("anphu.hotich2", for: away, as: .specialist)
            for _ in 0..<4 {
                let next = try await fixture.received(by: mai).code
                #expect(try await fixture.state(next).assignee?.rawValue != away)
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `sent back, a dossier is again with who examined it`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            try await fixture.catalogue.publish(try Self.pack(.same))
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            #expect(try await fixture.state(code).assignee == nil)
            let back = try await fixture.act(.sendBack(to: nil, reason: "Sai tên"), on: code, by: "anphu.chutich")
            #expect(back.assignee?.rawValue == "anphu.hotich1")
            await #expect(throws: DossierRefusal.assignedToAnother) {
                try await fixture.act(.advance(to: nil), on: code, by: "anphu.hotich2")
            }
            try await fixture.expectNoFault()
        }
    }
}
