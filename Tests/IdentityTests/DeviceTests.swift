// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Identity

@Suite struct DeviceTests {
    @Test(arguments: TestStores.all)
    func `a person sees her devices and ends one, or all`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let service = fixture.service
            let phone = try await service.signIn(citizen: claims(), device: "Chrome trên Android")
            fixture.time.advance(seconds: 60)
            let desk = try await service.signIn(citizen: claims(), device: "Firefox trên Windows")
            fixture.time.advance(seconds: 60)
            let old = try await service.signIn(citizen: claims())
            let stranger = try await service.signIn(
                citizen: claims { ($0.subject, $0.nationalID) = ("tech-2", try #require(NationalID("089085000456"))) }
            )
            let (mine, other) = (try await fixture.citizen(desk).actor, try await fixture.citizen(stranger).actor)
            let devices = try await service.devices(of: mine)
            #expect(devices.map(\.words) == ["Firefox trên Windows", nil, "Chrome trên Android"])
            #expect(devices.map(\.isThis) == [true, false, false])
            #expect(devices.allSatisfy { $0.authentication == .nationalIdentity })
            #expect(Set(devices.map(\.handle)).count == 3)
            #expect(devices.allSatisfy { !desk.digest.hex.hasPrefix($0.handle) })
            // Another person's handle is nothing.
            #expect(try await !service.endDevice(devices[2].handle, by: other))
            #expect(try await fixture.isSignedIn(phone))
            #expect(try await service.endDevice(devices[2].handle, by: mine))
            #expect(try await !service.endDevice(devices[2].handle, by: mine))
            #expect(try await !fixture.isSignedIn(phone))
            #expect(try await fixture.isSignedIn(desk))
            #expect(try await service.signOutEverywhere(mine) == 2)
            #expect(try await !fixture.isSignedIn(desk))
            #expect(try await !fixture.isSignedIn(old))
            #expect(try await fixture.isSignedIn(stranger))
            let kinds = try await fixture.kinds(of: .citizen, mine.id)
            #expect(kinds.suffix(2) == ["deviceSignedOut", "signedOutEverywhere"])
        }
    }

    @Test(arguments: TestStores.all)
    func `who signs in by phone is known by it`(on engine: Engine) async throws {
        try await withIdentity(engine) { fixture in
            let first = try await fixture.citizen(fixture.service.signIn(citizen: claims()))
            let secret = try await fixture.service.signIn(byPhone: first.account.id, device: "Safari trên iPhone")
            let (account, actor) = try await fixture.citizen(secret)
            #expect(account.id == first.account.id)
            #expect(actor.authentication == .phoneOTP && actor.assurance == .one)
            #expect(actor.stamp.authentication == "phoneOTP" && actor.stamp.assurance == 1)
            let phone = try #require(PhoneNumber("0912 345 678"))
            let found = try await fixture.store.read { try fixture.service.accounts(withPhone: phone, in: $0) }
            #expect(found.map(\.id) == [account.id])
        }
    }

    @Test func `words of earlier releases are known`() {
        #expect(AuthenticationMethod(stored: "clientCredentials") == .partnerToken)
        #expect(AuthenticationMethod(stored: "national-identity") == .nationalIdentity)
        #expect(AuthenticationMethod(stored: nil) == .unknown)
        #expect(AuthenticationMethod(stored: "x") == .unknown)
        for method in AuthenticationMethod.allCases {
            #expect(AuthenticationMethod(stored: method.rawValue) == method)
            #expect(method.isElectronic == (method != .unknown && method != .system))
        }
    }
}
