// SPDX-License-Identifier: Apache-2.0

import Digests
import Identity
import Kernel
import Organisation
import Storage

/// The SQL of `dossier_consultation`: what was asked and said, and the columns by which those who are asked find it.
/// Outcome and moments repeat the state of the dossier, which `DossierCheck` compares.
enum ConsultationTable {
    private static let columns: Statement = """
        dossier_consultation.id, dossier_consultation.dossier, dossier_consultation.rule, dossier_consultation.agency,
        dossier_consultation.unit, dossier_consultation.asked_by, dossier_consultation.step,
        dossier_consultation.papers, dossier_consultation.question, dossier_consultation.asker,
        dossier_consultation.asked_at, dossier_consultation.due_at, dossier_consultation.outcome,
        dossier_consultation.closed_at, dossier_consultation.opinion, dossier_consultation.answerer,
        dossier_consultation.file_digest, dossier_consultation.file_size, dossier_consultation.file_name
        """

    static func find(_ id: ConsultationID, in transaction: Transaction) throws -> Consultation? {
        try transaction.first(
            "SELECT \(fragment: columns) FROM dossier_consultation WHERE dossier_consultation.id = \(id)"
        ).map(consultation)
    }

    static func all(of dossier: DossierID, in transaction: Transaction) throws -> [Consultation] {
        try transaction.rows(
            """
            SELECT \(fragment: columns) FROM dossier_consultation
            WHERE dossier_consultation.dossier = \(dossier) ORDER BY dossier_consultation.asked_at,
                dossier_consultation.id
            """
        ).map(consultation)
    }

    static func insert(_ one: Consultation, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO dossier_consultation (id, dossier, rule, agency, unit, asked_by, step, papers, question, asker,
                asked_at, due_at)
            VALUES (\(one.state.id), \(one.dossier), \(one.state.rule), \(one.state.party.agency),
                \(one.state.party.unit), \(one.state.askedBy), \(one.state.step), \(try JSONText.encode(one.papers)),
                \(one.question), \(one.asker), \(one.state.askedAt), \(one.state.dueAt))
            """
        )
    }

    /// Keeps how a consultation ended; the dossier's state says it, this row is found by it.
    static func keepOutcome(_ state: ConsultationState, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE dossier_consultation SET outcome = \(state.outcome?.rawValue), closed_at = \(state.closedAt)
            WHERE id = \(state.id)
            """
        )
    }

    static func keepAnswer(
        of id: ConsultationID,
        opinion: String?,
        answerer: OfficerID?,
        file: ConsultationFile?,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            UPDATE dossier_consultation SET opinion = \(opinion), answerer = \(answerer),
                file_digest = \(file?.digest.hex), file_size = \(file?.size), file_name = \(file?.name)
            WHERE id = \(id)
            """
        )
    }

    /// What an officer was asked and has not answered, the most urgent first.
    static func waiting(for actor: Actor, after: Keyset?, limit: Int, in transaction: Transaction) throws
        -> [(consultation: Consultation, dossier: DossierState)]
    {
        var conditions: [Statement] = [ConsultationPolicies.open.filter(actor)]
        if let after, let due = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(dossier_consultation.due_at, dossier_consultation.id) > (\(due), \(after.id))")
        }
        let found = try transaction.rows(
            """
            SELECT \(fragment: columns) FROM dossier_consultation
            WHERE \(fragment: conditions.joined(" AND "))
            ORDER BY dossier_consultation.due_at, dossier_consultation.id LIMIT \(limit)
            """
        ).map(consultation)
        return try dossiers(of: found, in: transaction)
    }

    /// What an officer's agency answered, the newest first, at most 50.
    static func answered(by actor: Actor, in transaction: Transaction) throws
        -> [(consultation: Consultation, dossier: DossierState)]
    {
        let said = ConsultationVerdict.allCases.map(\.rawValue)
        let found = try transaction.rows(
            """
            SELECT \(fragment: columns) FROM dossier_consultation
            WHERE \(fragment: ConsultationPolicies.asked.filter(actor))
                AND dossier_consultation.outcome IN (\(list: said))
            ORDER BY dossier_consultation.closed_at DESC, dossier_consultation.id LIMIT 50
            """
        ).map(consultation)
        return try dossiers(of: found, in: transaction)
    }

    private static func dossiers(
        of found: [Consultation],
        in transaction: Transaction
    ) throws -> [(consultation: Consultation, dossier: DossierState)] {
        guard !found.isEmpty else { return [] }
        let ids = Array(Set(found.map(\.dossier.rawValue)))
        let states = try transaction.rows(
            "SELECT \(fragment: DossierTable.columns) FROM dossier WHERE dossier.id IN (\(list: ids))"
        ).map(DossierTable.state)
        let byID = Dictionary(states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return found.compactMap { one in byID[one.dossier].map { (one, $0) } }
    }

    static func keyset(_ one: Consultation) -> Keyset {
        Keyset(values: ["\(one.state.dueAt.microseconds)"], id: one.state.id.rawValue)
    }

    private static func consultation(_ row: ResultRow) throws -> Consultation {
        let papers: String = try row.get("papers")
        let outcome: String? = try row.get("outcome")
        return Consultation(
            state: ConsultationState(
                id: try row.get("id"),
                rule: try row.get("rule"),
                party: ConsultedParty(agency: try row.get("agency"), unit: try row.get("unit")),
                askedBy: try row.get("asked_by"),
                step: try row.get("step"),
                askedAt: try row.get("asked_at"),
                dueAt: try row.get("due_at"),
                outcome: outcome.flatMap { ConsultationOutcome(rawValue: $0) },
                closedAt: try row.get("closed_at")
            ),
            dossier: try row.get("dossier"),
            papers: try JSONText.decode([String].self, from: papers),
            question: try row.get("question"),
            asker: try row.get("asker"),
            opinion: try row.get("opinion"),
            answerer: try row.get("answerer"),
            file: try file(row)
        )
    }

    private static func file(_ row: ResultRow) throws -> ConsultationFile? {
        let hex: String? = try row.get("file_digest")
        let (size, name): (Int64?, String?) = (try row.get("file_size"), try row.get("file_name"))
        guard let digest = hex.flatMap({ Digest(hex: $0) }), let size, let name else { return nil }
        return ConsultationFile(digest: digest, size: size, name: name)
    }
}
