// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/thu-tuc/{mã}/phien-ban`: the versions of a procedure, what was done, going back, and its end.
public enum ProcedureHistoryPage {
    /// One published version.
    public struct Version: Sendable {
        /// `Xuất bản lúc 14:02 ngày 05/03/2026`.
        public var word: String
        /// The first letters of its digest.
        public var mark: String
        /// Whether it is what is offered.
        public var isCurrent: Bool
        /// What is sent to offer it again; nil where that cannot be.
        public var value: String?

        /// One published version.
        public init(word: String, mark: String, isCurrent: Bool, value: String?) {
            (self.word, self.mark, self.isCurrent, self.value) = (word, mark, isCurrent, value)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// The versions, last offered first.
        public var versions: [Version]
        /// What was done, last first.
        public var acts: [SummaryRow]
        /// The reason as typed, with what is wrong.
        public var reason: FieldPart
        /// From when on it is not offered.
        public var day: FieldPart
        /// From when on it is not offered already; nil when it is offered.
        public var retiredWord: String?
        /// Dossiers that are on their way under old versions.
        public var inFlightWord: String
        /// Where it is sent, by POST.
        public var action: String

        /// What the page shows.
        public init(
            shell: BuilderShell,
            versions: [Version],
            acts: [SummaryRow],
            reason: FieldPart,
            day: FieldPart,
            retiredWord: String?,
            inFlightWord: String,
            action: String
        ) {
            (self.shell, self.versions, self.acts, self.reason) = (shell, versions, acts, reason)
            (self.day, self.retiredWord, self.inFlightWord, self.action) = (day, retiredWord, inFlightWord, action)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        model.shell.page(
            "Các phiên bản",
            errors: FieldError.all(in: [model.reason, model.day]),
            in: frame,
            """
            \(ifLet: model.retiredWord, { Parts.notice(.warn, "<p>\($0)</p>") })
            <p>\(model.inFlightWord)</p>
            \(if: model.versions.isEmpty, "<p>Chưa có phiên bản nào được xuất bản.</p>")
            \(if: !model.versions.isEmpty, frame.form(FormShape(action: model.action), """
                \(Parts.field(model.reason))
                <h2>Phiên bản</h2>
                <ul class="build-list">\(each: model.versions, { version($0) })</ul>
                <h2>Ngừng hoặc cung cấp lại</h2>
                \(if: model.retiredWord == nil, """
                    \(Parts.field(model.day))
                    <p>\(Parts.button("Ngừng cung cấp", name: "_act", value: "ngung", style: .destructive))</p>
                    """)
                \(if: model.retiredWord != nil,
                    "<p>\(Parts.button("Cung cấp lại", name: "_act", value: "cung-cap-lai", style: .secondary))</p>")
                """))
            <h2>Đã làm gì</h2>
            \(if: model.acts.isEmpty, "<p class=\"mut\">Chưa có gì.</p>", else: Parts.summaryList(model.acts))
            """
        )
    }

    private static func version(_ version: Version) -> HTML {
        """
        <li><p>\(version.word) \(if: version.isCurrent, Parts.tag("Đang cung cấp", .ok))\
        <br><span class="mut num">\(version.mark)</span></p>
        \(ifLet: version.value, { value in
            """
            <div class="build-acts">\(Parts.button("Quay lại bản này", name: "_act", value: value, style: .link,
                spoken: version.word))</div>
            """
        })</li>
        """
    }
}
