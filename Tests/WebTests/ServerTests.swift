// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Markup
import NIOCore
import Testing

@testable import Web

private enum Refusal: Presentable {
    case changed, inside

    var code: String { self == .changed ? "dossier-changed" : "disk-broken" }
    var status: Int { self == .changed ? 409 : 500 }
    var publicDetail: String? { self == .changed ? "Hồ sơ <b>đã</b> đổi. Mở lại trang." : nil }
    var field: String? { self == .changed ? "ho_ten" : nil }
}

private struct Unforeseen: Error {}

private struct NoConnection: RequestContextSource {
    let logger: Logger
}

@Suite struct EdgeTests {
    private func application(
        settings: ServerSettings? = nil,
        sink: LineSink = LineSink()
    ) throws -> Application<EdgeResponder<PlainContext>> {
        try testApplication(settings: settings, sink: sink) { router in
            router.get("trang/{ma}") { _, context in
                Response.page("<p>\(try context.pathText("ma"))</p>")
            }
            router.post("trang/{ma}") { _, _ in Response.seeOther("/xong") }
            router.get("doi") { _, _ -> Response in throw Refusal.changed }
            router.get("hong") { _, _ -> Response in throw Refusal.inside }
            router.get("la") { _, _ -> Response in throw Unforeseen() }
            router.get("khung") { _, _ -> Response in throw HTTPError(.badRequest, message: "english words") }
            router.get("cham") { _, _ -> Response in
                try await Task.sleep(for: .seconds(60))
                return Response.text("never")
            }
            router.post("doc") { request, _ in Response.text("\(try await request.bytes(limitBytes: 100).count)") }
            router.get("tep") { _, _ in
                Response.file(
                    ResponseBody(byteBuffer: ByteBuffer(string: "%PDF")),
                    type: .pdf,
                    name: "giấy \"A\".pdf",
                    disposition: .inline
                )
            }
            router.get("khach") { _, context in Response.text(context.visit.client?.description ?? "none") }
        }
    }

    private func get(
        _ uri: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [.accept: "text/html"],
        settings: ServerSettings? = nil,
        sink: LineSink = LineSink()
    ) async throws -> TestResponse {
        try await application(settings: settings, sink: sink).test(.router) { client in
            try await client.execute(uri: uri, method: method, headers: headers)
        }
    }

    @Test func everyAnswerCarriesTheSecurityHeaders() async throws {
        for uri in ["/trang/1", "/khong-co", "/la", "/healthz"] {
            let headers = try await get(uri).headers
            #expect(
                headers[.contentSecurityPolicy]
                    == "default-src 'self'; img-src 'self' blob:; object-src 'self'; "
                    + "form-action 'self' https://pay.example.vn; frame-ancestors 'none'; base-uri 'none'"
            )
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.referrerPolicyForTest] == "same-origin")
            #expect(headers[.strictTransportSecurity] == "max-age=31536000; includeSubDomains")
            #expect(headers[.cacheControl] == "no-store")
            #expect(headers[.requestIDForTest]?.count == 10)
        }
        let plain = try await get("/trang/1", settings: testSettings(publicURL: "http://127.0.0.1:8080"))
        #expect(plain.headers[.strictTransportSecurity] == nil)
    }

    @Test func usersFilesHaveHeadersOfTheirOwn() async throws {
        let headers = try await get("/tep").headers
        #expect(headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'self'")
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.contentType] == "application/pdf")
        #expect(
            headers[.contentDisposition]
                == "inline; filename=\"gi_y__A_.pdf\"; filename*=UTF-8''gi%E1%BA%A5y%20_A_.pdf"
        )
        #expect(Response.contentDisposition(.attachment, name: "/../").hasPrefix("attachment; filename=\"tep\""))
        let sheet = Response.file(ResponseBody(), type: .csv, name: "a.csv", disposition: .inline)
        #expect(sheet.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    }

    @Test func pathsAreDecodedAndEscaped() async throws {
        #expect(try await get("/trang/a%3Cb%3E+c").text == "<p>a&lt;b&gt;+c</p>")
        #expect(try await get("/trang/%FF").status == .notFound)
        #expect(try await get("/trang/%00").status == .notFound)
        #expect(try await get("/trang/" + String(repeating: "a", count: 200)).status == .ok)
        #expect(try await get("/trang/" + String(repeating: "a", count: 201)).status == .notFound)
    }

    @Test func errorsBecomePagesOrProblems() async throws {
        let page = try await get("/doi")
        #expect(page.status == .conflict)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("Hồ sơ &lt;b&gt;đã&lt;/b&gt; đổi."))
        #expect(page.text.contains(page.headers[.requestIDForTest] ?? "?"))

        let problem = try await get("/doi", headers: [.accept: "application/json"])
        #expect(problem.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(problem.text.contains("\"code\":\"dossier-changed\""))
        #expect(problem.text.contains("\"field\":\"ho_ten\""))
        #expect(
            try await get("/api/v1/none", headers: [:]).headers[.contentType]?.hasPrefix("application/problem") == true
        )
        let fromBrowser = try await get("/api/v1/none")
        #expect(fromBrowser.headers[.contentType]?.hasPrefix("application/problem") == true)
        #expect(try await get("/none", headers: [:]).headers[.contentType]?.hasPrefix("text/html") == true)
    }

    @Test func theInsideIsNeverTold() async throws {
        for uri in ["/hong", "/la"] {
            let sink = LineSink()
            let page = try await get(uri, sink: sink)
            #expect(page.status == .internalServerError)
            #expect(!page.text.contains("disk-broken") && !page.text.contains("Unforeseen"))
            #expect(sink.lines.contains { $0.contains("\"level\":\"critical\"") && $0.contains("\"cause\"") })
        }
        let framework = try await get("/khung")
        #expect(framework.status == .badRequest)
        #expect(!framework.text.contains("english"))
    }

    @Test func unknownPathsAndMethods() async throws {
        #expect(try await get("/khong-co").status == .notFound)
        let wrong = try await get("/trang/1", method: .delete)
        #expect(wrong.status == .methodNotAllowed)
        #expect(wrong.headers[.allow] == "GET, HEAD, POST")
        let head = try await get("/trang/1", method: .head)
        #expect(head.status == .ok && head.text.isEmpty)
        #expect(head.headers[.contentLength] == "8")
        #expect(try await get("/khong-co", method: .head).text.isEmpty)
    }

    @Test func headersAreLimited() async throws {
        // Request line: GET + path + 12; one header: name + value + 4; Accept takes 6 + 9 + 4.
        let fixed = "GET".count + "/healthz".count + 12 + 19 + "X-Long".count + 4
        func padded(_ size: Int) throws -> HTTPFields {
            let name = try #require(HTTPField.Name("X-Long"))
            return [.accept: "text/html", name: String(repeating: "x", count: size - fixed)]
        }
        #expect(try await get("/healthz", headers: padded(16_384)).status == .ok)
        let refused = try await get("/healthz", headers: padded(16_385))
        #expect(refused.status == .requestHeaderFieldsTooLarge)
        #expect(refused.text.contains("Xóa cookie của trang này"))
    }

    @Test func slowHandlersAreGivenUp() async throws {
        let settings = try testSettings(limits: ServerLimits(handlerSeconds: 1))
        let answer = try await get("/cham", settings: settings)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] == "10")
        #expect(answer.text.contains("điều đã lưu vẫn còn"))
    }

    @Test func aBodyThatDoesNotComeIsGivenUp() async throws {
        let settings = try testSettings(limits: ServerLimits(requestSeconds: 1, handlerSeconds: 1))
        let responder = try application(settings: settings).responder
        let (stream, source) = RequestBody.makeStream()
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/doc", headerFields: [:]),
            body: stream
        )
        await source.yield(ByteBuffer(string: "half"))
        let began = ContinuousClock.now
        let response = try await responder.respond(to: request, context: testContext())
        #expect(response.status == .requestTimeout)
        #expect(ContinuousClock.now - began < .seconds(10))
        source.finish()
    }

    @Test func tooManyAtOnceAreTurnedAway() throws {
        let gate = Gate(limit: 2)
        try gate.enter()
        try gate.enter()
        #expect(throws: RequestError.overloaded(retryAfterSeconds: 5)) { try gate.enter() }
        gate.leave()
        try gate.enter()
    }

    @Test func accessLinesNameTheRouteAndNothingElse() async throws {
        let sink = LineSink()
        _ = try await get("/trang/012345678901?cccd=secret", sink: sink)
        _ = try await get("/rieng/012345678901", sink: sink)
        let lines = sink.lines.filter { $0.contains("\"message\":\"request\"") }
        #expect(lines.count == 2)
        #expect(lines[0].contains("\"route\":\"/trang/{ma}\"") && lines[0].contains("\"status\":\"200\""))
        #expect(!lines.joined().contains("012345678901") && !lines.joined().contains("secret"))
    }

    private func testContext() -> PlainContext {
        PlainContext(coreContext: .init(source: NoConnection(logger: Logger(label: "test"))), visit: Visit(peer: nil))
    }
}

@Suite struct LiveServerTests {
    @Test func listensOnAFreePortAndAnswers() async throws {
        let port = LineSink()
        let application = try testApplication(
            onListening: { taken in port.logger().info("\(taken)") },
            routes: { router in
                router.post("nhan") { request, _ in
                    Response.text("\(try await request.bytes(limitBytes: 10_000_000).count)")
                }
                router.get("khach") { _, context in Response.text(context.visit.client?.description ?? "none") }
            }
        )
        try await application.test(.live) { client in
            let health = try await client.execute(uri: "/healthz", method: .get)
            #expect(health.text == "ok\n")
            let taken = try #require(client.port)
            #expect(taken > 0 && port.lines.contains { $0.contains("\"\(taken)\"") })

            let sent = ByteBuffer(repeating: 7, count: 3_000_000)
            #expect(try await client.execute(uri: "/nhan", method: .post, body: sent).text == "3000000")
            // A refused body does not spoil the connection.
            let large = ByteBuffer(repeating: 7, count: 10_000_001)
            #expect(try await client.execute(uri: "/nhan", method: .post, body: large).status == .contentTooLarge)
            #expect(try await client.execute(uri: "/healthz", method: .get).text == "ok\n")
            #expect(
                ["127.0.0.1", "0:0:0:0:0:0:0:1"].contains(try await client.execute(uri: "/khach", method: .get).text)
            )
        }
    }
}
