// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/co-quan/{mã}`: one agency: its units, its officers.
public enum AgencyPage {
    /// One officer.
    public struct OfficerLine: Sendable {
        /// The full name.
        public var name: String
        /// The name for signing in.
        public var loginName: String
        /// The position.
        public var position: String
        /// The unit.
        public var unitName: String
        /// The roles in words.
        public var rolesWord: String
        /// The officer's page.
        public var href: String

        /// One officer.
        public init(
            name: String,
            loginName: String,
            position: String,
            unitName: String,
            rolesWord: String,
            href: String
        ) {
            self.name = name
            self.loginName = loginName
            self.position = position
            self.unitName = unitName
            self.rolesWord = rolesWord
            self.href = href
        }
    }

    /// One unit, or one body below.
    public struct BodyLine: Sendable {
        /// The name.
        public var name: String
        /// Until when it existed and who has taken over; nil for one that stands.
        public var detail: String?
        /// Its page; nil where there is nothing to do.
        public var href: String?

        /// One unit, or one body below.
        public init(name: String, detail: String? = nil, href: String?) {
            (self.name, self.detail, self.href) = (name, detail, href)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The full name.
        public var name: String
        /// Code, body above, place.
        public var facts: [SummaryRow]
        /// The units, one-stop desks first, closed ones too.
        public var units: [BodyLine]
        /// The bodies directly below.
        public var below: [BodyLine]
        /// Officers who may sign in, by given name.
        public var active: [OfficerLine]
        /// Officers whose account is locked.
        public var locked: [OfficerLine]
        /// What may be done to the agency; empty for one that is closed.
        public var acts: [NavigationItem]
        /// Where an officer is added; nil where there is no unit to put one in.
        public var newOfficerHref: String?
        /// What was just done.
        public var flash: String?
        /// The list of agencies.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            facts: [SummaryRow],
            units: [BodyLine],
            below: [BodyLine] = [],
            active: [OfficerLine],
            locked: [OfficerLine],
            acts: [NavigationItem] = [],
            newOfficerHref: String?,
            flash: String? = nil,
            backHref: String
        ) {
            self.name = name
            self.facts = facts
            self.units = units
            self.below = below
            self.acts = acts
            self.flash = flash
            self.active = active
            self.locked = locked
            self.newOfficerHref = newOfficerHref
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(title: "Cán bộ – \(model.name)", backHref: model.backHref),
            """
            <h1>\(model.name)</h1>
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(Parts.summaryList(model.facts))
            <section aria-labelledby="dang-lam">\
            \(Parts.countedHeading("Cán bộ đang làm việc", id: "dang-lam", count: model.active.count))
            \(if: model.active.isEmpty, "<p>Chưa có cán bộ nào của cơ quan này đăng nhập được.</p>",
                else: table(model.active, labelledBy: "dang-lam"))
            \(ifLet: model.newOfficerHref, { "<p>\(Parts.linkButton("Thêm cán bộ", href: $0, icon: .person))</p>" })
            </section>
            <section aria-labelledby="don-vi">\(Parts.countedHeading("Đơn vị", id: "don-vi", count: model.units.count))
            \(if: model.units.isEmpty, "<p>Cơ quan này chưa có đơn vị, nên chưa thêm được cán bộ.</p>",
                else: bodies(model.units))</section>
            \(if: !model.below.isEmpty, """
                <section aria-labelledby="truc-thuoc">\
                \(Parts.countedHeading("Cơ quan trực thuộc", id: "truc-thuoc", count: model.below.count))
                \(bodies(model.below))</section>
                """)
            \(if: !model.acts.isEmpty, """
                <nav aria-labelledby="lam-gi"><h2 id="lam-gi">Tổ chức</h2>
                <ul class="links">\(each: model.acts, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul></nav>
                """)
            \(if: !model.locked.isEmpty, """
                <section aria-labelledby="da-khoa">\
                \(Parts.countedHeading("Tài khoản đã khóa", id: "da-khoa", count: model.locked.count))
                \(table(model.locked, labelledBy: "da-khoa"))</section>
                """)
            """
        )
    }

    private static func bodies(_ lines: [BodyLine]) -> HTML {
        """
        <ul>\(each: lines, { line in
            """
            <li>\(if: line.href == nil, HTML(text: line.name),
                else: "<a\(href: line.href ?? "")>\(line.name)</a>")\
            \(ifLet: line.detail, { " <small class=\"mut\">\($0)</small>" })</li>

            """
        })</ul>
        """
    }

    private static func table(_ officers: [OfficerLine], labelledBy id: String) -> HTML {
        Parts.cardTable(
            CardTable(
                labelledBy: id,
                columns: [
                    CardTable.Column("Họ và tên"), CardTable.Column("Chức vụ"), CardTable.Column("Đơn vị"),
                    CardTable.Column("Vai trò"),
                ],
                lines: officers.map { officer in
                    CardTable.TableLine([
                        "<a\(href: officer.href)>\(officer.name)</a> <small class=\"mut\">\(officer.loginName)</small>",
                        HTML(text: officer.position), HTML(text: officer.unitName), HTML(text: officer.rolesWord),
                    ])
                }
            )
        )
    }
}
