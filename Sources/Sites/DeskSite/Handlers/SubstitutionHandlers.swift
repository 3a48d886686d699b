// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Kernel
import Organisation
import Site
import Web

/// An officer names who stands in for her, and sees for whom she does.
struct SubstitutionHandlers: Sendable {
    let services: DeskServices

    private var desk: SubstitutionDesk {
        SubstitutionDesk(organisation: services.organisation, canSign: services.dossiers.canSign) { [services] in
            services.random.formKey()
        }
    }

    func add(to routes: SiteRoutes) {
        routes.get(.ownSubstitutes, for: .anyOfficer, rule: "own substitutions") { _, context in
            try await desk.show(place(context), context)
        }
        routes.post(.ownSubstitutes, for: .anyOfficer, rule: "own roles") { form, _, context in
            try await desk.name(form, place(context), context)
        }
        let one = SiteURL.ownSubstituteEnd(PathSlot.substitution)
        routes.post(one, for: .anyOfficer, rule: "own substitution, where she is away") { _, _, context in
            try await desk.end(try context.pathID(PathSlot.substitution), place(context), context)
        }
    }

    private func place(_ context: OfficerContext) -> SubstitutionDesk.Place {
        SubstitutionDesk.Place(officer: context.officer, isOwn: true, page: .ownSubstitutes, back: .workList) {
            .ownSubstituteEnd($0)
        }
    }
}
