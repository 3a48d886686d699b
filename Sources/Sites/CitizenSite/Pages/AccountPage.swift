// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 13, `/tai-khoan`: what needs me, my drafts, what is on its way, what is finished.
public enum AccountPage {
    /// One dossier or draft.
    public struct DossierLine: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The code; nil for a draft.
        public var code: String?
        /// The public word of its status.
        public var statusWord: String
        /// How it is coloured.
        public var statusTone: PartTone
        /// "Hẹn trả 17:00 ngày 12/03/2026", "Lưu lúc 14:02 hôm nay, giữ đến 20/06/2026".
        public var detail: String
        /// Its page.
        public var href: String
        /// The one act: "Tiếp tục", "Thanh toán", "Bổ sung hồ sơ", "Tải kết quả"; nil where looking is enough.
        public var actLabel: String?

        /// One dossier or draft.
        public init(
            procedureName: String,
            code: String? = nil,
            statusWord: String,
            statusTone: PartTone,
            detail: String,
            href: String,
            actLabel: String? = nil
        ) {
            self.procedureName = procedureName
            self.code = code
            self.statusWord = statusWord
            self.statusTone = statusTone
            self.detail = detail
            self.href = href
            self.actLabel = actLabel
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The name of the person.
        public var name: String
        /// The business for which the person acts; nil otherwise.
        public var actingFor: String?
        /// What waits for the person, the most urgent first.
        public var needsMe: [DossierLine]
        /// Not yet submitted.
        public var drafts: [DossierLine]
        /// With the state.
        public var processing: [DossierLine]
        /// Finished: delivered, declined, withdrawn.
        public var finished: [DossierLine]
        /// The older finished ones.
        public var nextHref: String?
        /// Where a new dossier begins.
        public var proceduresHref: String
        /// What the person may see and ask about her own data.
        public var dataLinks: [NavigationItem]
        /// The devices in which one is signed in; nil where they are not told.
        public var devicesHref: String?
        /// For whom one may act; nil where it is not told.
        public var representationsHref: String?
        /// What just happened: "Đã rút hồ sơ …"; nil otherwise.
        public var flash: String?

        /// What the page shows.
        public init(
            name: String,
            actingFor: String? = nil,
            needsMe: [DossierLine],
            drafts: [DossierLine],
            processing: [DossierLine],
            finished: [DossierLine],
            nextHref: String? = nil,
            proceduresHref: String,
            dataLinks: [NavigationItem] = [],
            devicesHref: String? = nil,
            representationsHref: String? = nil,
            flash: String? = nil
        ) {
            self.representationsHref = representationsHref
            self.devicesHref = devicesHref
            self.name = name
            self.actingFor = actingFor
            self.needsMe = needsMe
            self.drafts = drafts
            self.processing = processing
            self.finished = finished
            self.nextHref = nextHref
            self.proceduresHref = proceduresHref
            self.dataLinks = dataLinks
            self.flash = flash
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let isEmpty = [model.needsMe, model.drafts, model.processing, model.finished].allSatisfy(\.isEmpty)
        return frame.page(
            PageShape(title: "Hồ sơ của tôi", width: .text),
            """
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            <h1>Hồ sơ của tôi</h1>
            <p class="mut">\(model.name)\(ifLet: model.actingFor, { ", thay mặt <strong>\($0)</strong>" })</p>
            \(if: isEmpty, nothing(model), else: groups(model))
            \(if: !model.dataLinks.isEmpty, """
                <section aria-labelledby="du-lieu"><h2 id="du-lieu">Dữ liệu của tôi</h2>
                <ul class="links">\(each: model.dataLinks, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul></section>
                """)
            \(ifLet: model.representationsHref, { href in
                "<p><a class=\"ilink\"\(href: href)>\(Parts.icon(.person))Làm thay người khác, doanh nghiệp</a></p>"
            })
            \(ifLet: model.devicesHref, { href in
                "<p><a class=\"ilink\"\(href: href)>\(Parts.icon(.shield))Thiết bị đang đăng nhập</a></p>"
            })
            """
        )
    }

    private static func nothing(_ model: Model) -> HTML {
        Parts.emptyState(
            "Chưa có hồ sơ nào",
            "<p>\(Parts.linkButton("Tìm thủ tục", href: model.proceduresHref, icon: .search))</p>"
        )
    }

    private static func groups(_ model: Model) -> HTML {
        """
        \(group("Cần làm", id: "can-lam", model.needsMe, isUrgent: true))
        \(group("Bản nháp", id: "nhap", model.drafts))
        \(group("Đang giải quyết", id: "dang", model.processing))
        \(group("Đã xong", id: "xong", model.finished))
        \(if: model.nextHref != nil, Parts.pagination(
            shown: "\(model.finished.count) hồ sơ mới nhất",
            firstHref: nil,
            nextHref: model.nextHref
        ))
        <p><a class="ilink"\(href: model.proceduresHref)>\(Parts.icon(.search))Làm thủ tục khác</a></p>
        """
    }

    private static func group(_ title: String, id: String, _ lines: [DossierLine], isUrgent: Bool = false) -> HTML {
        guard !lines.isEmpty else { return .empty }
        return """
            <section aria-labelledby="\(id)"\(classes: isUrgent ? "urgent" : nil)>
            \(Parts.countedHeading(title, id: id, count: lines.count))
            <ul class="rows">\(each: lines.enumerated(), { line($0.element, isFirstUrgent: isUrgent && $0.offset == 0) })</ul>
            </section>
            """
    }

    private static func line(_ line: DossierLine, isFirstUrgent: Bool) -> HTML {
        """
        <li class="row-act"><div><h3><a\(href: line.href)>\(line.procedureName)</a></h3>
        <p class="meta">\(Parts.tag(line.statusWord, line.statusTone)) \
        \(ifLet: line.code, { "<span class=\"num\">\($0)</span> " })<span>\(line.detail)</span></p></div>\
        \(ifLet: line.actLabel, { label in
            """
            <a class="\(isFirstUrgent ? "btn" : "btn btn-2")"\(href: line.href)>\(label)\
            <span class="vh"> \(line.procedureName)</span></a>
            """
        })</li>

        """
    }
}
