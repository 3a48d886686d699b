// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import SignIn
import Site
import Web

/// Requests to reset officers' sign-in: two administrators, one code.
struct ResetHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let rule = "own agency's officers or those below it"
        routes.get(.resets, for: .officer(.administrator), rule: rule) { _, context in
            try await page(context, flash: flash(context), hindrance: nil)
        }
        let decision = SiteURL.resetDecision(PathSlot.reset)
        routes.post(decision, for: .officer(.administrator), rule: "\(rule), not own request", decide)
    }

    private func decide(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let id: Identifier<SignInReset> = try context.pathID(PathSlot.reset)
        guard let reset = try await services.signIn.reset(id),
            let officer = try await services.administered(reset.officer, context)
        else { throw RequestError.notFound }
        do {
            guard form["_act"] == "duyet" else {
                try await services.signIn.refuseReset(id, by: context.actor)
                return .seeOther(SiteURL.resets.path([("bao", "tu-choi")]))
            }
            let code = try await services.signIn.approveReset(id, by: context.actor)
            let model = ResetApprovedPage.Model(
                officerName: officer.fullName,
                loginName: officer.loginName,
                code: code,
                address: SiteURL.officerResetCode.path,
                backHref: SiteURL.resets.path
            )
            return .page(ResetApprovedPage.html(model, in: frame(context)))
        } catch SecondStepError.proofNeeded {
            return .seeOther(SiteURL.ownProof.path([("ve", SiteURL.resets.path)]))
        } catch let error as ResetError {
            return try await page(context, flash: nil, hindrance: error.publicDetail, status: error.status)
        }
    }

    private func page(_ context: OfficerContext, flash: String?, hindrance: String?, status: Int = 200) async throws
        -> Response
    {
        let snapshot = try await services.organisation.snapshot()
        var lines: [ResetsPage.ResetLine] = []
        for reset in try await services.signIn.askedResets() {
            guard let officer = try await services.administered(reset.officer, context) else { continue }
            let isOwn = [reset.askedBy, reset.officer].contains(context.officer.id)
            lines.append(
                ResetsPage.ResetLine(
                    officerName: officer.fullName,
                    placeWord: "\(officer.position), \(snapshot.agency(officer.agency)?.name ?? "")",
                    askedBy: snapshot.officer(reset.askedBy)?.fullName ?? "Không rõ",
                    askedAt: reset.askedAt,
                    reason: reset.reason,
                    action: SiteURL.resetDecision(reset.id.rawValue).path,
                    mayApprove: !isOwn
                )
            )
        }
        let model = ResetsPage.Model(
            flash: flash,
            hindrance: hindrance,
            lines: lines,
            backHref: SiteURL.administration.path
        )
        return .page(ResetsPage.html(model, in: frame(context)), status: HTTPResponse.Status(code: status))
    }

    private func frame(_ context: OfficerContext) -> PageFrame {
        context.frame(pageCode: "A-25", current: .administration)
    }

    private func flash(_ context: OfficerContext) -> String? {
        context.query.text("bao") == "tu-choi" ? "Đã kết thúc đề nghị đặt lại." : nil
    }
}

extension AdminServices {
    /// The officer, where the administrator administers the agency; nil otherwise.
    func administered(_ id: OfficerID, _ context: OfficerContext) async throws -> Officer? {
        let snapshot = try await organisation.snapshot()
        guard let officer = snapshot.officer(id), snapshot.isAgency(officer.agency, atOrBelow: context.officer.agency)
        else { return nil }
        return officer
    }
}
