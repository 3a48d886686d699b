// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Web

/// The citizen's own page: what needs her first, drafts, what is under way, what is over.
struct AccountHandlers: Sendable {
    let services: CitizenServices

    func add(to routes: SiteRoutes) {
        routes.get(.account, for: .citizen, rule: "own drafts and dossiers", account)
    }

    private func account(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let drafts = try await services.dossiers.drafts(of: context.actor).map { draft in
            let daysLeft = DossierDraft.daysLeft(until: draft.expiresAt, at: context.now)
            return AccountPage.DossierLine(
                procedureName: draft.procedureName,
                statusWord: daysLeft.map { $0 == 0 ? "Chưa nộp, xóa hôm nay" : "Chưa nộp, còn \($0) ngày" }
                    ?? "Chưa nộp",
                statusTone: daysLeft == nil ? .neutral : .warn,
                detail: "Lưu lúc \(draft.updatedAt.vietnamese), giữ đến \(draft.expiresAt.date.vietnamese)",
                href: SiteURL.draft(draft.id.rawValue).path,
                actLabel: "Tiếp tục"
            )
        }
        let rows = try await services.dossiers.dossiers(of: context.actor)
        let model = AccountPage.Model(
            name: context.account.identity.fullName,
            actingFor: context.actor.hat?.name,
            needsMe: rows.filter { Self.needsApplicant($0.state) }.map(line),
            drafts: drafts,
            processing: rows.filter {
                ($0.state.status.isOpen || $0.state.status == .decided) && !Self.needsApplicant($0.state)
            }
            .map(line),
            finished: rows.filter { !$0.state.status.isOpen && $0.state.status != .decided }.map(line),
            proceduresHref: SiteURL.procedures.path,
            dataLinks: [
                NavigationItem("Ai đã xem dữ liệu của tôi", href: SiteURL.accessRecords.path),
                NavigationItem("Yêu cầu về dữ liệu của tôi", href: SiteURL.dataRequests.path),
            ],
            devicesHref: SiteURL.devices.path,
            representationsHref: SiteURL.representations.path,
            flash: Self.flash(context.query.text("bao"))
        )
        return .page(AccountPage.html(model, in: context.frame(pageCode: "C-13", current: .account)))
    }

    private static func needsApplicant(_ state: DossierState) -> Bool {
        state.status == .awaitingSupplement || state.obligation == .due
    }

    private func line(_ row: ApplicantRow) -> AccountPage.DossierLine {
        let state = row.state
        let needs = Self.needsApplicant(state)
        return AccountPage.DossierLine(
            procedureName: row.procedureName,
            code: state.code.text,
            statusWord: needs && state.obligation == .due ? "Cần nộp tiền" : DossierWords.status(state.status),
            statusTone: needs ? .warn : DossierWords.tone(state.status),
            detail: detail(state),
            href: SiteURL.dossier(state.code.text).path,
            actLabel: needs ? (state.status == .awaitingSupplement ? "Bổ sung" : "Thanh toán") : nil
        )
    }

    private func detail(_ state: DossierState) -> String {
        if let delivered = state.deliveredAt { return "Trả kết quả lúc \(delivered.vietnamese)" }
        if let due = state.dueAt, state.status.isOpen { return "Hẹn trả \(due.vietnamese)" }
        return "Nộp lúc \(state.submittedAt.vietnamese)"
    }

    private static func flash(_ word: String?) -> String? {
        switch word {
        case "da-luu": "Đã lưu hồ sơ nháp."
        case "da-xoa": "Đã xóa hồ sơ nháp."
        case "doi-vai": "Đã đổi. Trang này chỉ có hồ sơ của người hoặc doanh nghiệp đang chọn ở đầu trang."
        default: nil
        }
    }
}
