// SPDX-License-Identifier: Apache-2.0

import Dossiers
public import Identity
import Journal
public import Kernel
import Organisation
import Storage

/// A request as a data-protection officer sees it.
public struct AnswerableRequest: Sendable {
    public var request: DataRequest
    /// Whose data they are.
    public var personName: String
    /// The dossier that it is about; nil for the account as a whole.
    public var code: DossierCode?
    /// What the program knows that speaks for or against it, in words for the answer.
    public var findings: [String]
}

/// What data-protection officers do with requests.
extension DataProtectionService {
    /// One page of what waits, or of what is over, the most urgent first.
    ///
    /// - Throws: `DataRequestRefusal.notAllowed`; `StoreError`.
    public func requests(
        for actor: Actor,
        isOpen: Bool,
        after: Keyset? = nil,
        limit: Int = 50
    ) async throws -> Page<DataRequest> {
        guard actor.roles.contains(.dataProtectionOfficer) else { throw DataRequestRefusal.notAllowed }
        let found = try await store.read { transaction in
            try DataRequestTable.waiting(
                for: actor,
                isOpen: isOpen,
                after: after,
                limit: limit + 1,
                in: transaction
            )
        }
        let shown = Array(found.prefix(limit))
        return Page(items: shown, next: found.count > limit ? shown.last.map(DataRequestTable.keyset) : nil)
    }

    /// One request with what is needed to answer it; the reading is recorded like every other.
    ///
    /// - Throws: `DataRequestRefusal.notFound`.
    public func request(_ id: DataRequestID, for actor: Actor) async throws -> AnswerableRequest {
        let found = try await store.read { try DataRequestTable.find(id, in: $0) }
        guard let request = found, DataRequestPolicies.answering.allows(actor, request),
            let account = try await identity.account(request.account)
        else { throw DataRequestRefusal.notFound }
        let code = try await request.dossier.asyncMap { try await dossiers.code(of: $0) } ?? nil
        let findings = try await findings(request)
        let read = AccessedData(
            request.account,
            dossier: request.dossier?.rawValue ?? "",
            part: .dataRequest,
            item: request.id.rawValue
        )
        try await store.write { [identity] transaction in
            try identity.record([read], for: AccessReason(.dataRequest), by: actor, in: transaction)
        }
        return AnswerableRequest(
            request: request,
            personName: account.identity.fullName,
            code: code,
            findings: findings
        )
    }

    /// Takes a request up: the first answer of the law.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.notPossible`, `.changedMeanwhile`.
    public func take(_ id: DataRequestID, seen version: Int, by actor: Actor) async throws {
        let now = clock.now()
        try await change(id, seen: version, by: actor, DataRequestPolicies.answering, "taken") {
            [self] request, transaction in
            guard request.state == .filed else { throw DataRequestRefusal.notPossible }
            (request.state, request.takenAt) = (.taken, now)
            try enqueue(Self.noticeJob, of: request.id, version: request.version, in: transaction)
        }
    }

    /// Makes the time longer, once, by as much as the law gives, with the reason that the person reads.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.notPossible`, `.alreadyExtended`, `.answerMissing`.
    public func extend(_ id: DataRequestID, reason: String, seen version: Int, by actor: Actor) async throws {
        let now = clock.now()
        guard (10...DataRequestRefusal.wordsLimit).contains(reason.count) else {
            throw DataRequestRefusal.answerMissing
        }
        try await change(id, seen: version, by: actor, DataRequestPolicies.answering, "extended") {
            [self] request, transaction in
            guard request.state.isOpen else { throw DataRequestRefusal.notPossible }
            guard request.extendedAt == nil else { throw DataRequestRefusal.alreadyExtended }
            request.fulfilBy = request.fulfilBy.adding(days: Int64(request.kind.fulfilDays))
            (request.extendedAt, request.extensionReason) = (now, reason)
            if request.state == .filed { (request.state, request.takenAt) = (.taken, now) }
            try enqueue(Self.noticeJob, of: request.id, version: request.version, in: transaction)
        }
    }

    /// Answers a request; a restriction that is granted holds from this moment.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.notPossible`, `.outcomeMissing`, `.answerMissing`,
    ///   `.changedMeanwhile`.
    public func answer(
        _ id: DataRequestID,
        _ outcome: DataRequestOutcome?,
        words: String,
        seen version: Int,
        by actor: Actor
    ) async throws {
        let now = clock.now()
        guard let outcome else { throw DataRequestRefusal.outcomeMissing }
        guard (10...DataRequestRefusal.wordsLimit).contains(words.count) else { throw DataRequestRefusal.answerMissing }
        try await change(id, seen: version, by: actor, DataRequestPolicies.answering, "answered") {
            [self] request, transaction in
            guard request.state.isOpen, request.kind != .export else { throw DataRequestRefusal.notPossible }
            (request.state, request.answeredAt) = (.answered, now)
            (request.outcome, request.answer) = (outcome, words)
            if request.kind == .restrict, outcome != .refused {
                for dossier in try restricted(request, in: transaction) {
                    try dossiers.restrict(dossier, in: transaction)
                }
            }
            try enqueue(Self.noticeJob, of: request.id, version: request.version, in: transaction)
        }
    }

    /// Lifts a restriction that was granted.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.notPossible`.
    public func lift(_ id: DataRequestID, seen version: Int, by actor: Actor) async throws {
        let now = clock.now()
        try await change(id, seen: version, by: actor, DataRequestPolicies.answering, "lifted") {
            [self] request, transaction in
            guard request.holdsRestriction else { throw DataRequestRefusal.notPossible }
            request.liftedAt = now
            for dossier in try restricted(request, in: transaction) {
                try dossiers.liftRestriction(of: dossier, in: transaction)
            }
        }
    }

    // MARK: - Inside

    /// The dossiers that a restriction is about: one, or all that the account has at this moment.
    private func restricted(_ request: DataRequest, in transaction: Transaction) throws -> [DossierID] {
        if let dossier = request.dossier { return [dossier] }
        let person = Actor.citizen(request.account, assurance: .none, session: nil)
        return try dossiers.states(of: person, in: transaction).map(\.id)
    }

    /// What the law says of each dossier that the person wants deleted.
    private func findings(_ request: DataRequest) async throws -> [String] {
        guard request.kind == .delete, request.state.isOpen else { return [] }
        let person = Actor.citizen(request.account, assurance: .none, session: nil)
        let states = try await store.read { [dossiers] in try dossiers.states(of: person, in: $0) }
        var findings: [String] = []
        for state in states where request.dossier == nil || state.id == request.dossier {
            findings.append("Hồ sơ \(state.code): \(try await dossiers.keptUntil(state).vietnamese)")
        }
        return findings
    }
}

extension DataRequest {
    /// Whether a restriction by this request holds.
    public var holdsRestriction: Bool {
        kind == .restrict && state == .answered && outcome != .refused && liftedAt == nil
    }
}
