// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Feedback
public import Identity
import Journal
public import Kernel
import Organisation
import Storage

/// Why a report is not shown or not decided.
public enum RetentionRefusal: Presentable, Hashable {
    case notAllowed
    case notFound
    case notPossible
    case reasonMissing
    case changedMeanwhile

    public var code: String {
        switch self {
        case .notAllowed: "retention-not-allowed"
        case .notFound: "retention-not-found"
        case .notPossible: "retention-not-possible"
        case .reasonMissing: "retention-reason-missing"
        case .changedMeanwhile: "retention-changed"
        }
    }

    public var status: Int {
        switch self {
        case .notAllowed: 403
        case .notFound: 404
        case .notPossible, .changedMeanwhile: 409
        case .reasonMissing: 422
        }
    }

    public var field: String? { self == .reasonMissing ? "reason" : nil }

    public var publicDetail: String? {
        switch self {
        case .notAllowed: "Chỉ cán bộ bảo vệ dữ liệu cá nhân của tỉnh quyết định việc xóa theo thời hạn lưu."
        case .notFound: "Không có báo cáo này."
        case .notPossible: "Báo cáo này đã được quyết định."
        case .reasonMissing: "Ghi lý do từ 10 đến 500 ký tự"
        case .changedMeanwhile: "Báo cáo vừa được người khác quyết định. Xem lại rồi làm tiếp."
        }
    }
}

/// Dossiers whose time is over: found by a job, decided by a person, erased by a job.
extension DataProtectionService {
    /// The most dossiers of one report: more are found by the next one.
    static let reportLimit = 5_000
    /// A new report after this time, unless one waits for its decision.
    static let reportEveryDays: Int64 = 30

    /// Makes a report when it is time and something is due; called by the worker.
    /// - Returns: the report; nil when there is none to make.
    @discardableResult
    public func makeRetentionReport() async throws -> RetentionReport? {
        let now = clock.now()
        let last = try await store.read { try RetentionTable.all(in: $0) }
        guard !last.contains(where: { $0.state == .waiting || $0.state == .approved }) else { return nil }
        if let newest = last.first, now < newest.madeAt.adding(days: Self.reportEveryDays) { return nil }
        let (due, unverified) = try await dossiers.pastRetention(limit: Self.reportLimit)
        guard !due.isEmpty || unverified > 0 && last.first?.unverified != unverified else { return nil }
        let report = RetentionReport(
            id: RetentionReportID(random),
            madeAt: now,
            state: due.isEmpty ? .done : .waiting,
            unverified: unverified,
            version: 1
        )
        let items = due.map { found in
            RetentionItem(
                dossier: found.state.id,
                code: found.state.code,
                procedure: found.state.procedure,
                agency: found.state.agency,
                endedAt: found.state.endedAt ?? found.state.submittedAt,
                years: found.years,
                source: found.source,
                files: found.files
            )
        }
        try await store.journalled { [self] transaction in
            try RetentionTable.insert(report, items, in: transaction)
            try append(
                "retentionReported",
                report,
                ["dossiers": .integer(Int64(items.count))],
                .system("data-protection"),
                in: transaction
            )
        }
        return report
    }

    /// The reports, the newest first.
    ///
    /// - Throws: `RetentionRefusal.notAllowed`.
    public func retentionReports(for actor: Actor) async throws -> [RetentionReport] {
        try await requireDecider(actor)
        return try await store.read { try RetentionTable.all(in: $0) }
    }

    /// A report with one page of its dossiers: what will be erased, or was.
    ///
    /// - Throws: `RetentionRefusal.notAllowed`, `.notFound`.
    public func retentionReport(
        _ id: RetentionReportID,
        for actor: Actor,
        after: Keyset? = nil,
        limit: Int = 50
    ) async throws -> RetentionPreview {
        try await requireDecider(actor)
        return try await store.read { transaction in
            guard let report = try RetentionTable.find(id, in: transaction) else { throw RetentionRefusal.notFound }
            let found = try RetentionTable.items(of: id, after: after, limit: limit + 1, in: transaction)
            let shown = Array(found.prefix(limit))
            let next = found.count > limit ? shown.last.map { Keyset(values: [], id: $0.code.text) } : nil
            let (total, erased) = try RetentionTable.counts(of: id, in: transaction)
            return RetentionPreview(
                report: report,
                items: Page(items: shown, next: next),
                total: total,
                erased: erased
            )
        }
    }

    /// Decides: everything that the report names is erased, or nothing by this report.
    ///
    /// - Throws: `RetentionRefusal`; `StoreError`.
    public func decide(
        _ id: RetentionReportID,
        isApproved: Bool,
        reason: String,
        seen version: Int,
        by actor: Actor
    ) async throws {
        try await requireDecider(actor)
        guard (10...500).contains(reason.count) else { throw RetentionRefusal.reasonMissing }
        let now = clock.now()
        try await store.journalled { [self] transaction in
            guard var report = try RetentionTable.find(id, in: transaction) else { throw RetentionRefusal.notFound }
            guard report.state == .waiting else { throw RetentionRefusal.notPossible }
            guard report.version == version else { throw RetentionRefusal.changedMeanwhile }
            (report.state, report.decidedAt) = (isApproved ? .approved : .dismissed, now)
            (report.decidedBy, report.reason, report.version) = (actor.officer, reason, version + 1)
            guard try RetentionTable.update(report, ifVersion: version, in: transaction) else {
                throw RetentionRefusal.changedMeanwhile
            }
            try append(isApproved ? "erasureApproved" : "erasureDismissed", report, [:], actor, in: transaction)
            if isApproved { try enqueue(Self.erasureJob, of: id, version: report.version, in: transaction) }
        }
    }

    /// Erases what an approved report still names, one dossier a transaction, so that a stop in the middle loses
    /// nothing, and a dossier is erased whole or not at all.
    func erase(_ id: RetentionReportID) async throws {
        let system = Actor.system("data-protection")
        while true {
            let (report, batch) = try await store.read { transaction in
                (
                    try RetentionTable.find(id, in: transaction),
                    try RetentionTable.remaining(of: id, limit: 100, in: transaction)
                )
            }
            guard var report, report.state == .approved else { return }
            guard !batch.isEmpty else {
                let now = clock.now()
                (report.state, report.doneAt) = (.done, now)
                report.version += 1
                let finished = report
                try await store.journalled { [self] transaction in
                    guard try RetentionTable.update(finished, ifVersion: finished.version - 1, in: transaction) else {
                        return
                    }
                    try append("erasureDone", finished, [:], system, in: transaction)
                }
                return
            }
            for item in batch { try await erase(item, of: report, system) }
        }
    }

    private func erase(_ item: RetentionItem, of report: RetentionReport, _ system: Actor) async throws {
        let now = clock.now()
        try await store.journalled { [self] transaction in
            // Kept after all, by a restriction or a longer limit: the report says so by leaving it out of the erased.
            let isErased = try dossiers.erase(item.dossier, in: transaction)
            guard isErased else {
                try RetentionTable.leaveOut(item.dossier, of: report.id, in: transaction)
                return
            }
            try feedback.eraseComment(of: item.dossier, in: transaction)
            try log.erasePersonal(of: "rating", id: item.dossier.rawValue, in: transaction)
            try RetentionTable.erased(item.dossier, of: report.id, at: now, in: transaction)
            let entry = JournalEntry(
                at: now,
                service: "data-protection",
                kind: "dossierErased",
                objectType: "erased-dossier",
                objectID: item.dossier.rawValue,
                actor: system.stamp,
                facts: ["report": .string(report.id.rawValue), "years": .integer(Int64(item.years))]
            )
            try log.append([entry], in: transaction)
        }
    }

    // MARK: - Inside

    private func requireDecider(_ actor: Actor) async throws {
        guard DataRequestPolicies.mayErase(actor, province: try await province()) else {
            throw RetentionRefusal.notAllowed
        }
    }

    private func append(
        _ kind: String,
        _ report: RetentionReport,
        _ facts: [String: JSONValue],
        _ actor: Actor,
        in transaction: Transaction
    ) throws {
        let entry = JournalEntry(
            at: clock.now(),
            service: "data-protection",
            kind: kind,
            objectType: "retention-report",
            objectID: report.id.rawValue,
            actor: actor.stamp,
            facts: .object(facts),
            personal: report.reason.map { ["reason": .string($0)] }
        )
        try log.append([entry], in: transaction)
    }
}
