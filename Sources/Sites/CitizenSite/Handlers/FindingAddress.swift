// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Site
import Web

/// What somebody looks for, as the address of the list says it: the same address gives the same list again.
struct FindingAddress: Sendable {
    /// What was typed.
    var query: String
    /// The choices that are on, by slug.
    var facets: [Facet: String] = [:]
    /// The turn of life whose procedures are listed.
    var lifeEvent: String?
    /// Which part of the list, from 1.
    var page = 1

    /// Rows of a part: of a list by name, and of what a query found.
    static let listRows = 50
    static let queryRows = 20

    /// The words of the address, in the order in which they are written.
    private static let names: [(facet: Facet, name: String)] = [
        (.subject, "doi-tuong"), (.sector, "linh-vuc"), (.agency, "co-quan"), (.level, "muc-do"), (.fee, "phi"),
    ]

    init(query: String = "", facets: [Facet: String] = [:]) { (self.query, self.facets) = (query, facets) }

    init(_ fields: QueryFields) {
        query = fields.text("q") ?? ""
        lifeEvent = fields.text("viec")
        page = fields.int("trang", default: 1, in: 1...100_000)
        for (facet, name) in Self.names { facets[facet] = fields.text(name) }
    }

    /// How many rows a part has.
    var rows: Int { query.isEmpty ? Self.listRows : Self.queryRows }

    /// The question for the catalogue.
    var question: FindingQuestion {
        FindingQuestion(query, facets: facets, offset: (page - 1) * rows, limit: rows)
    }

    /// The facets that are on, for hidden fields.
    var kept: [(name: String, value: String)] {
        Self.names.compactMap { facet, name in facets[facet].map { (name, $0) } }
    }

    /// The list as an address.
    var path: String {
        var words: [(name: String, value: String?)] = [("q", query.isEmpty ? nil : query), ("viec", lifeEvent)]
        for (name, value) in kept { words.append((name, value)) }
        words.append(("trang", page > 1 ? String(page) : nil))
        return SiteURL.procedures.path(words)
    }

    /// The list with a choice of a facet switched, from its first part: what stands before and behind that choice is
    /// written once for all choices of the facet.
    func switching(_ facet: Facet) -> (FacetCount) -> String {
        var without = self
        (without.page, without.lifeEvent) = (1, nil)
        without.facets[facet] = nil
        let path = without.path
        let name = Self.names.first { $0.facet == facet }?.name ?? ""
        let start = path + (path.contains("?") ? "&" : "?") + name + "="
        // A slug has letters, digits and hyphens alone.
        return { $0.isChosen ? path : start + $0.choice.slug }
    }

    /// Another part of the list.
    func part(_ page: Int) -> FindingAddress {
        var other = self
        other.page = page
        return other
    }

    /// The list without any choice.
    var cleared: FindingAddress { FindingAddress(query: query) }
}
