// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 19, acts that need a reason: decline at intake, refuse on the merits, extend with an apology, lengthen the
/// time limit by law, stop, send back, hand over to another agency, ask for an opinion or take the question back.
public enum DecisionPage {
    /// Which act it is.
    public enum Kind: Sendable, CaseIterable {
        /// Không tiếp nhận (form 03).
        case decline
        /// Từ chối giải quyết (form 03, status 9).
        case refuse
        /// Xin lỗi và hẹn lại (form 04).
        case extend
        /// Kéo dài thời hạn theo quy định.
        case lengthen
        /// Dừng giải quyết (form 05 of 2025).
        case stop
        /// Trả lại bước trước.
        case sendBack
        /// Chuyển cơ quan khác.
        case handOver
        /// Hỏi ý kiến.
        case consult
        /// Rút câu hỏi ý kiến.
        case withdrawQuestion
        /// Đính chính số đếm trước khi nộp phí.
        case recount

        var title: String {
            switch self {
            case .decline: "Không tiếp nhận hồ sơ"
            case .refuse: "Từ chối giải quyết hồ sơ"
            case .extend: "Xin lỗi và hẹn lại ngày trả"
            case .lengthen: "Kéo dài thời hạn giải quyết"
            case .stop: "Dừng giải quyết hồ sơ"
            case .sendBack: "Trả lại bước trước"
            case .handOver: "Chuyển hồ sơ tới cơ quan khác"
            case .consult: "Hỏi ý kiến đơn vị liên quan"
            case .withdrawQuestion: "Rút câu hỏi ý kiến"
            case .recount: "Đính chính số đếm trước khi nộp phí"
            }
        }

        var send: String {
            switch self {
            case .decline: "Gửi phiếu từ chối"
            case .refuse: "Trình ký từ chối"
            case .extend: "Gửi thư xin lỗi"
            case .lengthen: "Kéo dài thời hạn"
            case .stop: "Gửi thông báo dừng"
            case .sendBack: "Trả lại"
            case .handOver: "Chuyển hồ sơ"
            case .consult: "Gửi câu hỏi"
            case .withdrawQuestion: "Rút câu hỏi"
            case .recount: "Tính lại phí"
            }
        }

        /// What the citizen reads of it is shown before it is sent.
        var isPreviewed: Bool { ![.sendBack, .handOver, .consult, .withdrawQuestion, .recount].contains(self) }

        var isFinal: Bool { self == .decline || self == .refuse || self == .stop }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// Which act.
        public var kind: Kind
        /// The code.
        public var code: DossierCode
        /// The procedure.
        public var procedureName: String
        /// The questions: template, reason, legal basis, new date; with what was typed and what is wrong.
        public var fields: [FieldPart]
        /// Why it may not be done, such as a second apology; nil when it may.
        public var forbiddenWord: String?
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
            kind: Kind,
            code: DossierCode,
            procedureName: String,
            fields: [FieldPart],
            forbiddenWord: String? = nil,
            preview: HTML? = nil,
            action: String,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.kind = kind
            self.code = code
            self.procedureName = procedureName
            self.fields = fields
            self.forbiddenWord = forbiddenWord
            self.preview = preview
            self.action = action
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: model.fields)
        return frame.page(
            PageShape(
                title: "\(model.kind.title) – hồ sơ \(model.code)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: model.preview == nil ? .text : .wide
            ),
            """
            \(Parts.errorSummary(errors))
            \(Decision.over(model.code, model.procedureName))
            <h1>\(model.kind.title)</h1>
            \(if: model.forbiddenWord != nil, Parts.notice(.bad, "<p>\(model.forbiddenWord)</p>"), else: body(model, in: frame))
            """
        )
    }

    private static func body(_ model: Model, in frame: PageFrame) -> HTML {
        """
        \(if: model.kind.isFinal, Parts.notice(.warn, "<p>Gửi rồi thì không lấy lại được.</p>"))
        <div\(classes: model.preview == nil ? nil : "two two-wide")>
        \(frame.form(FormShape(action: model.action, idempotencyKey: model.key, version: model.version), """
            \(Parts.fields(model.fields))
            \(Decision.buttons(
                send: model.kind.send,
                hasPreview: model.preview != nil,
                isPreviewed: model.kind.isPreviewed,
                isDestructive: model.kind.isFinal
            ))
            """))
        \(ifLet: model.preview, { Decision.preview($0) })
        </div>
        """
    }
}
