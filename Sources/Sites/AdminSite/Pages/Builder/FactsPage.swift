// SPDX-License-Identifier: Apache-2.0

public import Markup

/// `/quan-tri/thu-tuc/{mã}/doi-chieu`: facts that a person compares with the official text.
public enum FactsPage {
    /// One fact that waits.
    public struct Fact: Sendable {
        /// What is sent: where it stands.
        public var path: String
        /// What it is about.
        public var label: String
        /// What it says, in words; empty where the pack says nothing.
        public var value: String
        /// Where it was taken from.
        public var source: String
        /// Its page.
        public var href: String
        /// Whether its document still has the skeleton's name, so that it cannot be confirmed.
        public var isPlaceholder: Bool
        /// Whether nobody named its source yet.
        public var lacksSource: Bool
        /// Why it cannot be compared with anything, with what to do first; such a fact has no tick. Nil for the
        /// skeleton's words as well: a tick names their source, or is told what their document lacks.
        public var hindrance: String?

        /// One fact that waits.
        public init(
            path: String,
            label: String,
            value: String,
            source: String,
            href: String,
            isPlaceholder: Bool = false,
            lacksSource: Bool = false,
            hindrance: String? = nil
        ) {
            (self.path, self.label, self.value, self.source) = (path, label, value, source)
            (self.href, self.isPlaceholder, self.lacksSource) = (href, isPlaceholder, lacksSource)
            self.hindrance = hindrance
        }

        var isOffered: Bool { hindrance == nil }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// The facts that wait.
        public var facts: [Fact]
        /// Which are ticked.
        public var chosen: Set<String>
        /// How many were compared before.
        public var verifiedCount: Int
        /// With which text, as typed.
        public var seen: FieldPart
        /// What is wrong with the choice.
        public var error: String?
        /// Where it is sent, by POST.
        public var action: String
        /// Where it is published.
        public var nextHref: String?

        /// What the page shows.
        public init(
            shell: BuilderShell,
            facts: [Fact],
            chosen: Set<String> = [],
            verifiedCount: Int,
            seen: FieldPart,
            error: String? = nil,
            action: String,
            nextHref: String? = nil
        ) {
            self.nextHref = nextHref
            (self.shell, self.facts, self.chosen, self.verifiedCount) = (shell, facts, chosen, verifiedCount)
            (self.seen, self.error, self.action) = (seen, error, action)
        }
    }

    private static let placeholderHelp =
        "Nội dung “còn chữ mẫu” chưa xác nhận được: mở trang của nó để ghi tên văn bản."
    private static let sourceHelp =
        "Nội dung chưa có nguồn: văn bản ghi ở dưới thành nguồn khi xác nhận, "
        + "hoặc khi chọn “Ghi làm nguồn” nếu chưa đối chiếu."

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let choice = FieldPart(
            "facts",
            "Nội dung đã đối chiếu",
            hint: "Chỉ đánh dấu nội dung mà chính tôi đã so với văn bản",
            error: model.error,
            .checkboxes([], chosen: [])
        )
        let hasPlaceholder = model.facts.contains(where: \.isPlaceholder)
        let lacksSource = model.facts.contains(where: \.lacksSource)
        return model.shell.page(
            "Đối chiếu với văn bản gốc",
            errors: FieldError.all(in: [choice, model.seen]),
            in: frame,
            """
            <p>\(model.verifiedCount) nội dung đã được đối chiếu, \(model.facts.count) nội dung đang chờ. \
            Ai đối chiếu, lúc nào, theo văn bản nào được ghi vào nhật ký.</p>
            \(if: model.facts.isEmpty, done(model),
                else: frame.form(FormShape(action: model.action, version: model.shell.version), """
                    \(if: hasPlaceholder, Parts.notice(.warn, "<p>\(placeholderHelp)</p>"))
                    \(if: lacksSource, "<p>\(sourceHelp)</p>")
                    \(boxes(model, choice))
                    \(Parts.fields([model.seen]))
                    \(Parts.actions(
                        Parts.button("Xác nhận đã đối chiếu"),
                        lacksSource
                            ? Parts.button("Ghi làm nguồn", name: "_act", value: "nguon", style: .secondary) : .empty
                    ))
                    """))
            \(hindered(model.facts.filter { !$0.isOffered }))
            """
        )
    }

    private static func done(_ model: Model) -> HTML {
        """
        \(Parts.notice(.ok, "<p>Mọi nội dung đã được đối chiếu.</p>"))
        \(ifLet: model.nextHref, { "<p class=\"np\"><a\(href: $0)>Phần tiếp theo: Xuất bản</a></p>" })
        """
    }

    /// What cannot be compared yet, with what to do first.
    private static func hindered(_ facts: [Fact]) -> HTML {
        guard !facts.isEmpty else { return .empty }
        return """
            <h2>Chưa đối chiếu được</h2>
            <p>\(facts.count) nội dung chưa có văn bản để so. Gói chưa xuất bản được khi còn những nội dung này.</p>
            <ul>\(each: facts, { fact in
                """
                <li><b>\(fact.label)</b>\(if: !fact.value.isEmpty, ": \(fact.value)"). Nguồn: \(fact.source). \
                \(ifLet: fact.hindrance, { "\($0)" }) \
                <a class="ilink"\(href: fact.href)>Mở trang: \(fact.label)</a></li>
                """
            })</ul>
            """
    }

    /// What each fact says stands beside its tick: nobody can compare what is not there.
    private static func boxes(_ model: Model, _ choice: FieldPart) -> HTML {
        """
        <fieldset\(classes: "f", model.error == nil ? nil : "f-err") aria-describedby="facts-hint"><legend>\(choice.label)</legend>\
        \(ifLet: choice.hint, { "<p class=\"hint\" id=\"facts-hint\">\($0)</p>" })\
        \(ifLet: model.error, { "<p class=\"err\">Lỗi: \($0)</p>" })
        <div class="opts">\(each: model.facts.filter(\.isOffered).enumerated(), { index, fact in
            let id = "facts-\(index + 1)"
            return """
                <div class="opt"><input type="checkbox" id="\(id)" name="facts" value="\(fact.path)"\
                \(flag: "checked", model.chosen.contains(fact.path)) aria-describedby="\(id)-h">\
                <label for="\(id)">\(fact.label)\(if: fact.isPlaceholder, " (còn chữ mẫu)")</label>\
                <small class="hint" id="\(id)-h">\(if: !fact.value.isEmpty, "<b>\(fact.value)</b><br>")\
                Nguồn: \(fact.source). \
                <a class="ilink"\(href: fact.href)>Mở trang: \(fact.label)</a>\
                </small></div>

                """
        })</div></fieldset>

        """
    }
}
