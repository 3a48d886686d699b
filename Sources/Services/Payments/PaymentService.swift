// SPDX-License-Identifier: Apache-2.0

public import Journal
public import Kernel
public import Storage

/// What is owed and how it is paid. Knows references, not dossiers.
///
/// An obligation is born in the transaction of the service above that makes it due; a gateway is called only by the
/// payer's own request; a callback is heard only when signature, merchant and amount fit what we stored, and is a
/// reason to ask the gateway, never a proof: what settles is the gateway's answer to our own question.
public struct PaymentService: Sendable {
    let store: any Store
    let log: TransparencyLog
    private let jobs: JobQueue
    private let gateway: any PaymentGateway
    let clock: Clock
    private let random: RandomSource
    private let projectors: [SettlementProjector]
    /// Failures in a row after which reconciliation gives up until its next turn.
    private static let failureLimit = 3

    /// The service over a store whose migrations have run.
    public init(
        store: any Store,
        log: TransparencyLog,
        jobs: JobQueue,
        gateway: any PaymentGateway,
        clock: Clock,
        random: RandomSource,
        projectors: [SettlementProjector]
    ) {
        self.store = store
        self.log = log
        self.jobs = jobs
        self.gateway = gateway
        self.clock = clock
        self.random = random
        self.projectors = projectors
    }

    // MARK: - For services above, inside their transaction

    /// Makes something due.
    ///
    /// - Throws: `PaymentError.emptyObligation` without a positive sum.
    public func open(_ draft: ObligationDraft, by author: ActorStamp, at now: Instant, in transaction: Transaction)
        throws
    {
        guard draft.total > .zero else { throw PaymentError.emptyObligation }
        try ObligationTable.insert(draft, at: now, in: transaction)
        try append(.obligationOpened, draft.id, facts: ["total": "\(draft.total.amount)"], author, now, in: transaction)
    }

    /// Lets an obligation fall that has not been paid, because its cause ended; nothing happens when there is none.
    public func cancel(
        _ reference: PayableReference,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        guard let obligation = try ObligationTable.newest(of: reference, in: transaction), obligation.state == .due,
            try ObligationTable.close(obligation.id, as: .cancelled, at: now, in: transaction)
        else { return }
        try append(.obligationCancelled, obligation.id, facts: [:], author, now, in: transaction)
    }

    // MARK: - Reading

    /// The newest obligation of a reference with its newest payment; nil when nothing was ever due.
    public func obligation(of reference: PayableReference) async throws -> (obligation: Obligation, payment: Payment?)?
    {
        try await store.read { transaction in
            guard let found = try ObligationTable.newest(of: reference, in: transaction) else { return nil }
            return (found, try PaymentTable.newest(of: found.id, in: transaction))
        }
    }

    /// The newest obligation of a reference within the caller's transaction; nil when nothing was ever due.
    public func obligation(of reference: PayableReference, in transaction: Transaction) throws -> Obligation? {
        try ObligationTable.newest(of: reference, in: transaction)
    }

    // MARK: - Paying

    /// Begins an attempt and gives the address to which the payer is sent. A new attempt never adds amounts.
    ///
    /// - Parameters:
    ///   - reference: what is paid for; the caller has checked that the payer may.
    ///   - returnURL: where the gateway sends the payer back.
    ///   - author: who pays.
    /// - Returns: the address of the gateway's page.
    /// - Throws: `PaymentError.nothingDue`, `PaymentError.beingConfirmed`, `PaymentError.gatewayUnavailable`.
    public func begin(_ reference: PayableReference, returnURL: String, by author: ActorStamp) async throws -> String {
        let now = clock.now()
        let id = PaymentID(random)
        let (obligation, payment) = try await store.journalled { transaction -> (Obligation, Payment) in
            guard let obligation = try ObligationTable.newest(of: reference, in: transaction), obligation.state == .due
            else { throw PaymentError.nothingDue }
            guard try !PaymentTable.isBeingConfirmed(obligation.id, in: transaction) else {
                throw PaymentError.beingConfirmed
            }
            let payment = Payment(
                id: id,
                obligation: obligation.id,
                amount: obligation.total,
                state: .created,
                createdAt: now
            )
            try PaymentTable.insert(payment, in: transaction)
            let facts = ["payment": id.rawValue, "amount": "\(payment.amount.amount)", "gateway": gateway.name]
            try append(.paymentCreated, obligation.id, facts: facts, author, now, in: transaction)
            return (obligation, payment)
        }
        let url = try await gateway.create(payment, for: obligation, returnURL: returnURL)
        try await store.write { transaction in
            // The callback may have been faster than the answer to create: never step back from what it began.
            guard var known = try PaymentTable.find(id, in: transaction), known.state == .created else { return }
            (known.state, known.payURL) = (.redirected, url)
            try PaymentTable.update(known, in: transaction)
        }
        return url
    }

    /// Takes a message of the gateway: notes it, and leaves the question whether it is so to the worker. The same
    /// message again gets the same answer and changes nothing.
    ///
    /// - Returns: the bytes to answer with; also for a message that is not believed.
    /// - Throws: `PaymentError.malformedCallback` for what is no message at all, `StoreError`.
    public func callback(_ bytes: [UInt8]) async throws -> (reply: [UInt8], refusal: PaymentError?) {
        let id = try gateway.paymentID(in: bytes)
        guard let payment = try await store.read({ try PaymentTable.find(id, in: $0) }) else {
            return (gateway.reply(isAccepted: false), .unknownPayment)
        }
        do {
            let verdict = try gateway.verdict(in: bytes, for: payment)
            try await hear(verdict, of: id)
            return (gateway.reply(isAccepted: true), nil)
        } catch PaymentError.signatureWrong {
            return (gateway.reply(isAccepted: false), .signatureWrong)
        }
    }

    /// Asks the gateway about the newest attempt of a reference, when the payer comes back before the callback.
    public func refresh(_ reference: PayableReference) async throws {
        guard let found = try await obligation(of: reference), found.obligation.state == .due,
            let payment = found.payment, payment.state == .redirected || payment.state == .confirming
        else { return }
        try await take(try await gateway.query(payment), of: payment.id)
    }

    /// The kind of the jobs that a gateway's message leaves for `confirm`.
    public static let jobKind = "payment-confirm"

    /// Asks the gateway about the attempt that its message spoke of; called by the worker for a job of kind `jobKind`.
    ///
    /// - Parameter payload: the job's; the id of the attempt.
    /// - Throws: `PaymentError.gatewayUnavailable`, `PaymentError.beingConfirmed` where the gateway announced money and
    ///   does not know of it yet: the job is tried again later, and is for a person to judge in the end.
    public func confirm(job payload: String) async throws {
        guard let id = PaymentID(rawValue: payload),
            let payment = try await store.read({ try PaymentTable.find(id, in: $0) }), payment.state.isOpen
        else { return }
        let verdict = try await gateway.query(payment)
        try await take(verdict, of: id)
        if verdict == .pending, payment.state == .confirming { throw PaymentError.beingConfirmed }
    }

    /// Asks the gateway about attempts of the last day whose callback never came; called by the worker.
    ///
    /// An attempt that cannot be asked after does not keep the others waiting; after three in a row the gateway is
    /// taken to be down.
    /// - Returns: how many were asked after.
    /// - Throws: the last failure, once the others are done.
    public func reconcile() async throws -> Int {
        let now = clock.now()
        let waiting = try await store.read { transaction in
            try PaymentTable.waiting(since: now.adding(days: -1), before: now.adding(minutes: -2), in: transaction)
        }
        var failuresInARow = 0
        var lastFailure: (any Error)?
        for payment in waiting where failuresInARow < Self.failureLimit {
            do {
                try await take(try await gateway.query(payment), of: payment.id)
                failuresInARow = 0
            } catch {
                failuresInARow += 1
                lastFailure = error
            }
        }
        if let lastFailure { throw lastFailure }
        return waiting.count
    }

    // MARK: - Inside

    /// What a message says is noted; what follows from it is asked for.
    private func hear(_ verdict: GatewayVerdict, of id: PaymentID) async throws {
        guard verdict != .pending else { return }
        let now = clock.now()
        try await store.journalled { transaction in
            guard var payment = try PaymentTable.find(id, in: transaction), payment.state.isOpen else { return }
            guard case .paid(let providerCode) = verdict else {
                // Asked after once: whoever knows one message could send it for ever with another state.
                guard payment.state == .created || payment.state == .redirected else { return }
                try ask(about: id, uniqueKey: "\(Self.jobKind):failed:\(id.rawValue)", at: now, in: transaction)
                return
            }
            guard payment.state != .confirming else { return }
            payment.state = .confirming
            try PaymentTable.update(payment, in: transaction)
            let facts = ["payment": id.rawValue, "provider": providerCode]
            let author = ActorStamp.system(gateway.name)
            try append(.paymentAnnounced, payment.obligation, facts: facts, author, now, in: transaction)
            try ask(about: id, uniqueKey: nil, at: now, in: transaction)
        }
    }

    private func ask(about id: PaymentID, uniqueKey: String?, at now: Instant, in transaction: Transaction) throws {
        try jobs.enqueue(kind: Self.jobKind, payload: id.rawValue, runAt: now, uniqueKey: uniqueKey, in: transaction)
    }

    private func take(_ verdict: GatewayVerdict, of id: PaymentID) async throws {
        let now = clock.now()
        let author = ActorStamp.system(gateway.name)
        switch verdict {
        case .pending: return
        case .failed:
            try await store.journalled { transaction in
                guard var payment = try PaymentTable.find(id, in: transaction), payment.state.isOpen,
                    payment.state != .failed
                else { return }
                (payment.state, payment.finishedAt) = (.failed, now)
                try PaymentTable.update(payment, in: transaction)
                let facts = ["payment": id.rawValue]
                try append(.paymentFailed, payment.obligation, facts: facts, author, now, in: transaction)
            }
        case .paid(let providerCode):
            try await store.journalled { transaction in
                try confirm(id, providerCode, by: author, at: now, in: transaction)
            }
        }
    }

    private func confirm(
        _ id: PaymentID,
        _ providerCode: String,
        by author: ActorStamp,
        at now: Instant,
        in transaction: Transaction
    ) throws {
        guard var payment = try PaymentTable.find(id, in: transaction), payment.state.isOpen else { return }
        // One movement of money settles one thing: a number that another attempt bears already is for a person to
        // judge.
        let isNewMoney = try !PaymentTable.isKnown(providerCode: providerCode, in: transaction)
        let isSettling =
            try isNewMoney && ObligationTable.close(payment.obligation, as: .settled, at: now, in: transaction)
        // Money for something already paid or cancelled is real money: a person must give it back.
        payment.state = isSettling ? .paid : .quarantined
        (payment.providerCode, payment.finishedAt) = (isNewMoney ? providerCode : nil, now)
        try PaymentTable.update(payment, in: transaction)
        let facts = ["payment": id.rawValue, "provider": providerCode]
        let event: PaymentEvent = isSettling ? .paymentConfirmed : .paymentQuarantined
        try append(event, payment.obligation, facts: facts, author, now, in: transaction)
        guard isSettling, let obligation = try ObligationTable.find(payment.obligation, in: transaction) else { return }
        try append(.obligationSettled, obligation.id, facts: [:], author, now, in: transaction)
        for project in projectors { try project(obligation, now, transaction) }
    }

    private func append(
        _ event: PaymentEvent,
        _ obligation: ObligationID,
        facts: [String: String],
        _ author: ActorStamp,
        _ now: Instant,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: now,
            service: "payment",
            kind: event.rawValue,
            objectType: "obligation",
            objectID: obligation.rawValue,
            actor: author,
            facts: .object(facts.mapValues { .string($0) })
        )
        try log.append([entry], in: transaction)
    }
}
