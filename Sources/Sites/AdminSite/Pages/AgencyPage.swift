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

    /// What the page shows.
    public struct Model: Sendable {
        /// The full name.
        public var name: String
        /// Code, body above, place.
        public var facts: [SummaryRow]
        /// The units, one-stop desks first.
        public var units: [String]
        /// Officers who may sign in, by given name.
        public var active: [OfficerLine]
        /// Officers whose account is locked.
        public var locked: [OfficerLine]
        /// Where an officer is added; nil where there is no unit to put one in.
        public var newOfficerHref: String?
        /// The list of agencies.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            facts: [SummaryRow],
            units: [String],
            active: [OfficerLine],
            locked: [OfficerLine],
            newOfficerHref: String?,
            backHref: String
        ) {
            self.name = name
            self.facts = facts
            self.units = units
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
            \(Parts.summaryList(model.facts))
            <section aria-labelledby="dang-lam">\
            \(Parts.countedHeading("Cán bộ đang làm việc", id: "dang-lam", count: model.active.count))
            \(if: model.active.isEmpty, "<p>Chưa có cán bộ nào của cơ quan này đăng nhập được.</p>",
                else: table(model.active, labelledBy: "dang-lam"))
            \(ifLet: model.newOfficerHref, { "<p>\(Parts.linkButton("Thêm cán bộ", href: $0, icon: .person))</p>" })
            </section>
            <section aria-labelledby="don-vi">\(Parts.countedHeading("Đơn vị", id: "don-vi", count: model.units.count))
            \(if: model.units.isEmpty, "<p>Cơ quan này chưa có đơn vị, nên chưa thêm được cán bộ.</p>",
                else: "<ul>\(each: model.units, { "<li>\($0)</li>" })</ul>")</section>
            \(if: !model.locked.isEmpty, """
                <section aria-labelledby="da-khoa">\
                \(Parts.countedHeading("Tài khoản đã khóa", id: "da-khoa", count: model.locked.count))
                \(table(model.locked, labelledBy: "da-khoa"))</section>
                """)
            """
        )
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
