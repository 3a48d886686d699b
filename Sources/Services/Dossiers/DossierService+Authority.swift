// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
import Storage

/// Dossiers that one person files for another, or for a business.
extension DossierService {
    /// Keeps that an officer made sure of the authority by which a dossier was filed, and how.
    ///
    /// - Throws: `DossierRefusal.notFound`; `.purposeNeeded` where the dossier is not in her hands;
    ///   `.authorityUnsuitable` where it was filed by none, or by one that was confirmed before; `StoreError`.
    public func confirmAuthority(
        of code: DossierCode,
        _ way: Mandate.Confirmation.Way,
        by actor: Actor
    ) async throws {
        try await store.journalled { [writer, identity] transaction in
            guard let state = try DossierTable.find(code, in: transaction),
                DossierPolicies.officerOfAgency.allows(actor, state)
            else { throw DossierRefusal.notFound }
            guard DossierHands.purpose(of: actor, for: state, in: try writer.context(of: state)) != nil else {
                throw DossierRefusal.purposeNeeded(code)
            }
            guard let behalf = try PersonalTable.find(state.id, in: transaction)?.behalf else {
                throw DossierRefusal.authorityUnsuitable
            }
            do {
                try identity.confirmMandate(behalf.mandate, way, by: actor, in: transaction)
            } catch MandateError.unknown {
                throw DossierRefusal.authorityUnsuitable
            }
        }
    }

    // MARK: - Inside

    /// What is said of a draft or dossier that does not lie before this actor: where it is her own under another choice
    /// of for whom she acts, which; else that there is none.
    static func refusal(
        _ unknown: DossierRefusal,
        of party: String,
        for actor: Actor,
        _ identity: IdentityService,
        in transaction: Transaction
    ) throws -> DossierRefusal {
        guard let account = actor.account, party != actor.party else { return unknown }
        if party == account.rawValue { return .underOtherHat(nil) }
        guard let mandate = try identity.mandate(ofParty: party, heldBy: actor, in: transaction) else { return unknown }
        return mandate.isValid(on: identity.today) ? .underOtherHat(mandate.name) : ended(mandate)
    }

    /// The authority by which one acts is good at this very moment, not only when the page was asked for.
    ///
    /// - Throws: `DossierRefusal.authorityEnded`, `StoreError`.
    static func requireAuthority(of actor: Actor, _ identity: IdentityService, in transaction: Transaction) throws {
        do {
            _ = try identity.mandate(of: actor, in: transaction)
        } catch MandateError.notValid {
            guard let mandate = try identity.mandate(ofParty: actor.party, heldBy: actor, in: transaction) else {
                throw DossierRefusal.notFound
            }
            throw ended(mandate)
        }
    }

    private static func ended(_ mandate: Mandate) -> DossierRefusal {
        .authorityEnded(mandate.name, lastDay: mandate.validTo, isRevoked: mandate.revokedAt != nil)
    }
}
