// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Identity

/// The service over an empty store, with a clock that the test moves.
struct IdentityFixture {
    let store: any Store
    let time = TestClock()
    let log = TransparencyLog(random: .system)
    let organisation: OrganisationService
    let service: IdentityService
    let admin = ActorStamp.system("test")

    static let migrations = JournalSchema.migrations + OrganisationMigrations.all + IdentityMigrations.all

    init(_ store: any Store) {
        self.store = store
        organisation = OrganisationService(store: store, log: log, clock: time.clock, random: .system)
        service = IdentityService(
            store: store,
            log: log,
            organisation: organisation,
            clock: time.clock,
            random: .system
        )
    }

    /// An officer of the sample province.
    func officer(_ name: String) async throws -> Officer {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        try await organisation.load(SampleProvince(folder: "/\(root)/resources/sample"), by: admin)
        return try #require(try await organisation.officer(loginName: name))
    }

    /// The citizen behind a secret; the test ends where there is none.
    func citizen(_ secret: SecretToken) async throws -> (account: Account, actor: Actor) {
        guard case .citizen(let account, let actor)? = try await service.person(behind: secret) else {
            throw NobodySignedIn()
        }
        return (account, actor)
    }

    /// Whether somebody is behind the secret.
    func isSignedIn(_ secret: SecretToken) async throws -> Bool {
        try await service.person(behind: secret) != nil
    }

    func session(_ secret: SecretToken) async throws -> Session? {
        let digest = secret.digest
        return try await store.read { try SessionTable.find(digest, in: $0)?.session }
    }

    func count(_ statement: Statement) async throws -> Int {
        try await store.read { try $0.first(statement)?.get("total") ?? 0 }
    }

    /// What the journal says happened to a person, in order.
    func kinds(of kind: Actor.Kind, _ id: String) async throws -> [String] {
        let log = log
        return try await store.read { try log.events(of: kind.rawValue, id: id, in: $0) }.map(\.entry.kind)
    }
}

/// A session that should have a person behind it has none.
struct NobodySignedIn: Error {}

/// A service over an empty store of this engine.
func withIdentity(_ engine: Engine, _ body: (IdentityFixture) async throws -> Void) async throws {
    try await withStore(engine, migrations: IdentityFixture.migrations) { try await body(IdentityFixture($0)) }
}

/// What the identity service says of Nguyễn Thị Sao Mai, unless the test changes it.
func claims(_ change: (inout VerifiedIdentity) throws -> Void = { _ in }) throws -> VerifiedIdentity {
    var identity = VerifiedIdentity(
        subject: "tech-1",
        fullName: "Nguyễn Thị Sao Mai",
        nationalID: try #require(NationalID("089190000123")),
        birthDate: LocalDate("1990-05-12"),
        sex: "Nữ",
        address: "Ấp Trung, xã An Phú, tỉnh An Giang",
        phone: PhoneNumber("0912345678"),
        email: "mai@mau.example",
        assurance: .two
    )
    try change(&identity)
    return identity
}
