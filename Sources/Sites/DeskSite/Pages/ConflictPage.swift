// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Someone was faster: role and unit, what and when, no person; nothing of the officer's own words is lost.
public enum ConflictPage {
    /// One difference between what the officer saw and what stands now.
    public struct Difference: Sendable {
        /// What differs: "Trạng thái".
        public var subject: String
        /// What the officer saw.
        public var before: String
        /// What stands now.
        public var now: String

        /// One difference between what the officer saw and what stands now.
        public init(
            subject: String,
            before: String,
            now: String
        ) {
            self.subject = subject
            self.before = before
            self.now = now
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// Who was faster: "Chuyên viên Phòng Hộ tịch".
        public var who: String
        /// When.
        public var at: Instant
        /// What was done: "đã tiếp nhận hồ sơ".
        public var what: String
        /// What differs.
        public var differences: [Difference]
        /// What the officer had typed and was not sent; nil when there was nothing.
        public var unsentText: String?
        /// What the officer wanted to do: "Tiếp nhận".
        public var wantedAct: String
        /// The case as it stands now.
        public var caseHref: String
        /// The list.
        public var listHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            who: String,
            at: Instant,
            what: String,
            differences: [Difference],
            unsentText: String? = nil,
            wantedAct: String,
            caseHref: String,
            listHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.who = who
            self.at = at
            self.what = what
            self.differences = differences
            self.unsentText = unsentText
            self.wantedAct = wantedAct
            self.caseHref = caseHref
            self.listHref = listHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Hồ sơ \(model.code) vừa được cập nhật", width: .text),
            """
            \(Decision.over(model.code, model.procedureName))
            <h1>Hồ sơ vừa được cập nhật</h1>
            \(Parts.notice(.warn, """
                <p><strong>\(model.who)</strong> \(model.what) lúc \(model.at.vietnamese).</p>
                <p>Việc “\(model.wantedAct)” chưa được làm. Xem hồ sơ hiện nay rồi quyết định.</p>
                """))
            \(if: !model.differences.isEmpty, differences(model.differences))
            \(ifLet: model.unsentText, { text in
                """
                <h2>Nội dung chưa gửi</h2><p class="hint">Chép lại nếu còn cần.</p>
                <textarea rows="4" readonly aria-label="Nội dung chưa gửi">\n\(text)</textarea>
                """
            })
            \(Parts.actions(
                Parts.linkButton("Mở hồ sơ hiện nay", href: model.caseHref),
                "<a class=\"ilink\"\(href: model.listHref)>Về danh sách việc</a>"
            ))
            """
        )
    }

    private static func differences(_ differences: [Difference]) -> HTML {
        """
        <h2 id="khac">Khác với lúc mở</h2>
        \(Parts.table(
            labelledBy: "khac",
            columns: [CardTable.Column("Mục"), CardTable.Column("Khi mở"), CardTable.Column("Hiện nay")],
            lines: differences.map { [HTML(text: $0.subject), HTML(text: $0.before), HTML(text: $0.now)] }
        ))
        """
    }
}
