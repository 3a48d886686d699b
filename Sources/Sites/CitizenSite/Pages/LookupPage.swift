// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 12, first step, `/tra-cuu`: a code is typed. A code that does not exist and a wrong secret get the same
/// answer.
public enum LookupPage {
    /// What became of the last look-up.
    public enum Outcome: Sendable {
        /// Nothing was asked yet.
        case none
        /// What was typed cannot be a code.
        case malformed
        /// No such code, or a wrong secret: told with the same words.
        case notFound
        /// Too many look-ups from one place.
        case limited(retryAfterMinutes: Int)
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Where the code goes, by GET with `ma`.
        public var action: String
        /// What was typed.
        public var typed: String
        /// What became of it.
        public var outcome: Outcome
        /// The reader's own dossiers; where to sign in when nobody is.
        public var accountHref: String

        /// What the page shows.
        public init(
            action: String,
            typed: String,
            outcome: Outcome,
            accountHref: String
        ) {
            self.action = action
            self.typed = typed
            self.outcome = outcome
            self.accountHref = accountHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let error = errorText(model.outcome)
        let errors = error.map { [FieldError(controlID: "ma", text: $0)] } ?? []
        return frame.page(
            PageShape(title: "Tra cứu hồ sơ", hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <h1>Tra cứu hồ sơ</h1>
            \(limited(model.outcome))
            \(frame.searchForm(action: model.action, """
                \(Parts.field(FieldPart(
                    "ma",
                    "Mã hồ sơ",
                    hint: "Ghi trên giấy tiếp nhận hoặc xác nhận đã nộp, ví dụ H01.30337-260305-0001",
                    error: error,
                    .text(model.typed, width: .half)
                )))
                \(Parts.actions(Parts.button("Tra cứu", icon: .search)))
                """))
            <h2>Muốn xem nhiều hơn</h2>
            <ul><li>Quét mã QR trên giấy tiếp nhận: xem từng bước, nơi đang giữ hồ sơ và ngày hẹn.</li>
            <li><a\(href: model.accountHref)>Đăng nhập</a>: tải giấy tờ, kết quả, bổ sung hoặc rút hồ sơ.</li></ul>
            """
        )
    }

    private static func errorText(_ outcome: Outcome) -> String? {
        switch outcome {
        case .none, .limited: nil
        case .malformed: "Mã hồ sơ phải có dạng H01.30337-260305-0001"
        case .notFound: "Mã hồ sơ phải là mã đã được cấp, kiểm tra lại từng số"
        }
    }

    private static func limited(_ outcome: Outcome) -> HTML {
        guard case .limited(let minutes) = outcome else { return .empty }
        return Parts.notice(.warn, "<p>Đã tra cứu nhiều lần liên tiếp. Thử lại sau \(minutes) phút.</p>")
    }
}
