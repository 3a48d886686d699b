// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Identity
public import Kernel
import Organisation
import Storage

/// Who may see the book of an agency's issued results.
public enum ResultPolicies {
    /// The records clerk and the leaders of the agency that issued it, or of the one that took over from it.
    public static let register = Policy<ResultDocument>(
        allows: { actor, result in
            actor.kind == .officer && (actor.agency == result.agency || actor.predecessors.contains(result.agency))
                && !actor.roles.isDisjoint(with: reading) && result.issuedAt != nil
        },
        filter: { actor in
            guard actor.kind == .officer, let agency = actor.agency, !actor.roles.isDisjoint(with: reading) else {
                return "1 = 0"
            }
            return """
                result_document.agency IN (\(list: [agency] + actor.predecessors.sorted()))
                AND result_document.signed_at IS NOT NULL
                AND result_document.issued_at IS NOT NULL
                """
        }
    )

    private static let reading: Set<Role> = [.recordsClerk, .leader]
}

/// What is looked for in the book of issued results.
public struct RegisterQuestion: Sendable, Hashable {
    /// The year of the signature; numbers begin anew with it.
    public var year: Int
    /// The kind of result, whose numbers are one series; nil for all.
    public var title: String?
    /// A dossier code, or a number and notation as it stands on the paper; empty for all.
    public var search: String
    /// What has not been given out yet alone.
    public var isWaitingAlone: Bool

    /// A question of these parts.
    public init(year: Int, title: String? = nil, search: String = "", isWaitingAlone: Bool = false) {
        (self.year, self.title, self.search, self.isWaitingAlone) = (year, title, search, isWaitingAlone)
    }
}

/// One issued result in the book.
public struct RegisterRow: Sendable, Hashable {
    public var id: ResultID
    /// Number and notation.
    public var notation: String
    public var title: String
    /// Under whose name it was signed, and whose number it bears.
    public var agency: AgencyCode
    public var signedAt: Instant
    /// When it came into force; later than the signature where the clerk issues.
    public var issuedAt: Instant
    public var signerName: String
    public var signerPosition: String
    public var code: DossierCode
    public var delivery: DeliveryWay
    /// When it was given out; nil while it waits.
    public var deliveredAt: Instant?
    /// The columns that its pack keeps, masked where the reader's role does not need them; empty where it keeps none, and
    /// for a dossier whose personal data are erased or restricted.
    public var entries: [RegisterEntry] = []
    /// Whose it is, and by which text of the pack.
    var dossier: DossierID
    var applicant: Identifier<DossierApplicant>
    var packVersion: String
}

extension DossierService {
    /// A page of the book of issued results of the actor's agency and those that it took over, the newest first, and
    /// the series of that year.
    ///
    /// - Parameters:
    ///   - question: what is looked for.
    ///   - actor: the records clerk or a leader; an empty book for everybody else.
    ///   - after: where the last page ended.
    ///   - limit: rows, at most 200.
    /// - Returns: the rows, where the next page begins, and the kinds of results that have numbers in that year.
    /// - Throws: `StoreError`.
    public func documentRegister(
        _ question: RegisterQuestion,
        for actor: Actor,
        after: Keyset? = nil,
        limit: Int = 100
    ) async throws -> (rows: Page<RegisterRow>, titles: [String]) {
        let size = min(max(limit, 1), 200)
        let (rows, titles) = try await store.survey { transaction in
            (
                try RegisterTable.rows(actor, question, after: after, limit: size + 1, in: transaction),
                try RegisterTable.titles(actor, year: question.year, in: transaction)
            )
        }
        let shown = try await entered(Array(rows.prefix(size)), by: actor)
        let next = rows.count > size ? shown.last.map(RegisterTable.keyset) : nil
        return (Page(items: shown, next: next), titles.sorted { VietnameseText.precedes($0, $1) })
    }

    /// The rows with the columns of their packs; who reads personal data there is on record before they are given out.
    private func entered(_ rows: [RegisterRow], by actor: Actor) async throws -> [RegisterRow] {
        var packs: [String: ProcedurePack] = [:]
        for version in Set(rows.map(\.packVersion)) {
            guard let pack = try await catalogue.pack(version: version), !pack.result.registerFields.isEmpty else {
                continue
            }
            packs[version] = pack
        }
        let ids = rows.filter { packs[$0.packVersion] != nil }.map(\.id.rawValue)
        guard !ids.isEmpty else { return rows }
        let told = try await store.read { try RegisterTable.answers(of: ids, in: $0) }
        let rule = MaskingRule.standard
        // The book is the clerk's and the leaders' own work.
        let masked = Set(MaskedField.allCases.filter { !rule.isClear($0, for: actor.roles, isOwnWork: true) })
        var entered = rows
        for index in entered.indices {
            guard let pack = packs[entered[index].packVersion], let known = told[entered[index].id] else { continue }
            var (answers, filled) = (pack.confirmed(known.answers, by: known.filled), known.filled)
            answers.mask(masked, by: pack.form)
            filled.mask(masked, by: pack.result.draftForm)
            entered[index].entries = pack.registerEntries(answers, filled: filled)
        }
        let read = entered.filter { !$0.entries.isEmpty }
        guard !read.isEmpty else { return entered }
        try await store.write { [identity] transaction in
            let data = try read.flatMap { row in
                try identity.subjects(of: row.applicant.rawValue, in: transaction).map {
                    AccessedData($0, dossier: row.dossier.rawValue, part: .register)
                }
            }
            try identity.record(data, for: AccessReason(.register), by: actor, in: transaction)
        }
        return entered
    }
}
