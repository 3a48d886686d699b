// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
import Organisation
import Storage

/// A draft with what is needed to go on with it.
public struct DraftView: Sendable {
    public var draft: DossierDraft
    /// The pack version valid today: the one that a submission would take.
    public var pack: ProcedurePack
    public var files: [DossierFile]
    /// What the state knows of the applicant.
    public var claims: IdentityClaims
    /// Answers, channel and day, for conditions.
    public var context: ConditionContext
    /// What it would cost; nil until the questions it depends on are answered.
    public var quote: FeeQuote?
    /// The papers that these answers call for.
    public var components: [(component: RequiredComponent, isRequired: Bool)]
    /// Everything that still must be mended before submitting.
    public var problems: [FieldProblem]

    /// The required papers that have no file yet.
    public var missingComponents: [RequiredComponent] {
        components.filter { item in
            item.isRequired && !files.contains { $0.component == item.component.id }
        }.map(\.component)
    }
}

/// A draft in the list of an account.
public struct DraftSummary: Sendable, Hashable {
    public var id: DossierDraftID
    /// The national code of the procedure.
    public var procedure: String
    public var procedureName: String
    public var updatedAt: Instant
    public var expiresAt: Instant
}

extension DossierService {
    /// Begins a draft with what the state knows already filled in; an untouched draft of the same procedure is taken up
    /// again, so that a double click makes one.
    ///
    /// - Throws: `DossierRefusal.notOffered`, `.notAllowed`; `.hatLapsed` where the authority that was chosen is over;
    ///   `StoreError`.
    public func beginDraft(of procedure: String, by actor: Actor) async throws -> DossierDraft {
        let now = clock.now()
        guard actor.account != nil, let applicant = Identifier<DossierApplicant>(rawValue: actor.party)
        else { throw DossierRefusal.notFound }
        guard !actor.hasLapsedHat else { throw DossierRefusal.hatLapsed }
        guard let version = try await catalogue.current(procedure, on: now.date),
            version.pack.channels.contains(.online)
        else { throw DossierRefusal.notOffered }
        let claims = try await claims(of: actor)
        let offered = try await agencies(offering: version.pack, on: now.date)
        let draft = DossierDraft(
            id: DossierDraftID(random),
            applicant: applicant,
            procedure: procedure,
            packVersion: version.digest.hex,
            agency: offered.count == 1 ? offered.first?.code : nil,
            delivery: version.pack.result.deliveryWays.first ?? .online,
            answers: version.pack.form?.prefilling(FormAnswers(), with: claims) ?? FormAnswers(),
            pagesDone: [],
            revision: 1,
            createdAt: now,
            updatedAt: now,
            expiresAt: now.adding(days: DossierDraft.lifetimeDays)
        )
        return try await store.write { transaction in
            let open = try DraftTable.open(of: applicant, at: now, in: transaction)
            if let untouched = open.first(where: { $0.procedure == procedure && $0.revision == 1 }) { return untouched }
            try DraftTable.insert(draft, in: transaction)
            return draft
        }
    }

    /// The drafts of an account that can be continued, newest first.
    public func drafts(of actor: Actor) async throws -> [DraftSummary] {
        let now = clock.now()
        guard let applicant = Identifier<DossierApplicant>(rawValue: actor.party), actor.kind == .citizen else {
            return []
        }
        let open = try await store.read { try DraftTable.open(of: applicant, at: now, in: $0) }
        return open.map { draft in
            DraftSummary(
                id: draft.id,
                procedure: draft.procedure,
                procedureName: catalogue.entry(draft.procedure, on: now.date)?.name ?? draft.procedure,
                updatedAt: draft.updatedAt,
                expiresAt: draft.expiresAt
            )
        }
    }

    /// One draft with all that a page of the filing needs.
    ///
    /// - Throws: `DossierRefusal.draftGone` for a draft that is not this actor's, expired or removed; `.underOtherHat`,
    ///   `.authorityEnded` for her own under another choice or an authority that is over; `.draftSubmitted` with the
    ///   code of the dossier that it became; `.notOffered`; `StoreError`.
    public func draft(_ id: DossierDraftID, for actor: Actor) async throws -> DraftView {
        let now = clock.now()
        let (draft, files) = try await store.read { transaction -> (DossierDraft, [DossierFile]) in
            let draft = try Self.ownDraft(id, of: actor, at: now, identity, in: transaction)
            return (draft, try FileTable.files(of: id, in: transaction))
        }
        guard let version = try await catalogue.current(draft.procedure, on: now.date) else {
            throw DossierRefusal.notOffered
        }
        return view(of: draft, files, version.pack, try await claims(of: actor), on: now.date)
    }

    /// The code of the dossier that a draft became; nil while it is a draft, or for a draft of somebody else.
    public func dossierCode(of id: DossierDraftID, for actor: Actor) async throws -> DossierCode? {
        try await store.read { transaction in
            guard let draft = try DraftTable.find(id, in: transaction), draft.applicant.rawValue == actor.party,
                let dossier = draft.dossier
            else { return nil }
            return try DossierTable.find(dossier, in: transaction)?.code
        }
    }

    /// Keeps the answers of one page, right or wrong, and says what must be mended.
    ///
    /// - Parameters:
    ///   - page: the form page.
    ///   - id: the draft.
    ///   - typed: the fields as they came, over the answers of earlier pages.
    ///   - revision: the revision that the page showed.
    ///   - isFinishing: whether the person pressed "Lưu và tiếp tục"; else nothing is marked as done.
    ///   - change: a row that the person adds or takes away.
    ///   - actor: the applicant.
    /// - Returns: what must be mended on this page.
    /// - Throws: as `draft(_:for:)`; `.draftChangedMeanwhile` when another window was faster with other answers.
    public func save(
        page: String,
        of id: DossierDraftID,
        typed: FormAnswers,
        seen revision: Int,
        isFinishing: Bool,
        changing change: RowChange? = nil,
        by actor: Actor
    ) async throws -> FormCheck {
        let view = try await draft(id, for: actor)
        let now = clock.now()
        guard let form = view.pack.form else { throw DossierRefusal.notOffered }
        let check = form.validate(
            view.draft.answers.merging(typed),
            .page(page),
            ValidationContext(today: now.date, channel: .online, claims: view.claims, units: catalogue.units)
        )
        try await update(id, seen: revision, by: actor) { draft in
            draft.answers = change.map { form.changing($0, in: check.answers) } ?? check.answers
            if check.isSound, isFinishing { draft.pagesDone.insert(page) }
            if !check.isSound { draft.pagesDone.remove(page) }
        }
        return check
    }

    /// Keeps the agency and the way of delivery.
    ///
    /// - Throws: as `draft(_:for:)`; `.notOffered` for an agency that does not execute the procedure.
    public func choose(
        agency: AgencyCode,
        delivery: DeliveryWay,
        of id: DossierDraftID,
        seen revision: Int,
        by actor: Actor
    ) async throws {
        let view = try await draft(id, for: actor)
        try await requireOffer(of: view.pack, by: agency)
        guard view.pack.result.deliveryWays.contains(delivery) else { throw DossierRefusal.notOffered }
        try await update(id, seen: revision, by: actor) { draft in
            draft.agency = agency
            draft.delivery = delivery
        }
    }

    /// Throws a draft away with its files.
    public func discard(_ id: DossierDraftID, by actor: Actor) async throws {
        let now = clock.now()
        try await store.write { transaction in
            _ = try Self.ownDraft(id, of: actor, at: now, identity, in: transaction)
            try DraftTable.delete(id, in: transaction)
        }
    }

    /// Removes drafts and unused files past their lifetime; called by the worker.
    /// - Returns: how many were removed.
    public func removeExpiredDrafts() async throws -> Int {
        let now = clock.now()
        return try await store.write { transaction in
            try DraftTable.deleteExpired(before: now, in: transaction)
                + UploadTable.deleteExpired(before: now, in: transaction)
        }
    }

    // MARK: - Inside

    static func ownDraft(
        _ id: DossierDraftID,
        of actor: Actor,
        at now: Instant,
        _ identity: IdentityService,
        in transaction: Transaction
    ) throws -> DossierDraft {
        guard let draft = try DraftTable.find(id, in: transaction), actor.kind == .citizen else {
            throw DossierRefusal.draftGone
        }
        guard draft.applicant.rawValue == actor.party else {
            throw try refusal(.draftGone, of: draft.applicant.rawValue, for: actor, identity, in: transaction)
        }
        if let dossier = draft.dossier, let state = try DossierTable.find(dossier, in: transaction) {
            throw DossierRefusal.draftSubmitted(state.code)
        }
        guard now < draft.expiresAt else { throw DossierRefusal.draftGone }
        return draft
    }

    private func update(
        _ id: DossierDraftID,
        seen revision: Int,
        by actor: Actor,
        _ change: @escaping @Sendable (inout DossierDraft) -> Void
    ) async throws {
        let now = clock.now()
        try await store.write { transaction in
            var draft = try Self.ownDraft(id, of: actor, at: now, identity, in: transaction)
            let before = draft
            change(&draft)
            if draft == before { return }
            // An older page is welcome as long as it takes nothing back that another window has written.
            guard revision >= before.revision else { throw DossierRefusal.draftChangedMeanwhile }
            try Self.touch(&draft, at: now, in: transaction)
        }
    }

    static func touch(_ draft: inout DossierDraft, at now: Instant, in transaction: Transaction) throws {
        let seen = draft.revision
        draft.revision += 1
        draft.updatedAt = now
        draft.expiresAt = now.adding(days: DossierDraft.lifetimeDays)
        guard try DraftTable.update(draft, ifRevision: seen, in: transaction) else {
            throw DossierRefusal.draftChangedMeanwhile
        }
    }

    /// What the state knows of the person at the page; for whom she acts, what the authority states.
    func claims(of actor: Actor) async throws -> IdentityClaims {
        guard let account = actor.account, let known = try await identity.account(account)?.identity else {
            return IdentityClaims()
        }
        var values: [ClaimKind: String] = [.fullName: known.fullName, .nationalID: known.nationalID.digits]
        if let representation = try await identity.representation(of: actor), representation.kind != .business {
            values = [.fullName: representation.name, .nationalID: representation.number]
            values[.birthDate] = representation.birthDate?.description
            values[.phone] = known.phone?.national
            values[.email] = known.email
            return IdentityClaims(values)
        }
        values[.birthDate] = known.birthDate?.description
        values[.sex] = known.sex
        values[.address] = known.address
        values[.phone] = known.phone?.national
        values[.email] = known.email
        return IdentityClaims(values)
    }

    func view(
        of draft: DossierDraft,
        _ files: [DossierFile],
        _ pack: ProcedurePack,
        _ claims: IdentityClaims,
        on day: LocalDate
    ) -> DraftView {
        let validation = ValidationContext(today: day, channel: .online, claims: claims, units: catalogue.units)
        let check = pack.form?.validate(draft.answers, .whole, validation)
        let raw = ConditionContext(answers: check?.answers ?? draft.answers, channel: .online, today: day)
        let effective = pack.form?.effectiveAnswers(raw) ?? raw.answers
        let context = ConditionContext(answers: effective, channel: .online, today: day)
        return DraftView(
            draft: draft,
            pack: pack,
            files: files,
            claims: claims,
            context: context,
            // A quote that cannot be made yet is no error while the form is being filled in.
            quote: try? pack.fees.quote(effective, channel: .online, on: day),
            components: pack.components(context),
            problems: check?.problems ?? []
        )
    }
}
