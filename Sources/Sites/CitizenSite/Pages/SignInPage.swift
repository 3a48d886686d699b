// SPDX-License-Identifier: Apache-2.0

public import Markup
public import Site

/// Screen 4, `/dang-nhap`: the ways to sign in, and what to do when one did not work.
public enum SignInPage {
    /// One way to sign in.
    public struct Method: Sendable {
        /// The button: "Đăng nhập bằng VNeID".
        public var label: String
        /// One sentence of help.
        public var hint: String
        /// Where it begins, by POST.
        public var action: String

        /// One way to sign in.
        public init(
            label: String,
            hint: String,
            action: String
        ) {
            self.label = label
            self.hint = hint
            self.action = action
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The task that waits: "Nộp hồ sơ: Cấp bản sao trích lục hộ tịch"; nil when none waits.
        public var taskName: String?
        /// Where the person comes back to; sent as `ve`.
        public var returnTo: String
        /// The ways to sign in, the first one is the primary.
        public var methods: [Method]
        /// Where one signs in by a code sent to the telephone; nil where it would not be enough.
        public var phoneHref: String?
        /// Why the last attempt led nowhere; nil on the first visit.
        public var failure: SignInFailure?

        /// What the page shows.
        public init(
            taskName: String? = nil,
            returnTo: String,
            methods: [Method],
            phoneHref: String? = nil,
            failure: SignInFailure? = nil
        ) {
            self.phoneHref = phoneHref
            self.taskName = taskName
            self.returnTo = returnTo
            self.methods = methods
            self.failure = failure
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let title = model.failure?.title ?? "Đăng nhập"
        return frame.page(
            PageShape(title: title, width: .text),
            """
            <div class="read">
            <h1>\(title)</h1>
            \(ifLet: model.failure, { failure in
                Parts.notice(failure == .sessionEnded ? .info : .warn, "<p>\(failure.explanation)</p>")
            })
            \(ifLet: model.failure?.steps, { steps in
                "<h2>Việc cần làm</h2><ol>\(each: steps, { "<li>\($0)</li>" })</ol>"
            })
            \(ifLet: model.taskName, { "<p class=\"lede\">\($0)</p>" })
            \(each: model.methods.enumerated(), { method($0.element, isFirst: $0.offset == 0, model, in: frame) })
            \(ifLet: model.phoneHref, { href in
                """
                <p><a\(href: href)>Đăng nhập bằng mã gửi đến điện thoại</a></p>
                <p class="hint">Chỉ để xem và theo dõi hồ sơ của người đã từng đăng nhập bằng VNeID</p>
                """
            })
            \(Parts.details("Chưa có tài khoản VNeID", """
                <p>Cài ứng dụng VNeID trên điện thoại, đăng ký bằng số căn cước, rồi đến công an xã, phường để kích hoạt mức 2.</p>
                <p>Người thân có thể nộp hộ bằng tài khoản của họ. Cũng có thể nộp tại bộ phận một cửa, cán bộ sẽ giúp.</p>
                """))
            </div>
            """
        )
    }

    private static func method(_ method: Method, isFirst: Bool, _ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: method.action),
            """
            <input type="hidden" name="ve" value="\(model.returnTo)">\
            \(Parts.button(method.label, style: isFirst ? .primary : .secondary, icon: isFirst ? .shield : nil))
            <p class="hint">\(method.hint)</p>
            """
        )
    }
}
