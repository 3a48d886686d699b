// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Kernel
import NIOCore
import TestSupport
import Testing
import Web

@testable import Site

@Suite struct GuardTests {
    private let session = "__Host-phien"

    private func hold(_ level: AssuranceLevel, _ site: SiteFixture, _ browser: TestBrowser) async throws {
        let secret = try await site.identity.signIn(citizen: SiteFixture.buoi(level: level))
        browser.hold(session, secret.text)
    }

    @Test func strangersAreLedToTheRightDoor() async throws {
        try await withSite { _, browser in
            #expect(try await browser.get("/tai-khoan?x=1").location == "/dang-nhap?ve=%2Ftai-khoan%3Fx%3D1")
            #expect(try await browser.get("/viec").location == "/dang-nhap/can-bo?ve=%2Fviec")
            let script = try await browser.get("/tai-khoan", accept: "*/*")
            #expect(script.status == .unauthorized)
            let form = try await browser.post(
                "/nop/abc/kiem-tra",
                [("_csrf", "x")],
                headers: [.referer: "\(SiteFixture.origin)/nop/abc/kiem-tra?in=1"]
            )
            #expect(form.location == "/dang-nhap?ve=%2Fnop%2Fabc%2Fkiem-tra%3Fin%3D1")
        }
    }

    @Test func levelsOfAssuranceCount() async throws {
        try await withSite { site, browser in
            for (level, status) in [(AssuranceLevel.one, HTTPResponse.Status.seeOther), (.two, .ok)] {
                try await hold(level, site, browser)
                let token = try await browser.token(on: "/tai-khoan")
                let answer = try await browser.post("/nop/abc/kiem-tra", [("_csrf", token)])
                #expect(answer.status == status)
                // A person is told how to get there and keeps the task; a program gets the refusal.
                guard level == .one else { continue }
                #expect(answer.location == "/dang-nhap/nang-muc?ve=%2Fnop%2Fabc%2Fkiem-tra")
                let page = try await browser.get("/dang-nhap/nang-muc?ve=%2Fnop%2Fabc%2Fkiem-tra")
                #expect(page.status == .forbidden)
                #expect(page.text.contains("levelTooLow") && page.text.contains("/nop/abc/kiem-tra"))
                let script = try await browser.post("/nop/abc/kiem-tra", [("_csrf", token)], accept: "*/*")
                #expect(script.status == .forbidden)
            }
            #expect(try await browser.get("/viec").status == .forbidden)
        }
    }

    @Test func formsNeedTheTokenOfThisSession() async throws {
        try await withSite { site, browser in
            try await hold(.two, site, browser)
            let token = try await browser.token(on: "/tai-khoan")
            #expect(try await browser.post("/nop/abc/kiem-tra", [("_csrf", token)]).text == "abc Nguyễn Thị Bưởi")
            #expect(try await browser.post("/nop/abc/kiem-tra", []).status == .forbidden)
            #expect(try await browser.post("/nop/abc/kiem-tra", [("_csrf", "")]).status == .forbidden)
            #expect(try await browser.post("/nop/abc/kiem-tra", [("_csrf", token + "x")]).status == .forbidden)
            // The same person in another session has another token.
            try await hold(.two, site, browser)
            let refused = try await browser.post("/nop/abc/kiem-tra", [("_csrf", token)])
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("Mở lại trang rồi gửi lại"))
        }
    }

    @Test func strangersFormsAreGuardedToo() async throws {
        try await withSite { _, browser in
            #expect(try await browser.post("/tra-cuu", [("ma", "1")]).status == .forbidden)
            let token = try await browser.token(on: "/tra-cuu")
            let cookie = try #require(browser.cookies["__Host-khach"])
            #expect(try await browser.post("/tra-cuu", [("_csrf", token), ("ma", "1")]).text == "found 1")
            #expect(try await browser.token(on: "/tra-cuu") == token)
            browser.hold("__Host-khach", nil)
            #expect(try await browser.post("/tra-cuu", [("_csrf", token), ("ma", "1")]).status == .forbidden)
            browser.hold("__Host-khach", cookie)
            // The token never shows the secret.
            #expect(!token.contains(cookie))
            // A page without forms sets no cookie.
            #expect(try await browser.get("/").headers[.setCookie] == nil)
        }
    }

    @Test func otherOriginsAreRefused() async throws {
        try await withSite { _, browser in
            let token = try await browser.token(on: "/tra-cuu")
            let fields = [("_csrf", token), ("ma", "1")]
            #expect(try await browser.post("/tra-cuu", fields, origin: nil).status == .ok)
            for origin in [
                "https://evil.example", "null", "http://dichvucong.example.vn", SiteFixture.origin + ".evil",
            ] {
                #expect(try await browser.post("/tra-cuu", fields, origin: origin).status == .forbidden, "\(origin)")
            }
            for (site, status) in [
                ("same-origin", HTTPResponse.Status.ok), ("none", .ok), ("cross-site", .forbidden),
                ("same-site", .forbidden),
            ] {
                let answer = try await browser.post("/tra-cuu", fields, headers: [.secFetchSite: site])
                #expect(answer.status == status, "\(site)")
            }
        }
    }

    @Test func onThisMachineSeveralNamesAreOne() throws {
        let check = OriginCheck(.loopback(port: 8080))
        func request(_ origin: String) -> Request {
            Request(
                head: HTTPRequest(
                    method: .post,
                    scheme: nil,
                    authority: nil,
                    path: "/",
                    headerFields: [.origin: origin]
                ),
                body: RequestBody(buffer: ByteBuffer())
            )
        }
        try check.check(request("http://localhost:8080"))
        try check.check(request("http://127.0.0.1:8080"))
        #expect(throws: RequestError.forgedForm) { try check.check(request("http://localhost:8081")) }
    }

    @Test func anExchangeCarriesTheTokenInAHeader() async throws {
        try await withSite { site, browser in
            func patch(_ headers: HTTPFields) async throws -> TestResponse {
                var headers = headers
                headers[.accept] = "text/html"
                return try await browser.send("/tai-len/abc", .patch, headers: headers, body: nil)
            }
            // Nobody is led to the sign-in, and every answer carries the headers of the protocol.
            let stranger = try await patch([.origin: SiteFixture.origin])
            #expect(stranger.status == .unauthorized && stranger.headers[.eTag] == "x")
            try await hold(.one, site, browser)
            let token = try await browser.token(on: "/tai-khoan")
            let origin = SiteFixture.origin
            let cases: [(headers: HTTPFields, status: HTTPResponse.Status)] = [
                ([.origin: origin, .formToken: token], .noContent),
                ([.formToken: token], .noContent),
                ([.origin: origin], .forbidden),
                ([.formToken: token + "x"], .forbidden),
                ([.formToken: ""], .forbidden),
                ([.origin: "https://evil.example", .formToken: token], .forbidden),
                ([.secFetchSite: "cross-site", .formToken: token], .forbidden),
            ]
            for (headers, status) in cases {
                let answer = try await patch(headers)
                #expect(answer.status == status && answer.headers[.eTag] == "x", "\(headers)")
                if status == .forbidden { #expect(answer.text.contains("forged-form")) }
            }
            // Reading needs none.
            let head = try await browser.send("/tai-len/abc", .head, headers: [.accept: "*/*"], body: nil)
            #expect(head.status == .noContent && head.text.isEmpty)
        }
    }

    @Test func uploadsAreCheckedBeforeTheFirstFile() async throws {
        try await withSite { site, browser in
            try await hold(.one, site, browser)
            let token = try await browser.token(on: "/tai-khoan")
            func send(_ parts: String) async throws -> TestResponse {
                try await browser.send(
                    "/nop/abc/tep",
                    .post,
                    headers: [
                        .contentType: "multipart/form-data; boundary=b", .accept: "text/html",
                        .origin: SiteFixture.origin,
                    ],
                    body: ByteBuffer(string: parts + "--b--\r\n")
                )
            }
            func field(_ name: String, _ value: String) -> String {
                "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            }
            let file = "--b\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\r\n12345\r\n"
            let good = try await send(field("_csrf", token) + file + field("ghi-chu", "Đơn"))
            #expect(good.text == "5 Đơn")
            for bad in [file, field("_csrf", "x") + file, field("ghi-chu", "x")] {
                #expect(try await send(bad).status == .forbidden)
            }
        }
    }

    @Test func whatWasTypedSurvivesTheEndOfTheSession() async throws {
        try await withSite { site, browser in
            let page = "/nop/abc/to-khai/1"
            try await hold(.two, site, browser)
            let token = try await browser.token(on: "/tai-khoan")
            site.clock.advance(seconds: 3600)
            let typed = [("_csrf", token), ("ho-ten", "Trần Văn Bé"), ("mat-khau", "x"), ("ghi-chu", "a b")]
            let led = try await browser.post(page, typed)
            #expect(led.location == "/dang-nhap?ve=%2Fnop%2Fabc%2Fto-khai%2F1")
            #expect(led.headers[values: .setCookie].contains { $0.hasPrefix("__Host-cho=") && $0.contains("HttpOnly") })
            // Nobody sees it before signing in, on another page, in another browser, or twice.
            #expect(try await browser.get(page).status == .seeOther)
            try await hold(.two, site, browser)
            #expect(try await browser.get("/nop/abc/to-khai/2").text == "nothing")
            let secret = try #require(browser.cookies["__Host-cho"])
            browser.hold("__Host-cho", String(repeating: "A", count: 43))
            #expect(try await browser.get(page).text == "nothing")
            browser.hold("__Host-cho", secret)
            #expect(try await browser.get(page).text == "ho-ten=Trần Văn Bé ghi-chu=a b")
            #expect(try await browser.get(page).text == "nothing")
        }
    }

    @Test func keptFormsAreBounded() throws {
        let clock = TestClock()
        let forms = PendingForms(clock: clock.clock, random: .seeded(1))
        let most = FormFields([("a", String(repeating: "x", count: PendingForms.formLimitBytes - 1))])
        let more = FormFields([("a", String(repeating: "x", count: PendingForms.formLimitBytes))])
        let secret = try #require(forms.keep(most, for: "/p"))
        #expect(forms.keep(more, for: "/p") == nil)
        clock.advance(seconds: 1)
        let later = try (0..<PendingForms.formLimit).map { _ in
            try #require(forms.keep(FormFields([("a", "1")]), for: "/p"))
        }
        #expect(forms.take(secret, for: "/p") == nil)
        #expect(forms.take(later[0], for: "/p") != nil)
        clock.advance(seconds: 1800)
        #expect(forms.take(later[1], for: "/p") == nil)
    }

    @Test func machinesNeedNoTokenAndGetNoSession() async throws {
        try await withSite { _, browser in
            let answer = try await browser.post(
                "/thanh-toan/thong-bao",
                [("a", "1")],
                origin: "https://gateway.example"
            )
            #expect(answer.text == "3")
            #expect(answer.headers[.setCookie] == nil)
        }
    }

    @Test func displayIsSwitchedByLinkAndByForm() async throws {
        try await withSite { _, browser in
            let switched = try await browser.get("/hien-thi?size=l&ve=%2Ftra-cuu")
            #expect(switched.location == "/tra-cuu")
            #expect(switched.headers[.setCookie]?.hasPrefix("__Host-size=l; Path=/; SameSite=Lax; Secure") == true)
            #expect(try await browser.get("/").text.contains("data-size=\"l\""))
            _ = try await browser.get("/hien-thi?size=huge&theme=tim")
            #expect(try await browser.get("/").text.contains("data-size=\"l\""))
            let token = try await browser.token(on: "/tra-cuu")
            _ = try await browser.post("/tra-cuu", [("_csrf", token), ("_size", "xl")])
            #expect(try await browser.get("/").text.contains("data-size=\"xl\""))
            for evil in ["https://evil.example", "//evil.example", "/\\evil", "javascript:1", "/dang-nhap?ve=/"] {
                #expect(try await browser.get("/hien-thi?size=m&ve=\(evil)").location == "/", "\(evil)")
            }
        }
    }

    @Test func failuresStandInTheFrame() async throws {
        try await withSite { _, browser in
            let page = try await browser.get("/khong-co")
            #expect(page.status == .notFound)
            #expect(page.text.contains("<h1>Không tìm thấy trang</h1>") && page.text.contains("Tỉnh An Giang"))
            #expect(page.text.contains("tel:1022"))
        }
    }

    @Test func everyRouteStandsInTheTable() async throws {
        try await withSite { site, _ in
            let registered = Set(site.entries.map { "\($0.method) \($0.pattern)" })
            #expect(registered.count == site.entries.count)
            #expect(site.table.contains("| `GET` | `/ky` | officer: leader | agency | - |"))
            #expect(
                site.table.contains("| `POST` | `/nop/{nhap}/kiem-tra` | citizen, level 2 | own draft | form token |")
            )
            #expect(
                site.table.contains(
                    "| `POST` | `/thanh-toan/thong-bao` | machine | signature of the gateway | signature |"
                )
            )
            for entry in site.entries where !["GET", "HEAD", "OPTIONS"].contains(entry.method) {
                #expect(entry.guardedBy != "-")
            }
        }
    }
}

@Suite struct AddressTests {
    @Test func linksAreEncodedPatternsAreNot() {
        #expect(SiteURL.home.path == "/" && SiteURL.home.pattern == "/")
        #expect(SiteURL.dossier("H01.12-260424-0001").path == "/ho-so/H01.12-260424-0001")
        #expect(SiteURL.dossier("a/../b?c").path == "/ho-so/a%2F..%2Fb%3Fc")
        #expect(SiteURL.dossierFile(PathSlot.code, file: PathSlot.file).pattern == "/ho-so/{ma}/tep/{tep}")
        #expect(SiteURL.procedures.path([("q", "khai sinh"), ("trang", nil)]) == "/thu-tuc?q=khai%20sinh")
    }

    @Test(arguments: [
        "", "x", "//a", "/\\a", "https://a", "/a b", "/a\nb", "/ă", "/dang-nhap", "/dang-nhap/tra-ve?code=1",
        "/dang-xuat",
        "/" + String(repeating: "a", count: 500),
    ])
    func otherPlacesAreNoReturn(text: String) { #expect(ReturnPath(text) == nil) }

    @Test(arguments: ["/", "/nop/abc?trang=2", "/dang-nhap-khac", "/" + String(repeating: "a", count: 499)])
    func ownPlacesAre(text: String) { #expect(ReturnPath(text)?.path == text) }
}
