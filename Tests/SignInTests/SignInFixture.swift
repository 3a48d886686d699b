// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import SignIn

/// A service with a fake identity service and the officers of the sample province.
struct SignInFixture {
    let store: any Store
    let time = TestClock()
    let provider: FakeProvider
    let log: TransparencyLog
    let organisation: OrganisationService
    let hasher: PasswordHasher
    let service: SignInService
    let author = ActorStamp.system("test")

    static let password = "con đò chiều qua sông Hậu"
    static let migrations =
        JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all + SignInMigrations.all
    /// The cheapest hash that the library makes: these tests are about rules, not about price.
    static let cheap = PasswordHasher.Cost(passes: 1, memoryKiB: 64, lanes: 1)

    static let officers = OfficerSettings(installationKey: [UInt8](repeating: 7, count: 32))

    init(
        _ store: any Store,
        authentication: ClientAuthentication = .secretPost("bí mật"),
        settings: SignInSettings = SignInSettings(),
        officers: OfficerSettings = SignInFixture.officers,
        staff: StaffProvider? = nil,
        cost: PasswordHasher.Cost = SignInFixture.cheap
    ) {
        let time = time
        self.store = store
        provider = FakeProvider { time.now }
        log = TransparencyLog(random: .system)
        organisation = OrganisationService(store: store, log: log, clock: time.clock, random: .system)
        hasher = PasswordHasher(random: .system, cost: cost)
        service = SignInService(
            store: store,
            log: log,
            organisation: organisation,
            provider: OpenIDProvider(
                issuer: FakeProvider.issuer,
                clientID: FakeProvider.clientID,
                authentication: authentication,
                redirectURI: "https://mot-cua.example/dang-nhap/tra-ve"
            ),
            call: provider.call,
            hasher: hasher,
            settings: settings,
            officers: officers,
            staff: staff,
            clock: time.clock,
            random: .system
        )
    }

    /// The whole way of a citizen: leave, choose, come back.
    func signIn(returnTo: String = "/nop/abc") async throws -> FinishedSignIn {
        let begun = try await service.begin(returnTo: returnTo)
        let answer = try provider.visit(begun.location)
        return try await service.finish(state: answer.state, code: answer.code, browserSecret: begun.browserSecret)
    }

    /// Why a sign-in was refused; nil when it was not.
    func refusal() async throws -> SignInError? {
        do {
            _ = try await signIn()
            return nil
        } catch let error as SignInError {
            return error
        }
    }

    func loadOfficers() async throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let sample = try SampleProvince(folder: "/\(root)/resources/sample")
        try await organisation.load(sample, by: author)
        let officer = try await officer("anphu.chutich")
        try await service.setPassword(Self.password, of: officer.id, by: author)
    }

    func officer(_ name: String) async throws -> Officer {
        try #require(try await organisation.officer(loginName: name))
    }

    /// The answer to a name and password, as an error or the officer's name.
    func attempt(_ name: String, _ password: String, client: String = "192.0.2.1") async -> Result<String, SignInError>
    {
        do {
            return .success(
                try await service.officer(loginName: name, password: password, client: client).loginName
            )
        } catch let error as SignInError {
            return .failure(error)
        } catch {
            Issue.record(error)
            return .failure(.unknownOfficer)
        }
    }
}

/// A service over an empty store of this engine.
func withSignIn(
    _ engine: Engine,
    authentication: ClientAuthentication = .secretPost("bí mật"),
    settings: SignInSettings = SignInSettings(),
    officers: OfficerSettings = SignInFixture.officers,
    cost: PasswordHasher.Cost = SignInFixture.cheap,
    _ body: (SignInFixture) async throws -> Void
) async throws {
    try await withStore(engine, migrations: SignInFixture.migrations) { store in
        let fixture = SignInFixture(
            store,
            authentication: authentication,
            settings: settings,
            officers: officers,
            cost: cost
        )
        try await body(fixture)
    }
}

/// Compares outside of a macro, whose `try` a closure around it would not be seen to throw.
func expect(
    _ expected: SignInError?,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ found: () async throws -> SignInError?
) async throws {
    let refusal = try await found()
    #expect(refusal == expected, sourceLocation: sourceLocation)
}
