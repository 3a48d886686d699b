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

/// The work list of data-protection officers and one request with its answer.
struct DataDeskHandlers: Sendable {
    let services: AdminServices

    private static let rule = "requests to own agency or one below it"

    func add(to routes: SiteRoutes) {
        let item = SiteURL.dataDeskItem(PathSlot.request)
        routes.get(.dataDesk, for: .officer(.dataProtectionOfficer), rule: Self.rule, list)
        routes.get(item, for: .officer(.dataProtectionOfficer), rule: Self.rule) { _, context in
            try await page(try context.pathID(PathSlot.request), context, FormFields(), nil)
        }
        routes.post(item, for: .officer(.dataProtectionOfficer), rule: Self.rule, act)
    }

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let isOver = context.query.text("loc") == "da-xong"
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let page = try await services.protection.requests(for: context.actor, isOpen: !isOver, after: after)
        let filter = isOver ? "da-xong" : nil
        let model = DataDeskPage.Model(
            isOver: isOver,
            lines: page.items.map { request in
                DataDeskPage.RequestLine(
                    kindWord: request.kind.vietnamese,
                    stateWord: request.outcome?.vietnamese ?? request.state.vietnamese,
                    agency: request.agency.text,
                    filedAt: request.filedAt,
                    dueAt: request.state == .filed ? min(request.firstAnswerBy, request.fulfilBy) : request.fulfilBy,
                    isOverdue: request.isOverdue(at: context.now),
                    href: SiteURL.dataDeskItem(request.id.rawValue).path
                )
            },
            openHref: SiteURL.dataDesk.path,
            overHref: SiteURL.dataDesk.path([("loc", "da-xong")]),
            retentionHref: SiteURL.retentionReports.path,
            flash: context.query.text("bao") == nil ? nil : "Đã ghi. Người yêu cầu được báo.",
            firstHref: after == nil ? nil : SiteURL.dataDesk.path([("loc", filter)]),
            nextHref: page.next.map { SiteURL.dataDesk.path([("loc", filter), ("sau", $0.text)]) }
        )
        return .page(DataDeskPage.html(model, in: context.frame(pageCode: "A-27", current: .dataDesk)))
    }

    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let id: DataRequestID = try context.pathID(PathSlot.request)
        let (version, words) = (try form.seenVersion(), form.trimmed("answer") ?? "")
        do {
            switch form["_act"] {
            case "tiep-nhan": try await services.protection.take(id, seen: version, by: context.actor)
            case "gia-han":
                try await services.protection.extend(id, reason: words, seen: version, by: context.actor)
            case "go-han-che": try await services.protection.lift(id, seen: version, by: context.actor)
            default:
                let outcome = form["outcome"].flatMap { DataRequestOutcome(rawValue: $0) }
                try await services.protection.answer(id, outcome, words: words, seen: version, by: context.actor)
            }
            return .seeOther(SiteURL.dataDesk.path([("bao", "da-ghi")]))
        } catch let refusal as DataRequestRefusal where refusal != .notFound {
            return try await page(id, context, form, refusal)
        }
    }

    private func page(
        _ id: DataRequestID,
        _ context: OfficerContext,
        _ form: FormFields,
        _ refusal: DataRequestRefusal?
    ) async throws -> Response {
        let found = try await services.protection.request(id, for: context.actor)
        let request = found.request
        func error(_ field: String) -> String? { refusal?.field == field ? refusal?.publicDetail : nil }
        let suggested = found.findings.isEmpty ? "" : found.findings.joined(separator: "\n")
        let model = DataAnswerPage.Model(
            kindWord: request.kind.vietnamese,
            stateWord: request.state.vietnamese,
            facts: [
                SummaryRow("Người yêu cầu", found.personName),
                SummaryRow("Về", found.code.map { "Hồ sơ \($0)" } ?? "Cả tài khoản"),
                SummaryRow("Nội dung", request.words.isEmpty ? "Không ghi thêm" : request.words),
                SummaryRow("Gửi lúc", request.filedAt.vietnamese),
                SummaryRow("Trả lời lần đầu trước", request.firstAnswerBy.vietnamese),
                SummaryRow("Thực hiện trước", request.fulfilBy.vietnamese),
            ] + (request.extensionReason.map { [SummaryRow("Lý do kéo dài", $0)] } ?? [])
                + (request.answer.map { [SummaryRow("Đã trả lời", $0)] } ?? []),
            findings: found.findings,
            hindrance: refusal?.field == nil ? refusal?.publicDetail : nil,
            takes: request.state == .filed && request.kind != .export,
            extends: request.state.isOpen && request.extendedAt == nil && request.kind != .export,
            lifts: request.holdsRestriction,
            answerFields: request.state.isOpen && request.kind != .export
                ? [
                    FieldPart(
                        "outcome",
                        "Kết quả",
                        error: error("outcome"),
                        .radios(
                            DataRequestOutcome.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                            chosen: form["outcome"]
                        )
                    ),
                    FieldPart(
                        "answer",
                        "Trả lời",
                        hint: "Người yêu cầu đọc đúng câu này. Nêu căn cứ khi từ chối. Kéo dài thì ghi lý do ở đây.",
                        error: error("answer"),
                        .longText(form.trimmed("answer") ?? suggested, limitCharacters: 2_000)
                    ),
                ] : [],
            action: SiteURL.dataDeskItem(id.rawValue).path,
            key: services.random.formKey(),
            version: request.version,
            backHref: SiteURL.dataDesk.path
        )
        let status = refusal.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        let frame = context.frame(pageCode: "A-27", current: .dataDesk)
        return .page(DataAnswerPage.html(model, in: frame), status: status)
    }
}
