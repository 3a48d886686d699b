// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Markup
import Site

/// Citizens' pages of a pack that is not published: the same pages from the same pack, and nothing behind them.
public enum PackPreview {
    /// The page of the procedure.
    public static func procedurePage(_ pack: ProcedurePack, on day: LocalDate, in frame: PageFrame) -> HTML {
        let start: ProcedurePage.Start =
            pack.channels.contains(.online)
            ? .suspended(reason: "Đây là bản xem trước, chưa nộp hồ sơ được.")
            : .atDesk(reason: "Thủ tục này chưa nộp trực tuyến được.", place: "Bộ phận Một cửa nơi cư trú")
        // What the configuration lacks is no fault of the pack.
        let level = LevelAssessment.assess(LevelEvidence(pack, platform: .complete))
        let model = PublicHandlers.model(pack, on: day, agencies: 1, level: level, start: start)
        return ProcedurePage.html(model, in: frame)
    }

    /// One page of the form, tried out: what is typed is checked as in a real dossier and kept nowhere.
    ///
    /// - Parameters:
    ///   - pack: the pack.
    ///   - id: which page.
    ///   - typed: what was typed; nil for the empty page.
    ///   - example: answers to the other pages, on which questions of this one may hang.
    ///   - day: what counts as today.
    ///   - action: where the page is tried, by POST.
    ///   - frame: the frame of the site.
    /// - Returns: the page, and whether what was typed is right; nil when the form has no such page.
    public static func formPage(
        _ pack: ProcedurePack,
        page id: String,
        typed: FormAnswers?,
        example: FormAnswers,
        on day: LocalDate,
        action: String,
        in frame: PageFrame
    ) -> (html: HTML, isSound: Bool)? {
        guard let form = pack.form, let page = form.page(id) else { return nil }
        var answers = example
        if let typed { answers = form.replacing(page, with: typed, in: answers) }
        let context = ValidationContext(today: day, channel: .online)
        let check = typed.map { _ in form.validate(answers, .page(id), context) }
        let shown = check?.answers ?? FormAnswers([])
        let parts = FieldParts(
            answers: shown,
            problems: check?.problems ?? [],
            claims: IdentityClaims(),
            form: form
        )
        let known = ConditionContext(answers: answers, channel: .online, today: day)
        let index = form.pages.firstIndex { $0.id == id } ?? 0
        let model = FormPage.Model(
            procedureName: pack.name,
            title: page.title,
            lede: page.help,
            placeWord: "Trang \(index + 1) trong \(form.pages.count)",
            fields: form.visibleFields(of: page, known).map { parts.part($0) },
            action: action,
            key: "xem-truoc",
            version: 0,
            savedWord: check.map { $0.isSound ? "Các câu trả lời đều đúng. Bản xem trước không lưu gì." : "" },
            backHref: "/"
        )
        return (FormPage.html(model, in: frame), check?.isSound ?? true)
    }
}
