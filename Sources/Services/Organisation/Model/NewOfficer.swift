// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What an administrator says of an officer to be added.
public struct NewOfficer: Sendable {
    /// The name for signing in: 3 to 64 letters a-z, digits, dots and hyphens.
    public var loginName: String
    /// The agency that the officer acts for.
    public var agency: AgencyCode
    /// The unit, which is part of that agency.
    public var unit: OrgUnitID
    /// The full name.
    public var fullName: String
    /// The position.
    public var position: String
    /// Where notices go; nil when there is none.
    public var email: String?
    /// What the officer may be; at least one.
    public var roles: Set<Role>

    /// An officer to be added.
    public init(
        loginName: String,
        agency: AgencyCode,
        unit: OrgUnitID,
        fullName: String,
        position: String,
        email: String?,
        roles: Set<Role>
    ) {
        self.loginName = loginName
        self.agency = agency
        self.unit = unit
        self.fullName = fullName
        self.position = position
        self.email = email
        self.roles = roles
    }

    /// The officer, checked and tidied.
    func officer(id: OfficerID) throws(OrganisationError) -> Officer {
        let login = loginName.lowercased()
        let isWellFormed = login.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 46
        }
        guard isWellFormed, (3...64).contains(login.utf8.count) else { throw .loginNameMalformed(loginName) }
        let (name, position) = (VietnameseText.tidy(fullName), VietnameseText.tidy(position))
        let limit = OrganisationService.nameLimit
        guard !name.isEmpty, !position.isEmpty, name.count <= limit, position.count <= limit else {
            throw .nameMissing
        }
        guard email.map(NewOfficer.isAddress) ?? true else { throw .emailMalformed }
        guard !roles.isEmpty else { throw .rolesMissing }
        return Officer(
            id: id,
            loginName: login,
            agency: agency,
            unit: unit,
            fullName: name,
            position: position,
            email: email,
            roles: roles
        )
    }

    /// Whether a text can be an e-mail address: one `@`, a host with a dot, no white space, at most 254 bytes
    /// (RFC 5321).
    private static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, text.utf8.count <= 254, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        let host = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        return !halves[0].isEmpty && host.count >= 2 && host.allSatisfy { !$0.isEmpty }
    }
}
