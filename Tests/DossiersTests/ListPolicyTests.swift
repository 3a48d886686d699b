// SPDX-License-Identifier: Apache-2.0

import Identity
import Journal
import Kernel
import Organisation
import Payments
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// The lists that pages show, over random organisations with substitutions: exactly what the object predicate allows.
@Suite struct ListPolicyTests {
    private static let seeds: [UInt64] = [3, 2_000_815, 20_260_411]

    private func withWorld(
        _ engine: Engine,
        _ seed: UInt64,
        _ body: (World, any Store) async throws -> Void
    ) async throws {
        let migrations = JournalSchema.migrations + PaymentMigrations.all + DossierMigrations.all
        try await withStore(engine, migrations: migrations) { store in
            let world = try World(seed: seed)
            try await world.write(to: store)
            try await store.write { transaction in
                for state in world.dossiers {
                    try transaction.run(
                        """
                        INSERT INTO dossier_personal (dossier, full_name, folded_name, national_id, answers, fee_quote)
                        VALUES (\(state.id), 'Nguyễn Thị Sao Mai', 'nguyen thi sao mai', '089190000001', '{}', '{}')
                        """
                    )
                }
            }
            try await body(world, store)
        }
    }

    @Test(arguments: TestStores.all, seeds)
    func `work list, search, list of a unit and loads`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            var shown = 0
            for actor in world.actors {
                let (all, found, unit, loads) = try await store.read { transaction in
                    func rows(_ search: String, _ policy: Policy<DossierState>) throws -> [String] {
                        try WorkListTable.rows(
                            actor,
                            WorkQueue.allCases,
                            search: search,
                            after: nil,
                            limit: 1_000,
                            within: policy,
                            in: transaction
                        ).map(\.id.rawValue)
                    }
                    return (
                        try rows("", DossierPolicies.work), try rows("sao mai", DossierPolicies.work),
                        try rows("", DossierPolicies.unitWork),
                        try WorkListTable.loads(actor, WorkQueue.allCases, at: .test, in: transaction)
                    )
                }
                let allowed = world.dossiers.filter { DossierPolicies.work.allows(actor, $0) }.map(\.id.rawValue)
                #expect(all.sorted() == allowed.sorted() && found.sorted() == allowed.sorted(), "\(actor.id)")
                let own = world.dossiers.filter { DossierPolicies.unitWork.allows(actor, $0) }
                #expect(unit.sorted() == own.map(\.id.rawValue).sorted(), "\(actor.id)")
                #expect(loads.mapValues(\.open) == Dictionary(grouping: own, by: \.assignee).mapValues(\.count))
                shown += unit.count
            }
            #expect(shown > 0)
        }
    }

    @Test(arguments: TestStores.all, seeds)
    func `an applicant's dossiers, and what a partner or she may follow`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            for actor in world.actors {
                let (own, followed) = try await store.read { transaction in
                    (
                        try WorkListTable.dossiers(of: actor, in: transaction).map(\.id.rawValue),
                        try WorkListTable.followed(by: actor, after: nil, limit: 1_000, in: transaction)
                            .map(\.id.rawValue)
                    )
                }
                let allowed = world.dossiers.filter { DossierPolicies.applicant.allows(actor, $0) }.map(\.id.rawValue)
                let mayFollow = world.dossiers.filter { DossierPolicies.follow.allows(actor, $0) }.map(\.id.rawValue)
                #expect(own.sorted() == allowed.sorted() && followed.sorted() == mayFollow.sorted(), "\(actor.id)")
            }
        }
    }

    @Test(arguments: TestStores.all, seeds)
    func `refunds that are seen, and those that may be approved`(on engine: Engine, seed: UInt64) async throws {
        try await withWorld(engine, seed) { world, store in
            var generator = SeededGenerator(seed: seed)
            let agencies = Array(Set(world.dossiers.map(\.agency.text))).sorted()
            var asked: [(id: String, payer: String, by: String?, isDone: Bool)] = []
            for number in 0..<60 {
                let by = Bool.random(using: &generator) ? "o-\(Int.random(in: 0..<30, using: &generator))" : nil
                let payer = try #require(agencies.randomElement(using: &generator))
                asked.append(("r\(number)", payer, by, Int.random(in: 0..<4, using: &generator) == 0))
            }
            let rows = asked
            try await store.write { transaction in
                for row in rows {
                    try transaction.run(
                        """
                        INSERT INTO refund (id, reference, payer, subject, amount, reason, state, created_at,
                            requested_by, requested_at)
                        VALUES (\(row.id), \(row.id), \(row.payer), 'x', 1000, 'x', \(row.isDone ? "done" : "due"), 1,
                            \(row.by), \(row.by.map { _ in Int64(1) }))
                        """
                    )
                }
            }
            let service = PaymentService(
                store: store,
                log: TransparencyLog(random: .system),
                jobs: JobQueue(random: .system),
                gateway: StubGateway(),
                clock: .fixed(),
                random: .system,
                projectors: []
            )
            let refunds = try await store.read { transaction in
                try rows.map { row in
                    try #require(try PaymentService.refund(RefundID(rawValue: row.id), in: transaction))
                }
            }
            var approvable = 0
            for actor in world.actors {
                let seen = try await service.refundsDue(for: actor).map(\.id.rawValue)
                let allowed = refunds.filter { $0.state != .done && RefundPolicies.see.allows(actor, $0) }
                #expect(seen.sorted() == allowed.map(\.id.rawValue).sorted(), "\(actor.id)")
                let listed = try await store.read { transaction in
                    try transaction.rows(
                        "SELECT id FROM refund WHERE \(fragment: RefundPolicies.approve.filter(actor))"
                    )
                    .map { try $0.get("id", as: String.self) }
                }
                let may = refunds.filter { RefundPolicies.approve.allows(actor, $0) }.map(\.id.rawValue)
                #expect(listed.sorted() == may.sorted(), "\(actor.id)")
                approvable += may.count
                // Whoever asked, whatever roles she has and in whosever place she stands, does not approve.
                let ownAsked = refunds.filter { $0.requestedBy?.rawValue == actor.id && actor.kind == .officer }
                #expect(ownAsked.allSatisfy { !RefundPolicies.approve.allows(actor, $0) })
            }
            #expect(approvable > 0)
        }
    }

    @Test(arguments: TestStores.all)
    func `the book of results holds what was issued, for the clerk and the leaders of the agency`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let signed = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let waiting = try await fixture.awaitingSignature(by: fixture.citizen(2)).code
            _ = try await fixture.approve(signed, by: "anphu.chutich")
            let year = fixture.time.now.date.year
            func book(_ officer: String, _ question: RegisterQuestion) async throws -> [RegisterRow] {
                try await fixture.service.documentRegister(question, for: fixture.officer(officer)).rows.items
            }
            for officer in ["anphu.vanthu", "anphu.chutich"] {
                let rows = try await book(officer, RegisterQuestion(year: year))
                #expect(rows.map(\.code) == [signed] && rows[0].signerName == "Phạm Minh Đức")
            }
            for officer in ["anphu.motcua", "anphu.hotich1", "longxuyen.vanthu", "quantri", "kiemtra"] {
                #expect(try await book(officer, RegisterQuestion(year: year)).isEmpty, "\(officer)")
            }
            let clerk = "anphu.vanthu"
            let row = try #require(try await book(clerk, RegisterQuestion(year: year)).first)
            for search in [signed.text, row.notation] {
                #expect(try await book(clerk, RegisterQuestion(year: year, search: search)).count == 1)
            }
            #expect(try await book(clerk, RegisterQuestion(year: year, search: waiting.text)).isEmpty)
            #expect(try await book(clerk, RegisterQuestion(year: year - 1)).isEmpty)
            #expect(try await book(clerk, RegisterQuestion(year: year, title: "Giấy khai sinh")).isEmpty)
            #expect(try await book(clerk, RegisterQuestion(year: year, title: row.title)).count == 1)
            #expect(try await book(clerk, RegisterQuestion(year: year, isWaitingAlone: true)).count == 1)
            try await fixture.act(.deliver, on: signed, by: "anphu.motcua")
            #expect(try await book(clerk, RegisterQuestion(year: year, isWaitingAlone: true)).isEmpty)
        }
    }
}
