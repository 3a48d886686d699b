// SPDX-License-Identifier: Apache-2.0

import Markup
import Testing

@Suite("The frame of a page")
struct FrameTests {
    private static let frame = PageFrame(
        authorityName: "Tỉnh An Giang",
        assets: Assets { "/tinh/\($0)" },
        csrfToken: "the\"chung",
        path: "/thu-tuc?q=khai sinh",
        pageCode: "C-02",
        signInHref: "/dang-nhap"
    )

    @Test("Title, language, one skip link first, the hotline with the page's code")
    func page() throws {
        let html = Self.frame.page(PageShape(title: "Thủ tục", hasErrors: true), "<h1>x</h1>").string
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"vi\" data-size=\"m\" data-theme=\"auto\">"))
        #expect(html.contains("<title>Lỗi: Thủ tục – Cổng dịch vụ công Tỉnh An Giang</title>"))
        let body = try #require(html.firstRange(of: "<body"))
        #expect(
            html[body.upperBound...].firstRange(of: "<a ")?.lowerBound
                == html.firstRange(of: "<a class=\"skip\"")?.lowerBound
        )
        #expect(html.contains("tel:1022"))
        #expect(html.contains("C-02"))
        #expect(!html.contains("style=\""))
    }

    @Test("Text size is a link that comes back, and a saving button on a form page")
    func sizes() {
        let plain = Self.frame.page(PageShape(title: "x"), .empty).string
        #expect(plain.contains("href=\"/hien-thi?size=l&amp;ve=%2Fthu-tuc%3Fq%3Dkhai%20sinh\""))
        let form = Self.frame.page(PageShape(title: "x", formID: "f"), .empty).string
        #expect(form.contains("<button form=\"f\" name=\"_size\" value=\"l\""))
        #expect(!form.contains("/hien-thi"))
    }

    @Test("One step down, one step up, and the ends stay", arguments: TextSize.allCases)
    func steps(size: TextSize) {
        let all = TextSize.allCases
        let index = all.firstIndex(of: size) ?? 0
        #expect(size.smaller == all[max(index - 1, 0)])
        #expect(size.larger == all[min(index + 1, all.count - 1)])
    }

    @Test("A form carries token, key and version, the token first and escaped")
    func form() throws {
        let html = Self.frame.form(
            FormShape(action: "/nop", idempotencyKey: "k1", version: 3, isMultipart: true),
            "<button>Gửi</button>"
        ).string
        #expect(html.hasPrefix("<form method=\"post\" action=\"/nop\" novalidate enctype=\"multipart/form-data\">"))
        let token = try #require(html.firstRange(of: "name=\"_csrf\" value=\"the&quot;chung\""))
        let key = try #require(html.firstRange(of: "name=\"_key\" value=\"k1\""))
        #expect(token.lowerBound < key.lowerBound)
        #expect(html.contains("name=\"_version\" value=\"3\""))
    }

    @Test("The print form has no navigation and no controls")
    func forPrint() {
        var frame = Self.frame
        frame.isForPrint = true
        let html = frame.page(PageShape(title: "x", backHref: "/"), "<h1>x</h1>").string
        #expect(!html.contains("<header"))
        #expect(!html.contains("<footer"))
        #expect(!html.contains("Quay lại"))
    }

    @Test("Staff get their own style sheet besides, citizens do not")
    func styles() {
        #expect(!Self.frame.page(PageShape(title: "x"), .empty).string.contains("staff.css"))
        var frame = Self.frame
        frame.audience = .officer
        #expect(frame.page(PageShape(title: "x"), .empty).string.contains("/tinh/styles/staff.css"))
    }

    @Test("The session warning is closed until the script opens it, extends by POST, and tells the time without script")
    func session() {
        var frame = Self.frame
        frame.sessionSecondsLeft = 600
        frame.sessionExtendAction = "/phien"
        frame.sessionEndsAt = "15:02"
        let html = frame.page(PageShape(title: "x"), .empty).string
        #expect(html.contains("data-session-ends=\"600\""))
        #expect(html.contains("action=\"/phien\""))
        #expect(html.contains("<noscript><span class=\"mut\">Phiên đăng nhập đến 15:02</span></noscript>"))
    }
}
