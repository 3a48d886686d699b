// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Hummingbird
import Identity
import Kernel
import Markup
import NIOCore
import Organisation
import Site
import Web

/// Levels, roadmap and compliance cost of the procedures: for who administers and who leads. About nobody.
struct LevelHandlers: Sendable {
    let services: AdminServices

    private static let pageCode = "A-29"
    /// Services on one page of the list: 206 would be some 3,000 elements.
    private static let pageSize = 50

    func add(to routes: SiteRoutes) {
        routes.get(.levels, for: .officer(.administrator, .leader), rule: "-", work: .long, roadmap)
        routes.get(.levelsFile, for: .officer(.administrator, .leader), rule: "-", work: .long, file)
        routes.get(.level(PathSlot.code), for: .officer(.administrator, .leader), rule: "-", one)
        routes.get(.complianceCosts, for: .officer(.administrator, .leader), rule: "-", work: .long, costs)
    }

    // MARK: - The roadmap

    /// The names of the filter's fields in the address.
    private static let names = ["q", "muc", "thieu", "quy", "tinh-trang"]

    /// What was chosen; a word that means nothing is as none.
    private func filter(_ context: OfficerContext) -> (RoadmapFilter, kept: [(name: String, value: String?)]) {
        var filter = RoadmapFilter()
        func word(_ name: String) -> String? { context.query.text(name).flatMap { $0.isEmpty ? nil : $0 } }
        filter.words = word("q").map { String($0.prefix(100)) }
        filter.level = word("muc").flatMap { Int($0) }.flatMap { (0...4).contains($0) ? $0 : nil }
        filter.missing = word("thieu").flatMap { LevelCondition(rawValue: $0) }
        filter.quarter = word("quy").flatMap { Quarter($0) }
        filter.state = word("tinh-trang").flatMap { RoadmapFilter.State(rawValue: $0) }
        let kept = [
            filter.words, filter.level.map { "\($0)" }, filter.missing?.rawValue, filter.quarter?.description,
            filter.state?.rawValue,
        ]
        return (filter, zip(Self.names, kept).map { (name: $0, value: $1) })
    }

    private func roadmap(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let roadmap = try await services.levels.roadmap()
        let (filter, kept) = filter(context)
        let found = roadmap.lines(filter)
        let after = context.query.text("sau")
        let rest = after.map { last in found.drop { $0.code <= last } } ?? found[...]
        let shown = Array(rest.prefix(Self.pageSize))
        let alarms = roadmap.lines.count(where: \.isAlarm)
        let model = LevelsPage.Model(
            alarms: alarms == 0
                ? nil : (alarms, SiteURL.levels.path([("tinh-trang", RoadmapFilter.State.alarm.rawValue)])),
            sums: LevelWords.sums(roadmap),
            goals: LevelWords.goals(roadmap),
            missing: roadmap.missing.map { item in
                (item.condition.vietnamese, item.count, SiteURL.levels.path([("thieu", item.condition.rawValue)]))
            },
            fields: LevelWords.fields(filter, roadmap),
            action: SiteURL.levels.path,
            lines: shown.map { LevelWords.line($0, on: roadmap.day) },
            matched: (found.count, roadmap.lines.count),
            fileHref: SiteURL.levelsFile.path(kept),
            costsHref: SiteURL.complianceCosts.path,
            firstHref: after == nil ? nil : SiteURL.levels.path(kept),
            nextHref: rest.count > shown.count
                ? shown.last.map { SiteURL.levels.path(kept + [(name: "sau", value: $0.code)]) } : nil,
            backHref: back(context)
        )
        return .page(LevelsPage.html(model, in: context.frame(pageCode: Self.pageCode, current: .levels)))
    }

    private func file(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let roadmap = try await services.levels.roadmap()
        let bytes = ByteBuffer(string: roadmap.csv(filter(context).0))
        return .file(ResponseBody(byteBuffer: bytes), type: .csv, name: "lo-trinh-muc-do-\(roadmap.day).csv")
    }

    /// Leaders come from the navigation and have no page of administration to go back to.
    private func back(_ context: OfficerContext) -> String? {
        context.actor.roles.contains(.administrator) ? SiteURL.administration.path : nil
    }

    // MARK: - One service

    private func one(_ request: Request, _ context: OfficerContext) async throws -> Response {
        guard let pack = try await services.levels.pack(try context.pathText(PathSlot.code)) else {
            throw RequestError.notFound
        }
        let assessment = try await services.levels.assessment(of: pack)
        let line = RoadmapLine(pack, assessment)
        let part = context.base.settings.part
        let isAdministrator = context.actor.roles.contains(.administrator)
        let level = LevelSection(assessment) { condition in
            let url: SiteURL =
                switch condition.source {
                case .pack: .procedure(pack.code)
                case .configuration: .administration
                case .dossiers: .statistics
                }
            return part.serves(url.path) && (isAdministrator || url != .administration) ? url.path : nil
        }
        let model = LevelPage.Model(
            name: pack.name,
            facts: [
                SummaryRow("Mã thủ tục", pack.code), SummaryRow("Lĩnh vực", pack.sector.name),
                SummaryRow("Mức độ công bố", pack.declaredLevel.vietnamese),
                SummaryRow("Mức độ tính được", assessment.vietnamese),
            ],
            alarm: line.isAlarm
                ? "Công bố \(pack.declaredLevel.vietnamese.lowercased()), chứng cứ cho thấy "
                    + "\(assessment.vietnamese.lowercased()). Bổ sung cho đủ, hoặc hạ mức độ công bố." : nil,
            level: level,
            plan: LevelWords.plan(line, on: context.now.date),
            cost: pack.cost.flatMap(\.figures).map(LevelWords.cost) ?? [],
            costSource: pack.cost.map(CostWords.source),
            backHref: SiteURL.levels.path
        )
        return .page(LevelPage.html(model, in: context.frame(pageCode: Self.pageCode, current: .levels)))
    }

    // MARK: - Costs

    private func costs(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let costs = try await services.levels.costs()
        var totals = CostTotals()
        var lines: [CostsPage.CostLine] = []
        for procedure in costs {
            guard let figures = procedure.cost.figures, totals.add(figures) else { continue }
            lines.append(LevelWords.costLine(procedure, figures))
        }
        let model = CostsPage.Model(
            totals: LevelWords.totals(totals),
            lines: lines,
            withoutFigures: services.catalogue.procedures(on: context.now.date).count - lines.count,
            backHref: SiteURL.levels.path
        )
        return .page(CostsPage.html(model, in: context.frame(pageCode: "A-30", current: .levels)))
    }
}
