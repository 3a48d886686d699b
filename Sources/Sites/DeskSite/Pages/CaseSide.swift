// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup

/// The right side of a case: one action panel, then what the officer must know.
enum CaseSide {
    // MARK: - The action panel

    static func acts(_ model: CasePage.Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet acts case-acts np" aria-labelledby="viec-tiep"><h2 id="viec-tiep">Việc tiếp theo</h2>
        \(standing(model, in: frame))
        \(ifLet: model.holdWord, { "<p class=\"hint\">\($0)</p>" })
        \(ifLet: model.primaryAct, { act($0, isPrimary: true, model, in: frame) })
        \(if: !model.otherActs.isEmpty, """
            <div class="acts-more">\(each: model.otherActs, { act($0, isPrimary: false, model, in: frame) })</div>
            """)
        \(if: !model.hindered.isEmpty, """
            <h3>Chưa làm được</h3>\(Parts.summaryList(model.hindered))
            """)
        </section>
        """
    }

    private static func standing(_ model: CasePage.Model, in frame: PageFrame) -> HTML {
        switch model.standing {
        case .mine: .empty
        case .unassigned(let takeAction, let key):
            """
            <p>Hồ sơ chưa có người nhận. Dữ liệu cá nhân được che đến khi nhận.</p>
            \(frame.form(
                FormShape(action: takeAction, idempotencyKey: key, version: model.version),
                "<button class=\"btn\" data-key-accept>Nhận việc này</button>"
            ))
            """
        case .others(let holder): "<p>Hồ sơ đang ở \(holder). Chỉ xem được.</p>"
        case .closed(let word): "<p>\(word)</p>"
        }
    }

    private static func act(
        _ act: CasePage.CaseAct,
        isPrimary: Bool,
        _ model: CasePage.Model,
        in frame: PageFrame
    ) -> HTML {
        let style: ButtonStyle = isPrimary ? .primary : .secondary
        let hint: HTML = "\(ifLet: act.hint, { "<p class=\"hint\">\($0)</p>" })"
        switch act.way {
        case .post(let action):
            let button: HTML = """
                <button class="\(style.rawValue)"\(flag: "data-key-accept", isPrimary)>\(act.label)</button>
                """
            let shape = FormShape(action: action, idempotencyKey: model.key, version: model.version)
            return "<div class=\"act\">\(frame.form(shape, button))\(hint)</div>"
        case .page(let href):
            return "<div class=\"act\">\(Parts.linkButton(act.label, href: href, style: style))\(hint)</div>"
        }
    }

    // MARK: - Data

    static func data(_ model: CasePage.Model, in frame: PageFrame) -> HTML {
        """
        \(ifLet: model.authority, { CaseAuthority.html($0, in: frame) })
        \(CaseConsultations.html(model.consultations))
        <section aria-labelledby="kiem"><h2 id="kiem">Giấy tờ cần có</h2>\(checklist(model.checklist))</section>
        \(each: model.groups, { "<h2>\($0.title)</h2>\(Parts.summaryList($0.rows))" })
        \(ifLet: model.revealHref, { href in
            """
            <p class="np">\(Parts.linkButton("Hiện dữ liệu bị che", href: href, style: .secondary))</p>
            <p class="hint np">Nêu mục đích trước khi xem. Việc xem được ghi lại, người nộp hồ sơ đọc được.</p>
            """
        })
        \(ifLet: model.paymentWord, { "<h2>Thanh toán</h2><p>\($0)</p>" })
        \(if: !model.slips.isEmpty, """
            <h2>Phiếu của hồ sơ</h2><ul class="links">\(each: model.slips, {
                "<li>\(Parts.iconLink($0.label, href: $0.href, icon: .printer))</li>"
            })</ul>
            """)
        \(if: !model.deadlineTrace.isEmpty, Parts.details("Hạn được tính thế nào", """
            <ol>\(each: model.deadlineTrace, { "<li>\($0)</li>" })</ol>
            """))
        \(history(model.history))
        \(if: !model.otherDossiers.isEmpty, Parts.details("Hồ sơ khác của người này", """
            <ul>\(each: model.otherDossiers, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul>
            """))
        """
    }

    private static func checklist(_ lines: [CasePage.ChecklistLine]) -> HTML {
        """
        <ul class="checks">\(each: lines, { line in
            """
            <li\(classes: line.isPresent ? "has" : line.isNeeded ? "lacks" : nil)>\
            \(Parts.icon(line.isPresent ? .check : line.isNeeded ? .warning : .info))\
            <span>\(line.paperName) <small class="mut">\(line.detail)</small></span>\
            <strong>\(line.isPresent ? "Đã có" : line.isNeeded ? "Thiếu" : "Không có")</strong></li>

            """
        })</ul>
        """
    }

    private static func history(_ lines: [CasePage.HistoryLine]) -> HTML {
        let people = lines.filter { !$0.isBySystem }
        let system = lines.filter(\.isBySystem)
        return """
            <section aria-labelledby="lich-su"><h2 id="lich-su">Diễn biến</h2>
            <ol class="events">\(each: people, event)</ol>
            \(if: !system.isEmpty, Parts.details("\(system.count) việc hệ thống tự làm", """
                <ol class="events">\(each: system, event)</ol>
                """))</section>
            """
    }

    private static func event(_ line: CasePage.HistoryLine) -> HTML {
        """
        <li><p>\(line.what)</p><p class="mut">\(line.at.vietnamese) · \(line.actor)</p>\
        \(ifLet: line.note, { "<p>\($0)</p>" })</li>

        """
    }
}
