// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup
public import Site

/// `/bao-mat/khoa`: the officer's passkeys: add one, remove one.
public enum PasskeysPage {
    /// One passkey.
    public struct PasskeyLine: Sendable {
        /// Which, sent back as `khoa`.
        public var id: String
        /// What the officer called it.
        public var name: String
        /// When it was added.
        public var createdAt: Instant
        /// When it last opened the door; nil for never.
        public var usedAt: Instant?

        /// One passkey.
        public init(id: String, name: String, createdAt: Instant, usedAt: Instant?) {
            (self.id, self.name, self.createdAt, self.usedAt) = (id, name, createdAt, usedAt)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Why the last one was not added; nil otherwise.
        public var hindrance: String?
        /// The passkeys, oldest first.
        public var passkeys: [PasskeyLine]
        /// The way to add one.
        public var adding: PasskeyForm
        /// Where one is removed, by POST.
        public var removalAction: String
        /// The page of the account.
        public var backHref: String

        /// What the page shows.
        public init(
            flash: String? = nil,
            hindrance: String? = nil,
            passkeys: [PasskeyLine],
            adding: PasskeyForm,
            removalAction: String,
            backHref: String
        ) {
            (self.flash, self.hindrance, self.passkeys) = (flash, hindrance, passkeys)
            (self.adding, self.removalAction, self.backHref) = (adding, removalAction, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Khóa truy cập", backHref: model.backHref, width: .text, modules: [.passkey]),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.warn, "<p>\($0)</p>") })
            <h1>Khóa truy cập</h1>
            <p>Khóa truy cập nằm trong máy tính, điện thoại hoặc khóa USB của cán bộ, mở bằng vân tay, khuôn mặt hoặc mã PIN \
            của thiết bị. Đăng nhập bằng khóa truy cập không cần mật khẩu và mã xác thực.</p>
            <h2 id="cac-khoa">Các khóa đang dùng</h2>
            \(if: model.passkeys.isEmpty, "<p>Chưa có khóa truy cập nào.</p>", else: list(model, in: frame))
            <h2>Thêm khóa truy cập</h2>
            <noscript><p>Trình duyệt đang tắt JavaScript nên không thêm được khóa truy cập. Đăng nhập bằng mật khẩu và mã \
            xác thực vẫn dùng được.</p></noscript>
            <p class="hint">Nút thêm khóa chỉ hiện khi trình duyệt dùng được khóa truy cập.</p>
            \(model.adding.html(in: frame))
            """
        )
    }

    private static func list(_ model: Model, in frame: PageFrame) -> HTML {
        Parts.cardTable(
            CardTable(
                labelledBy: "cac-khoa",
                columns: [.init("Khóa"), .init("Thêm lúc"), .init("Dùng lần cuối"), .init("Việc")],
                lines: model.passkeys.map { line in
                    CardTable.TableLine([
                        "\(line.name)", "\(line.createdAt.vietnamese)", "\(line.usedAt?.vietnamese ?? "Chưa dùng")",
                        frame.form(
                            FormShape(action: model.removalAction),
                            Parts.button(
                                "Xóa",
                                name: "khoa",
                                value: line.id,
                                style: .link,
                                spoken: "khóa \(line.name)"
                            )
                        ),
                    ])
                }
            )
        )
    }
}
