// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Kernel
import Storage

/// The SQL of `dossier_rating`.
enum RatingTable {
    static func find(_ dossier: DossierID, in transaction: Transaction) throws -> DossierRating? {
        try transaction.first(
            """
            SELECT overall, convenience, punctuality, attitude, comment, rated_at
            FROM dossier_rating WHERE dossier = \(dossier)
            """
        ).map { row in
            var grades: [RatingQuestion: SatisfactionGrade] = [:]
            for question in RatingQuestion.allCases {
                let grade: String? = try row.get(question.rawValue)
                grades[question] = grade.flatMap { SatisfactionGrade(rawValue: $0) }
            }
            return DossierRating(
                dossier: dossier,
                grades: grades,
                comment: try row.get("comment"),
                ratedAt: try row.get("rated_at")
            )
        }
    }

    static func eraseComment(of dossier: DossierID, in transaction: Transaction) throws {
        try transaction.run("UPDATE dossier_rating SET comment = NULL WHERE dossier = \(dossier)")
    }

    /// Keeps what was said; the newer rating takes the place of the older one.
    static func keep(_ rating: DossierRating, of state: DossierState, in transaction: Transaction) throws {
        func grade(_ question: RatingQuestion) -> String? { rating.grades[question]?.rawValue }
        try transaction.run(
            """
            INSERT INTO dossier_rating (dossier, agency, procedure_code, day, overall, convenience, punctuality,
                attitude, comment, rated_at)
            VALUES (\(rating.dossier), \(state.agency), \(state.procedure), \(rating.ratedAt.date), \(grade(.overall)),
                \(grade(.convenience)), \(grade(.punctuality)), \(grade(.attitude)), \(rating.comment),
                \(rating.ratedAt))
            ON CONFLICT (dossier) DO UPDATE SET day = excluded.day, overall = excluded.overall,
                convenience = excluded.convenience, punctuality = excluded.punctuality,
                attitude = excluded.attitude, comment = excluded.comment, rated_at = excluded.rated_at
            """
        )
    }

    /// How many gave which grade overall, by agency, from a day on.
    static func counts(
        since: LocalDate,
        in transaction: Transaction
    ) throws -> [(agency: AgencyCode, grade: SatisfactionGrade, count: Int64)] {
        try transaction.rows(
            """
            SELECT agency, overall, COUNT(*) AS total FROM dossier_rating
            WHERE day >= \(since.description) GROUP BY agency, overall
            """
        ).compactMap { row in
            let grade: String = try row.get("overall")
            return try SatisfactionGrade(rawValue: grade).map { (try row.get("agency"), $0, try row.get("total")) }
        }
    }
}
