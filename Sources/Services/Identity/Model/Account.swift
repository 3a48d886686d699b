// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The id of a citizen's account.
public typealias AccountID = Identifier<Account>

/// What the national identity service says of a person, after its token was verified.
public struct VerifiedIdentity: Sendable, Hashable {
    /// The service's stable id of the person (`TechID`, else `sub`).
    public var subject: String
    /// `Nguyễn Thị Bưởi`, as the register writes it.
    public var fullName: String
    /// The personal ID number.
    public var nationalID: NationalID
    /// The day of birth, where the service tells it.
    public var birthDate: LocalDate?
    /// `Nam` or `Nữ`, where the service tells it.
    public var sex: String?
    /// The registered address, where the service tells it.
    public var address: String?
    /// The telephone number, where the service tells it.
    public var phone: PhoneNumber?
    /// The e-mail address, where the service tells it.
    public var email: String?
    /// How well the identity was checked.
    public var assurance: AssuranceLevel

    /// An identity of these claims.
    public init(
        subject: String,
        fullName: String,
        nationalID: NationalID,
        birthDate: LocalDate?,
        sex: String?,
        address: String?,
        phone: PhoneNumber?,
        email: String?,
        assurance: AssuranceLevel
    ) {
        self.subject = subject
        self.fullName = fullName
        self.nationalID = nationalID
        self.birthDate = birthDate
        self.sex = sex
        self.address = address
        self.phone = phone
        self.email = email
        self.assurance = assurance
    }
}

/// A citizen who has signed in at least once. Claims are kept as the identity service gave them last.
public struct Account: Sendable, Hashable {
    /// Our random id of the account.
    public var id: AccountID
    /// The claims of the last sign-in.
    public var identity: VerifiedIdentity
    /// When the account was made.
    public var createdAt: Instant
    /// For whom the person may act today; filled for who is signed in.
    public var hats: [Hat] = []

    /// An account of these facts.
    public init(id: AccountID, identity: VerifiedIdentity, createdAt: Instant) {
        self.id = id
        self.identity = identity
        self.createdAt = createdAt
    }
}
