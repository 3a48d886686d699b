// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 24, `/quan-tri/thu-tuc/{mã}/muc`: one part of a pack as questions and lists, the text of it beside.
public enum BuilderSheetPage {
    /// One question.
    public enum Question: Sendable {
        /// One that every page knows.
        case field(FieldPart)
        /// When something applies.
        case condition(Condition)
        /// The heading of a part of the page.
        case heading(String)
        /// Questions that stand one a line, box beside label.
        case lines([FieldPart], hint: String)
    }

    /// Rows of a field, a comparison and a value.
    public struct Condition: Sendable {
        /// What was chosen and typed in a row.
        public struct Row: Sendable {
            /// The field.
            public var field: String
            /// The comparison.
            public var test: String
            /// The value.
            public var value: String

            /// What was chosen and typed in a row.
            public init(field: String = "", test: String = "", value: String = "") {
                (self.field, self.test, self.value) = (field, test, value)
            }
        }

        /// The name of the control.
        public var id: String
        /// What is asked.
        public var label: String
        /// A sentence under it.
        public var hint: String?
        /// What is wrong.
        public var error: String?
        /// `all` or `any`.
        public var mode: String
        /// The rows, the last ones empty.
        public var rows: [Row]
        /// What a row may be about.
        public var fields: [FieldPart.Choice]
        /// How it may be compared.
        public var tests: [FieldPart.Choice]

        /// Rows of a field, a comparison and a value.
        public init(
            id: String,
            label: String,
            hint: String?,
            error: String?,
            mode: String,
            rows: [Row],
            fields: [FieldPart.Choice],
            tests: [FieldPart.Choice]
        ) {
            (self.id, self.label, self.hint, self.error) = (id, label, hint, error)
            (self.mode, self.rows, self.fields, self.tests) = (mode, rows, fields, tests)
        }
    }

    /// A list whose elements have pages of their own.
    public struct List: Sendable {
        /// One element.
        public struct Item: Sendable {
            /// Where it stands, as the buttons send it.
            public var path: String
            /// What it is called.
            public var title: String
            /// What kind it is.
            public var detail: String
            /// How much of it the checker refuses.
            public var errorCount: Int

            /// One element.
            public init(path: String, title: String, detail: String, errorCount: Int = 0) {
                (self.path, self.title, self.detail, self.errorCount) = (path, title, detail, errorCount)
            }
        }

        /// The id of its heading.
        public var id: String
        /// What it is.
        public var label: String
        /// What one element is: `trường`.
        public var elementWord: String
        /// A sentence under the heading.
        public var hint: String?
        /// What is wrong with the list itself.
        public var error: String?
        /// Where it stands, as the button sends it.
        public var path: String
        /// The elements.
        public var items: [Item]
        /// Several at once, typed as lines; nil where an element is more than a line.
        public var lines: FieldPart?
        /// What takes the place of the whole list: the value of the button, and its label.
        public var chains: [FieldPart.Choice]

        /// A list whose elements have pages of their own.
        public init(
            id: String,
            label: String,
            elementWord: String,
            hint: String? = nil,
            error: String? = nil,
            path: String,
            items: [Item],
            lines: FieldPart? = nil,
            chains: [FieldPart.Choice] = []
        ) {
            (self.lines, self.chains) = (lines, chains)
            (self.id, self.label, self.elementWord, self.hint) = (id, label, elementWord, hint)
            (self.error, self.path, self.items) = (error, path, items)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// What stands around it.
        public var shell: BuilderShell
        /// What the page is about.
        public var heading: String
        /// The way down to it.
        public var trail: [NavigationItem]
        /// The questions.
        public var questions: [Question]
        /// Questions that most packs leave unanswered, behind a line of their own.
        public var rare: [Question]
        /// Whether one of them is answered or wrong, so that they are shown at once.
        public var isRareOpen: Bool
        /// The lists.
        public var lists: [List]
        /// What the checker says here and no question shows.
        public var findings: [BuilderFinding]
        /// The text of this part in the pack; nil for what is not in it yet.
        public var text: String?
        /// Where it is sent, by POST.
        public var action: String
        /// Where the page stands in the pack.
        public var path: String
        /// Whether another one can be added after this.
        public var offersNext: Bool
        /// Whether the answers of an example may be filled in.
        public var offersSample: Bool
        /// The part of the pack after this one.
        public var next: NavigationItem?
        /// The page above; nil leads to the list of procedures.
        public var backHref: String?
        /// True where the text cannot be read, so that there is nothing to ask.
        public var isUnreadable: Bool

        /// What the page shows.
        public init(
            shell: BuilderShell,
            heading: String,
            trail: [NavigationItem] = [],
            questions: [Question],
            rare: [Question] = [],
            isRareOpen: Bool = false,
            lists: [List] = [],
            findings: [BuilderFinding] = [],
            text: String? = nil,
            action: String,
            path: String,
            next: NavigationItem? = nil,
            offersNext: Bool = false,
            offersSample: Bool = false,
            backHref: String? = nil,
            isUnreadable: Bool = false
        ) {
            (self.shell, self.heading, self.trail, self.questions) = (shell, heading, trail, questions)
            (self.rare, self.isRareOpen, self.lists) = (rare, isRareOpen, lists)
            (self.findings, self.text, self.action) = (findings, text, action)
            (self.path, self.offersNext, self.backHref) = (path, offersNext, backHref)
            (self.isUnreadable, self.offersSample, self.next) = (isUnreadable, offersSample, next)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        model.shell.page(
            model.heading,
            errors: errors(model),
            backHref: model.backHref,
            in: frame,
            """
            \(if: !model.trail.isEmpty, """
                <p class="mut">\(each: model.trail, { "<a\(href: $0.href)>\($0.label)</a> › " })\(model.heading)</p>
                """)
            \(if: !model.findings.isEmpty, BuilderFinding.list(model.findings))
            \(if: !model.isUnreadable, form(model, in: frame))
            \(ifLet: model.text, { text in
                Parts.details("Chữ của phần này trong gói", "<pre class=\"pre\" tabindex=\"0\">\(text)</pre>")
            })
            """
        )
    }

    private static func errors(_ model: Model) -> [FieldError] {
        let asked = (model.questions + model.rare).flatMap { question -> [FieldError] in
            switch question {
            case .field(let part): FieldError.all(in: [part])
            case .condition(let one):
                one.error.map { [FieldError(controlID: "\(one.id).0.field", text: $0)] } ?? []
            case .heading: []
            case .lines(let parts, _): FieldError.all(in: parts)
            }
        }
        let listed = model.lists.flatMap { list in
            FieldError.all(in: list.lines.map { [$0] } ?? [])
                + (list.error.map { [FieldError(controlID: list.id, text: $0)] } ?? [])
                + list.items.enumerated().filter { $0.element.errorCount > 0 }.map { index, item in
                    FieldError(
                        controlID: "\(list.id)-\(index + 1)",
                        text: "\(list.label), “\(item.title)”: \(item.errorCount) lỗi"
                    )
                }
        }
        return asked + listed
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        let hasQuestions = (model.questions + model.rare).contains { if case .heading = $0 { false } else { true } }
        return frame.form(
            FormShape(action: model.action, id: "muc", version: model.shell.version),
            """
            <input type="hidden" name="_o" value="\(model.path)">
            <div class="build-fields">\(each: model.questions, { question($0) })</div>
            \(if: !model.rare.isEmpty, Parts.details("Tùy chọn khác", isOpen: model.isRareOpen, """
                <div class="build-fields">\(each: model.rare, { question($0) })</div>
                """))
            \(if: hasQuestions, Parts.actions(
                Parts.button("Lưu", name: "_act", value: "luu"),
                model.offersNext ? Parts.button("Lưu và thêm tiếp", name: "_act", value: "tiep", style: .secondary) : .empty,
                model.offersSample ? Parts.button("Điền thử", name: "_act", value: "dien", style: .secondary) : .empty
            ))
            \(each: model.lists, { list($0) })
            """
        ) + next(model)
    }

    private static func next(_ model: Model) -> HTML {
        "\(ifLet: model.next, { "<p class=\"np\"><a\(href: $0.href)>Phần tiếp theo: \($0.label)</a></p>" })"
    }

    private static func question(_ question: Question) -> HTML {
        switch question {
        case .field(let part): Parts.field(part)
        case .heading(let text): "<h2>\(text)</h2>"
        case .lines(let parts, let hint):
            "<p class=\"hint\">\(hint)</p><div class=\"build-lines\">\(each: parts, { Parts.field($0) })</div>"
        case .condition(let one): condition(one)
        }
    }

    private static func condition(_ one: Condition) -> HTML {
        """
        <fieldset\(classes: "f", one.error == nil ? nil : "f-err")><legend>\(one.label) \
        <span class="opt-mark">(không bắt buộc)</span></legend>\
        \(ifLet: one.hint, { "<p class=\"hint\">\($0)</p>" })\
        \(ifLet: one.error, { "<p class=\"err\">Lỗi: \($0)</p>" })
        <p class="cond"><label for="\(one.id).mode">Khi</label> \
        <select id="\(one.id).mode" name="\(one.id).mode">\
        <option value="all"\(flag: "selected", one.mode != "any")>mọi dòng dưới đây đều đúng</option>\
        <option value="any"\(flag: "selected", one.mode == "any")>ít nhất một dòng dưới đây đúng</option></select></p>
        \(each: one.rows.enumerated(), { index, row in
            """
            <p class="cond">\(select("\(one.id).\(index).field", "Trường, dòng \(index + 1)", one.fields, row.field, "—"))
            \(select("\(one.id).\(index).test", "So sánh, dòng \(index + 1)", one.tests, row.test, "—"))
            <input type="text" id="\(one.id).\(index).value" name="\(one.id).\(index).value" value="\(row.value)" \
            aria-label="Giá trị, dòng \(index + 1)" autocomplete="off"></p>

            """
        })</fieldset>

        """
    }

    private static func select(
        _ id: String,
        _ label: String,
        _ choices: [FieldPart.Choice],
        _ chosen: String,
        _ none: String
    )
        -> HTML
    {
        """
        <select id="\(id)" name="\(id)" aria-label="\(label)"><option value="">\(none)</option>\(each: choices, {
            "<option value=\"\($0.value)\"\(flag: "selected", $0.value == chosen)>\($0.label)</option>"
        })\(if: !chosen.isEmpty && !choices.contains { $0.value == chosen },
            "<option value=\"\(chosen)\" selected>\(chosen) (không có trong gói)</option>")</select>
        """
    }

    // MARK: - Lists

    private static func list(_ list: List) -> HTML {
        """
        <section aria-labelledby="\(list.id)">\(Parts.countedHeading(list.label, id: list.id, count: list.items.count))
        \(ifLet: list.hint, { "<p class=\"hint\">\($0)</p>" })\
        \(ifLet: list.error, { "<p class=\"err\">Lỗi: \($0)</p>" })
        \(if: list.items.isEmpty, "<p class=\"mut\">Chưa có \(list.elementWord) nào.</p>")\
        \(if: !list.items.isEmpty, "<ol class=\"build-list\">\(each: list.items.enumerated(), { item($0.element, $0.offset, of: list) })</ol>")
        <p>\(Parts.button("Thêm \(list.elementWord)", name: "_act", value: "them:\(list.path)", style: .secondary))</p>
        \(ifLet: list.lines, { lines($0, of: list) })\(if: !list.chains.isEmpty, chains(list))</section>

        """
    }

    private static func lines(_ part: FieldPart, of list: List) -> HTML {
        let act = Parts.button("Thêm các dòng này", name: "_act", value: "dong:\(list.path)", style: .secondary)
        return Parts.details(
            "Thêm nhiều \(list.elementWord) một lượt",
            isOpen: list.items.isEmpty || part.error != nil,
            "\(Parts.field(part))<p>\(act)</p>"
        )
    }

    private static func chains(_ list: List) -> HTML {
        Parts.details(
            "Thay bằng chuỗi thường gặp",
            isOpen: list.items.isEmpty,
            """
            <p>Mọi bước đang có được thay bằng chuỗi này; “Hoàn tác” lấy lại được.</p>
            \(each: list.chains, { chain in
                "<p>\(Parts.button(chain.label, name: "_act", value: chain.value, style: .secondary))</p>"
            })
            """
        )
    }

    private static func item(_ item: List.Item, _ index: Int, of list: List) -> HTML {
        let isLast = index == list.items.count - 1
        func act(_ label: String, _ word: String) -> HTML {
            Parts.button(label, name: "_act", value: "\(word):\(item.path)", style: .link, spoken: "“\(item.title)”")
        }
        return """
            <li id="\(list.id)-\(index + 1)"><p><b>\(item.title)</b> \
            \(if: item.errorCount > 0, Parts.tag("\(item.errorCount) lỗi", .bad))\
            \(if: !item.detail.isEmpty, "<br><span class=\"mut\">\(item.detail)</span>")</p>
            <div class="build-acts">\(act("Sửa", "sua"))\(if: index > 0, act("Lên", "len"))\
            \(if: !isLast, act("Xuống", "xuong"))\(act("Nhân bản", "nhan-ban"))\(act("Xóa", "xoa"))</div></li>

            """
    }
}
