// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
import Storage

/// An open request for supplement as its applicant sees it.
public struct SupplementView: Sendable {
    /// One defect and whether it was dealt with.
    public struct Item: Sendable {
        public var target: String
        /// The label of the field or the name of the paper.
        public var title: String
        public var text: String
        /// The field, where the defect is about an answer.
        public var field: FormField?
        /// The paper, where the defect is about one.
        public var component: RequiredComponent?
        /// The files uploaded for it and not yet sent.
        public var pending: [DossierFile]
        public var explanation: String
        /// Whether it was mended or explained.
        public var isTouched: Bool
    }

    public var state: DossierState
    public var pack: ProcedurePack
    public var supplement: Supplement
    public var items: [Item]
    /// The answers as they would stand once sent.
    public var answers: FormAnswers
    /// What is wrong with the answers as they would stand.
    public var problems: [FieldProblem]
}

extension DossierService {
    /// The open request for supplement of a dossier.
    ///
    /// - Throws: `DossierRefusal.notFound` for a dossier of somebody else; `.notPossible` when nothing is asked.
    public func supplement(of code: DossierCode, for actor: Actor) async throws -> SupplementView {
        let (state, personal, files, open) = try await store.read { transaction in
            let (state, open) = try Self.openSupplement(of: code, for: actor, identity, in: transaction)
            guard let personal = try PersonalTable.find(state.id, in: transaction) else {
                throw DossierRefusal.notFound
            }
            return (state, personal, try FileTable.files(of: state.id, in: transaction), open)
        }
        guard let pack = try await catalogue.pack(version: state.packVersion), actor.account != nil else {
            throw DossierRefusal.notOffered
        }
        let answers = open.answers ?? personal.answers
        let validation = ValidationContext(
            today: clock.today,
            channel: state.channel,
            claims: try await claims(of: actor),
            units: catalogue.units
        )
        let items = open.items.map { item in
            let field = pack.form?.field(item.target)
            let pending = files.filter { $0.state == .pending && $0.component == item.target }
            let explanation = open.explanations[item.target] ?? ""
            let isChanged = field.map { answers.only($0) != personal.answers.only($0) } ?? false
            return SupplementView.Item(
                target: item.target,
                title: field?.caption ?? pack.components.first { $0.id == item.target }?.name ?? "Hồ sơ",
                text: item.text,
                field: field,
                component: pack.components.first { $0.id == item.target },
                pending: pending,
                explanation: explanation,
                isTouched: isChanged || !pending.isEmpty || !explanation.isEmpty
            )
        }
        return SupplementView(
            state: state,
            pack: pack,
            supplement: open,
            items: items,
            answers: answers,
            problems: pack.form?.validate(answers, .whole, validation).problems ?? []
        )
    }

    static func openSupplement(
        of code: DossierCode,
        for actor: Actor,
        _ identity: IdentityService,
        in transaction: Transaction
    ) throws -> (state: DossierState, supplement: Supplement) {
        guard let state = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
        guard DossierPolicies.applicant.allows(actor, state) else {
            throw try refusal(.notFound, of: state.applicant.rawValue, for: actor, identity, in: transaction)
        }
        guard state.status == .awaitingSupplement,
            let open = try SupplementTable.all(of: state.id, in: transaction).last, open.answeredAt == nil
        else { throw DossierRefusal.notPossible(.answerSupplement, state.status) }
        return (state, open)
    }

    /// Keeps what the applicant typed for the defects; nothing is sent yet.
    public func keepSupplement(
        of code: DossierCode,
        typed: FormAnswers,
        explanations: [String: String],
        by actor: Actor
    ) async throws {
        let view = try await supplement(of: code, for: actor)
        guard actor.account != nil else { throw DossierRefusal.notFound }
        // Only the fields that were found wanting may change.
        var answers = view.answers
        for item in view.items {
            if let field = item.field, !typed.only(field).isEmpty { answers = answers.replacing(field, with: typed) }
        }
        let validation = ValidationContext(
            today: clock.today,
            channel: view.state.channel,
            claims: try await claims(of: actor),
            units: catalogue.units
        )
        var kept = view.supplement
        kept.answers = view.pack.form?.validate(answers, .whole, validation).answers ?? answers
        for item in view.items {
            kept.explanations[item.target] = explanations[item.target].map { String($0.prefix(1_000)) } ?? ""
        }
        let changed = kept
        try await store.write { try SupplementTable.update(changed, of: view.state.id, in: $0) }
    }

    /// Sends the supplement: the dossier goes back to where it was asked, its limit runs anew.
    ///
    /// - Throws: as `supplement(of:for:)`; `.supplementUntouched` for a defect neither mended nor explained;
    ///   `.answerWrong`; `.changedMeanwhile`.
    public func answerSupplement(of code: DossierCode, seen version: Int, by actor: Actor) async throws {
        let view = try await supplement(of: code, for: actor)
        if let untouched = view.items.first(where: { !$0.isTouched }) {
            throw DossierRefusal.supplementUntouched(target: untouched.target)
        }
        if let problem = view.problems.first {
            throw DossierRefusal.answerWrong(field: problem.field, text: problem.sentence)
        }
        let now = clock.now()
        try await store.journalled { [writer] transaction in
            try FileTable.takeOverPending(of: view.state.id, in: transaction)
            let files = try FileTable.files(of: view.state.id, in: transaction).filter { $0.state == .current }
            try writer.change(view.state.id, seen: version, by: actor, at: now, in: transaction) { _ in
                .answerSupplement(files: files.map(\.digest.hex))
            }
            try PersonalTable.update(answers: view.answers, of: view.state.id, in: transaction)
            var answered = view.supplement
            answered.answeredAt = now
            try SupplementTable.update(answered, of: view.state.id, in: transaction)
        }
    }
}
