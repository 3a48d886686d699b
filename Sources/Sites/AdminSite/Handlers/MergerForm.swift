// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup
import Organisation
import Site
import Web

/// From which page a merger begins, and who may take over there.
struct MergerScene: Sendable {
    /// The body that ends.
    let name: String
    let isUnit: Bool
    let action: String
    let backHref: String
    /// Who may take over, by the text that the form sends.
    let successors: [FieldPart.Choice]
    /// Turns the texts of a form into the bodies of a plan; nil for a text that is none of the administrator's.
    let bodies: @Sendable (_ others: [String], _ successor: String?) -> Restructuring.Bodies?
    private let agency: AgencyCode

    /// An agency, merged with others of its kind and level that the administrator administers.
    init(_ found: AdministeredAgency, of top: AgencyCode) {
        let (agency, snapshot) = (found.agency, found.snapshot)
        let own = snapshot.agencies(atOrBelow: top).filter { $0.validTo == nil }
        let alike = own.filter { $0.code != agency.code && $0.kind == agency.kind && $0.level == agency.level }
        (name, isUnit, self.agency) = (agency.name, false, agency.code)
        action = SiteURL.agencyMerger(agency.code.text).path
        backHref = SiteURL.agency(agency.code.text).path
        successors = alike.map { FieldPart.Choice($0.code.text, $0.name) }
        let codes = Set(own.map(\.code))
        bodies = { others, successor in
            let named = others.compactMap { AgencyCode($0) }.filter(codes.contains)
            let heir = successor.flatMap { AgencyCode($0) }
            guard named.count == others.count, successor == nil || heir.map(codes.contains) ?? false else { return nil }
            return .agencies([agency.code] + named, into: heir)
        }
    }

    /// A unit, merged with others of its agency.
    init(_ found: AdministeredUnit) {
        let unit = found.unit
        let alike = found.snapshot.units(of: unit.agency).filter { $0.id != unit.id }
        (name, isUnit, agency) = (unit.name, true, unit.agency)
        action = SiteURL.unitMerger(unit.id.rawValue).path
        backHref = SiteURL.unit(unit.id.rawValue).path
        successors = alike.map { FieldPart.Choice($0.id.rawValue, $0.name) }
        let ids = Set(alike.map(\.id))
        bodies = { others, successor in
            let heir = successor.flatMap { OrgUnitID(rawValue: $0) }
            guard others.isEmpty, successor == nil || heir.map(ids.contains) ?? false else { return nil }
            return .units([unit.id], into: heir)
        }
    }

    /// Where the administrator goes when it is done.
    func resultAgency(of plan: Restructuring) -> AgencyCode {
        if case .agencies(_, let successor?) = plan.bodies { successor } else { agency }
    }
}

/// The questions about a merger: what was typed, what is wrong with it.
struct MergerForm: Sendable {
    var others = ""
    var successor = ""
    var day = FieldPart.TypedDate()
    var basis = ""
    /// What is wrong, by the id of the field.
    var errors: [String: String] = [:]

    static let names: Set<String> = ["sources", "successor", "day", "basis"]
    /// What is chosen where nobody takes over.
    private static let nobody = "-"

    init() {}

    init(_ form: FormFields) {
        others = form["sources"] ?? ""
        successor = form["successor"] ?? ""
        day = FieldPart.TypedDate(
            day: form.trimmed("day.day") ?? "",
            month: form.trimmed("day.month") ?? "",
            year: form.trimmed("day.year") ?? ""
        )
        basis = VietnameseText.tidy(form["basis"] ?? "")
    }

    /// The plan; nil when something is missing, which then stands in `errors`.
    mutating func plan(in scene: MergerScene) -> Restructuring? {
        errors = [:]
        let codes = others.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
        if successor.isEmpty { errors["successor"] = "Chọn nơi tiếp nhận, hoặc chọn đóng mà không có nơi tiếp nhận" }
        let parts = [day.year, day.month, day.day].map { Int($0) ?? 0 }
        let date = LocalDate(year: parts[0], month: parts[1], day: parts[2])
        if date == nil { errors["day"] = "Nhập ngày hiệu lực có thật, ví dụ 01 10 2026" }
        if basis.isEmpty { errors["basis"] = "Nhập số, ký hiệu văn bản quyết định" }
        if basis.count > Restructuring.basisLimit {
            errors["basis"] = "Số, ký hiệu văn bản không quá \(Restructuring.basisLimit) ký tự"
        }
        let heir = successor == Self.nobody ? nil : successor
        let bodies = successor.isEmpty ? nil : scene.bodies(codes, heir)
        if bodies == nil, errors["successor"] == nil {
            errors["sources"] = codes.isEmpty ? nil : "Chỉ ghi mã của cơ quan đang hoạt động do Ông/Bà quản trị"
            if codes.isEmpty { errors["successor"] = "Chọn nơi tiếp nhận trong danh sách" }
        }
        guard errors.isEmpty, let date, let bodies else { return nil }
        return Restructuring(bodies, from: date, basis: basis)
    }

    /// The questions as they are drawn.
    func parts(in scene: MergerScene) -> [FieldPart] {
        var parts = [
            FieldPart(
                "successor",
                "Nơi tiếp nhận",
                hint: "Nhận hồ sơ, cán bộ và việc đang làm",
                error: errors["successor"],
                .select(
                    scene.successors + [FieldPart.Choice(Self.nobody, "Không có: đóng hẳn khi không còn việc")],
                    chosen: successor
                )
            )
        ]
        if !scene.isUnit {
            parts.append(
                FieldPart(
                    "sources",
                    "Mã các cơ quan khác cùng sáp nhập",
                    hint: "Mỗi dòng một mã; để trống nếu chỉ có cơ quan này",
                    error: errors["sources"],
                    isOptional: true,
                    .longText(others, limitCharacters: 800, rows: 3)
                )
            )
        }
        return parts + [
            FieldPart(
                "day",
                "Ngày hiệu lực",
                hint: "Ngày đầu tiên nơi tiếp nhận làm việc thay, ví dụ 01 10 2026",
                error: errors["day"],
                .date(day)
            ),
            FieldPart(
                "basis",
                "Văn bản quyết định",
                hint: "Ví dụ: Nghị quyết 1654/NQ-UBTVQH15. Người dân đọc được ở tiến độ hồ sơ.",
                error: errors["basis"],
                .text(basis)
            ),
        ]
    }

    /// As it is sent again by the preview.
    var answers: [(name: String, value: String)] {
        [
            ("successor", successor), ("sources", others), ("day.day", day.day), ("day.month", day.month),
            ("day.year", day.year), ("basis", basis),
        ]
    }
}

/// A merger as pages say it.
struct MergerWords: Sendable {
    let snapshot: OrganisationSnapshot

    /// `Ủy ban nhân dân xã A vào Ủy ban nhân dân xã B`.
    func title(of plan: Restructuring) -> String {
        let (ending, successor) = names(of: plan)
        return successor.map { "\(ending.joined(separator: ", ")) vào \($0)" }
            ?? "Đóng \(ending.joined(separator: ", "))"
    }

    func facts(of plan: Restructuring) -> [SummaryRow] {
        let (ending, successor) = names(of: plan)
        return [
            SummaryRow("Kết thúc hoạt động", ending.joined(separator: ", ")),
            SummaryRow("Nơi tiếp nhận", successor ?? "Không có"),
            SummaryRow("Ngày hiệu lực", plan.day.vietnamese),
            SummaryRow("Văn bản quyết định", plan.basis),
        ]
    }

    func chapters(of preview: RestructuringPreview) -> [MergerPage.Chapter] {
        let effects = preview.effects
        var chapters = [
            MergerPage.Chapter(
                "Cán bộ chuyển đi, phải đăng nhập lại",
                effects.officers.map { move in
                    let unit = snapshot.unit(move.unit)?.name ?? ""
                    return "\(move.officer.fullName), \(RoleWords.list(move.officer.roles)): sang \(unit)"
                }
            ),
            MergerPage.Chapter("Đơn vị", effects.units.map(words)),
        ]
        if !preview.plan.endingAgencies.isEmpty {
            chapters += [
                MergerPage.Chapter("Cơ quan trực thuộc đổi cấp trên", effects.children.map(\.name)),
                MergerPage.Chapter(
                    "Lịch làm việc khác nơi tiếp nhận",
                    effects.otherCalendars.map { code in
                        let name = snapshot.agency(code)?.name ?? code.text
                        return "\(name): hồ sơ đang làm giữ hạn đã hẹn, hồ sơ mới theo lịch của nơi tiếp nhận"
                    }
                ),
            ]
        }
        let signers = preview.signingKeys
        chapters.append(
            MergerPage.Chapter(
                "Chứng thư số",
                signers == 0
                    ? []
                    : ["\(signers) cán bộ chuyển đi còn chứng thư số: đổi chứng thư theo tên cơ quan mới trước khi ký"]
            )
        )
        return chapters
    }

    private func words(_ passing: UnitPassing) -> String {
        let name = snapshot.unit(passing.unit)?.name ?? ""
        if let successor = passing.successor.flatMap({ snapshot.unit($0)?.name }) { return "\(name): vào \(successor)" }
        if passing.to != passing.from { return "\(name): chuyển nguyên sang nơi tiếp nhận" }
        return "\(name): đóng"
    }

    private func names(of plan: Restructuring) -> (ending: [String], successor: String?) {
        switch plan.bodies {
        case .agencies(let codes, let successor):
            (codes.map { snapshot.agency($0)?.name ?? $0.text }, successor.map { snapshot.agency($0)?.name ?? $0.text })
        case .units(let ids, let successor):
            (ids.compactMap { snapshot.unit($0)?.name }, successor.flatMap { snapshot.unit($0)?.name })
        }
    }
}
