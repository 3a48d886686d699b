// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Kernel
import Storage
import WorkingTime

/// The SQL of `dossier_personal`: the rows that may be erased.
enum PersonalTable {
    static func find(_ dossier: DossierID, in transaction: Transaction) throws -> DossierPersonal? {
        try transaction.first(
            """
            SELECT full_name, national_id, birth_date, address, phone, email, answers, behalf
            FROM dossier_personal WHERE dossier = \(dossier)
            """
        ).map { row in
            let digits: String = try row.get("national_id")
            guard let nationalID = NationalID(digits) else {
                throw StoreError.decoding(column: "national_id", reason: "not twelve digits")
            }
            let phone: String? = try row.get("phone")
            let answers: String = try row.get("answers")
            let behalf: String? = try row.get("behalf")
            return DossierPersonal(
                fullName: try row.get("full_name"),
                nationalID: nationalID,
                birthDate: try row.get("birth_date"),
                address: try row.get("address"),
                phone: phone.flatMap { PhoneNumber($0) },
                email: try row.get("email"),
                answers: try JSONText.decode(FormAnswers.self, from: answers),
                behalf: try behalf.map { try JSONText.decode(DossierBehalf.self, from: $0) }
            )
        }
    }

    static func insert(
        _ personal: DossierPersonal,
        quote: String,
        of dossier: DossierID,
        in transaction: Transaction
    ) throws {
        let behalf = try personal.behalf.map { try JSONText.encode($0) }
        try transaction.run(
            """
            INSERT INTO dossier_personal (dossier, full_name, folded_name, national_id, birth_date, address, phone,
                email, answers, fee_quote, behalf)
            VALUES (\(dossier), \(personal.fullName), \(VietnameseText.fold(personal.fullName)),
                \(personal.nationalID.digits), \(personal.birthDate), \(personal.address),
                \(personal.phone?.national), \(personal.email), \(personal.answers.canonicalJSON), \(quote), \(behalf))
            """
        )
    }

    /// As `insert`, for many rows at once: of applicants without address, telephone and mail, to whom nothing costs.
    static func add(
        _ personal: DossierPersonal,
        foldedName: String,
        of dossier: DossierID,
        to rows: inout RowBuffer
    ) {
        rows.beginRow()
        rows.add(dossier.rawValue)
        rows.add(personal.fullName)
        rows.add(foldedName)
        rows.add(personal.nationalID.digits)
        rows.add(personal.birthDate?.description)
        rows.add(personal.answers.canonicalJSON)
        rows.add("[]")
    }

    /// Rows for `add`.
    static let buffer = RowBuffer(
        "dossier_personal",
        [
            ("dossier", .text), ("full_name", .text), ("folded_name", .text), ("national_id", .text),
            ("birth_date", .text), ("answers", .text), ("fee_quote", .text),
        ]
    )

    static func update(answers: FormAnswers, of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE dossier_personal SET answers = \(answers.canonicalJSON) WHERE dossier = \(dossier)"
        )
    }
}

/// The SQL of `dossier_supplement`.
enum SupplementTable {
    static func all(of dossier: DossierID, in transaction: Transaction) throws -> [Supplement] {
        try transaction.rows(
            """
            SELECT round, asked_at, reason, items, answers, explanations, answered_at
            FROM dossier_supplement WHERE dossier = \(dossier) ORDER BY round
            """
        ).map { row in
            let items: String = try row.get("items")
            let answers: String? = try row.get("answers")
            let explanations: String? = try row.get("explanations")
            return Supplement(
                round: try row.get("round"),
                askedAt: try row.get("asked_at"),
                reason: try row.get("reason"),
                items: try JSONText.decode([SupplementItem].self, from: items),
                answers: try answers.map { try JSONText.decode(FormAnswers.self, from: $0) },
                explanations: try explanations.map { try JSONText.decode([String: String].self, from: $0) } ?? [:],
                answeredAt: try row.get("answered_at")
            )
        }
    }

    static func insert(_ supplement: Supplement, of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO dossier_supplement (dossier, round, asked_at, reason, items)
            VALUES (\(dossier), \(supplement.round), \(supplement.askedAt), \(supplement.reason),
                \(try JSONText.encode(supplement.items)))
            """
        )
    }

    static func update(_ supplement: Supplement, of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE dossier_supplement SET answers = \(supplement.answers?.canonicalJSON),
                explanations = \(try JSONText.encode(supplement.explanations)),
                answered_at = \(supplement.answeredAt)
            WHERE dossier = \(dossier) AND round = \(supplement.round)
            """
        )
    }
}

/// The SQL of `result_document`.
enum ResultTable {
    private static let columns: Statement = """
        id, dossier, fields, drafted_at, number, notation, title, agency, signed_at, signer_name, signer_position,
        digest, size, issued_at
        """

    static func find(_ id: ResultID, in transaction: Transaction) throws -> ResultDocument? {
        try transaction.first("SELECT \(fragment: columns) FROM result_document WHERE id = \(id)").map(document)
    }

    static func find(of dossier: DossierID, in transaction: Transaction) throws -> ResultDocument? {
        try transaction.first("SELECT \(fragment: columns) FROM result_document WHERE dossier = \(dossier)")
            .map(document)
    }

    static func find(digest: Digest, in transaction: Transaction) throws -> ResultDocument? {
        try transaction.first("SELECT \(fragment: columns) FROM result_document WHERE digest = \(digest.hex)")
            .map(document)
    }

    /// Keeps the specialist's draft: a new row, or the same row with new fields. A number that another agency took
    /// for it, before the dossier came here, stays void in that agency's series.
    static func keepDraft(_ draft: ResultDocument, in transaction: Transaction) throws {
        let isKnown =
            try transaction.run(
                """
                UPDATE result_document SET fields = \(draft.fields.canonicalJSON), drafted_at = \(draft.draftedAt),
                    number = CASE WHEN agency = \(draft.agency) THEN number END,
                    notation = CASE WHEN agency = \(draft.agency) THEN notation END, agency = \(draft.agency)
                WHERE dossier = \(draft.dossier) AND signed_at IS NULL
                """
            ) == 1
        if isKnown { return }
        try transaction.run(
            """
            INSERT INTO result_document (id, dossier, fields, drafted_at, title, agency)
            VALUES (\(draft.id), \(draft.dossier), \(draft.fields.canonicalJSON), \(draft.draftedAt), \(draft.title),
                \(draft.agency))
            """
        )
    }

    /// Keeps the number that a result will bear.
    static func keepNumber(_ result: ResultDocument, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE result_document SET number = \(result.number), notation = \(result.notation)
            WHERE id = \(result.id) AND signed_at IS NULL
            """
        )
    }

    /// Keeps what signing gave; false when the row was signed already.
    static func keepSigned(_ result: ResultDocument, in transaction: Transaction) throws -> Bool {
        try transaction.run(
            """
            UPDATE result_document SET number = \(result.number), notation = \(result.notation),
                signed_at = \(result.signedAt), signer_name = \(result.signerName),
                signer_position = \(result.signerPosition), digest = \(result.digest?.hex), size = \(result.size),
                issued_at = \(result.issuedAt)
            WHERE id = \(result.id) AND signed_at IS NULL
            """
        ) == 1
    }

    private static func document(_ row: ResultRow) throws -> ResultDocument {
        let hex: String? = try row.get("digest")
        let fields: String = try row.get("fields")
        return ResultDocument(
            id: try row.get("id"),
            dossier: try row.get("dossier"),
            fields: try JSONText.decode(FormAnswers.self, from: fields),
            draftedAt: try row.get("drafted_at"),
            number: try row.get("number"),
            notation: try row.get("notation"),
            title: try row.get("title"),
            agency: try row.get("agency"),
            signedAt: try row.get("signed_at"),
            signerName: try row.get("signer_name"),
            signerPosition: try row.get("signer_position"),
            digest: hex.flatMap { Digest(hex: $0) },
            size: try row.get("size"),
            issuedAt: try row.get("issued_at")
        )
    }
}

/// The SQL of `dossier_deadline`: the deadline with the trace that explains each of its days.
enum DeadlineTable {
    static func find(_ dossier: DossierID, in transaction: Transaction) throws -> Deadline? {
        try transaction.first("SELECT deadline FROM dossier_deadline WHERE dossier = \(dossier)").map { row in
            try JSONText.decode(Deadline.self, from: try row.get("deadline"))
        }
    }

    static func keep(_ deadline: Deadline, of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO dossier_deadline (dossier, deadline) VALUES (\(dossier), \(try JSONText.encode(deadline)))
            ON CONFLICT (dossier) DO UPDATE SET deadline = excluded.deadline
            """
        )
    }
}
