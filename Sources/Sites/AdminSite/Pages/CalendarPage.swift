// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/co-quan/{mã}/lich`: the days off of a year, the agency's own changes, its hours, its versions.
public enum CalendarPage {
    /// One day that is other than its day of the week says.
    public struct DayLine: Sendable {
        /// `30/04/2026, Thứ Năm`.
        public var date: String
        /// Why.
        public var reason: String
        /// True for a change of the agency's own.
        public var isOwn: Bool

        /// One day.
        public init(date: String, reason: String, isOwn: Bool) {
            (self.date, self.reason, self.isOwn) = (date, reason, isOwn)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The agency.
        public var agencyName: String
        /// The year that is shown.
        public var year: Int
        /// Working days of the year, hours, the version that holds.
        public var facts: [SummaryRow]
        /// The days of the year, in order.
        public var days: [DayLine]
        /// The published versions, the newest first.
        public var versions: [SummaryRow]
        /// The questions about a change, with what is wrong.
        public var fields: [FieldPart]
        /// What was just done.
        public var flash: String?
        /// Where a change is sent, by POST.
        public var action: String
        /// The years before and after.
        public var previousHref: String
        /// The year after.
        public var nextHref: String
        /// The agency's page.
        public var backHref: String

        /// What the page shows.
        public init(
            agencyName: String,
            year: Int,
            facts: [SummaryRow],
            days: [DayLine],
            versions: [SummaryRow],
            fields: [FieldPart],
            flash: String? = nil,
            action: String,
            previousHref: String,
            nextHref: String,
            backHref: String
        ) {
            (self.agencyName, self.year, self.facts, self.days) = (agencyName, year, facts, days)
            (self.versions, self.fields, self.flash, self.action) = (versions, fields, flash, action)
            (self.previousHref, self.nextHref, self.backHref) = (previousHref, nextHref, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(
                title: "Lịch làm việc \(model.year) – \(model.agencyName)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.agencyName)</p>
            <h1>Lịch làm việc năm \(model.year)</h1>
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(Parts.summaryList(model.facts))
            <p><a\(href: model.previousHref)>Năm \(model.year - 1)</a> · <a\(href: model.nextHref)>Năm \(model.year + 1)</a></p>
            <section aria-labelledby="ngay-nghi">\
            \(Parts.countedHeading("Ngày nghỉ và ngày làm bù", id: "ngay-nghi", count: model.days.count))
            <ul>\(each: model.days, day)</ul></section>
            <section class="sheet" aria-labelledby="doi-lich"><h2 id="doi-lich">Đổi lịch</h2>
            <p>Hồ sơ đã tiếp nhận giữ lịch của lúc tiếp nhận; hồ sơ mới theo lịch mới.</p>
            \(frame.form(FormShape(action: model.action), """
                \(Parts.fields(model.fields))
                \(Parts.button("Xem trước"))
                """))</section>
            \(if: !model.versions.isEmpty, """
                <section aria-labelledby="phien-ban"><h2 id="phien-ban">Các lần đổi</h2>
                \(Parts.summaryList(model.versions))</section>
                """)
            """
        )
    }

    private static func day(_ line: DayLine) -> HTML {
        """
        <li><span class="num">\(line.date)</span>: \(line.reason)\
        \(if: line.isOwn, " \(Parts.tag("Riêng của cơ quan", .info))")</li>

        """
    }
}
