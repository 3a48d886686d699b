// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// Screen 12, `/ho-so/{mã}`: how far a dossier is, in the three steps of what the reader may know.
public enum TrackingPage {
    /// What the reader may know.
    public enum Access: Sendable {
        /// The code alone: code and degree of completion (TT 01/2018 art. 16.2.d), and where to sign in.
        case codeOnly(signInHref: String)
        /// The secret of the slip's QR: the public timeline; where to sign in for more.
        case slip(PublicView, signInHref: String)
        /// The applicant, or whoever she let in: downloads and actions too.
        case own(PublicView, OwnView)
    }

    /// What everyone may see who holds the slip.
    public struct PublicView: Sendable {
        /// The procedure.
        public var procedureName: String
        /// The agency that decides.
        public var agencyName: String
        /// Who holds the dossier now: "Bộ phận một cửa UBND phường Rạch Giá".
        public var holderName: String?
        /// Since when.
        public var since: Instant?
        /// "Đang lấy ý kiến đơn vị liên quan"; nil otherwise.
        public var consultingWord: String?
        /// The promised date; nil before intake.
        public var dueAt: Instant?
        /// How near it is.
        public var deadline: DeadlineChip
        /// The promised date before an apology or a lengthening moved it.
        public var firstDueAt: Instant?
        /// Why it moved and by which law: "phải xác minh, theo Nghị định …"; nil where it did not.
        public var movedWord: String?
        /// The stages.
        public var stages: [TimelineStage]

        /// What everyone may see who holds the slip.
        public init(
            procedureName: String,
            agencyName: String,
            holderName: String? = nil,
            since: Instant? = nil,
            consultingWord: String? = nil,
            dueAt: Instant? = nil,
            deadline: DeadlineChip,
            firstDueAt: Instant? = nil,
            movedWord: String? = nil,
            stages: [TimelineStage]
        ) {
            self.procedureName = procedureName
            self.agencyName = agencyName
            self.holderName = holderName
            self.since = since
            self.consultingWord = consultingWord
            self.dueAt = dueAt
            self.deadline = deadline
            self.firstDueAt = firstDueAt
            self.movedWord = movedWord
            self.stages = stages
        }
    }

    /// One file to take home.
    public struct DownloadLine: Sendable {
        /// "Tải giấy tiếp nhận".
        public var label: String
        /// Where it is.
        public var href: String
        /// "PDF, 84 KB, ký số".
        public var detail: String

        /// One file to take home.
        public init(
            label: String,
            href: String,
            detail: String
        ) {
            self.label = label
            self.href = href
            self.detail = detail
        }
    }

    /// What the applicant sees besides.
    public struct OwnView: Sendable {
        /// What waits for the applicant, first of all; nil when nothing does.
        public var urgent: UrgentTask?
        /// The result, once it is there: the first thing to take home.
        public var result: DownloadLine?
        /// What may be taken home.
        public var downloads: [DownloadLine]
        /// Where the dossier is withdrawn; nil when it may not be any more.
        public var withdrawHref: String?
        /// Where the handling is rated, once it is over; nil before.
        public var ratingHref: String?
        /// What was said in the notices.
        public var notices: [String]

        /// What the applicant sees besides.
        public init(
            urgent: UrgentTask? = nil,
            result: DownloadLine? = nil,
            downloads: [DownloadLine],
            withdrawHref: String? = nil,
            ratingHref: String? = nil,
            notices: [String] = []
        ) {
            self.urgent = urgent
            self.result = result
            self.downloads = downloads
            self.withdrawHref = withdrawHref
            self.ratingHref = ratingHref
            self.notices = notices
        }
    }

    /// The one thing that the applicant should do now.
    public struct UrgentTask: Sendable {
        /// "Cần bổ sung 2 chỗ trước 17:00 ngày 12/03/2026".
        public var text: String
        /// "Bổ sung hồ sơ".
        public var label: String
        /// Where it is done.
        public var href: String

        /// The one thing that the applicant should do now.
        public init(
            text: String,
            label: String,
            href: String
        ) {
            self.text = text
            self.label = label
            self.href = href
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The code.
        public var code: DossierCode
        /// One of the public words: "Đang xử lý", "Đã có kết quả".
        public var statusWord: String
        /// How the word is coloured.
        public var statusTone: PartTone
        /// Stages that are behind.
        public var stagesPassed: Int
        /// All stages.
        public var stagesInAll: Int
        /// What the reader may know.
        public var access: Access
        /// When its personal data were erased; nil while they are kept.
        public var erasedOn: LocalDate?
        /// Another look-up.
        public var lookupHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            statusWord: String,
            statusTone: PartTone,
            stagesPassed: Int,
            stagesInAll: Int,
            access: Access,
            erasedOn: LocalDate? = nil,
            lookupHref: String
        ) {
            self.code = code
            self.statusWord = statusWord
            self.statusTone = statusTone
            self.stagesPassed = stagesPassed
            self.stagesInAll = stagesInAll
            self.access = access
            self.erasedOn = erasedOn
            self.lookupHref = lookupHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: "Hồ sơ \(model.code): \(isCodeOnly(model) ? degreeWord(model) : model.statusWord)",
                crumbs: [Crumb("Trang chủ", href: frame.homeHref), Crumb("Tra cứu hồ sơ", href: model.lookupHref)],
                width: .text
            ),
            """
            <p class="over">Hồ sơ \(Parts.copyableCode(model.code.description, label: "mã hồ sơ"))</p>
            \(head(model))
            \(progress(model))
            \(ifLet: model.erasedOn, erased)
            \(if: model.erasedOn == nil, content(model))
            """
        )
    }

    private static func erased(_ day: LocalDate) -> HTML {
        Parts.notice(
            .info,
            title: "Dữ liệu cá nhân của hồ sơ này đã xóa",
            """
            <p>Xóa ngày \(day.vietnamese) vì hết thời hạn lưu theo luật. Chỉ còn mã hồ sơ và các mốc thời gian. Tờ khai, \
            tệp và kết quả không xem lại được ở đây; bản kết quả đã nhận vẫn có giá trị.</p>
            """
        )
    }

    private static func head(_ model: Model) -> HTML {
        switch model.access {
        case .codeOnly:
            "<h1>\(degreeWord(model))</h1>"
        case .slip(let view, _), .own(let view, _):
            """
            <h1>\(view.procedureName)</h1>
            <p class="meta">\(Parts.tag(model.statusWord, model.statusTone)) \
            \(if: view.deadline != .over, Parts.deadline(view.deadline))</p>
            """
        }
    }

    /// The code alone opens nothing but the degree of completion: not the status, not the procedure.
    private static func isCodeOnly(_ model: Model) -> Bool {
        if case .codeOnly = model.access { return true }
        return false
    }

    private static func degreeWord(_ model: Model) -> String {
        "Đã qua \(model.stagesPassed) trong \(model.stagesInAll) chặng"
    }

    private static func progress(_ model: Model) -> HTML {
        """
        <div class="degree">\(if: !isCodeOnly(model), "<p>\(degreeWord(model))</p>")
        <svg viewBox="0 0 \(model.stagesInAll * 100) 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
        \(each: 0..<model.stagesInAll, { stage in
            "<rect x=\"\(stage * 100 + 1)\" width=\"96\" height=\"8\"\(classes: stage < model.stagesPassed ? "on" : nil)/>"
        })</svg></div>
        """
    }

    private static func content(_ model: Model) -> HTML {
        switch model.access {
        case .codeOnly(let signInHref):
            """
            <p>Chỉ có mã hồ sơ thì xem được bấy nhiêu, để giữ kín việc riêng của người nộp.</p>
            <h2>Muốn xem nhiều hơn</h2>
            <ul><li>Quét mã QR trên giấy tiếp nhận hoặc xác nhận đã nộp: xem từng bước và ngày hẹn.</li>
            <li><a\(href: signInHref)>Đăng nhập</a>: tải giấy tờ, kết quả, bổ sung hoặc rút hồ sơ.</li></ul>
            """
        case .slip(let view, let signInHref):
            """
            \(facts(view))
            <h2>Các chặng</h2>\(Parts.timeline(view.stages))
            <p class="mut">Để tải giấy tờ, kết quả hoặc bổ sung hồ sơ, <a\(href: signInHref)>đăng nhập</a>.</p>
            """
        case .own(let view, let own):
            """
            \(ifLet: own.urgent, { urgent in
                Parts.notice(.warn, title: urgent.text, "<p>\(Parts.linkButton(urgent.label, href: urgent.href))</p>")
            })
            \(ifLet: own.result, { result in
                Parts.notice(.ok, title: "Kết quả đã ký, có giá trị như bản giấy", """
                    <p><a class="btn"\(href: result.href) download>\(Parts.icon(.download))\(result.label)</a></p>
                    <p>\(result.detail)</p>
                    """)
            })
            \(ifLet: own.ratingHref, { href in
                Parts.actions(Parts.linkButton("Đánh giá việc giải quyết", href: href, style: .secondary))
            })
            \(facts(view))
            \(if: !own.downloads.isEmpty, downloads(own.downloads))
            <h2>Các chặng</h2>\(Parts.timeline(view.stages))
            \(if: !own.notices.isEmpty, """
                <h2>Tin đã gửi</h2><ul>\(each: own.notices, { "<li>\($0)</li>" })</ul>
                """)
            \(ifLet: own.withdrawHref, { "<p><a class=\"ilink\"\(href: $0)>Rút hồ sơ</a></p>" })
            """
        }
    }

    private static func facts(_ view: PublicView) -> HTML {
        var rows = [SummaryRow("Cơ quan giải quyết", view.agencyName)]
        if let holder = view.holderName {
            let since = view.since.map { ", từ \($0.vietnamese)" } ?? ""
            rows.append(SummaryRow("Đang ở", "\(holder)\(since)"))
        }
        if let word = view.consultingWord { rows.append(SummaryRow("Lấy ý kiến", word)) }
        if let dueAt = view.dueAt {
            let moved: HTML =
                "\(ifLet: view.firstDueAt, { "<br><small class=\"mut\">Hẹn lần đầu: \($0.vietnamese)</small>" })"
            rows.append(SummaryRow("Hẹn trả kết quả", html: "<strong>\(dueAt.vietnamese)</strong>\(moved)"))
            if let word = view.movedWord { rows.append(SummaryRow("Kéo dài thời hạn", "Vì \(word)")) }
        } else {
            rows.append(SummaryRow("Hẹn trả kết quả", "Có khi hồ sơ được tiếp nhận"))
        }
        return Parts.summaryList(rows)
    }

    private static func downloads(_ lines: [DownloadLine]) -> HTML {
        """
        <h2>Giấy tờ của hồ sơ</h2>
        <ul class="links">\(each: lines, { "<li>\(Parts.download($0.label, href: $0.href, detail: $0.detail))</li>" })</ul>
        """
    }
}
