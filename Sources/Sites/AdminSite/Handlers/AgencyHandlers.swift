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
            return .page(AgencyPage.html(model(found), in: frame))
        }
    }

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
                    officerCount: snapshot.officers(of: agency.code).count,
                    href: SiteURL.agency(agency.code.text).path
                )
            },
            matchCount: found.count,
            query: query,
            searchAction: SiteURL.agencies.path,
            firstHref: last == nil ? nil : SiteURL.agencies.path([("q", typed)]),
            nextHref: next.map { SiteURL.agencies.path([("q", typed), ("sau", $0)]) },
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

    private func model(_ found: AdministeredAgency) -> AgencyPage.Model {
        let (agency, snapshot) = (found.agency, found.snapshot)
        let units = snapshot.units(of: agency.code)
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
            facts: [
                SummaryRow("Mã cơ quan", html: "<span class=\"num\">\(agency.code.text)</span>"),
                SummaryRow("Cấp trên", agency.parent.flatMap { snapshot.agency($0)?.name } ?? "Không có"),
            ],
            units: units.map { $0.isOneStopDesk ? "\($0.name) (bộ phận một cửa)" : $0.name },
            active: officers.filter(\.isActive).map(line),
            locked: officers.filter { !$0.isActive }.map(line),
            newOfficerHref: units.isEmpty ? nil : SiteURL.newOfficer(agency: agency.code.text).path,
            backHref: SiteURL.agencies.path
        )
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
