// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// Screen 8, `/nop/{nháp}/tep`: one row for each paper, with its files, its preview and its limits.
public enum DocumentsPage {
    /// One paper that the dossier must or may hold.
    public struct PaperNeed: Sendable {
        /// Its name and its files.
        public var paper: PaperFiles
        /// What is asked of it: original, copy, which pages.
        public var detail: String
        /// True when it may be missing.
        public var isOptional: Bool
        /// The blank form; nil without.
        public var blankHref: String?
        /// A filled sample; nil without.
        public var sampleHref: String?

        /// One paper that the dossier must or may hold.
        public init(
            paper: PaperFiles,
            detail: String,
            isOptional: Bool,
            blankHref: String? = nil,
            sampleHref: String? = nil
        ) {
            self.paper = paper
            self.detail = detail
            self.isOptional = isOptional
            self.blankHref = blankHref
            self.sampleHref = sampleHref
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The papers.
        public var papers: [PaperNeed]
        /// All files of the dossier together, in bytes.
        public var dossierLimitBytes: Int64
        /// Where one goes on, by POST: it checks that nothing is missing.
        public var continueAction: String
        /// The key of going on.
        public var key: String
        /// The task list.
        public var backHref: String

        /// What the page shows.
        public init(
            procedureName: String,
            papers: [PaperNeed],
            dossierLimitBytes: Int64,
            continueAction: String,
            key: String,
            backHref: String
        ) {
            self.procedureName = procedureName
            self.papers = papers
            self.dossierLimitBytes = dossierLimitBytes
            self.continueAction = continueAction
            self.key = key
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = model.papers.map(\.paper).compactMap { paper in
            paper.error.map { FieldError(controlID: paper.id, text: $0) }
        }
        let shape = PageShape(
            title: "Giấy tờ – \(model.procedureName)",
            backHref: model.backHref,
            hasErrors: !errors.isEmpty,
            width: .text,
            modules: [.upload, .resume]
        )
        return frame.page(
            shape,
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.procedureName)</p>
            <h1>Giấy tờ</h1>
            <p class="lede">Chụp bằng điện thoại hoặc chọn tệp có sẵn. Nhiều ảnh của một giấy tờ gộp được lại.</p>
            \(each: model.papers, { need($0, in: frame) })
            \(if: usedBytes(model) > 0, """
                <p class="mut">Đã dùng \(String(fileSize: usedBytes(model))) trong \
                \(String(fileSize: model.dossierLimitBytes)) của hồ sơ.</p>
                """)
            \(frame.form(FormShape(action: model.continueAction, idempotencyKey: model.key), Parts.actions(
                Parts.button("Tiếp tục", name: "_act", value: "tiep"),
                Parts.button("Lưu và thoát", name: "_act", value: "thoat", style: .link)
            )))
            """
        )
    }

    private static func usedBytes(_ model: Model) -> Int64 {
        model.papers.flatMap(\.paper.files).reduce(0) { $0 + $1.sizeBytes }
    }

    private static func need(_ need: PaperNeed, in frame: PageFrame) -> HTML {
        let paper = need.paper
        return """
            <section class="sheet" aria-labelledby="\(paper.id)-ten">
            <div class="paper-head"><h2 id="\(paper.id)-ten">\(paper.name)\
            \(if: need.isOptional && !paper.name.contains("(nếu "), """
                 <span class="opt-mark">(không bắt buộc)</span>
                """)</h2>\(state(need))</div>
            <p class="mut">\(need.detail)</p>
            \(if: need.blankHref != nil || need.sampleHref != nil, """
                <p class="meta">\(ifLet: need.blankHref, { Parts.download("Mẫu trống", href: $0) })\
                \(ifLet: need.sampleHref, { Parts.download("Mẫu đã điền", href: $0) })</p>
                """)
            \(paper.html(in: frame))
            </section>
            """
    }

    private static func state(_ need: PaperNeed) -> HTML {
        if need.paper.error != nil { return Parts.tag("Có lỗi cần sửa", .bad) }
        if !need.paper.files.isEmpty { return "<span class=\"task-state\">\(Parts.icon(.check))Đã có</span>" }
        return need.isOptional ? .empty : Parts.tag("Chưa có", .info)
    }
}
