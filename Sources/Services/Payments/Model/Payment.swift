// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Storage

/// The id of one attempt to pay; at most 20 characters, as the national protocol demands of `transaction_id`.
public struct PaymentID: RawRepresentable, Hashable, Sendable {
    /// The text that the gateway sees.
    public let rawValue: String

    /// Nil for an empty text or more than 20 characters.
    public init?(rawValue: String) {
        guard (1...20).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    /// A new id: 95 random bits, `p` in front.
    public init(_ random: RandomSource) {
        rawValue = "p" + Identifier<Payment>(random).rawValue.prefix(19)
    }
}

/// Where an attempt stands (connectors.md §2.8).
public enum PaymentState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Our row is written, the gateway was not yet asked.
    case created
    /// The gateway gave an address for the payer.
    case redirected
    /// The gateway's message says paid. The message signs neither state nor transaction code, so that nothing is
    /// settled until the gateway, asked by us, says the same.
    case confirming
    /// Paid: said by the gateway when we asked, for our amount.
    case paid
    /// The gateway says that it failed or was cancelled.
    case failed
    /// Money that we cannot place: a person must look.
    case quarantined

    /// Late news may still come for an attempt that is not paid.
    public var isOpen: Bool {
        switch self {
        case .created, .redirected, .confirming, .failed: true
        case .paid, .quarantined: false
        }
    }
}

/// One attempt to pay an obligation.
public struct Payment: Sendable, Hashable {
    public var id: PaymentID
    public var obligation: ObligationID
    public var amount: VND
    public var state: PaymentState
    public var createdAt: Instant
    /// Where the payer was sent.
    public var payURL: String?
    /// The gateway's own id of the transaction.
    public var providerCode: String?
    public var finishedAt: Instant?
}

/// What the gateway says of an attempt: in a message, which only announces, or as the answer to our question.
public enum GatewayVerdict: Sendable, Hashable {
    /// Paid, with the gateway's id of the transaction.
    case paid(providerCode: String)
    /// Failed or cancelled.
    case failed
    /// Nothing has happened yet.
    case pending
}

/// Facts that the journal keeps; no personal data.
public enum PaymentEvent: String, Sendable, Hashable {
    case obligationOpened, obligationSettled, obligationCancelled
    case refundOpened, refundRequested, refundSentBack, refundDone
    case paymentCreated, paymentAnnounced, paymentConfirmed, paymentFailed, paymentQuarantined
}

/// Given by a service above: called inside the transaction in which an obligation is settled; may not refuse.
public typealias SettlementProjector =
    @Sendable (_ settled: Obligation, _ at: Instant, _ transaction: Transaction) throws -> Void
