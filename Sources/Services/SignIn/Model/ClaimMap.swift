// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel

/// Which claim of the identity service holds what: a table, because every service names them its own way.
///
/// Of several names the first that is there and not empty is taken.
public struct ClaimMap: Sendable, Equatable {
    public var subject: [String]
    public var fullName: [String]
    public var nationalID: [String]
    public var birthDate: [String]
    public var sex: [String]
    public var address: [String]
    public var phone: [String]
    public var email: [String]
    public var assurance: [String]
    public var accountKind: [String]
    /// The values of `accountKind` that mean an organisation.
    public var organisationKinds: Set<String>
    /// The folded words for the sexes.
    public var sexWords: [String: String]

    /// The claims of the national portal and VNeID (connectors.md §1.8), with the names of OpenID Connect behind them.
    public static let nationalPortal = ClaimMap(
        subject: ["TechID", "sub"],
        fullName: ["HoVaTen", "name"],
        nationalID: ["SoDinhDanh", "SoCMND"],
        birthDate: ["NgayThangNamSinh", "birthdate"],
        sex: ["GioiTinh", "gender"],
        address: ["DiaChi"],
        phone: ["SoDienThoai", "phone_number"],
        email: ["ThuDienTu", "email"],
        assurance: ["loAs", "acr"],
        accountKind: ["LoaiTaiKhoan"],
        organisationKinds: ["2"],
        sexWords: ["nam": "Nam", "male": "Nam", "1": "Nam", "nu": "Nữ", "female": "Nữ", "2": "Nữ"]
    )

    /// The identity that these claims tell.
    ///
    /// - Throws: `SignInError.claimMissing`, `.organisationAccount`.
    func identity(_ claims: ClaimSet) throws(SignInError) -> VerifiedIdentity {
        func text(_ names: [String]) -> String? {
            names.lazy.compactMap { claims[$0]?.text }.map(VietnameseText.tidy).first { !$0.isEmpty }
        }
        if let kind = text(accountKind), organisationKinds.contains(kind) { throw .organisationAccount }
        guard let subject = text(subject), subject.utf8.count <= 255 else { throw .claimMissing("subject") }
        guard let name = text(fullName), name.count <= 200 else { throw .claimMissing("fullName") }
        guard let number = nationalID.lazy.compactMap({ text([$0]).flatMap { NationalID($0) } }).first else {
            throw .claimMissing("nationalID")
        }
        return VerifiedIdentity(
            subject: subject,
            fullName: name,
            nationalID: number,
            birthDate: text(birthDate).flatMap(ClaimMap.day),
            sex: text(sex).flatMap { sexWords[VietnameseText.fold($0)] },
            address: text(address).map { String($0.prefix(500)) },
            phone: text(phone).flatMap { PhoneNumber($0) },
            email: text(email).flatMap { $0.utf8.count <= 254 && $0.contains("@") ? $0 : nil },
            assurance: text(assurance).flatMap(ClaimMap.level) ?? .none
        )
    }

    /// `LoA2`, `2`, `level2`, `urn:…:2`: the last digit.
    static func level(_ text: String) -> AssuranceLevel? {
        guard text.utf8.count <= 64, let digit = text.last?.wholeNumberValue else { return nil }
        // Level 3 and above of another scale is at least our second.
        return digit >= 2 ? .two : AssuranceLevel(rawValue: digit)
    }

    /// `31/12/1990`, `1/2/1990`, `1990-12-31`, `19901231`; nil for a day that does not exist.
    static func day(_ text: String) -> LocalDate? {
        if let date = LocalDate(text) { return date }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        if parts.count == 3, parts[2].count == 4, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
        {
            return LocalDate(year: year, month: month, day: day)
        }
        guard text.count == 8, text.allSatisfy(\.isASCIIDigit) else { return nil }
        return LocalDate("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }
}
