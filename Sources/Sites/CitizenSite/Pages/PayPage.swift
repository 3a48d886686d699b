// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 10, `/nop/{nháp}/thanh-toan`: what is due, and what became of paying it.
public enum PayPage {
    /// Where a payment stands.
    public enum State: Sendable {
        /// Nothing tried yet: the POST calls the gateway.
        case due(action: String, key: String)
        /// The gateway has not answered yet; the button looks again.
        case pending(since: Instant, checkHref: String)
        /// The gateway says that the money is there, and is being asked whether it is so; the button asks now.
        case confirming(since: Instant, checkHref: String)
        /// It did not work: the reason in words, and again.
        case failed(reason: String, action: String, key: String)
        /// The person turned back at the gateway.
        case cancelled(action: String, key: String)
        /// Paid.
        case succeeded(at: Instant, reference: String, receiptHref: String?, continueHref: String)
        /// Given back.
        case refunded(at: Instant, reason: String)
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The dossier's code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// What is due, line by line.
        public var fees: [FeeLine]
        /// Where the payment stands.
        public var state: State
        /// Until when it waits: "Trả trước 17:00 ngày 12/03/2026"; nil without a term.
        public var termWord: String?
        /// The account or the dossier, for who pays later.
        public var laterHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            fees: [FeeLine],
            state: State,
            termWord: String? = nil,
            laterHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.fees = fees
            self.state = state
            self.termWord = termWord
            self.laterHref = laterHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "\(title(model)) – hồ sơ \(model.code)", width: .text),
            """
            \(head(model))
            <p>Hồ sơ \(Parts.copyableCode(model.code.description, label: "mã hồ sơ"))<br>
            <span class="mut">\(model.procedureName)</span></p>
            \(FeeTable.html(model.fees))
            \(next(model, in: frame))
            """
        )
    }

    private static func title(_ model: Model) -> String {
        switch model.state {
        case .due: "Thanh toán"
        case .pending: "Đang chờ ngân hàng xác nhận"
        case .confirming: "Đang xác nhận thanh toán"
        case .failed: "Chưa thanh toán được"
        case .cancelled: "Đã dừng thanh toán"
        case .succeeded: "Đã thanh toán"
        case .refunded: "Đã hoàn tiền"
        }
    }

    private static func head(_ model: Model) -> HTML {
        switch model.state {
        case .succeeded(let moment, let reference, _, _):
            Parts.panel(
                "Đã thanh toán",
                "<p>Lúc \(moment.vietnamese), số giao dịch <span class=\"num\">\(reference)</span></p>"
            )
        case .due:
            "<h1>Thanh toán</h1><p class=\"lede\">Hồ sơ đã nộp. Trả tiền xong, cơ quan mới tiếp nhận.</p>"
        case .pending(let since, _):
            """
            <h1>Đang chờ ngân hàng xác nhận</h1>
            \(Parts.notice(.info, """
                <p>Lệnh thanh toán gửi lúc \(since.vietnamese). Thường mất chưa đến một phút, có khi lâu hơn.</p>
                <p>Không trả lại lần nữa khi chưa có kết quả. Có thể đóng trang này, kết quả sẽ được báo qua tin nhắn.</p>
                """))
            """
        case .confirming(let since, _):
            """
            <h1>Đang xác nhận thanh toán</h1>
            \(Parts.notice(.info, """
                <p>Cổng thanh toán báo đã nhận tiền của lệnh gửi lúc \(since.vietnamese). Hệ thống đang hỏi lại cổng để \
                xác nhận, thường mất chưa đến một phút.</p>
                <p>Không nộp lần nữa. Có thể đóng trang này, kết quả sẽ được báo qua tin nhắn.</p>
                """))
            """
        case .failed(let reason, _, _):
            "<h1>Chưa thanh toán được</h1>\(Parts.notice(.bad, "<p>\(reason)</p><p>Tiền chưa bị trừ. Hồ sơ vẫn được giữ.</p>"))"
        case .cancelled:
            "<h1>Đã dừng thanh toán</h1>\(Parts.notice(.info, "<p>Tiền chưa bị trừ. Hồ sơ vẫn được giữ, trả khi nào tiện.</p>"))"
        case .refunded(let moment, let reason):
            "<h1>Đã hoàn tiền</h1>\(Parts.notice(.ok, "<p>Hoàn lúc \(moment.vietnamese). \(reason)</p>"))"
        }
    }

    private static func next(_ model: Model, in frame: PageFrame) -> HTML {
        switch model.state {
        case .due(let action, let key):
            pay("Thanh toán", action: action, key: key, model, in: frame)
        case .failed(_, let action, let key), .cancelled(let action, let key):
            pay("Thanh toán lại", action: action, key: key, model, in: frame)
        case .pending(_, let checkHref), .confirming(_, let checkHref):
            Parts.actions(Parts.linkButton("Xem kết quả thanh toán", href: checkHref, style: .secondary))
        case .succeeded(_, _, let receiptHref, let continueHref):
            """
            \(ifLet: receiptHref, { "<p>\(Parts.download("Tải biên lai điện tử", href: $0, detail: "PDF"))</p>" })
            \(Parts.actions(Parts.linkButton("Tiếp tục", href: continueHref, icon: .forward)))
            """
        case .refunded:
            "<p><a class=\"ilink\"\(href: model.laterHref)>Về hồ sơ</a></p>"
        }
    }

    private static func pay(
        _ label: String,
        action: String,
        key: String,
        _ model: Model,
        in frame: PageFrame
    ) -> HTML {
        """
        \(ifLet: model.termWord, { "<p><strong>\($0)</strong></p>" })
        <p class="mut">Trang thanh toán mở ra để quét mã QR, dùng thẻ hoặc ví. Cổng không giữ số thẻ, số tài khoản.</p>
        \(frame.form(FormShape(action: action, idempotencyKey: key), Parts.actions(
            Parts.button(label, icon: .money),
            "<a class=\"ilink\"\(href: model.laterHref)>Trả sau</a>"
        )))
        """
    }
}
