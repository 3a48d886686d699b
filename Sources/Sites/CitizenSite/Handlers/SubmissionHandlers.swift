// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Paper
import Payments
import Site
import Web

/// Checking the answers, submitting, and the confirmation.
struct SubmissionHandlers: Sendable {
    let services: CitizenServices
    private static let rule = "own draft"

    func add(to routes: SiteRoutes) {
        routes.get(.draftCheck(PathSlot.draft), for: .citizen, rule: Self.rule) { _, context in
            do {
                let view = try await services.dossiers.draft(try context.pathID(PathSlot.draft), for: context.actor)
                return try await page(view, context, error: nil)
            } catch DossierRefusal.draftSubmitted(let code) {
                return .seeOther(SiteURL.dossier(code.text).path)
            }
        }
        routes.post(.draftCheck(PathSlot.draft), for: .citizen(atLeast: .two), rule: Self.rule, submit)
        routes.get(.draftConfirmation(PathSlot.draft), for: .citizen, rule: Self.rule, confirmation)
    }

    private func submit(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        do {
            let submission = try await services.dossiers.submit(
                id,
                key: try form.idempotencyKey(),
                isDeclared: form["declaration"] == "yes",
                by: context.actor
            )
            let next = submission.isPaymentDue ? SiteURL.draftPayment(id.rawValue) : .draftConfirmation(id.rawValue)
            return .seeOther(next.path)
        } catch let refusal as DossierRefusal where refusal.status == 422 || refusal == .draftChangedMeanwhile {
            let view = try await services.dossiers.draft(id, for: context.actor)
            return try await page(view, context, error: refusal)
        }
    }

    private func page(_ view: DraftView, _ context: CitizenContext, error: DossierRefusal?) async throws -> Response {
        let draft = view.draft.id.rawValue
        let agency = try await view.draft.agency.asyncMap { try await services.organisation.agency($0)?.name } ?? nil
        let pages = view.pack.form?.visiblePages(view.context) ?? []
        let groups = pages.map { page in
            let edit = SiteURL.draftFormPage(draft, page: page.id).path([("ve", "kiem-tra")])
            return CheckPage.AnswerGroup(
                title: page.title,
                rows: (view.pack.form?.lines(of: page, view.context) ?? []).map { line in
                    SummaryRow(line.label, line.value, changeHref: edit)
                }
            )
        }
        let variant = view.pack.variant(view.context)
        let promise = view.pack.promise(.online, variant: variant?.id)
        let place = CheckPage.AnswerGroup(
            title: "Nơi giải quyết",
            rows: (variant.map { [SummaryRow("Trường hợp", $0.name)] } ?? []) + [
                SummaryRow("Thời hạn", promise?.vietnamese(or: view.pack.lengthenings)),
                SummaryRow("Cơ quan", agency, changeHref: SiteURL.draftDelivery(draft).path),
                SummaryRow(
                    "Nhận kết quả",
                    view.draft.delivery.vietnamese,
                    changeHref: SiteURL.draftDelivery(draft).path
                ),
            ]
        )
        let papers = view.components.map { component, _ in
            let names = view.files.filter { $0.component == component.id }.map(\.name).joined(separator: ", ")
            let href = AskedPapers.href(of: component.id, in: view)
            return SummaryRow(component.name, names.isEmpty ? nil : names, changeHref: href)
        }
        let isDeclarationMissing = error == .declarationMissing
        let model = CheckPage.Model(
            procedureName: view.pack.name,
            groups: [place] + groups,
            papers: papers,
            fees: FeeWords.lines(view.quote),
            feeMoment: FeeWords.moment(view.quote),
            missing: missing(view, error),
            declaration: FieldPart(
                "declaration",
                "Cam đoan",
                error: isDeclarationMissing ? DossierRefusal.declarationMissing.publicDetail : nil,
                .declaration(
                    view.pack.form?.declaration ?? "Tôi cam đoan những thông tin trên là đúng sự thật.",
                    isTicked: false
                )
            ),
            submitAction: SiteURL.draftCheck(draft).path,
            key: services.random.formKey(),
            version: view.draft.revision,
            backHref: SiteURL.draft(draft).path
        )
        let status: HTTPResponse.Status = error == nil ? .ok : .unprocessableContent
        return .page(CheckPage.html(model, in: context.frame(pageCode: "C-09")), status: status)
    }

    /// What is still to be mended, each with the page where it is done.
    private func missing(_ view: DraftView, _ error: DossierRefusal?) -> [NavigationItem] {
        let draft = view.draft.id.rawValue
        var items: [NavigationItem] = []
        if view.draft.agency == nil {
            items.append(NavigationItem("Chọn nơi giải quyết hồ sơ", href: SiteURL.draftDelivery(draft).path))
        }
        for problem in view.problems {
            let page = view.pack.form?.pages.first { page in page.fields.contains { $0.owns(problem.field) } }
            guard let page else { continue }
            items.append(NavigationItem(problem.sentence, href: SiteURL.draftFormPage(draft, page: page.id).path))
        }
        for component in view.missingComponents {
            let href = AskedPapers.href(of: component.id, in: view)
            items.append(NavigationItem(PackWords.missing(component), href: href))
        }
        if error == .draftChangedMeanwhile, let words = error?.publicDetail {
            items.append(NavigationItem(words, href: SiteURL.draft(draft).path))
        }
        return items
    }

    // MARK: - Confirmation

    private func confirmation(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        guard let code = try await services.dossiers.dossierCode(of: id, for: context.actor) else {
            return .seeOther(SiteURL.draft(id.rawValue).path)
        }
        let view = try await services.dossiers.dossier(code, for: context.actor)
        let slip = SiteURL.dossierSlip(code.text, slip: DossierPaper.submissionConfirmation.rawValue).path
        let tracking = services.dossiers.trackingURL(of: view.state)
        let model = ConfirmationPage.Model(
            code: code,
            procedureName: view.pack.name,
            agencyName: view.agency.name,
            submittedAt: view.state.submittedAt,
            standing: try await standing(of: view, draft: id),
            qr: QRPicture.html(tracking, label: "Mã QR theo dõi hồ sơ \(code)"),
            confirmationHref: slip,
            files: view.currentFiles.map {
                ConfirmationPage.SubmittedFile(name: $0.name, sizeBytes: $0.size, sha256: $0.digest.hex)
            },
            noticeWord: ContactWords.notice(view.shown),
            trackHref: SiteURL.dossier(code.text).path
        )
        return .page(ConfirmationPage.html(model, in: context.frame(pageCode: "C-11")))
    }

    private func standing(of view: DossierView, draft: DossierDraftID) async throws -> ConfirmationPage.Standing {
        if let due = view.state.dueAt {
            let slip = SiteURL.dossierSlip(view.state.code.text, slip: DossierPaper.intakeSlip.rawValue).path
            return .received(dueAt: due, slipHref: slip)
        }
        guard view.state.obligation == .due, let obligation = view.obligation else {
            return .awaitingIntake(answerBy: nil)
        }
        let payment = try await services.payments.obligation(of: DossierService.payable(view.state.id))?.payment
        let pay = SiteURL.draftPayment(draft.rawValue).path
        return payment?.state == .redirected || payment?.state == .confirming
            ? .paymentPending(checkHref: pay) : .paymentDue(payHref: pay, sum: obligation.total)
    }
}

/// Words about fees that several pages use.
enum FeeWords {
    /// When money is paid; what is not known is not asked for here.
    static func moment(_ quote: FeeQuote?) -> String {
        guard let quote, !quote.unknown.isEmpty else { return "Nộp sau khi gửi hồ sơ, trước khi được tiếp nhận" }
        return "Cổng chưa có mức thu do Hội đồng nhân dân tỉnh quy định nên chưa thu khoản này; "
            + "hỏi bộ phận một cửa về số tiền phải nộp."
    }

    static func lines(_ quote: FeeQuote?) -> [FeeLine] {
        (quote?.lines ?? []).map { line in
            FeeLine(
                label: line.label,
                amount: line.amount,
                calculation: line.calculation,
                exemptionWord: line.exemption,
                isFee: line.kind == .fee,
                isSetByCouncil: line.isSetByCouncil
            )
        }
    }

    static func lines(_ obligation: Obligation?) -> [FeeLine] {
        (obligation?.lines ?? []).map { line in
            FeeLine(
                label: line.name,
                amount: line.amount,
                calculation: line.calculation,
                isFee: line.kind == .fee
            )
        }
    }
}

/// Where notices go, masked.
enum ContactWords {
    static func notice(_ person: ShownPerson) -> String {
        var ways: [String] = []
        if let phone = person.phone.flatMap({ PhoneNumber($0) }) { ways.append("tin nhắn tới \(phone.masked)") }
        if person.email != nil { ways.append("thư điện tử") }
        return ways.isEmpty ? "trang của hồ sơ" : ways.joined(separator: " và ")
    }
}

/// A QR code on a page, drawn by the server.
enum QRPicture {
    /// Nil when the text is too long for a code, which no address of ours is.
    static func html(_ text: String, label: String) -> HTML? {
        guard let code = try? QRCode(text) else { return nil }  // too long: the page shows the address alone
        let margin = QRCode.quietZone
        var path = ""
        for (y, row) in code.modules.enumerated() {
            for (x, isDark) in row.enumerated() where isDark { path += "M\(x + margin) \(y + margin)h1v1h-1z" }
        }
        let side = code.width + 2 * margin
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)" shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }
}
