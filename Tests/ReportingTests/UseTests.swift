// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Storage
import TestSupport
import Testing

@testable import Dossiers
@testable import Reporting

/// What people did with a service, as its level is told from it.
@Suite struct UseTests {
    @Test(arguments: TestStores.all)
    func `filed, paid and delivered online are counted from dossiers, and by the recount`(on engine: Engine)
        async throws
    {
        try await withReporting(engine) { fixture in
            let since = fixture.time.now.date
            #expect(try await fixture.service.serviceUse(since: since) == [:])
            // Paid through the gateway, result fetched online; filed at the desk, result fetched there; filed only.
            for (channel, way) in [(Channel.online, DeliveryWay.online), (.desk, .desk)] {
                let id = try await fixture.submit(isPaid: channel == .online, channel: channel)
                if channel == .online { #expect(try await fixture.change(id, .settleObligation)) }
                #expect(try await fixture.change(id, .receive(registerNumber: 1)))
                try await fixture.decide(id)
                #expect(try await fixture.change(id, .deliver(way)))
            }
            _ = try await fixture.submit(channel: .post)
            let expected = ServiceUse(
                submitted: 3,
                submittedOnline: 1,
                settled: 1,
                settledOnline: 1,
                delivered: 2,
                deliveredOnline: 1
            )
            #expect(try await fixture.service.serviceUse(since: since) == [ReportingFixture.procedure: expected])
            #expect(try await fixture.service.serviceUse(since: since.adding(days: 1)) == [:])
            #expect(try await fixture.service.recount(isRepairing: false) == [])
        }
    }
}
