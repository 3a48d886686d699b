// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// The kept counts of the work list's piles.
@Suite struct PileTests {
    @Test(arguments: TestStores.all)
    func `a dossier is counted in the pile in which it lies, and nowhere when it is over`(_ engine: Engine) async throws
    {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let desk = try await fixture.officer("anphu.motcua")
            func counts() async throws -> [WorkQueue: Int] {
                try await fixture.service.workList(of: desk, queues: []).counts
            }
            #expect(try await counts() == [:])
            let submission = try await fixture.submitted(by: mai)
            #expect(try await counts() == [.unpaid: 1])
            _ = try await fixture.received(by: mai)
            #expect(try await counts() == [.unpaid: 1, .examination: 1])
            try await fixture.service.perform(
                .withdraw(reason: nil),
                on: submission.code,
                seen: fixture.state(submission.code).version,
                by: mai
            )
            #expect(try await counts() == [.examination: 1])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a count that is not what lies in the pile is found and counted anew`(_ engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            _ = try await fixture.received(by: try await fixture.citizen())
            #expect(try await DossierCheck.recountPiles(store: fixture.store, isRepairing: false) == [])
            try await fixture.store.write { _ = try $0.run("UPDATE dossier_pile SET total = total + 1") }
            let wrong = try await DossierCheck.recountPiles(store: fixture.store, isRepairing: true)
            #expect(!wrong.isEmpty && wrong.allSatisfy { $0.hasPrefix("H01.30337 ") })
            try await fixture.expectNoFault()
        }
    }
}
