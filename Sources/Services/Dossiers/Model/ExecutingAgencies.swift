// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Organisation

extension OrganisationSnapshot {
    /// The agencies that execute a procedure on this day: a department by its name, the others by kind and level.
    public func agencies(offering pack: ProcedurePack, on day: LocalDate) -> [Agency] {
        pack.executingAgencies.flatMap { agencies(meant: $0, on: day) }
    }

    /// The agencies that a pack means by a kind, a level and a name.
    func agencies(meant: ExecutingAgency, on day: LocalDate) -> [Agency] {
        guard let kind = AgencyKind(rawValue: meant.kind.rawValue),
            let level = AdminLevel(rawValue: meant.level.rawValue)
        else { return [] }
        return agencies(executing: kind, at: level, named: kind == .department ? meant.name : nil, on: day)
    }

    /// Why nothing can be filed with an agency any more; nil while it stands, and for a code that no agency has.
    func ending(of code: AgencyCode) -> DossierRefusal? {
        guard let agency = agency(code), let last = agency.validTo else { return nil }
        let heir = successor(of: code)
        return .agencyEnded(name: agency.name, on: last, successor: heir == code ? nil : self.agency(heir)?.name)
    }
}
