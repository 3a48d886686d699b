// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Journal
import Kernel
import Markup
import Operations
import Organisation
import Site
import Storage
import Web

/// The state of the system, the queues and their dead letters.
struct SystemHandlers: Sendable {
    let services: AdminServices

    private static let rule = "administrators alone"
    /// A worker looks every second; what is due for five minutes waits for something else.
    private static let lateAfterSeconds: Int64 = 300

    func add(to routes: SiteRoutes) {
        routes.get(.administration, for: .officer(.administrator), rule: Self.rule, state)
        routes.get(.jobQueue, for: .officer(.administrator), rule: Self.rule) { _, context in
            let flash = context.query.text("bao") == "gui-lai" ? "Đã đưa vào hàng đợi để gửi lại." : nil
            return try await queue(context, Attempt(flash: flash))
        }
        routes.post(.jobResending(PathSlot.job), for: .officer(.administrator), rule: Self.rule, resend)
    }

    // MARK: - The state

    private func state(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let state = try await services.system.state(for: context.actor)
        let isTop = SessionHandlers.mayEndEverySession(context, in: try await services.organisation.snapshot())
        let sample = try await sample()
        let model = SystemPage.Model(
            waiting: lines(state.outbox, context),
            deadCount: state.outbox.deadCount,
            queueHref: SiteURL.jobQueue.path,
            facts: [
                SummaryRow("Nhật ký sự kiện", "\(String(grouped: state.journal.size)) sự kiện"),
                SummaryRow("Gốc cây nhật ký", state.journal.root.hex),
                SummaryRow("Cơ sở dữ liệu", state.engine == .sqlite ? "SQLite" : "PostgreSQL"),
                SummaryRow("Cấu trúc dữ liệu", "\(state.migrations.count) bước đã áp dụng"),
                SummaryRow("Phiên đang mở", String(grouped: state.openSessions)),
            ],
            sample: sample,
            links: [
                NavigationItem("Thủ tục", href: SiteURL.managedProcedures.path),
                NavigationItem("Cơ quan và cán bộ", href: SiteURL.agencies.path),
                NavigationItem("Cơ quan của tôi", href: SiteURL.agency(context.officer.agency.text).path),
                NavigationItem("Mức độ dịch vụ công và lộ trình", href: SiteURL.levels.path),
                NavigationItem("Chi phí tuân thủ", href: SiteURL.complianceCosts.path),
                NavigationItem("Hàng đợi gửi", href: SiteURL.jobQueue.path),
                NavigationItem("Đề nghị đặt lại đăng nhập", href: SiteURL.resets.path),
            ] + (isTop ? [NavigationItem("Kết thúc mọi phiên đăng nhập", href: SiteURL.everySession.path)] : [])
        )
        return .page(SystemPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)))
    }

    /// What the sample data are; everything in their database is for trying, also what people filed there.
    private func sample() async throws -> [SummaryRow] {
        guard let origin = try await services.organisation.sampleData() else { return [] }
        let snapshot = try await services.organisation.snapshot()
        let dossiers = try await services.dossiers.count()
        let first = origin.loadedAt.date.vietnamese
        return [
            SummaryRow("Tỉnh mẫu", snapshot.agency(origin.province)?.name ?? origin.province.text),
            SummaryRow("Tạo bằng", "lệnh motcua \(origin.by), sự kiện đầu tiên ngày \(first)"),
            SummaryRow("Cơ quan", String(grouped: snapshot.agencies.count)),
            SummaryRow("Cán bộ", String(grouped: snapshot.everyOfficer.count)),
            SummaryRow("Hồ sơ", "\(String(grouped: dossiers)), tất cả là hồ sơ thử"),
        ]
    }

    private func lines(_ overview: OutboxOverview, _ context: OfficerContext) -> [WaitingLine] {
        overview.waiting.map { waiting in
            WaitingLine(
                name: OperationWords.job(waiting.kind),
                count: waiting.count,
                oldest: waiting.oldest,
                isLate: context.now.seconds(since: waiting.oldest) >= Self.lateAfterSeconds
            )
        }
    }

    // MARK: - The queues

    /// What was done or tried on the page before it is drawn.
    private struct Attempt {
        var flash: String?
        var job: JobID?
        var reason = ""
        var refusal: OutboxRefusal?
    }

    private func resend(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let job: JobID = try context.pathID(PathSlot.job)
        let reason = form[Self.reasonField(job)] ?? ""
        do {
            try await services.outbox.resend(job, reason: reason, by: context.actor)
            return .seeOther(SiteURL.jobQueue.path([("bao", "gui-lai")]))
        } catch let refusal as OutboxRefusal where refusal != .notAllowed {
            return try await queue(context, Attempt(job: job, reason: reason, refusal: refusal))
        }
    }

    private func queue(_ context: OfficerContext, _ attempt: Attempt) async throws -> Response {
        let last = context.query.text("sau").flatMap { JobID(rawValue: $0) }
        let queue = try await services.outbox.queue(after: last, for: context.actor)
        let blamed = attempt.refusal?.field == nil ? nil : queue.letters.first { $0.job.id == attempt.job }?.job.id
        let model = QueuePage.Model(
            waiting: lines(queue.overview, context),
            letters: queue.letters.map { letter($0, blamed == $0.job.id ? attempt : Attempt(), after: last) },
            deadCount: queue.overview.deadCount,
            flash: attempt.flash,
            hindrance: blamed == nil ? attempt.refusal?.publicDetail : nil,
            firstHref: last == nil ? nil : SiteURL.jobQueue.path,
            nextHref: queue.next.map { SiteURL.jobQueue.path([("sau", $0.rawValue)]) },
            backHref: SiteURL.administration.path
        )
        let frame = context.frame(pageCode: "A-25", current: .administration)
        let status = attempt.refusal.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        return .page(QueuePage.html(model, in: frame), status: status)
    }

    private func letter(_ letter: DeadLetter, _ attempt: Attempt, after last: JobID?) -> QueuePage.Letter {
        let id = letter.job.id
        let failures = letter.history.filter { !$0.outcome.hasPrefix("resend: ") }
        let words = OperationWords.cause(failures.last?.outcome ?? "lease ran out")
        return QueuePage.Letter(
            id: id.rawValue,
            name: OperationWords.job(letter.job.kind),
            firstDueAt: letter.firstDueAt,
            cause: words.cause,
            advice: words.advice,
            history: letter.history.map { .init(at: $0.at, words: OperationWords.outcome($0.outcome)) },
            reasonField: FieldPart(
                Self.reasonField(id),
                "Lý do gửi lại",
                hint: "Đã sửa gì. Không ghi thông tin riêng của người dân",
                error: attempt.refusal?.publicDetail,
                .longText(attempt.reason, limitCharacters: OutboxService.reasonLimit, rows: 2)
            ),
            action: SiteURL.jobResending(id.rawValue).path([("sau", last?.rawValue)])
        )
    }

    /// The name of a letter's field: several stand on one page.
    private static func reasonField(_ job: JobID) -> String { "reason.\(job.rawValue)" }
}
