// SPDX-License-Identifier: Apache-2.0

import Kernel
import Storage
import TestSupport
import Testing

@testable import Identity

/// The combinators, over a table of their own; the rules of dossiers are tested with the dossiers.
@Suite struct PolicyTests {
    struct Parcel: Sendable, Hashable {
        var id: String
        var owner: String
        var size: Int
    }

    private static let migrations = [
        Migration(
            id: "test-0001-parcel",
            statements: ["CREATE TABLE parcel (id TEXT PRIMARY KEY, owner TEXT NOT NULL, size INT64 NOT NULL)"]
        )
    ]
    private static let parcels = [
        Parcel(id: "a", owner: "mai", size: 1), Parcel(id: "b", owner: "mai", size: 9),
        Parcel(id: "c", owner: "duc", size: 1), Parcel(id: "d", owner: "duc", size: 9),
    ]
    private static let own = Policy<Parcel>(
        allows: { actor, parcel in actor.id == parcel.owner },
        filter: { actor in "parcel.owner = \(actor.id)" }
    )
    private static let small = Policy<Parcel>(
        allows: { _, parcel in parcel.size < 5 },
        filter: { _ in "parcel.size < 5" }
    )

    private func withParcels(_ engine: Engine, _ body: (any Store) async throws -> Void) async throws {
        try await withStore(engine, migrations: Self.migrations) { store in
            try await store.write { transaction in
                for parcel in Self.parcels {
                    try transaction.run(
                        "INSERT INTO parcel (id, owner, size) VALUES (\(parcel.id), \(parcel.owner), \(parcel.size))"
                    )
                }
            }
            try await body(store)
        }
    }

    /// The ids that the SQL face lets through.
    private func listed(
        through policy: Policy<Parcel>,
        beside condition: Statement = "1 = 1",
        in store: any Store
    ) async throws -> String {
        let actor = Actor.system("mai")
        let ids = try await store.read { transaction in
            try transaction.rows(
                """
                SELECT id FROM parcel WHERE \(fragment: policy.filter(actor)) AND \(fragment: condition) ORDER BY id
                """
            ).map { try $0.get("id", as: String.self) }
        }
        return ids.joined()
    }

    private func allowed(_ policy: Policy<Parcel>) -> String {
        Self.parcels.filter { policy.allows(.system("mai"), $0) }.map(\.id).joined()
    }

    @Test(arguments: TestStores.all)
    func `empty lists deny, on both faces`(on engine: Engine) async throws {
        try await withParcels(engine) { store in
            for policy in [Policy<Parcel>.anyOf([]), .allOf([]), .anyOf([.allOf([])]), .allOf([Self.own, .anyOf([])])] {
                let ids = try await listed(through: policy, in: store)
                #expect(ids == "")
                #expect(allowed(policy) == "")
            }
            // An empty list beside a rule takes nothing from "any of".
            let either = Policy<Parcel>.anyOf([.allOf([]), Self.own])
            let ids = try await listed(through: either, in: store)
            #expect(ids == "ab")
            #expect(allowed(either) == "ab")
        }
    }

    @Test(arguments: TestStores.all)
    func `any and all mean what they say, nested as well`(on engine: Engine) async throws {
        let everybody = Policy<Parcel>.actor { _ in true }
        let nobody = Policy<Parcel>.actor { $0.id == "duc" }
        let cases: [(Policy<Parcel>, String)] = [
            (Self.own, "ab"), (Self.small, "ac"), (everybody, "abcd"), (nobody, ""),
            (.anyOf([Self.own, Self.small]), "abc"), (.allOf([Self.own, Self.small]), "a"),
            (.allOf([.anyOf([Self.own, Self.small]), Self.small]), "ac"),
            (.anyOf([.allOf([Self.own, Self.small]), nobody]), "a"),
            (.allOf([everybody, .anyOf([nobody, Self.own])]), "ab"),
        ]
        try await withParcels(engine) { store in
            for (index, (policy, expected)) in cases.enumerated() {
                let ids = try await listed(through: policy, in: store)
                #expect(ids == expected, "case \(index)")
                #expect(allowed(policy) == expected, "case \(index)")
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a filter keeps its meaning beside the conditions of a list`(on engine: Engine) async throws {
        try await withParcels(engine) { store in
            let either = Policy<Parcel>.anyOf([Self.own, Self.small])
            // Without brackets around it, "OR" would let all that are one's own through.
            let small = try await listed(through: either, beside: "parcel.size = 1", in: store)
            #expect(small == "ac")
            let both = Policy<Parcel>.allOf([either, Self.own])
            let large = try await listed(through: both, beside: "parcel.size = 9", in: store)
            #expect(large == "b")
        }
    }
}
