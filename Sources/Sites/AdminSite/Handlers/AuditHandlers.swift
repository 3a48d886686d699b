// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// The record of accesses for auditors: who looked, when and why, never what there was to see.
struct AuditHandlers: Sendable {
    let services: AdminServices

    static let rule = "accesses by officers of own agency or one below it"

    func add(to routes: SiteRoutes) {
        routes.get(.accessAudit, for: .officer(.auditor, .dataProtectionOfficer), rule: Self.rule, list)
    }

    /// What was typed, and what it means where it means something.
    private struct Question {
        var typed: [String: String] = [:]
        var agency: AgencyCode?
        var officer: OfficerID?
        var code: DossierCode?
        var purpose: AccessPurpose?
        var from: LocalDate?
        var to: LocalDate?
        var errors: [String: String] = [:]
    }

    static let names = ["co-quan", "can-bo", "ho-so", "muc-dich", "tu-ngay", "den-ngay"]

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let everybody = try await services.organisation.snapshot()
        let question = question(context, everybody)
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let agencies = question.agency.map { [$0] } ?? []
        let below = everybody.agencies(atOrBelow: context.officer.agency).map(\.code)
        let filter = AccessFilter(
            agencies: agencies.isEmpty ? below : agencies,
            officer: question.officer,
            purpose: question.purpose,
            from: question.from.map { Instant($0, LocalTime(secondOfDay: 0)) },
            before: question.to.map { Instant($0.adding(days: 1), LocalTime(secondOfDay: 0)) }
        )
        let isSound = question.errors.isEmpty
        let page =
            isSound
            ? try await services.dossiers.accesses(filter, dossier: question.code, for: context.actor, after: after)
            : Page(items: [], next: nil)
        let kept = Self.names.map { (name: $0, value: question.typed[$0]) }
        let model = AuditPage.Model(
            fields: fields(question, everybody),
            action: SiteURL.accessAudit.path,
            lines: page.items.map { line($0, everybody) },
            firstHref: after == nil ? nil : SiteURL.accessAudit.path(kept),
            nextHref: page.next.map { SiteURL.accessAudit.path(kept + [(name: "sau", value: $0.text)]) }
        )
        let frame = context.frame(pageCode: "A-26", current: .accessAudit)
        return .page(AuditPage.html(model, in: frame), status: isSound ? .ok : .unprocessableContent)
    }

    private func question(_ context: OfficerContext, _ everybody: OrganisationSnapshot) -> Question {
        var question = Question()
        for name in Self.names { question.typed[name] = context.query.text(name).flatMap { $0.isEmpty ? nil : $0 } }
        if let text = question.typed["co-quan"] {
            question.agency = AgencyCode(text).flatMap { everybody.agency($0)?.code }
            if question.agency == nil { question.errors["co-quan"] = "Không có cơ quan nào mang mã này" }
        }
        if let text = question.typed["can-bo"] {
            question.officer = everybody.officer(loginName: text.lowercased())?.id
            if question.officer == nil { question.errors["can-bo"] = "Không có cán bộ nào có tên đăng nhập này" }
        }
        if let text = question.typed["ho-so"] {
            question.code = DossierCode(text)
            if question.code == nil { question.errors["ho-so"] = "Mã hồ sơ có dạng H01.30337-260302-0001" }
        }
        question.purpose = question.typed["muc-dich"].flatMap { AccessPurpose(rawValue: $0) }
        for name in ["tu-ngay", "den-ngay"] {
            guard let text = question.typed[name] else { continue }
            let day = Self.day(text)
            if day == nil { question.errors[name] = "Ngày có dạng 22/11/2026" }
            if name == "tu-ngay" { question.from = day } else { question.to = day }
        }
        if let from = question.from, let to = question.to, to < from {
            question.errors["den-ngay"] = "Ngày sau phải từ ngày trước trở đi"
        }
        return question
    }

    /// `22/11/2026`, as people write it.
    static func day(_ text: String) -> LocalDate? {
        let parts = text.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return LocalDate(year: parts[2], month: parts[1], day: parts[0])
    }

    private func fields(_ question: Question, _ everybody: OrganisationSnapshot) -> [FieldPart] {
        func text(_ name: String, _ label: String, _ hint: String?) -> FieldPart {
            FieldPart(
                name,
                label,
                hint: hint,
                error: question.errors[name],
                isOptional: true,
                .text(question.typed[name] ?? "", width: .half)
            )
        }
        return [
            text("co-quan", "Mã cơ quan", "Để trống là cơ quan của tôi và các cơ quan cấp dưới"),
            text("can-bo", "Tên đăng nhập của cán bộ", nil),
            text("ho-so", "Mã hồ sơ", nil),
            FieldPart(
                "muc-dich",
                "Mục đích",
                isOptional: true,
                .select(
                    AccessPurpose.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                    chosen: question.typed["muc-dich"]
                )
            ),
            text("tu-ngay", "Từ ngày", "Ví dụ 01/11/2026"),
            text("den-ngay", "Đến ngày", nil),
        ]
    }

    private func line(_ told: ToldAccess, _ everybody: OrganisationSnapshot) -> AuditPage.AccessLine {
        let record = told.record
        return AuditPage.AccessLine(
            at: record.at,
            officer: AccessWords.name(record, in: everybody),
            who: AccessWords.who(record, in: everybody),
            code: told.code,
            part: record.part.vietnamese,
            purpose: record.reason.purpose.vietnamese,
            words: record.reason.words
        )
    }
}
