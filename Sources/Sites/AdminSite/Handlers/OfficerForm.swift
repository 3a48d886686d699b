// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup
import Organisation
import Site
import Web

/// The questions about a new officer: what was typed, what is wrong with it.
struct OfficerForm: Sendable {
    var loginName = ""
    var fullName = ""
    var position = ""
    var email = ""
    var unit = ""
    var roles: Set<Role> = []
    /// What is wrong, by the id of the field.
    var errors: [String: String] = [:]

    /// An empty form.
    init() {}

    /// As it was sent.
    init(_ form: FormFields) {
        loginName = (form.trimmed("loginName") ?? "").lowercased()
        fullName = form.trimmed("fullName") ?? ""
        position = form.trimmed("position") ?? ""
        email = form.trimmed("email") ?? ""
        unit = form["unit"] ?? ""
        roles = RoleWords.chosen(form)
    }

    /// The officer to be added; nil when something is missing, which then stands in `errors`.
    mutating func officer(of agency: AgencyCode, units: [OrgUnit]) -> NewOfficer? {
        errors = [:]
        if loginName.isEmpty { errors["loginName"] = "Nhập tên đăng nhập" }
        for (id, text, thing) in [("fullName", fullName, "họ và tên"), ("position", position, "chức vụ")] {
            if text.isEmpty { errors[id] = "Nhập \(thing)" }
            if text.count > OrganisationService.nameLimit {
                errors[id] = "\(thing.capitalizedFirst) không quá \(OrganisationService.nameLimit) ký tự"
            }
        }
        let chosen = units.first { $0.id.rawValue == unit }
        if chosen == nil { errors["unit"] = "Chọn đơn vị" }
        if roles.isEmpty { errors["roles"] = "Chọn ít nhất một vai trò" }
        guard errors.isEmpty, let chosen else { return nil }
        return NewOfficer(
            loginName: loginName,
            agency: agency,
            unit: chosen.id,
            fullName: fullName,
            position: position,
            email: email.isEmpty ? nil : email,
            roles: roles
        )
    }

    /// The questions as they are drawn.
    func parts(units: [OrgUnit]) -> [FieldPart] {
        [
            FieldPart("fullName", "Họ và tên", error: errors["fullName"], .text(fullName)),
            FieldPart("position", "Chức vụ", error: errors["position"], .text(position)),
            FieldPart(
                "unit",
                "Đơn vị",
                error: errors["unit"],
                .select(units.map { FieldPart.Choice($0.id.rawValue, $0.name) }, chosen: unit)
            ),
            FieldPart(
                "roles",
                "Vai trò",
                hint: "Quyết định cán bộ thấy và làm được gì",
                error: errors["roles"],
                .checkboxes(RoleWords.choices, chosen: Set(roles.map(\.rawValue)))
            ),
            FieldPart(
                "loginName",
                "Tên đăng nhập",
                hint: "Chữ thường không dấu, chữ số, dấu chấm, dấu gạch ngang; ví dụ anphu.hotich3",
                error: errors["loginName"],
                .text(loginName, width: .half)
            ),
            FieldPart(
                "email",
                "Thư điện tử công vụ",
                error: errors["email"],
                isOptional: true,
                .text(email)
            ),
        ]
    }
}
