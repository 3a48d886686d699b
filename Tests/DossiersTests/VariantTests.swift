// SPDX-License-Identifier: Apache-2.0

import Catalogue
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
            try await fixture.catalogue.publish(try Self.pack())
            let terraced = try await fixture.state(try await fixture.permit())
            let detached = try await fixture.state(try await fixture.permit("detached"))
            #expect(terraced.variant == nil && detached.variant == "slow")
            // 15 and 20 working days from Monday, 2 March 2026.
            #expect(terraced.dueAt?.date == LocalDate("2026-03-23"))
            #expect(detached.dueAt?.date == LocalDate("2026-03-30"))
        }
    }

    /// The building permit, with a case of its own for houses that stand alone.
    private static func pack() throws -> PackSource {
        let source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.permit)")
        let variant = """
            variants:
              - id: slow
                name: Nhà đứng riêng
                when: { field: houseKind, equals: detached }
                timeLimit: { value: 20, unit: workingDay }
            numberOfSets: 1
            """
        let text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
            .replacing("numberOfSets: 1", with: variant)
            .replacing("dueAt: 2026-03-26T17:00", with: "variant: slow\n      dueAt: 2026-04-02T17:00")
        var files = source.files
        files[PackSource.mainFile] = Array(text.utf8)
        return PackSource(path: source.path, files: files)
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
