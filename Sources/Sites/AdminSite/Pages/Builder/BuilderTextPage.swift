// SPDX-License-Identifier: Apache-2.0

public import Markup

/// The text of a pack, or of a file beside it: `/quan-tri/thu-tuc/{mã}/van-ban`.
public enum BuilderTextPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// `Văn bản của gói`, `Tệp result.mustache`.
        public var heading: String
        /// What to know before.
        public var lede: String
        /// The text.
        public var text: String
        /// What the checker says.
        public var findings: [BuilderFinding]
        /// Where it is sent, by POST.
        public var action: String
        /// The files beside the pack.
        public var files: [NavigationItem]
        /// Most characters.
        public var limitCharacters: Int
        /// What is wrong with what was sent.
        public var error: String?

        /// What the page shows.
        public init(
            shell: BuilderShell,
            heading: String,
            lede: String,
            text: String,
            findings: [BuilderFinding],
            action: String,
            files: [NavigationItem],
            limitCharacters: Int = 512 * 1_024,
            error: String? = nil
        ) {
            (self.shell, self.heading, self.lede, self.text) = (shell, heading, lede, text)
            (self.findings, self.action, self.files) = (findings, action, files)
            (self.limitCharacters, self.error) = (limitCharacters, error)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let field = FieldPart(
            "text",
            "Nội dung",
            hint: model.lede,
            error: model.error,
            .longText(model.text, limitCharacters: model.limitCharacters, rows: 28)
        )
        return model.shell.page(
            model.heading,
            errors: FieldError.all(in: [field]),
            in: frame,
            """
            \(if: model.findings.isEmpty, Parts.notice(.ok, "<p>Không có lỗi.</p>"), else: BuilderFinding.list(model.findings))
            <div class="build-text">\(frame.form(
                FormShape(action: model.action, version: model.shell.version, isMultipart: true),
                "\(Parts.field(field))\(Parts.actions(Parts.button("Lưu")))"
            ))</div>
            \(Parts.details("Xem cùng số dòng", "<pre class=\"pre\" tabindex=\"0\">\(numbered(model.text))</pre>"))
            <nav aria-labelledby="tep"><h2 id="tep">Tệp của gói</h2>
            <ul class="links">\(each: model.files, { file in
                "<li><a\(href: file.href)\(attribute: "aria-current", file.isCurrent ? "page" : nil)>\(file.label)</a></li>"
            })</ul></nav>
            """
        )
    }

    private static func numbered(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { "\($0.offset + 1)  \($0.element)" }.joined(separator: "\n")
    }
}
