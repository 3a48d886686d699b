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

/// The name at the authority's own identity service to which an account is bound.
extension OfficerHandlers {
    /// Binds, or takes the binding away.
    func changeStaff(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.officer(context)
        let url = SiteURL.officer(found.officer.id.rawValue)
        if form["_act"] == "go" {
            try await services.signIn.unbindStaff(found.officer.id, by: context.actor)
            return .seeOther(url.path([("bao", "da-go")]))
        }
        let subject = form.trimmed("subject") ?? ""
        do {
            try await services.signIn.bindStaff(found.officer.id, to: subject, by: context.actor)
            return .seeOther(url.path([("bao", "da-gan")]))
        } catch let error as StaffBindingError {
            if error == .notConfigured { throw RequestError.notFound }
            var attempt = Attempt(status: HTTPResponse.Status(code: error.status))
            if error.field == nil {
                attempt.hindrance = error.publicDetail
            } else {
                (attempt.subject, attempt.subjectError) = (String(subject.prefix(255)), error.publicDetail)
            }
            return try await page(found, context, attempt)
        }
    }

    /// How the account is bound, or the question for a name; nil where no service is configured.
    func staff(of id: OfficerID, _ attempt: Attempt) async throws -> OfficerPage.Staff? {
        guard let name = services.signIn.staffName else { return nil }
        let action = SiteURL.officerStaff(id.rawValue).path
        if let binding = try await services.signIn.staffBinding(of: id) {
            return .bound(
                service: name,
                subject: binding.subject,
                since: binding.boundAt,
                isConfirmed: binding.confirmedAt != nil,
                action: action
            )
        }
        let field = FieldPart(
            "subject",
            "Mã người dùng tại dịch vụ định danh",
            hint: "Giá trị sub mà dịch vụ cấp cho cán bộ này",
            error: attempt.subjectError,
            .text(attempt.subject, width: .half)
        )
        return .unbound(service: name, field, action: action)
    }
}
