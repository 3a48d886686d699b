// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
public import Organisation
import Storage

/// A consultation as those see it who are asked: what it needs of the dossier, as long as the answer is waited for,
/// and afterwards the own answer alone.
public struct ConsultationView: Sendable {
    public var consultation: Consultation
    public var code: DossierCode
    public var pack: ProcedurePack
    /// The pack's rule; nil when the pack version does not know it.
    public var rule: ConsultationRule?
    /// The agency that asks.
    public var asker: Agency
    /// Whether this actor may answer now.
    public var mayAnswer: Bool
    /// The answers on the pages that the rule shows; empty once it is over.
    public var answers: FormAnswers
    public var channel: Channel
    public var submittedAt: Instant
    /// The papers that are shown; empty once it is over.
    public var files: [DossierFile]
}

/// A row of what an officer was asked.
public struct ConsultationRow: Sendable {
    public var consultation: Consultation
    public var code: DossierCode
    public var procedureName: String
    public var askerName: String
    /// On what, by the pack.
    public var subject: String
}

extension DossierService {
    /// Asks agencies or units for their opinion; the dossier stays at its step, and its clock goes on.
    ///
    /// - Parameters:
    ///   - question: whom, what, and until when.
    ///   - code: on which dossier.
    ///   - version: the version that the page showed; an answer that came meanwhile does not matter.
    ///   - actor: an officer who holds the dossier.
    /// - Returns: the dossier afterwards.
    /// - Throws: as `perform(_:on:seen:by:)`, and the refusals of a question.
    @discardableResult
    public func askConsultation(
        _ question: ConsultationQuestion,
        on code: DossierCode,
        seen version: Int,
        by actor: Actor
    ) async throws -> DossierState {
        let (now, random) = (clock.now(), random)
        let ids = question.parties.map { _ in ConsultationID(random) }
        return try await store.journalled { [writer] transaction in
            guard let found = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
            let change = try writer.change(
                found.id,
                seen: version,
                .consulting,
                by: actor,
                at: now,
                in: transaction
            ) { _ in .askConsultation(question, ids: ids) }
            for state in change.after.consultations where ids.contains(state.id) {
                let asked = Consultation(
                    state: state,
                    dossier: found.id,
                    papers: question.papers,
                    question: question.text,
                    asker: actor.officer
                )
                try ConsultationTable.insert(asked, in: transaction)
            }
            return change.after
        }
    }

    /// Takes a question back.
    ///
    /// - Throws: as `perform(_:on:seen:by:)`; `.consultationClosed` when it was answered meanwhile.
    @discardableResult
    public func withdrawConsultation(
        _ id: ConsultationID,
        on code: DossierCode,
        reason: String?,
        seen version: Int,
        by actor: Actor
    ) async throws -> DossierState {
        let now = clock.now()
        return try await store.journalled { [writer] transaction in
            guard let found = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
            return try writer.change(found.id, seen: version, .consulting, by: actor, at: now, in: transaction) { _ in
                .withdrawConsultation(id, reason: reason)
            }.after
        }
    }

    /// Answers a question, once and for good.
    ///
    /// - Parameters:
    ///   - id: which question.
    ///   - verdict: what is said.
    ///   - opinion: in words; needed where it is more than consent.
    ///   - file: a PDF whose bytes are on disk.
    ///   - actor: an officer of the agency or unit that is asked.
    /// - Throws: `DossierRefusal.notFound` for a question to somebody else, `.consultationClosed` for one that was
    ///   answered or withdrawn meanwhile, `.opinionMissing`, `.consultationTextTooLong`; `StoreError`.
    public func answerConsultation(
        _ id: ConsultationID,
        _ verdict: ConsultationVerdict,
        opinion: String?,
        file: ConsultationFile?,
        by actor: Actor
    ) async throws {
        let now = clock.now()
        try await store.journalled { [writer] transaction in
            guard let asked = try ConsultationTable.find(id, in: transaction),
                ConsultationPolicies.asked.allows(actor, asked.state)
            else { throw DossierRefusal.notFound }
            guard asked.state.isOpen else { throw DossierRefusal.consultationClosed }
            try writer.change(asked.dossier, seen: nil, .consulted, by: actor, at: now, in: transaction) { _ in
                .answerConsultation(id, verdict, opinion: opinion, file: file?.digest.hex)
            }
            try ConsultationTable.keepAnswer(
                of: id,
                opinion: opinion,
                answerer: actor.officer,
                file: file,
                in: transaction
            )
        }
    }

    // MARK: - Reading

    /// A consultation for those who are asked.
    ///
    /// While it is open the reading is noted in the record of accesses.
    /// - Throws: `DossierRefusal.notFound` for a question to somebody else, or on another dossier; `StoreError`.
    public func consultation(_ id: ConsultationID, of code: DossierCode, for actor: Actor) async throws
        -> ConsultationView
    {
        try await consultation(id, of: code, for: actor, reading: .page)
    }

    private func consultation(
        _ id: ConsultationID,
        of code: DossierCode,
        for actor: Actor,
        reading part: AccessedPart,
        item: String? = nil
    ) async throws -> ConsultationView {
        let (asked, state, personal, files) = try await store.read { transaction in
            guard let asked = try ConsultationTable.find(id, in: transaction),
                ConsultationPolicies.asked.allows(actor, asked.state),
                let state = try DossierTable.find(asked.dossier, in: transaction), state.code == code
            else { throw DossierRefusal.notFound }
            let isOpen = ConsultationPolicies.open.allows(actor, asked.state)
            return (
                asked, state, isOpen ? try PersonalTable.find(state.id, in: transaction) : nil,
                isOpen ? try FileTable.files(of: state.id, in: transaction) : []
            )
        }
        guard let pack = try await catalogue.pack(version: state.packVersion),
            let asker = try await organisation.agency(asked.state.askedBy)
        else { throw DossierRefusal.notOffered }
        let rule = pack.workflow.consultation(asked.state.rule)
        if personal != nil { try await noteConsulted(on: state, part, item: item, by: actor) }
        let shown = Set(rule?.pages ?? [])
        let fields = pack.form?.pages.filter { shown.contains($0.id) }.flatMap(\.fields).map(\.id) ?? []
        return ConsultationView(
            consultation: asked,
            code: state.code,
            pack: pack,
            rule: rule,
            asker: asker,
            mayAnswer: personal != nil,
            answers: FormAnswers(fields.compactMap { id in personal?.answers[id].map { (id, $0) } }),
            channel: state.channel,
            submittedAt: state.submittedAt,
            files: files.filter { $0.state == .current && asked.papers.contains($0.component) }
        )
    }

    /// A paper that a consultation shows.
    ///
    /// - Throws: as `consultation(_:of:for:)`; `.notFound` for a paper that is not shown, or no more.
    public func shownFile(
        _ file: DossierFileID,
        of id: ConsultationID,
        on code: DossierCode,
        for actor: Actor
    ) async throws -> DossierFile {
        let view = try await consultation(id, of: code, for: actor, reading: .file, item: file.rawValue)
        guard let found = view.files.first(where: { $0.id == file }) else { throw DossierRefusal.notFound }
        return found
    }

    /// The PDF of an answer, for those who asked and those who answered.
    ///
    /// - Throws: `DossierRefusal.notFound` for anybody else, or without a file; `StoreError`.
    public func answerFile(of id: ConsultationID, on code: DossierCode, for actor: Actor) async throws
        -> ConsultationFile
    {
        try await store.read { transaction in
            guard let asked = try ConsultationTable.find(id, in: transaction),
                let state = try DossierTable.find(asked.dossier, in: transaction), state.code == code,
                ConsultationPolicies.asked.allows(actor, asked.state)
                    || DossierPolicies.officerOfAgency.allows(actor, state),
                let file = asked.file
            else { throw DossierRefusal.notFound }
            return file
        }
    }

    /// What an officer was asked and has not answered, the most urgent first; and what was answered last.
    public func consultationList(of actor: Actor, after: Keyset? = nil, limit: Int = 50) async throws
        -> (waiting: Page<ConsultationRow>, answered: [ConsultationRow])
    {
        let size = min(max(limit, 1), 100)
        let (waiting, answered) = try await store.read { transaction in
            (
                try ConsultationTable.waiting(for: actor, after: after, limit: size + 1, in: transaction),
                try ConsultationTable.answered(by: actor, in: transaction)
            )
        }
        let agencies = try await organisation.snapshot()
        var rows: [ConsultationRow] = []
        for one in waiting.prefix(size) { rows.append(try await row(one.consultation, one.dossier, agencies)) }
        let next = waiting.count > size ? rows.last.map { ConsultationTable.keyset($0.consultation) } : nil
        var done: [ConsultationRow] = []
        for one in answered { done.append(try await row(one.consultation, one.dossier, agencies)) }
        return (Page(items: rows, next: next), done)
    }

    private func row(
        _ asked: Consultation,
        _ state: DossierState,
        _ agencies: OrganisationSnapshot
    ) async throws -> ConsultationRow {
        let pack = try await catalogue.pack(version: state.packVersion)
        return ConsultationRow(
            consultation: asked,
            code: state.code,
            procedureName: pack?.name ?? state.procedure,
            askerName: agencies.agency(asked.state.askedBy)?.name ?? asked.state.askedBy.text,
            subject: pack?.workflow.consultation(asked.state.rule)?.name ?? asked.state.rule
        )
    }
}

extension OrganisationSnapshot {
    /// Who is meant by a party: `Công an tỉnh An Giang`, `Phòng Quy hoạch, Sở Xây dựng`.
    public func name(of party: ConsultedParty) -> String {
        name(of: party.agency, unit: party.unit)
    }

    /// Who may be asked under a rule by this agency on this day.
    public func parties(of rule: ConsultationRule, asking own: AgencyCode, on day: LocalDate) -> [ConsultedParty] {
        let others = rule.agencies.flatMap { agencies(meant: $0, on: day) }.filter { $0.code != own }
        let units = units(of: own).filter { rule.units.contains($0.name) }
        return others.map { ConsultedParty(agency: $0.code) } + units.map { ConsultedParty(agency: own, unit: $0.id) }
    }
}
