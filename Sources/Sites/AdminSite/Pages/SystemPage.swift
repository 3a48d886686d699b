// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// Screen 25, `/quan-tri`: how the system stands, the red item first.
public enum SystemPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What waits, by kind.
        public var waiting: [WaitingLine]
        /// What was given up after all attempts.
        public var deadCount: Int
        /// Where the queues and dead letters stand.
        public var queueHref: String
        /// Journal, database, sessions.
        public var facts: [SummaryRow]
        /// Where sample data stand: what they are, line by line; empty in a real province.
        public var sample: [SummaryRow]
        /// The other pages of administration.
        public var links: [NavigationItem]

        /// What the page shows.
        public init(
            waiting: [WaitingLine],
            deadCount: Int,
            queueHref: String,
            facts: [SummaryRow],
            sample: [SummaryRow],
            links: [NavigationItem]
        ) {
            self.waiting = waiting
            self.deadCount = deadCount
            self.queueHref = queueHref
            self.facts = facts
            self.sample = sample
            self.links = links
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Quản trị"),
            """
            <h1>Quản trị</h1>
            \(if: !model.sample.isEmpty, Parts.notice(.info, """
                <p>Hệ thống đang chứa dữ liệu mẫu của một tỉnh để dùng thử. Không nhập dữ liệu thật của người dân.</p>
                """))
            \(state(model))
            \(WaitingTable.section(model.waiting))
            <section aria-labelledby="he-thong"><h2 id="he-thong">Hệ thống</h2>
            \(Parts.summaryList(model.facts))</section>
            \(sample(model.sample))
            <nav aria-labelledby="lam-gi"><h2 id="lam-gi">Việc quản trị</h2>
            <ul class="links">\(each: model.links, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul></nav>
            """
        )
    }

    private static func sample(_ rows: [SummaryRow]) -> HTML {
        """
        <section aria-labelledby="du-lieu-mau"><h2 id="du-lieu-mau">Dữ liệu mẫu</h2>
        \(if: rows.isEmpty, "<p>Không có dữ liệu mẫu. Đây là cơ sở dữ liệu thật nên không nạp được dữ liệu mẫu vào.</p>")
        \(if: !rows.isEmpty, Parts.summaryList(rows))
        \(if: !rows.isEmpty, """
            <p>Nhật ký không xóa được từng phần, nên dữ liệu mẫu không gỡ riêng được. Muốn dùng thật: dừng hệ thống, đặt
            MOTCUA_DATA (và MOTCUA_DATABASE) sang chỗ trống, cài đặt lại từ đầu rồi xóa chỗ cũ.</p>
            """)
        </section>
        """
    }

    private static func state(_ model: Model) -> HTML {
        guard model.deadCount > 0 else {
            let isLate = model.waiting.contains(where: \.isLate)
            return isLate
                ? Parts.notice(.warn, "<p>Có việc đã quá lúc phải gửi. Xem các dòng đánh dấu “gửi chậm”.</p>")
                : Parts.notice(.ok, "<p>Mọi việc gửi đi đều bình thường.</p>")
        }
        return Parts.notice(
            .bad,
            title: "\(String(grouped: model.deadCount)) việc không gửi được",
            """
            <p>Đã thử hết số lần cho phép nên hệ thống dừng lại. Xem nguyên nhân, sửa xong thì gửi lại.</p>
            <p><a\(href: model.queueHref)>Xem các việc bị dừng</a></p>
            """
        )
    }
}
