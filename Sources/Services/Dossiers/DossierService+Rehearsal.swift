// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
import Kernel
import Storage

extension DossierService {
    /// What a version that is not published yet would mean for the open dossiers of its procedure, the newest first, at
    /// most `Rehearsal.limit`.
    ///
    /// The program reads the answers; nobody is shown any of them, but codes, labels of fields and names of papers.
    /// - Throws: `CatalogueError.notAllowed` for anybody who does not keep the book of packs; `StoreError`.
    public func rehearse(_ pack: ProcedurePack, for actor: Actor) async throws -> Rehearsal {
        guard CataloguePolicies.keeping.allows(actor, .packs) else { throw CatalogueError.notAllowed }
        let found = try await store.survey { transaction in
            try RehearsalTable.open(of: pack.code, limit: Rehearsal.limit + 1, in: transaction)
        }
        var packs: [String: ProcedurePack] = [:]
        var affected: [Rehearsal.Affected] = []
        for one in found.prefix(Rehearsal.limit) {
            let version = one.state.packVersion
            if packs[version] == nil { packs[version] = try await catalogue.pack(version: version) }
            guard let old = packs[version] else { continue }
            let effects = one.effects(under: pack, instead: old)
            if !effects.isEmpty { affected.append(Rehearsal.Affected(code: one.state.code, effects: effects)) }
        }
        return Rehearsal(
            taken: min(found.count, Rehearsal.limit),
            hasMore: found.count > Rehearsal.limit,
            affected: affected
        )
    }
}
