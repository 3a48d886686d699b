// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
public import Organisation
import Payments
import Storage

/// What a submission gave: the same for the first arrival and for every repetition.
public struct Submission: Sendable, Hashable, Codable {
    public var dossier: DossierID
    public var code: DossierCode
    /// Whether something must be paid before intake.
    public var isPaymentDue: Bool
}

extension DossierService {
    /// Submits a draft. Code, obligation, events, files and outbox rows are on disk before this returns.
    ///
    /// - Parameters:
    ///   - id: the draft.
    ///   - key: the idempotency key of the page; the second arrival gets the first answer.
    ///   - isDeclared: whether the person declared that the data are true.
    ///   - actor: the applicant, with level of assurance 2 at least.
    /// - Returns: the dossier.
    /// - Throws: `DossierRefusal` (assurance, declaration, missing answers and papers, not offered),
    ///   `IdempotencyConflict`, `StoreError`.
    public func submit(
        _ id: DossierDraftID,
        key: String,
        isDeclared: Bool,
        by actor: Actor
    ) async throws -> Submission {
        guard actor.assurance >= .two else { throw DossierRefusal.assuranceTooLow }
        guard isDeclared else { throw DossierRefusal.declarationMissing }
        if let known = try await firstAnswer(to: id, key: key, by: actor) { return known }
        let view: DraftView
        do {
            view = try await draft(id, for: actor)
        } catch DossierRefusal.draftSubmitted(let code) {
            // Another arrival was faster by a moment: its answer is the answer.
            guard let known = try await firstAnswer(to: id, key: key, by: actor) else {
                throw DossierRefusal.draftSubmitted(code)
            }
            return known
        }
        let agency = try await chosenAgency(of: view)
        let ready = try await prepare(view, agency: agency, by: actor)
        for file in view.files where try await !files.isIntact(file.digest) {
            throw DossierRefusal.componentMissing(id: file.component, name: file.name)
        }
        let now = clock.now()
        let scope = "submit:\(actor.id)"
        return try await store.journalled { transaction in
            let claim = try IdempotencyKeys.claim(
                scope: scope,
                key: key,
                bodyDigest: Digest(of: id.rawValue),
                now: now,
                in: transaction
            )
            if case .repeated(let answer) = claim {
                return try JSONText.decode(Submission.self, from: String(decoding: answer, as: UTF8.self))
            }
            let answer = try self.write(ready, at: now, by: actor, in: transaction)
            let bytes = Array(try JSONText.encode(answer).utf8)
            try IdempotencyKeys.remember(scope: scope, key: key, answer: bytes, in: transaction)
            return answer
        }
    }

    // MARK: - Inside

    /// Everything that a submission needs, computed before the transaction.
    private struct Ready: Sendable {
        var id: DossierID
        var obligation: ObligationID
        var draft: DossierDraft
        var version: Digest
        var agency: AgencyCode
        var personal: DossierPersonal
        var quote: FeeQuote
        var quoteText: String
        /// The case that the answers make.
        var variant: String?
        var slipSecret: Digest
        var files: [DossierFile]
        /// The paper of the authority by which somebody else filed it.
        var representationPaper: DossierFile?
    }

    /// What the first arrival was answered; nil when the draft is still a draft.
    private func firstAnswer(to id: DossierDraftID, key: String, by actor: Actor) async throws -> Submission? {
        guard let known = try await submission(of: id, by: actor) else { return nil }
        try await refuseAnotherBody(id, key: key, by: actor)
        return known
    }

    /// The dossier that the draft became already; nil when it is still a draft.
    private func submission(of id: DossierDraftID, by actor: Actor) async throws -> Submission? {
        try await store.read { transaction in
            guard let draft = try DraftTable.find(id, in: transaction), draft.applicant.rawValue == actor.party,
                let dossier = draft.dossier, let state = try DossierTable.find(dossier, in: transaction)
            else { return nil }
            return Submission(dossier: dossier, code: state.code, isPaymentDue: state.obligation == .due)
        }
    }

    /// A key that was used for another draft is a fault of the sender, also after that draft was submitted.
    private func refuseAnotherBody(_ id: DossierDraftID, key: String, by actor: Actor) async throws {
        let (now, scope) = (clock.now(), "submit:\(actor.id)")
        _ = try await store.write { transaction in
            try IdempotencyKeys.claim(
                scope: scope,
                key: key,
                bodyDigest: Digest(of: id.rawValue),
                now: now,
                in: transaction
            )
        }
    }

    private func chosenAgency(of view: DraftView) async throws -> AgencyCode {
        guard let agency = view.draft.agency else { throw DossierRefusal.notOffered }
        try await requireOffer(of: view.pack, by: agency)
        return agency
    }

    /// Refuses an agency that does not execute the procedure today; one that was merged with words that name the
    /// successor.
    func requireOffer(of pack: ProcedurePack, by agency: AgencyCode) async throws {
        let (snapshot, today) = (try await organisation.snapshot(), clock.today)
        guard !snapshot.agencies(offering: pack, on: today).contains(where: { $0.code == agency }) else { return }
        throw snapshot.ending(of: agency) ?? .notOffered
    }

    private func prepare(_ view: DraftView, agency: AgencyCode, by actor: Actor) async throws -> Ready {
        if let problem = view.problems.first {
            throw DossierRefusal.answerWrong(field: problem.field, text: problem.sentence)
        }
        if let missing = view.missingComponents.first {
            throw DossierRefusal.componentMissing(id: missing.id, name: missing.name)
        }
        let day = clock.today
        guard let account = actor.account, let known = try await identity.account(account)?.identity,
            let version = catalogue.entry(view.draft.procedure, on: day)
        else { throw DossierRefusal.notOffered }
        let quote = try view.pack.fees.quote(view.context.answers, channel: .online, on: day)
        let id = DossierID(random)
        let representation = try await identity.representation(of: actor)
        return Ready(
            id: id,
            obligation: ObligationID(random),
            draft: view.draft,
            version: version.digest,
            agency: agency,
            personal: Self.personal(known, representation, view, contact(.phone, in: view), contact(.email, in: view)),
            quote: quote,
            quoteText: try JSONText.encode(quote.lines),
            variant: view.pack.variant(view.context)?.id,
            slipSecret: slipSecret(of: id).digest,
            files: view.files,
            representationPaper: representation.map { paper(of: $0) }
        )
    }

    /// The paper of the authority, as a file of its own among those of the dossier.
    private func paper(of representation: Representation) -> DossierFile {
        DossierFile(
            id: DossierFileID(random),
            component: DossierBehalf.component,
            digest: representation.paper.digest,
            size: representation.paper.size,
            mediaType: representation.paper.mediaType,
            name: representation.paper.name,
            pages: representation.paper.pages,
            addedAt: clock.now()
        )
    }

    /// The applicant: the person herself, or for whom she acts. A business is represented by its person.
    private static func personal(
        _ known: VerifiedIdentity,
        _ representation: Representation?,
        _ view: DraftView,
        _ phone: String?,
        _ email: String?
    ) -> DossierPersonal {
        let other = representation.flatMap { $0.kind == .business ? nil : $0 }
        return DossierPersonal(
            fullName: other?.name ?? known.fullName,
            nationalID: other.flatMap { NationalID($0.number) } ?? known.nationalID,
            birthDate: other == nil ? known.birthDate : other?.birthDate,
            address: other == nil ? known.address : nil,
            phone: phone.flatMap { PhoneNumber($0) } ?? known.phone,
            email: email ?? known.email,
            answers: view.context.answers,
            behalf: representation.map { DossierBehalf($0, holder: known) }
        )
    }

    /// Where the applicant wants to be told: the field of the form that is filled from this claim, as answered.
    private func contact(_ claim: ClaimKind, in view: DraftView) -> String? {
        guard let field = view.pack.form?.field(filledFrom: claim) else { return nil }
        let answer = view.context.answers[field.id] ?? ""
        return answer.isEmpty ? nil : answer
    }

    private func write(
        _ ready: Ready,
        at now: Instant,
        by actor: Actor,
        in transaction: Transaction
    ) throws -> Submission {
        // Under the journal's lock: a second arrival with another key finds the dossier of the first.
        var draft: DossierDraft
        do {
            draft = try Self.ownDraft(ready.draft.id, of: actor, at: now, identity, in: transaction)
        } catch DossierRefusal.draftSubmitted(let code) {
            guard let state = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.draftGone }
            return Submission(dossier: state.id, code: code, isPaymentDue: state.obligation == .due)
        }
        try Self.requireAuthority(of: actor, identity, in: transaction)
        // What was checked is what is submitted: a change in between sends the person back to the page.
        guard draft.revision == ready.draft.revision, draft.agency == ready.agency else {
            throw DossierRefusal.draftChangedMeanwhile
        }
        let day = now.date
        let sequence = try NumberSeries.next("dossier/\(ready.agency)/\(day)", in: transaction)
        let due = ready.quote.total(at: .beforeIntake)
        let facts = DossierEvent.Submitted(
            code: DossierCode(agency: ready.agency, day: day, sequence: sequence),
            procedure: draft.procedure,
            packVersion: ready.version.hex,
            agency: ready.agency,
            applicant: draft.applicant,
            channel: .online,
            delivery: draft.delivery,
            obligation: due > .zero ? .due : .none,
            files: (ready.files + [ready.representationPaper].compactMap { $0 }).map(\.digest.hex),
            regime: Regime.valid(on: day),
            variant: ready.variant
        )
        let state = try writer.begin(
            ready.id,
            facts,
            personal: ready.personal,
            slipSecret: ready.slipSecret.hex,
            by: actor,
            at: now,
            in: transaction
        )
        try PersonalTable.insert(ready.personal, quote: ready.quoteText, of: ready.id, in: transaction)
        try FileTable.hand(draft.id, to: ready.id, in: transaction)
        if let paper = ready.representationPaper {
            try FileTable.insert(paper, draft: nil, dossier: ready.id, in: transaction)
        }
        let seen = draft.revision
        (draft.dossier, draft.revision) = (ready.id, seen + 1)
        guard try DraftTable.update(draft, ifRevision: seen, in: transaction) else {
            throw DossierRefusal.draftChangedMeanwhile
        }
        if due > .zero {
            try payments.open(obligation(ready, code: facts.code), by: actor.stamp, at: now, in: transaction)
        }
        try writer.receiveIfAutomatic(state, at: now, in: transaction)
        return Submission(dossier: ready.id, code: facts.code, isPaymentDue: due > .zero)
    }

    private func obligation(_ ready: Ready, code: DossierCode) -> ObligationDraft {
        ObligationDraft(
            id: ready.obligation,
            reference: Self.payable(ready.id),
            payee: ready.agency,
            subject: code.text,
            lines: Self.lines(of: ready.quote)
        )
    }

    /// The agencies that execute a procedure on this day.
    public func agencies(offering pack: ProcedurePack, on day: LocalDate) async throws -> [Agency] {
        try await organisation.snapshot().agencies(offering: pack, on: day)
    }
}
