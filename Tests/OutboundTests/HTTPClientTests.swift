// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Synchronization
import Testing

@testable import Outbound

private let reason: Comment = "SKIPPED: MOTCUA_PYTHON names no Python"

@Suite("Calls over HTTP", .enabled(if: Peer.http != nil, reason), .timeLimit(.minutes(2)))
struct HTTPClientTests {
    let peer: Peer
    let client: HTTPClient
    let pauses = Pauses()

    final class Pauses: Sendable {
        let seconds = Mutex<[Double]>([])
        func note(_ value: Double) { seconds.withLock { $0.append(value) } }
    }

    init() throws {
        peer = try Peer("http", python: Peer.http)
        let pauses = pauses
        client = HTTPClient(clock: Fixed.clock, random: Fixed.random, pause: { pauses.note($0) })
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(peer.port)\(path)" }

    private struct Echo: Decodable {
        var method: String
        var path: String
        var body: String
        var headers: [[String]]
    }

    @Test("every method arrives with its headers and body", arguments: OutboundRequest.Method.allCases)
    func methods(_ method: OutboundRequest.Method) async throws {
        let body: [UInt8]? = method == .get || method == .head ? nil : Array("Xin chào ₫".utf8)
        let request = OutboundRequest(
            method,
            url("/echo?a=%C4%91"),
            headers: [.init("X-Code", "H01"), .init("X-Empty", ""), .init("Content-Type", "text/plain")],
            body: body
        )
        let answer = try await client.send(request)
        #expect(answer.status == 200 && answer.isSuccess)
        #expect(answer.header("Content-Type") == "application/json")
        #expect(answer.headers.filter { $0.name == "x-two" }.map(\.value) == ["a", "b"])
        guard method != .head else {
            #expect(answer.body.isEmpty)
            return
        }
        let echo = try JSONDecoder().decode(Echo.self, from: Data(answer.body))
        #expect(echo.method == method.rawValue && echo.path == "/echo?a=%C4%91")
        #expect(echo.body == (body == nil ? "" : "Xin chào ₫"))
        #expect(echo.headers.contains(["x-code", "H01"]) && echo.headers.contains(["x-empty", ""]))
        #expect(echo.headers.contains(["user-agent", "MotCua"]))
        #expect(!echo.headers.contains { $0[0] == "expect" })
    }

    @Test("an empty body of a POST is sent as empty", arguments: [nil, []] as [[UInt8]?])
    func emptyBody(_ body: [UInt8]?) async throws {
        let answer = try await client.send(OutboundRequest(.post, url("/echo"), body: body))
        let echo = try JSONDecoder().decode(Echo.self, from: Data(answer.body))
        #expect(echo.method == "POST" && echo.body.isEmpty)
        #expect(echo.headers.contains(["content-length", "0"]))
    }

    @Test("a refusal is an answer, and an error for who asks", arguments: [400, 404, 409, 500])
    func refusals(_ status: Int) async throws {
        let answer = try await client.send(OutboundRequest(.get, url("/status?\(status)")))
        #expect(answer.status == status && !answer.isSuccess)
        #expect(throws: OutboundError.peerRefused(status: status)) { try answer.accepted() }
    }

    @Test("an answer is as long as allowed, and not one byte longer")
    func answerLimit() async throws {
        var request = OutboundRequest(.get, url("/bytes?70000"), answerLimitBytes: 70_000)
        #expect(try await client.send(request).body.count == 70_000)
        request.answerLimitBytes = 69_999
        await #expect(throws: OutboundError.answerTooLarge(limitBytes: 69_999)) { try await client.send(request) }
        let endless = OutboundRequest(.get, url("/endless"), answerLimitBytes: 1_000_000)
        await #expect(throws: OutboundError.answerTooLarge(limitBytes: 1_000_000)) { try await client.send(endless) }
        let headers = OutboundRequest(.get, url("/headers?20"))
        await #expect(throws: OutboundError.answerTooLarge(limitBytes: 1_048_576)) { try await client.send(headers) }
    }

    @Test("silence ends by the clock, and by the caller")
    func silence() async throws {
        let slow = OutboundRequest(.get, url("/slow?5"), timeoutSeconds: 0.3)
        let host = "http://127.0.0.1:\(peer.port)"
        await #expect(throws: OutboundError.timedOut(host: host)) { try await client.send(slow) }
        let begun = ContinuousClock.now
        let slower = OutboundRequest(.get, url("/slow?20"))
        let task = Task { try await client.send(slower) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        await #expect(throws: OutboundError.cancelled) { try await task.value }
        #expect(ContinuousClock.now - begun < .seconds(10))
    }

    @Test("redirects are followed only when asked, and only to the web")
    func redirects() async throws {
        #expect(try await client.send(OutboundRequest(.get, url("/redirect?1"))).status == 302)
        let followed = try await client.send(OutboundRequest(.get, url("/redirect?3"), redirectLimit: 3))
        #expect(followed.status == 200 && followed.header("location") == nil)
        await #expect(throws: OutboundError.tooManyRedirects) {
            try await client.send(OutboundRequest(.get, url("/redirect?4"), redirectLimit: 3))
        }
        await #expect(throws: OutboundError.self) {
            try await client.send(OutboundRequest(.get, url("/file"), redirectLimit: 3))
        }
    }

    @Test("who does not answer is named as such")
    func unreachable() async throws {
        let host = "http://127.0.0.1:\(peer.port)"
        await #expect(throws: OutboundError.unreachable(host: host)) {
            try await client.send(OutboundRequest(.get, url("/drop")))
        }
        await #expect(throws: OutboundError.unreachable(host: "http://127.0.0.1:1")) {
            try await client.send(OutboundRequest(.get, "http://127.0.0.1:1/"))
        }
        // A server without TLS cannot be trusted over https.
        await #expect(throws: OutboundError.notTrusted(host: "https://127.0.0.1:\(peer.port)")) {
            try await client.send(OutboundRequest(.get, "https://127.0.0.1:\(peer.port)/", timeoutSeconds: 5))
        }
    }

    @Test("a peer that recovers is asked again, when twice is harmless")
    func retries() async throws {
        let answer = try await client.send(OutboundRequest(.get, url("/recovers?2-503-a")), retry: .short)
        #expect(answer.status == 200 && answer.body == Array("3".utf8))
        // Full chance is 0xABAB of 65,536: half fixed, half by chance.
        #expect(pauses.seconds.withLock { $0.map { Int($0 * 1_000) } } == [167, 334])
        let post = OutboundRequest(.post, url("/recovers?1-503-b"), body: [])
        #expect(try await client.send(post, retry: .short).status == 503)
        var safe = OutboundRequest(.post, url("/recovers?1-503-c"), body: [])
        safe.headers.append(.init("Idempotency-Key", "k1"))
        #expect(try await client.send(safe, retry: .short).status == 200)
        // 500 may have changed something; 404 will not change.
        #expect(try await client.send(OutboundRequest(.get, url("/recovers?1-500-d")), retry: .short).status == 500)
        // Whoever wants a minute's pause gets it from the job queue, not from a waiting person.
        #expect(try await client.send(OutboundRequest(.get, url("/later?60")), retry: .short).status == 503)
        #expect(pauses.seconds.withLock(\.count) == 3)
    }

    @Test("a failing peer is left alone, then tried once")
    func breaker() async throws {
        let now = Mutex(Fixed.moment)
        let clock = Clock { now.withLock { $0 } }
        let settings = HTTPSettings(breaker: .init(failures: 3, restSeconds: 30))
        let client = HTTPClient(settings, clock: clock, random: Fixed.random)
        let request = OutboundRequest(.get, url("/recovers?4-500-e"))
        for _ in 1...3 { #expect(try await client.send(request).status == 500) }
        let until = Fixed.moment.adding(seconds: 30)
        let resting = OutboundError.resting(host: "http://127.0.0.1:\(peer.port)", until: until)
        await #expect(throws: resting) { try await client.send(request) }
        await #expect(throws: resting) { try await client.send(request, retry: .short) }
        now.withLock { $0 = until }
        #expect(try await client.send(request).status == 500)  // the probe, the fourth failure
        await #expect(throws: OutboundError.self) { try await client.send(request) }
        now.withLock { $0 = until.adding(seconds: 30) }
        #expect(try await client.send(request).status == 200)
        #expect(try await client.send(request).status == 200)
    }

    @Test("many at once are served, too many are told so")
    func crowd() async throws {
        let client = HTTPClient(HTTPSettings(threads: 2, waitingLimit: 4), clock: Fixed.clock)
        let outcomes = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do throws(OutboundError) {
                        return try await client.send(OutboundRequest(.get, url("/slow?0.5"))).status
                    } catch {
                        return error == .tooBusy ? -1 : -2
                    }
                }
            }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == 200 || $0 == -1 })
        // Four wait at least, and no more than two work beside them when the last one comes.
        #expect((4...6).contains(outcomes.count { $0 == 200 }))
        #expect(try await client.send(OutboundRequest(.get, url("/bytes?1"))).status == 200)
    }

    @Test("short messages go out as agreed")
    func shortMessages() async throws {
        let sms = SMSClient(SMSSettings(url: url("/sms"), senderName: "UBND AG", token: "t0k"), http: client)
        let phone = try #require(PhoneNumber("0912 345 678"))
        let number = try await sms.send("Đã tiếp nhận \"hồ sơ\"\n", to: phone, reference: "notice-1")
        #expect(number == "+84912345678|UBND AG|Đã tiếp nhận \"hồ sơ\"\n|notice-1|Bearer t0k")
        await #expect(throws: OutboundError.peerRefused(status: 402)) {
            try await sms.send("từ chối", to: phone, reference: "r")
        }
        await #expect(throws: OutboundError.answerNotUnderstood("sms")) {
            try await sms.send("rác", to: phone, reference: "r")
        }
        for text in ["", String(repeating: "ă", count: SMSClient.textLimit + 1)] {
            await #expect(throws: OutboundError.headerRefused("text")) {
                try await sms.send(text, to: phone, reference: "r")
            }
        }
        await #expect(throws: OutboundError.headerRefused("Idempotency-Key")) {
            try await sms.send("x", to: phone, reference: "a\r\nX-Evil: 1")
        }
    }
}
