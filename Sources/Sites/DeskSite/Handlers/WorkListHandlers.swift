// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web
import WorkingTime

/// The work list: one list, its whole state in the address, the most urgent first.
struct WorkListHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        routes.get(.workList, for: .anyOfficer, rule: "own agency's dossiers", list)
        routes.get(.search, for: .anyOfficer, rule: "own agency's dossiers") { _, context in
            .seeOther(SiteURL.workList.path([("q", context.query.text("q")), ("loc", "tat-ca")]))
        }
    }

    /// What the filter word in the address stands for.
    private func queues(_ word: String?, _ context: OfficerContext) -> [WorkQueue] {
        switch word {
        case "tat-ca": return WorkQueue.allCases.filter { $0 != .ended }
        case "da-xong": return [.ended]
        case let word?: return WorkQueue(rawValue: word).map { [$0] } ?? []
        case nil: return WorkQueue.own(context.actor.roles)
        }
    }

    /// The filter of what this officer was asked on.
    static let consultationWord = "y-kien"
    /// The filter of what lies with the unit of its head.
    static let unitWord = "don-vi"

    private func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        if context.query.text("loc") == Self.consultationWord { return try await consultations(context) }
        if context.query.text("loc") == Self.unitWord, context.actor.roles.contains(.unitHead) {
            return try await unit(context, UnitAttempt(flash: flash(context.query.text("bao"))))
        }
        let (word, query) = (context.query.text("loc"), context.query.text("q") ?? "")
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let list = try await services.dossiers.workList(
            of: context.actor,
            queues: queues(word, context),
            search: query,
            after: after
        )
        let chips = list.rows.items.map { DossierWords.chip($0.status, $0.dueAt, context.now) }
        var model = WorkListPage.Model(
            title: title(word),
            filters: filters(list, word, context),
            counts: counts(chips),
            groups: groups(list.rows.items, chips),
            searchAction: SiteURL.workList.path,
            query: query,
            bulkActs: [],
            bulkAction: SiteURL.workList.path,
            key: services.random.formKey(),
            flash: flash(context.query.text("bao")),
            shownWord: list.rows.items.isEmpty ? "Không có hồ sơ" : "\(list.rows.items.count) hồ sơ",
            firstHref: after == nil ? nil : SiteURL.workList.path([("loc", word), ("q", query.isEmpty ? nil : query)]),
            nextHref: list.rows.next.map { next in
                SiteURL.workList.path([("loc", word), ("q", query.isEmpty ? nil : query), ("sau", next.text)])
            }
        )
        model.standing = standing(context)
        return .page(WorkListPage.html(model, in: context.frame(pageCode: "D-16", current: .workList)))
    }

    private func title(_ word: String?) -> String {
        switch word {
        case "tat-ca": "Tất cả hồ sơ đang mở"
        case "da-xong": "Hồ sơ đã kết thúc"
        case let word?: WorkQueue(rawValue: word)?.vietnamese ?? "Việc của tôi"
        case nil: "Việc của tôi"
        }
    }

    func filters(_ list: WorkList, _ word: String?, _ context: OfficerContext) -> [NavigationItem] {
        let own = WorkQueue.own(context.actor.roles).reduce(0) { $0 + (list.counts[$1] ?? 0) }
        let mine = NavigationItem(
            "Việc của tôi",
            href: SiteURL.workList.path,
            isCurrent: word == nil,
            count: own
        )
        // Where results are issued with the signature there is no such pile.
        let hasClerk = services.dossiers.clerkIssues(context.officer.agency) || (list.counts[.issuing] ?? 0) > 0
        let shown = WorkQueue.allCases.filter { $0 != .ended && ($0 != .issuing || hasClerk) }
        let piles = shown.map { queue in
            NavigationItem(
                queue.vietnamese,
                href: SiteURL.workList.path([("loc", queue.rawValue)]),
                isCurrent: word == queue.rawValue,
                count: list.counts[queue] ?? 0
            )
        }
        let all = NavigationItem(
            "Tất cả đang mở",
            href: SiteURL.workList.path([("loc", "tat-ca")]),
            isCurrent: word == "tat-ca",
            count: list.counts.values.reduce(0, +)
        )
        let unit =
            context.actor.roles.contains(.unitHead)
            ? [
                NavigationItem(
                    "Đơn vị tôi",
                    href: SiteURL.workList.path([("loc", Self.unitWord)]),
                    isCurrent: word == Self.unitWord
                )
            ] : []
        let substitutes =
            context.officer.roles.isDisjoint(with: Substitution.roles)
            ? [] : [NavigationItem("Người làm thay", href: SiteURL.ownSubstitutes.path)]
        let books =
            context.actor.roles.isDisjoint(with: [.recordsClerk, .leader])
            ? [] : [NavigationItem("Sổ kết quả", href: SiteURL.documentRegister.path)]
        let refunds =
            !context.actor.roles.isDisjoint(with: [.deskOfficer, .unitHead, .leader])
            ? [NavigationItem("Chờ hoàn tiền", href: SiteURL.refunds.path)] : []
        guard list.consultations > 0 || !context.actor.roles.isDisjoint(with: [.specialist, .unitHead]) else {
            return [mine] + unit + piles + [all] + refunds + books + substitutes
        }
        let asked = NavigationItem(
            "Được hỏi ý kiến",
            href: SiteURL.workList.path([("loc", Self.consultationWord)]),
            isCurrent: word == Self.consultationWord,
            count: list.consultations
        )
        return [mine, asked] + unit + piles + [all] + refunds + books + substitutes
    }

    func counts(_ chips: [DeadlineChip]) -> [WorkListPage.UrgencyCount] {
        var (overdue, today) = (0, 0)
        for chip in chips {
            switch chip {
            case .overdue: overdue += 1
            case .dueToday: today += 1
            default: break
            }
        }
        return [
            WorkListPage.UrgencyCount(label: "Quá hạn", count: overdue, href: "#qua-han", tone: .bad),
            WorkListPage.UrgencyCount(label: "Đến hạn hôm nay", count: today, href: "#den-han", tone: .warn),
        ].filter { $0.count > 0 }
    }

    /// Grouped by urgency, in the list's own order (ux.md §5.1).
    private func groups(_ rows: [WorkListRow], _ chips: [DeadlineChip]) -> [WorkListPage.UrgencyGroup] {
        let titles = ["Quá hạn", "Sắp đến hạn", "Chưa đến hạn", "Không tính hạn"]
        var lines: [[WorkListPage.WorkLine]] = titles.map { _ in [] }
        for (row, chip) in zip(rows, chips) {
            let group =
                switch chip {
                case .overdue: 0
                case .dueToday, .left(workingDays: 0...1): 1
                case .left: 2
                default: 3
                }
            lines[group].append(
                WorkListPage.WorkLine(
                    id: row.code.text,
                    code: row.code,
                    procedureName: row.procedureName,
                    applicantName: row.applicantName,
                    stepWord: row.stepName ?? row.queue.vietnamese,
                    limitWord: "nộp \(row.submittedAt.vietnamese)",
                    deadline: chip,
                    dueAt: row.dueAt,
                    href: SiteURL.workItem(row.code.text).path
                )
            )
        }
        return zip(titles, lines).filter { !$1.isEmpty }.map { WorkListPage.UrgencyGroup(title: $0, lines: $1) }
    }

    private func flash(_ word: String?) -> String? {
        switch word {
        case "tiep-nhan": "Đã tiếp nhận hồ sơ. Giấy tiếp nhận đã gửi cho người nộp."
        case "bo-sung": "Đã gửi yêu cầu bổ sung."
        case "tu-choi": "Đã gửi thông báo từ chối tiếp nhận."
        case "trinh-ky": "Đã chuyển hồ sơ sang bước tiếp theo."
        case "tra-ket-qua": "Đã trả kết quả."
        case "tra-lai": "Đã trả lại bước trước."
        case "phat-hanh": "Đã phát hành kết quả. Kết quả đã vào sổ, người nộp được báo."
        case "tra-chu-ky": "Đã trả lại người ký. Chữ ký đó không còn giá trị."
        case "chuyen-co-quan": "Đã chuyển hồ sơ tới cơ quan khác."
        case "dung": "Đã dừng xử lý hồ sơ."
        case "y-kien": "Đã gửi ý kiến cho cơ quan hỏi."
        case "phan-cong": "Đã phân công."
        default: nil
        }
    }

    // MARK: - Being asked

    /// What this officer's agency or unit was asked, the most urgent first, and what it answered last.
    private func consultations(_ context: OfficerContext) async throws -> Response {
        let after = context.query.text("sau").flatMap { Keyset($0, count: 1) }
        let asked = try await services.dossiers.consultationList(of: context.actor, after: after)
        let counts = try await services.dossiers.workList(of: context.actor, queues: [.intake], limit: 1)
        func line(_ row: ConsultationRow) -> WorkListPage.WorkLine {
            let state = row.consultation.state
            return WorkListPage.WorkLine(
                id: state.id.rawValue,
                code: row.code,
                procedureName: row.procedureName,
                applicantName: row.askerName,
                stepWord: row.subject,
                limitWord: state.outcome?.vietnamese ?? "hỏi \(state.askedAt.vietnamese)",
                deadline: state.isOpen ? DossierWords.chip(.processing, state.dueAt, context.now) : .over,
                dueAt: state.dueAt,
                href: SiteURL.workConsultation(row.code.text, id: state.id.rawValue).path
            )
        }
        let groups = [
            WorkListPage.UrgencyGroup(title: "Chờ trả lời", lines: asked.waiting.items.map(line)),
            WorkListPage.UrgencyGroup(title: "Đã trả lời gần đây", lines: asked.answered.map(line)),
        ]
        let (word, shown) = (Self.consultationWord, asked.waiting.items.count)
        let model = WorkListPage.Model(
            title: "Được hỏi ý kiến",
            filters: filters(counts, word, context),
            counts: [],
            groups: groups.filter { !$0.lines.isEmpty },
            searchAction: SiteURL.workList.path,
            query: "",
            bulkActs: [],
            bulkAction: SiteURL.workList.path,
            key: services.random.formKey(),
            whoTitle: "Cơ quan hỏi",
            stepTitle: "Nội dung",
            flash: flash(context.query.text("bao")),
            shownWord: shown == 0 ? "Không có câu hỏi chờ trả lời" : "\(shown) câu hỏi",
            firstHref: after == nil ? nil : SiteURL.workList.path([("loc", word)]),
            nextHref: asked.waiting.next.map { SiteURL.workList.path([("loc", word), ("sau", $0.text)]) }
        )
        return .page(WorkListPage.html(model, in: context.frame(pageCode: "D-16", current: .workList)))
    }
}
