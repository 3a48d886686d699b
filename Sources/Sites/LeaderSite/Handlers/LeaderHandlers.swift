// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Dossiers
import HTTPTypes
import Hummingbird
public import Identity
public import Kernel
import Markup
public import Organisation
public import Reporting
public import SignIn
public import Site
import Web

/// What the pages for leaders ask and command.
public struct LeaderServices: Sendable {
    let dossiers: DossierService
    let organisation: OrganisationService
    let identity: IdentityService
    let reporting: ReportingService
    let signIn: SignInService
    let random: RandomSource

    /// The services, built by the composition root.
    public init(
        dossiers: DossierService,
        organisation: OrganisationService,
        identity: IdentityService,
        reporting: ReportingService,
        signIn: SignInService,
        random: RandomSource
    ) {
        (self.dossiers, self.organisation, self.identity) = (dossiers, organisation, identity)
        (self.reporting, self.signIn, self.random) = (reporting, signIn, random)
    }
}

/// Puts the pages for leaders on the site.
public enum LeaderRoutes {
    /// Registers every route of this site; the table of them is `docs/routes.md`.
    public static func add(to routes: SiteRoutes, _ services: LeaderServices) {
        SigningHandlers(services: services).add(to: routes)
    }
}

/// What the last signing did, for the list that is shown again.
struct SigningOutcome {
    var flash: String?
    var isWarning = false
    /// Why documents were left out, by code.
    var failures: [String: String] = [:]
    /// Boxes that were marked, where nothing was signed yet.
    var picked: Set<String> = []
    /// What is wrong with the proof of presence.
    var proofError: String?
}

/// What waits for a signature: look, sign one or several, or send back with a reason.
struct SigningHandlers: Sendable {
    let services: LeaderServices

    func add(to routes: SiteRoutes) {
        routes.get(.signing, for: .officer(.leader), rule: "own agency's dossiers", list)
        let item = SiteURL.signingItem(PathSlot.code)
        routes.get(item, for: .officer(.leader), rule: "own agency's dossier") { _, context in
            let view = try await services.dossiers.dossier(try context.dossierCode(), for: context.actor)
            return try await page(view, context, Attempt())
        }
        routes.post(item, for: .officer(.leader), rule: "own agency's dossier, edge of the graph", act)
        routes.post(.signing, for: .officer(.leader), rule: "own agency's dossiers, edge of the graph", signPicked)
        let preview = SiteURL.signingPreview(PathSlot.code)
        routes.get(preview, for: .officer(.leader), rule: "own agency's dossier", work: .long) { _, context in
            let code: DossierCode = try context.dossierCode()
            let bytes = try await services.dossiers.previewResult(of: code, for: context.actor)
            return .pdf(bytes, name: "Dự thảo \(code).pdf")
        }
    }

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await list(context, SigningOutcome(flash: flash(context)))
    }

    /// The list, with what the last signing did and why some documents were left out.
    func list(_ context: OfficerContext, _ outcome: SigningOutcome) async throws -> Response {
        let failures = outcome.failures
        let list = try await services.dossiers.workList(of: context.actor, queues: [.signing])
        // A document that somebody else signed or sent back meanwhile has no line any more.
        let shown = Set(list.rows.items.map(\.code.text))
        let gone = failures.filter { !shown.contains($0.key) }.sorted { $0.key < $1.key }
        let reasons = gone.map { "Hồ sơ \($0.key): \($0.value)" }
        let remark = gone.count < failures.count ? ["Lý do ghi ở dòng."] : []
        let opened = try await services.identity.opened(
            list.rows.items.map(\.id.rawValue),
            by: context.actor
        )
        let model = ApprovalsPage.Model(
            lines: list.rows.items.map { row in
                let id = PickedDocument(code: row.code, version: row.version).text
                return ApprovalsPage.ApprovalLine(
                    id: id,
                    code: row.code,
                    documentName: row.procedureName,
                    applicantName: row.applicantName,
                    proposedBy: row.sender?.vietnamese.capitalizedFirst ?? "Cán bộ",
                    deadline: DossierWords.chip(row.status, row.dueAt, context.now),
                    href: SiteURL.signingItem(row.code.text).path,
                    isOpened: opened.contains(row.id.rawValue),
                    failure: failures[row.code.text],
                    isPicked: outcome.picked.contains(id)
                )
            },
            flash: outcome.flash.map { ([$0] + remark + reasons).joined(separator: " ") },
            isWarning: outcome.isWarning,
            batchAction: SiteURL.signing.path,
            proofField: proofField(context, error: outcome.proofError),
            key: services.random.formKey(),
            figureWord: try await figureWord(context)
        )
        let status: HTTPResponse.Status = outcome.proofError == nil ? .ok : .unprocessableContent
        let frame = context.frame(pageCode: "L-21", current: .signing)
        return .page(ApprovalsPage.html(model, in: frame), status: status)
    }

    /// The share of the agency's transactions of this year whose author was authenticated electronically.
    private func figureWord(_ context: OfficerContext) async throws -> String? {
        let figures = try await services.reporting.recentFigures()
        let own = figures.byAgency.first { $0.agency == context.officer.agency }?.figures
        guard let own, let permille = own.authenticatedPermille else { return nil }
        let share = permille % 10 == 0 ? "\(permille / 10) %" : "\(permille / 10),\(permille % 10) %"
        return "Giao dịch của cơ quan được xác thực điện tử từ \(figures.since.vietnamese): \(share) "
            + "(\(own.acts) giao dịch). Mục tiêu 100 %."
    }

    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        let version = try form.seenVersion()
        let view = try await services.dossiers.dossier(code, for: context.actor)
        if form["_act"] == "tra-lai" || context.query.text("lam") == "tra-lai" {
            guard let reason = form.trimmed("reason"), !reason.isEmpty, reason.count <= 2_000 else {
                return try await page(view, context, Attempt(reasonError: "Nhập lý do trả lại"))
            }
            _ = try await services.dossiers.perform(
                .sendBack(to: nil, reason: reason),
                on: code,
                seen: version,
                by: context.actor
            )
            return .seeOther(SiteURL.signing.path([("bao", "tra-lai")]))
        }
        do {
            let actor = try await context.proved(by: form, services.signIn)
            let after = try await services.dossiers.approve(code, seen: version, by: actor)
            return .seeOther(SiteURL.signing.path([("bao", after.signer == nil ? "da-ky" : "da-ky-cho")]))
        } catch let missing as ProofMissing {
            return try await page(view, context, Attempt(proofError: missing.words))
        } catch let error as any Presentable where error.status < 500 && error.publicDetail != nil {
            // What hinders the signature stands where it can be read, beside the paper; nothing was signed.
            let now = try await services.dossiers.dossier(code, for: context.actor)
            return try await page(now, context, Attempt(hindrance: error.publicDetail))
        }
    }

    /// What was tried before the page of one document is drawn.
    private struct Attempt {
        var hindrance: String?
        var reasonError: String?
        var proofError: String?

        var status: HTTPResponse.Status {
            if reasonError != nil || proofError != nil { return .unprocessableContent }
            return hindrance == nil ? .ok : .conflict
        }
    }

    /// The question, where the last proof does not hold any more.
    private func proofField(_ context: OfficerContext, error: String?) -> FieldPart? {
        services.signIn.hasLastingProof(context.actor) ? nil : ProofWords.field(error: error)
    }

    private func page(_ view: DossierView, _ context: OfficerContext, _ attempt: Attempt) async throws -> Response {
        let submitter = try await submitter(of: view)
        let code = view.state.code.text
        let mayApprove = view.offered.contains(.approve)
        let standing =
            view.state.signer == nil
            ? DossierWords.status(view.state.status) : "đã ký, đang chờ văn thư phát hành"
        let kept = view.hindered.first { $0.action == .approve }?.reason
        let closed = mayApprove ? nil : kept ?? "Hồ sơ không còn chờ ký: \(standing)."
        let model = ApprovalPage.Model(
            code: view.state.code,
            documentName: view.pack.result.name,
            facts: [
                SummaryRow("Người nộp", view.shown.fullName),
                SummaryRow("Thủ tục", view.pack.name),
                SummaryRow("Hẹn trả", view.state.dueAt?.vietnamese),
            ] + (view.lengthening.map { [SummaryRow("Thời hạn", DossierWords.lengthening($0))] } ?? []) + [
                SummaryRow("Giấy tờ", "\(view.currentFiles.count) tệp")
            ],
            proposalWord: "\(submitter) đề nghị ban hành \(view.pack.result.name).",
            documentHref: SiteURL.signingPreview(code).path,
            deadline: DossierWords.chip(view.state.status, view.state.dueAt, context.now),
            papers: view.currentFiles.map { file in
                NavigationItem(
                    "\(view.title(ofTarget: file.component)): \(file.name)",
                    href: SiteURL.workFile(code, file: file.id.rawValue).path
                )
            },
            proofField: proofField(context, error: attempt.proofError),
            hindrance: attempt.hindrance ?? closed,
            returnedWord: returnedWord(view),
            signAction: SiteURL.signingItem(code).path,
            sendBackAction: SiteURL.signingItem(code).path([("lam", "tra-lai")]),
            reasonField: FieldPart(
                "reason",
                "Lý do trả lại",
                error: attempt.reasonError,
                .longText("", limitCharacters: 2_000)
            ),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.signing.path
        )
        let frame = context.frame(pageCode: "L-21", current: .signing)
        return .page(ApprovalPage.html(model, in: frame), status: attempt.status)
    }

    /// Why the clerk gave the last signature back, until there is another one.
    private func returnedWord(_ view: DossierView) -> String? {
        let last = view.timeline.last { entry in
            switch entry.event {
            case .signed, .signatureReturned, .resultDrafted: true
            default: false
            }
        }
        guard case .signatureReturned? = last?.event else { return nil }
        return "Văn thư trả lại kết quả đã ký: \(last?.note?.internalText ?? "")"
    }

    /// Who sent the dossier to where it is: name and position.
    private func submitter(of view: DossierView) async throws -> String {
        let last = view.timeline.last { if case .advanced = $0.event { true } else { false } }
        guard let id = last?.officer,
            let officer = try await services.organisation.officer(id)
        else { return "Cán bộ" }
        return "\(officer.fullName), \(officer.position),"
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "da-ky": "Đã ký và ban hành\(context.query.text("so").flatMap { Int($0) }.map { " \($0) văn bản" } ?? "")."
        case "da-ky-cho":
            "Đã ký\(context.query.text("so").flatMap { Int($0) }.map { " \($0) văn bản" } ?? ""). "
                + "Kết quả chờ văn thư kiểm tra và phát hành."
        case "tra-lai": "Đã trả lại bước trước."
        default: nil
        }
    }
}
