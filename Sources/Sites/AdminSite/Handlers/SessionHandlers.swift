// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Operations
import Organisation
import SignIn
import Site
import Web

/// Sessions of others: an administrator ends one of an officer, all of an officer, and at the top all of everybody.
struct SessionHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.officerSessions(PathSlot.officer)
        routes.get(url, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            try await page(try await services.officer(context), context)
        }
        routes.post(url, for: .officer(.administrator), rule: AdminServices.rule, end)
        let rule = "administrators of the highest agency"
        routes.get(.everySession, for: .officer(.administrator), rule: rule) { _, context in
            try await everybody(context, error: nil)
        }
        routes.post(.everySession, for: .officer(.administrator), rule: rule, endEverybody)
    }

    // MARK: - One officer's

    private func end(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.officer(context)
        let handle = form["phien"]
        guard handle != nil || form["tat-ca"] != nil else { throw RequestError.malformed(reason: "no session") }
        // Ended twice, or by itself meanwhile: it is as it was wanted.
        try await services.identity.endSessions(handle, of: found.officer.id, by: context.actor)
        let word = handle == nil ? "tat-ca" : "mot"
        return .seeOther(SiteURL.officerSessions(found.officer.id.rawValue).path([("bao", word)]))
    }

    private func page(_ found: AdministeredOfficer, _ context: OfficerContext) async throws -> Response {
        let id = found.officer.id
        let sessions = try await services.identity.sessions(of: id)
        let model = SessionsPage.Model(
            name: found.officer.fullName,
            placeWord: "\(found.officer.position), \(found.agency.name)",
            lines: sessions.map { SessionLine($0, id: $0.handle, seenBy: context.actor) },
            flash: flash(context),
            action: SiteURL.officerSessions(id.rawValue).path,
            backHref: SiteURL.officer(id.rawValue).path
        )
        return .page(SessionsPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)))
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "mot": "Đã kết thúc phiên đó. Việc này được ghi vào nhật ký."
        case "tat-ca": "Đã kết thúc mọi phiên của cán bộ này. Việc này được ghi vào nhật ký."
        default: nil
        }
    }

    // MARK: - Everybody's

    /// Everybody is everybody of all agencies: for who administers the agency that has none above it.
    static func mayEndEverySession(_ context: OfficerContext, in snapshot: OrganisationSnapshot) -> Bool {
        snapshot.agency(context.officer.agency)?.parent == nil
    }

    private func everybody(_ context: OfficerContext, error: String?) async throws -> Response {
        let snapshot = try await services.organisation.snapshot()
        guard Self.mayEndEverySession(context, in: snapshot) else { throw RequestError.notFound }
        let state = try await services.system.state(for: context.actor)
        let model = EverySessionPage.Model(
            openWord: "\(String(grouped: state.openSessions)) phiên đang mở",
            error: error,
            action: SiteURL.everySession.path,
            backHref: SiteURL.administration.path
        )
        let status: HTTPResponse.Status = error == nil ? .ok : .unprocessableContent
        let frame = context.frame(pageCode: "A-25", current: .administration)
        return .page(EverySessionPage.html(model, in: frame), status: status)
    }

    private func endEverybody(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws
        -> Response
    {
        let snapshot = try await services.organisation.snapshot()
        guard Self.mayEndEverySession(context, in: snapshot) else { throw RequestError.notFound }
        guard form["confirmed"] == "yes" else {
            return try await everybody(context, error: "Đánh dấu vào ô để kết thúc mọi phiên")
        }
        try await services.identity.endEverySession(by: context.actor)
        return .seeOther(SiteURL.officerSignIn.path)
    }
}
