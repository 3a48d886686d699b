// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Digests
public import Identity
public import Kernel
import Organisation
import Storage

extension DossierService {
    /// A file that this person handed in and nothing uses yet; nil for any other.
    public func waitingUpload(_ id: DossierFileID, of actor: Actor) async throws -> UploadedFile? {
        guard let account = actor.account else { return nil }
        let now = clock.now()
        return try await store.read { try UploadTable.waiting(of: account, at: now, in: $0) }.first { $0.id == id }
    }

    /// Open drafts of one account; the list of an account shows no more.
    static let draftLimit = 100

    // MARK: - Files ahead of their dossier

    /// Keeps a file, whose bytes are on disk and were looked at, until a filing of the same account names it.
    ///
    /// - Throws: `DossierRefusal.notFound` for an actor without account, `.tooManyFiles`, `.dossierTooLarge` when so
    ///   much is waiting already; `StoreError`.
    public func keepUpload(
        _ digest: Digest,
        size: Int64,
        mediaType: String,
        name: String,
        pages: Int?,
        by actor: Actor
    ) async throws -> UploadedFile {
        guard let account = actor.account else { throw DossierRefusal.notFound }
        let (now, limits) = (clock.now(), settings.limits)
        let file = UploadedFile(
            id: DossierFileID(random),
            account: account,
            digest: digest,
            size: size,
            mediaType: mediaType,
            name: name,
            pages: pages,
            addedAt: now,
            expiresAt: now.adding(hours: UploadedFile.lifetimeHours)
        )
        try await store.write { transaction in
            let waiting = try UploadTable.waiting(of: account, at: now, in: transaction)
            try limits.check(waiting.map(\.size) + [file.size])
            try UploadTable.insert(file, in: transaction)
        }
        return file
    }

    // MARK: - A draft at once

    /// Makes a draft that is ready to be submitted: agency, delivery, answers and papers together, or nothing.
    ///
    /// - Parameters:
    ///   - filing: everything that the draft shall hold.
    ///   - actor: the applicant.
    /// - Returns: the draft as `draft(_:for:)` gives it.
    /// - Throws: `FilingRefusal.faulty` with everything that must be mended, `.tooManyDrafts`;
    ///   `DossierRefusal.notOffered`, `.notFound` for an actor without account, `.tooManyFiles`, `.dossierTooLarge`;
    ///   `StoreError`.
    public func draft(from filing: DraftFiling, by actor: Actor) async throws -> DraftView {
        let now = clock.now()
        guard let account = actor.account, let applicant = Identifier<DossierApplicant>(rawValue: actor.party)
        else { throw DossierRefusal.notFound }
        guard let version = try await catalogue.current(filing.procedure, on: now.date),
            version.pack.channels.contains(.online)
        else { throw DossierRefusal.notOffered }
        let offered = try await agencies(offering: version.pack, on: now.date)
        let agency = filing.agency ?? (offered.count == 1 ? offered.first?.code : nil)
        let draft = DossierDraft(
            id: DossierDraftID(random),
            applicant: applicant,
            procedure: filing.procedure,
            packVersion: version.digest.hex,
            agency: agency,
            delivery: filing.delivery ?? version.pack.result.deliveryWays.first ?? .online,
            answers: filing.answers,
            pagesDone: Set(version.pack.form?.pages.map(\.id) ?? []),
            revision: 2,  // not untouched: `beginDraft` may not take it for a new one
            createdAt: now,
            updatedAt: now,
            expiresAt: now.adding(days: DossierDraft.lifetimeDays)
        )
        let waiting = try await store.read { try UploadTable.waiting(of: account, at: now, in: $0) }
        let uploads = filing.files.compactMap { paper in
            waiting.first { $0.id == paper.file }?.filed(as: paper.component, .current)
        }
        let held = try await filed(filing.results, for: version.pack.components, of: actor, as: .current)
        let claims = try await claims(of: actor)
        var view = view(of: draft, uploads + held.files, version.pack, claims, on: now.date)
        var faults = FilingRules.faults(of: filing, in: view, waiting: waiting, unknown: held.unknown)
        if !offered.contains(where: { $0.code == agency }) {
            let snapshot = try await organisation.snapshot()
            let ended = agency.flatMap { snapshot.ending(of: $0)?.publicDetail }
            let words = ended ?? "Chọn cơ quan giải quyết thủ tục này"
            faults.insert(FieldFault(field: "agency", detail: words), at: 0)
        }
        guard faults.isEmpty else { throw FilingRefusal.faulty(faults) }
        view.draft.answers = view.context.answers
        try await keep(view.draft, uploads, held.files, of: account, at: now)
        return view
    }

    private func keep(
        _ draft: DossierDraft,
        _ uploads: [DossierFile],
        _ results: [DossierFile],
        of account: AccountID,
        at now: Instant
    ) async throws {
        let limits = settings.limits
        try await store.write { transaction in
            let open = try DraftTable.open(of: draft.applicant, at: now, in: transaction)
            guard open.count < Self.draftLimit else { throw FilingRefusal.tooManyDrafts(limit: Self.draftLimit) }
            try limits.check((uploads + results).map(\.size))
            try DraftTable.insert(draft, in: transaction)
            for file in uploads { try Self.take(file, of: account, in: transaction) }
            for file in uploads + results {
                try FileTable.insert(file, draft: draft.id, dossier: nil, in: transaction)
            }
        }
    }

    private static func take(_ file: DossierFile, of account: AccountID, in transaction: Transaction) throws {
        guard try UploadTable.take(file.id, of: account, in: transaction) else {
            throw FilingRefusal.faulty([FilingRules.unknownFile])
        }
    }

    // MARK: - A supplement at once

    /// Answers a request for supplement with everything together.
    ///
    /// - Parameters:
    ///   - filing: new answers, files and explanations.
    ///   - code: which dossier.
    ///   - version: the version that the author saw.
    ///   - actor: the applicant.
    /// - Throws: as `supplement(of:for:)`; `FilingRefusal.faulty` with everything that must be mended, and then nothing
    ///   is kept; as `answerSupplement(of:seen:by:)`.
    public func sendSupplement(
        _ filing: SupplementFiling,
        of code: DossierCode,
        seen version: Int,
        by actor: Actor
    ) async throws {
        let (view, now) = (try await supplement(of: code, for: actor), clock.now())
        guard let account = actor.account else { throw DossierRefusal.notFound }
        let waiting = try await store.read { try UploadTable.waiting(of: account, at: now, in: $0) }
        let validation = ValidationContext(
            today: now.date,
            channel: view.state.channel,
            claims: try await claims(of: actor),
            units: catalogue.units
        )
        let held = try await filed(filing.results, for: view.items.compactMap(\.component), of: actor, as: .pending)
        let faults = FilingRules.faults(of: filing, in: view, waiting: waiting, unknown: held.unknown, validation)
        guard faults.isEmpty else { throw FilingRefusal.faulty(faults) }
        let uploads = filing.files.compactMap { paper in
            waiting.first { $0.id == paper.file }?.filed(as: paper.component, .pending)
        }
        let files = uploads + held.files
        let limits = settings.limits
        try await store.write { transaction in
            let present = try FileTable.files(of: view.state.id, in: transaction).filter { $0.state != .replaced }
            try limits.check((present + files).map(\.size))
            for file in uploads { try Self.take(file, of: account, in: transaction) }
            for file in files { try FileTable.insert(file, draft: nil, dossier: view.state.id, in: transaction) }
        }
        do {
            var explanations = Dictionary(uniqueKeysWithValues: view.items.map { ($0.target, $0.explanation) })
            explanations.merge(filing.explanations) { _, new in new }
            try await keepSupplement(of: code, typed: filing.answers, explanations: explanations, by: actor)
            try await answerSupplement(of: code, seen: version, by: actor)
        } catch {
            // Somebody was faster: what was not sent does not stay behind for a later supplement.
            for file in files { try await detach(file.id, from: .supplement(code), by: actor) }
            throw error
        }
    }
}

extension DossierLimits {
    /// - Throws: `DossierRefusal.tooManyFiles`, `.dossierTooLarge`.
    func check(_ sizes: [Int64]) throws(DossierRefusal) {
        guard sizes.count <= fileCount else { throw .tooManyFiles(limit: fileCount) }
        guard sizes.reduce(0, +) <= totalBytes else { throw .dossierTooLarge(limitBytes: totalBytes) }
    }
}
