// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// `/quan-tri/can-bo/{cán bộ}/phien`: the open sessions of one officer, for who administers the agency.
public enum SessionsPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The full name.
        public var name: String
        /// Position and agency.
        public var placeWord: String
        /// The open sessions, the last used first.
        public var lines: [SessionLine]
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Where sessions are ended, by POST with `phien`, or with `tat-ca`.
        public var action: String
        /// The account.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            placeWord: String,
            lines: [SessionLine],
            flash: String? = nil,
            action: String,
            backHref: String
        ) {
            (self.name, self.placeWord, self.lines) = (name, placeWord, lines)
            (self.flash, self.action, self.backHref) = (flash, action, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Phiên đăng nhập của \(model.name)", backHref: model.backHref, width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <p class="over">\(model.name), \(model.placeWord)</p>
            <h1 id="cac-phien">Phiên đăng nhập</h1>
            \(if: model.lines.isEmpty, "<p>Cán bộ này không có phiên nào đang mở.</p>", else: table(model, in: frame))
            """
        )
    }

    private static func table(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <p>Kết thúc phiên khi cán bộ báo mất máy hoặc có phiên lạ. Cán bộ đăng nhập lại được bằng cách của mình; nghi lộ mật \
        khẩu thì đặt lại đăng nhập.</p>
        \(frame.sessions(
            model.lines,
            under: "cac-phien",
            action: model.action,
            endAllLabel: "Kết thúc mọi phiên"
        ))
        """
    }
}

/// `/quan-tri/phien`: ends all sessions of everybody, after a fault or a break-in.
public enum EverySessionPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// "1.204 phiên đang mở".
        public var openWord: String
        /// What is wrong with the confirmation; nil otherwise.
        public var error: String?
        /// Where it is sent.
        public var action: String
        /// The state of the system.
        public var backHref: String

        /// What the page shows.
        public init(openWord: String, error: String? = nil, action: String, backHref: String) {
            (self.openWord, self.error, self.action, self.backHref) = (openWord, error, action, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "confirmed",
            "Xác nhận",
            error: model.error,
            .checkboxes([.init("yes", "Tôi hiểu mọi người đang dùng cổng phải đăng nhập lại, cả tôi")], chosen: [])
        )
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(
                title: "Kết thúc mọi phiên đăng nhập",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <h1>Kết thúc mọi phiên đăng nhập</h1>
            <p>\(model.openWord), của người dân và của cán bộ ở mọi cơ quan. Dùng khi có sự cố an toàn thông tin. Hồ sơ và bản nháp \
            không mất gì.</p>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.field(field))
                \(Parts.button("Kết thúc mọi phiên"))
                """))
            """
        )
    }
}
