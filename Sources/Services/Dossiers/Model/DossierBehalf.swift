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

    /// "Trần Văn Lộc (số định danh …) nộp thay, giấy ủy quyền từ 01/03/2026 đến 01/03/2027".
    public var sentence: String {
        let dates = "từ \(validFrom.vietnamese) đến \(validTo.vietnamese)"
        return switch kind {
        case .business: "\(holderName) đại diện \(name), mã số thuế \(number), giấy tờ có hiệu lực \(dates)"
        case .child, .parent, .person:
            "\(holderName), số định danh \(holderNumber.grouped), nộp thay \(name) theo giấy tờ có hiệu lực \(dates)"
        }
    }
}
