// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 14, `/ho-so/{mã}/bo-sung`: every defect that the officer named, each with the place where it is mended.
public enum SupplementPage {
    /// One defect.
    public struct Defect: Sendable {
        /// The id of the defect; names its controls.
        public var id: String
        /// The field or the paper.
        public var subject: String
        /// What is wrong and what to do, in the officer's words.
        public var reason: String
        /// True once it was mended.
        public var isMended: Bool
        /// Where the field is changed; nil for a paper, which is sent here.
        public var editHref: String?
        /// The files that are sent for a paper; nil for a field.
        public var paper: PaperFiles?
        /// The new answer to a field.
        public var answerWord: String?
        /// Why the citizen leaves it as it is; empty when she does not.
        public var explanation: String
        /// What is wrong with it now; nil when nothing is.
        public var error: String?

        /// One defect.
        public init(
            id: String,
            subject: String,
            reason: String,
            isMended: Bool,
            editHref: String? = nil,
            paper: PaperFiles? = nil,
            answerWord: String? = nil,
            explanation: String,
            error: String? = nil
        ) {
            self.id = id
            self.subject = subject
            self.reason = reason
            self.isMended = isMended
            self.editHref = editHref
            self.paper = paper
            self.answerWord = answerWord
            self.explanation = explanation
            self.error = error
        }
    }

    /// Where the request stands.
    public enum State: Sendable {
        /// It may be answered.
        case open
        /// It was answered at this moment.
        case sent(at: Instant)
        /// The time for it is over.
        case over(at: Instant)
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// Who asked, and when.
        public var askedBy: String
        /// The moment of asking.
        public var askedAt: Instant
        /// Until when.
        public var answerBy: Instant?
        /// What the clock does: "Thời hạn giải quyết tính lại từ đầu khi hồ sơ đủ."
        public var clockWord: String
        /// All defects at once.
        public var defects: [Defect]
        /// Where the request stands.
        public var state: State
        /// The notice as PDF.
        public var noticeHref: String?
        /// Where everything is sent, by POST with `explanation.{id}`.
        public var action: String
        /// The key.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The dossier.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            procedureName: String,
            askedBy: String,
            askedAt: Instant,
            answerBy: Instant? = nil,
            clockWord: String,
            defects: [Defect],
            state: State,
            noticeHref: String? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.procedureName = procedureName
            self.askedBy = askedBy
            self.askedAt = askedAt
            self.answerBy = answerBy
            self.clockWord = clockWord
            self.defects = defects
            self.state = state
            self.noticeHref = noticeHref
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = model.defects.compactMap { defect in
            defect.error.map { FieldError(controlID: "sai-\(defect.id)", text: $0) }
        }
        return frame.page(
            PageShape(
                title: "Bổ sung hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text,
                modules: [.upload, .resume]
            ),
            """
            \(Parts.errorSummary(errors))
            <p class="over">Hồ sơ <span class="num">\(model.code.description)</span> · \(model.procedureName)</p>
            <h1>Bổ sung hồ sơ</h1>
            \(standing(model))
            <ol class="defects">\(each: model.defects, { defect($0, model, in: frame) })</ol>
            \(send(model, in: frame))
            """
        )
    }

    private static func standing(_ model: Model) -> HTML {
        switch model.state {
        case .open:
            """
            <p class="lede">\(model.askedBy) đề nghị bổ sung \(model.defects.count) chỗ, gửi lúc \(model.askedAt.vietnamese).</p>
            \(ifLet: model.answerBy, { "<p>Gửi trước <strong>\($0.vietnamese)</strong>.</p>" })
            <p class="mut">\(model.clockWord)</p>
            \(ifLet: model.noticeHref, { "<p>\(Parts.download("Phiếu yêu cầu bổ sung", href: $0, detail: "PDF"))</p>" })
            """
        case .sent(let moment):
            Parts.notice(
                .ok,
                title: "Đã gửi bổ sung lúc \(moment.vietnamese)",
                "<p>\(model.askedBy) sẽ xem lại và trả lời. Không cần làm gì thêm.</p>"
            )
        case .over(let moment):
            Parts.notice(
                .bad,
                title: "Hết thời gian bổ sung từ \(moment.vietnamese)",
                "<p>Gọi <a href=\"tel:1022\">1022</a> để được hướng dẫn, hoặc nộp hồ sơ mới.</p>"
            )
        }
    }

    private static func isOpen(_ model: Model) -> Bool {
        if case .open = model.state { return true }
        return false
    }

    private static func defect(_ defect: Defect, _ model: Model, in frame: PageFrame) -> HTML {
        """
        <li class="sheet" id="sai-\(defect.id)" tabindex="-1"><div class="paper-head"><h2>\(defect.subject)</h2>\
        \(defectState(defect, model))</div>
        \(ifLet: defect.error, { "<p class=\"err\">Lỗi: \($0)</p>" })
        <p>\(defect.reason)</p>
        \(ifLet: defect.answerWord, { "<p class=\"mut\">Đã có: \($0)</p>" })
        \(if: isOpen(model), controls(defect, in: frame))</li>

        """
    }

    private static func defectState(_ defect: Defect, _ model: Model) -> HTML {
        if defect.isMended { return "<span class=\"task-state\">\(Parts.icon(.check))Đã xong</span>" }
        return isOpen(model) ? Parts.tag("Cần bổ sung", .bad) : .empty
    }

    private static func controls(_ defect: Defect, in frame: PageFrame) -> HTML {
        """
        \(ifLet: defect.editHref, {
            "<p><a class=\"btn btn-2\"\(href: $0)>\(Parts.icon(.edit))Sửa<span class=\"vh\"> \(defect.subject)</span></a></p>"
        })\
        \(ifLet: defect.paper, { $0.html(in: frame) })\
        \(if: !defect.isMended, Parts.details("Không bổ sung được chỗ này", isOpen: !defect.explanation.isEmpty, """
            <label for="explanation.\(defect.id)">Lý do để cán bộ xem xét</label>
            <textarea id="explanation.\(defect.id)" name="explanation.\(defect.id)" form="gui" rows="3">\
            \n\(defect.explanation)</textarea>
            """))
        """
    }

    private static func send(_ model: Model, in frame: PageFrame) -> HTML {
        guard isOpen(model) else { return .empty }
        return frame.form(
            FormShape(action: model.action, id: "gui", idempotencyKey: model.key, version: model.version),
            Parts.actions(Parts.button("Gửi bổ sung"))
        )
    }
}
