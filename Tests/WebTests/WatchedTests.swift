// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Synchronization
import Testing

@testable import Web

/// What figures and operators see of a request.
@Suite struct WatchedTests {
    private struct Full: Presentable {
        let status: Int
        var code: String { "store-full" }
        var publicDetail: String? { "Hệ thống tạm thời không lưu được dữ liệu mới." }
    }

    private func answers(to uris: [(HTTPRequest.Method, String)]) async throws -> [AnsweredRequest] {
        let seen = Answers()
        var settings = try testSettings()
        settings.onAnswer = { seen.add($0) }
        let application = try testApplication(settings: settings) { router in
            router.get("ho-so/{ma}") { _, _ in Response.text("one\n") }
            router.get("day") { _, _ -> Response in throw Full(status: 507) }
        }
        try await application.test(.live) { client in
            for (method, uri) in uris { _ = try await client.execute(uri: uri, method: method) }
        }
        return seen.all
    }

    @Test func aRequestIsCountedByItsRouteAndNeverByItsAddress() async throws {
        let asked: [(HTTPRequest.Method, String)] = [
            (.get, "/ho-so/H01.12-260424-0001?ten=Dao"), (.get, "/khong-co/H01.12-260424-0001"), (.get, "/day"),
            (try #require(HTTPRequest.Method("PROPFIND")), "/day"),
        ]
        let seen = try await answers(to: asked)
        #expect(seen.map(\.route) == ["/ho-so/{ma}", "-", "/day", "-"])
        #expect(seen.map(\.status) == [200, 404, 507, 405])
        #expect(seen.map(\.method) == ["GET", "GET", "GET", "other"])
        #expect(seen.allSatisfy { $0.seconds >= 0 && $0.seconds < 30 })
    }

    @Test(arguments: [503, 507])
    func whoeverMustWaitIsToldHowLong(status: Int) async throws {
        let application = try testApplication { router in
            router.get("day") { _, _ -> Response in throw Full(status: status) }
        }
        try await application.test(.live) { client in
            let page = try await client.execute(uri: "/day", method: .get)
            #expect(page.status.code == status)
            #expect(page.headers[.retryAfter] == "30")
            #expect(page.text.contains("không lưu được dữ liệu mới"))
        }
    }

    @Test func onlyThisMachineIsThisMachine() {
        var head = HTTPRequest(method: .get, scheme: "http", authority: nil, path: "/metrics")
        let plain = Request(head: head, body: RequestBody(buffer: .init()))
        head.headerFields[.forwardedFor] = "203.0.113.9"
        let proxied = Request(head: head, body: RequestBody(buffer: .init()))
        for (address, isOurs) in [("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("10.0.0.1", false)] {
            let visit = Visit(peer: ClientAddress(address))
            #expect(visit.isFromThisMachine(plain) == isOurs, "\(address)")
            #expect(!visit.isFromThisMachine(proxied), "\(address) for somebody else")
        }
        #expect(!Visit(peer: nil).isFromThisMachine(plain))
    }
}

private final class Answers: Sendable {
    private let kept = Mutex<[AnsweredRequest]>([])

    var all: [AnsweredRequest] { kept.withLock { $0 } }

    func add(_ answer: AnsweredRequest) { kept.withLock { $0.append(answer) } }
}
