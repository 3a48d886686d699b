// SPDX-License-Identifier: Apache-2.0

/// The level that the evidence shows, and what the next one lacks (docs/adr/0021-levels-from-evidence.md).
public struct LevelAssessment: Hashable, Sendable {
    /// The highest level whose conditions all hold; nil when not even the information is complete.
    public let level: ServiceLevel?
    /// Every condition with what was found, in the order of the levels.
    public let findings: [LevelFinding]
    /// What it rests on.
    public let evidence: LevelEvidence

    /// What the evidence shows. Pure.
    public static func assess(_ evidence: LevelEvidence) -> LevelAssessment {
        let findings = LevelCondition.allCases.map { LevelFinding.judge($0, evidence) }
        let open = findings.filter { !$0.isMet }.map(\.condition.level).min()
        let level = open.map { ServiceLevel(rawValue: $0.rawValue - 1) } ?? .four
        return LevelAssessment(level: level, findings: findings, evidence: evidence)
    }

    /// The level above; nil at the highest.
    public var next: ServiceLevel? { ServiceLevel(rawValue: (level?.rawValue ?? 0) + 1) }

    /// The conditions of the next level that do not hold: the service's list of what is to be done. Empty at level 4.
    public var missing: [LevelCondition] {
        findings.filter { !$0.isMet && $0.condition.level == next }.map(\.condition)
    }

    /// All conditions that level 4 lacks, those of every level below it too.
    public var missingForTheHighest: [LevelCondition] { findings.filter { !$0.isMet }.map(\.condition) }

    /// Whether more is declared than the evidence shows.
    public func isAlarm(declared: ServiceLevel) -> Bool { declared.rawValue > level?.rawValue ?? 0 }

    /// For a service of level 3, whether enough of its dossiers come online for it to be chosen for level 4
    /// (TT 01/2018/TT-VPCP art. 21.1.c), in words; nil for other levels, and where nobody counted.
    ///
    /// It says which service to raise first. It is no condition of a level: that would keep a service that can do
    /// everything online from being called so.
    public var upgradeWords: String? {
        guard level == .three, let use = evidence.use else { return nil }
        let needed = "\(ServiceUse.upgradeShare) %"
        switch use.reachesUpgradeShare {
        case true?: return "\(use.shareWords): đủ \(needed) để chọn nâng lên mức độ 4"
        case false?: return "\(use.shareWords): chưa đủ \(needed) để chọn nâng lên mức độ 4"
        case nil: return "\(use.shareWords): cần có hồ sơ để xét nâng lên mức độ 4"
        }
    }

    /// `Mức độ 3`, or that not even the first is reached.
    public var vietnamese: String { level?.vietnamese ?? "Chưa đạt mức độ 1" }
}
