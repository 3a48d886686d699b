// SPDX-License-Identifier: Apache-2.0

public import Dossiers
public import Feedback
public import Identity
public import Journal
public import Kernel
public import Organisation
public import Storage
import WorkingTime

/// Where answers are told; built by the composition root over `Outbound`.
public typealias DataRequestPorts = NoticePorts

/// What a person asks about her own data, and what is erased when its time is over.
public struct DataProtectionService: Sendable {
    let store: any Store
    let log: TransparencyLog
    let jobs: JobQueue
    let organisation: OrganisationService
    let identity: IdentityService
    let dossiers: DossierService
    let feedback: FeedbackService
    let files: FileStore
    let clock: Clock
    let random: RandomSource

    /// The service over a store whose migrations have run.
    public init(
        store: any Store,
        log: TransparencyLog,
        jobs: JobQueue,
        organisation: OrganisationService,
        identity: IdentityService,
        dossiers: DossierService,
        feedback: FeedbackService,
        files: FileStore,
        clock: Clock,
        random: RandomSource
    ) {
        (self.store, self.log, self.jobs) = (store, log, jobs)
        (self.organisation, self.identity, self.dossiers) = (organisation, identity, dossiers)
        (self.feedback, self.files, self.clock, self.random) = (feedback, files, clock, random)
    }

    // MARK: - Filing

    /// Files a request. Drafts are deleted with it at once where deletion is asked; a contact is corrected at once;
    /// a copy is made by a job; everything else waits for a data-protection officer.
    ///
    /// - Parameters:
    ///   - new: what is asked.
    ///   - actor: whose data they are.
    /// - Returns: the request.
    /// - Throws: `DataRequestRefusal`; `StoreError`.
    @discardableResult
    public func file(_ new: NewDataRequest, by actor: Actor) async throws -> DataRequest {
        guard let account = actor.account else { throw DataRequestRefusal.notAllowed }
        let words = VietnameseText.nfc(new.words)
        guard words.count <= DataRequestRefusal.wordsLimit else { throw DataRequestRefusal.wordsTooLong }
        let contact = try new.contact?.checked()
        guard words.count >= 10 || !new.kind.needsWords || contact != nil else { throw DataRequestRefusal.wordsMissing }
        let province = try await province()
        let (now, id) = (clock.now(), DataRequestID(random))
        let calendar = try await organisation.calendar(of: province)
        let due = try DataRequestClock.deadlines(new.kind, filedAt: now, calendar: calendar)
        return try await store.journalled { [self] transaction in
            let known = try DataRequestTable.all(of: actor, in: transaction)
            let dossier = try dossier(new.dossier, of: actor, in: transaction)
            guard !known.contains(where: { $0.kind == new.kind && $0.state.isOpen && $0.dossier == dossier?.id }) else {
                throw DataRequestRefusal.alreadyOpen
            }
            var request = DataRequest(
                id: id,
                account: account,
                agency: dossier?.agency ?? province,
                kind: new.kind,
                dossier: dossier?.id,
                words: words,
                state: .filed,
                filedAt: now,
                firstAnswerBy: due.firstAnswerBy,
                fulfilBy: due.fulfilBy,
                version: 1
            )
            try append("filed", request, by: actor, in: transaction)
            if let answer = try answerAtOnce(request, contact, actor, in: transaction) {
                (request.state, request.outcome, request.answer) = (.answered, .granted, answer)
                request.answeredAt = now
                try append("answered", request, by: .system("data-protection"), in: transaction)
            }
            try DataRequestTable.insert(request, in: transaction)
            if new.kind == .export { try enqueue(Self.exportJob, of: id, version: 1, in: transaction) }
            return request
        }
    }

    /// Takes a request back that nobody has answered.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.notPossible`.
    public func withdraw(_ id: DataRequestID, by actor: Actor) async throws {
        try await change(id, seen: nil, by: actor, DataRequestPolicies.own, "withdrawn") { request, _ in
            guard request.state.isOpen else { throw DataRequestRefusal.notPossible }
            request.state = .withdrawn
        }
    }

    // MARK: - Reading

    /// The person's own requests, the newest first.
    public func requests(of actor: Actor) async throws -> [DataRequest] {
        try await store.read { try DataRequestTable.all(of: actor, in: $0) }
    }

    /// One of the person's own requests.
    ///
    /// - Throws: `DataRequestRefusal.notFound`.
    public func request(_ id: DataRequestID, of actor: Actor) async throws -> DataRequest {
        let found = try await store.read { try DataRequestTable.find(id, in: $0) }
        guard let found, DataRequestPolicies.own.allows(actor, found) else { throw DataRequestRefusal.notFound }
        return found
    }

    /// The exported copy of a request, for the person herself.
    ///
    /// - Throws: `DataRequestRefusal.notFound`, `.exportGone`; `FileStoreError`.
    public func export(_ id: DataRequestID, of actor: Actor) async throws -> FileReader {
        let request = try await request(id, of: actor)
        guard request.kind == .export, request.state == .answered else { throw DataRequestRefusal.notFound }
        guard let digest = request.exportDigest, let until = request.exportUntil, clock.now() < until else {
            throw DataRequestRefusal.exportGone
        }
        return try await files.open(digest)
    }

    // MARK: - Inside

    /// The agency at the top of the tree.
    func province() async throws -> AgencyCode {
        guard let top = try await organisation.snapshot().agencies.first(where: { $0.parent == nil }) else {
            throw DataRequestRefusal.notPossible
        }
        return top.code
    }

    private func dossier(_ code: DossierCode?, of actor: Actor, in transaction: Transaction) throws -> DossierState? {
        guard let code else { return nil }
        guard let state = try dossiers.ownState(code, of: actor, in: transaction) else {
            throw DataRequestRefusal.unknownDossier
        }
        return state
    }

    /// What is done with the filing itself; nil when a person has to answer.
    private func answerAtOnce(
        _ request: DataRequest,
        _ contact: ContactCorrection?,
        _ actor: Actor,
        in transaction: Transaction
    ) throws -> String? {
        switch request.kind {
        case .correct:
            guard let contact else { return nil }
            try identity.correct(contact.own, of: request.account, in: transaction)
            return "\(contact.field.vietnamese) của tài khoản đã đổi. Hồ sơ đã nộp giữ nguyên như lúc nộp."
        case .delete:
            guard request.dossier == nil else { return nil }
            let drafts = try dossiers.eraseDrafts(of: request.account, in: transaction)
            guard try !dossiers.hasDossiers(request.account, in: transaction) else { return nil }
            return "Đã xóa \(drafts) bản nháp và các tệp chưa dùng. Không có hồ sơ nào được lưu."
        case .access, .export, .restrict, .withdrawConsent: return nil
        }
    }

    /// Changes a request in one journalled transaction.
    func change(
        _ id: DataRequestID,
        seen version: Int?,
        by actor: Actor,
        _ policy: Policy<DataRequest>,
        _ event: String,
        _ body: @escaping @Sendable (inout DataRequest, Transaction) throws -> Void
    ) async throws {
        try await store.journalled { [self] transaction in
            guard var request = try DataRequestTable.find(id, in: transaction), policy.allows(actor, request) else {
                throw DataRequestRefusal.notFound
            }
            let before = request.version
            guard version == nil || version == before else { throw DataRequestRefusal.changedMeanwhile }
            try body(&request, transaction)
            request.version += 1
            guard try DataRequestTable.update(request, ifVersion: before, in: transaction) else {
                throw DataRequestRefusal.changedMeanwhile
            }
            try append(event, request, by: actor, in: transaction)
        }
    }

    /// The facts of a request in the journal: words and answers stand in its row alone, which may be erased.
    func append(_ kind: String, _ request: DataRequest, by actor: Actor, in transaction: Transaction) throws {
        var facts: [String: JSONValue] = ["kind": .string(request.kind.rawValue)]
        if let outcome = request.outcome { facts["outcome"] = .string(outcome.rawValue) }
        if let dossier = request.dossier { facts["dossier"] = .string(dossier.rawValue) }
        let entry = JournalEntry(
            at: clock.now(),
            service: "data-protection",
            kind: kind,
            objectType: "data-request",
            objectID: request.id.rawValue,
            actor: actor.stamp,
            facts: .object(facts)
        )
        try log.append([entry], in: transaction)
    }
}

/// A contact that the person corrects herself.
public struct ContactCorrection: Sendable, Hashable {
    public var field: OwnField
    public var value: String

    /// A correction as typed.
    public init(_ field: OwnField, _ value: String) { (self.field, self.value) = (field, value) }

    /// As the account keeps it; the value was checked.
    var own: OwnContact {
        if field == .phone, let phone = PhoneNumber(value) { return .phone(phone) }
        return .email(value)
    }

    /// The value in canonical form.
    ///
    /// - Throws: `DataRequestRefusal.valueWrong`.
    func checked() throws(DataRequestRefusal) -> ContactCorrection {
        switch field {
        case .phone:
            guard let phone = PhoneNumber(value) else { throw .valueWrong(.phone) }
            return ContactCorrection(.phone, phone.national)
        case .email:
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            let isSound =
                parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasSuffix(".")
                && !parts[1].hasPrefix(".") && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && value.count <= 254
            guard isSound else { throw .valueWrong(.email) }
            return ContactCorrection(.email, value)
        }
    }
}

/// What a person asks, as it came from her form.
public struct NewDataRequest: Sendable {
    public var kind: DataRequestKind
    public var words: String
    /// The dossier that it is about.
    public var dossier: DossierCode?
    /// The contact to be corrected.
    public var contact: ContactCorrection?

    /// A request.
    public init(
        _ kind: DataRequestKind,
        words: String = "",
        dossier: DossierCode? = nil,
        contact: ContactCorrection? = nil
    ) {
        (self.kind, self.words, self.dossier, self.contact) = (kind, words, dossier, contact)
    }
}
