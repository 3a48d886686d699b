// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Markup
import Site

/// What the pages of levels and costs say.
enum LevelWords {
    // MARK: - The roadmap

    static func sums(_ roadmap: LevelRoadmap) -> [LevelsPage.SumLine] {
        [line("Hiện nay", roadmap.sums)]
            + roadmap.projection.map { line("Hết \($0.quarter.vietnamese), nếu giữ đúng kế hoạch", $0.sums) }
    }

    private static func line(_ time: String, _ sums: LevelRoadmap.Sums) -> LevelsPage.SumLine {
        LevelsPage.SumLine(
            time: time,
            counts: [sums.none] + sums.byLevel,
            shareWord: sums.fourPermille.map(percent) ?? "—"
        )
    }

    private static func percent(_ permille: Int) -> String { "\(permille / 10),\(permille % 10) %" }

    static func goals(_ roadmap: LevelRoadmap) -> [String] {
        var words: [String] = []
        if let share = roadmap.sums.fourPermille {
            let goal = LevelRoadmap.fourTargetPermille
            words.append(
                "Mức độ 4: \(percent(share)) thủ tục; mục tiêu \(percent(goal)), "
                    + (share >= goal ? "đã đạt." : "chưa đạt.")
            )
        }
        if let used = roadmap.usedOnline, used.of > 0 {
            words.append(
                "Thủ tục mức độ 3 và 4 có hồ sơ nộp qua mạng trong 12 tháng: \(used.used)/\(used.of); mục tiêu một nửa, "
                    + (used.used * 2 >= used.of ? "đã đạt." : "chưa đạt.")
            )
        }
        let overdue = roadmap.lines.count { $0.isOverdue(on: roadmap.day) }
        if overdue > 0 { words.append("\(overdue) kế hoạch đã quá quý mà chưa đạt; cần đặt quý mới.") }
        return words
    }

    static func fields(_ filter: RoadmapFilter, _ roadmap: LevelRoadmap) -> [FieldPart] {
        func choice(_ name: String, _ label: String, _ choices: [FieldPart.Choice], _ chosen: String?) -> FieldPart {
            FieldPart(name, label, isOptional: true, .select(choices, chosen: chosen))
        }
        var quarters = Set(roadmap.lines.compactMap(\.openTarget?.quarter))
        if let chosen = filter.quarter { quarters.insert(chosen) }
        let levels =
            [FieldPart.Choice("0", "Chưa đạt mức độ 1")]
            + ServiceLevel.allCases.map { FieldPart.Choice("\($0.rawValue)", $0.vietnamese) }
        return [
            FieldPart(
                "q",
                "Từ cần tìm",
                hint: "Trong tên, mã, lĩnh vực, người chịu trách nhiệm",
                isOptional: true,
                .text(filter.words ?? "", width: .half)
            ),
            choice("muc", "Mức độ tính được", levels, filter.level.map { "\($0)" }),
            choice(
                "thieu",
                "Còn thiếu",
                LevelCondition.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                filter.missing?.rawValue
            ),
            choice(
                "quy",
                "Kế hoạch trong",
                quarters.sorted().map { FieldPart.Choice($0.description, $0.vietnamese) },
                filter.quarter?.description
            ),
            choice(
                "tinh-trang",
                "Tình trạng",
                RoadmapFilter.State.allCases.map { FieldPart.Choice($0.rawValue, word($0)) },
                filter.state?.rawValue
            ),
        ]
    }

    private static func word(_ state: RoadmapFilter.State) -> String {
        switch state {
        case .alarm: "Công bố cao hơn mức tính được"
        case .planned: "Có kế hoạch, chưa đạt"
        case .overdue: "Quá quý mà chưa đạt"
        case .unplanned: "Chưa đạt mức độ 4 và chưa có kế hoạch"
        }
    }

    static func line(_ line: RoadmapLine, on day: LocalDate) -> LevelsPage.ServiceLine {
        LevelsPage.ServiceLine(
            name: line.name,
            detail: "\(line.code), \(line.sector)",
            href: SiteURL.level(line.code).path,
            levelWord: "\(line.assessment.vietnamese), \(line.assessment.scope.vietnamese.lowercased())",
            alarmWord: line.isAlarm ? line.declared.map { "Công bố \($0.vietnamese.lowercased())" } : nil,
            missing: line.assessment.missingForTheHighest.map(\.vietnamese),
            planWord: line.openTarget.map {
                "\($0.level.vietnamese), \($0.quarter.vietnamese), \($0.owner)"
            },
            isOverdue: line.isOverdue(on: day),
            obstacles: line.openTarget?.obstacles ?? [],
            useWord: line.assessment.evidence.use.map(\.shareWords) ?? "Không có số liệu"
        )
    }

    static func plan(_ line: RoadmapLine, on day: LocalDate) -> [SummaryRow] {
        guard let target = line.target else { return [] }
        let state =
            line.openTarget == nil
            ? "đã đạt" : line.isOverdue(on: day) ? "quá quý mà chưa đạt" : "chưa đến hạn"
        return [
            SummaryRow("Mức độ đặt ra", target.level.vietnamese),
            SummaryRow("Chậm nhất hết", "\(target.quarter.vietnamese) (\(state))"),
            SummaryRow("Người chịu trách nhiệm", target.owner),
            SummaryRow("Vướng mắc", target.obstacles.isEmpty ? "Không" : target.obstacles.joined(separator: "; ")),
        ]
    }

    // MARK: - Costs

    static func cost(_ figures: CostFigures) -> [SummaryRow] {
        [
            SummaryRow("Một hồ sơ", pair(figures.perDossier)),
            SummaryRow("Số hồ sơ một năm", String(grouped: figures.dossiers)),
            SummaryRow("Một năm", pair(figures.perYear)),
            SummaryRow("Tiết kiệm một năm", saving(figures.perYear)),
            SummaryRow("Ngày công tiết kiệm một năm", workdays(figures.minutesSaved, figures.perYear)),
        ]
    }

    static func costLine(_ procedure: ProcedureCost, _ figures: CostFigures) -> CostsPage.CostLine {
        CostsPage.CostLine(
            name: procedure.name,
            code: procedure.code,
            href: SiteURL.level(procedure.code).path,
            perDossier: pair(figures.perDossier),
            dossiers: String(grouped: figures.dossiers),
            saving: saving(figures.perYear),
            workdays: workdays(figures.minutesSaved, figures.perYear),
            source: CostWords.source(of: procedure.cost)
        )
    }

    static func totals(_ totals: CostTotals) -> [SummaryRow] {
        guard totals.procedures > 0 else { return [] }
        let stated =
            totals.withMinutes == 0
            ? []
            : [
                SummaryRow(
                    "Ngày công tính từ số giờ",
                    Workday.words(tenths: Workday.tenths(ofMinutes: totals.minutesSaved))
                        + " (\(totals.withMinutes) thủ tục có nguồn nêu số giờ)"
                )
            ]
        return [
            SummaryRow("Số thủ tục đã tính", "\(totals.procedures)"),
            SummaryRow("Chi phí một năm", pair(totals.perYear)),
            SummaryRow("Tiết kiệm một năm", saving(totals.perYear)),
            SummaryRow("Quy đổi ra ngày công", equivalent(totals.perYear)),
        ] + stated
    }

    private static func pair(_ pair: CostPair) -> String { "\(pair.before) còn \(pair.after)" }

    private static func saving(_ pair: CostPair) -> String {
        "\(pair.saving)\(pair.savingPercent.map { " (\($0))" } ?? "")"
    }

    /// Days from hours where the source states them, else what the money is worth in days, and it says so.
    private static func workdays(_ minutes: Int64?, _ pair: CostPair) -> String {
        minutes.map { Workday.words(tenths: Workday.tenths(ofMinutes: $0)) } ?? equivalent(pair)
    }

    private static func equivalent(_ pair: CostPair) -> String {
        "\(Workday.words(tenths: Workday.tenths(worth: pair.saving))), quy đổi theo \(Workday.reference) một ngày"
    }
}
