// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 11, `/nop/{nháp}/xong`: it is submitted, this is the code, and this comes next. Survives a bookmark.
public enum ConfirmationPage {
    /// What happened to the dossier right after submitting.
    public enum Standing: Sendable {
        /// Something is due before intake.
        case paymentDue(payHref: String, sum: VND)
        /// The payment is on its way.
        case paymentPending(checkHref: String)
        /// The agency looks at it; answers by the given moment.
        case awaitingIntake(answerBy: Instant?)
        /// Received at once where the pack says so.
        case received(dueAt: Instant, slipHref: String)
    }

    /// One submitted file with its fingerprint.
    public struct SubmittedFile: Sendable {
        /// The paper and the file's name.
        public var name: String
        /// The size in bytes.
        public var sizeBytes: Int64
        /// SHA-256 in hexadecimal.
        public var sha256: String

        /// One submitted file with its fingerprint.
        public init(
            name: String,
            sizeBytes: Int64,
            sha256: String
        ) {
            self.name = name
            self.sizeBytes = sizeBytes
            self.sha256 = sha256
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The dossier's code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// The agency.
        public var agencyName: String
        /// The moment of submission.
        public var submittedAt: Instant
        /// What happened right after.
        public var standing: Standing
        /// The QR of the tracking address, as SVG; nil without.
        public var qr: HTML?
        /// "Xác nhận đã nộp" as PDF.
        public var confirmationHref: String
        /// The files.
        public var files: [SubmittedFile]
        /// Where notices go: "SMS đến 0912 ••• 678".
        public var noticeWord: String
        /// The dossier's page.
        public var trackHref: String
        /// Telephone of the one-stop desk.
        public var deskPhone: PhoneNumber?

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            agencyName: String,
            submittedAt: Instant,
            standing: Standing,
            qr: HTML? = nil,
            confirmationHref: String,
            files: [SubmittedFile],
            noticeWord: String,
            trackHref: String,
            deskPhone: PhoneNumber? = nil
        ) {
            self.code = code
            self.procedureName = procedureName
            self.agencyName = agencyName
            self.submittedAt = submittedAt
            self.standing = standing
            self.qr = qr
            self.confirmationHref = confirmationHref
            self.files = files
            self.noticeWord = noticeWord
            self.trackHref = trackHref
            self.deskPhone = deskPhone
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Đã nộp hồ sơ \(model.code)", width: .text),
            """
            \(Parts.panel("Đã nộp hồ sơ", """
                <p>Mã hồ sơ<br>\(Parts.copyableCode(model.code.description, label: "mã hồ sơ"))</p>
                """))
            <p class="lede">\(model.procedureName). Nộp lúc \(model.submittedAt.vietnamese) đến \(model.agencyName).</p>
            \(urgent(model))
            <div class="with-qr"><div>
            <h2>Tiếp theo</h2>
            \(nextSteps(model))
            </div>\(ifLet: model.qr, { qr in
                "<figure class=\"qr\">\(qr)<figcaption>Quét để theo dõi hồ sơ</figcaption></figure>"
            })</div>
            \(Parts.actions(
                isPaymentDue(model)
                    ? Parts.linkButton("Tải xác nhận đã nộp", href: model.confirmationHref, style: .secondary, icon: .download)
                    : Parts.linkButton("Tải xác nhận đã nộp", href: model.confirmationHref, icon: .download),
                "<a class=\"ilink\"\(href: model.trackHref)>\(Parts.icon(.clock))Theo dõi hồ sơ</a>"
            ))
            \(files(model, isOpen: frame.isForPrint))
            <p class="mut">Xác nhận này chưa phải giấy tiếp nhận: hồ sơ chưa được tiếp nhận, thời hạn chưa bắt đầu tính.\
            \(ifLet: model.deskPhone, { " Hỏi bộ phận một cửa: <a href=\"tel:\($0.e164)\">\($0.grouped)</a>." })</p>
            """
        )
    }

    private static func isPaymentDue(_ model: Model) -> Bool {
        if case .paymentDue = model.standing { return true }
        return false
    }

    private static func urgent(_ model: Model) -> HTML {
        switch model.standing {
        case .paymentDue(let payHref, let sum):
            Parts.notice(
                .warn,
                title: "Còn phải trả \(sum)",
                """
                <p>Cơ quan tiếp nhận sau khi tiền được trả.</p>
                <p>\(Parts.linkButton("Thanh toán", href: payHref, icon: .money))</p>
                """
            )
        case .paymentPending(let checkHref):
            Parts.notice(
                .info,
                "<p>Ngân hàng đang xác nhận khoản tiền. <a\(href: checkHref)>Xem kết quả thanh toán</a></p>"
            )
        case .awaitingIntake, .received: .empty
        }
    }

    private static func nextSteps(_ model: Model) -> HTML {
        switch model.standing {
        case .paymentDue, .paymentPending, .awaitingIntake(answerBy: nil):
            """
            <ol><li>Cán bộ một cửa xem hồ sơ.</li>
            <li>Đủ giấy tờ thì nhận giấy tiếp nhận có ngày hẹn trả. Thiếu thì nhận một thông báo ghi rõ mọi chỗ cần bổ sung.</li>
            <li>Mọi tin gửi qua \(model.noticeWord).</li></ol>
            """
        case .awaitingIntake(answerBy: let moment?):
            """
            <ol><li>Cán bộ một cửa xem hồ sơ và trả lời trước <strong>\(moment.vietnamese)</strong>.</li>
            <li>Đủ giấy tờ thì nhận giấy tiếp nhận có ngày hẹn trả. Thiếu thì nhận một thông báo ghi rõ mọi chỗ cần bổ sung.</li>
            <li>Mọi tin gửi qua \(model.noticeWord).</li></ol>
            """
        case .received(let dueAt, let slipHref):
            """
            <p>Hồ sơ đã được tiếp nhận. Hẹn trả kết quả lúc <strong>\(dueAt.vietnamese)</strong>.</p>
            <p>\(Parts.download("Tải giấy tiếp nhận", href: slipHref, detail: "PDF"))</p>
            """
        }
    }

    private static func files(_ model: Model, isOpen: Bool) -> HTML {
        Parts.details(
            "Các tệp đã nộp và mã kiểm tra",
            isOpen: isOpen,
            """
            <ul class="shas">\(each: model.files, { file in
                """
                <li>\(file.name) <small class="mut">(\(String(fileSize: file.sizeBytes)))</small><br>\
                <code>\(file.sha256)</code></li>
                """
            })</ul>
            <p class="hint">Mã SHA-256 chứng minh tệp không bị thay đổi sau khi nộp.</p>
            """
        )
    }
}
