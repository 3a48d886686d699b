// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import HummingbirdTesting
import Identity
import Kernel
import NIOCore
import Organisation
import Storage
import TestSupport
import Testing

@testable import DeskSite

/// What a page asks of the store: how many statements, and by which indexes they go.
///
/// A bound is what the page needs today; raising one is a decision. The tracking page by code and the work list are
/// held at three.
@Suite struct StatementTests {
    private struct Page {
        let name: String
        let path: String
        let token: String
        var cookie: String?
        let bound: Int
    }

    @Test(arguments: TestStores.all) func pagesKeepToTheirStatements(on engine: Engine) async throws {
        try await withPages(on: engine, dossiers: 300) { fixture, record, pages in
            try await fixture.application.test(.router) { client in
                for page in pages {
                    let statements = try await Self.statements(of: page, client, record)
                    #expect(statements.count <= page.bound, "\(page.name): \(statements.count) statements")
                }
            }
        }
    }

    @Test func noPageReadsOrSortsWholeTables() async throws {
        try await withPages(on: .sqlite, dossiers: 300) { fixture, record, pages in
            try await fixture.application.test(.router) { client in
                for page in pages {
                    for statement in try await Self.statements(of: page, client, record) {
                        let plan = try await fixture.store.read { transaction in
                            try transaction.rows("EXPLAIN QUERY PLAN \(fragment: statement)")
                                .map { try $0.get("detail", as: String.self) }
                        }
                        // The few rows of one dossier may be sorted; a condition that nobody meets reads nothing.
                        let ofOne = plan.contains { $0.contains("(dossier=?)") || $0.contains("(reference=?)") }
                        let whole = plan.filter { line in
                            line.hasPrefix("SCAN ") && !line.hasPrefix("SCAN CONSTANT ROW")
                                && !line.contains("dossier_consultation")
                                || line.contains("TEMP B-TREE") && !ofOne
                        }
                        // Figures for everybody are sums over counters, read once in ten seconds.
                        #expect(whole.isEmpty || page.name == "home", "\(page.name): \(plan)")
                    }
                    _ = record.take()
                }
            }
        }
    }

    /// The work list with a page in the middle, over several piles.
    @Test(arguments: TestStores.all) func pilesAreMergedInTheirOrder(on engine: Engine) async throws {
        try await withPages(on: engine, dossiers: 900) { fixture, _, _ in
            let officer = try #require(
                try await fixture.organisation.officers(of: fixture.agency, having: .deskOfficer).first
            )
            let actor = Actor.officer(officer, authentication: .password, session: nil)
            var (seen, after): ([String], Keyset?) = ([], nil)
            repeat {
                let list = try await fixture.dossiers.workList(of: actor, queues: [], after: after, limit: 7)
                seen += list.rows.items.map(\.id.rawValue)
                after = list.rows.next
            } while after != nil
            let all = try await fixture.store.read { [agency = fixture.agency] transaction in
                try transaction.rows(
                    """
                    SELECT id FROM dossier WHERE agency = \(agency) AND queue <> 'ended' ORDER BY urgent_at, id
                    """
                ).map { try $0.get("id", as: String.self) }
            }
            #expect(all.count > 20)
            #expect(seen == all)
            let counts = try await fixture.dossiers.workList(of: actor, queues: []).counts
            #expect(counts.values.reduce(0, +) == all.count)
        }
    }

    private static func statements(
        of page: Page,
        _ client: any TestClientProtocol,
        _ record: StatementRecord
    ) async throws -> [Statement] {
        var headers: HTTPFields = [:]
        if let cookie = page.cookie { headers[.cookie] = "__Host-phien=\(cookie)" }
        // The first visit fills what is kept in memory, and the session notes its use.
        for _ in 0..<2 {
            _ = record.take()
            let answer = try await client.execute(uri: page.path, method: .get, headers: headers)
            #expect(answer.status == .ok && String(buffer: answer.body).contains(page.token), "\(page.name)")
        }
        return record.take()
    }

    private func withPages(
        on engine: Engine,
        dossiers: Int,
        _ body: (PagesFixture, StatementRecord, [Page]) async throws -> Void
    ) async throws {
        let record = StatementRecord()
        try await withStore(engine, migrations: PagesFixture.migrations, limits: record.limits) { store in
            try await withTemporaryFolder { folder in
                let fixture = try await PagesFixture(store, folder: folder, dossiers: dossiers)
                try await body(fixture, record, try await pages(fixture))
            }
        }
    }

    /// A dossier of the sample is given an owner who can sign in, and a slip whose secret is known.
    private func pages(_ fixture: PagesFixture) async throws -> [Page] {
        let owner = try await fixture.identity.signIn(citizen: try citizen())
        guard case .citizen(let account, _)? = try await fixture.identity.person(behind: owner) else {
            throw StoreError.decoding(column: "kind", reason: "no citizen")
        }
        let secret = SecretToken(.bits256, from: .seeded(20))
        let code = try await fixture.store.write { [agency = fixture.agency] transaction in
            let row = try transaction.first("SELECT code FROM dossier WHERE agency = \(agency) AND status = 4 LIMIT 1")
            let code: String = try row?.get("code") ?? ""
            try transaction.run(
                """
                UPDATE dossier SET applicant = \(account.id), slip_secret = \(secret.digest.hex) WHERE code = \(code)
                """
            )
            return code
        }
        let officer = try #require(
            try await fixture.organisation.officers(of: fixture.agency, having: .deskOfficer).first
        )
        let desk = try await fixture.identity.signIn(officer: officer).text
        // The dossier lies with the office that decides: a desk officer would be asked why she looks.
        let examiner = try #require(
            try await fixture.organisation.officers(of: fixture.agency, having: .specialist).first
        )
        let handling = try await fixture.identity.signIn(officer: examiner).text
        return [
            Page(name: "home", path: "/", token: "Tra cứu", bound: 0),
            Page(name: "search", path: "/thu-tuc?q=ho+tich", token: "thủ tục", bound: 0),
            Page(name: "tracking by code", path: "/ho-so/\(code)", token: code, bound: 1),
            Page(name: "tracking with the slip", path: "/ho-so/\(code)?ma=\(secret.text)", token: code, bound: 3),
            Page(name: "tracking, as its owner", path: "/ho-so/\(code)", token: code, cookie: owner.text, bound: 12),
            Page(name: "work list", path: "/viec", token: "Việc của tôi", cookie: desk, bound: 3),
            Page(name: "work list, all piles", path: "/viec?loc=tat-ca", token: "hồ sơ", cookie: desk, bound: 3),
            // With the record of access, which is written before the answer.
            Page(name: "case", path: "/viec/\(code)", token: code, cookie: handling, bound: 18),
        ]
    }

    private func citizen() throws -> VerifiedIdentity {
        VerifiedIdentity(
            subject: "vneid-1",
            fullName: "Nguyễn Thị Bưởi",
            nationalID: try #require(NationalID("089190001230")),
            birthDate: LocalDate(year: 1990, month: 5, day: 17),
            sex: "female",
            address: "Ấp An Hưng, xã An Phú, tỉnh An Giang",
            phone: PhoneNumber("0912345678"),
            email: nil,
            assurance: .two
        )
    }
}
