// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// Who looked at the citizen's data.
struct AccessHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.accessRecords, for: .citizen, rule: "own data", list)
    }

    private func list(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        // A printed page holds more than a screen.
        let isForPrint = context.query.isOn("in")
        let page = try await services.dossiers.accesses(
            toDataOf: context.actor,
            after: after,
            limit: isForPrint ? 100 : 20
        )
        let everybody = try await services.organisation.snapshot()
        let model = AccessPage.Model(
            lines: page.items.map { line($0, everybody) },
            printHref: SiteURL.accessRecords.path([("in", "1"), ("sau", after?.text)]),
            firstHref: after == nil ? nil : SiteURL.accessRecords.path,
            nextHref: page.next.map { SiteURL.accessRecords.path([("sau", $0.text)]) },
            backHref: SiteURL.account.path
        )
        return .page(AccessPage.html(model, in: context.frame(pageCode: "C-13", current: .account)))
    }

    private func line(_ told: ToldAccess, _ everybody: OrganisationSnapshot) -> AccessPage.AccessLine {
        let record = told.record
        return AccessPage.AccessLine(
            at: record.at,
            who: AccessWords.who(record, in: everybody),
            name: services.tellsOfficerNames ? AccessWords.name(record, in: everybody) : nil,
            code: told.code,
            dossierHref: told.code.map { SiteURL.dossier($0.text).path },
            part: record.part.vietnamese,
            purpose: record.reason.purpose.vietnamese,
            words: record.reason.words
        )
    }
}
