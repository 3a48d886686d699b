// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import Identity
import Testing

@testable import Site

/// Administration on a listener of its own.
@Suite struct PartTests {
    @Test(
        arguments: [
            ("/quan-tri", false, true), ("/quan-tri/can-bo/abc?bao=1", false, true), ("/quan-tri-vien", true, false),
            ("/bao-mat/xac-thuc", true, true), ("/dang-nhap/can-bo/ma", true, true), ("/dang-nhap", true, false),
            ("/dang-nhap/vneid", true, false), ("/", true, false), ("/viec", true, false), ("/tai-khoan", true, false),
            ("/api/v1/files", true, false), ("/dang-xuat", true, true), ("/phien/gia-han", true, true),
        ]
    )
    func `a path belongs to one listener, or to officers on both`(_ path: String, _ onPortal: Bool, _ onAdmin: Bool) {
        #expect(SitePart.whole.serves(path))
        #expect(SitePart.portal.serves(path) == onPortal)
        #expect(SitePart.administration.serves(path) == onAdmin)
    }

    private func signIn(_ login: String, returnTo: String, _ browser: TestBrowser) async throws -> TestResponse {
        let token = try await browser.token(on: "/dang-nhap/can-bo")
        let fields = [("_csrf", token), ("ten", login), ("mat-khau", "dung"), ("ve", returnTo)]
        return try await browser.post("/dang-nhap/can-bo", fields)
    }

    @Test func `on its own listener administration begins at itself, under cookies of its own`() async throws {
        try await withSite(part: .administration) { _, browser in
            let door = try await browser.get("/quan-tri/hang-doi")
            #expect(door.status == .notFound && !door.text.contains("/tra-cuu") && !door.text.contains("/tro-giup"))
            #expect(door.text.contains("href=\"/quan-tri\""))
            #expect(try await browser.get("/quan-tri").location == "/dang-nhap/can-bo?ve=%2Fquan-tri")
            let sent = try await signIn("quantri", returnTo: "/viec/H01-1", browser)
            #expect(sent.location == "/quan-tri")
            #expect(browser.cookies["__Host-quan-tri-phien"] != nil && browser.cookies["__Host-phien"] == nil)
            let page = try await browser.get("/quan-tri")
            #expect(page.status == .ok)
            for foreign in ["/viec", "/ky", "/tra-cuu", "/thong-ke", "/tro-giup"] {
                #expect(!page.text.contains("href=\"\(foreign)\""), "\(foreign)")
            }
            // Its cookie under the portal's name opens nothing here.
            let secret = try #require(browser.cookies["__Host-quan-tri-phien"])
            browser.hold("__Host-quan-tri-phien", nil)
            browser.hold("__Host-phien", secret)
            #expect(try await browser.get("/quan-tri").status == .seeOther)
        }
    }

    @Test func `whoever does not administer finds her own account there, and nothing else`() async throws {
        try await withSite(part: .administration) { _, browser in
            let sent = try await signIn("anphu.motcua", returnTo: "/quan-tri", browser)
            #expect(sent.location == "/bao-mat")
            #expect(try await browser.get("/quan-tri").status == .forbidden)
        }
    }

    @Test func `the portal beside it leads no administrator to a page that it has not`() async throws {
        try await withSite(part: .portal) { _, browser in
            let sent = try await signIn("quantri", returnTo: "/quan-tri/hang-doi", browser)
            #expect(sent.location == "/bao-mat")
            let page = try await browser.get("/tra-cuu")
            #expect(page.status == .ok && !page.text.contains("/quan-tri"))
        }
        try await withSite { _, browser in
            let sent = try await signIn("quantri", returnTo: "/quan-tri/hang-doi", browser)
            #expect(sent.location == "/quan-tri/hang-doi")
            #expect(try await browser.get("/tra-cuu").text.contains("href=\"/quan-tri\""))
        }
    }
}
