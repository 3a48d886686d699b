// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What an obligation is for, opaque to this service: `dossier:<id>`.
public struct PayableReference: RawRepresentable, Hashable, Sendable {
    /// The kind and the id, joined by a colon.
    public let rawValue: String

    /// A reference of this text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// What kind of money is owed (standards.md §11.1).
public enum ObligationKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Phí: the price of a public service.
    case fee
    /// Lệ phí: a fixed sum to the budget for an act of the state.
    case charge

    /// The word on pages and receipts.
    public var vietnamese: String {
        switch self {
        case .fee: "Phí"
        case .charge: "Lệ phí"
        }
    }

    /// `LoaiPhiLePhi` of the national portal: 1 phí, 2 lệ phí.
    public var nationalCode: String {
        switch self {
        case .fee: "1"
        case .charge: "2"
        }
    }
}

/// One line of what is owed.
public struct ObligationLine: Sendable, Hashable, Codable {
    public var kind: ObligationKind
    /// The line's code in the pack.
    public var code: String
    /// `Phí cấp bản sao trích lục hộ tịch, 2 bản`.
    public var name: String
    public var amount: VND
    /// How the amount is found, where it is more than a price times a count; nil otherwise.
    public var calculation: String?

    /// A line of these facts.
    public init(kind: ObligationKind, code: String, name: String, amount: VND, calculation: String? = nil) {
        self.kind = kind
        self.code = code
        self.name = name
        self.amount = amount
        self.calculation = calculation
    }
}

/// The id of an obligation.
public typealias ObligationID = Identifier<Obligation>

/// Where an obligation stands.
public enum ObligationState: String, Sendable, Hashable, CaseIterable, Codable {
    case due, settled, cancelled
}

/// What is to be paid before it has a row: given by the service that makes it due, in its own transaction.
public struct ObligationDraft: Sendable, Hashable {
    public var id: ObligationID
    public var reference: PayableReference
    /// The agency that receives the money.
    public var payee: AgencyCode
    /// What the payer sees as the subject: the dossier code.
    public var subject: String
    /// At least one line; the sum is positive.
    public var lines: [ObligationLine]

    /// A draft of these facts.
    public init(
        id: ObligationID,
        reference: PayableReference,
        payee: AgencyCode,
        subject: String,
        lines: [ObligationLine]
    ) {
        self.id = id
        self.reference = reference
        self.payee = payee
        self.subject = subject
        self.lines = lines
    }

    /// The sum of the lines.
    public var total: VND { lines.reduce(.zero) { $0 + $1.amount } }
}

/// Anything to be paid. It is paid once; attempts to pay are `Payment`s.
public struct Obligation: Sendable, Hashable {
    public var id: ObligationID
    public var reference: PayableReference
    public var payee: AgencyCode
    public var subject: String
    public var lines: [ObligationLine]
    public var total: VND
    public var state: ObligationState
    public var createdAt: Instant
    public var settledAt: Instant?
}
