// SPDX-License-Identifier: Apache-2.0

public import Markup

/// What a merger, or another change of many, will do, to be read before it is confirmed.
public enum MergerPage {
    /// One list of what will happen.
    public struct Chapter: Sendable {
        /// `Cán bộ chuyển sang nơi tiếp nhận`.
        public var title: String
        /// The lines; empty ones are drawn as "nothing".
        public var lines: [String]

        /// One list.
        public init(_ title: String, _ lines: [String]) { (self.title, self.lines) = (title, lines) }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What it is a preview of: `sáp nhập`, `đổi lịch`.
        public var act: String
        /// The agency from whose page it began.
        public var bodyName: String
        /// Who, into whom, from when, by which decision.
        public var facts: [SummaryRow]
        /// What is in flight, with counts.
        public var inFlight: [SummaryRow]
        /// What will happen, by kind.
        public var chapters: [Chapter]
        /// True when its day has come, so that it is done at once.
        public var isDue: Bool
        /// The answers of the form, sent again.
        public var answers: [(name: String, value: String)]
        /// The statement to be ticked, with what is wrong.
        public var confirmation: FieldPart
        /// Why it was not done, where somebody was faster.
        public var hindrance: String?
        /// Where it is sent, by POST.
        public var action: String
        /// The version of the organisation under which it was looked at.
        public var version: Int
        /// The body's page.
        public var backHref: String

        /// What the page shows.
        public init(
            act: String = "sáp nhập",
            bodyName: String,
            facts: [SummaryRow],
            inFlight: [SummaryRow],
            chapters: [Chapter],
            isDue: Bool,
            answers: [(name: String, value: String)],
            confirmation: FieldPart,
            hindrance: String? = nil,
            action: String,
            version: Int,
            backHref: String
        ) {
            self.act = act
            (self.bodyName, self.facts, self.inFlight, self.chapters) = (bodyName, facts, inFlight, chapters)
            (self.isDue, self.answers, self.confirmation) = (isDue, answers, confirmation)
            (self.hindrance, self.action, self.version, self.backHref) = (hindrance, action, version, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: [model.confirmation])
        return frame.page(
            PageShape(
                title: "Xem trước \(model.act) – \(model.bodyName)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.bodyName)</p>
            <h1>Xem trước, rồi xác nhận</h1>
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            \(Parts.summaryList(model.facts))
            \(Parts.notice(.warn, model.isDue ? atOnce : later))
            <section aria-labelledby="dang-lam"><h2 id="dang-lam">Việc đang làm</h2>
            \(if: model.inFlight.isEmpty, "<p>Không có việc nào đang làm.</p>", else: Parts.summaryList(model.inFlight))
            </section>
            \(each: model.chapters.enumerated().map { ($0.offset, $0.element) }, chapter)
            \(frame.form(FormShape(action: model.action, version: model.version), """
                \(each: model.answers, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
                \(Parts.field(model.confirmation))
                \(Parts.actions(
                    Parts.button("Xác nhận", style: .destructive),
                    Parts.button("Sửa lại", name: "_act", value: "sua", style: .secondary)
                ))
                """))
            """
        )
    }

    private static let atOnce: HTML = """
        <p>Mọi việc dưới đây làm ngay khi xác nhận, trong một lần, và không lùi lại được.</p>
        """
    private static let later: HTML = """
        <p>Ngày hiệu lực chưa đến: kế hoạch được ghi lại, hệ thống tự làm vào đầu ngày đó với số liệu của ngày đó. \
        Trước ngày ấy có thể hủy kế hoạch.</p>
        """

    private static func chapter(_ number: Int, _ chapter: Chapter) -> HTML {
        """
        <section aria-labelledby="muc-\(number)">\
        \(Parts.countedHeading(chapter.title, id: "muc-\(number)", count: chapter.lines.count))
        \(if: chapter.lines.isEmpty, "<p>Không có.</p>",
            else: "<ul>\(each: chapter.lines, { "<li>\($0)</li>" })</ul>")</section>

        """
    }
}
