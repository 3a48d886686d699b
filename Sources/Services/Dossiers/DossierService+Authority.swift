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
        _ way: Representation.Confirmation.Way,
        by actor: Actor
    ) async throws {
        try await store.journalled { [writer, identity] transaction in
            guard let state = try DossierTable.find(code, in: transaction),
                DossierPolicies.officerOfAgency.allows(actor, state)
            else { throw DossierRefusal.notFound }
            guard DossierHands.purpose(of: actor, for: state, in: try writer.context(of: state, in: transaction)) != nil
            else {
                throw DossierRefusal.purposeNeeded(code)
            }
            guard let behalf = try PersonalTable.find(state.id, in: transaction)?.behalf else {
                throw DossierRefusal.authorityUnsuitable
            }
            do {
                try identity.confirmRepresentation(behalf.representation, way, by: actor, in: transaction)
            } catch RepresentationError.unknown {
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
        guard let representation = try identity.representation(ofParty: party, heldBy: actor, in: transaction) else {
            return unknown
        }
        return representation.isValid(on: identity.today) ? .underOtherHat(representation.name) : ended(representation)
    }

    /// The authority by which one acts is good at this very moment, not only when the page was asked for.
    ///
    /// - Throws: `DossierRefusal.authorityEnded`, `StoreError`.
    static func requireAuthority(of actor: Actor, _ identity: IdentityService, in transaction: Transaction) throws {
        do {
            _ = try identity.representation(of: actor, in: transaction)
        } catch RepresentationError.notValid {
            guard let representation = try identity.representation(ofParty: actor.party, heldBy: actor, in: transaction)
            else {
                throw DossierRefusal.notFound
            }
            throw ended(representation)
        }
    }

    private static func ended(_ representation: Representation) -> DossierRefusal {
        .authorityEnded(
            representation.name,
            lastDay: representation.validTo,
            isRevoked: representation.revokedAt != nil
        )
    }
}
