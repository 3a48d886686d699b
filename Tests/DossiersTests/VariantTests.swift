// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers

@Suite("A case of the pack, and the unit of a step")
struct VariantTests {
    @Test("The case that the answers make is kept, and its time is promised", arguments: TestStores.all)
    func promised(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let house = try await fixture.state(try await fixture.permit())
            let works = try await fixture.state(try await fixture.permit("works"))
            #expect((house.variant, works.variant) == (nil, "works"))
            // 15 and 20 working days from Monday, 2 March 2026.
            #expect(house.dueAt?.date == LocalDate("2026-03-23"))
            #expect(works.dueAt?.date == LocalDate("2026-03-30"))
        }
    }

    @Test("A step of a unit takes the work there, out of the hands that had it, and other units leave it alone")
    func unitOfStep() throws {
        let (unit, own) = (try #require(OrgUnitID(rawValue: "division")), try #require(OrgUnitID(rawValue: "u")))
        var context = DossierMachineTests.context
        context.steps[0].unit = unit
        var walk = try Walk(number: 1, isPaid: false)
        let desk = try Walk.officer("h01.30337", .deskOfficer)
        walk.state.assignee = OfficerID(rawValue: "somebody")
        let receive = DossierCommand.receive(registerNumber: 1)
        let events = try DossierMachine.decide(receive, walk.state, by: desk, at: walk.now, in: context)
        let passed = DossierEvent.Assigned(from: walk.state.assignee, to: nil, unit: unit)
        #expect(events.suffix(2) == [.handedOver(step: "examine"), .assigned(passed)])
        for event in events {
            walk.state = try #require(DossierState.apply(event, at: walk.now, to: walk.state, id: walk.state.id))
        }
        let specialist = try Walk.officer("h01.30337", .specialist)
        #expect(!DossierPolicies.holdsWork.allows(specialist, walk.state))
        #expect(throws: DossierRefusal.assignedToAnother) {
            try DossierMachine.decide(.draftResult, walk.state, by: specialist, at: walk.now, in: context)
        }
        walk.state.unit = own
        #expect(DossierPolicies.holdsWork.allows(specialist, walk.state))
    }
}
