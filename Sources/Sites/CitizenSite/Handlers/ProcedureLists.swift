// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Markup
import Site

/// The lists of procedures as pages: what the catalogue finds, with its facets and parts as links.
enum ProcedureLists {
    /// How many choices of a facet a page shows before it leads to all of them.
    static let choiceLimit = 5

    private static let titles: [(facet: Facet, title: String)] = [
        (.subject, "Đối tượng"), (.sector, "Lĩnh vực"), (.agency, "Cơ quan"), (.level, "Mức độ"),
        (.fee, "Phí, lệ phí"),
    ]

    /// What a search or a narrowed list shows.
    static func model(
        _ address: FindingAddress,
        _ found: Findings,
        reading: [NavigationItem] = []
    ) -> ProcedureListPage.Model {
        let chosen = found.facets.chosenChoices
        let parts = (found.total + address.rows - 1) / address.rows
        return ProcedureListPage.Model(
            query: address.query,
            subject: chosen.isEmpty ? nil : chosen.map(\.label).joined(separator: ", "),
            searchAction: SiteURL.procedures.path,
            kept: address.kept,
            count: found.total,
            lines: found.listings.map(line),
            facets: facets(address, found),
            suggestions: found.nearMisses.map(line),
            clearHref: chosen.isEmpty ? nil : address.cleared.path,
            previousHref: address.page > 1 ? address.part(min(address.page - 1, max(parts, 1))).path : nil,
            nextHref: address.page < parts ? address.part(address.page + 1).path : nil,
            marks: marks(address, found),
            reading: reading,
            homeHref: SiteURL.home.path,
            sectorsHref: SiteURL.sectors.path
        )
    }

    /// The procedures of a turn of life, in the order of doing.
    static func model(
        of event: LifeEvent,
        _ listings: [ProcedureListing],
        reading: [NavigationItem] = []
    ) -> ProcedureListPage.Model {
        ProcedureListPage.Model(
            query: "",
            subject: event.name,
            searchAction: SiteURL.procedures.path,
            count: listings.count,
            lines: listings.map(line),
            reading: reading,
            homeHref: SiteURL.home.path,
            sectorsHref: SiteURL.sectors.path
        )
    }

    /// Every sector with its number of procedures.
    static func sectors(_ found: Findings) -> SectorsPage.Model {
        SectorsPage.Model(
            sectors: found.facets[.sector].map { count in
                SectorsPage.Sector(
                    count.choice.label,
                    count: count.count,
                    href: FindingAddress(facets: [.sector: count.choice.slug]).path
                )
            },
            allHref: SiteURL.procedures.path,
            homeHref: SiteURL.home.path
        )
    }

    /// One procedure of a list: level, days and fee stand beside its name.
    static func line(_ listing: ProcedureListing) -> ProcedureListPage.ProcedureLine {
        ProcedureListPage.ProcedureLine(
            name: listing.name,
            code: listing.code,
            href: SiteURL.procedure(listing.code).path,
            levelWord: listing.scope.vietnamese,
            isFullyOnline: listing.scope == .full,
            timeWord: PackWords.time(listing.timeLimit, listing.cutOff),
            feeWord: PackWords.fee(listing.prices),
            sectorName: listing.sector.name
        )
    }

    private static func facets(_ address: FindingAddress, _ found: Findings) -> [ProcedureListPage.Facet] {
        guard found.total > 0 || !found.facets.chosenChoices.isEmpty else { return [] }
        return titles.compactMap { facet, title in
            let (counts, isWhole) = found.facets.most(of: facet, limit: choiceLimit)
            // One choice that everything has narrows nothing.
            guard counts.count > 1 || counts.contains(where: \.isChosen) else { return nil }
            let address = address.switching(facet)
            let choices = counts.map { count in
                ProcedureListPage.FacetChoice(
                    count.choice.label,
                    count: count.count,
                    href: address(count),
                    isChosen: count.isChosen
                )
            }
            let allHref = facet == .sector && !isWhole ? SiteURL.sectors.path : nil
            return ProcedureListPage.Facet(title, choices, allHref: allHref)
        }
    }

    private static func marks(_ address: FindingAddress, _ found: Findings) -> [ProcedureListPage.PageMark] {
        let letters = found.partBeginnings.map(SectorsPage.initial)
        return letters.indices.map { place in
            let part = address.part(place + 1)
            return ProcedureListPage.PageMark(
                place + 1,
                href: part.path,
                beginning: letters[place] == (place > 0 ? letters[place - 1] : "") ? "" : letters[place],
                isCurrent: place + 1 == address.page
            )
        }
    }
}
