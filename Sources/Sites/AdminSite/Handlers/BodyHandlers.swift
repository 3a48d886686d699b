// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// Adding, naming and placing agencies and units.
struct BodyHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let rule = AdminServices.rule
        let (edit, new) = (SiteURL.agencyEdit(PathSlot.agency), SiteURL.newAgency(above: PathSlot.agency))
        let (newUnit, unit) = (SiteURL.newUnit(agency: PathSlot.agency), SiteURL.unit(PathSlot.unit))
        routes.get(edit, for: .officer(.administrator), rule: rule) { _, context in
            let found = try await services.agency(context)
            return editPage(found, nil, nil, context)
        }
        routes.post(edit, for: .officer(.administrator), rule: rule, change)
        routes.get(new, for: .officer(.administrator), rule: rule) { _, context in
            newAgencyPage(try await services.agency(context), nil, nil, context)
        }
        routes.post(new, for: .officer(.administrator), rule: rule, addAgency)
        routes.get(newUnit, for: .officer(.administrator), rule: rule) { _, context in
            newUnitPage(try await services.agency(context), nil, nil, context)
        }
        routes.post(newUnit, for: .officer(.administrator), rule: rule, addUnit)
        routes.get(unit, for: .officer(.administrator), rule: rule) { _, context in
            unitPage(try await services.unit(context), nil, nil, context)
        }
        routes.post(unit, for: .officer(.administrator), rule: rule, renameUnit)
    }

    // MARK: - An agency

    private func change(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.agency(context)
        let typed = form["parent"].flatMap { AgencyCode($0) }
        // One's own agency stays where it is: the body above is not one's to choose.
        let isOwn = found.agency.code == context.officer.agency
        let parent = isOwn ? found.agency.parent : typed
        if !isOwn, parent.map({ !found.snapshot.isAgency($0, atOrBelow: context.officer.agency) }) ?? true {
            return editPage(found, form, OrganisationError.parentBelow, context)
        }
        do {
            try await services.organisation.change(
                found.agency.code,
                name: form["name"] ?? "",
                parent: parent,
                seen: Int64(try form.seenVersion()),
                by: context.actor.stamp
            )
            return .seeOther(SiteURL.agency(found.agency.code.text).path([("bao", "da-sua")]))
        } catch let error as OrganisationError where error.status < 500 {
            return editPage(try await services.agency(context), form, error, context)
        }
    }

    private func editPage(
        _ found: AdministeredAgency,
        _ form: FormFields?,
        _ error: OrganisationError?,
        _ context: OfficerContext
    ) -> Response {
        let (agency, snapshot) = (found.agency, found.snapshot)
        func words(_ field: String) -> String? { error?.field == field ? error?.publicDetail : nil }
        var fields = [
            FieldPart("name", "Tên cơ quan", error: words("name"), .text(form?["name"] ?? agency.name))
        ]
        if agency.code != context.officer.agency {
            let above = snapshot.agencies(atOrBelow: context.officer.agency).filter { other in
                other.validTo == nil && other.kind != .police && !snapshot.isAgency(other.code, atOrBelow: agency.code)
            }
            fields.append(
                FieldPart(
                    "parent",
                    "Cấp trên",
                    hint: "Nhận giấy tờ và quản trị cơ quan này",
                    error: words("parent"),
                    .select(
                        above.map { FieldPart.Choice($0.code.text, $0.name) },
                        chosen: form?["parent"] ?? agency.parent?.text
                    )
                )
            )
        }
        let model = BodyFormPage.Model(
            bodyName: agency.name,
            heading: "Sửa cơ quan",
            lede:
                "Mã cơ quan không đổi. Tên mới hiện ở mọi trang và giấy tờ lập từ nay; giấy tờ đã ban hành giữ tên cũ.",
            fields: fields,
            hindrance: hindrance(error),
            buttonLabel: "Lưu",
            action: SiteURL.agencyEdit(agency.code.text).path,
            version: Int(snapshot.version),
            backHref: SiteURL.agency(agency.code.text).path
        )
        return page(model, error, context)
    }

    private func addAgency(
        _ form: FormFields,
        _ request: Request,
        _ context: OfficerContext
    ) async throws -> Response {
        let found = try await services.agency(context)
        let kind = form["kind"].flatMap { AgencyKind(rawValue: $0) }
        let level = form["level"].flatMap { AdminLevel(rawValue: $0) }
        guard let kind, let level else {
            return newAgencyPage(found, form, nil, context)
        }
        do {
            let added = try await services.organisation.addAgency(
                NewAgency(
                    code: form.trimmed("code") ?? "",
                    name: form["name"] ?? "",
                    kind: kind,
                    level: level,
                    place: form["place"] ?? "",
                    validFrom: context.now.date
                ),
                below: found.agency.code,
                by: context.actor.stamp
            )
            return .seeOther(SiteURL.agency(added.code.text).path([("bao", "da-them")]))
        } catch let error as OrganisationError where error.status < 500 {
            return newAgencyPage(found, form, error, context)
        }
    }

    private func newAgencyPage(
        _ found: AdministeredAgency,
        _ form: FormFields?,
        _ error: OrganisationError?,
        _ context: OfficerContext
    ) -> Response {
        func words(_ field: String) -> String? { error?.field == field ? error?.publicDetail : nil }
        func missing(_ field: String, _ text: String) -> String? {
            guard let form, form[field]?.isEmpty ?? true else { return nil }
            return text
        }
        let fields = [
            FieldPart("name", "Tên cơ quan", error: words("name"), .text(form?["name"] ?? "")),
            FieldPart(
                "code",
                "Mã cơ quan",
                hint: "Bắt đầu bằng mã của cấp trên, ví dụ \(found.agency.code.text).99",
                error: words("code"),
                .text(form?["code"] ?? "", width: .half)
            ),
            FieldPart(
                "kind",
                "Loại cơ quan",
                error: missing("kind", "Chọn loại cơ quan"),
                .radios(AgencyWords.kinds, chosen: form?["kind"])
            ),
            FieldPart(
                "level",
                "Cấp",
                error: missing("level", "Chọn cấp"),
                .radios(AgencyWords.levels, chosen: form?["level"])
            ),
            FieldPart("place", "Địa danh ghi trên văn bản", .text(form?["place"] ?? found.agency.place, width: .half)),
        ]
        let model = BodyFormPage.Model(
            bodyName: found.agency.name,
            heading: "Thêm cơ quan trực thuộc",
            fields: fields,
            hindrance: hindrance(error),
            buttonLabel: "Thêm cơ quan",
            action: SiteURL.newAgency(above: found.agency.code.text).path,
            backHref: SiteURL.agency(found.agency.code.text).path
        )
        return page(model, error, context)
    }

    // MARK: - A unit

    private func addUnit(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.agency(context)
        do {
            try await services.organisation.addUnit(
                named: form["name"] ?? "",
                isOneStopDesk: form["desk"] == "yes",
                to: found.agency.code,
                by: context.actor.stamp
            )
            return .seeOther(SiteURL.agency(found.agency.code.text).path([("bao", "da-them-don-vi")]))
        } catch let error as OrganisationError where error.status < 500 {
            return newUnitPage(found, form, error, context)
        }
    }

    private func newUnitPage(
        _ found: AdministeredAgency,
        _ form: FormFields?,
        _ error: OrganisationError?,
        _ context: OfficerContext
    ) -> Response {
        let model = BodyFormPage.Model(
            bodyName: found.agency.name,
            heading: "Thêm đơn vị",
            fields: [
                FieldPart(
                    "name",
                    "Tên đơn vị",
                    error: error?.field == "name" ? error?.publicDetail : nil,
                    .text(form?["name"] ?? "")
                ),
                FieldPart(
                    "desk",
                    "",
                    .declaration("Đây là bộ phận một cửa: nhận hồ sơ và trả kết quả", isTicked: form?["desk"] == "yes")
                ),
            ],
            hindrance: hindrance(error),
            buttonLabel: "Thêm đơn vị",
            action: SiteURL.newUnit(agency: found.agency.code.text).path,
            backHref: SiteURL.agency(found.agency.code.text).path
        )
        return page(model, error, context)
    }

    private func renameUnit(
        _ form: FormFields,
        _ request: Request,
        _ context: OfficerContext
    ) async throws -> Response {
        let found = try await services.unit(context)
        do {
            try await services.organisation.rename(
                found.unit.id,
                to: form["name"] ?? "",
                seen: Int64(try form.seenVersion()),
                by: context.actor.stamp
            )
            return .seeOther(SiteURL.agency(found.agency.code.text).path([("bao", "da-sua-don-vi")]))
        } catch let error as OrganisationError where error.status < 500 {
            return unitPage(try await services.unit(context), form, error, context)
        }
    }

    private func unitPage(
        _ found: AdministeredUnit,
        _ form: FormFields?,
        _ error: OrganisationError?,
        _ context: OfficerContext
    ) -> Response {
        let model = BodyFormPage.Model(
            bodyName: found.agency.name,
            heading: "Sửa đơn vị",
            fields: [
                FieldPart(
                    "name",
                    "Tên đơn vị",
                    error: error?.field == "name" ? error?.publicDetail : nil,
                    .text(form?["name"] ?? found.unit.name)
                )
            ],
            hindrance: hindrance(error),
            buttonLabel: "Lưu",
            action: SiteURL.unit(found.unit.id.rawValue).path,
            version: Int(found.snapshot.version),
            links: found.unit.isClosed
                ? []
                : [
                    NavigationItem(
                        "Sáp nhập hoặc đóng đơn vị này",
                        href: SiteURL.unitMerger(found.unit.id.rawValue).path
                    )
                ],
            backHref: SiteURL.agency(found.agency.code.text).path
        )
        return page(model, error, context)
    }

    // MARK: - Inside

    private func hindrance(_ error: OrganisationError?) -> String? {
        guard let error, error.field == nil || error.status == 409 else { return nil }
        return error.publicDetail
    }

    private func page(_ model: BodyFormPage.Model, _ error: OrganisationError?, _ context: OfficerContext) -> Response {
        let isWrong = !FieldError.all(in: model.fields).isEmpty
        let status = error.map { HTTPResponse.Status(code: $0.status) } ?? (isWrong ? .unprocessableContent : .ok)
        return .page(
            BodyFormPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: status
        )
    }
}

/// Kinds and levels of agencies as pages say them.
enum AgencyWords {
    static let kinds = AgencyKind.allCases.map { FieldPart.Choice($0.rawValue, word($0)) }
    /// There is no district since 1 July 2025, and ministries have installations of their own.
    static let levels = [AdminLevel.province, .commune].map { FieldPart.Choice($0.rawValue, word($0)) }

    private static func word(_ kind: AgencyKind) -> String {
        switch kind {
        case .peoplesCommittee: "Ủy ban nhân dân"
        case .department: "Sở"
        case .police: "Công an"
        }
    }

    private static func word(_ level: AdminLevel) -> String {
        switch level {
        case .ministry: "Bộ"
        case .province: "Cấp tỉnh"
        case .district: "Cấp huyện"
        case .commune: "Cấp xã"
        }
    }

    /// From when to when a body exists; nil while nothing is known of either.
    static func validity(from first: LocalDate?, to last: LocalDate?) -> String? {
        switch (first, last) {
        case (let first?, let last?): "\(first.vietnamese) – \(last.vietnamese)"
        case (let first?, nil): "từ \(first.vietnamese)"
        case (nil, let last?): "đến hết \(last.vietnamese)"
        case (nil, nil): nil
        }
    }
}
