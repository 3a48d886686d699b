// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import SignIn
import Site
import Web

/// One account: its roles, a new password, its end.
struct OfficerHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let (url, lock) = (SiteURL.officer(PathSlot.officer), SiteURL.officerLock(PathSlot.officer))
        routes.get(url, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            let found = try await services.officer(context)
            return try await page(found, context, Attempt(flash: flash(context)))
        }
        routes.post(url, for: .officer(.administrator), rule: AdminServices.rule, changeRoles)
        routes.get(lock, for: .officer(.administrator), rule: AdminServices.rule) { _, context in
            let found = try await services.officer(context)
            guard found.officer.isActive else { return .seeOther(SiteURL.officer(found.officer.id.rawValue).path) }
            return lockPage(found, try await leavingForm(found, nil), context, error: nil, hindrance: nil)
        }
        routes.post(lock, for: .officer(.administrator), rule: AdminServices.rule, disable)
        let reset = SiteURL.officerReset(PathSlot.officer)
        routes.post(reset, for: .officer(.administrator), rule: AdminServices.rule, askReset)
        let staff = SiteURL.officerStaff(PathSlot.officer)
        routes.post(staff, for: .officer(.administrator), rule: AdminServices.rule, changeStaff)
    }

    // MARK: - Roles

    private func changeRoles(
        _ form: FormFields,
        _ request: Request,
        _ context: OfficerContext
    ) async throws -> Response {
        let found = try await services.officer(context)
        let chosen = RoleWords.chosen(form)
        guard form["seen"] == Self.seen(found.officer) else {
            let words = "Vai trò vừa được một quản trị khác đổi. Dưới đây là vai trò đang có; xem lại rồi lưu."
            return try await page(found, context, Attempt(hindrance: words, status: .conflict))
        }
        do {
            try await services.organisation.setRoles(chosen, of: found.officer.id, by: context.actor.stamp)
            return .seeOther(SiteURL.officer(found.officer.id.rawValue).path([("bao", "vai-tro")]))
        } catch let error as OrganisationError where error.status < 500 {
            let status = HTTPResponse.Status(code: error.status)
            let refused = Attempt(chosen: chosen, rolesError: error.publicDetail, status: status)
            return try await page(try await services.officer(context), context, refused)
        }
    }

    // MARK: - The end of an account

    private func disable(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.officer(context)
        guard found.officer.isActive else { return .seeOther(SiteURL.officer(found.officer.id.rawValue).path) }
        var leaving = try await leavingForm(found, form)
        let handing = leaving.handing()
        guard form["confirmed"] == "yes", let handing else {
            let words = form["confirmed"] == "yes" ? nil : "Đánh dấu vào ô để khóa tài khoản"
            return lockPage(found, leaving, context, error: words, hindrance: nil)
        }
        do {
            try await services.dossiers.leave(
                found.officer.id,
                .departure,
                handing: handing,
                reason: "Cán bộ trước thôi làm việc tại đơn vị",
                by: context.actor
            )
        } catch OrganisationError.alreadyDisabled {
            // Pressed twice, or another administrator was faster: it is as it was wanted.
        } catch let error as any Presentable where error.status < 500 {
            return lockPage(found, leaving, context, error: nil, hindrance: error.publicDetail)
        }
        return .seeOther(SiteURL.officer(found.officer.id.rawValue).path([("bao", "da-khoa")]))
    }

    private func leavingForm(_ found: AdministeredOfficer, _ form: FormFields?) async throws -> LeavingForm {
        let work = try await services.dossiers.work(assignedTo: found.officer.id)
        return LeavingForm(work: work, officer: found.officer, in: found.snapshot, form)
    }

    private func lockPage(
        _ found: AdministeredOfficer,
        _ leaving: LeavingForm,
        _ context: OfficerContext,
        error: String?,
        hindrance: String?
    ) -> Response {
        let model = OfficerLockPage.Model(
            name: found.officer.fullName,
            placeWord: "\(found.officer.position), \(found.agency.name)",
            work: leaving.rows,
            fields: leaving.parts,
            error: error,
            hindrance: hindrance,
            action: SiteURL.officerLock(found.officer.id.rawValue).path,
            backHref: SiteURL.officer(found.officer.id.rawValue).path
        )
        let isWrong = error != nil || !leaving.errors.isEmpty
        let status: HTTPResponse.Status = isWrong ? .unprocessableContent : hindrance != nil ? .conflict : .ok
        let frame = context.frame(pageCode: "A-25", current: .administration)
        return .page(OfficerLockPage.html(model, in: frame), status: status)
    }

    // MARK: - A reset of the sign-in

    /// One administrator asks; another one approves on `/quan-tri/dat-lai`.
    private func askReset(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let found = try await services.officer(context)
        do {
            let reason = form.trimmed("reason") ?? ""
            try await services.signIn.askReset(of: found.officer.id, because: reason, by: context.actor)
            return .seeOther(SiteURL.officer(found.officer.id.rawValue).path([("bao", "dat-lai")]))
        } catch ResetError.alreadyAsked {
            // Pressed twice, or another administrator was faster: the page tells how far it is.
            return .seeOther(SiteURL.officer(found.officer.id.rawValue).path)
        } catch let error as ResetError {
            let status = HTTPResponse.Status(code: error.status)
            var attempt = Attempt(reason: form["reason"] ?? "", status: status)
            if error.field == nil {
                attempt.hindrance = error.publicDetail
            } else {
                attempt.reasonError = error.publicDetail
            }
            return try await page(found, context, attempt)
        }
    }

    // MARK: - The page

    /// What was done or tried before the page is drawn.
    struct Attempt {
        var flash: String?
        var chosen: Set<Role>?
        var rolesError: String?
        var hindrance: String?
        var reason = ""
        var reasonError: String?
        var subject = ""
        var subjectError: String?
        var status: HTTPResponse.Status = .ok
    }

    func page(_ found: AdministeredOfficer, _ context: OfficerContext, _ attempt: Attempt) async throws
        -> Response
    {
        let officer = found.officer
        let id = officer.id.rawValue
        let roles = FieldPart(
            "roles",
            "Vai trò",
            hint: "Đổi vai trò kết thúc mọi phiên đăng nhập của cán bộ",
            error: attempt.rolesError,
            .checkboxes(RoleWords.choices, chosen: Set((attempt.chosen ?? officer.roles).map(\.rawValue)))
        )
        let acts = OfficerPage.Acts(
            rolesField: roles,
            seen: Self.seen(officer),
            rolesAction: SiteURL.officer(id).path,
            reset: try await reset(of: found, context, attempt),
            moveHref: officer.id == context.officer.id ? nil : SiteURL.officerMove(id).path,
            staff: try await staff(of: officer.id, attempt),
            lockHref: officer.id == context.officer.id ? nil : SiteURL.officerLock(id).path,
            substitutesHref: SiteURL.officerSubstitutes(id).path,
            sessionsHref: SiteURL.officerSessions(id).path
        )
        let model = OfficerPage.Model(
            name: officer.fullName,
            agencyName: found.agency.name,
            facts: [
                SummaryRow("Tên đăng nhập", officer.loginName),
                SummaryRow("Chức vụ", officer.position),
                SummaryRow("Đơn vị", found.snapshot.unit(officer.unit)?.name),
                SummaryRow("Thư điện tử", officer.email),
                SummaryRow("Vai trò", RoleWords.list(officer.roles)),
            ],
            acts: officer.isActive ? acts : nil,
            flash: attempt.flash,
            hindrance: attempt.hindrance,
            backHref: SiteURL.agency(found.agency.code.text).path
        )
        let frame = context.frame(pageCode: "A-25", current: .administration)
        return .page(OfficerPage.html(model, in: frame), status: attempt.status)
    }

    /// How a reset stands, or the question for a reason; nil on one's own account.
    private func reset(of found: AdministeredOfficer, _ context: OfficerContext, _ attempt: Attempt) async throws
        -> OfficerPage.Reset?
    {
        let id = found.officer.id
        guard id != context.officer.id else { return nil }
        switch try await services.signIn.openReset(of: id)?.state {
        case .asked?: return .waiting(href: SiteURL.resets.path)
        case .approved?: return .approved
        case .refused?, .used?, nil: break
        }
        let field = FieldPart(
            "reason",
            "Lý do đặt lại",
            hint: "Ví dụ: quên mật khẩu, mất điện thoại",
            error: attempt.reasonError,
            .longText(attempt.reason, limitCharacters: 500, rows: 2)
        )
        return .possible(field, action: SiteURL.officerReset(id.rawValue).path)
    }

    /// The roles as the page showed them, so that nobody overwrites what another administrator just changed.
    private static func seen(_ officer: Officer) -> String {
        officer.roles.map(\.rawValue).sorted().joined(separator: " ")
    }

    private func flash(_ context: OfficerContext) -> String? {
        switch context.query.text("bao") {
        case "vai-tro": "Đã đổi vai trò. Cán bộ phải đăng nhập lại."
        case "da-khoa": "Đã khóa tài khoản. Mọi phiên đăng nhập của người này đã kết thúc, việc đang làm đã giao lại."
        case "da-chuyen": "Đã chuyển cán bộ. Người này phải đăng nhập lại, việc ở đơn vị cũ đã giao lại."
        case "da-gan": "Đã gắn. Lần đầu đăng nhập theo cách này, cán bộ nhập mã của ứng dụng xác thực của mình."
        case "da-go": "Đã gỡ. Mọi phiên đăng nhập của cán bộ này đã kết thúc."
        case "dat-lai": "Đã gửi đề nghị. Một quản trị khác phải duyệt thì cán bộ mới đặt lại được."
        case "da-them": "Cán bộ này vừa được thêm. Nếu chưa kịp ghi mật khẩu thì đề nghị đặt lại đăng nhập."
        default: nil
        }
    }
}
