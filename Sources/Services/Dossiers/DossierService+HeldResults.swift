// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Digests
public import Identity
public import Kernel
import Storage

/// A result in force that an applicant holds in this installation and that a paper may be taken from.
public struct HeldResult: Sendable, Hashable {
    public var id: ResultID
    /// The component that it may stand for.
    public var component: String
    /// What it is, and its number and notation.
    public var title: String
    public var notation: String
    /// When it came into force.
    public var issuedAt: Instant
    /// The signed file.
    public var digest: Digest
    public var size: Int64

    /// `Bản sao trích lục hộ tịch số 12/TLKS-BS ngày 05/03/2026`.
    public var words: String { "\(title) số \(notation) ngày \(issuedAt.date.vietnamese)" }

    /// What the attached file is called: no sign in it that a disk does not take.
    var fileName: String { String(words.map { "/\\:*?\"<>|".contains($0) ? "-" : $0 }.prefix(120)) + ".pdf" }
}

extension DossierService {
    /// The applicant's own results in force from which the pack lets these papers be taken, the newest first.
    func heldResults(for papers: [RequiredComponent], of actor: Actor) async throws -> [HeldResult] {
        let wanted = papers.filter { !$0.reusableFrom.isEmpty && $0.takes(FileType.pdf.mediaType) }
        let codes = Set(wanted.flatMap(\.reusableFrom)).sorted()
        guard !codes.isEmpty, actor.kind == .citizen else { return [] }
        let held = try await store.read { try HeldResultTable.rows(of: actor, procedures: codes, in: $0) }
        var all: [HeldResult] = []
        for row in held {
            guard let months = try await catalogue.pack(version: row.packVersion).map(\.result.validMonths),
                months.map({ row.result.issuedAt.date.adding(months: $0) >= clock.today }) ?? true
            else { continue }
            for paper in wanted where paper.reusableFrom.contains(row.procedure) {
                var result = row.result
                result.component = paper.id
                all.append(result)
            }
        }
        return all
    }

    /// Lets a result that the applicant holds stand for a paper: the signed file itself, by reference to the same
    /// bytes. Nothing happens when it stands there already. That it is this result, the digest in the submission says.
    ///
    /// - Parameters:
    ///   - result: one of `FilePlaceView.results` for this paper.
    ///   - component: the paper.
    ///   - place: where it shall stand.
    ///   - actor: the applicant.
    /// - Throws: as `papers(at:for:)`; `.notFound` for a result that is not hers, not in force, or not for this paper;
    ///   `.tooManyFiles`, `.tooManyFilesOfPaper`, `.dossierTooLarge`.
    public func reuse(
        result: ResultID,
        for component: String,
        of place: FilePlace,
        by actor: Actor
    ) async throws {
        let view = try await papers(at: place, for: actor)
        guard let held = view.results.first(where: { $0.id == result && $0.component == component }) else {
            throw DossierRefusal.notFound
        }
        guard !view.files(of: component).contains(where: { $0.digest == held.digest }) else { return }
        try await attach(file(of: held, at: clock.now()), to: place, by: actor)
    }

    /// What of a program's filing names results: the signed files that stand for the papers, by the one list of what
    /// the applicant holds in force.
    ///
    /// - Parameters:
    ///   - named: which result for which paper.
    ///   - papers: the papers that the filing may bring.
    ///   - actor: the applicant.
    ///   - state: how the files stand in the dossier.
    /// - Throws: `StoreError`.
    /// - Returns: the files, and the results that are not hers, not in force, not for that paper, or named twice.
    func filed(
        _ named: [FiledResult],
        for papers: [RequiredComponent],
        of actor: Actor,
        as state: DossierFile.State
    ) async throws -> (files: [DossierFile], unknown: [FiledResult]) {
        guard !named.isEmpty else { return ([], []) }
        let (held, now) = (try await heldResults(for: papers, of: actor), clock.now())
        var (files, unknown, seen): ([DossierFile], [FiledResult], Set<FiledResult>) = ([], [], [])
        for one in named {
            guard let result = held.first(where: { $0.id == one.result && $0.component == one.component }),
                seen.insert(one).inserted
            else {
                unknown.append(one)
                continue
            }
            files.append(file(of: result, at: now, as: state))
        }
        return (files, unknown)
    }

    private func file(of held: HeldResult, at now: Instant, as state: DossierFile.State = .current) -> DossierFile {
        DossierFile(
            id: DossierFileID(random),
            component: held.component,
            digest: held.digest,
            size: held.size,
            mediaType: FileType.pdf.mediaType,
            name: held.fileName,
            pages: nil,
            addedAt: now,
            state: state
        )
    }
}

extension DossierService {
    /// What files of a dossier are where they are signed results of this installation: title and number, by the file.
    public func resultMarks(of files: [DossierFile]) async throws -> [Digest: String] {
        let digests = files.filter { $0.mediaType == FileType.pdf.mediaType }.map(\.digest)
        guard !digests.isEmpty else { return [:] }
        return try await store.read { try HeldResultTable.marks(of: digests, in: $0) }
    }
}

extension LocalDate {
    /// The same day so many months later; the last day of a month that is shorter.
    fileprivate func adding(months: Int) -> LocalDate {
        let all = year * 12 + month - 1 + months
        // bounded: every month has 28 days
        for last in stride(from: day, through: 28, by: -1) {
            if let day = LocalDate(year: all / 12, month: all % 12 + 1, day: last) { return day }
        }
        return LocalDate(year: all / 12, month: all % 12 + 1, day: day) ?? self
    }
}

/// Results that were given out to their applicant, over `result_document`.
enum HeldResultTable {
    static func rows(
        of actor: Actor,
        procedures: [String],
        in transaction: Transaction
    ) throws -> [(result: HeldResult, procedure: String, packVersion: String)] {
        try transaction.rows(
            """
            SELECT result_document.id, result_document.title, result_document.notation, result_document.issued_at,
                result_document.digest, result_document.size, dossier.procedure_code,
                dossier.pack_version
            FROM dossier JOIN result_document ON result_document.dossier = dossier.id
            WHERE \(fragment: DossierPolicies.applicant.filter(actor))
                AND dossier.procedure_code IN (\(list: procedures))
                AND dossier.status = \(DossierStatus.delivered.rawValue) AND result_document.issued_at IS NOT NULL
                AND result_document.digest IS NOT NULL AND result_document.size IS NOT NULL
                AND result_document.notation IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM dossier_erasure WHERE dossier_erasure.dossier = dossier.id)
            ORDER BY result_document.issued_at DESC, result_document.id LIMIT 20
            """
        ).map { row in
            let hex: String = try row.get("digest")
            guard let digest = Digest(hex: hex) else {
                throw StoreError.decoding(column: "digest", reason: "no SHA-256")
            }
            let result = HeldResult(
                id: try row.get("id"),
                component: "",
                title: try row.get("title"),
                notation: try row.get("notation"),
                issuedAt: try row.get("issued_at"),
                digest: digest,
                size: try row.get("size")
            )
            return (result, try row.get("procedure_code"), try row.get("pack_version"))
        }
    }

    /// What these files are where they are signed results of this installation in force: the title and number.
    static func marks(of digests: [Digest], in transaction: Transaction) throws -> [Digest: String] {
        guard !digests.isEmpty else { return [:] }
        let rows = try transaction.rows(
            """
            SELECT digest, title, notation FROM result_document
            WHERE digest IN (\(list: digests.map(\.hex))) AND issued_at IS NOT NULL AND notation IS NOT NULL
            """
        )
        var marks: [Digest: String] = [:]
        for row in rows {
            let (hex, title, notation): (String, String, String) = (
                try row.get("digest"), try row.get("title"), try row.get("notation")
            )
            if let digest = Digest(hex: hex) { marks[digest] = "\(title) số \(notation)" }
        }
        return marks
    }
}
