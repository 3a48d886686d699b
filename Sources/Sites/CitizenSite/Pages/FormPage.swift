// SPDX-License-Identifier: Apache-2.0

public import Markup

/// Screen 7, `/nop/{nháp}/{trang}`: one page of the form, drawn from the pack.
public enum FormPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The heading of this page of the form.
        public var title: String
        /// One or two sentences before the questions; nil without.
        public var lede: String?
        /// Which page of how many: "Trang 1 trong 3".
        public var placeWord: String
        /// The questions with the answers so far and their errors.
        public var fields: [FieldPart]
        /// The names of everything that is asked, down to the boxes of rows: sent back, so that the answer knows which
        /// questions were seen. Nil where none hangs on an answer of this page.
        public var shown: [String]?
        /// The first question that an answer of this page has just opened; nil for none.
        public var opened: String?
        /// Where the answers are sent.
        public var action: String
        /// Where the script saves; nil without autosave.
        public var autosaveAction: String?
        /// The key of this form.
        public var key: String
        /// The version of the draft that this page shows.
        public var version: Int
        /// "Đã lưu lúc 14:02"; nil when nothing was saved yet.
        public var savedWord: String?
        /// Told above the questions when another window changed the draft.
        public var conflictWord: String?
        /// The task list, or the page before.
        public var backHref: String

        /// What the page shows.
        public init(
            procedureName: String,
            title: String,
            lede: String? = nil,
            placeWord: String,
            fields: [FieldPart],
            shown: [String]? = nil,
            opened: String? = nil,
            action: String,
            autosaveAction: String? = nil,
            key: String,
            version: Int,
            savedWord: String? = nil,
            conflictWord: String? = nil,
            backHref: String
        ) {
            self.procedureName = procedureName
            self.title = title
            self.lede = lede
            self.placeWord = placeWord
            self.fields = fields
            (self.shown, self.opened) = (shown, opened)
            self.action = action
            self.autosaveAction = autosaveAction
            self.key = key
            self.version = version
            self.savedWord = savedWord
            self.conflictWord = conflictWord
            self.backHref = backHref
        }

        /// Whether a question brings a button of its own, which the Enter key must not press.
        var hasOtherButtons: Bool {
            fields.contains { part in
                switch part.control {
                case .rows, .address, .paper: true
                default: false
                }
            }
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        let hasOwnHeading = model.fields.contains(where: \.isHeading)
        let shape = PageShape(
            title: "\(model.title) – \(model.procedureName)",
            backHref: model.backHref,
            hasErrors: !errors.isEmpty,
            width: .text,
            formID: "to-khai",
            modules: model.autosaveAction == nil ? [] : [.autosave]
        )
        return frame.page(
            shape,
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.conflictWord, { word in
                Parts.notice(.warn, title: "Bản nháp đã được sửa ở cửa sổ khác", "<p>\(word)</p>")
            })
            <p class="over">\(model.placeWord) · \(model.procedureName)</p>
            \(if: !hasOwnHeading, "<h1>\(model.title)</h1>")
            \(ifLet: model.lede, { "<p class=\"lede\">\($0)</p>" })
            \(form(model, in: frame))
            """
        )
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(
                action: model.action,
                id: "to-khai",
                idempotencyKey: model.key,
                version: model.version,
                autosaveAction: model.autosaveAction
            ),
            """
            \(if: model.hasOtherButtons, Parts.defaultButton(name: "_act", value: "tiep"))\
            \(each: model.fields, { question($0, of: model) })\
            \(ifLet: model.shown, { "<input type=\"hidden\" name=\"_shown\" value=\"\($0.joined(separator: " "))\">" })
            <p class="saved np" data-saved role="status">\(model.savedWord)</p>
            \(Parts.actions(
                Parts.button("Lưu và tiếp tục", name: "_act", value: "tiep"),
                Parts.button("Lưu và thoát", name: "_act", value: "thoat", style: .link)
            ))
            """
        )
    }

    /// A question; before the first one that was just opened stands why it is there, which takes the focus.
    private static func question(_ part: FieldPart, of model: Model) -> HTML {
        let box: HTML =
            model.shown == nil ? Parts.field(part) : "<div data-question=\"\(part.id)\">\(Parts.field(part))</div>"
        guard part.id == model.opened else { return box }
        let words = Parts.notice(.info, "<p>Câu trả lời vừa chọn mở thêm câu hỏi sau.</p>")
        return "<div id=\"\(openedID)\" tabindex=\"-1\">\(words)</div>\(box)"
    }

    /// Where the page opens after an answer opened another question.
    static let openedID = "mo-them"
}
