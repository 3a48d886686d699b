// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// A question to this agency or unit on somebody else's dossier: what it needs to know, and the answer.
public enum ConsultationPage {
    /// What was answered, or why nothing is to be answered any more.
    public struct Outcome: Sendable {
        /// "Đồng ý", "Đã rút câu hỏi".
        public var word: String
        /// When.
        public var at: Instant?
        /// What was written; nil when nothing.
        public var opinion: String?
        /// The PDF that went with it.
        public var fileHref: String?

        /// What was answered.
        public init(word: String, at: Instant?, opinion: String?, fileHref: String?) {
            (self.word, self.at, self.opinion, self.fileHref) = (word, at, opinion, fileHref)
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// On what: "Phòng cháy và chữa cháy".
        public var subject: String
        /// Who asks.
        public var askerName: String
        /// When.
        public var askedAt: Instant
        /// Until when.
        public var dueAt: Instant
        /// How near that is.
        public var deadline: DeadlineChip
        /// The question.
        public var question: String
        /// What silence means, in the pack's sense.
        public var silenceWord: String?
        /// What is shown of the declaration.
        public var groups: [CasePage.AnswerGroup]
        /// The papers that are shown.
        public var files: [CasePage.CaseFile]
        /// The questions of the answer: verdict and opinion; empty once it is over.
        public var fields: [FieldPart]
        /// The choice of a PDF; nil once it is over.
        public var file: FilePart?
        /// How it ended; nil while it is open.
        public var outcome: Outcome?
        /// Where the answer is sent, by POST with a file.
        public var action: String
        /// The key.
        public var key: String
        /// The list.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            subject: String,
            askerName: String,
            askedAt: Instant,
            dueAt: Instant,
            deadline: DeadlineChip,
            question: String,
            silenceWord: String? = nil,
            groups: [CasePage.AnswerGroup],
            files: [CasePage.CaseFile],
            fields: [FieldPart],
            file: FilePart? = nil,
            outcome: Outcome? = nil,
            action: String,
            key: String,
            backHref: String
        ) {
            (self.code, self.procedureName, self.subject) = (code, procedureName, subject)
            (self.askerName, self.askedAt, self.dueAt) = (askerName, askedAt, dueAt)
            (self.deadline, self.question, self.silenceWord) = (deadline, question, silenceWord)
            (self.groups, self.files, self.fields, self.file) = (groups, files, fields, file)
            (self.outcome, self.action, self.key, self.backHref) = (outcome, action, key, backHref)
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let fileError = model.file.flatMap { file in file.error.map { FieldError(controlID: file.id, text: $0) } }
        let errors = FieldError.all(in: model.fields) + [fileError].compactMap(\.self)
        let isOver = model.outcome != nil
        return frame.page(
            PageShape(
                title: "Ý kiến về hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: model.files.isEmpty ? .text : .wide,
                modules: [.staff]
            ),
            """
            \(Parts.errorSummary(errors))
            \(Decision.over(model.code, model.procedureName))
            <h1>\(isOver ? "Ý kiến đã hỏi" : "Được hỏi ý kiến"): \(model.subject)</h1>
            <div\(classes: model.files.isEmpty ? nil : "case")>
            <section class="sheet acts case-acts" aria-labelledby="cau-hoi"><h2 id="cau-hoi">\(model.askerName) hỏi</h2>
            <p class="pre">\(model.question)</p>
            <p class="meta">\(if: !isOver, "\(Parts.deadline(model.deadline)) ")<span>Hỏi lúc \(model.askedAt.vietnamese)</span> \
            <span>Hạn trả lời \(model.dueAt.vietnamese)</span></p>
            \(ifLet: model.outcome, outcome)
            \(if: !isOver, form(model, in: frame))
            </section>
            \(if: !model.files.isEmpty, CaseViewer.html(model.files))
            \(if: !model.groups.isEmpty, """
                <div class="case-side">\(each: model.groups, { "<h2>\($0.title)</h2>\(Parts.summaryList($0.rows))" })</div>
                """)
            </div>
            """
        )
    }

    private static func outcome(_ outcome: Outcome) -> HTML {
        """
        \(Parts.notice(.info, """
            <p><strong>\(outcome.word)</strong>\(ifLet: outcome.at, { ", \($0.vietnamese)" })</p>
            \(ifLet: outcome.opinion, { "<p class=\"pre\">\($0)</p>" })
            \(ifLet: outcome.fileHref, { "<p>\(Parts.iconLink("Văn bản trả lời", href: $0, icon: .external))</p>" })
            """))
        <p class="mut">Hồ sơ không còn mở cho nơi được hỏi; ở đây chỉ còn câu hỏi và ý kiến đã trả lời.</p>
        """
    }

    private static func form(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.action, idempotencyKey: model.key, isMultipart: true),
            """
            \(Parts.fields(model.fields))
            \(ifLet: model.file, { file in
                """
                <fieldset><legend>Văn bản trả lời (không bắt buộc)</legend>\(Parts.fileInput(file))</fieldset>
                """
            })
            \(ifLet: model.silenceWord, { "<p class=\"hint\">\($0)</p>" })
            \(Parts.actions(Parts.button("Gửi ý kiến")))
            """
        )
    }
}
