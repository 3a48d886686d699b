// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Kernel
import Organisation
import Site
import Web

/// An administrator names who stands in for an officer.
struct OfficerSubstitutes: Sendable {
    let services: AdminServices

    private var desk: SubstitutionDesk {
        SubstitutionDesk(organisation: services.organisation, canSign: services.dossiers.canSign) { [services] in
            services.random.formKey()
        }
    }

    func add(to routes: SiteRoutes) {
        let rule = "own agency's officers or those below it"
        let page = SiteURL.officerSubstitutes(PathSlot.officer)
        routes.get(page, for: .officer(.administrator), rule: rule) { _, context in
            try await desk.show(place(context), context)
        }
        routes.post(page, for: .officer(.administrator), rule: rule) { form, _, context in
            try await desk.name(form, place(context), context)
        }
        let end = SiteURL.officerSubstituteEnd(PathSlot.officer, id: PathSlot.substitution)
        routes.post(end, for: .officer(.administrator), rule: rule) { _, _, context in
            try await desk.end(try context.pathID(PathSlot.substitution), place(context), context)
        }
    }

    private func place(_ context: OfficerContext) async throws -> SubstitutionDesk.Place {
        let officer = try await services.officer(context).officer
        let id = officer.id.rawValue
        return SubstitutionDesk.Place(
            officer: officer,
            isOwn: false,
            page: .officerSubstitutes(id),
            back: .officer(id)
        ) { .officerSubstituteEnd(id, id: $0) }
    }
}
