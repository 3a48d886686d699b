// SPDX-License-Identifier: Apache-2.0

import Kernel
public import Organisation

/// Personal data that not everybody needs who works on a dossier. Name and day of birth stand on every page: without
/// them one dossier is taken for another.
public enum MaskedField: String, Sendable, Hashable, CaseIterable {
    /// The personal ID number.
    case nationalID
    /// The telephone number.
    case phone
    /// The e-mail address.
    case email
    /// Where the person lives.
    case address
}

/// Who sees which personal data in clear: the one place.
public struct MaskingRule: Sendable {
    /// Field → the roles that need it in their own work. Whoever is not named sees it masked.
    public let needed: [MaskedField: Set<Role>]

    /// A rule of these needs.
    public init(needed: [MaskedField: Set<Role>]) { self.needed = needed }

    /// The desk compares the ID card, calls the applicant and sends papers; the specialist compares with registers; the
    /// clerk writes the address on the envelope. Nobody's work needs the e-mail address: the program writes by itself.
    public static let standard = MaskingRule(needed: [
        .nationalID: [.deskOfficer, .specialist],
        .phone: [.deskOfficer],
        .email: [],
        .address: [.deskOfficer, .specialist, .recordsClerk],
    ])

    /// Whether these roles see the field in clear.
    ///
    /// - Parameters:
    ///   - field: which.
    ///   - roles: the officer's.
    ///   - isOwnWork: whether the dossier is in her hands; everybody else sees everything masked.
    /// - Returns: whether nothing is masked.
    public func isClear(_ field: MaskedField, for roles: Set<Role>, isOwnWork: Bool) -> Bool {
        isOwnWork && !roles.isDisjoint(with: needed[field] ?? [])
    }
}

extension MaskedField {
    /// What is shown instead of a value: enough to tell two persons apart who stand before one, no more.
    public func masked(_ value: String) -> String {
        guard !value.isEmpty else { return value }
        switch self {
        case .nationalID: return NationalID(value)?.masked ?? Self.end(of: value)
        case .phone: return PhoneNumber(value)?.masked ?? Self.end(of: value)
        case .email:
            let parts = value.split(separator: "@", maxSplits: 1)
            return parts.count == 2 ? "\(parts[0].prefix(1))•••@\(parts[1])" : "•••"
        case .address:
            // Commune and province say which office is competent; the house says where the person sleeps.
            let parts = value.split(separator: ",").map { $0.drop(while: \.isWhitespace) }
            return parts.count > 2 ? "•••, \(parts.suffix(2).joined(separator: ", "))" : "•••"
        }
    }

    private static func end(of value: String) -> String { value.count > 6 ? "••• \(value.suffix(3))" : "•••" }
}

/// A name on a list of dossiers that are not in one's hands: `N. T. H. Đào`.
public func maskedName(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard let given = words.last else { return "" }
    return (words.dropLast().map { "\($0.prefix(1))." } + [String(given)]).joined(separator: " ")
}
