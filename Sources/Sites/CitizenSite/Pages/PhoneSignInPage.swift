// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/dang-nhap/dien-thoai` and `/dang-nhap/dien-thoai/ma`: the second way to sign in, for reading and tracking.
public enum PhoneSignInPage {
    /// What is wrong: beside a field, or with the whole attempt.
    public enum Failure: Sendable, Equatable {
        case phone(String)
        case lastDigits(String)
        case code(String)
        /// The attempt is over; the sentence says what to do.
        case over(String)
    }

    /// What the page that asks for the number shows.
    public struct NumberModel: Sendable {
        public var action: String
        public var returnTo: String
        public var phone: String
        public var lastDigits: String
        public var failure: Failure?
        /// Where one signs in by VNeID.
        public var otherHref: String

        public init(
            action: String,
            returnTo: String,
            phone: String = "",
            lastDigits: String = "",
            failure: Failure? = nil,
            otherHref: String
        ) {
            (self.action, self.returnTo, self.phone) = (action, returnTo, phone)
            (self.lastDigits, self.failure, self.otherHref) = (lastDigits, failure, otherHref)
        }
    }

    /// What the page that asks for the code shows.
    public struct CodeModel: Sendable {
        public var action: String
        public var failure: Failure?
        /// Where a new code is asked for.
        public var againHref: String
        /// Where one signs in by VNeID.
        public var otherHref: String

        public init(action: String, failure: Failure? = nil, againHref: String, otherHref: String) {
            (self.action, self.failure) = (action, failure)
            (self.againHref, self.otherHref) = (againHref, otherHref)
        }
    }

    /// The page that asks for number and last digits.
    public static func number(_ model: NumberModel, in frame: PageFrame) -> HTML {
        var fields = [
            FieldPart("dien-thoai", "Số điện thoại", hint: "Số đã khai trên VNeID", .phone(model.phone)),
            FieldPart(
                "so-cuoi",
                "4 số cuối của số định danh",
                hint: "Để phân biệt khi nhiều người trong nhà dùng chung một số điện thoại",
                .text(model.lastDigits, width: .short)
            ),
        ]
        if case .phone(let words)? = model.failure { fields[0].error = words }
        if case .lastDigits(let words)? = model.failure { fields[1].error = words }
        let errors = FieldError.all(in: fields)
        return frame.page(
            PageShape(title: "Đăng nhập bằng số điện thoại", hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <h1>Đăng nhập bằng số điện thoại</h1>
            \(over(model.failure))
            <p class="lede">Dùng để xem và theo dõi hồ sơ của mình. Nộp hồ sơ cần VNeID mức 2.</p>
            \(frame.form(FormShape(action: model.action), """
                <input type="hidden" name="ve" value="\(model.returnTo)">
                \(each: fields, { Parts.field($0) })
                \(Parts.actions(Parts.button("Gửi mã")))
                """))
            <p><a\(href: model.otherHref)>Đăng nhập bằng VNeID</a></p>
            \(Parts.details("Đã mất điện thoại hoặc đổi số", """
                <p>Đăng nhập bằng VNeID trên máy khác; số mới khai trên VNeID được dùng từ lần đăng nhập đó.</p>
                <p>Không còn máy nào: nhờ công an xã, phường khóa VNeID, và xem hồ sơ bằng mã QR trên giấy tiếp nhận.</p>
                """))
            """
        )
    }

    /// The page that asks for the code; it reads the same whether somebody is behind the number or not.
    public static func code(_ model: CodeModel, in frame: PageFrame) -> HTML {
        var field = FieldPart("ma", "Mã 6 số trong tin nhắn", .oneTimeCode(""))
        if case .code(let words)? = model.failure { field.error = words }
        let errors = FieldError.all(in: [field])
        return frame.page(
            PageShape(title: "Nhập mã đăng nhập", hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            <h1>Nhập mã đăng nhập</h1>
            \(over(model.failure))
            <p>Nếu số điện thoại và 4 số cuối đúng với một tài khoản, tin nhắn có mã sẽ đến trong khoảng một phút. \
            Mã dùng trong 5 phút, một lần, ở trình duyệt này. Cán bộ không bao giờ hỏi mã.</p>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.field(field))
                \(Parts.actions(Parts.button("Đăng nhập")))
                """))
            <p>Chưa nhận được? <a\(href: model.againHref)>Xin mã mới</a> hoặc \
            <a\(href: model.otherHref)>đăng nhập bằng VNeID</a>.</p>
            """
        )
    }

    private static func over(_ failure: Failure?) -> HTML {
        guard case .over(let words)? = failure else { return .empty }
        return Parts.notice(.warn, "<p>\(words)</p>")
    }
}
