// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Testing

@testable import Web

@Suite struct PublicURLTests {
    @Test func readsOrigins() throws {
        let plain = try #require(PublicURL("HTTPS://DichVuCong.example.vn/"))
        #expect(plain.description == "https://dichvucong.example.vn")
        #expect(plain.isHTTPS && plain.hasSecureCookies && !plain.isLoopback)
        #expect(plain.absolute("/tra-cuu") == "https://dichvucong.example.vn/tra-cuu")
        #expect(PublicURL("https://a:443")?.description == "https://a")
        #expect(PublicURL("http://[::1]:8080")?.description == "http://[::1]:8080")
        #expect(PublicURL("http://[::1]")?.isLoopback == true)
        #expect(PublicURL.loopback(port: 8080).hasSecureCookies)
        #expect(PublicURL("http://a.vn")?.hasSecureCookies == false)
    }

    @Test(arguments: [
        "", "a.vn", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a", "https://a:0",
        "https://a:65536",
        "https://a b", "https://a:x", "javascript://a", "https://a;x", "https://a'",
    ])
    func refusesOthers(text: String) { #expect(PublicURL(text) == nil) }
}

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("[2001:db8::1]", "2001:db8:0:0:0:0:0:1"),
        ("::", "0:0:0:0:0:0:0:0"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("64:ff9b::192.0.2.1", "64:ff9b:0:0:0:0:c000:201"),
    ])
    func reads(text: String, shown: String) { #expect(ClientAddress(text)?.description == shown) }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "1.2.3.-4", "1.2.3.4.5", "a::b::c", "1:2", "12345::", "::g", "1.2.3.4, 5", "unknown",
    ])
    func refuses(text: String) { #expect(ClientAddress(text) == nil) }

    @Test func networks() throws {
        let inside = try #require(ClientAddress("10.1.2.3"))
        #expect(ClientNetwork("10.0.0.0/8")?.contains(inside) == true)
        #expect(ClientNetwork("10.1.2.3")?.contains(inside) == true)
        #expect(ClientNetwork("11.0.0.0/8")?.contains(inside) == false)
        #expect(ClientNetwork("0.0.0.0/0")?.contains(inside) == true)
        #expect(ClientNetwork("10.1.2.0/23")?.contains(inside) == true)
        #expect(ClientNetwork("::/0")?.contains(inside) == false)
        #expect(ClientNetwork("10.0.0.0/33") == nil && ClientNetwork("10.0.0.0/x") == nil)
        #expect(ClientAddress("2001:db8:1:2:3::4")?.limitKey == ClientAddress("2001:db8:1:2:9::9")?.limitKey)
    }

    @Test func onlyTrustedProxiesAreBelieved() throws {
        let proxies = TrustedProxies([try #require(ClientNetwork("10.0.0.0/8"))])
        let proxy = try #require(ClientAddress("10.0.0.1"))
        let stranger = try #require(ClientAddress("203.0.113.9"))
        func seen(_ peer: ClientAddress, _ headers: [String]) -> String? {
            proxies.client(peer: peer, forwardedFor: headers)?.description
        }
        #expect(seen(stranger, ["1.1.1.1"]) == "203.0.113.9")
        #expect(seen(proxy, ["1.1.1.1"]) == "1.1.1.1")
        // What the client itself wrote stands on the left and is not believed.
        #expect(seen(proxy, ["6.6.6.6, 1.1.1.1", "10.0.0.2"]) == "1.1.1.1")
        #expect(seen(proxy, ["junk, 1.1.1.1, 10.0.0.2"]) == "1.1.1.1")
        #expect(seen(proxy, ["1.1.1.1, junk"]) == "10.0.0.1")
        #expect(seen(proxy, []) == "10.0.0.1")
    }
}

@Suite struct CookieTests {
    private func request(_ cookies: [String]) -> Request {
        var headers = HTTPFields()
        for cookie in cookies { headers.append(HTTPField(name: .cookie, value: cookie)) }
        return Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/", headerFields: headers),
            body: RequestBody(buffer: .init())
        )
    }

    @Test func namesAndFlagsFollowThePublicAddress() throws {
        let secure = CookieJar(try #require(PublicURL("https://a.vn")))
        #expect(
            secure.header("phien", value: "abc-_1")
                == "__Host-phien=abc-_1; Path=/; SameSite=Lax; Secure; HttpOnly"
        )
        let demo = CookieJar(.loopback(port: 8080))
        #expect(
            demo.header("size", value: "l", maxAgeSeconds: 60, isHTTPOnly: false)
                == "size=l; Path=/; SameSite=Lax; Secure; Max-Age=60"
        )
        let plain = CookieJar(try #require(PublicURL("http://a.vn")))
        #expect(plain.header("phien", value: "x") == "phien=x; Path=/; SameSite=Lax; HttpOnly")
    }

    @Test func everyListenerHasNamesOfItsOwn() throws {
        let url = try #require(PublicURL("https://a.vn:9443"))
        let (portal, admin) = (CookieJar(url), CookieJar(url, space: "quan-tri"))
        #expect(admin.header("phien", value: "x").hasPrefix("__Host-quan-tri-phien=x; "))
        let both = request(["__Host-phien=portal; __Host-quan-tri-phien=admin"])
        #expect(portal.value("phien", in: both) == "portal" && admin.value("phien", in: both) == "admin")
        #expect(admin.value("phien", in: request(["__Host-phien=portal"])) == nil)
        #expect(portal.value("phien", in: request(["__Host-quan-tri-phien=admin"])) == nil)
    }

    @Test func readsOneValueOnly() throws {
        let jar = CookieJar(try #require(PublicURL("https://a.vn")))
        #expect(jar.value("phien", in: request(["a=1; __Host-phien=x=y; b=2"])) == "x=y")
        #expect(jar.value("phien", in: request(["phien=x"])) == nil)
        #expect(jar.value("phien", in: request(["__Host-phien=1", "__Host-phien=2"])) == nil)
        #expect(jar.value("phien", in: request(["__Host-phien=1; __Host-phien=1"])) == "1")
        #expect(jar.value("phien", in: request(["__Host-phien=" + String(repeating: "x", count: 4096)])) != nil)
        #expect(jar.value("phien", in: request(["__Host-phien=" + String(repeating: "x", count: 4097)])) == nil)
    }

    @Test func severalAreTakenApartOnce() throws {
        let jar = CookieJar(try #require(PublicURL("https://a.vn")))
        let header = ";; =;a; __Host-size=l;__Host-phien=; x=__Host-theme=dark; __host-keys=1"
        let sent = jar.cookies(in: request([header, "   __Host-cho=2"]))
        #expect(sent.value("size") == "l" && sent.value("phien") == "" && sent.value("cho") == "2")
        for name in ["theme", "keys", "a", ""] { #expect(sent.value(name) == nil) }
        // Bytes decide, not letters: what is put on top of a sign hides nothing.
        let marked = jar.cookies(in: request(["b=1\u{301}; __Host-size=\u{301}x;\u{301} __Host-phien=y"]))
        #expect(marked.value("size") == "\u{301}x" && marked.value("phien") == nil)
    }

    @Test func valuesAreChecked() async {
        await #expect(processExitsWith: .failure) {
            _ = CookieJar(.loopback(port: 1)).header("a", value: "x; Domain=evil")
        }
    }
}

@Suite struct RateLimiterTests {
    @Test func burstThenPace() throws {
        let hand = HandClock()
        let limiter = RateLimiter(burst: 3, perMinute: 6, clock: hand.clock)
        for _ in 0..<3 { try limiter.take("a") }
        #expect(throws: RequestError.rateLimited(retryAfterSeconds: 10)) { try limiter.take("a") }
        try limiter.take("b")
        hand.advance(seconds: 9)
        #expect(throws: RequestError.rateLimited(retryAfterSeconds: 1)) { try limiter.take("a") }
        hand.advance(seconds: 1)
        try limiter.take("a")
        #expect(throws: RequestError.self) { try limiter.take("a") }
        hand.advance(seconds: 3600)
        for _ in 0..<3 { try limiter.take("a") }
        #expect(throws: RequestError.self) { try limiter.take("a") }
    }

    @Test func keysAreBounded() throws {
        let limiter = RateLimiter(burst: 1, perMinute: 1, keyLimit: 10, clock: HandClock().clock)
        for key in 0..<1000 {
            try limiter.take("k\(key)")
            #expect(limiter.keyCount <= 10)
        }
    }
}

@Suite struct StaticFilesTests {
    private let files: StaticFiles

    init() throws {
        files = try StaticFiles(["styles/motcua.css": body("a{}"), "scripts/base.min.js": body("1")])
    }

    private func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await testApplication { $0.addStaticFiles(files) }.test(.router) { client in
            try await client.execute(uri: uri, method: .get, headers: headers)
        }
    }

    @Test func namesHoldTheHash() async throws {
        let hash = Digest(of: body("a{}")).hex.prefix(16)
        #expect(files.path("styles/motcua.css") == "/tinh/motcua.\(hash).css")
        #expect(files.path("missing.css") == nil)
        let script = try #require(files.path("base.min.js"))
        #expect(try await get(script).text == "1")

        let response = try await get("/tinh/motcua.\(hash).css")
        #expect(response.text == "a{}")
        #expect(response.headers[.contentType] == "text/css; charset=utf-8")
        #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(response.headers[.eTag] == "\"\(hash)\"")
        let again = try await get("/tinh/motcua.\(hash).css", headers: [.ifNoneMatch: "\"x\", W/\"\(hash)\""])
        #expect(again.status == .notModified && again.text.isEmpty)
    }

    @Test func otherHashesAreAnsweredButNotKept() async throws {
        let old = try await get("/tinh/motcua.0123456789abcdef.css")
        #expect(old.status == .ok && old.headers[.cacheControl] == "no-cache")
        for bad in ["/tinh/none.0123456789abcdef.css", "/tinh/..%2Fetc", "/tinh/%2e%2e", "/tinh/a.html"] {
            #expect(try await get(bad).status == .notFound)
        }
    }

    @Test func commentsStayAtHome() async throws {
        let script =
            "// a note\n  // another\n/** of one line */\nconst a = {\n  b: \"https://x\", // kept\n\n};\n/*\n of more lines\n*/"
        let noted = try StaticFiles(["a.js": body(script), "b.css": body("/* a */\na{}"), "c.svg": body("//c")])
        let kept = [
            "a.js": "const a = {\nb: \"https://x\", // kept\n};\n/*\nof more lines\n*/", "b.css": "a{}",
            "c.svg": "//c",
        ]
        try await testApplication { $0.addStaticFiles(noted) }.test(.router) { client in
            for (name, text) in kept {
                let path = try #require(noted.path(name))
                try await client.execute(uri: path, method: .get) {
                    #expect(String(buffer: $0.body) == text, "\(name)")
                }
            }
        }
    }

    @Test func refusesWhatDoesNotBelong() throws {
        #expect(throws: StaticFilesError.unknownType("a.html")) { try StaticFiles(["a.html": []]) }
        #expect(throws: StaticFilesError.unknownType("a")) { try StaticFiles(["a": []]) }
        #expect(throws: StaticFilesError.self) { try StaticFiles(["x/a.css": [], "y/a.css": []]) }
        _ = try StaticFiles(["a.css": [UInt8](repeating: 32, count: 512 * 1024)])
        #expect(throws: StaticFilesError.tooLarge("a.css")) {
            try StaticFiles(["a.css": [UInt8](repeating: 32, count: 512 * 1024 + 1)])
        }
        #expect(throws: StaticFilesError.noFolder("/no/such")) {
            try StaticFiles(folders: ["styles"], under: "/no/such")
        }
    }
}

@Suite struct JSONLogTests {
    @Test func linesCannotBeForged() {
        let sink = LineSink()
        sink.logger().info("a\n{\"level\":\"x\"}", metadata: ["k\"": "v\u{2028}\\"])
        #expect(sink.lines.count == 1)
        #expect(sink.lines[0].hasSuffix("}\n") && sink.lines[0].dropLast().allSatisfy { $0 != "\n" })
        #expect(sink.lines[0].contains("\"message\":\"a\\u000a{\\\"level\\\":\\\"x\\\"}\""))
        #expect(sink.lines[0].contains("\"k\\\"\":\"v\\u2028\\\\\""))
    }

    @Test func longLinesAreCut() {
        let sink = LineSink()
        sink.logger().info("m", metadata: ["k": "\(String(repeating: "x", count: 9000))"])
        #expect(sink.lines[0].utf8.count < JSONLogHandler.lineLimitBytes)
        #expect(sink.lines[0].contains("\"cut\":\"true\""))
    }
}
