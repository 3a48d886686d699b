// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 17, `/viec/{mã}`: papers on the left; data, checklist and the one next step on the right.
public enum CasePage {
    /// Whose the dossier is.
    public enum Standing: Sendable {
        /// The officer's own.
        case mine
        /// Nobody's: it is taken first.
        case unassigned(takeAction: String, key: String)
        /// Another's: role and unit, no person.
        case others(holder: String)
        /// Closed: nothing can be done any more.
        case closed(word: String)
    }

    /// One thing that may be done now.
    public struct CaseAct: Sendable {
        /// How it is done.
        public enum Way: Sendable {
            /// At once, by POST.
            case post(action: String)
            /// On a page of its own.
            case page(href: String)
        }

        /// The act: "Tiếp nhận".
        public var label: String
        /// How it is done.
        public var way: Way
        /// What follows from it, one sentence; nil without.
        public var hint: String?

        /// One thing that may be done now.
        public init(
            label: String,
            way: Way,
            hint: String? = nil
        ) {
            self.label = label
            self.way = way
            self.hint = hint
        }
    }

    /// One file of the dossier.
    public struct CaseFile: Sendable {
        /// The paper that it belongs to.
        public var paperName: String
        /// The file's name, size, pages.
        public var detail: String
        /// The bytes.
        public var href: String
        /// True for a picture, false for a PDF.
        public var isPicture: Bool
        /// The case with this file shown.
        public var selectHref: String
        /// True when it is shown.
        public var isShown: Bool

        /// One file of the dossier.
        public init(
            paperName: String,
            detail: String,
            href: String,
            isPicture: Bool,
            selectHref: String,
            isShown: Bool
        ) {
            self.paperName = paperName
            self.detail = detail
            self.href = href
            self.isPicture = isPicture
            self.selectHref = selectHref
            self.isShown = isShown
        }
    }

    /// One paper of the checklist.
    public struct ChecklistLine: Sendable {
        /// The paper.
        public var paperName: String
        /// True when it is there.
        public var isPresent: Bool
        /// True when it must be there.
        public var isNeeded: Bool
        /// "2 tệp", "Tái sử dụng từ kho".
        public var detail: String

        /// One paper of the checklist.
        public init(
            paperName: String,
            isPresent: Bool,
            isNeeded: Bool,
            detail: String
        ) {
            self.paperName = paperName
            self.isPresent = isPresent
            self.isNeeded = isNeeded
            self.detail = detail
        }
    }

    /// One event of the history.
    public struct HistoryLine: Sendable {
        /// When.
        public var at: Instant
        /// Who: name and unit for officers, "Hệ thống" for us.
        public var actor: String
        /// What.
        public var what: String
        /// The reason or note; nil without.
        public var note: String?
        /// True for events of the system, which are folded away.
        public var isBySystem: Bool

        /// One event of the history.
        public init(
            at: Instant,
            actor: String,
            what: String,
            note: String? = nil,
            isBySystem: Bool
        ) {
            self.at = at
            self.actor = actor
            self.what = what
            self.note = note
            self.isBySystem = isBySystem
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// The version that acts carry.
        public var version: Int
        /// The key of the acts.
        public var key: String
        /// The procedure.
        public var procedureName: String
        /// The status and step.
        public var statusWord: String
        /// How it is coloured.
        public var statusTone: PartTone
        /// How near the deadline is.
        public var deadline: DeadlineChip
        /// The deadline.
        public var dueAt: Instant?
        /// That the time limit was lengthened: from when, why and by which law; nil where it was not.
        public var dueNote: String?
        /// How the deadline was counted, day by day.
        public var deadlineTrace: [String]
        /// Whose the dossier is.
        public var standing: Standing
        /// The primary act; nil when there is none.
        public var primaryAct: CaseAct?
        /// Other acts.
        public var otherActs: [CaseAct]
        /// What cannot be done yet by the rules of the procedure: the act and why.
        public var hindered: [SummaryRow]
        /// Who files for whom by which paper; nil where the applicant files herself.
        public var authority: AuthorityPanel?
        /// The applicant and the answers, in groups.
        public var groups: [AnswerGroup]
        /// Where one asks for the masked data; nil when nothing is masked.
        public var revealHref: String?
        /// True where the person had the use of her data restricted.
        public var isRestricted: Bool
        /// The papers.
        public var checklist: [ChecklistLine]
        /// The files.
        public var files: [CaseFile]
        /// The history, newest first.
        public var history: [HistoryLine]
        /// What was paid: "Đã trả 16.000 đ lúc …"; nil when nothing is due.
        public var paymentWord: String?
        /// Who was consulted.
        public var consultations: [ConsultationLine]
        /// Why the dossier stays until they answer; nil when nothing holds it back.
        public var holdWord: String?
        /// The person's other dossiers.
        public var otherDossiers: [NavigationItem]
        /// Papers that were made: intake slip, control sheet.
        public var slips: [NavigationItem]
        /// What was just done; nil otherwise.
        public var flash: String?
        /// What changed since the officer last looked; nil when nothing did.
        public var changedWord: String?
        /// The list.
        public var listHref: String
        /// The next dossier of the list.
        public var nextHref: String?

        /// What the page shows.
        public init(
            code: DossierCode,
            version: Int,
            key: String,
            procedureName: String,
            statusWord: String,
            statusTone: PartTone,
            deadline: DeadlineChip,
            dueAt: Instant? = nil,
            dueNote: String? = nil,
            deadlineTrace: [String],
            standing: Standing,
            primaryAct: CaseAct? = nil,
            otherActs: [CaseAct],
            hindered: [SummaryRow] = [],
            authority: AuthorityPanel? = nil,
            groups: [AnswerGroup],
            revealHref: String? = nil,
            isRestricted: Bool = false,
            checklist: [ChecklistLine],
            files: [CaseFile],
            history: [HistoryLine],
            paymentWord: String? = nil,
            consultations: [ConsultationLine] = [],
            holdWord: String? = nil,
            otherDossiers: [NavigationItem],
            slips: [NavigationItem],
            flash: String? = nil,
            changedWord: String? = nil,
            listHref: String,
            nextHref: String? = nil
        ) {
            self.code = code
            self.version = version
            self.key = key
            self.procedureName = procedureName
            self.statusWord = statusWord
            self.statusTone = statusTone
            self.deadline = deadline
            self.dueAt = dueAt
            self.dueNote = dueNote
            self.deadlineTrace = deadlineTrace
            self.standing = standing
            self.primaryAct = primaryAct
            (self.otherActs, self.hindered) = (otherActs, hindered)
            (self.authority, self.groups) = (authority, groups)
            self.revealHref = revealHref
            self.isRestricted = isRestricted
            self.checklist = checklist
            self.files = files
            self.history = history
            self.paymentWord = paymentWord
            (self.consultations, self.holdWord) = (consultations, holdWord)
            self.otherDossiers = otherDossiers
            self.slips = slips
            self.flash = flash
            self.changedWord = changedWord
            self.listHref = listHref
            self.nextHref = nextHref
        }
    }

    /// A group of answers.
    public struct AnswerGroup: Sendable {
        /// The heading.
        public var title: String
        /// Questions and answers.
        public var rows: [SummaryRow]

        /// A group of answers.
        public init(
            title: String,
            rows: [SummaryRow]
        ) {
            self.title = title
            self.rows = rows
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: "\(model.code) – \(model.procedureName)",
                crumbs: [Crumb("Danh sách việc", href: model.listHref)],
                width: .wide,
                modules: [.staff]
            ),
            """
            \(flash(model))
            \(if: model.isRestricted, Parts.notice(.warn, """
                <p>Người dân đã yêu cầu hạn chế xử lý dữ liệu của hồ sơ này. Chỉ dùng vào việc luật buộc phải làm.</p>
                """))
            \(ifLet: model.changedWord, { Parts.notice(.info, "<p>\($0)</p>") })
            <div class="case-head"><div><p class="over">\(Parts.copyableCode(model.code.description, label: "mã hồ sơ"))</p>
            <h1>\(model.procedureName)</h1></div>
            <p class="meta">\(Parts.tag(model.statusWord, model.statusTone)) \(Parts.deadline(model.deadline)) \
            \(ifLet: model.dueAt, { "<span>Hạn \($0.vietnamese)</span>" })</p>
            \(ifLet: model.dueNote, { "<p class=\"meta\">\($0)</p>" })</div>
            <div class="case">
            \(CaseSide.acts(model, in: frame))
            \(CaseViewer.html(model.files))
            <div class="case-side">
            \(CaseSide.data(model, in: frame))
            </div></div>
            """
        )
    }

    private static func flash(_ model: Model) -> HTML {
        guard let flash = model.flash else { return .empty }
        return Parts.notice(
            .ok,
            """
            <p>\(flash)</p>
            \(if: !model.slips.isEmpty, "<p class=\"meta\">\(each: model.slips, { Parts.download($0.label, href: $0.href) })</p>")
            \(ifLet: model.nextHref, { "<p>\(Parts.linkButton("Sang hồ sơ tiếp theo", href: $0, style: .secondary))</p>" })
            """
        )
    }
}
