// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

/// Identity over an empty store with the sample province.
struct PartnerFixture {
    let store: any Store
    let clock = TestClock()
    let identity: IdentityService
    let log = TransparencyLog(random: .seeded(1))
    let agency: AgencyCode

    init(_ store: any Store) async throws {
        self.store = store
        let organisation = OrganisationService(store: store, log: log, clock: clock.clock, random: .seeded(2))
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        try await organisation.load(SampleProvince(folder: "/\(root)/resources/sample"), by: .system("test"))
        identity = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: clock.clock,
            random: .seeded(3)
        )
        agency = try #require(AgencyCode("H01.30337"))
    }

    func create(_ scopes: Set<PartnerScope> = [.dossiersRead]) async throws -> (partner: Partner, secret: SecretToken) {
        try await identity.createPartner(name: "  Cổng   mẫu ", agency: agency, scopes: scopes, by: .system("test"))
    }

    func issue(_ partner: Partner, _ secret: SecretToken, _ scopes: Set<PartnerScope>? = nil) async throws
        -> IssuedToken
    {
        try await identity.issueToken(partner: partner.id.rawValue, secret: secret.text, scopes: scopes)
    }

    func events(of partner: Partner) async throws -> [String] {
        try await store.read { [log] transaction in
            try log.events(of: "partner", id: partner.id.rawValue, includingPersonal: false, in: transaction)
                .map(\.entry.kind)
        }
    }
}

@Suite struct PartnerTests {
    private func withPartners(_ engine: Engine, _ body: (PartnerFixture) async throws -> Void) async throws {
        let migrations = JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all
        try await withStore(engine, migrations: migrations) { try await body(PartnerFixture($0)) }
    }

    @Test(arguments: TestStores.all)
    func `a partner is known by its token, for ten minutes`(on engine: Engine) async throws {
        try await withPartners(engine) { fixture in
            let (partner, secret) = try await fixture.create([.dossiersRead, .statisticsRead])
            #expect(partner.name == "Cổng mẫu")
            let token = try await fixture.issue(partner, secret, [.dossiersRead])
            #expect(token.scopes == [.dossiersRead])
            guard case .partner(let known, let actor) = try await fixture.identity.bearer(of: token.secret) else {
                Issue.record("the token opens nothing")
                return
            }
            #expect(known == partner)
            #expect(actor.kind == .partner && actor.agency == fixture.agency && actor.scopes == [.dossiersRead])
            #expect(actor.roles.isEmpty && actor.account == nil && actor.officer == nil)
            #expect(actor.stamp.kind == .partner)
            fixture.clock.advance(seconds: 599)
            #expect(try await fixture.identity.bearer(of: token.secret) != nil)
            fixture.clock.advance(seconds: 1)
            #expect(try await fixture.identity.bearer(of: token.secret) == nil)
            #expect(try await fixture.identity.removeEndedSessions() == 1)
            #expect(try await fixture.events(of: partner) == ["partnerCreated", "partnerTokenIssued"])
        }
    }

    @Test(arguments: TestStores.all)
    func `neither secret nor token is kept`(on engine: Engine) async throws {
        try await withPartners(engine) { fixture in
            let (partner, secret) = try await fixture.create()
            let token = try await fixture.issue(partner, secret)
            let kept = try await fixture.store.read { transaction in
                try transaction.rows("SELECT secret_digest AS kept FROM partner UNION SELECT digest FROM partner_token")
                    .map { try $0.get("kept", as: String.self) }
            }
            #expect(Set(kept) == [secret.digest.hex, token.secret.digest.hex])
        }
    }

    @Test(arguments: TestStores.all)
    func `wrong id, wrong secret and a wide scope get no token`(on engine: Engine) async throws {
        try await withPartners(engine) { fixture in
            let (partner, secret) = try await fixture.create([.dossiersRead])
            let identity = fixture.identity
            for (id, shown) in [
                (partner.id.rawValue, "x"), ("nobody", secret.text), ("No Id", secret.text), (partner.id.rawValue, ""),
            ] {
                await #expect(throws: PartnerError.clientRefused) {
                    try await identity.issueToken(partner: id, secret: shown, scopes: nil)
                }
            }
            for scopes: Set<PartnerScope> in [[.statisticsRead], [.dossiersRead, .statisticsRead], []] {
                await #expect(throws: PartnerError.scopeRefused) { try await fixture.issue(partner, secret, scopes) }
            }
            #expect(try await fixture.events(of: partner) == ["partnerCreated"])
        }
    }

    @Test(arguments: TestStores.all)
    func `a disabled partner is shut out at once`(on engine: Engine) async throws {
        try await withPartners(engine) { fixture in
            let (partner, secret) = try await fixture.create()
            let token = try await fixture.issue(partner, secret)
            try await fixture.identity.disablePartner(partner.id, by: .system("test"))
            #expect(try await fixture.identity.bearer(of: token.secret) == nil)
            await #expect(throws: PartnerError.clientRefused) { try await fixture.issue(partner, secret) }
            await #expect(throws: PartnerError.alreadyDisabled) {
                try await fixture.identity.disablePartner(partner.id, by: .system("test"))
            }
            let stranger = PartnerID(.seeded(9))
            await #expect(throws: PartnerError.unknownPartner) {
                try await fixture.identity.disablePartner(stranger, by: .system("test"))
            }
            #expect(try await fixture.identity.partners().map(\.isActive) == [false])
            #expect(
                try await fixture.events(of: partner) == ["partnerCreated", "partnerTokenIssued", "partnerDisabled"]
            )
        }
    }

    @Test(arguments: TestStores.all)
    func `a partner has a name, an agency that exists and a scope`(on engine: Engine) async throws {
        try await withPartners(engine) { fixture in
            let identity = fixture.identity
            let (agency, nowhere) = (fixture.agency, try #require(AgencyCode("H99.99999")))
            for name in [" ", String(repeating: "a", count: 201)] {
                await #expect(throws: PartnerError.nameMissing) {
                    try await identity.createPartner(
                        name: name,
                        agency: agency,
                        scopes: [.dossiersRead],
                        by: .system("t")
                    )
                }
            }
            await #expect(throws: PartnerError.scopesMissing) {
                try await identity.createPartner(name: "a", agency: agency, scopes: [], by: .system("t"))
            }
            await #expect(throws: PartnerError.unknownAgency) {
                try await identity.createPartner(name: "a", agency: nowhere, scopes: [.dossiersRead], by: .system("t"))
            }
            _ = try await identity.createPartner(
                name: String(repeating: "a", count: 200),
                agency: agency,
                scopes: [.dossiersRead],
                by: .system("t")
            )
        }
    }

    @Test func `scopes are read and written in one form`() {
        #expect(PartnerScope.text([.statisticsRead, .dossiersRead]) == "dossiers:read statistics:read")
        #expect(PartnerScope.read("statistics:read dossiers:read") == [.dossiersRead, .statisticsRead])
        #expect(PartnerScope.read("dossiers:write") == nil)
        #expect(PartnerScope.read("") == [])
    }
}
