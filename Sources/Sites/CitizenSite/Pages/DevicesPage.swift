// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/tai-khoan/thiet-bi`: where one is signed in; ending one, or all.
public enum DevicesPage {
    /// One browser.
    public struct Line: Sendable {
        /// Sent as `phien`.
        public var handle: String
        /// "Chrome trên Android".
        public var words: String
        /// "VNeID", "mã gửi đến điện thoại".
        public var wayWord: String
        public var startedAt: Instant
        public var seenAt: Instant
        /// Whether it is the one that asks.
        public var isThis: Bool

        public init(
            handle: String,
            words: String,
            wayWord: String,
            startedAt: Instant,
            seenAt: Instant,
            isThis: Bool
        ) {
            (self.handle, self.words, self.wayWord) = (handle, words, wayWord)
            (self.startedAt, self.seenAt, self.isThis) = (startedAt, seenAt, isThis)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        public var lines: [Line]
        /// Where one is ended.
        public var action: String
        /// Where all are ended.
        public var endAction: String
        public var flash: String?
        public var accountHref: String

        public init(lines: [Line], action: String, endAction: String, flash: String? = nil, accountHref: String) {
            (self.lines, self.action, self.endAction) = (lines, action, endAction)
            (self.flash, self.accountHref) = (flash, accountHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Thiết bị đang đăng nhập", width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>Thiết bị đang đăng nhập</h1>
            <p class="lede">Thấy thiết bị lạ: đăng xuất nó, rồi đổi mật khẩu VNeID.</p>
            <h2 class="vh">Các thiết bị</h2>
            <ul class="rows">\(each: model.lines, { line($0, model, in: frame) })</ul>
            <h2>Mất điện thoại, hoặc đã dùng máy công cộng</h2>
            \(frame.form(FormShape(action: model.endAction), """
                <p>Mọi thiết bị, kể cả thiết bị này, phải đăng nhập lại. Hồ sơ và bản nháp vẫn còn.</p>
                \(Parts.button("Đăng xuất khỏi mọi thiết bị", style: .secondary))
                """))
            <p><a\(href: model.accountHref)>Hồ sơ của tôi</a></p>
            """
        )
    }

    private static func line(_ line: Line, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <li class="row-act"><div><h3>\(line.words)</h3>
        <p class="meta">\(if: line.isThis, Parts.tag("Thiết bị này", .ok)) <span>Đăng nhập bằng \(line.wayWord) \
        lúc \(line.startedAt.vietnamese)</span> <span>Dùng lần cuối lúc \(line.seenAt.vietnamese)</span></p></div>\
        \(if: !line.isThis, frame.form(FormShape(action: model.action), """
            <input type="hidden" name="phien" value="\(line.handle)">\
            <button class="btn btn-2" type="submit">Đăng xuất<span class="vh"> \(line.words)</span></button>
            """))</li>

        """
    }
}
