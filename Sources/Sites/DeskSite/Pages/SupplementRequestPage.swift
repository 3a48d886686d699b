// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 19, asking for a supplement: all defects at once, each tied to a field or a paper, with what the citizen
/// sees.
public enum SupplementRequestPage {
    /// One field or paper that may be named.
    public struct Subject: Sendable {
        /// The id; sent as `subject`, its reason as `reason.{id}`.
        public var id: String
        /// The field or the paper.
        public var label: String
        /// What stands there now.
        public var nowWord: String
        /// True when it is named.
        public var isChosen: Bool
        /// What is wrong and what to do, as typed.
        public var reason: String
        /// What is wrong with the reason; nil when nothing is.
        public var error: String?

        /// One field or paper that may be named.
        public init(
            id: String,
            label: String,
            nowWord: String,
            isChosen: Bool,
            reason: String,
            error: String? = nil
        ) {
            self.id = id
            self.label = label
            self.nowWord = nowWord
            self.isChosen = isChosen
            self.reason = reason
            self.error = error
        }
    }

    /// Subjects of one kind.
    public struct SubjectGroup: Sendable {
        /// "Tờ khai", "Giấy tờ".
        public var title: String
        /// The fields or papers.
        public var subjects: [Subject]

        /// Subjects of one kind.
        public init(
            title: String,
            subjects: [Subject]
        ) {
            self.title = title
            self.subjects = subjects
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// Fields and papers.
        public var groups: [SubjectGroup]
        /// Told when none was named.
        public var noneChosenError: String?
        /// Ready sentences: "Ảnh mờ, chụp lại nơi đủ sáng".
        public var templates: [String]
        /// Until when the citizen may answer; chosen by the regime.
        public var answerByWord: String
        /// What the clock does meanwhile.
        public var clockWord: String
        /// Told when a request was made before: a second one needs the head's mark.
        public var secondRequestWord: String?
        /// Exactly what the citizen will see; nil until it is asked for.
        public var preview: HTML?
        /// Where it is sent, by POST: `_act` is `xem` or `gui`.
        public var action: String
        /// The key.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The case.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            groups: [SubjectGroup],
            noneChosenError: String? = nil,
            templates: [String],
            answerByWord: String,
            clockWord: String,
            secondRequestWord: String? = nil,
            preview: HTML? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.groups = groups
            self.noneChosenError = noneChosenError
            self.templates = templates
            self.answerByWord = answerByWord
            self.clockWord = clockWord
            self.secondRequestWord = secondRequestWord
            self.preview = preview
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let subjects = model.groups.flatMap(\.subjects)
        var errors = subjects.compactMap { subject in
            subject.error.map { FieldError(controlID: "reason.\(subject.id)", text: $0) }
        }
        if let error = model.noneChosenError, let first = subjects.first {
            errors.insert(FieldError(controlID: "chon-\(first.id)", text: error), at: 0)
        }
        return frame.page(
            PageShape(
                title: "Yêu cầu bổ sung – hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: model.preview == nil ? .text : .wide
            ),
            """
            \(Parts.errorSummary(errors))
            \(Decision.over(model.code, model.procedureName))
            <h1>Yêu cầu bổ sung</h1>
            \(ifLet: model.secondRequestWord, { word in
                Parts.notice(.warn, title: "Hồ sơ này đã được yêu cầu bổ sung một lần", "<p>\(word)</p>")
            })
            <p>Ghi mọi chỗ cần sửa trong lần này. \(model.answerByWord) \(model.clockWord)</p>
            <div\(classes: model.preview == nil ? nil : "two two-wide")>
            \(form(model, in: frame))
            \(ifLet: model.preview, { Decision.preview($0) })
            </div>
            """
        )
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.action, idempotencyKey: model.key, version: model.version),
            """
            \(each: model.groups, { group in
                "<fieldset class=\"f\"><legend>\(group.title)</legend>\(each: group.subjects, subject)</fieldset>"
            })
            \(if: !model.templates.isEmpty, Parts.details("Câu mẫu", """
                <ul>\(each: model.templates, { "<li>\($0)</li>" })</ul>
                """))
            \(Decision.buttons(send: "Gửi yêu cầu bổ sung", hasPreview: model.preview != nil))
            """
        )
    }

    private static func subject(_ subject: Subject) -> HTML {
        """
        <div\(classes: "subject", subject.error == nil ? nil : "f-err")><div class="opt">\
        <input type="checkbox" id="chon-\(subject.id)" name="subject" value="\(subject.id)"\(flag: "checked", subject.isChosen)>\
        <label for="chon-\(subject.id)">\(subject.label)</label><small class="hint">\(subject.nowWord)</small></div>
        <div class="subject-reason"><label for="reason.\(subject.id)">Sai gì, cần làm gì<span class="vh">: \(subject.label)</span>\
        </label>\(ifLet: subject.error, { "<p class=\"err\" id=\"reason.\(subject.id)-loi\">Lỗi: \($0)</p>" })\
        <textarea id="reason.\(subject.id)" name="reason.\(subject.id)" rows="2"\
        \(attribute: "aria-describedby", subject.error == nil ? nil : "reason.\(subject.id)-loi")\
        \(attribute: "aria-invalid", subject.error == nil ? nil : "true")>\n\(subject.reason)</textarea></div></div>

        """
    }
}
