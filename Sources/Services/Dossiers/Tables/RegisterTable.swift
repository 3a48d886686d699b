// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Kernel
import Storage

/// The book of issued results over `result_document`.
enum RegisterTable {
    static func rows(
        _ actor: Actor,
        _ question: RegisterQuestion,
        after: Keyset?,
        limit: Int,
        in transaction: Transaction
    ) throws -> [RegisterRow] {
        var conditions = conditions(actor, question)
        if let after, let moment = after.values.first.flatMap({ Int64($0) }) {
            conditions.append("(result_document.signed_at, result_document.id) < (\(moment), \(after.id))")
        }
        return try transaction.rows(
            """
            SELECT result_document.id, result_document.notation, result_document.title,
                result_document.agency, result_document.signed_at,
                result_document.issued_at,
                result_document.signer_name, result_document.signer_position, dossier.code, dossier.delivery,
                dossier.delivered_at, dossier.id AS dossier, dossier.applicant, dossier.pack_version
            FROM result_document JOIN dossier ON dossier.id = result_document.dossier
            WHERE \(fragment: conditions.joined(" AND "))
            ORDER BY result_document.signed_at DESC, result_document.id DESC LIMIT \(limit)
            """
        ).map(row)
    }

    /// The titles that stand in the book in that year: the series to choose from.
    static func titles(_ actor: Actor, year: Int, in transaction: Transaction) throws -> [String] {
        let question = RegisterQuestion(year: year)
        return try transaction.rows(
            """
            SELECT DISTINCT result_document.title AS title FROM result_document
            WHERE \(fragment: conditions(actor, question).joined(" AND "))
            """
        ).map { try $0.get("title") }
    }

    /// What applicants answered and officers filled in, by the result; nothing of whoever had it erased or restricted.
    static func answers(
        of results: [String],
        in transaction: Transaction
    ) throws -> [ResultID: (answers: FormAnswers, filled: FormAnswers)] {
        let rows = try transaction.rows(
            """
            SELECT result_document.id, result_document.fields, dossier_personal.answers
            FROM result_document JOIN dossier_personal ON dossier_personal.dossier = result_document.dossier
            WHERE result_document.id IN (\(list: results)) AND NOT EXISTS (
                SELECT 1 FROM dossier_restriction WHERE dossier_restriction.dossier = result_document.dossier)
            """
        )
        var known: [ResultID: (answers: FormAnswers, filled: FormAnswers)] = [:]
        for row in rows {
            let (answers, fields): (String, String) = (try row.get("answers"), try row.get("fields"))
            known[try row.get("id")] = (
                try JSONText.decode(FormAnswers.self, from: answers),
                try JSONText.decode(FormAnswers.self, from: fields)
            )
        }
        return known
    }

    static func keyset(_ row: RegisterRow) -> Keyset {
        Keyset(values: ["\(row.signedAt.microseconds)"], id: row.id.rawValue)
    }

    private static func conditions(_ actor: Actor, _ question: RegisterQuestion) -> [Statement] {
        var conditions: [Statement] = [ResultPolicies.register.filter(actor)]
        if let first = LocalDate(year: question.year, month: 1, day: 1),
            let next = LocalDate(year: question.year + 1, month: 1, day: 1)
        {
            conditions.append("result_document.signed_at >= \(Instant(first, LocalTime(secondOfDay: 0)))")
            conditions.append("result_document.signed_at < \(Instant(next, LocalTime(secondOfDay: 0)))")
        }
        if let title = question.title { conditions.append("result_document.title = \(title)") }
        if question.isWaitingAlone { conditions.append("dossier.delivered_at IS NULL") }
        let text = VietnameseText.tidy(question.search)
        if let code = DossierCode(text) {
            conditions.append("dossier.code = \(code)")
        } else if !text.isEmpty {
            conditions.append("result_document.notation = \(text)")
        }
        return conditions
    }

    private static func row(_ row: ResultRow) throws -> RegisterRow {
        RegisterRow(
            id: try row.get("id"),
            notation: try row.get("notation"),
            title: try row.get("title"),
            agency: try row.get("agency"),
            signedAt: try row.get("signed_at"),
            issuedAt: try row.get("issued_at"),
            signerName: try row.get("signer_name"),
            signerPosition: try row.get("signer_position"),
            code: try row.get("code"),
            delivery: try row.get("delivery"),
            deliveredAt: try row.get("delivered_at"),
            dossier: try row.get("dossier"),
            applicant: try row.get("applicant"),
            packVersion: try row.get("pack_version")
        )
    }
}
