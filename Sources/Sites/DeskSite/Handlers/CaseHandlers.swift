// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import Hummingbird
import Identity
import Journal
import Kernel
import Markup
import Organisation
import Payments
import Site
import Storage
import Web
import WorkingTime

/// One case: papers on the left, data and the one next step on the right; its files and slips.
struct CaseHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        routes.get(.workItem(PathSlot.code), for: .anyOfficer, rule: "own agency's dossier", page)
        routes.get(
            .workFile(PathSlot.code, file: PathSlot.file),
            for: .anyOfficer,
            rule: "own agency's dossier",
            work: .long
        ) { _, context in
            let file = try await services.dossiers.file(try context.pathID(PathSlot.file), for: context.actor)
            let reader = try await services.files.open(file.digest)
            let type = ServedType(rawValue: file.mediaType) ?? .other
            return .stored(reader, type: type, name: file.name, disposition: .inline)
        }
        routes.post(
            .workAuthority(PathSlot.code),
            for: .anyOfficer,
            rule: "own agency's dossier in her hands, filed by an authority"
        ) { form, _, context in
            let code: DossierCode = try context.dossierCode()
            guard let way = form["cach"].flatMap({ Representation.Confirmation.Way(rawValue: $0) }) else {
                let heading = try await services.dossiers.heading(code, for: context.actor)
                return .seeOther(SiteURL.workItem(heading.code.text).path)
            }
            try await services.dossiers.confirmAuthority(of: code, way, by: context.actor)
            return .seeOther(SiteURL.workItem(code.text).path([("bao", "dai-dien")]))
        }
        routes.get(
            .workSlip(PathSlot.code, slip: PathSlot.slip),
            for: .anyOfficer,
            rule: "own agency's dossier",
            work: .long,
            slip
        )
    }

    private func slip(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        switch try context.pathText(PathSlot.slip) {
        case "ket-qua":
            let (document, reader) = try await services.dossiers.resultFile(of: code, for: context.actor)
            return .stored(reader, type: .pdf, name: "\(document.title) \(code).pdf", disposition: .inline)
        case "du-thao":
            let bytes = try await services.dossiers.previewResult(of: code, for: context.actor)
            return .pdf(bytes, name: "Dự thảo \(code).pdf")
        case let name:
            guard let paper = DossierPaper(rawValue: name) else { throw RequestError.notFound }
            let bytes = try await services.dossiers.paper(paper, of: code, for: context.actor)
            return .pdf(bytes, name: "\(paper.vietnamese) \(code).pdf")
        }
    }

    private func page(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
        let acts = CaseActs.all(of: view)
        let everybody = try await services.organisation.snapshot()
        let marks = try await services.dossiers.resultMarks(of: view.currentFiles)
        let model = CasePage.Model(
            code: view.state.code,
            version: view.state.version,
            key: services.random.formKey(),
            procedureName: view.pack.name,
            // Decided, its last step is over: what is left is to give the result out.
            statusWord: view.state.status == .decided
                ? DossierWords.status(.decided)
                : view.state.signer != nil
                    ? WorkQueue.issuing.vietnamese
                    : view.step.map { step in [step.name, step.unit].compactMap(\.self).joined(separator: ", ") }
                        ?? DossierWords.status(view.state.status),
            statusTone: DossierWords.tone(view.state.status),
            deadline: DossierWords.chip(view.state.status, view.state.dueAt, context.now),
            dueAt: view.state.dueAt,
            dueNote: view.lengthening.map(DossierWords.lengthening),
            deadlineTrace: view.deadline?.trace.map(\.line) ?? [],
            standing: view.state.status.isFinal ? .closed(word: DossierWords.status(view.state.status)) : .mine,
            primaryAct: acts.first,
            otherActs: Array(acts.dropFirst()),
            hindered: CaseActs.hindered(of: view),
            authority: AuthorityLines.panel(view, context.now.date),
            groups: groups(view),
            revealHref: view.shown.isMasked ? SiteURL.workUnmasking(view.state.code.text).path : nil,
            isRestricted: view.isRestricted,
            checklist: checklist(view, context),
            files: files(view, marks, shown: context.query.text("xem")),
            history: history(view, everybody),
            paymentWord: paymentWord(view),
            consultations: ConsultationLines.lines(view, everybody, context.now),
            holdWord: ConsultationLines.holdWord(view),
            otherDossiers: [],
            slips: slips(view),
            flash: flash(context.query.text("bao")),
            listHref: SiteURL.workList.path
        )
        return .page(CasePage.html(model, in: context.frame(pageCode: "D-17", current: .workList)))
    }

    private func flash(_ word: String?) -> String? {
        switch word {
        case "du-thao": "Đã lưu dự thảo kết quả."
        case "dai-dien": "Đã ghi việc đối chiếu giấy tờ làm thay."
        case "hoi-y-kien": "Đã gửi câu hỏi. Câu trả lời hiện ở mục Lấy ý kiến."
        case "rut-cau-hoi": "Đã rút câu hỏi."
        case "keo-dai": "Đã kéo dài thời hạn. Ngày hẹn trả mới và lý do đã báo cho người nộp."
        case "dinh-chinh": "Đã tính lại phí theo số đã đính chính."
        default: nil
        }
    }

    private func groups(_ view: DossierView) -> [CasePage.AnswerGroup] {
        let known = ConditionContext(
            answers: view.shown.answers,
            channel: view.state.channel,
            today: view.state.submittedAt.date
        )
        let applicant = CasePage.AnswerGroup(
            title: AuthorityLines.applicantTitle(view.shown.behalf),
            rows: [
                SummaryRow("Họ và tên", view.shown.fullName),
                SummaryRow("Số định danh", view.shown.nationalID),
                SummaryRow("Ngày sinh", view.shown.birthDate?.vietnamese),
                SummaryRow("Địa chỉ", view.shown.address),
                SummaryRow("Điện thoại", view.shown.phone),
                SummaryRow("Nhận kết quả", view.state.delivery.vietnamese),
            ] + (view.pack.variant(id: view.state.variant).map { [SummaryRow("Trường hợp", $0.name)] } ?? [])
        )
        let pages = view.pack.form?.visiblePages(known) ?? []
        return [applicant]
            + pages.map { page in
                let lines = view.pack.form?.lines(of: page, known) ?? []
                return CasePage.AnswerGroup(title: page.title, rows: lines.map { SummaryRow($0.label, $0.value) })
            }
    }

    private func checklist(_ view: DossierView, _ context: OfficerContext) -> [CasePage.ChecklistLine] {
        let known = ConditionContext(
            answers: view.shown.answers,
            channel: view.state.channel,
            today: view.state.submittedAt.date
        )
        return view.pack.components(known).map { component, isRequired in
            let files = view.currentFiles.filter { $0.component == component.id }
            return CasePage.ChecklistLine(
                paperName: component.name,
                isPresent: !files.isEmpty,
                isNeeded: isRequired,
                detail: files.isEmpty ? (isRequired ? "Chưa có" : "Không bắt buộc") : "\(files.count) tệp"
            )
        }
    }

    private func files(_ view: DossierView, _ marks: [Digest: String], shown: String?) -> [CasePage.CaseFile] {
        let code = view.state.code.text
        var drafts: [CasePage.CaseFile] = []
        if let draft = view.result, draft.digest == nil, view.state.drafter != nil {
            // Who checks a draft looks at it first; who works on it has its page for that.
            let isFirst = shown == nil && view.step?.role == .unitHead
            drafts = [
                CasePage.CaseFile(
                    paperName: "Dự thảo kết quả",
                    detail: "Bản xem trước lập lúc \(draft.draftedAt.vietnamese)",
                    href: SiteURL.workSlip(code, slip: "du-thao").path,
                    isPicture: false,
                    selectHref: SiteURL.workItem(code).path([("xem", "du-thao")]),
                    isShown: isFirst || shown == "du-thao"
                )
            ]
        }
        let first = drafts.contains(where: \.isShown) ? nil : shown ?? view.currentFiles.first?.id.rawValue
        return drafts
            + view.currentFiles.map { file in
                CasePage.CaseFile(
                    paperName: view.title(ofTarget: file.component),
                    detail: "\(file.name), \(String(fileSize: file.size))" + (file.pages.map { ", \($0) trang" } ?? "")
                        + (marks[file.digest].map { ", đúng tệp kết quả đã ban hành: \($0)" } ?? ""),
                    href: SiteURL.workFile(code, file: file.id.rawValue).path,
                    isPicture: file.mediaType.hasPrefix("image/"),
                    selectHref: SiteURL.workItem(code).path([("xem", file.id.rawValue)]),
                    isShown: file.id.rawValue == first
                )
            }
    }

    private func history(_ view: DossierView, _ everybody: OrganisationSnapshot) -> [CasePage.HistoryLine] {
        view.timeline.map { entry in
            let officer = OfficerID(rawValue: entry.author.id).flatMap { everybody.officer($0) }
            let actor =
                switch entry.author.kind {
                case .officer:
                    (officer.map { "\($0.fullName), \($0.position)" } ?? "Cán bộ") + inPlace(entry, everybody)
                case .citizen, .business: entry.author.behalf == nil ? "Người nộp" : "Người làm thay"
                case .partner, .system: "Hệ thống"
                }
            return CasePage.HistoryLine(
                at: entry.at,
                actor: actor,
                what: entry.event.vietnamese,
                note: entry.note?.reason ?? entry.note?.internalText,
                isBySystem: entry.author.kind == .system
            )
        }
    }

    /// ", làm thay …" where the act was done in another's place.
    private func inPlace(_ entry: TimelineEntry, _ everybody: OrganisationSnapshot) -> String {
        let away = entry.author.behalf.flatMap { SubstitutionID(rawValue: $0) }
            .flatMap { everybody.substitution($0) }.flatMap { everybody.officer($0.officer) }
        return away.map { ", làm thay \($0.fullName), \($0.position)" } ?? ""
    }

    private func paymentWord(_ view: DossierView) -> String? {
        guard let obligation = view.obligation else { return nil }
        if let correction = view.state.feeCorrection { return correctionWord(correction, obligation) }
        switch obligation.state {
        case .due: return "Chờ nộp \(obligation.total)"
        case .settled: return "Đã nộp \(obligation.total)"
        case .cancelled: return "Không còn phải nộp \(obligation.total)"
        }
    }

    private func correctionWord(_ correction: FeeCorrection, _ obligation: Obligation) -> String {
        let start = "Đã nộp \(correction.paid), theo số đã đối chiếu là \(correction.confirmed)."
        if correction.refund > .zero {
            return "\(start) Phải hoàn \(correction.refund), ghi ở danh sách Chờ hoàn tiền."
        }
        return obligation.state == .due
            ? "\(start) Chờ nộp thêm \(obligation.total) trước khi trả kết quả."
            : "\(start) Đã nộp thêm \(correction.extra)."
    }

    private func slips(_ view: DossierView) -> [NavigationItem] {
        let code = view.state.code.text
        var items = view.papers.map { paper in
            NavigationItem(paper.vietnamese, href: SiteURL.workSlip(code, slip: paper.rawValue).path)
        }
        if view.result?.digest != nil {
            let word = view.state.signer == nil ? "Kết quả đã ký" : "Kết quả đã ký, chưa phát hành"
            items.append(NavigationItem(word, href: SiteURL.workSlip(code, slip: "ket-qua").path))
        } else if view.result != nil {
            items.append(NavigationItem("Dự thảo kết quả", href: SiteURL.workSlip(code, slip: "du-thao").path))
        }
        return items
    }
}

/// The acts that a case offers, the next step first. Which are offered is the graph's answer, not the page's.
enum CaseActs {
    /// The words of an act in an address.
    static let words: [DossierAction: String] = [
        .receive: "tiep-nhan", .decline: "tu-choi", .requestSupplement: "bo-sung", .draftResult: "du-thao",
        .advance: "trinh-ky", .sendBack: "tra-lai", .handOverToAgency: "chuyen-co-quan", .stop: "dung",
        .deliver: "tra-ket-qua", .refuse: "khong-giai-quyet", .askConsultation: "hoi-y-kien",
        .withdrawConsultation: "rut-cau-hoi", .recountFee: "dinh-chinh", .issue: "phat-hanh",
        .returnSignature: "tra-chu-ky", .lengthen: "keo-dai",
    ]

    /// In the order in which one of them is the next step: what is not drafted yet is drafted before it goes on.
    private static func order(hasDraft: Bool) -> [DossierAction] {
        [.receive] + (hasDraft ? [.advance, .draftResult] : [.draftResult, .advance]) + [
            .issue, .deliver, .approve, .askConsultation, .requestSupplement, .lengthen, .sendBack, .recountFee,
            .handOverToAgency, .decline, .refuse,
            .stop,
        ]
    }

    static func all(of view: DossierView) -> [CasePage.CaseAct] {
        order(hasDraft: view.state.drafter != nil).filter { view.offered.contains($0) }.flatMap { action in
            switch action {
            case .advance, .sendBack: moves(action, view)
            case .askConsultation: questions(view)
            default: [act(action, view)].compactMap(\.self)
            }
        }
    }

    /// What guards of the pack keep back, in the order of the pack: the words of the button, and why.
    static func hindered(of view: DossierView) -> [SummaryRow] {
        (view.step?.actions ?? []).compactMap { move in
            view.hindered.first { $0.isOf(move) }.map { SummaryRow(move.label, $0.reason) }
        } + view.hindered.filter { $0.action == .lengthen }.map { SummaryRow($0.action.vietnamese, $0.reason) }
    }

    /// One act for each step to which the pack leads now, in the pack's words.
    private static func moves(_ action: DossierAction, _ view: DossierView) -> [CasePage.CaseAct] {
        guard let word = words[action] else { return [] }
        return view.open(action).map { move in
            let href = SiteURL.workAction(view.state.code.text, action: word).path([("buoc", move.target)])
            return CasePage.CaseAct(
                label: move.label,
                way: action == .advance ? .post(action: href) : .page(href: href)
            )
        }
    }

    /// One act for each subject on which the pack lets somebody be consulted here.
    private static func questions(_ view: DossierView) -> [CasePage.CaseAct] {
        guard let word = words[.askConsultation] else { return [] }
        return view.askable.map { one in
            let href = SiteURL.workAction(view.state.code.text, action: word).path([("loai", one.rule.id)])
            return CasePage.CaseAct(label: "Hỏi ý kiến: \(one.rule.name.lowercasedFirst)", way: .page(href: href))
        }
    }

    private static func act(_ action: DossierAction, _ view: DossierView) -> CasePage.CaseAct? {
        let code = view.state.code.text
        if action == .approve {
            return CasePage.CaseAct(label: "Xem và ký", way: .page(href: SiteURL.signingItem(code).path))
        }
        guard let word = words[action] else { return nil }
        let href = SiteURL.workAction(code, action: word).path
        switch action {
        case .issue: return CasePage.CaseAct(label: "Kiểm tra và phát hành", way: .page(href: href))
        case .receive:
            return CasePage.CaseAct(
                label: "Tiếp nhận",
                way: .post(action: href),
                hint: "Thời hạn bắt đầu tính, giấy tiếp nhận gửi ngay cho người nộp."
            )
        case .draftResult:
            // In the pack's words; what exists is mended.
            let named = view.open(.draftResult).first?.label ?? "Lập dự thảo kết quả"
            let label = view.state.drafter == nil ? named : "Sửa dự thảo kết quả"
            return CasePage.CaseAct(label: label, way: .page(href: href))
        default: return CasePage.CaseAct(label: action.vietnamese, way: .page(href: href))
        }
    }
}
