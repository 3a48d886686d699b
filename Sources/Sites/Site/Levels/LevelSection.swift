// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Markup

/// What a page says about the level of one service: three schemes, every condition with its evidence, what is missing.
public struct LevelSection: Sendable {
    /// What the service is by one law.
    public struct Rating: Sendable {
        /// The law.
        public var scheme: String
        /// What it is.
        public var words: String
        /// Why this and no more.
        public var reason: String

        /// What the service is by one law.
        public init(scheme: String, words: String, reason: String) {
            (self.scheme, self.words, self.reason) = (scheme, words, reason)
        }
    }

    /// One condition of a level.
    public struct Condition: Sendable {
        /// 1 to 4.
        public var level: Int
        /// What is asked.
        public var title: String
        /// Whether it holds.
        public var isMet: Bool
        /// What was found.
        public var evidence: String
        /// Where it can be seen; nil without.
        public var href: String?

        /// One condition of a level.
        public init(level: Int, title: String, isMet: Bool, evidence: String, href: String? = nil) {
            (self.level, self.title, self.isMet) = (level, title, isMet)
            (self.evidence, self.href) = (evidence, href)
        }
    }

    /// `Mức độ 3`.
    public var word: String
    /// The three schemes.
    public var ratings: [Rating]
    /// The conditions in the order of the levels.
    public var conditions: [Condition]
    /// What is missing for level 4, each in words; empty at level 4.
    public var missing: [String]
    /// Whether it may be chosen for level 4; nil where the question does not arise.
    public var upgradeWord: String?

    /// What a page says about the level of one service.
    public init(
        word: String,
        ratings: [Rating],
        conditions: [Condition],
        missing: [String] = [],
        upgradeWord: String? = nil
    ) {
        (self.word, self.ratings, self.conditions) = (word, ratings, conditions)
        (self.missing, self.upgradeWord) = (missing, upgradeWord)
    }

    /// The words of an assessment.
    ///
    /// - Parameters:
    ///   - assessment: what the evidence shows.
    ///   - href: where a condition's evidence can be seen by this reader; nil where it cannot.
    public init(_ assessment: LevelAssessment, href: (LevelCondition) -> String?) {
        word = assessment.vietnamese
        ratings = assessment.ratings.map {
            Rating(scheme: $0.scheme.vietnamese, words: $0.words, reason: $0.reason)
        }
        conditions = assessment.findings.map {
            Condition(
                level: $0.condition.level.rawValue,
                title: $0.condition.vietnamese,
                isMet: $0.isMet,
                evidence: $0.evidence,
                href: href($0.condition)
            )
        }
        missing = assessment.missingForTheHighest.map(\.missing)
        upgradeWord = assessment.upgradeWords
    }

    /// The three schemes side by side.
    public func schemes(labelledBy id: String) -> HTML {
        Parts.cardTable(
            CardTable(
                labelledBy: id,
                columns: [CardTable.Column("Cách xếp"), CardTable.Column("Kết quả"), CardTable.Column("Vì sao")],
                lines: ratings.map { rating in
                    CardTable.TableLine([
                        HTML(text: rating.scheme), "<strong>\(rating.words)</strong>", HTML(text: rating.reason),
                    ])
                },
                isStacked: true
            )
        )
    }

    /// Every condition with what was found.
    public func evidence(labelledBy id: String) -> HTML {
        Parts.cardTable(
            CardTable(
                labelledBy: id,
                columns: [
                    CardTable.Column("Mức độ"), CardTable.Column("Điều kiện"), CardTable.Column("Đạt"),
                    CardTable.Column("Chứng cứ"),
                ],
                lines: conditions.map { condition in
                    CardTable.TableLine([
                        "\(condition.level)", HTML(text: condition.title),
                        condition.isMet ? Parts.tag("Đạt", .ok) : Parts.tag("Chưa đạt", .warn),
                        evidence(of: condition),
                    ])
                },
                isStacked: true
            )
        )
    }

    private func evidence(of condition: Condition) -> HTML {
        """
        \(condition.evidence)\(ifLet: condition.href, { href in
            "<br><a\(href: href)>Xem<span class=\"vh\"> chứng cứ: \(condition.title)</span></a>"
        })
        """
    }
}
