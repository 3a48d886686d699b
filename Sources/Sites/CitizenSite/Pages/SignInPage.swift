// SPDX-License-Identifier: Apache-2.0

public import Markup

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

    /// Why the last attempt led nowhere.
    public enum Failure: Sendable, Equatable {
        /// The person turned back at the identity provider.
        case cancelled
        /// The account is below the level that the task needs.
        case levelTooLow
        /// Too many attempts; locked for so many minutes.
        case locked(minutes: Int)
        /// The attempt took too long, or was begun in another window.
        case expired
        /// The identity provider does not answer.
        case unavailable
        /// The session ended; what was saved is kept.
        case sessionEnded

        var title: String {
            switch self {
            case .cancelled: "Chưa đăng nhập xong"
            case .levelTooLow: "Tài khoản cần định danh mức 2"
            case .locked: "Đăng nhập tạm khóa"
            case .expired: "Lượt đăng nhập đã quá thời gian"
            case .unavailable: "VNeID chưa trả lời"
            case .sessionEnded: "Phiên đăng nhập đã hết"
            }
        }

        var explanation: String {
            switch self {
            case .cancelled: "Đăng nhập đã dừng giữa chừng. Bấm nút dưới đây để làm lại."
            case .levelTooLow:
                "Việc này cần tài khoản VNeID mức 2. Mang căn cước đến công an xã, phường nơi gần nhất để nâng mức, không mất tiền."
            case .locked(let minutes): "Đã thử quá nhiều lần. Đợi \(minutes) phút rồi đăng nhập lại."
            case .expired: "Đăng nhập lại từ đầu. Những gì đã lưu vẫn còn."
            case .unavailable: "Thử lại sau ít phút. Những gì đã lưu vẫn còn."
            case .sessionEnded: "Đăng nhập lại để trở về đúng trang đang làm. Những gì đã lưu vẫn còn."
            }
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
        /// Why the last attempt led nowhere; nil on the first visit.
        public var failure: Failure?

        /// What the page shows.
        public init(
            taskName: String? = nil,
            returnTo: String,
            methods: [Method],
            failure: Failure? = nil
        ) {
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
            \(ifLet: model.taskName, { "<p class=\"lede\">\($0)</p>" })
            \(each: model.methods.enumerated(), { method($0.element, isFirst: $0.offset == 0, model, in: frame) })
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
