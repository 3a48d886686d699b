// SPDX-License-Identifier: Apache-2.0

public import Markup

/// What stands around every page of the procedure builder: whose pack, how it stands, its parts, its previews.
public struct BuilderShell: Sendable {
    /// The procedure's code.
    public var code: String
    /// The procedure's name.
    public var name: String
    /// `Bản nháp`, `Đã xuất bản`, `Ngừng cung cấp`.
    public var stateWord: String
    /// How it is coloured.
    public var stateTone: PartTone
    /// When and by whom it was changed: `Sửa lúc 14:02 ngày 05/03/2026`.
    public var changedWord: String
    /// The parts of the pack; the count is that of what the checker refuses there.
    public var tabs: [NavigationItem]
    /// The previews; each opens in a window of its own.
    public var previews: [NavigationItem]
    /// The version of the draft that the page shows; nil where there is no draft.
    public var version: Int?
    /// Where changes are taken back, by POST.
    public var stepAction: String
    /// Whether a change can be taken back.
    public var canUndo: Bool
    /// Whether one that was taken back can be made again.
    public var canRedo: Bool
    /// What was just done.
    public var flash: String?
    /// Why nothing was done, where no field is to blame.
    public var hindrance: String?
    /// The list of procedures.
    public var listHref: String

    /// What stands around a page.
    public init(
        code: String,
        name: String,
        stateWord: String,
        stateTone: PartTone,
        changedWord: String,
        tabs: [NavigationItem],
        previews: [NavigationItem],
        version: Int?,
        stepAction: String,
        canUndo: Bool = false,
        canRedo: Bool = false,
        flash: String? = nil,
        hindrance: String? = nil,
        listHref: String
    ) {
        (self.code, self.name, self.stateWord, self.stateTone) = (code, name, stateWord, stateTone)
        (self.changedWord, self.tabs, self.previews) = (changedWord, tabs, previews)
        (self.version, self.stepAction, self.canUndo, self.canRedo) = (version, stepAction, canUndo, canRedo)
        (self.flash, self.hindrance, self.listHref) = (flash, hindrance, listHref)
    }

    /// A page of the builder.
    ///
    /// - Parameters:
    ///   - heading: what this page is about.
    ///   - errors: what is wrong in its fields.
    ///   - backHref: the page above; nil leads to the list.
    ///   - frame: the frame of the site.
    ///   - content: the page itself.
    /// - Returns: the page.
    public func page(
        _ heading: String,
        errors: [FieldError] = [],
        backHref: String? = nil,
        in frame: PageFrame,
        _ content: HTML
    ) -> HTML {
        frame.page(
            PageShape(
                title: "\(heading) – \(name) (\(code))",
                backHref: backHref ?? listHref,
                hasErrors: !errors.isEmpty
            ),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <p class="over"><span class="num">\(code)</span> · \(name) \(Parts.tag(stateWord, stateTone))</p>
            <h1>\(heading)</h1>
            <div class="two two-left">
            <div class="build-side"><nav class="filters" aria-label="Các phần của thủ tục"><ul>\(each: tabs, tab)</ul></nav>
            \(steps(in: frame))\(previewList)</div>
            <div class="build">\(content)</div>
            </div>
            """
        )
    }

    private func tab(_ item: NavigationItem) -> HTML {
        """
        <li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)\
        \(ifLet: item.count.flatMap { $0 > 0 ? $0 : nil }, { Parts.tag("\($0) lỗi", .bad) })</a></li>
        """
    }

    private func steps(in frame: PageFrame) -> HTML {
        guard let version, canUndo || canRedo else { return "<p class=\"hint\">\(changedWord)</p>" }
        return """
            \(frame.form(FormShape(action: stepAction, version: version), """
                <p class="hint">\(changedWord)</p><div class="build-acts">
                \(if: canUndo, Parts.button("Hoàn tác", name: "_act", value: "hoan-tac", style: .link))
                \(if: canRedo, Parts.button("Làm lại", name: "_act", value: "lam-lai", style: .link))</div>
                """))
            """
    }

    private var previewList: HTML {
        guard !previews.isEmpty else { return .empty }
        return """
            <nav class="build-previews" aria-label="Xem trước">\(Parts.details("Xem trước", """
                <ul class="links">\(each: previews, {
                    "<li><a\(href: $0.href) target=\"_blank\" rel=\"noopener\">\($0.label)<span class=\"vh\"> (mở cửa sổ mới)</span></a></li>"
                })</ul>
                """))</nav>
            """
    }
}

/// What the checker says, as pages show it.
public struct BuilderFinding: Sendable {
    /// Where: `Dòng 14`, `Tờ khai › Trang 1`.
    public var place: String
    /// What is wrong.
    public var text: String
    /// How it is mended.
    public var remedy: String
    /// Whether it keeps the pack from being published.
    public var isError: Bool
    /// The page where it is mended; nil when that is this one.
    public var href: String?

    /// What the checker says.
    public init(place: String, text: String, remedy: String, isError: Bool, href: String? = nil) {
        (self.place, self.text, self.remedy, self.isError, self.href) = (place, text, remedy, isError, href)
    }

    /// The findings as a list.
    static func list(_ findings: [BuilderFinding]) -> HTML {
        """
        <ul class="checks">\(each: findings, { finding in
            """
            <li class="\(finding.isError ? "lacks" : "warns")">\(Parts.icon(finding.isError ? .warning : .info))<span>\
            \(if: finding.isError, "<span class=\"vh\">Lỗi: </span>")\
            \(ifLet: finding.href, { "<a\(href: $0)>\(finding.place)</a>" })\
            \(if: finding.href == nil, "<b>\(finding.place)</b>")<br>\(finding.text)\
            <br><span class="mut">\(finding.remedy)</span></span></li>

            """
        })</ul>
        """
    }
}
