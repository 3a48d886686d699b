// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Organisation

extension OrganisationSnapshot {
    /// The agencies that execute a procedure on this day: a department by its name, the others by kind and level.
    public func agencies(offering pack: ProcedurePack, on day: LocalDate) -> [Agency] {
        pack.executingAgencies.flatMap { executing -> [Agency] in
            guard let kind = AgencyKind(rawValue: executing.kind.rawValue),
                let level = AdminLevel(rawValue: executing.level.rawValue)
            else { return [] }
            return agencies(executing: kind, at: level, named: kind == .department ? executing.name : nil, on: day)
        }
    }
}
