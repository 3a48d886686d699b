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

/// Adding an officer: the form, and the password that is shown once.
struct NewOfficerHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.newOfficer(agency: PathSlot.agency)
        routes.get(url, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            let found = try await services.agency(context)
            // What was typed before the session ended stands there again.
            return page(found, context.takePendingForm().map { OfficerForm($0) } ?? OfficerForm(), context)
        }
        routes.post(url, for: .officer(.administrator), rule: AdminServices.rule, create)
    }

    private func create(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.agency(context)
        var answers = OfficerForm(form)
        let units = found.snapshot.units(of: found.agency.code)
        guard let new = answers.officer(of: found.agency.code, units: units) else {
            return page(found, answers, context)
        }
        do {
            let password = PasswordPolicy.generated(from: services.random)
            let officer = try await services.signIn.createOfficer(
                new,
                password: password,
                isInitial: true,
                by: context.actor.stamp
            )
            let model = PasswordPage.Model(
                heading: "Đã thêm cán bộ",
                officerName: officer.fullName,
                loginName: officer.loginName,
                password: password,
                officerHref: SiteURL.officer(officer.id.rawValue).path,
                agencyHref: SiteURL.agency(found.agency.code.text).path
            )
            return .page(PasswordPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)))
        } catch let error as OrganisationError {
            if case .loginNameTaken = error, let known = try await alreadyAdded(new) {
                return .seeOther(SiteURL.officer(known.id.rawValue).path([("bao", "da-them")]))
            }
            guard let field = error.field, error.status < 500 else { throw error }
            answers.errors[field] = error.publicDetail
            return page(found, answers, context)
        }
    }

    /// The very officer of this form: the button was pressed twice, and the first answer with the password is lost.
    private func alreadyAdded(_ new: NewOfficer) async throws -> Officer? {
        guard let known = try await services.organisation.officer(loginName: new.loginName), known.isActive,
            known.agency == new.agency, known.unit == new.unit, known.roles == new.roles, known.email == new.email,
            known.fullName == VietnameseText.tidy(new.fullName), known.position == VietnameseText.tidy(new.position)
        else { return nil }
        return known
    }

    private func page(_ found: AdministeredAgency, _ answers: OfficerForm, _ context: OfficerContext) -> Response {
        let code = found.agency.code
        let model = NewOfficerPage.Model(
            agencyName: found.agency.name,
            fields: answers.parts(units: found.snapshot.units(of: code)),
            action: SiteURL.newOfficer(agency: code.text).path,
            backHref: SiteURL.agency(code.text).path
        )
        let status: HTTPResponse.Status = answers.errors.isEmpty ? .ok : .unprocessableContent
        let frame = context.frame(pageCode: "A-25", current: .administration)
        return .page(NewOfficerPage.html(model, in: frame), status: status)
    }
}
