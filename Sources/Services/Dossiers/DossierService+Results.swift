// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
public import Kernel
public import Organisation
import Paper
public import Storage

extension DossierService {
    /// Keeps the specialist's draft of the result, right or wrong, and says what must be mended.
    ///
    /// - Parameters:
    ///   - code: which dossier.
    ///   - typed: the fields of the draft as they came.
    ///   - version: the version that the page showed.
    ///   - actor: the specialist.
    /// - Returns: what must be mended; the draft counts only when this is nothing.
    /// - Throws: as `perform(_:on:seen:by:)`.
    public func draftResult(
        of code: DossierCode,
        typed: FormAnswers,
        seen version: Int,
        by actor: Actor
    ) async throws -> FormCheck {
        let view = try await judged(code, for: actor)
        let context = ValidationContext(today: clock.today, channel: view.state.channel, units: catalogue.units)
        let check = view.pack.result.draftForm.validate(typed, .whole, context)
        guard check.isSound else { return check }
        let now = clock.now()
        let draft = ResultDocument(
            id: view.result?.id ?? ResultID(random),
            dossier: view.state.id,
            fields: check.answers,
            draftedAt: now,
            title: view.pack.result.name,
            agency: view.state.agency
        )
        try await store.journalled { [writer] transaction in
            try writer.change(view.state.id, seen: version, .consulting, by: actor, at: now, in: transaction) { _ in
                .draftResult
            }
            try ResultTable.keepDraft(draft, in: transaction)
        }
        return check
    }

    /// The result as it would look if it were signed now, with the number still open.
    ///
    /// - Throws: `DossierRefusal.resultNotDrafted`, `.notFound`, `PaperError`.
    public func previewResult(of code: DossierCode, for actor: Actor) async throws -> [UInt8] {
        let view = try await judged(code, for: actor)
        guard let draft = view.result else { throw DossierRefusal.resultNotDrafted }
        _ = try await noteReading(of: view.state, .draftResult, by: actor)
        let signature = ResultSignature(
            notation: draft.notation ?? "……",
            name: "",
            position: "",
            at: clock.now(),
            isPreview: true
        )
        return try await renderer.pdf(try await resultDocument(view, draft, signature))
    }

    /// Approves, signs and issues the result: numbered, drawn, signed, stored, then decided in one transaction. Where
    /// the agency's clerk issues, it waits for her instead.
    ///
    /// Nothing is written for a leader who could not sign: the certificate is looked at first. The number is taken
    /// before the file can be drawn and stays with the result when signing fails, so that the series has no gaps. The
    /// second of two leaders is told who was faster.
    ///
    /// - Parameters:
    ///   - code: which dossier.
    ///   - version: the version that the page showed.
    ///   - actor: the leader.
    /// - Returns: the dossier after the decision, or with the result that waits for the clerk.
    /// - Throws: `DossierRefusal.proofNeeded`; as `perform(_:on:seen:by:)`; the signer's errors; `PaperError`;
    ///   `FileStoreError`.
    @discardableResult
    public func approve(_ code: DossierCode, seen version: Int, by actor: Actor) async throws -> DossierState {
        let now = clock.now()
        let view = try await judged(code, for: actor)
        let state = view.state
        if state.version != version {
            throw try await store.read { [writer] in try writer.conflict(on: state, in: $0) }
        }
        guard let draft = view.result else { throw DossierRefusal.resultNotDrafted }
        // Refuse early what the transaction below would refuse anyway, before anything is signed.
        var context = try writer.context(of: view.state, by: view.pack)
        context.facts = view.facts
        _ = try DossierMachine.decide(.approve(result: draft.id), view.state, by: actor, at: now, in: context)
        guard let id = actor.officer, let officer = try await organisation.officer(id) else {
            throw DossierRefusal.notAllowed(.approve)
        }
        guard settings.freshProof.holds(for: actor, at: now) else { throw DossierRefusal.proofNeeded }
        // No number is taken for a paper that nobody could sign.
        try await signer.require(id)
        var result = try await numbered(draft, of: view.pack, seen: version, at: now)
        let away = actor.standIn(in: .leader, assignee: nil)
        let inPlaceOf = try await organisation.officer(of: away)?.position
        let signature = ResultSignature(
            notation: result.notation ?? "",
            name: officer.fullName,
            position: officer.position,
            inPlaceOf: inPlaceOf,
            at: now,
            isPreview: false
        )
        let drawn = try await renderer.pdf(try await resultDocument(view, result, signature))
        let signed = try await signer.sign(drawn, id, "Ban hành \(result.title)")
        let stored = try await files.store(signed)
        (result.digest, result.size) = (stored.digest, stored.size)
        (result.signedAt, result.signerName, result.signerPosition) = (now, officer.fullName, officer.position)
        let (signedResult, pack) = (result, view.pack)
        return try await store.journalled { [self] transaction in
            let change = try writer.change(state.id, seen: version, by: actor, at: now, in: transaction) { state in
                .approve(
                    result: signedResult.id,
                    fee: try correction(state, pack, signedResult.fields, in: transaction)
                )
            }
            if let correction = change.after.feeCorrection {
                try settle(correction, of: change.after, pack, by: actor, at: now, in: transaction)
            }
            var kept = signedResult
            kept.issuedAt = change.after.decidedAt
            guard try ResultTable.keepSigned(kept, in: transaction) else {
                throw DossierRefusal.notPossible(.approve, change.before.status)
            }
            return change.after
        }
    }

    /// Whether this officer has a signing key of her own that is good now.
    public func canSign(_ officer: OfficerID) async -> Bool {
        do {
            try await signer.require(officer)
            return true
        } catch { return false }
    }

    /// The signed file of a result, for those who may see the dossier.
    ///
    /// - Throws: `DossierRefusal.notFound` before it is signed, or for a dossier that the actor may not see.
    public func resultFile(of code: DossierCode, for actor: Actor) async throws -> (ResultDocument, FileReader) {
        let view = try await judged(code, for: actor)
        guard let result = view.result, let digest = result.digest else { throw DossierRefusal.notFound }
        // The applicant gets the result once it is given out electronically.
        guard actor.kind == .officer || view.state.status == .delivered else { throw DossierRefusal.notFound }
        let reader = try await files.open(digest)
        _ = try await noteReading(of: view.state, .result, by: actor)
        return (result, reader)
    }

    // MARK: - Inside

    /// The result with its number: taken now, or the one that an earlier attempt took.
    private func numbered(
        _ draft: ResultDocument,
        of pack: ProcedurePack,
        seen version: Int,
        at now: Instant
    ) async throws -> ResultDocument {
        try await store.journalled { [writer] transaction in
            guard let state = try DossierTable.find(draft.dossier, in: transaction),
                var known = try ResultTable.find(draft.id, in: transaction)
            else { throw DossierRefusal.notFound }
            // Somebody was faster since the page was read: no number is taken for what will not be signed.
            guard state.version == version else { throw try writer.conflict(on: state, in: transaction) }
            if known.number != nil { return known }
            let series = "result/\(known.agency)/\(pack.code)/\(now.date.year)"
            let number = try NumberSeries.next(series, in: transaction)
            known.number = number
            known.notation = pack.result.series?.text(sequence: number, day: now.date) ?? "\(number)"
            try ResultTable.keepNumber(known, in: transaction)
            return known
        }
    }
}

/// Whose name and number stand on a result.
struct ResultSignature: Sendable {
    var notation: String
    var name: String
    var position: String
    /// The position of whom the signer stands in for; nil where she signs in her own right.
    var inPlaceOf: String?
    var at: Instant
    var isPreview: Bool

    /// The position in capitals; a deputy signs in the place of the head, and the head's position stands above (NĐ
    /// 30/2020, appendix I). So does whoever stands in for the head.
    var title: String {
        let capitals = position.uppercased()
        if let head = inPlaceOf?.uppercased(), head != capitals, !head.hasPrefix("PHÓ ") {
            return "KT. \(head)\n\(capitals)"
        }
        guard capitals.hasPrefix("PHÓ ") else { return capitals }
        return "KT. \(capitals.dropFirst(4))\n\(capitals)"
    }
}
