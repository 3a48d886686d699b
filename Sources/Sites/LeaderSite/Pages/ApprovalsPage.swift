// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 21, `/ky`: what waits for a signature, for a phone in one hand.
public enum ApprovalsPage {
    /// One document that waits.
    public struct ApprovalLine: Sendable {
        /// The id, sent as `pick`.
        public var id: String
        /// The code of the dossier.
        public var code: DossierCode
        /// The document: "Bản sao trích lục khai sinh".
        public var documentName: String
        /// For whom.
        public var applicantName: String
        /// Who proposes it: "Công chức tư pháp – hộ tịch".
        public var proposedBy: String
        /// How near the deadline is.
        public var deadline: DeadlineChip
        /// Where it is read and signed.
        public var href: String
        /// True once the leader opened it.
        public var isOpened: Bool
        /// Why the last signing of it failed; nil otherwise.
        public var failure: String?
        /// True when it was picked, and nothing was signed yet.
        public var isPicked: Bool

        /// One document that waits.
        public init(
            id: String,
            code: DossierCode,
            documentName: String,
            applicantName: String,
            proposedBy: String,
            deadline: DeadlineChip,
            href: String,
            isOpened: Bool,
            failure: String? = nil,
            isPicked: Bool = false
        ) {
            self.id = id
            self.code = code
            self.documentName = documentName
            self.applicantName = applicantName
            self.proposedBy = proposedBy
            self.deadline = deadline
            self.href = href
            self.isOpened = isOpened
            self.failure = failure
            self.isPicked = isPicked
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The documents, the most urgent first.
        public var lines: [ApprovalLine]
        /// What the last signing did: "Đã ký 5 văn bản."; nil otherwise.
        public var flash: String?
        /// Whether something of it was not done.
        public var isWarning: Bool
        /// What is wrong with the certificate: expired, revoked; nil when nothing is.
        public var certificateWord: String?
        /// In whose place: "Ký thay Lê Văn Thành đến 12/03/2026"; nil otherwise.
        public var substitutionWord: String?
        /// Where several are signed, by POST with `pick`; nil where only one by one is signed.
        public var batchAction: String?
        /// The proof of presence that is asked before signing; nil while the last one holds.
        public var proofField: FieldPart?
        /// The key of the batch.
        public var key: String
        /// The next page.
        public var nextHref: String?
        /// What the leader should know of the agency: how many acts had an author known by electronic means.
        public var figureWord: String?

        /// What the page shows.
        public init(
            lines: [ApprovalLine],
            flash: String? = nil,
            isWarning: Bool = false,
            certificateWord: String? = nil,
            substitutionWord: String? = nil,
            batchAction: String? = nil,
            proofField: FieldPart? = nil,
            key: String,
            nextHref: String? = nil,
            figureWord: String? = nil
        ) {
            self.figureWord = figureWord
            self.lines = lines
            self.flash = flash
            self.isWarning = isWarning
            self.certificateWord = certificateWord
            self.substitutionWord = substitutionWord
            self.batchAction = batchAction
            self.proofField = proofField
            self.key = key
            self.nextHref = nextHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(in: [model.proofField].compactMap(\.self))
        return frame.page(
            PageShape(
                title: "Chờ ký, \(model.lines.count) văn bản",
                hasErrors: !errors.isEmpty,
                width: .text,
                modules: [.staff]
            ),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(model.isWarning ? .warn : .ok, "<p>\($0)</p>") })
            \(ifLet: model.certificateWord, { Parts.notice(.bad, "<p>\($0)</p>") })
            <h1>Chờ ký \(if: !model.lines.isEmpty, "<span class=\"count\">\(model.lines.count)</span>")</h1>
            \(ifLet: model.substitutionWord, { "<p class=\"mut\">\($0)</p>" })
            \(if: model.lines.isEmpty, Parts.emptyState("Không còn văn bản chờ ký", "<p>Văn bản mới sẽ hiện ở đây.</p>"),
                else: list(model, in: frame))
            \(ifLet: model.figureWord, { "<p class=\"hint\">\($0)</p>" })
            """
        )
    }

    private static func list(_ model: Model, in frame: PageFrame) -> HTML {
        let canBatch = model.batchAction != nil && model.certificateWord == nil
        let rows: HTML = """
            <ul class="approvals">\(each: model.lines, { line($0, canPick: canBatch) })</ul>
            """
        guard canBatch, let action = model.batchAction else { return rows }
        return """
            \(frame.form(FormShape(action: action, idempotencyKey: model.key), """
                \(rows)
                \(ifLet: model.proofField, Parts.field)
                <div class="bulk np" data-sticky><p role="status" data-picked>Với văn bản đã chọn</p>\
                \(Parts.button("Ký văn bản đã chọn", name: "_act", value: "ky", icon: .sign))</div>
                """))
            \(if: model.nextHref != nil, Parts.pagination(
                shown: "\(model.lines.count) văn bản", firstHref: nil, nextHref: model.nextHref))
            """
    }

    private static func line(_ line: ApprovalLine, canPick: Bool) -> HTML {
        """
        <li data-row\(classes: line.isOpened ? nil : "unread")>\
        \(if: canPick, """
            <input type="checkbox" name="pick" value="\(line.id)" data-pick aria-label="Chọn \(line.documentName), \
            \(line.applicantName)"\(flag: "checked", line.failure != nil || line.isPicked)>
            """)\
        <a\(href: line.href)><strong>\(line.documentName)</strong>\
        <span>\(line.applicantName)\(if: !line.isOpened, " <span class=\"tag info\">chưa xem</span>")</span>\
        <small class="mut">\(line.proposedBy) trình · <span class="num">\(line.code.description)</span></small>\
        \(ifLet: line.failure, { "<span class=\"err\">\($0)</span>" })</a>\(Parts.deadline(line.deadline))</li>

        """
    }
}
