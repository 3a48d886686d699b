// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Feedback
import Identity
import Kernel
import Markup
import Organisation
import Payments
import Site
import Web
import WorkingTime

/// Following a dossier: by code alone, by the slip's secret, and as its applicant with papers and withdrawal.
struct TrackingHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.lookup, for: .anyone, rule: "-", lookup)
        routes.get(.dossier(PathSlot.code), for: .anyone, rule: "code alone, slip secret, or own dossier", track)
        routes.get(
            .dossierSlip(PathSlot.code, slip: PathSlot.slip),
            for: .signedIn,
            rule: "own dossier or own agency's",
            work: .long,
            paper
        )
        let file = SiteURL.dossierFile(PathSlot.code, file: PathSlot.file)
        routes.get(file, for: .citizen, rule: "own dossier", work: .long) { _, context in
            try await services.fileResponse(try context.pathID(PathSlot.file), for: context.actor)
        }
        routes.get(.dossierWithdrawal(PathSlot.code), for: .citizen, rule: "own dossier") { _, context in
            let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
            return withdrawPage(view, context, reason: "", error: nil)
        }
        routes.post(.dossierWithdrawal(PathSlot.code), for: .citizen(atLeast: .two), rule: "own dossier", withdraw)
    }

    // MARK: - By code

    private func lookup(_ request: Request, _ context: PublicContext) async throws -> Response {
        let typed = context.query.text("ma") ?? ""
        guard !typed.isEmpty else { return lookupPage(context, typed: "", outcome: .none) }
        guard let code = DossierCode(typed) else {
            return lookupPage(context, typed: typed, outcome: .malformed, status: .unprocessableContent)
        }
        return .seeOther(SiteURL.dossier(code.text).path)
    }

    private func lookupPage(
        _ context: PublicContext,
        typed: String,
        outcome: LookupPage.Outcome,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let model = LookupPage.Model(
            action: SiteURL.lookup.path,
            typed: typed,
            outcome: outcome,
            accountHref: SiteURL.account.path
        )
        let frame = context.readingFrame(pageCode: "C-12", current: .lookup)
        return .page(LookupPage.html(model, in: frame), status: status)
    }

    private func track(_ request: Request, _ context: PublicContext) async throws -> Response {
        let typed = try context.pathText(PathSlot.code)
        guard let code = DossierCode(typed) else {
            return lookupPage(context, typed: typed, outcome: .malformed, status: .notFound)
        }
        if case .citizen(_, let actor)? = context.person,
            let view = try await ownDossier(code, actor)
        {
            return .page(TrackingPage.html(ownModel(view, context), in: context.frame(pageCode: "C-12")))
        }
        do throws(RequestError) {
            try services.limiter.take("track:\(context.visit.client?.limitKey ?? "-")")
        } catch {
            return lookupPage(
                context,
                typed: code.text,
                outcome: .limited(retryAfterMinutes: 1),
                status: .tooManyRequests
            )
        }
        let secret = context.query.text("ma").flatMap { SecretToken($0) }
        do {
            let tracking = try await services.dossiers.track(code, secret: secret)
            let frame = context.readingFrame(pageCode: "C-12", current: .lookup)
            return .page(TrackingPage.html(publicModel(tracking, context), in: frame))
        } catch DossierRefusal.notFound {
            return lookupPage(context, typed: code.text, outcome: .notFound, status: .notFound)
        }
    }

    /// The dossier when it is this citizen's; somebody else's is answered as to the public.
    private func ownDossier(_ code: DossierCode, _ actor: Actor) async throws -> DossierView? {
        do { return try await services.dossiers.dossier(code, for: actor) } catch let refusal as DossierRefusal {
            switch refusal {
            case .notFound, .erased, .authorityEnded: return nil
            default: throw refusal
            }
        }
    }

    private func publicModel(_ tracking: PublicTracking, _ context: PublicContext) -> TrackingPage.Model {
        let signIn = SiteURL.signIn.path([("ve", SiteURL.dossier(tracking.code.text).path)])
        let lanes = PublicLane.allCases
        let reached = lanes.firstIndex(of: tracking.lane) ?? 0
        let access: TrackingPage.Access
        if let timeline = tracking.timeline {
            let view = TrackingPage.PublicView(
                procedureName: timeline.procedureName,
                agencyName: timeline.agencyName,
                since: timeline.entries.last?.at,
                consultingWord: timeline.isConsulting ? Self.consultingWord : nil,
                dueAt: timeline.dueAt,
                deadline: DossierWords.chip(tracking.status, timeline.dueAt, context.now),
                firstDueAt: timeline.lengthening?.formerDueAt,
                movedWord: timeline.lengthening?.why,
                stages: timeline.entries.map { entry in
                    TimelineStage(entry.text.capitalizedFirst, state: .past, detail: entry.at.vietnamese)
                }
            )
            access = .slip(view, signInHref: signIn)
        } else {
            access = .codeOnly(signInHref: signIn)
        }
        return TrackingPage.Model(
            code: tracking.code,
            statusWord: DossierWords.status(tracking.status),
            statusTone: DossierWords.tone(tracking.status),
            stagesPassed: reached + (tracking.status == .delivered ? 1 : 0),
            stagesInAll: lanes.count,
            access: access,
            erasedOn: tracking.erasedOn,
            lookupHref: SiteURL.lookup.path
        )
    }

    // MARK: - As the applicant

    private func ownModel(_ view: DossierView, _ context: PublicContext) -> TrackingPage.Model {
        let lanes = PublicLane.allCases
        let reached = lanes.firstIndex(of: services.dossiers.lane(of: view.state)) ?? 0
        return TrackingPage.Model(
            code: view.state.code,
            statusWord: DossierWords.status(view.state.status),
            statusTone: DossierWords.tone(view.state.status),
            stagesPassed: reached + (view.state.status == .delivered ? 1 : 0),
            stagesInAll: lanes.count,
            access: .own(Self.publicView(view, at: context.now), ownView(view)),
            lookupHref: SiteURL.lookup.path
        )
    }

    private static let consultingWord = "Đang lấy ý kiến đơn vị liên quan; ngày hẹn trả không đổi"

    private static func publicView(_ view: DossierView, at now: Instant) -> TrackingPage.PublicView {
        let told = view.timeline.filter(\.event.isToldToApplicant)
        return TrackingPage.PublicView(
            procedureName: view.pack.name,
            agencyName: view.agency.name,
            // What is decided, given out or over lies with nobody any more.
            holderName: view.state.status == .processing ? view.step?.name : nil,
            since: told.last?.at,
            consultingWord: view.state.isConsulting(at: now) ? consultingWord : nil,
            dueAt: view.state.dueAt,
            deadline: DossierWords.chip(view.state.status, view.state.dueAt, now),
            firstDueAt: view.lengthening?.formerDueAt,
            movedWord: view.lengthening?.why,
            stages: told.map { entry in
                let note: HTML? = entry.note?.reason.map { "<p>\($0)</p>" }
                return TimelineStage(
                    words(entry.event, view.pack),
                    state: .past,
                    detail: entry.at.vietnamese,
                    note: note
                )
            }
        )
    }

    /// What happened; a step that was reached is named.
    private static func words(_ event: DossierEvent, _ pack: ProcedurePack) -> String {
        guard case .advanced(_, let reached) = event, let step = pack.workflow.step(reached) else {
            return event.vietnamese.capitalizedFirst
        }
        return "Chuyển sang bước: \(step.name)"
    }

    private func ownView(_ view: DossierView) -> TrackingPage.OwnView {
        let code = view.state.code.text
        var result: TrackingPage.DownloadLine?
        if view.state.status == .delivered, let document = view.result, let size = document.size {
            result = TrackingPage.DownloadLine(
                label: document.title,
                href: SiteURL.dossierSlip(code, slip: "ket-qua").path,
                detail: "PDF đã ký số, \(String(fileSize: size))"
            )
        }
        let papers = view.papers.map { paper in
            TrackingPage.DownloadLine(
                label: paper.vietnamese,
                href: SiteURL.dossierSlip(code, slip: paper.rawValue).path,
                detail: "PDF"
            )
        }
        return TrackingPage.OwnView(
            urgent: urgent(view),
            result: result,
            downloads: papers,
            withdrawHref: view.offered.contains(.withdraw) ? SiteURL.dossierWithdrawal(code).path : nil,
            ratingHref: FeedbackService.mayRate(view.state.status) ? SiteURL.ratings(code).path : nil,
            notices: view.timeline.filter { !$0.event.isReorganisation }.compactMap(\.note?.reason)
        )
    }

    private func urgent(_ view: DossierView) -> TrackingPage.UrgentTask? {
        let code = view.state.code.text
        if view.offered.contains(.answerSupplement) {
            return TrackingPage.UrgentTask(
                text: "Hồ sơ cần bổ sung \(view.supplements.last?.items.count ?? 1) nội dung.",
                label: "Bổ sung hồ sơ",
                href: SiteURL.dossierSupplement(code).path
            )
        }
        guard view.state.obligation == .due, let due = view.obligation?.total else { return nil }
        let text =
            view.state.status == .decided
            ? "Cần nộp thêm \(due) theo số đã đối chiếu để nhận kết quả."
            : "Cần nộp \(due) để cơ quan tiếp nhận hồ sơ."
        return TrackingPage.UrgentTask(
            text: text,
            label: "Thanh toán",
            href: SiteURL.dossierPayment(code).path
        )
    }

    private func paper(_ request: Request, _ context: SessionContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        let name = try context.pathText(PathSlot.slip)
        if name == "ket-qua" {
            let (document, reader) = try await services.dossiers.resultFile(of: code, for: context.actor)
            return .stored(reader, type: .pdf, name: "\(document.title) \(code).pdf", disposition: .inline)
        }
        guard let paper = DossierPaper(rawValue: name) else { throw RequestError.notFound }
        let bytes = try await services.dossiers.paper(paper, of: code, for: context.actor)
        return .pdf(bytes, name: "\(paper.vietnamese) \(code).pdf")
    }

    // MARK: - Withdrawal

    private func withdraw(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        let reason = form.trimmed("reason") ?? ""
        guard reason.count <= 500 else {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            return withdrawPage(view, context, reason: reason, error: "Lý do không quá 500 ký tự")
        }
        let act = DossierAct.withdraw(reason: reason.isEmpty ? nil : reason)
        _ = try await services.dossiers.perform(act, on: code, seen: try form.seenVersion(), by: context.actor)
        return .seeOther(SiteURL.dossier(code.text).path)
    }

    private func withdrawPage(
        _ view: DossierView,
        _ context: CitizenContext,
        reason: String,
        error: String?
    ) -> Response {
        let code = view.state.code
        let model = WithdrawPage.Model(
            code: code,
            procedureName: view.pack.name,
            moneyWord: view.state.obligation == .settled ? "Khoản đã nộp được xem xét hoàn theo quy định." : nil,
            reason: reason,
            reasonError: error,
            action: SiteURL.dossierWithdrawal(code.text).path,
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.dossier(code.text).path
        )
        let status: HTTPResponse.Status = error == nil ? .ok : .unprocessableContent
        return .page(WithdrawPage.html(model, in: context.frame(pageCode: "C-12")), status: status)
    }
}
