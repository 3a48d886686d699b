// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Ten recovery codes, shown this once.
public enum RecoveryCodesPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What was done: "Đã thiết lập ứng dụng xác thực".
        public var heading: String
        /// The codes.
        public var codes: [String]
        /// Where it goes on.
        public var goOnHref: String

        /// What the page shows.
        public init(heading: String, codes: [String], goOnHref: String) {
            (self.heading, self.codes, self.goOnHref) = (heading, codes, goOnHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: model.heading, width: .text),
            """
            \(Parts.panel(model.heading, "<p>Ghi lại các mã khôi phục dưới đây trước khi đi tiếp.</p>"))
            <h2 id="ma">Mã khôi phục</h2>
            <p>Dùng khi không có điện thoại. Mỗi mã dùng được một lần, thay cho mã của ứng dụng.</p>
            <ol class="codes" aria-labelledby="ma">\(each: model.codes, { "<li><span class=\"num\">\($0)</span></li>" })</ol>
            \(Parts.notice(.warn, title: "Các mã chỉ hiện một lần này", """
                <p>In ra hoặc chép vào sổ, cất ở nơi khóa được, không chụp bằng chính điện thoại có ứng dụng.</p>
                """))
            \(Parts.actions(Parts.linkButton("Đã ghi lại, tiếp tục", href: model.goOnHref)))
            """
        )
    }
}
