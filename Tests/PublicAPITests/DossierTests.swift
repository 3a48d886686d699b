// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import NIOCore
import Organisation
import Testing
import Storage
import TestSupport

@testable import PublicAPI

/// A citizen's way through the API, and who may see what of it.
@Suite struct DossierTests {
    private static let pdf: [UInt8] = {
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        ]
        var text = "%PDF-1.4\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(text.utf8.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 4\n\(table)trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(text.utf8)
    }()

    /// Files a dossier and gives its code.
    private func file(_ fixture: APIFixture, _ program: TestProgram, key: String = "k") async throws -> String {
        let draft = try await program.post("/api/v1/dossiers", fixture.filing(), key: key)
        let id = try #require(try draft.json("Draft")["id"]?.text)
        let submitted = try await program.post("/api/v1/drafts/\(id)/submit", ["declaration": true], key: key)
        #expect(submitted.status == .created)
        return try #require(try submitted.json("Submission")["code"]?.text)
    }

    @Test(arguments: TestStores.all) func `files first, then a draft, then a dossier`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let upload = try await program.upload("giấy cũ.pdf", Self.pdf, key: "f1")
            #expect(upload.status == .created)
            let file = try upload.json("UploadedFile")
            #expect(file["sha256"]?.text == Digest(of: Self.pdf).hex && file["pages"] == 1)
            let papers: JSONValue = [["component": "earlierPaper", "file": file["id"] ?? .null]]
            let filing = fixture.filing(["files": papers, "delivery": "desk"])
            let drafted = try await program.post("/api/v1/dossiers", filing, key: "d1")
            let draft = try drafted.json("Draft")
            #expect(drafted.status == .created && draft["fees"]?["total"] == 16_000)
            let id = try #require(draft["id"]?.text)
            let refused = try await program.post("/api/v1/drafts/\(id)/submit", ["declaration": false], key: "s0")
            #expect(try refused.problem(422) == "dossier-declaration-missing")
            let submitted = try await program.post("/api/v1/drafts/\(id)/submit", ["declaration": true], key: "s1")
            let submission = try submitted.json("Submission")
            #expect(submission["isPaymentDue"] == true)
            let code = try #require(submission["code"]?.text)
            #expect(submitted.headers[.location] == "/api/v1/dossiers/\(code)")

            let read = try await program.get("/api/v1/dossiers/\(code)")
            let dossier = try read.json("Dossier")
            #expect(dossier["status"] == 1 && dossier["obligation"] == "due")
            #expect(dossier["files"]?.list.first?["component"] == "earlierPaper")
            #expect(dossier["payment"] == ["state": "due", "total": 16_000])
            #expect(dossier["actions"] == ["withdraw", "pay"])
            #expect(read.headers[.eTag] == "\"1\"")
            let again = try await program.get("/api/v1/dossiers/\(code)", headers: [.ifNoneMatch: "\"1\""])
            #expect(again.status == .notModified)
            let timeline = try await program.get("/api/v1/dossiers/\(code)/timeline").json("Timeline")
            #expect(timeline["items"]?.list.map { $0["event"] } == ["submitted"])
            let payment = try await program.post("/api/v1/dossiers/\(code)/payment", nil, key: "p1").json("Payment")
            #expect(payment["payURL"]?.text?.hasPrefix("https://pay.example.vn/") == true)
        }
    }

    @Test(arguments: TestStores.all) func `everything to mend is told at once, and nothing is kept`(on engine: Engine)
        async throws
    {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let filing = fixture.filing([
                "agency": "H01.99999",
                "answers": ["extractKind": "moon", "copies": 99, "colour": "red", "relation": "authorised"],
                "files": [["component": "moon", "file": "none"]],
            ])
            let answer = try await program.post("/api/v1/dossiers", filing, key: "k")
            #expect(try answer.problem(422) == "filing-faulty")
            let fields = try answer.json("Problem")["errors"]?.list.compactMap { $0["field"]?.text } ?? []
            for field in [
                "agency", "answers.colour", "answers.extractKind", "answers.copies", "answers.registeredAt",
                "answers.subjectName", "files.moon", "files", "files.authorisation",
            ] { #expect(fields.contains(field), "\(field) in \(fields)") }
            // The key was given back: the mended filing may carry it.
            let mended = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(mended.status == .created)
        }
    }

    @Test(arguments: TestStores.all)
    func `a result that the citizen does not hold stands for no paper`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let papers =
                try await program.get("/api/v1/procedures/1.013227").json("Procedure")["components"]?.list ?? []
            let permit = papers.first { $0["id"] == "permit" }
            #expect(permit?["reusableFrom"] == ["1.013225"])
            let filing = fixture.filing(["results": [["component": "earlierPaper", "result": "none"]]])
            let answer = try await program.post("/api/v1/dossiers", filing, key: "k")
            #expect(try answer.problem(422) == "filing-faulty")
            let fields = try answer.json("Problem")["errors"]?.list.compactMap { $0["field"]?.text }
            #expect(fields == ["results.earlierPaper"])
            let wrong = fixture.filing(["results": [["component": "earlierPaper"]]])
            #expect(try await program.post("/api/v1/dossiers", wrong, key: "w").problem(422) == "body-wrong")
        }
    }

    @Test(arguments: TestStores.all) func `a paper takes as many files as its pack says`(on engine: Engine) async throws
    {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            var papers: [JSONValue] = []
            for number in 0..<6 {
                let upload = try await program.upload("giấy \(number).pdf", Self.pdf, key: "f\(number)")
                let id = try upload.json("UploadedFile")["id"] ?? .null
                papers.append(["component": "earlierPaper", "file": id])
            }
            let refused = try await program.post(
                "/api/v1/dossiers",
                fixture.filing(["files": .array(papers)]),
                key: "a"
            )
            #expect(try refused.problem(422) == "filing-faulty")
            let errors = try refused.json("Problem")["errors"]?.list ?? []
            #expect(errors.map { $0["field"]?.text } == ["files.earlierPaper"])
            #expect(errors.first?["detail"]?.text?.contains("nhiều nhất 5 tệp") == true)
            papers.removeLast()
            let taken = try await program.post("/api/v1/dossiers", fixture.filing(["files": .array(papers)]), key: "b")
            #expect(taken.status == .created)
        }
    }

    @Test(arguments: TestStores.all) func `a body must fit its schema`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let unknown = try await program.post("/api/v1/dossiers", fixture.filing(["colour": "red"]), key: "k")
            #expect(try unknown.problem(422) == "body-wrong")
            #expect(try unknown.json("Problem")["field"] == "colour")
            let headers: HTTPFields = [.contentType: "application/json", .idempotencyKey: "k"]
            let broken = try await program.send(.post, "/api/v1/dossiers", headers, ByteBuffer(string: "{"))
            #expect(try broken.problem(400) == "malformed-request")
            let deep = ByteBuffer(string: String(repeating: "[", count: 33))
            #expect(try await program.send(.post, "/api/v1/dossiers", headers, deep).problem(400) == "too-deep")
            let large = ByteBuffer(string: "\"" + String(repeating: "a", count: 1_048_576) + "\"")
            #expect(try await program.send(.post, "/api/v1/dossiers", headers, large).problem(413) == "body-too-large")
            let text = try await program.post("/api/v1/dossiers", [:], key: "k", headers: [.contentType: "text/plain"])
            #expect(try text.problem(415) == "unsupported-media-type")
            #expect(try await program.post("/api/v1/dossiers", [:]).problem(400) == "idempotency-key-missing")
            let page = try await program.get("/api/v1/dossiers", headers: [.accept: "text/html"])
            #expect(try page.problem(406) == "not-acceptable")
            let limit = try await program.get("/api/v1/dossiers?limit=101")
            #expect(try limit.problem(400) == "parameter-wrong")
            #expect(try await program.get("/api/v1/dossiers?cursor=x").problem(400) == "parameter-wrong")
            let wrongMethod = try await program.send(.delete, "/api/v1/dossiers", [:], nil)
            #expect(try wrongMethod.problem(405) == "method-not-allowed")
            #expect(wrongMethod.headers[.allow]?.contains("POST") == true)
            #expect(try await program.upload("a.txt", Array("chữ".utf8), key: "u").problem(422) == "body-wrong")
            #expect(try await program.upload("a.pdf", Self.pdf, key: "u", part: "x").problem(422) == "body-wrong")
        }
    }

    @Test(arguments: TestStores.all) func `the second arrival gets the first answer, another body a conflict`(
        on engine: Engine
    ) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let first = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            let second = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(first.text == second.text && second.status == .created)
            let other = try await program.post("/api/v1/dossiers", fixture.filing(["delivery": "desk"]), key: "k")
            #expect(try other.problem(409) == "idempotency-key-reused")
            let stranger = program.with(try await fixture.citizen(1))
            let theirs = try await stranger.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(theirs.status == .created && theirs.text != first.text)
            let id = try #require(try first.json("Draft")["id"]?.text)
            let path = "/api/v1/drafts/\(id)/submit"
            let submitted = try await program.post(path, ["declaration": true], key: "s")
            let repeated = try await program.post(path, ["declaration": true], key: "s")
            #expect(submitted.text == repeated.text && submitted.headers[.location] == repeated.headers[.location])
            #expect(try await program.get("/api/v1/dossiers").json("DossierPage")["items"]?.list.count == 1)
            let upload = try await program.upload("a.pdf", Self.pdf, key: "u")
            #expect(try await program.upload("a.pdf", Self.pdf, key: "u").text == upload.text)
            #expect(try await program.upload("b.pdf", Self.pdf, key: "u").problem(409) == "idempotency-key-reused")
        }
    }

    @Test(arguments: TestStores.all) func `a file is used once, and by its owner alone`(on engine: Engine) async throws
    {
        try await withAPI(on: engine) { fixture, program in
            let (mine, theirs) = (
                program.with(try await fixture.citizen()), program.with(try await fixture.citizen(1))
            )
            let id = try await mine.upload("a.pdf", Self.pdf, key: "u").json("UploadedFile")["id"] ?? .null
            let filing = fixture.filing(["files": [["component": "earlierPaper", "file": id]]])
            #expect(try await theirs.post("/api/v1/dossiers", filing, key: "k").problem(422) == "filing-faulty")
            #expect(try await mine.post("/api/v1/dossiers", filing, key: "k1").status == .created)
            #expect(try await mine.post("/api/v1/dossiers", filing, key: "k2").problem(422) == "filing-faulty")
            let late = try await mine.upload("a.pdf", Self.pdf, key: "u2").json("UploadedFile")["id"] ?? .null
            fixture.clock.advance(seconds: 24 * 3_600)
            let next = program.with(try await fixture.citizen())
            let stale = fixture.filing(["files": [["component": "earlierPaper", "file": late]]])
            #expect(try await next.post("/api/v1/dossiers", stale, key: "k3").problem(422) == "filing-faulty")
            fixture.clock.advance(seconds: 1)
            #expect(try await fixture.dossiers.removeExpiredDrafts() == 1)
        }
    }

    @Test(arguments: TestStores.all) func `a withdrawal carries the version that was seen`(on engine: Engine)
        async throws
    {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let path = "/api/v1/dossiers/\(try await file(fixture, program))/withdraw"
            #expect(try await program.post(path, [:], key: "w").problem(428) == "version-missing")
            #expect(try await program.post(path, [:], key: "w", match: "\"7\"").problem(412) == "version-passed")
            #expect(try await program.post(path, [:], key: "w", match: "\"x\"").problem(412) == "version-passed")
            let done = try await program.post(path, ["reason": "Nộp nhầm"], key: "w", match: "\"1\"")
            #expect(try done.json("Dossier")["status"] == 7)
            #expect(done.headers[.eTag] == "\"2\"")
            let again = try await program.post(path, ["reason": "Nộp nhầm"], key: "w", match: "\"1\"")
            #expect(again.text == done.text && again.headers[.eTag] == "\"2\"")
            #expect(try await program.post(path, [:], key: "w2", match: "*").problem(409) == "dossier-not-possible")
        }
    }

    @Test(arguments: TestStores.all) func `a supplement is answered as a whole`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let code = try #require(DossierCode(try await file(fixture, program)))
            let items = [
                SupplementItem(target: "registeredAt", text: "Ghi đủ tên tỉnh"),
                SupplementItem(target: "earlierPaper", text: "Ảnh mờ"),
            ]
            let desk = try await fixture.officer(.deskOfficer)
            let act = DossierAct.requestSupplement(reason: "Chưa đủ", items: items)
            try await fixture.dossiers.perform(act, on: code, seen: 1, by: desk)
            let read = try await program.get("/api/v1/dossiers/\(code)").json("Dossier")
            #expect(read["supplement"]?["items"]?.list.compactMap { $0["target"]?.text } == items.map(\.target))
            let path = "/api/v1/dossiers/\(code)/supplement"
            let poor = try await program.post(path, ["answers": ["copies": 3]], key: "a", match: "\"2\"")
            #expect(try poor.problem(422) == "filing-faulty")
            let fields = try poor.json("Problem")["errors"]?.list.compactMap { $0["field"]?.text }
            #expect(fields == ["answers.copies", "registeredAt", "earlierPaper"])
            let file = try await program.upload("a.pdf", Self.pdf, key: "u").json("UploadedFile")["id"] ?? .null
            let whole: JSONValue = [
                "answers": ["registeredAt": "UBND xã An Phú, tỉnh An Giang"],
                "files": [["component": "earlierPaper", "file": file]],
            ]
            let sent = try await program.post(path, whole, key: "a", match: "\"2\"")
            #expect(try sent.json("Dossier")["status"] == 1, "\(sent.text)")
            #expect(try sent.json("Dossier")["files"]?.list.count == 1)
            #expect(try await program.post(path, whole, key: "b", match: "*").problem(409) == "dossier-not-possible")
        }
    }

    @Test(arguments: TestStores.all) func `foreign dossiers are not there`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let mine = program.with(try await fixture.citizen())
            let code = try await file(fixture, mine)
            let stranger = program.with(try await fixture.citizen(1))
            let neighbour = try #require(AgencyCode("H01.30301"))
            let elsewhere = program.with(try await fixture.partnerToken([.dossiersRead], of: neighbour))
            let draft = try await mine.post("/api/v1/dossiers", fixture.filing(), key: "d").json("Draft")["id"]?.text
            for other in [stranger, elsewhere] {
                #expect(try await other.get("/api/v1/dossiers/\(code)").problem(404) == "dossier-not-found")
                #expect(try await other.get("/api/v1/dossiers/\(code)/timeline").problem(404) == "dossier-not-found")
                #expect(try await other.get("/api/v1/dossiers").json("DossierPage")["items"] == [])
            }
            for (path, body): (String, JSONValue?) in [
                ("dossiers/\(code)/withdraw", [:]), ("dossiers/\(code)/supplement", [:]),
                ("dossiers/\(code)/payment", nil), ("drafts/\(draft ?? "")/submit", ["declaration": true]),
            ] {
                let answer = try await stranger.post("/api/v1/\(path)", body, key: path.hex, match: "*")
                #expect(answer.status == .notFound, "\(path) \(answer.text)")
            }
        }
    }
}

extension String {
    /// A key of this text.
    fileprivate var hex: String { String(Digest(of: self).hex.prefix(32)) }
}
