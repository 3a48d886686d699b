// SPDX-License-Identifier: Apache-2.0

import DataProtection
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// Erasing by retention: the report shows what will be erased, a data-protection officer of the province decides.
struct RetentionHandlers: Sendable {
    let services: AdminServices

    private static let rule = "data-protection officers of the province"

    func add(to routes: SiteRoutes) {
        let item = SiteURL.retentionReport(PathSlot.report)
        routes.get(.retentionReports, for: .officer(.dataProtectionOfficer), rule: Self.rule, list)
        routes.get(item, for: .officer(.dataProtectionOfficer), rule: Self.rule) { _, context in
            try await page(context, FormFields(), nil)
        }
        routes.post(item, for: .officer(.dataProtectionOfficer), rule: Self.rule, decide)
    }

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let reports = try await services.protection.retentionReports(for: context.actor)
        let model = RetentionListPage.Model(
            lines: reports.map { report in
                RetentionListPage.ReportLine(
                    madeAt: report.madeAt,
                    stateWord: report.state.vietnamese,
                    isWaiting: report.state == .waiting,
                    href: SiteURL.retentionReport(report.id.rawValue).path
                )
            },
            backHref: SiteURL.dataDesk.path
        )
        return .page(RetentionListPage.html(model, in: context.frame(pageCode: "A-28", current: .dataDesk)))
    }

    private func decide(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let id: RetentionReportID = try context.pathID(PathSlot.report)
        do {
            try await services.protection.decide(
                id,
                isApproved: form["_act"] == "duyet",
                reason: form.trimmed("reason") ?? "",
                seen: try form.seenVersion(),
                by: context.actor
            )
            return .seeOther(SiteURL.retentionReport(id.rawValue).path)
        } catch let refusal as RetentionRefusal where refusal.status != 403 && refusal.status != 404 {
            return try await page(context, form, refusal)
        }
    }

    private func page(
        _ context: OfficerContext,
        _ form: FormFields,
        _ refusal: RetentionRefusal?
    ) async throws -> Response {
        let id: RetentionReportID = try context.pathID(PathSlot.report)
        let after = context.query.text("sau").flatMap { Keyset($0, count: 0) }
        let preview = try await services.protection.retentionReport(id, for: context.actor, after: after)
        let everybody = try await services.organisation.snapshot()
        let report = preview.report
        let here = SiteURL.retentionReport(id.rawValue)
        let model = RetentionReportPage.Model(
            stateWord: report.state.vietnamese,
            isWaiting: report.state == .waiting,
            facts: [
                SummaryRow("Lập lúc", report.madeAt.vietnamese),
                SummaryRow("Hồ sơ hết thời hạn lưu", String(grouped: preview.total)),
                SummaryRow("Đã xóa", String(grouped: preview.erased)),
                SummaryRow("Chưa xóa vì thời hạn chưa đối chiếu", String(grouped: report.unverified)),
            ] + (report.decidedAt.map { [SummaryRow("Quyết định lúc", $0.vietnamese)] } ?? [])
                + (report.decidedBy.map { [SummaryRow("Người quyết định", everybody.officer($0)?.fullName)] } ?? [])
                + (report.reason.map { [SummaryRow("Lý do", $0)] } ?? []),
            lines: preview.items.items.map { item in
                RetentionReportPage.ItemLine(
                    code: item.code,
                    procedure: item.procedure,
                    agencyName: everybody.agency(item.agency)?.name ?? item.agency.text,
                    endedOn: item.endedAt.date,
                    limitWord: "\(item.years) năm, \(item.source)",
                    files: item.files,
                    erasedAt: item.erasedAt
                )
            },
            hindrance: refusal?.field == nil ? refusal?.publicDetail : nil,
            reasonField: FieldPart(
                "reason",
                "Lý do",
                hint: "Căn cứ của quyết định xóa hoặc không xóa",
                error: refusal?.field == nil ? nil : refusal?.publicDetail,
                .longText(form.trimmed("reason") ?? "", limitCharacters: 500, rows: 3)
            ),
            action: here.path,
            key: services.random.formKey(),
            version: report.version,
            firstHref: after == nil ? nil : here.path,
            nextHref: preview.items.next.map { here.path([("sau", $0.text)]) },
            backHref: SiteURL.retentionReports.path
        )
        let status = refusal.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        let frame = context.frame(pageCode: "A-28", current: .dataDesk)
        return .page(RetentionReportPage.html(model, in: frame), status: status)
    }
}
