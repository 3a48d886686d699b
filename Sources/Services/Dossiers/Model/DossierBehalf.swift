// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel

/// For whom a dossier was filed by whom, as the authority said it at that moment.
public struct DossierBehalf: Sendable, Hashable, Codable {
    /// The component under which the paper of the authority lies among the files.
    public static let component = "mandate"

    public var mandate: MandateID
    public var kind: Mandate.Kind
    /// For whom.
    public var name: String
    /// The personal ID number or tax code.
    public var number: String
    /// Who acts.
    public var holderName: String
    public var holderNumber: NationalID
    public var validFrom: LocalDate
    public var validTo: LocalDate

    init(_ mandate: Mandate, holder: VerifiedIdentity) {
        (self.mandate, kind, name, number) = (mandate.id, mandate.kind, mandate.name, mandate.number)
        (holderName, holderNumber) = (holder.fullName, holder.nationalID)
        (validFrom, validTo) = (mandate.validFrom, mandate.validTo)
    }
}
