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

/// The working calendar of an agency: the year, a change with its preview, its versions.
struct CalendarHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let url = SiteURL.agencyCalendar(PathSlot.agency)
        routes.get(url, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            try await page(try await services.agency(context), CalendarForm(), context)
        }
        routes.post(url, for: .officer(.administrator), rule: AdminServices.rule, answer)
    }

    private func answer(_ sent: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.agency(context)
        var form = CalendarForm(sent)
        guard let edit = form.edit(), sent["_act"] != "sua" else { return try await page(found, form, context) }
        do {
            guard let seen = sent["seen"] else { return try await preview(found, form, edit, nil, nil, context) }
            guard sent["confirmed"] == "yes" else {
                return try await preview(found, form, edit, "Đánh dấu vào ô để xác nhận", nil, context)
            }
            let code = found.agency.code
            try await services.organisation.publish(edit, of: code, seen: seen, by: context.actor.stamp)
            return .seeOther(
                SiteURL.agencyCalendar(code.text).path([("bao", "da-doi"), ("nam", edit.day.map { "\($0.year)" })])
            )
        } catch OrganisationError.changedMeanwhile {
            let words = OrganisationError.changedMeanwhile.publicDetail
            return try await preview(found, form, edit, nil, words, context)
        } catch let error as OrganisationError where error.status < 500 {
            form.errors[error.field ?? "kind"] = error.publicDetail
            return try await page(found, form, context)
        }
    }

    private func page(_ found: AdministeredAgency, _ form: CalendarForm, _ context: OfficerContext) async throws
        -> Response
    {
        let agency = found.agency
        let year =
            context.query.text("nam").flatMap { Int($0) }.flatMap { (2_017...2_050).contains($0) ? $0 : nil }
            ?? context.now.date.year
        let calendar = try await services.organisation.calendarYear(year, of: agency.code)
        let here = SiteURL.agencyCalendar(agency.code.text)
        let versions = try await services.organisation.publications(of: agency.code)
        let model = CalendarPage.Model(
            agencyName: agency.name,
            year: year,
            facts: [
                SummaryRow("Ngày làm việc trong năm", "\(calendar.workingDays)"),
                SummaryRow("Giờ làm việc", calendar.hours),
                SummaryRow("Phiên bản", calendar.version),
            ],
            days: calendar.days.map { day in
                CalendarPage.DayLine(date: day.date.vietnamese, reason: day.reason, isOwn: day.isOwn)
            },
            versions: versions.map { version in
                let author = OfficerID(rawValue: version.publishedBy).flatMap { found.snapshot.officer($0)?.fullName }
                return SummaryRow(
                    version.publishedAt.vietnamese,
                    "\(version.summary). \(author ?? version.publishedBy), phiên bản \(version.version)"
                )
            },
            fields: form.parts,
            flash: context.query.text("bao") == "da-doi" ? "Đã đổi lịch. Hồ sơ tiếp nhận từ nay theo lịch mới." : nil,
            action: here.path,
            previousHref: here.path([("nam", "\(year - 1)")]),
            nextHref: here.path([("nam", "\(year + 1)")]),
            backHref: SiteURL.agency(agency.code.text).path
        )
        return .page(
            CalendarPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: form.errors.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func preview(
        _ found: AdministeredAgency,
        _ form: CalendarForm,
        _ edit: CalendarEdit,
        _ error: String?,
        _ hindrance: String?,
        _ context: OfficerContext
    ) async throws -> Response {
        let preview = try await services.organisation.preview(edit, of: found.agency.code)
        let open = try await services.dossiers.standing(at: preview.agencies.map(\.code))
        let (before, after) = (preview.before, preview.after)
        let model = MergerPage.Model(
            act: "đổi lịch",
            bodyName: found.agency.name,
            facts: [
                SummaryRow("Thay đổi", edit.vietnamese),
                SummaryRow(
                    "Ngày làm việc trong năm",
                    "\(before.workingDays) → \(after.workingDays)"
                ),
                SummaryRow("Giờ làm việc", after.hours),
            ],
            inFlight: [SummaryRow("Hồ sơ đang làm, giữ lịch cũ", String(grouped: open))],
            chapters: [
                MergerPage.Chapter("Cơ quan theo lịch này", preview.agencies.map(\.name)),
                MergerPage.Chapter(
                    "Hạn của hồ sơ nhận lúc này",
                    preview.examples.map { one in
                        let change =
                            one.before == one.after
                            ? "không đổi, \(one.before.vietnamese)"
                            : "\(one.before.vietnamese) → \(one.after.vietnamese)"
                        return "\(one.days) ngày làm việc: \(change)"
                    }
                ),
            ],
            isDue: true,
            answers: form.answers + [("seen", before.version)],
            confirmation: FieldPart(
                "confirmed",
                "",
                error: error,
                .declaration("Tôi đã đọc danh sách trên và chắc chắn đổi lịch", isTicked: false)
            ),
            hindrance: hindrance,
            action: SiteURL.agencyCalendar(found.agency.code.text).path,
            version: Int(found.snapshot.version),
            backHref: SiteURL.agency(found.agency.code.text).path
        )
        let status: HTTPResponse.Status = error != nil ? .unprocessableContent : hindrance != nil ? .conflict : .ok
        let frame = context.frame(pageCode: "A-25", current: .administration)
        return .page(MergerPage.html(model, in: frame), status: status)
    }
}

/// The questions about a change of a calendar.
struct CalendarForm: Sendable {
    var kind = ""
    var day = FieldPart.TypedDate()
    var made = FieldPart.TypedDate()
    var reason = ""
    var hours = ""
    var errors: [String: String] = [:]

    private static let kinds = [
        FieldPart.Choice("off", "Nghỉ thêm một ngày"),
        FieldPart.Choice("work", "Làm việc một ngày nghỉ"),
        FieldPart.Choice("swap", "Hoán đổi: nghỉ một ngày, làm bù ngày khác"),
        FieldPart.Choice("morning", "Chỉ làm buổi sáng"),
        FieldPart.Choice("afternoon", "Chỉ làm buổi chiều"),
        FieldPart.Choice("remove", "Bỏ thay đổi riêng của một ngày"),
        FieldPart.Choice("hours", "Đổi giờ làm việc"),
    ]

    init() {}

    init(_ form: FormFields) {
        func date(_ name: String) -> FieldPart.TypedDate {
            FieldPart.TypedDate(
                day: form.trimmed("\(name).day") ?? "",
                month: form.trimmed("\(name).month") ?? "",
                year: form.trimmed("\(name).year") ?? ""
            )
        }
        kind = form["kind"] ?? ""
        (day, made) = (date("day"), date("made"))
        reason = VietnameseText.tidy(form["reason"] ?? "")
        hours = (form.trimmed("hours") ?? "").filter { !$0.isWhitespace }
    }

    /// The change; nil when something is missing, which then stands in `errors`.
    mutating func edit() -> CalendarEdit? {
        errors = [:]
        guard Self.kinds.contains(where: { $0.value == kind }) else {
            errors["kind"] = "Chọn loại thay đổi"
            return nil
        }
        if kind == "hours" {
            if hours.isEmpty { errors["hours"] = "Nhập giờ làm việc, ví dụ 07:30-11:30,13:30-17:00" }
            return hours.isEmpty ? nil : .hours(hours)
        }
        let first = Self.date(day)
        if first == nil { errors["day"] = "Nhập một ngày có thật, ví dụ 02 09 2026" }
        if kind != "remove", reason.isEmpty { errors["reason"] = "Nhập lý do" }
        if reason.count > CalendarEdit.reasonLimit {
            errors["reason"] = "Lý do không quá \(CalendarEdit.reasonLimit) ký tự"
        }
        let second = Self.date(made)
        if kind == "swap", second == nil { errors["made"] = "Nhập ngày làm bù có thật" }
        guard errors.isEmpty, let first else { return nil }
        switch kind {
        case "off": return .off(first, reason: reason)
        case "work": return .work(first, reason: reason)
        case "morning", "afternoon": return .half(first, morning: kind == "morning", reason: reason)
        case "remove": return .remove(first)
        default: return second.map { .swap(off: first, work: $0, reason: reason) }
        }
    }

    /// The questions as they are drawn.
    var parts: [FieldPart] {
        [
            FieldPart("kind", "Loại thay đổi", error: errors["kind"], .radios(Self.kinds, chosen: kind)),
            FieldPart("day", "Ngày", hint: "Ngày nghỉ khi hoán đổi", error: errors["day"], .date(day)),
            FieldPart(
                "made",
                "Ngày làm bù",
                hint: "Chỉ khi hoán đổi",
                error: errors["made"],
                isOptional: true,
                .date(made)
            ),
            FieldPart(
                "reason",
                "Lý do",
                hint: "Theo văn bản nào; không cần khi đổi giờ",
                error: errors["reason"],
                isOptional: true,
                .text(reason)
            ),
            FieldPart(
                "hours",
                "Giờ làm việc thứ Hai đến thứ Sáu",
                hint: "Chỉ khi đổi giờ, ví dụ 07:30-11:30,13:30-17:00",
                error: errors["hours"],
                isOptional: true,
                .text(hours, width: .half)
            ),
        ]
    }

    /// As it is sent again by the preview.
    var answers: [(name: String, value: String)] {
        [
            ("kind", kind), ("day.day", day.day), ("day.month", day.month), ("day.year", day.year),
            ("made.day", made.day), ("made.month", made.month), ("made.year", made.year), ("reason", reason),
            ("hours", hours),
        ]
    }

    private static func date(_ typed: FieldPart.TypedDate) -> LocalDate? {
        guard let day = Int(typed.day), let month = Int(typed.month), let year = Int(typed.year) else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }
}
