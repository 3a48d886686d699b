// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
public import Organisation

/// The id of an authority to act for somebody; random.
public typealias RepresentationID = Identifier<Representation>

/// The authority of one person to act for another, or for a business, with its paper and its dates.
///
/// It is the holder's statement and is shown to the officer with each dossier. It opens nothing that others filed: what
/// was filed under an authority belongs to that authority alone.
public struct Representation: Sendable, Hashable {
    /// For whom one may act.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// The holder's child under age.
        case child
        /// The holder's father or mother.
        case parent
        /// Anybody else who has given authority.
        case person
        /// A business, by its representative.
        case business

        /// The word for the person.
        public var vietnamese: String {
            switch self {
            case .child: "Con chưa thành niên"
            case .parent: "Cha, mẹ"
            case .person: "Người khác, theo ủy quyền"
            case .business: "Doanh nghiệp, hộ kinh doanh"
            }
        }
    }

    /// The paper that shows it; its bytes lie in the store of files.
    public struct StatedPaper: Sendable, Hashable {
        public var digest: Digest
        public var size: Int64
        public var mediaType: String
        public var name: String
        public var pages: Int?

        /// A paper whose bytes are on disk and were looked at.
        public init(digest: Digest, size: Int64, mediaType: String, name: String, pages: Int?) {
            (self.digest, self.size, self.mediaType) = (digest, size, mediaType)
            (self.name, self.pages) = (name, pages)
        }
    }

    /// How an officer made sure of it.
    public struct Confirmation: Sendable, Hashable {
        /// What the paper was compared with.
        public enum Way: String, Sendable, Hashable, CaseIterable, Codable {
            /// The original, which was shown to the officer.
            case original
            /// A register of the state: of the population, of civil status, of businesses.
            case register

            /// The words for officers.
            public var vietnamese: String {
                switch self {
                case .original: "Đã đối chiếu bản chính"
                case .register: "Đã tra cơ sở dữ liệu của Nhà nước"
                }
            }
        }

        public var at: Instant
        public var officer: OfficerID
        public var way: Way
    }

    public var id: RepresentationID
    /// Whose drafts and dossiers are filed by it: the same for each new paper of the same holder for the same person or
    /// business, so that an authority that is renewed goes on where it was. It is the id of the first of them.
    public var party: RepresentationID
    /// Who may act.
    public var holder: AccountID
    public var kind: Kind
    /// For whom: the name of the person or business.
    public var name: String
    /// The personal ID number, or the tax code of a business.
    public var number: String
    /// The day of birth of a person.
    public var birthDate: LocalDate?
    public var paper: StatedPaper
    /// The first and the last day.
    public var validFrom: LocalDate
    public var validTo: LocalDate
    public var createdAt: Instant
    /// When the holder, or the person herself, ended it.
    public var revokedAt: Instant?
    /// Who made sure of it and how; nil while it is the holder's statement alone.
    public var confirmation: Confirmation?

    /// The longest time of an authority, in years.
    public static let longestYears = 5

    /// Whether one may act by it on this day.
    public func isValid(on day: LocalDate) -> Bool { revokedAt == nil && validFrom <= day && day <= validTo }

    /// The hat that it gives.
    public var hat: Hat { Hat(representation: id, party: party, kind: kind, name: name) }

    /// Whether it is this person's own affair: she acts by it, or others say that they act for her.
    ///
    /// A child is represented by its parents and ends nothing.
    public func concerns(_ account: Account) -> Bool {
        holder == account.id
            || (kind == .person || kind == .parent) && account.identity.assurance >= .two
                && number == account.identity.nationalID.digits
    }
}

/// For whom a citizen acts at the moment.
public struct Hat: Sendable, Hashable {
    public var representation: RepresentationID
    /// Whose drafts and dossiers lie before who wears it.
    public var party: RepresentationID
    public var kind: Representation.Kind
    public var name: String

    /// A hat of these facts.
    public init(representation: RepresentationID, party: RepresentationID, kind: Representation.Kind, name: String) {
        (self.representation, self.party) = (representation, party)
        (self.kind, self.name) = (kind, name)
    }
}

/// An authority as it is stated on the page.
public struct RepresentationDraft: Sendable {
    public var kind: Representation.Kind?
    public var name: String
    public var number: String
    public var birthDate: LocalDate?
    public var validFrom: LocalDate?
    public var validTo: LocalDate?

    /// What was typed.
    public init(
        kind: Representation.Kind?,
        name: String,
        number: String,
        birthDate: LocalDate?,
        validFrom: LocalDate?,
        validTo: LocalDate?
    ) {
        (self.kind, self.name, self.number, self.birthDate) = (kind, name, number, birthDate)
        (self.validFrom, self.validTo) = (validFrom, validTo)
    }

    /// A field of the page.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case kind, name, number, birthDate, validFrom, validTo
    }

    /// What must be mended, by field; empty when it may be kept.
    public func faults(today: LocalDate, holder: VerifiedIdentity) -> [Field: String] {
        var faults: [Field: String] = [:]
        if kind == nil { faults[.kind] = "Chọn bạn làm thay cho ai" }
        if VietnameseText.tidy(name).isEmpty { faults[.name] = "Nhập tên người hoặc doanh nghiệp mà bạn làm thay" }
        if name.count > 200 { faults[.name] = "Tên không quá 200 ký tự" }
        if kind == .business {
            if TaxCode(number) == nil { faults[.number] = "Nhập mã số thuế gồm 10 hoặc 13 chữ số" }
        } else if NationalID(number) == nil {
            faults[.number] = "Nhập số định danh gồm 12 chữ số"
        } else if NationalID(number) == holder.nationalID {
            faults[.number] = "Đây là số định danh của chính bạn; việc của mình không cần giấy ủy quyền"
        }
        if kind == .child, let born = birthDate, Self.day(18, yearsAfter: born) <= today {
            faults[.birthDate] = "Người đã đủ 18 tuổi tự làm, hoặc ủy quyền bằng giấy"
        } else if kind == .child, birthDate == nil {
            faults[.birthDate] = "Nhập ngày sinh của con"
        }
        if validFrom == nil { faults[.validFrom] = "Nhập ngày bắt đầu ghi trên giấy" }
        guard let from = validFrom, let to = validTo else {
            if validTo == nil { faults[.validTo] = "Nhập ngày hết hạn ghi trên giấy" }
            return faults
        }
        if to < from || to < today { faults[.validTo] = "Ngày hết hạn phải sau ngày bắt đầu và chưa qua" }
        if Self.day(Representation.longestYears, yearsAfter: from) < to {
            faults[.validTo] = "Mỗi lần khai không quá \(Representation.longestYears) năm"
        }
        return faults
    }

    /// The same day so many years later; the first of March for a 29 February that is none.
    private static func day(_ years: Int, yearsAfter day: LocalDate) -> LocalDate {
        LocalDate(year: day.year + years, month: day.month, day: day.day)
            ?? LocalDate(year: day.year + years, month: 3, day: 1) ?? day
    }

    /// The number without blanks and dots, as it is kept.
    var keptNumber: String {
        kind == .business ? TaxCode(number)?.text ?? number : NationalID(number)?.digits ?? number
    }
}

/// Why an authority was not kept, put on or ended.
public enum RepresentationError: Presentable, Equatable {
    /// There is none of this person.
    case unknown
    /// It has not begun, is over, or was revoked.
    case notValid
    /// What was stated cannot be kept.
    case faulty
    /// There are too many already.
    case tooMany(limit: Int)

    public var code: String {
        switch self {
        case .unknown: "representation-unknown"
        case .notValid: "representation-not-valid"
        case .faulty: "representation-faulty"
        case .tooMany: "representation-too-many"
        }
    }

    public var status: Int {
        switch self {
        case .unknown: 404
        case .notValid: 409
        case .faulty, .tooMany: 422
        }
    }

    public var publicDetail: String? {
        switch self {
        case .unknown: "Không có giấy ủy quyền này."
        case .notValid: "Giấy ủy quyền này chưa đến ngày, đã hết hạn hoặc đã thu hồi."
        case .faulty: "Thông tin ủy quyền chưa đúng. Sửa các mục được đánh dấu."
        case .tooMany(let limit):
            "Mỗi người khai không quá \(limit) giấy tờ làm thay. Thu hồi giấy không còn cần, hoặc gọi 1022."
        }
    }
}
