// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup

/// `/quan-tri/can-bo/{cán bộ}`: one account: its roles, a new password, the way to lock it.
public enum OfficerPage {
    /// How a reset of the sign-in stands.
    public enum Reset: Sendable {
        /// It may be asked, with a reason.
        case possible(FieldPart, action: String)
        /// Another administrator has to approve.
        case waiting(href: String)
        /// The code was given out and not used yet.
        case approved
    }

    /// How the account is bound to the authority's own identity service.
    public enum Staff: Sendable {
        /// It is not, and may be.
        case unbound(service: String, FieldPart, action: String)
        /// It is; until it is confirmed a code of the officer's own is asked.
        case bound(service: String, subject: String, since: Instant, isConfirmed: Bool, action: String)
    }

    /// What may be done with an account that is not locked.
    public struct Acts: Sendable {
        /// The roles to choose, as they stand or as they were chosen with what is wrong.
        public var rolesField: FieldPart
        /// The roles that the page showed, sent back as `seen`.
        public var seen: String
        /// Where roles are saved, by POST.
        public var rolesAction: String
        /// How a reset of the sign-in stands; nil on one's own account.
        public var reset: Reset?
        /// The page that moves the officer to another unit; nil on one's own account.
        public var moveHref: String?
        /// How the account is bound to the authority's own identity service; nil where there is none.
        public var staff: Staff?
        /// The page that asks before locking; nil on one's own account.
        public var lockHref: String?
        /// Who stands in for the officer.
        public var substitutesHref: String
        /// The officer's open sessions.
        public var sessionsHref: String

        /// What may be done with an account.
        public init(
            rolesField: FieldPart,
            seen: String,
            rolesAction: String,
            reset: Reset?,
            moveHref: String? = nil,
            staff: Staff? = nil,
            lockHref: String?,
            substitutesHref: String,
            sessionsHref: String
        ) {
            self.rolesField = rolesField
            self.seen = seen
            self.rolesAction = rolesAction
            self.reset = reset
            self.moveHref = moveHref
            self.staff = staff
            self.lockHref = lockHref
            self.substitutesHref = substitutesHref
            self.sessionsHref = sessionsHref
        }
    }

    /// What the page shows.
    public struct Model: Sendable {
        /// The full name.
        public var name: String
        /// The agency.
        public var agencyName: String
        /// Login name, position, unit, e-mail, roles.
        public var facts: [SummaryRow]
        /// What may be done; nil once the account is locked.
        public var acts: Acts?
        /// What the last act did; nil otherwise.
        public var flash: String?
        /// Why the last act was not done, where no field is to blame; nil otherwise.
        public var hindrance: String?
        /// The agency's page.
        public var backHref: String

        /// What the page shows.
        public init(
            name: String,
            agencyName: String,
            facts: [SummaryRow],
            acts: Acts?,
            flash: String? = nil,
            hindrance: String? = nil,
            backHref: String
        ) {
            self.name = name
            self.agencyName = agencyName
            self.facts = facts
            self.acts = acts
            self.flash = flash
            self.hindrance = hindrance
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        let errors = FieldError.all(
            in: [model.acts?.rolesField, model.acts?.resetField, model.acts?.staffField].compactMap(\.self)
        )
        return frame.page(
            PageShape(
                title: "Tài khoản của \(model.name)",
                backHref: model.backHref,
                hasErrors: !errors.isEmpty,
                width: .text
            ),
            """
            \(Parts.errorSummary(errors))
            \(ifLet: model.flash, { Parts.notice(.ok, "<p>\($0)</p>") })
            \(ifLet: model.hindrance, { Parts.notice(.bad, "<p>\($0)</p>") })
            <p class="over">\(model.agencyName)</p>
            <h1>\(model.name)</h1>
            \(if: model.acts == nil, "<p>\(Parts.tag("Tài khoản đã khóa", .bad))</p>")
            \(Parts.summaryList(model.facts))
            \(ifLet: model.acts, { acts($0, in: frame) })
            """
        )
    }

    private static func acts(_ acts: Acts, in frame: PageFrame) -> HTML {
        """
        <section class="sheet" aria-labelledby="vai-tro"><h2 id="vai-tro">Đổi vai trò</h2>
        \(frame.form(FormShape(action: acts.rolesAction), """
            <input type="hidden" name="seen" value="\(acts.seen)">
            \(Parts.field(acts.rolesField))
            \(Parts.button("Lưu vai trò"))
            """))</section>
        \(ifLet: acts.reset, { reset($0, in: frame) })
        \(ifLet: acts.moveHref, { "<p><a\(href: $0)>Chuyển sang đơn vị khác</a></p>" })
        <p><a\(href: acts.substitutesHref)>Người làm thay</a></p>
        <p><a\(href: acts.sessionsHref)>Phiên đăng nhập</a></p>
        \(ifLet: acts.staff, { staff($0, in: frame) })
        \(ifLet: acts.lockHref, { href in
            """
            <p>\(Parts.iconLink("Khóa tài khoản", href: href, icon: .lock))</p>
            """
        })
        """
    }

    private static func reset(_ reset: Reset, in frame: PageFrame) -> HTML {
        let content: HTML =
            switch reset {
            case .possible(let field, let action):
                """
                <p>Dùng khi cán bộ quên mật khẩu hoặc mất điện thoại. Một quản trị khác duyệt rồi đưa mã đặt lại cho cán bộ.</p>
                \(frame.form(FormShape(action: action), """
                    \(Parts.field(field))
                    \(Parts.button("Đề nghị đặt lại", style: .secondary))
                    """))
                """
            case .waiting(let href):
                "<p>Đang chờ một quản trị khác duyệt. <a\(href: href)>Xem các đề nghị</a></p>"
            case .approved: "<p>Đã duyệt, cán bộ chưa dùng mã. Mã hết hạn sau 24 giờ kể từ lúc duyệt.</p>"
            }
        return """
            <section class="sheet" aria-labelledby="dat-lai"><h2 id="dat-lai">Đặt lại đăng nhập</h2>
            \(content)</section>
            """
    }
}

extension OfficerPage {
    fileprivate static func staff(_ staff: Staff, in frame: PageFrame) -> HTML {
        let content: HTML =
            switch staff {
            case .unbound(let service, let field, let action):
                """
                <p>Cán bộ đăng nhập được bằng \(service) sau khi gắn. Lần đầu cần mã của ứng dụng xác thực của chính cán bộ.</p>
                \(frame.form(FormShape(action: action), """
                    \(Parts.field(field))
                    \(Parts.button("Gắn", style: .secondary))
                    """))
                """
            case .bound(let service, let subject, let since, let isConfirmed, let action):
                """
                <p>Gắn với mã <strong>\(subject)</strong> của \(service) lúc \(since.vietnamese). \
                \(isConfirmed ? Parts.tag("Cán bộ đã xác nhận", .ok) : Parts.tag("Chờ cán bộ xác nhận", .warn))</p>
                \(frame.form(
                    FormShape(action: action),
                    Parts.button("Gỡ", name: "_act", value: "go", style: .secondary, spoken: "đăng nhập bằng \(service)")
                ))
                """
            }
        return """
            <section class="sheet" aria-labelledby="dinh-danh"><h2 id="dinh-danh">Đăng nhập bằng dịch vụ định danh</h2>
            \(content)</section>
            """
    }
}

extension OfficerPage.Acts {
    var staffField: FieldPart? {
        guard case .unbound(_, let field, _)? = staff else { return nil }
        return field
    }

    var resetField: FieldPart? {
        guard case .possible(let field, _)? = reset else { return nil }
        return field
    }
}
