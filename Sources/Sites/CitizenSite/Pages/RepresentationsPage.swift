// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/tai-khoan/dai-dien`: for whom one may act, by which paper, from when to when; stating a new one.
public enum RepresentationsPage {
    /// One authority.
    public struct Line: Sendable {
        /// For whom.
        public var name: String
        /// "Doanh nghiệp, hộ kinh doanh".
        public var kindWord: String
        /// "Đang dùng được", "Đã thu hồi".
        public var statusWord: String
        public var statusTone: PartTone
        /// "Từ 01/03/2026 đến 01/03/2027".
        public var datesWord: String
        /// How an officer made sure of it; nil while none has.
        public var confirmedWord: String?
        /// The paper.
        public var paperHref: String
        /// Where it is ended, by POST; nil where it is over.
        public var endAction: String?

        public init(
            name: String,
            kindWord: String,
            statusWord: String,
            statusTone: PartTone,
            datesWord: String,
            confirmedWord: String? = nil,
            paperHref: String,
            endAction: String?
        ) {
            (self.name, self.kindWord, self.statusWord) = (name, kindWord, statusWord)
            (self.statusTone, self.datesWord, self.confirmedWord) = (statusTone, datesWord, confirmedWord)
            (self.paperHref, self.endAction) = (paperHref, endAction)
        }
    }

    /// A paper that arrived while other fields must be mended.
    public struct KeptPaper: Sendable {
        public var id: String
        public var name: String

        public init(id: String, name: String) { (self.id, self.name) = (id, name) }
    }

    /// What the page shows.
    public struct Model: Sendable {
        public var lines: [Line]
        /// By which others act for this person; each named by who acts.
        public var others: [Line]
        /// The questions of a new one, with what was typed.
        public var fields: [FieldPart]
        /// What is wrong with the paper; nil when nothing is.
        public var paperError: String?
        /// The paper that was kept from the last try; nil when none was.
        public var keptPaper: KeptPaper?
        /// Where a new one is sent.
        public var action: String
        public var accountHref: String
        public var flash: String?

        public init(
            lines: [Line],
            others: [Line] = [],
            fields: [FieldPart],
            paperError: String? = nil,
            keptPaper: KeptPaper? = nil,
            action: String,
            accountHref: String,
            flash: String? = nil
        ) {
            (self.lines, self.others, self.fields) = (lines, others, fields)
            (self.paperError, self.keptPaper) = (paperError, keptPaper)
            (self.action, self.accountHref, self.flash) = (action, accountHref, flash)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let paper = FilePart(
            id: "giay",
            paperName: "giấy tờ về quyền đại diện",
            error: model.paperError,
            takesSeveral: false
        )
        let errors =
            FieldError.all(in: model.fields)
            + (model.paperError.map { [FieldError(controlID: "giay", text: $0)] } ?? [])
        return frame.page(
            PageShape(title: "Làm thay người khác", hasErrors: !errors.isEmpty, width: .text),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>Làm thay người khác, doanh nghiệp</h1>
            <p class="lede">Khai giấy tờ một lần, rồi chọn “Đang làm cho” ở đầu trang. Cán bộ xem giấy tờ cùng mỗi hồ sơ.</p>
            \(if: !model.lines.isEmpty, """
                <h2>Giấy tờ đã khai</h2>
                <ul class="rows">\(each: model.lines, { line($0, in: frame) })</ul>
                """)
            \(if: !model.others.isEmpty, """
                <h2>Người khác khai làm thay bạn</h2>
                <p>Nếu bạn không ủy quyền cho người này, hãy thu hồi ngay.</p>
                <ul class="rows">\(each: model.others, { line($0, in: frame) })</ul>
                """)
            <h2>Khai giấy tờ mới</h2>
            \(frame.form(FormShape(action: model.action, isMultipart: true), """
                \(each: model.fields, { Parts.field($0) })
                <h3>Giấy tờ</h3>
                <p>Giấy ủy quyền, giấy khai sinh của con, hoặc giấy đăng ký doanh nghiệp.</p>
                \(ifLet: model.keptPaper, { kept in
                    """
                    <input type="hidden" name="giay-da-nhan" value="\(kept.id)">\
                    <p>\(Parts.icon(.check))Đã nhận tệp \(kept.name). Chọn tệp khác nếu muốn thay.</p>
                    """
                })\(Parts.fileInput(paper))
                \(Parts.actions(Parts.button("Lưu giấy tờ")))
                """))
            <p><a\(href: model.accountHref)>Hồ sơ của tôi</a></p>
            """
        )
    }

    private static func line(_ line: Line, in frame: PageFrame) -> HTML {
        """
        <li class="row-act"><div><h3>\(line.name)</h3>
        <p class="meta">\(Parts.tag(line.statusWord, line.statusTone)) <span>\(line.kindWord)</span> \
        <span>\(line.datesWord)</span>\(ifLet: line.confirmedWord, { " <span>\($0)</span>" })</p>
        <p><a class="ilink"\(href: line.paperHref)>Xem giấy tờ<span class="vh"> của \(line.name)</span></a></p></div>\
        \(ifLet: line.endAction, { action in
            frame.form(FormShape(action: action), """
                <button class="btn btn-2">Thu hồi<span class="vh"> giấy tờ của \(line.name)</span></button>
                """)
        })</li>

        """
    }
}
