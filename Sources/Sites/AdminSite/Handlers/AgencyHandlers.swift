// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// The agencies that one administers, and one of them with its units and officers.
struct AgencyHandlers: Sendable {
    let services: AdminServices

    private static let pageSize = 50

    func add(to routes: SiteRoutes) {
        routes.get(.agencies, for: .officer(.administrator), rule: "own agency and those below it", list)
        routes.get(
            .agency(PathSlot.agency),
            for: .officer(.administrator),
            rule: AdminServices.rule
        ) { _, context in
            let found = try await services.agency(context)
            let frame = context.frame(pageCode: "A-25", current: .administration)
            return .page(AgencyPage.html(model(found, context), in: frame))
        }
    }

    private static let flashes = [
        "da-sua": "Đã lưu cơ quan.", "da-them": "Đã thêm cơ quan. Thêm đơn vị rồi thêm cán bộ để bắt đầu làm việc.",
        "da-them-don-vi": "Đã thêm đơn vị.", "da-sua-don-vi": "Đã lưu đơn vị.",
        "da-sap-nhap": "Đã thực hiện. Hồ sơ đang làm, cán bộ và bản nháp đã chuyển như danh sách xem trước.",
    ]

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let query = context.query.text("q") ?? ""
        let last = context.query.text("sau").flatMap { AgencyCode($0) }
        let snapshot = try await services.organisation.snapshot()
        let found = snapshot.agencies(atOrBelow: context.officer.agency).filter { Self.matches($0, query) }
        let rest = last.map { last in found.filter { last < $0.code } } ?? found
        let shown = rest.prefix(Self.pageSize)
        let typed = query.isEmpty ? nil : query
        let next = rest.count > shown.count ? shown.last?.code.text : nil
        let model = AgenciesPage.Model(
            lines: shown.map { agency in
                AgenciesPage.AgencyLine(
                    name: agency.name,
                    code: agency.code.text,
                    parentName: agency.parent.flatMap { snapshot.agency($0)?.name },
                    validityWord: agency.validTo.map { "đến hết \($0.vietnamese)" },
                    officerCount: snapshot.officers(of: agency.code).count,
                    href: SiteURL.agency(agency.code.text).path
                )
            },
            matchCount: found.count,
            query: query,
            searchAction: SiteURL.agencies.path,
            firstHref: last == nil ? nil : SiteURL.agencies.path([("q", typed)]),
            nextHref: next.map { SiteURL.agencies.path([("q", typed), ("sau", $0)]) },
            plansHref: SiteURL.mergerPlans.path,
            backHref: SiteURL.administration.path
        )
        return .page(AgenciesPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)))
    }

    /// By name, with or without diacritics, or by the beginning of the code.
    private static func matches(_ agency: Agency, _ query: String) -> Bool {
        let words = VietnameseText.fold(VietnameseText.tidy(query))
        guard !words.isEmpty else { return true }
        return VietnameseText.fold(agency.name).contains(words) || agency.code.text.lowercased().hasPrefix(words)
    }

    private func model(_ found: AdministeredAgency, _ context: OfficerContext) -> AgencyPage.Model {
        let (agency, snapshot) = (found.agency, found.snapshot)
        let (units, open) = (snapshot.allUnits(of: agency.code), agency.validTo == nil)
        let officers = snapshot.allOfficers(of: agency.code)
        func line(_ officer: Officer) -> AgencyPage.OfficerLine {
            AgencyPage.OfficerLine(
                name: officer.fullName,
                loginName: officer.loginName,
                position: officer.position,
                unitName: snapshot.unit(officer.unit)?.name ?? "–",
                rolesWord: RoleWords.list(officer.roles),
                href: SiteURL.officer(officer.id.rawValue).path
            )
        }
        return AgencyPage.Model(
            name: agency.name,
            facts: facts(of: agency, snapshot),
            units: units.map { unit in
                AgencyPage.BodyLine(
                    name: unit.isOneStopDesk ? "\(unit.name) (bộ phận một cửa)" : unit.name,
                    detail: unitDetail(unit, snapshot),
                    href: open && !unit.isClosed ? SiteURL.unit(unit.id.rawValue).path : nil
                )
            },
            below: snapshot.agencies(below: agency.code).map { below in
                AgencyPage.BodyLine(
                    name: below.name,
                    detail: below.validTo.map { "đến hết \($0.vietnamese)" },
                    href: SiteURL.agency(below.code.text).path
                )
            },
            active: officers.filter(\.isActive).map(line),
            locked: officers.filter { !$0.isActive }.map(line),
            acts: open ? acts(on: agency.code, isOwn: agency.code == context.officer.agency) : [],
            newOfficerHref: open && units.contains { !$0.isClosed }
                ? SiteURL.newOfficer(agency: agency.code.text).path : nil,
            flash: context.query.text("bao").flatMap { Self.flashes[$0] },
            backHref: SiteURL.agencies.path
        )
    }

    private func facts(of agency: Agency, _ snapshot: OrganisationSnapshot) -> [SummaryRow] {
        let taken = snapshot.predecessors(of: agency.code).sorted().map { snapshot.agency($0)?.name ?? $0.text }
        var facts = [
            SummaryRow("Mã cơ quan", html: "<span class=\"num\">\(agency.code.text)</span>"),
            SummaryRow("Cấp trên", agency.parent.flatMap { snapshot.agency($0)?.name } ?? "Không có"),
        ]
        if let validity = AgencyWords.validity(from: agency.validFrom, to: agency.validTo) {
            facts.append(SummaryRow("Hoạt động", validity))
        }
        if let heir = agency.successor {
            facts.append(SummaryRow("Cơ quan kế thừa", snapshot.agency(heir)?.name ?? heir.text))
        }
        if !taken.isEmpty { facts.append(SummaryRow("Kế thừa từ", taken.joined(separator: ", "))) }
        return facts
    }

    private func unitDetail(_ unit: OrgUnit, _ snapshot: OrganisationSnapshot) -> String? {
        guard let last = unit.validTo else { return nil }
        let heir = unit.successor.flatMap { snapshot.unit($0)?.name }
        return "đến hết \(last.vietnamese)" + (heir.map { ", nay là \($0)" } ?? "")
    }

    /// What may be done to an agency; one's own is merged or closed by the administrator above.
    private func acts(on code: AgencyCode, isOwn: Bool) -> [NavigationItem] {
        let own = [
            NavigationItem("Sửa tên, cấp trên", href: SiteURL.agencyEdit(code.text).path),
            NavigationItem("Lịch làm việc", href: SiteURL.agencyCalendar(code.text).path),
            NavigationItem("Thêm đơn vị", href: SiteURL.newUnit(agency: code.text).path),
            NavigationItem("Thêm cơ quan trực thuộc", href: SiteURL.newAgency(above: code.text).path),
        ]
        let merger = NavigationItem("Sáp nhập hoặc đóng cơ quan này", href: SiteURL.agencyMerger(code.text).path)
        return isOwn ? own : own + [merger]
    }
}

/// Roles as pages say them.
enum RoleWords {
    /// "Chuyên viên, Văn thư", in the order of the roles' list.
    static func list(_ roles: Set<Role>) -> String {
        Role.allCases.filter(roles.contains).map(\.vietnamese).joined(separator: ", ")
    }

    /// What may be chosen.
    static let choices = Role.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) }

    /// The roles that a form names; unknown words are left out.
    static func chosen(_ form: FormFields) -> Set<Role> {
        Set(form.all("roles").compactMap { Role(rawValue: $0) })
    }
}
