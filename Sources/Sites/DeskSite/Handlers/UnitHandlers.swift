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
import WorkingTime

/// What was tried before the list of a unit is drawn again.
struct UnitAttempt {
    var flash: String?
    var isWarning = false
    /// Why some were left out, by code.
    var failures: [DossierCode: DossierRefusal] = [:]
    var picked: Set<DossierCode> = []
    var officer: String?
    var reason = ""
    var officerError: String?
    var reasonError: String?
}

/// The head of a unit shares out its work: to one officer, evenly, or back to the pile.
struct UnitHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        let rule = "own unit's dossiers, officers of the own unit"
        routes.post(.unitAssignment, for: .officer(.unitHead), rule: rule, assign)
    }

    private func assign(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let list = WorkListHandlers(services: services)
        let picked = form.all("pick").compactMap(Self.picked)
        var attempt = UnitAttempt(
            picked: Set(picked.map(\.code)),
            officer: form["officer"],
            reason: form.trimmed("reason") ?? ""
        )
        guard !picked.isEmpty, picked.count <= DossierService.assignmentLimit else {
            attempt.isWarning = true
            attempt.flash =
                picked.isEmpty
                ? "Chưa phân công hồ sơ nào. Chọn hồ sơ rồi bấm phân công."
                : "Mỗi lần phân công không quá \(DossierService.assignmentLimit) hồ sơ."
            return try await list.unit(context, attempt, status: .unprocessableContent)
        }
        let workers = try await list.workers(context)
        let way: AssignmentWay
        switch form["_act"] {
        case "chia-deu": way = .evenly(workers.map(\.id))
        case "de-chung": way = .unit
        default:
            guard let chosen = workers.first(where: { $0.id.rawValue == attempt.officer }) else {
                attempt.officerError = "Chọn cán bộ nhận việc"
                return try await list.unit(context, attempt, status: .unprocessableContent)
            }
            way = .officer(chosen.id)
        }
        let reason = attempt.reason.isEmpty ? nil : attempt.reason
        attempt.failures = try await services.dossiers.assign(picked, way, reason: reason, by: context.actor)
        guard !attempt.failures.isEmpty else {
            return .seeOther(SiteURL.workList.path([("loc", WorkListHandlers.unitWord), ("bao", "phan-cong")]))
        }
        let done = picked.count - attempt.failures.count
        attempt.picked = Set(attempt.failures.keys)
        attempt.isWarning = true
        attempt.flash =
            "Đã phân công \(done) hồ sơ. \(attempt.failures.count) hồ sơ chưa phân công được, lý do ghi ở dòng."
        attempt.reasonError = attempt.failures.values.first { $0.field == "reason" }?.publicDetail
        return try await list.unit(context, attempt, status: .unprocessableContent)
    }

    /// A box of the list: the code and the version that was seen.
    private static func picked(_ text: String) -> PickedWork? {
        let parts = text.split(separator: "@")
        guard parts.count == 2, let code = DossierCode(String(parts[0])), let version = Int(parts[1]) else {
            return nil
        }
        return PickedWork(code: code, version: version)
    }
}

extension WorkListHandlers {
    /// The officers of the head's unit to whom work may be given, by given name.
    func workers(_ context: OfficerContext) async throws -> [Officer] {
        try await services.organisation.officers(of: context.officer.agency).filter {
            $0.unit == context.officer.unit && !$0.roles.isDisjoint(with: [.deskOfficer, .specialist])
        }
    }

    /// The open dossiers of the unit, who has how much, and the form that shares them out.
    func unit(
        _ context: OfficerContext,
        _ attempt: UnitAttempt,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let known = try await services.organisation.snapshot()
        let unit = known.unit(context.officer.unit)
        let work = try await services.dossiers.unitWork(
            of: context.actor,
            isDesk: unit?.isOneStopDesk ?? false,
            after: after
        )
        let counts = try await services.dossiers.workList(of: context.actor, queues: [.intake], limit: 1)
        let (word, workers) = (Self.unitWord, try await workers(context))
        let rows = work.rows.items
        let lines = rows.map { line($0, known, attempt, context.now) }
        let model = WorkListPage.Model(
            title: unit?.name ?? "Đơn vị tôi",
            filters: filters(counts, word, context),
            counts: [],
            groups: lines.isEmpty ? [] : [WorkListPage.UrgencyGroup(title: "Hồ sơ đang mở", lines: lines)],
            searchAction: SiteURL.workList.path,
            query: "",
            bulkActs: [
                WorkListPage.BulkAct(label: "Phân công", value: "phan-cong"),
                WorkListPage.BulkAct(label: "Chia đều theo số việc", value: "chia-deu"),
                WorkListPage.BulkAct(label: "Để chung trong đơn vị", value: "de-chung"),
            ],
            bulkAction: SiteURL.unitAssignment.path,
            key: services.random.formKey(),
            bulkFields: fields(workers, attempt),
            overview: overview(workers, work),
            whoTitle: "Đang giữ",
            flash: attempt.flash,
            isWarning: attempt.isWarning,
            shownWord: rows.isEmpty ? "Không có hồ sơ" : "\(rows.count) hồ sơ",
            firstHref: after == nil ? nil : SiteURL.workList.path([("loc", word)]),
            nextHref: work.rows.next.map { SiteURL.workList.path([("loc", word), ("sau", $0.text)]) }
        )
        let frame = context.frame(pageCode: "D-16", current: .workList)
        return .page(WorkListPage.html(model, in: frame), status: status)
    }

    /// For whom this officer stands in today, and who for her.
    func standing(_ context: OfficerContext) -> [String] {
        // The session was read with it a moment ago.
        guard let known = services.organisation.lastSnapshot else { return [] }
        let own = context.officer.id
        return known.substitutions(with: own, from: context.now.date).filter { $0.isInForce(on: context.now.date) }
            .map { one in
                let other = known.officer(one.officer == own ? one.substitute : one.officer)
                let name = other.map { "\($0.fullName), \($0.position)" } ?? "Không rõ"
                let time = "đến hết ngày \(one.lastDay.vietnamese)"
                return one.officer == own
                    ? "\(name), đang làm thay Ông/Bà \(time). Vai trò: \(one.role.vietnamese)."
                    : "Ông/Bà đang làm thay \(name), \(time). Vai trò: \(one.role.vietnamese)."
            }
    }

    private func line(
        _ row: WorkListRow,
        _ known: OrganisationSnapshot,
        _ attempt: UnitAttempt,
        _ now: Instant
    ) -> WorkListPage.WorkLine {
        WorkListPage.WorkLine(
            id: "\(row.code.text)@\(row.version)",
            code: row.code,
            procedureName: row.procedureName,
            applicantName: row.assignee.map { known.officer($0)?.fullName ?? "Không rõ" } ?? "Chưa phân công",
            stepWord: row.stepName ?? row.queue.vietnamese,
            limitWord: "nộp \(row.submittedAt.vietnamese)",
            deadline: DossierWords.chip(row.status, row.dueAt, now),
            dueAt: row.dueAt,
            href: SiteURL.workItem(row.code.text).path,
            isPicked: attempt.picked.contains(row.code),
            failure: attempt.failures[row.code]?.publicDetail
        )
    }

    private func fields(_ workers: [Officer], _ attempt: UnitAttempt) -> [FieldPart] {
        let choices = workers.map { FieldPart.Choice($0.id.rawValue, "\($0.fullName), \($0.position)") }
        return [
            FieldPart(
                "officer",
                "Cán bộ nhận việc",
                hint: "Không cần chọn khi chia đều hoặc để chung",
                error: attempt.officerError,
                isOptional: true,
                .select(choices, chosen: attempt.officer)
            ),
            FieldPart(
                "reason",
                "Lý do",
                hint: "Phải ghi khi lấy việc từ một cán bộ đang giữ. Người nộp không đọc câu này.",
                error: attempt.reasonError,
                isOptional: true,
                .text(attempt.reason)
            ),
        ]
    }

    private func overview(_ workers: [Officer], _ work: UnitWork) -> HTML {
        var rows = workers.map { officer in (officer.fullName, work.loads[officer.id] ?? OfficerLoad()) }
        rows.append(("Chưa phân công", work.unassigned))
        let table = CardTable(
            labelledBy: "khoi-luong",
            columns: [.init("Cán bộ"), .init("Đang giữ")],
            lines: rows.map { CardTable.TableLine(["\($0.0)", "\($0.1.open) hồ sơ, quá hạn \($0.1.overdue)"]) }
        )
        return "<h2 id=\"khoi-luong\">Ai đang giữ bao nhiêu</h2>\(Parts.cardTable(table))"
    }
}
