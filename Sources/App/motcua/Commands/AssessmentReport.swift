// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel

/// What `motcua assess` prints: text for people, JSON for machines.
struct AssessmentReport: Encodable {
    struct Sums: Encodable {
        let none: Int
        let levels: [String: Int]
        let total: Int

        init(_ sums: LevelRoadmap.Sums) {
            none = sums.none
            levels = Dictionary(
                ServiceLevel.allCases.map { ("\($0.rawValue)", sums[$0]) },
                uniquingKeysWith: { first, _ in first }
            )
            total = sums.total
        }
    }

    struct Projection: Encodable {
        let quarter: Quarter
        let sums: Sums
    }

    struct Condition: Encodable {
        let condition: LevelCondition
        let level: ServiceLevel
        let isMet: Bool
        let evidence: String
    }

    struct Rating: Encodable {
        let scheme: LevelScheme
        let code: String?
        let words: String
        let reason: String
    }

    struct Service: Encodable {
        let code: String
        let name: String
        let declaredLevel: ServiceLevel?
        let level: ServiceLevel?
        let isAlarm: Bool
        let missing: [LevelCondition]
        let conditions: [Condition]
        let ratings: [Rating]
        let target: LevelTarget?
        let isOverdue: Bool
        let upgrade: String?

        init(_ line: RoadmapLine, on day: LocalDate) {
            (code, name, declaredLevel) = (line.code, line.name, line.declared)
            (level, isAlarm) = (line.assessment.level, line.isAlarm)
            missing = line.assessment.missingForTheHighest
            conditions = line.assessment.findings.map {
                Condition(
                    condition: $0.condition,
                    level: $0.condition.level,
                    isMet: $0.isMet,
                    evidence: $0.evidence
                )
            }
            ratings = line.assessment.ratings.map {
                Rating(scheme: $0.scheme, code: $0.code, words: $0.words, reason: $0.reason)
            }
            (target, isOverdue) = (line.target, line.isOverdue(on: day))
            upgrade = line.assessment.upgradeWords
        }
    }

    let agency: String?
    let day: String
    let sums: Sums
    let projection: [Projection]
    let services: [Service]

    init(agency: String?, _ roadmap: LevelRoadmap) {
        (self.agency, day) = (agency, roadmap.day.description)
        sums = Sums(roadmap.sums)
        projection = roadmap.projection.map { Projection(quarter: $0.quarter, sums: Sums($0.sums)) }
        services = roadmap.lines.map { Service($0, on: roadmap.day) }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    // MARK: - For people

    static func text(agency: String?, _ roadmap: LevelRoadmap) -> [String] {
        var lines = agency.map { [$0] } ?? []
        for line in roadmap.lines {
            let alarm = line.isAlarm ? " [công bố \(line.declared?.vietnamese.lowercased() ?? "")]" : ""
            lines.append(
                "\(line.code)  \(line.assessment.vietnamese), \(line.assessment.scope.vietnamese.lowercased())\(alarm)"
                    + "  \(line.name)"
            )
            lines += line.assessment.findings.filter { !$0.isMet }.map {
                "    còn thiếu (mức độ \($0.condition.level.rawValue)): \($0.condition.vietnamese): \($0.evidence)"
            }
            if let words = line.assessment.upgradeWords { lines.append("    \(words)") }
            guard let plan = line.openTarget else { continue }
            let late = line.isOverdue(on: roadmap.day) ? ", quá quý mà chưa đạt" : ""
            lines.append(
                "    kế hoạch: \(plan.level.vietnamese.lowercased()), \(plan.quarter.vietnamese)\(late), \(plan.owner)"
            )
            lines += plan.obstacles.map { "    vướng mắc: \($0)" }
        }
        lines.append(sumWords("Hiện nay", roadmap.sums))
        lines += roadmap.projection.map { sumWords("Hết \($0.quarter.vietnamese), nếu giữ đúng kế hoạch", $0.sums) }
        let alarms = roadmap.lines.count(where: \.isAlarm)
        if alarms > 0 { lines.append("\(alarms) dịch vụ công bố cao hơn mức tính được.") }
        return lines
    }

    private static func sumWords(_ time: String, _ sums: LevelRoadmap.Sums) -> String {
        let levels = ServiceLevel.allCases.map { "\($0.vietnamese.lowercased()): \(sums[$0])" }.joined(separator: ", ")
        let none = sums.none > 0 ? ", chưa đạt mức độ 1: \(sums.none)" : ""
        return "\(time): \(levels)\(none); tổng \(sums.total) dịch vụ."
    }
}
