// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Organisation
import TestSupport
import Testing
import Web

@testable import Site

@Suite struct SessionTests {
    private let session = "__Host-phien"

    private func signInCitizen(_ browser: TestBrowser) async throws -> TestResponse {
        let token = try await browser.token(on: "/tra-cuu")
        let start = try await browser.post("/dang-nhap/vneid", [("_csrf", token), ("ve", "/nop/abc")])
        #expect(start.status == .seeOther)
        #expect(start.location == "https://id.example.vn/auth?state=s1")
        return try await browser.get("/dang-nhap/tra-ve?state=s1&code=c1")
    }

    @Test func citizenSignsInAndComesBackToTheTask() async throws {
        try await withSite { _, browser in
            let back = try await signInCitizen(browser)
            #expect(back.status == .seeOther)
            #expect(back.location == "/nop/abc?trang=2")
            let cookie = try #require(back.headers[values: .setCookie].first { $0.hasPrefix("__Host-phien=") })
            #expect(cookie.contains("; Path=/; SameSite=Lax; Secure; HttpOnly"))
            #expect(!cookie.contains("Max-Age"))
            let page = try await browser.get("/tai-khoan")
            #expect(page.status == .ok)
            #expect(page.text.contains("Bưởi</span></a>"))
            #expect(page.headers[.cacheControl] == "no-store")
            // The secret of the sign-in and of the stranger are gone.
            #expect(browser.cookies["__Host-vneid"] == nil && browser.cookies["__Host-khach"] == nil)
        }
    }

    @Test func everySignInGivesANewSecretAndEndsTheOld() async throws {
        try await withSite { _, browser in
            browser.hold(session, String(repeating: "A", count: 43))
            _ = try await signInCitizen(browser)
            let first = try #require(browser.cookies[session])
            #expect(first != String(repeating: "A", count: 43))
            let token = try await browser.token(on: "/tra-cuu")
            _ = try await browser.post("/dang-nhap/vneid", [("_csrf", token)])
            _ = try await browser.get("/dang-nhap/tra-ve?state=s1&code=c1")
            #expect(browser.cookies[session] != first)
            browser.hold(session, first)
            #expect(try await browser.get("/tai-khoan").status == .seeOther)
        }
    }

    @Test func theAnswerCountsInThisBrowserOnly() async throws {
        try await withSite { _, browser in
            let foreign = try await browser.get("/dang-nhap/tra-ve?state=s1&code=c1")
            #expect(foreign.text.contains("otherBrowser") && browser.cookies[session] == nil)
            let token = try await browser.token(on: "/tra-cuu")
            _ = try await browser.post("/dang-nhap/vneid", [("_csrf", token)])
            for (query, failure) in [
                ("state=s2&code=c1", "otherBrowser"), ("code=c1", "otherBrowser"), ("state=s1", "untrusted"),
                ("error=access_denied&state=s1", "cancelled"), ("error=server_error", "otherBrowser"),
            ] {
                let page = try await browser.get("/dang-nhap/tra-ve?\(query)")
                #expect(page.text.contains(failure), "\(query)")
                #expect(browser.cookies[session] == nil)
            }
        }
    }

    @Test func signingOutEndsTheSession() async throws {
        try await withSite { _, browser in
            _ = try await signInCitizen(browser)
            let secret = try #require(browser.cookies[session])
            let token = try await browser.token(on: "/tai-khoan")
            let out = try await browser.post("/dang-xuat", [("_csrf", token)])
            #expect(out.location == "/" && browser.cookies[session] == nil)
            browser.hold(session, secret)
            #expect(try await browser.get("/tai-khoan").status == .seeOther)
        }
    }

    @Test func sessionsEndByThemselves() async throws {
        try await withSite { site, browser in
            _ = try await signInCitizen(browser)
            site.clock.advance(seconds: 3599)
            #expect(try await browser.get("/tai-khoan").status == .ok)
            site.clock.advance(seconds: 3599)
            #expect(try await browser.get("/tai-khoan").status == .ok)
            site.clock.advance(seconds: 3600)
            #expect(try await browser.get("/tai-khoan").status == .seeOther)
        }
        try await withSite { site, browser in
            _ = try await signInCitizen(browser)
            // Used every half hour, it still ends after twelve.
            for _ in 0..<23 {
                site.clock.advance(seconds: 1800)
                #expect(try await browser.get("/tai-khoan").status == .ok)
            }
            site.clock.advance(seconds: 1800)
            #expect(try await browser.get("/tai-khoan").status == .seeOther)
        }
    }

    @Test func aSessionIsExtendedByItsForm() async throws {
        try await withSite { _, browser in
            _ = try await signInCitizen(browser)
            let token = try await browser.token(on: "/tai-khoan")
            let script = try await browser.post("/phien/gia-han", [("_csrf", token)], accept: "*/*")
            #expect(script.status == .noContent)
            let page = try await browser.post("/phien/gia-han", [("_csrf", token), ("ve", "/nop/x")])
            #expect(page.location == "/nop/x")
        }
    }

    @Test func officersSignInByPassword() async throws {
        try await withSite { _, browser in
            func attempt(_ name: String, _ password: String, ve: String = "") async throws -> TestResponse {
                let token = try await browser.token(on: "/dang-nhap/can-bo")
                return try await browser.post(
                    "/dang-nhap/can-bo",
                    [("_csrf", token), ("ten", name), ("mat-khau", password), ("ve", ve)]
                )
            }
            let wrong = try await attempt("anphu.motcua", "wr0ng-secret")
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("wrongPassword") && wrong.text.contains("anphu.motcua"))
            #expect(!wrong.text.contains("wr0ng-secret"))
            #expect(try await attempt("nobody", "dung").text.contains("wrongPassword"))
            #expect(try await attempt("", "dung").text.contains("incomplete"))
            #expect(try await attempt("anphu.motcua", "").text.contains("incomplete"))
            #expect(try await attempt("anphu.motcua", "dung").location == "/viec")
            #expect(try await browser.get("/viec").text == "Nguyễn Thị Hoa")
            #expect(try await browser.get("/ky").status == .forbidden)
            #expect(try await browser.get("/tai-khoan").status == .forbidden)
            #expect(try await browser.get("/dang-nhap/can-bo").location == "/viec")
        }
    }

    @Test func aSecondStepIsAskedInThisBrowserOnly() async throws {
        try await withSite { site, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            // Nobody begins at the second step.
            let early = try await browser.post("/dang-nhap/can-bo/ma", [("_csrf", token), ("ma", "123456")])
            #expect(early.status == .unprocessableContent && early.text.contains("expired"))
            #expect(try await browser.get("/dang-nhap/can-bo/ma").location == "/dang-nhap/can-bo?ve=%2Fviec")
            let fields = [("_csrf", token), ("ten", "anphu.motcua"), ("mat-khau", "hai buoc"), ("ve", "/tra-cuu")]
            let asked = try await browser.post("/dang-nhap/can-bo", fields)
            #expect(asked.location == "/dang-nhap/can-bo/ma?ve=%2Ftra-cuu")
            #expect(browser.cookies[session] == nil)
            let cookie = try #require(asked.headers[values: .setCookie].first { $0.hasPrefix("__Host-buoc=") })
            #expect(cookie.contains("Max-Age=600") && cookie.contains("HttpOnly") && cookie.contains("Secure"))
            #expect(try await browser.get("/viec").location == "/dang-nhap/can-bo?ve=%2Fviec")
            // Another step than the one that waits leads to that one.
            #expect(
                try await browser.get("/dang-nhap/can-bo/thiet-lap").location?.hasPrefix("/dang-nhap/can-bo/ma") == true
            )
            let wrong = try await browser.post("/dang-nhap/can-bo/ma", [("_csrf", token), ("ma", "111111")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Mã chưa đúng"))
            #expect(!wrong.text.contains("111111"))
            let empty = try await browser.post("/dang-nhap/can-bo/ma", [("_csrf", token), ("ma", " ")])
            #expect(empty.text.contains("Nhập mã xác thực"))
            let right = try await browser.post(
                "/dang-nhap/can-bo/ma",
                [("_csrf", token), ("ma", "123456"), ("ve", "/tra-cuu")]
            )
            #expect(right.location == "/tra-cuu")
            #expect(browser.cookies["__Host-buoc"] == nil)
            #expect(try await browser.get("/viec").text == "Nguyễn Thị Hoa")
            let own = try await site.identity.sessions(of: site.officer("anphu.motcua").id)
            #expect(own.map(\.authentication) == [.passwordAndTOTP])
        }
    }

    @Test func recoveryCodesStandOnTheAnswerItself() async throws {
        try await withSite { _, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            let fields = [("_csrf", token), ("ten", "anphu.motcua"), ("mat-khau", "lan dau")]
            #expect(try await browser.post("/dang-nhap/can-bo", fields).location?.contains("thiet-lap") == true)
            let wrong = try await browser.post("/dang-nhap/can-bo/thiet-lap", [("_csrf", token), ("ma", "000000")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Thiết lập ABCD EFGH"))
            let done = try await browser.post("/dang-nhap/can-bo/thiet-lap", [("_csrf", token), ("ma", "654321")])
            #expect(done.status == .ok && done.text.contains("ma-khoi-phuc-1"))
            #expect(done.text.contains("/dang-nhap/can-bo/mat-khau-moi"))
            #expect(done.headers[.cacheControl] == "no-store")
            #expect(browser.cookies[session] == nil)
            let refused = try await browser.post(
                "/dang-nhap/can-bo/mat-khau-moi",
                [("_csrf", token), ("mat-khau-moi", "matkhau12345")]
            )
            #expect(refused.status == .unprocessableContent && refused.text.contains("dễ đoán"))
        }
    }

    @Test func theCodeOfAResetLeadsToTheFirstStep() async throws {
        try await withSite { _, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo/dat-lai")
            let wrong = [("_csrf", token), ("ten", "anphu.motcua"), ("ma", "khong-dung")]
            let refused = try await browser.post("/dang-nhap/can-bo/dat-lai", wrong)
            #expect(refused.status == .unprocessableContent && refused.text.contains("chưa đúng"))
            #expect(refused.text.contains("anphu.motcua") && !refused.text.contains("khong-dung"))
            let right = [("_csrf", token), ("ten", "anphu.motcua"), ("ma", "ma-dat-lai")]
            let begun = try await browser.post("/dang-nhap/can-bo/dat-lai", right)
            #expect(begun.location == "/dang-nhap/can-bo/thiet-lap?ve=%2Fviec")
            #expect(browser.cookies["__Host-buoc"] != nil && browser.cookies[session] == nil)
        }
    }

    @Test func aPasskeyAnswersInItsBrowserOnly() async throws {
        try await withSite { site, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            func answer(_ clientData: String) -> [(String, String)] {
                let empty = [("khoa-id", "AA"), ("khoa-thiet-bi", "AA"), ("khoa-chu-ky", "AA"), ("khoa-nguoi", "")]
                return [("_csrf", token), ("ve", "/viec"), ("khoa-trang", Array(clientData.utf8).base64URL)] + empty
            }
            let foreign = try await browser.post("/dang-nhap/can-bo/khoa", answer("for another"))
            #expect(foreign.status == .unprocessableContent && browser.cookies[session] == nil)
            let broken = try await browser.post("/dang-nhap/can-bo/khoa", [("_csrf", token), ("khoa-id", "!")])
            #expect(broken.status == .unprocessableContent)
            let own = try await browser.post("/dang-nhap/can-bo/khoa", answer("for \(token)"))
            #expect(own.location == "/viec")
            let sessions = try await site.identity.sessions(of: site.officer("anphu.motcua").id)
            #expect(sessions.map(\.authentication) == [.passkey])
        }
    }

    @Test func codesAreSlowedDownByAddressToo() async throws {
        try await withSite { _, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            let fields = [("_csrf", token), ("ten", "anphu.motcua"), ("mat-khau", "hai buoc")]
            _ = try await browser.post("/dang-nhap/can-bo", fields)
            let guess = [("_csrf", token), ("ma", "000000")]
            for _ in 0..<20 {
                #expect(try await browser.post("/dang-nhap/can-bo/ma", guess).status == .unprocessableContent)
            }
            #expect(try await browser.post("/dang-nhap/can-bo/ma", guess).status == .tooManyRequests)
        }
    }

    @Test func whoOnlyAdministersBeginsAtTheSystem() async throws {
        try await withSite { site, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            let fields = [("_csrf", token), ("ten", "quantri"), ("mat-khau", "dung"), ("ve", "/viec")]
            #expect(try await browser.post("/dang-nhap/can-bo", fields).location == "/quan-tri")
            #expect(try await browser.get("/dang-nhap/can-bo").location == "/quan-tri")
            #expect(try await browser.get("/dang-nhap/can-bo?ve=%2Ftra-cuu").location == "/tra-cuu")
            let alone = try await browser.get("/tra-cuu").text
            #expect(alone.contains("href=\"/quan-tri\"") && !alone.contains("Việc cần làm"))
            let officer = try await site.officer("quantri")
            try await site.organisation.setRoles([.administrator, .specialist], of: officer.id, by: .system("test"))
            // Other rights begin with another session.
            #expect(try await browser.get("/dang-nhap/can-bo").status == .ok)
            let again = try await browser.token(on: "/dang-nhap/can-bo")
            _ = try await browser.post(
                "/dang-nhap/can-bo",
                [("_csrf", again), ("ten", "quantri"), ("mat-khau", "dung"), ("ve", "/viec")]
            )
            let both = try await browser.get("/tra-cuu").text
            #expect(both.contains("href=\"/quan-tri\"") && both.contains("Việc cần làm"))
            #expect(try await browser.get("/dang-nhap/can-bo").location == "/viec")
        }
    }

    @Test func aDisabledOfficerIsOutAtOnce() async throws {
        try await withSite { site, browser in
            let officer = try await site.officer("anphu.motcua")
            browser.hold(session, try await site.identity.signIn(officer: officer).text)
            #expect(try await browser.get("/viec").status == .ok)
            try await site.organisation.disableOfficer(officer.id, by: .system("test"))
            #expect(try await browser.get("/viec").location == "/dang-nhap/can-bo?ve=%2Fviec")
        }
    }

    @Test func guessingIsSlowedDown() async throws {
        try await withSite { site, browser in
            let token = try await browser.token(on: "/dang-nhap/can-bo")
            let fields = [("_csrf", token), ("ten", "anphu.motcua"), ("mat-khau", "sai")]
            for _ in 0..<20 {
                #expect(try await browser.post("/dang-nhap/can-bo", fields).status == .unprocessableContent)
            }
            let stopped = try await browser.post("/dang-nhap/can-bo", fields)
            #expect(stopped.status == .tooManyRequests)
            #expect(stopped.headers[.retryAfter] == "3")
            site.clock.advance(seconds: 3)
            #expect(try await browser.post("/dang-nhap/can-bo", fields).status == .unprocessableContent)
        }
    }
}
