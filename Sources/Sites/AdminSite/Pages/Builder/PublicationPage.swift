// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/thu-tuc/{mã}/xuat-ban`: what the checker says, what changes, who is on the way, and the one button.
public enum PublicationPage {
    /// One thing that changes against the published version.
    public struct Change: Sendable {
        /// Where.
        public var place: String
        /// What stood there; nil for what is new.
        public var before: String?
        /// What stands there now; nil for what goes.
        public var after: String?

        /// One thing that changes.
        public init(place: String, before: String?, after: String?) {
            (self.place, self.before, self.after) = (place, before, after)
        }
    }

    /// What a draft is compared with.
    public enum Comparison: Sendable {
        /// The version that is offered.
        case published
        /// The procedure that it was copied from: its name, and its page.
        case model(String, href: String)
        /// Nothing: it is new.
        case nothing
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// What the checker says; errors keep the pack from being published.
        public var findings: [BuilderFinding]
        /// `2 ví dụ đều đúng`; nil while they cannot be played.
        public var examplesWord: String?
        /// Facts that nobody has compared; they keep the pack from being published.
        public var unverified: [String]
        /// Facts that count as compared since the version that is offered, and did not before.
        public var turned: [String]
        /// Where they are compared.
        public var factsHref: String
        /// What the draft is compared with.
        public var comparison: Comparison
        /// What changes.
        public var changes: [Change]
        /// How many changes there are beside those shown.
        public var moreChanges: Int
        /// What the change means for dossiers on their way, line by line.
        public var inFlight: [String]
        /// The reason as typed, with what is wrong.
        public var reason: FieldPart
        /// Where it is published, by POST.
        public var action: String
        /// Earlier versions and what was done.
        public var historyHref: String

        /// What the page shows.
        public init(
            shell: BuilderShell,
            findings: [BuilderFinding],
            examplesWord: String?,
            unverified: [String],
            turned: [String] = [],
            factsHref: String,
            comparison: Comparison,
            changes: [Change],
            moreChanges: Int = 0,
            inFlight: [String],
            reason: FieldPart,
            action: String,
            historyHref: String
        ) {
            (self.shell, self.findings, self.examplesWord) = (shell, findings, examplesWord)
            (self.unverified, self.factsHref, self.comparison) = (unverified, factsHref, comparison)
            self.turned = turned
            (self.changes, self.moreChanges, self.inFlight) = (changes, moreChanges, inFlight)
            (self.reason, self.action, self.historyHref) = (reason, action, historyHref)
        }

        var isReady: Bool { !findings.contains(where: \.isError) && unverified.isEmpty }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        model.shell.page(
            "Xuất bản",
            errors: FieldError.all(in: [model.reason]),
            in: frame,
            """
            <h2>Kiểm tra</h2>\(check(model))
            \(turned(model))
            <h2 id="khac">\(heading(model))</h2>\(difference(model))
            <h2>Hồ sơ đang giải quyết</h2>
            <ul>\(each: model.inFlight, { "<li>\($0)</li>" })</ul>
            \(if: model.isReady, publish(model, in: frame))
            <p><a\(href: model.historyHref)>Các phiên bản, quay lại bản trước, ngừng cung cấp</a></p>
            """
        )
    }

    private static func check(_ model: Model) -> HTML {
        let errors = model.findings.count { $0.isError }
        return """
            \(errors > 0
                ? Parts.notice(.bad, "<p>Còn \(errors) lỗi, chưa xuất bản được.</p>")
                : Parts.notice(.ok, "<p>Bộ kiểm tra không thấy lỗi.\(ifLet: model.examplesWord, { " \($0)" })</p>"))
            \(if: !model.findings.isEmpty, BuilderFinding.list(model.findings))
            \(if: !model.unverified.isEmpty, """
                \(Parts.notice(.warn, title: "\(model.unverified.count) nội dung chưa đối chiếu với văn bản gốc", """
                    <p>Nội dung chưa đối chiếu thì chưa xuất bản được. <a\(href: model.factsHref)>Đối chiếu</a></p>
                    """))
                <ul>\(each: model.unverified.prefix(40), { "<li>\($0)</li>" })</ul>
                """)
            """
    }

    /// Each by its name, since one edit of the text may turn them all.
    private static func turned(_ model: Model) -> HTML {
        guard !model.turned.isEmpty else { return .empty }
        return """
            <h2>Nội dung mới ghi là đã đối chiếu</h2>
            <p>\(model.turned.count) nội dung trong bản đang cung cấp chưa có hoặc chưa đối chiếu, trong bản nháp ghi là \
            đã đối chiếu. Người xuất bản chịu trách nhiệm về từng nội dung.</p>
            <ul>\(each: model.turned, { "<li>\($0)</li>" })</ul>
            """
    }

    private static func heading(_ model: Model) -> String {
        switch model.comparison {
        case .model: "Đã sửa gì từ lúc chép"
        case .published, .nothing: "Khác với bản đang cung cấp"
        }
    }

    private static func difference(_ model: Model) -> HTML {
        switch model.comparison {
        case .nothing: return "<p>Thủ tục chưa được xuất bản lần nào; mọi nội dung đều mới.</p>"
        case .published:
            return model.changes.isEmpty
                ? "<p>Không có gì khác.</p>" : table(model, before: "Bản đang cung cấp")
        case .model(let name, let href):
            let lede: HTML = "<p>Thủ tục chưa được xuất bản lần nào, chép từ <a\(href: href)>\(name)</a>.</p>"
            if model.changes.isEmpty { return "\(lede)<p>Từ lúc chép chưa sửa gì.</p>" }
            return "\(lede)\(table(model, before: "Lúc chép"))"
        }
    }

    private static func table(_ model: Model, before: String) -> HTML {
        """
        \(Parts.table(
            labelledBy: "khac",
            columns: ["Mục", before, "Bản nháp"].map { CardTable.Column($0) },
            lines: model.changes.map { change in
                [
                    HTML(text: change.place),
                    change.before.map { "<del>\($0)</del>" } ?? "<span class=\"mut\">không có</span>",
                    change.after.map { "<ins>\($0)</ins>" } ?? "<span class=\"mut\">bỏ</span>",
                ]
            }
        ))\(if: model.moreChanges > 0, "<p class=\"mut\">Và \(model.moreChanges) chỗ khác nữa.</p>")
        """
    }

    private static func publish(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.action, version: model.shell.version),
            """
            \(Parts.field(model.reason))
            \(Parts.actions(Parts.button("Xuất bản phiên bản")))
            """
        )
    }
}
