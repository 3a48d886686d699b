// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Identity
import Journal
public import Kernel
import Organisation
import Storage

/// What a page says of a dossier before anything personal is shown.
public struct DossierHeading: Sendable {
    public var id: DossierID
    public var code: DossierCode
    public var procedureName: String
    /// Whether its data are the actor's own work.
    public var isOwnWork: Bool
}

/// One line of "who looked at my data".
public struct ToldAccess: Sendable {
    public var record: AccessRecord
    /// The code of the dossier; nil when there is no such dossier any more.
    public var code: DossierCode?
}

/// Every reading of a dossier's personal data by an officer goes through here: no reading without its record.
extension DossierService {
    // MARK: - Recording

    /// Records that the actor reads a part of a dossier, and says which data she sees masked; nothing for a citizen.
    ///
    /// It is on disk when this returns, and what was read is given out only then.
    /// - Throws: `DossierRefusal.purposeNeeded` when the dossier is not in her hands and she has not said why she
    ///   looks.
    func noteReading(
        of state: DossierState,
        _ part: AccessedPart,
        item: String? = nil,
        by actor: Actor
    ) async throws -> Set<MaskedField> {
        guard actor.kind == .officer else { return [] }
        let pack = try await catalogue.pack(version: state.packVersion)
        let handled = DossierHands.purpose(of: actor, for: state, in: try writer.context(of: state, by: pack))
        return try await store.write { [identity, writer] transaction in
            let isRestricted = try RestrictionTable.isRestricted(state.id, in: transaction)
            let own = isRestricted ? nil : handled
            let unmasking =
                part == .page ? try identity.unmaskingReason(of: actor, for: state.id.rawValue, in: transaction) : nil
            let reason =
                try unmasking ?? own.map { AccessReason($0) }
                ?? identity.standingReason(of: actor, for: state.id.rawValue, in: transaction)
                ?? (isRestricted ? nil : Self.followUp(actor, state, writer, in: transaction))
            guard let reason else { throw DossierRefusal.purposeNeeded(state.code) }
            let read = try identity.subjects(of: state.applicant.rawValue, in: transaction).map { account in
                AccessedData(
                    account,
                    dossier: state.id.rawValue,
                    part: unmasking == nil ? part : .fullPage,
                    item: item
                )
            }
            try identity.record(read, for: reason, by: actor, in: transaction)
            if unmasking != nil { return [] }
            let rule = MaskingRule.standard
            return Set(MaskedField.allCases.filter { !rule.isClear($0, for: actor.roles, isOwnWork: own != nil) })
        }
    }

    /// Records that somebody whose opinion is asked reads what the question shows: the question says why she looks.
    func noteConsulted(
        on state: DossierState,
        _ part: AccessedPart,
        item: String? = nil,
        by actor: Actor
    ) async throws {
        try await store.write { [identity] transaction in
            let read = try identity.subjects(of: state.applicant.rawValue, in: transaction).map { account in
                AccessedData(account, dossier: state.id.rawValue, part: part, item: item)
            }
            try identity.record(read, for: AccessReason(.consultation), by: actor, in: transaction)
        }
    }

    /// Who has acted in a dossier may see what became of it.
    private static func followUp(
        _ actor: Actor,
        _ state: DossierState,
        _ writer: DossierWriter,
        in transaction: Transaction
    ) throws -> AccessReason? {
        let events = try writer.log.events(of: "dossier", id: state.id.rawValue, in: transaction)
        let hasActed = events.contains { $0.entry.actor.kind == .officer && $0.entry.actor.id == actor.id }
        return hasActed ? AccessReason(.followUp) : nil
    }

    /// Records the lines of a search that name a person, before they are shown; in other lists, names of dossiers that
    /// are not in the actor's hands are masked, and nothing is recorded.
    func noteList(_ rows: [WorkListRow], isSearch: Bool, by actor: Actor) async throws -> [WorkListRow] {
        guard isSearch else {
            let foreign = Set(WorkQueue.allCases.filter { DossierHands.purpose(of: actor, in: $0) == nil })
            var rows = rows
            for index in rows.indices where foreign.contains(rows[index].queue) {
                rows[index].applicantName = maskedName(rows[index].applicantName)
            }
            return rows
        }
        guard !rows.isEmpty, actor.kind == .officer else { return rows }
        try await store.write { [identity] transaction in
            let read = try rows.flatMap { row in
                try identity.subjects(of: row.applicant.rawValue, in: transaction).map {
                    AccessedData($0, dossier: row.id.rawValue, part: .search)
                }
            }
            try identity.record(read, for: AccessReason(.search), by: actor, in: transaction)
        }
        return rows
    }

    // MARK: - Purposes

    /// What may be said of a dossier to an officer who has not yet said why she looks.
    ///
    /// - Throws: `DossierRefusal.notFound` for a dossier that the actor may not see.
    public func heading(_ code: DossierCode, for actor: Actor) async throws -> DossierHeading {
        let state = try await store.read { transaction in
            guard let state = try DossierTable.find(code, in: transaction), DossierPolicies.read.allows(actor, state)
            else { throw DossierRefusal.notFound }
            return state
        }
        let pack = try await catalogue.pack(version: state.packVersion)
        let context = try writer.context(of: state, by: pack)
        return DossierHeading(
            id: state.id,
            code: state.code,
            procedureName: pack?.name ?? state.procedure,
            isOwnWork: DossierHands.purpose(of: actor, for: state, in: context) != nil
        )
    }

    /// Keeps why an officer opens a dossier that is not in her hands, or has its data unmasked.
    ///
    /// - Throws: `DossierRefusal.notFound`; `AccessRefusal.purposeMissing`, `.wordsUnfit`.
    public func state(
        _ purpose: AccessPurpose?,
        words: String,
        isUnmasking: Bool,
        for code: DossierCode,
        by actor: Actor
    ) async throws {
        let heading = try await heading(code, for: actor)
        try await identity.state(
            purpose,
            words: words,
            isUnmasking: isUnmasking,
            for: heading.id.rawValue,
            by: actor
        )
    }

    // MARK: - Telling

    /// Who looked at the citizen's own data, the newest first.
    public func accesses(toDataOf actor: Actor, after: Keyset?, limit: Int = 20) async throws -> Page<ToldAccess> {
        try await told(identity.accesses(toDataOf: actor, after: after, limit: limit))
    }

    /// The records that an auditor asks for, with the codes of the dossiers.
    ///
    /// - Throws: `AccessRefusal.notAllowed`.
    public func accesses(
        _ filter: AccessFilter,
        dossier code: DossierCode?,
        for actor: Actor,
        after: Keyset?,
        limit: Int = 50
    ) async throws -> Page<ToldAccess> {
        var filter = filter
        if let code {
            // A code that names no dossier is answered like one that nobody has looked at.
            let found = try await store.read { try DossierTable.find(code, in: $0)?.id }
            filter.dossier = found?.rawValue ?? ""
        }
        return try await told(identity.accesses(filter, for: actor, after: after, limit: limit))
    }

    private func told(_ page: Page<AccessRecord>) async throws -> Page<ToldAccess> {
        let ids = Set(page.items.map(\.dossier)).sorted()
        let codes = try await store.read { try DossierTable.codes(of: ids, in: $0) }
        return Page(items: page.items.map { ToldAccess(record: $0, code: codes[$0.dossier]) }, next: page.next)
    }
}
