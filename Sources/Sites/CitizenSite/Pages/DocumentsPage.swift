// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Markup

/// The fields by which the forms of the papers name a paper and a file.
enum PaperField {
    static let paper = "giay"
    static let file = "tep"
}

/// Screen 8, `/nop/{nháp}/tep`: one row for each paper, with its files, its preview and its limits.
public enum DocumentsPage {
    /// One file that has arrived.
    public struct FileLine: Sendable {
        /// The name that the person gave it.
        public var name: String
        /// Its size in bytes.
        public var sizeBytes: Int64
        /// Pages of a PDF; nil for a picture.
        public var pageCount: Int?
        /// A small picture of it; nil without.
        public var thumbnailHref: String?
        /// Where it opens.
        public var openHref: String
        /// Where it is taken away, by POST.
        public var removeAction: String
        /// Where it goes one place up, by POST; nil where the order says nothing.
        public var raiseAction: String?

        /// One file that has arrived.
        public init(
            name: String,
            sizeBytes: Int64,
            pageCount: Int? = nil,
            thumbnailHref: String? = nil,
            openHref: String,
            removeAction: String,
            raiseAction: String? = nil
        ) {
            self.name = name
            self.sizeBytes = sizeBytes
            self.pageCount = pageCount
            self.thumbnailHref = thumbnailHref
            self.openHref = openHref
            self.removeAction = removeAction
            self.raiseAction = raiseAction
        }
    }

    /// A paper in the wallet that may be used again.
    public struct WalletChoice: Sendable {
        /// The name and the day of the paper.
        public var label: String
        /// Where it is taken, by POST.
        public var action: String

        /// A paper in the wallet that may be used again.
        public init(
            label: String,
            action: String
        ) {
            self.label = label
            self.action = action
        }
    }

    /// Files of other papers of the draft that may stand for this one too.
    public struct Reuse: Sendable {
        /// The id and the name of each file.
        public var files: [FieldPart.Choice]
        /// Where one is taken, by POST.
        public var action: String

        /// Files of other papers of the draft that may stand for this one too.
        public init(
            files: [FieldPart.Choice],
            action: String
        ) {
            self.files = files
            self.action = action
        }
    }

    /// One paper that the dossier must or may hold.
    public struct PaperNeed: Sendable {
        /// The pack's id of the component; the name under which files are sent.
        public var id: String
        /// The name of the paper.
        public var name: String
        /// What is asked of it: original, copy, which pages.
        public var detail: String
        /// True when it may be left out.
        public var isOptional: Bool
        /// The blank form; nil without.
        public var blankHref: String?
        /// A filled sample; nil without.
        public var sampleHref: String?
        /// The files that have arrived.
        public var files: [FileLine]
        /// What is wrong (`ux.md` §4.4); nil when nothing is.
        public var error: String?
        /// Where files are sent.
        public var uploadAction: String
        /// Where its photos are joined to one PDF, by POST; nil with fewer than two.
        public var joinAction: String?
        /// Files that were uploaded for other papers; nil without.
        public var reuse: Reuse?
        /// Papers of the wallet that fit.
        public var wallet: [WalletChoice]

        /// One paper that the dossier must or may hold.
        public init(
            id: String,
            name: String,
            detail: String,
            isOptional: Bool,
            blankHref: String? = nil,
            sampleHref: String? = nil,
            files: [FileLine],
            error: String? = nil,
            uploadAction: String,
            joinAction: String? = nil,
            reuse: Reuse? = nil,
            wallet: [WalletChoice] = []
        ) {
            self.id = id
            self.name = name
            self.detail = detail
            self.isOptional = isOptional
            self.blankHref = blankHref
            self.sampleHref = sampleHref
            self.files = files
            self.error = error
            self.uploadAction = uploadAction
            self.joinAction = joinAction
            self.reuse = reuse
            self.wallet = wallet
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The papers.
        public var papers: [PaperNeed]
        /// The largest file, in bytes.
        public var fileLimitBytes: Int64
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
            fileLimitBytes: Int64,
            dossierLimitBytes: Int64,
            continueAction: String,
            key: String,
            backHref: String
        ) {
            self.procedureName = procedureName
            self.papers = papers
            self.fileLimitBytes = fileLimitBytes
            self.dossierLimitBytes = dossierLimitBytes
            self.continueAction = continueAction
            self.key = key
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = model.papers.compactMap { paper in
            paper.error.map { FieldError(controlID: paper.id, text: $0) }
        }
        let shape = PageShape(
            title: "Giấy tờ – \(model.procedureName)",
            backHref: model.backHref,
            hasErrors: !errors.isEmpty,
            width: .text,
            modules: [.upload]
        )
        return frame.page(
            shape,
            """
            \(Parts.errorSummary(errors))
            <p class="over">\(model.procedureName)</p>
            <h1>Giấy tờ</h1>
            <p class="lede">Chụp bằng điện thoại hoặc chọn tệp có sẵn. Nhiều ảnh của một giấy tờ gộp được lại.</p>
            \(each: model.papers, { paper($0, model, in: frame) })
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
        model.papers.flatMap(\.files).reduce(0) { $0 + $1.sizeBytes }
    }

    private static func paper(_ paper: PaperNeed, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="\(paper.id)-ten">
        <div class="paper-head"><h2 id="\(paper.id)-ten">\(paper.name)\
        \(if: paper.isOptional && !paper.name.contains("(nếu "), """
             <span class="opt-mark">(không bắt buộc)</span>
            """)</h2>\(state(paper))</div>
        <p class="mut">\(paper.detail)</p>
        \(if: paper.blankHref != nil || paper.sampleHref != nil, """
            <p class="meta">\(ifLet: paper.blankHref, { Parts.download("Mẫu trống", href: $0) })\
            \(ifLet: paper.sampleHref, { Parts.download("Mẫu đã điền", href: $0) })</p>
            """)
        \(if: !paper.files.isEmpty, "<ul class=\"files\">\(each: paper.files, { file($0, in: frame) })</ul>")
        \(ifLet: paper.joinAction, { join(paper, action: $0, in: frame) })
        \(upload(paper, model, in: frame))
        \(ifLet: paper.reuse, { reuse(paper, $0, in: frame) })
        \(each: paper.wallet, { wallet($0, in: frame) })
        </section>
        """
    }

    private static func state(_ paper: PaperNeed) -> HTML {
        if paper.error != nil { return Parts.tag("Có lỗi cần sửa", .bad) }
        if !paper.files.isEmpty { return "<span class=\"task-state\">\(Parts.icon(.check))Đã có</span>" }
        return paper.isOptional ? .empty : Parts.tag("Chưa có", .info)
    }

    private static func file(_ file: FileLine, in frame: PageFrame) -> HTML {
        """
        <li>\(thumbnail(file))<p><a\(href: file.openHref) target="_blank" rel="noopener">\(file.name)\
        <span class="vh"> (mở ở cửa sổ mới)</span></a><br>
        <small class="mut">\(String(fileSize: file.sizeBytes))\(ifLet: file.pageCount, { ", \($0) trang" })</small></p>
        <div class="unit">\(ifLet: file.raiseAction, { raise(file, action: $0, in: frame) })\
        \(frame.form(
            FormShape(action: file.removeAction),
            Parts.button("Bỏ", style: .link, spoken: file.name)
        ))</div></li>

        """
    }

    private static func raise(_ file: FileLine, action: String, in frame: PageFrame) -> HTML {
        frame.form(FormShape(action: action), Parts.button("Đưa lên", style: .link, spoken: file.name))
    }

    private static func thumbnail(_ file: FileLine) -> HTML {
        guard let address = file.thumbnailHref else { return "<span class=\"thumb\">\(Parts.icon(.document))</span>" }
        return "<img class=\"thumb\"\(src: address) alt=\"\" width=\"64\" height=\"64\">"
    }

    private static func upload(_ paper: PaperNeed, _ model: Model, in frame: PageFrame) -> HTML {
        let label = paper.files.isEmpty ? "Chọn tệp hoặc chụp ảnh" : "Thêm hoặc thay tệp"
        let part = FilePart(
            id: paper.id,
            label: label,
            paperName: paper.name,
            error: paper.error,
            limitBytes: model.fileLimitBytes
        )
        return frame.form(
            FormShape(action: paper.uploadAction, isMultipart: true, sendsFilesAtOnce: true),
            """
            \(Parts.fileInput(part))
            <p data-send>\(Parts.button("Tải lên", style: .secondary, icon: .upload, spoken: paper.name))</p>
            """
        )
    }

    private static func join(_ paper: PaperNeed, action: String, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: action),
            """
            <p class="mut">Các ảnh thành các trang theo thứ tự trên. Ảnh rời không còn trong danh sách.</p>
            <input type="hidden" name="\(PaperField.paper)" value="\(paper.id)">\
            \(Parts.button("Gộp thành một tệp PDF", style: .secondary, icon: .copy, spoken: paper.name))
            """
        )
    }

    private static func reuse(_ paper: PaperNeed, _ reuse: Reuse, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: reuse.action),
            """
            <div class="f"><label for="\(paper.id)-lai">Dùng lại tệp đã tải\
            <span class="vh"> \(paper.name)</span></label>
            <input type="hidden" name="\(PaperField.paper)" value="\(paper.id)">\
            <span class="unit"><select id="\(paper.id)-lai" name="\(PaperField.file)"><option value="">Chọn</option>\
            \(each: reuse.files, { "<option value=\"\($0.value)\">\($0.label)</option>" })</select>\
            \(Parts.button("Dùng lại", style: .secondary, spoken: paper.name))</span></div>
            """
        )
    }

    private static func wallet(_ choice: WalletChoice, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: choice.action),
            """
            <p class="mut">Trong kho giấy tờ: \(choice.label)</p>
            \(Parts.button("Dùng lại giấy này", style: .secondary, icon: .wallet, spoken: choice.label))
            """
        )
    }
}
