// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Markup
import Site

/// A procedure as search engines read it: `GovernmentService` of schema.org, from the pack alone.
struct FindableProcedure: Sendable {
    /// Scheme, host and port.
    let site: String
    /// Whose site it is.
    let authority: String

    func page(_ pack: ProcedurePack, on day: LocalDate) -> FindablePage {
        let address = site + SiteURL.procedure(pack.code).path
        let description = "\(pack.summary) Thời hạn: \(PackWords.time(pack)). \(PackWords.fee(pack, on: day))."
        return FindablePage(canonical: address, description: description, data: data(pack, address, on: day))
    }

    private func data(_ pack: ProcedurePack, _ address: String, on day: LocalDate) -> LinkedData {
        let operators = pack.executingAgencies.map {
            LinkedData.thing("GovernmentOrganization", ["name": .text($0.name)])
        }
        let channels = pack.submissionMethods.map { method in
            LinkedData.thing(
                "ServiceChannel",
                [
                    "name": .text(method.channel.vietnamese),
                    "serviceUrl": method.channel == .online ? .text(address) : nil,
                    "description": .text(method.description),
                ]
            )
        }
        let fee = LinkedData.thing("PriceSpecification", ["description": .text(PackWords.fee(pack, on: day))])
        return LinkedData.thing(
            "GovernmentService",
            [
                "name": .text(pack.name), "identifier": .text(pack.code), "url": .text(address),
                "description": .text(pack.summary), "serviceType": .text(pack.sector.name), "inLanguage": .text("vi"),
                "serviceOperator": .list(operators),
                "provider": .thing("GovernmentOrganization", ["name": .text(authority), "url": .text(site)]),
                "areaServed": .thing("AdministrativeArea", ["name": .text(authority)]),
                "audience": .list(
                    pack.subjects.map { .thing("Audience", ["audienceType": .text($0.vietnamese)]) }
                ),
                "serviceOutput": .thing("Thing", ["name": .text(pack.result.name)]),
                "availableChannel": .list(channels),
                "offers": .thing("Offer", ["priceSpecification": fee]),
            ]
        )
        .inContext
    }
}
