// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Organisation

/// The id of a refund.
public typealias RefundID = Identifier<Refund>

/// Where a refund stands.
public enum RefundState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nobody has said yet how it is to be given back.
    case due
    /// Somebody has, and another person must approve.
    case requested
    /// Approved and given back.
    case done
}

/// Money to be given back before it has a row: given by the service above that finds it out.
public struct RefundDraft: Sendable, Hashable {
    public var id: RefundID
    public var reference: PayableReference
    /// The agency that gives it back.
    public var payer: AgencyCode
    /// What the payer sees as the subject: the dossier code.
    public var subject: String
    public var amount: VND
    /// Why, in words without personal data.
    public var reason: String

    /// A draft of these facts.
    public init(
        id: RefundID,
        reference: PayableReference,
        payer: AgencyCode,
        subject: String,
        amount: VND,
        reason: String
    ) {
        (self.id, self.reference, self.payer) = (id, reference, payer)
        (self.subject, self.amount, self.reason) = (subject, amount, reason)
    }
}

/// Money to be given back: a task of the agency that took it. One officer asks and says how; another one approves.
public struct Refund: Sendable, Hashable {
    public var id: RefundID
    public var reference: PayableReference
    public var payer: AgencyCode
    public var subject: String
    public var amount: VND
    public var reason: String
    public var state: RefundState
    public var createdAt: Instant
    public var doneAt: Instant?
    /// How it is given back, as the officer wrote it.
    public var note: String?
    /// Who asked for it, and when; nil until somebody does.
    public var requestedBy: OfficerID?
    public var requestedAt: Instant?
    /// Who approved it.
    public var approvedBy: OfficerID?
    /// Why the last request was sent back.
    public var sentBack: String?
}
