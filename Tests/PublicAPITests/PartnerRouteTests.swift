// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Organisation
import Testing
import Storage
import TestSupport

@testable import PublicAPI

/// What a partner sees, and what anybody may ask.
@Suite struct PartnerRouteTests {
    private func file(_ fixture: APIFixture, _ program: TestProgram, _ key: String, _ agency: String) async throws {
        let draft = try await program.post("/api/v1/dossiers", fixture.filing(["agency": .string(agency)]), key: key)
        let id = try #require(try draft.json("Draft")["id"]?.text)
        let submitted = try await program.post("/api/v1/drafts/\(id)/submit", ["declaration": true], key: key)
        #expect(submitted.status == .created)
        fixture.clock.advance(seconds: 1)
    }

    @Test(arguments: TestStores.all) func `a partner follows its agency page by page, without anything personal`(
        on engine: Engine
    ) async throws {
        try await withAPI(on: engine) { fixture, program in
            let people = [try await fixture.citizen(), try await fixture.citizen(1)].map { program.with($0) }
            for index in 0..<5 { try await file(fixture, people[index % 2], "k\(index)", "H01.30337") }
            try await file(fixture, people[0], "other", "H01.30301")
            let partner = program.with(try await fixture.partnerToken([.dossiersRead]))
            var (codes, cursor): ([String], String?) = ([], nil)
            repeat {
                let path = "/api/v1/dossiers?limit=2" + (cursor.map { "&cursor=\($0)" } ?? "")
                let page = try await partner.get(path).json("DossierPage")
                let items = page["items"]?.list ?? []
                #expect(items.count <= 2)
                codes += items.compactMap { $0["code"]?.text }
                cursor = page["nextCursor"]?.text
            } while cursor != nil
            #expect(codes == (1...5).reversed().map { "H01.30337-260302-000\($0)" })
            let own = try await people[0].get("/api/v1/dossiers").json("DossierPage")["items"]?.list
            #expect(own?.count == 4)

            let answer = try await partner.get("/api/v1/dossiers/\(codes[0])")
            let dossier = try answer.json("Dossier")
            #expect(dossier["files"] == nil && dossier["actions"] == nil && dossier["payment"] == nil)
            let timeline = try await partner.get("/api/v1/dossiers/\(codes[0])/timeline")
            #expect(try timeline.json("Timeline")["items"]?.list.count == 1)
            for text in [answer.text, timeline.text] {
                #expect(!text.contains("Bưởi") && !text.contains("0891900") && !text.contains("0912"))
            }
            let refused = try await partner.post("/api/v1/dossiers/\(codes[0])/withdraw", [:], key: "w", match: "*")
            #expect(try refused.problem(403) == "citizens-only")
        }
    }

    @Test(arguments: TestStores.all) func `a partner may follow, and read nothing else of a dossier`(on engine: Engine)
        async throws
    {
        try await withAPI(on: engine) { fixture, program in
            try await file(fixture, program.with(try await fixture.citizen()), "k", "H01.30337")
            let code = try #require(DossierCode("H01.30337-260302-0001"))
            let (partner, _) = try await fixture.partner([.dossiersRead, .statisticsRead])
            let actor = Actor.partner(partner, scopes: [.dossiersRead], token: nil)
            _ = try await fixture.dossiers.progress(of: code, for: actor)
            await #expect(throws: DossierRefusal.notFound) { try await fixture.dossiers.dossier(code, for: actor) }
            await #expect(throws: DossierRefusal.notFound) {
                try await fixture.dossiers.paper(.submissionConfirmation, of: code, for: actor)
            }
            let without = Actor.partner(partner, scopes: [.statisticsRead], token: nil)
            await #expect(throws: DossierRefusal.notFound) {
                try await fixture.dossiers.progress(of: code, for: without)
            }
            var disabled = partner
            disabled.disabledAt = .test
            let shut = Actor.partner(disabled, scopes: [.dossiersRead], token: nil)
            #expect(try await fixture.dossiers.progressList(for: shut).items.isEmpty)
        }
    }

    @Test(arguments: TestStores.all) func `statistics are for partners with that scope`(on engine: Engine) async throws
    {
        try await withAPI(on: engine) { fixture, program in
            try await file(fixture, program.with(try await fixture.citizen()), "k", "H01.30337")
            let partner = program.with(try await fixture.partnerToken([.statisticsRead]))
            let figures = try await partner.get("/api/v1/statistics").json("Statistics")
            #expect(figures["total"]?["waiting"] == 1 && figures["since"] == "2026-01-01")
            #expect(figures["agencies"]?.list.first?["name"] == "Ủy ban nhân dân xã An Phú")
            let other = program.with(try await fixture.partnerToken([.dossiersRead]))
            #expect(try await other.get("/api/v1/statistics").problem(403) == "scope-missing")
        }
    }

    @Test(arguments: TestStores.all) func `procedures, forms and fees are open`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let all = try await program.get("/api/v1/procedures?limit=100").json("ProcedurePage")
            let codes = all["items"]?.list.compactMap { $0["code"]?.text } ?? []
            #expect(codes.contains(APIFixture.procedure) && all["nextCursor"] == .null)
            let first = try await program.get("/api/v1/procedures?limit=1").json("ProcedurePage")
            let cursor = try #require(first["nextCursor"]?.text)
            let rest = try await program.get("/api/v1/procedures?limit=100&cursor=\(cursor)").json("ProcedurePage")
            #expect(rest["items"]?.list.compactMap { $0["code"]?.text } == Array(codes.dropFirst()))
            let found = try await program.get("/api/v1/procedures?q=trich%20luc%20ho%20tich").json("ProcedurePage")
            #expect(found["items"]?.list.first?["code"]?.text == APIFixture.procedure)
            let one = try await program.get("/api/v1/procedures/2.000635").json("Procedure")
            #expect(one["agencies"]?.list.count == 102 && one["hasForm"] == true)
            let form = try await program.get("/api/v1/procedures/2.000635/form").json("FormSchema")
            #expect(form["properties"]?["copies"] != nil)
            let path = "/api/v1/procedures/2.000635/fee-quote"
            let quote = try await program.post(path, ["answers": ["copies": 3]]).json("FeeQuote")
            #expect(quote["total"] == 24_000 && quote["lines"]?.list.first?["count"] == 3)
            let open = try await program.post(path, ["answers": [:]])
            #expect(try open.problem(422) == "fee-missing-answer")
            #expect(try open.json("Problem")["field"] == "copies")
            #expect(try await program.get("/api/v1/procedures/9.999").problem(404) == "not-found")
        }
    }

    @Test(arguments: TestStores.all) func `an unknown result is not there`(on engine: Engine) async throws {
        try await withAPI(on: engine) { _, program in
            let byID = try await program.get("/api/v1/verification/none")
            #expect(try byID.problem(404) == "not-found")
            let hash = JSONValue.string(String(repeating: "0", count: 64))
            #expect(try await program.post("/api/v1/verification", ["sha256": hash]).problem(404) == "not-found")
            #expect(try await program.post("/api/v1/verification", ["sha256": "x"]).problem(422) == "body-wrong")
        }
    }
}
