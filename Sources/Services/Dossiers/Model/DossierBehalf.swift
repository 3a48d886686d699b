// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel

/// For whom a dossier was filed by whom, as the authority said it at that moment.
public struct DossierBehalf: Sendable, Hashable, Codable {
    /// The component under which the paper of the authority lies among the files.
    public static let component = "representation"

    public var representation: RepresentationID
    public var kind: Representation.Kind
    /// For whom.
    public var name: String
    /// The personal ID number or tax code.
    public var number: String
    /// Who acts.
    public var holderName: String
    public var holderNumber: NationalID
    public var validFrom: LocalDate
    public var validTo: LocalDate

    init(_ representation: Representation, holder: VerifiedIdentity) {
        (self.representation, kind, name, number) = (
            representation.id, representation.kind, representation.name, representation.number
        )
        (holderName, holderNumber) = (holder.fullName, holder.nationalID)
        (validFrom, validTo) = (representation.validFrom, representation.validTo)
    }
}
