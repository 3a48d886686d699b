// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// An officer comes to another unit or agency; what she works on stays where it is, with others.
struct OfficerMoveHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.officerMove(PathSlot.officer)
        routes.get(url, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            let found = try await services.officer(context)
            guard found.officer.isActive else { return .seeOther(SiteURL.officer(found.officer.id.rawValue).path) }
            return page(found, try await leaving(found, nil), Answers(agency: found.agency), context)
        }
        routes.post(url, for: .officer(.administrator), rule: AdminServices.rule, move)
    }

    /// What was typed of the new place, and what is wrong with it.
    private struct Answers {
        var agency: Agency
        var code: String
        var unit = ""
        var errors: [String: String] = [:]
        var hindrance: String?

        init(agency: Agency) { (self.agency, code) = (agency, agency.code.text) }
    }

    private func move(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.officer(context)
        guard found.officer.isActive else { return .seeOther(SiteURL.officer(found.officer.id.rawValue).path) }
        var (answers, leaving) = (Answers(agency: found.agency), try await leaving(found, form))
        answers.code = form.trimmed("agency") ?? ""
        answers.unit = form["unit"] ?? ""
        let chosen = AgencyCode(answers.code).flatMap { found.snapshot.agency($0) }
        // Administrators move people within what they administer.
        if let chosen, chosen.validTo == nil, found.snapshot.isAgency(chosen.code, atOrBelow: context.officer.agency) {
            answers.agency = chosen
        } else {
            answers.errors["agency"] = "Ghi mã của một cơ quan đang hoạt động do Ông/Bà quản trị"
        }
        let unit = found.snapshot.units(of: answers.agency.code).first { $0.id.rawValue == answers.unit }
        if unit == nil { answers.errors["unit"] = "Chọn đơn vị của \(answers.agency.name)" }
        if unit?.id == found.officer.unit { answers.errors["unit"] = "Cán bộ đang ở đơn vị này. Chọn đơn vị khác." }
        let handing = leaving.handing()
        guard answers.errors.isEmpty, let unit, let handing else { return page(found, leaving, answers, context) }
        do {
            try await services.dossiers.leave(
                found.officer.id,
                .move(OfficerPlace(agency: answers.agency.code, unit: unit.id)),
                handing: handing,
                reason: "Cán bộ trước chuyển sang đơn vị khác",
                by: context.actor
            )
            return .seeOther(SiteURL.officer(found.officer.id.rawValue).path([("bao", "da-chuyen")]))
        } catch let error as any Presentable where error.status < 500 {
            answers.hindrance = error.publicDetail
            return page(found, leaving, answers, context, status: HTTPResponse.Status(code: error.status))
        }
    }

    private func leaving(_ found: AdministeredOfficer, _ form: FormFields?) async throws -> LeavingForm {
        let work = try await services.dossiers.work(assignedTo: found.officer.id)
        return LeavingForm(work: work, officer: found.officer, in: found.snapshot, form)
    }

    private func page(
        _ found: AdministeredOfficer,
        _ leaving: LeavingForm,
        _ answers: Answers,
        _ context: OfficerContext,
        status: HTTPResponse.Status? = nil
    ) -> Response {
        let units = found.snapshot.units(of: answers.agency.code)
        let place = [
            FieldPart(
                "agency",
                "Mã cơ quan chuyển đến",
                hint: "Giữ nguyên nếu chỉ đổi đơn vị; đổi mã rồi bấm Chuyển để chọn đơn vị của cơ quan đó",
                error: answers.errors["agency"],
                .text(answers.code, width: .half)
            ),
            FieldPart(
                "unit",
                "Đơn vị của \(answers.agency.name)",
                error: answers.errors["unit"],
                .select(units.map { FieldPart.Choice($0.id.rawValue, $0.name) }, chosen: answers.unit)
            ),
        ]
        let id = found.officer.id.rawValue
        let model = BodyFormPage.Model(
            bodyName: found.officer.fullName,
            heading: "Chuyển cán bộ",
            lede: "Vai trò giữ nguyên; mọi phiên đăng nhập kết thúc. Hồ sơ đang làm ở lại đơn vị cũ.",
            fields: place + leaving.parts,
            hindrance: answers.hindrance,
            buttonLabel: "Chuyển",
            action: SiteURL.officerMove(id).path,
            backHref: SiteURL.officer(id).path
        )
        let isWrong = !(answers.errors.isEmpty && leaving.errors.isEmpty)
        return .page(
            BodyFormPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: status ?? (isWrong ? .unprocessableContent : .ok)
        )
    }
}
