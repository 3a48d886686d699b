// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/xac-minh`: anyone learns whether a document is genuine, by the code of its QR or by the file itself.
public enum VerifyPage {
    /// One signature on a document.
    public struct SignatureLine: Sendable {
        /// The name in the certificate.
        public var signerName: String
        /// The body for which it was signed.
        public var organisationName: String
        /// The moment that the timestamp proves; nil without a timestamp.
        public var timestampedAt: Instant?
        /// Who issued the certificate.
        public var issuerName: String

        /// One signature on a document.
        public init(
            signerName: String,
            organisationName: String,
            timestampedAt: Instant? = nil,
            issuerName: String
        ) {
            self.signerName = signerName
            self.organisationName = organisationName
            self.timestampedAt = timestampedAt
            self.issuerName = issuerName
        }
    }

    /// What the register says about a document.
    public struct GenuineView: Sendable {
        /// The kind: "Bản sao trích lục khai sinh".
        public var kindName: String
        /// Number and notation.
        public var number: String
        /// The agency.
        public var agencyName: String
        /// The moment of signing.
        public var signedAt: Instant
        /// Names hidden but for the first letters: "N. V. A.".
        public var subjectMasked: String
        /// The signatures.
        public var signatures: [SignatureLine]
        /// True when the bytes themselves were checked, not only the code.
        public var isFileChecked: Bool

        /// What the register says about a document.
        public init(
            kindName: String,
            number: String,
            agencyName: String,
            signedAt: Instant,
            subjectMasked: String,
            signatures: [SignatureLine],
            isFileChecked: Bool
        ) {
            self.kindName = kindName
            self.number = number
            self.agencyName = agencyName
            self.signedAt = signedAt
            self.subjectMasked = subjectMasked
            self.signatures = signatures
            self.isFileChecked = isFileChecked
        }
    }

    /// What was found.
    public enum Outcome: Sendable {
        /// Nothing was asked yet.
        case none
        /// It is genuine.
        case genuine(GenuineView)
        /// It was issued, and later taken back or replaced.
        case replaced(GenuineView, reason: String)
        /// Signed, but not issued, or given back before it was; the sentence says which. Nothing of it is told.
        case notInForce(String)
        /// Signed by us, but the bytes were changed afterwards.
        case altered
        /// Not in our register.
        case unknown
        /// The file cannot be read as a signed PDF; the sentence says why.
        case unreadable(String)
        /// Too many questions from one place.
        case limited(retryAfterMinutes: Int)
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What was found.
        public var outcome: Outcome
        /// What was typed.
        public var typedCode: String
        /// Where a code goes, by GET with `ma`.
        public var codeAction: String
        /// Where a file goes, by POST.
        public var fileAction: String
        /// The largest file, in bytes.
        public var fileLimitBytes: Int64

        /// What the page shows.
        public init(
            outcome: Outcome,
            typedCode: String,
            codeAction: String,
            fileAction: String,
            fileLimitBytes: Int64
        ) {
            self.outcome = outcome
            self.typedCode = typedCode
            self.codeAction = codeAction
            self.fileAction = fileAction
            self.fileLimitBytes = fileLimitBytes
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: title(model.outcome), width: .text, modules: [.upload]),
            """
            \(outcome(model.outcome))
            \(ask(model, in: frame))
            """
        )
    }

    private static func title(_ outcome: Outcome) -> String {
        switch outcome {
        case .none, .limited: "Xác minh giấy tờ"
        case .genuine: "Giấy tờ là thật"
        case .replaced: "Giấy tờ đã được thay thế"
        case .notInForce: "Giấy tờ không có giá trị"
        case .altered: "Giấy tờ đã bị sửa"
        case .unknown: "Không có giấy tờ này"
        case .unreadable: "Chưa kiểm tra được tệp"
        }
    }

    private static func outcome(_ outcome: Outcome) -> HTML {
        switch outcome {
        case .none:
            """
            <h1>Xác minh giấy tờ</h1>
            <p class="lede">Kiểm tra một kết quả do cổng này cấp là thật hay không. Không cần đăng nhập.</p>
            """
        case .limited(let minutes):
            """
            <h1>Xác minh giấy tờ</h1>
            \(Parts.notice(.warn, "<p>Đã kiểm tra nhiều lần liên tiếp. Thử lại sau \(minutes) phút.</p>"))
            """
        case .genuine(let view):
            """
            \(Parts.panel("Giấy tờ là thật", "<p>\(view.kindName)</p>"))
            \(facts(view))
            """
        case .replaced(let view, let reason):
            """
            <h1>Giấy tờ đã được thay thế</h1>
            \(Parts.notice(.warn, "<p>Giấy tờ này từng được cấp thật nhưng không còn giá trị. \(reason)</p>"))
            \(facts(view))
            """
        case .notInForce(let sentence):
            """
            <h1>Giấy tờ không có giá trị</h1>
            \(Parts.notice(.bad, """
                <p>\(sentence)</p>
                <p>Nếu nhận được giấy này từ người khác, hãy báo <a href="tel:1022">1022</a>.</p>
                """))
            """
        case .altered:
            """
            <h1>Giấy tờ đã bị sửa</h1>
            \(Parts.notice(.bad, """
                <p>Tệp mang chữ ký của cơ quan nhưng nội dung đã thay đổi sau khi ký. Không dùng giấy tờ này.</p>
                <p>Xin lại bản gốc từ người đưa giấy, hoặc báo <a href="tel:1022">1022</a>.</p>
                """))
            """
        case .unknown:
            """
            <h1>Không có giấy tờ này</h1>
            \(Parts.notice(.bad, """
                <p>Mã hoặc tệp không khớp giấy tờ nào do cổng này cấp. Kiểm tra lại mã, hoặc báo <a href="tel:1022">1022</a> nếu \
                nghi giấy giả.</p>
                """))
            """
        case .unreadable(let sentence):
            "<h1>Chưa kiểm tra được tệp</h1>\(Parts.notice(.warn, "<p>\(sentence)</p>"))"
        }
    }

    private static func facts(_ view: GenuineView) -> HTML {
        """
        \(Parts.summaryList([
            SummaryRow("Loại giấy tờ", view.kindName),
            SummaryRow("Số", view.number),
            SummaryRow("Cơ quan cấp", view.agencyName),
            SummaryRow("Ký lúc", view.signedAt.vietnamese),
            SummaryRow("Cấp cho", view.subjectMasked),
            SummaryRow("Đã kiểm tra", view.isFileChecked
                ? "Nội dung tệp và chữ ký số"
                : "Mã trong sổ đăng ký. Đối chiếu số, ngày và tên với giấy đang cầm."),
        ]))
        <h2>Chữ ký số</h2>
        <ul class="rows">\(each: view.signatures, { line in
            """
            <li><h3>\(line.signerName)</h3><p class="meta"><span>\(line.organisationName)</span>\
            \(ifLet: line.timestampedAt, { " <span>Dấu thời gian \($0.vietnamese)</span>" }) \
            <span>Chứng thư do \(line.issuerName) cấp</span></p></li>

            """
        })</ul>
        """
    }

    private static func ask(_ model: Model, in frame: PageFrame) -> HTML {
        """
        <h2>Kiểm tra bằng mã QR</h2>
        \(frame.searchForm(action: model.codeAction, """
            <label for="so">Địa chỉ đọc từ mã QR</label>
            <p class="hint" id="so-goi-y">Quét mã QR trên giấy bằng điện thoại thì trang này mở ra và tự kiểm tra. Quét bằng máy \
            khác thì dán địa chỉ vào đây.</p>
            <div class="search read"><input type="text" id="so" name="so" value="\(model.typedCode)" required \
            aria-describedby="so-goi-y" autocomplete="off" spellcheck="false">\
            \(Parts.button("Kiểm tra", style: .secondary))</div>
            """))
        <h2>Kiểm tra bằng tệp</h2>
        <p class="mut">Chọn tệp PDF đã nhận. Tệp chỉ được đọc để kiểm tra, không được lưu lại.</p>
        \(frame.form(FormShape(action: model.fileAction, isMultipart: true, sendsFilesAtOnce: true), """
            \(Parts.fileInput(FilePart(
                id: "tep",
                label: "Chọn tệp PDF",
                paperName: "xác minh",
                limitBytes: model.fileLimitBytes,
                takesSeveral: false,
                takesPDFOnly: true
            )))
            <p data-send>\(Parts.button("Kiểm tra tệp", style: .secondary))</p>
            """))
        """
    }
}
