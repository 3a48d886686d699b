// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel
public import Markup
import Organisation
public import Web

extension SiteContext {
    /// The frame of a page: site, reader, navigation, display, form token.
    ///
    /// - Parameters:
    ///   - pageCode: What a person reads out to the hotline, such as `C-07`.
    ///   - audience: How dense the page is; taken from who is signed in when not given.
    ///   - current: The entry of the navigation that this page belongs to.
    ///   - offersSignIn: False on the sign-in page itself.
    /// - Returns: The frame.
    public func frame(
        pageCode: String,
        audience: PageAudience? = nil,
        current: SiteURL? = nil,
        offersSignIn: Bool = true
    ) -> PageFrame {
        let site = base.settings
        let reader = audience ?? SiteNavigation.audience(of: base.person)
        return PageFrame(
            authorityName: site.authorityName,
            siteName: site.siteName,
            audience: reader,
            assets: site.assets,
            csrfToken: base.token.value,
            path: ReturnPath(base.path)?.path ?? SiteURL.home.path,
            pageCode: pageCode,
            display: base.display,
            homeHref: SiteNavigation.home(of: base.person, in: site.part).path,
            navigation: SiteNavigation.items(for: base.person, in: site.part, current: current),
            account: SiteNavigation.accountMark(base.person),
            signInHref: base.person == nil && offersSignIn
                ? SiteNavigation.signInHref(reader, base.path, in: site.part) : nil,
            banners: site.banners,
            sessionSecondsLeft: base.person == nil ? nil : SiteNavigation.secondsLeft(site.sessionLimits),
            sessionEndsAt: base.person == nil ? nil : SiteNavigation.sessionEnd(site, at: now),
            sessionExtendAction: base.person == nil ? nil : SiteURL.sessionExtension.path,
            footerLinks: SiteNavigation.footer(of: site.part),
            isForPrint: base.query.isOn("in"),
            keysAreOn: base.keysAreOn
        )
    }

    /// The frame without a form token, for public pages that hold no form of their own: no cookie is set.
    ///
    /// - Parameters:
    ///   - pageCode: What a person reads out to the hotline.
    ///   - current: The entry of the navigation that this page belongs to.
    /// - Returns: The frame.
    public func readingFrame(pageCode: String, current: SiteURL? = nil) -> PageFrame {
        guard base.person == nil else { return frame(pageCode: pageCode, current: current) }
        let site = base.settings
        return PageFrame(
            authorityName: site.authorityName,
            siteName: site.siteName,
            assets: site.assets,
            path: ReturnPath(base.path)?.path ?? SiteURL.home.path,
            pageCode: pageCode,
            display: base.display,
            navigation: SiteNavigation.items(for: nil, in: site.part, current: current),
            signInHref: SiteNavigation.signInHref(.citizen, base.path, in: site.part),
            banners: site.banners,
            footerLinks: SiteNavigation.footer(of: site.part),
            isForPrint: base.query.isOn("in")
        )
    }
}

extension SiteSettings {
    /// The frame of a page that knows nothing of the reader: errors, maintenance.
    public func bareFrame(pageCode: String) -> PageFrame {
        PageFrame(
            authorityName: authorityName,
            siteName: siteName,
            assets: assets,
            pageCode: pageCode,
            homeHref: part.home.path,
            navigation: SiteNavigation.items(for: nil, in: part, current: nil),
            banners: banners,
            footerLinks: SiteNavigation.footer(of: part)
        )
    }

    /// The page of a failure in the site's frame.
    public var errorPage: ErrorPage {
        ErrorPage { facts in
            let known = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503]
            let status = known.contains(facts.status) ? facts.status : facts.status < 500 ? 400 : 500
            let model = FailurePage.Model(
                status: status,
                detail: facts.publicDetail,
                requestID: facts.requestID,
                ways: [NavigationItem("Về trang chủ", href: part.home.path)]
                    + (part.serves(SiteURL.lookup.path)
                        ? [NavigationItem("Tra cứu hồ sơ", href: SiteURL.lookup.path)] : []),
                retryAfterSeconds: facts.retryAfterSeconds
            )
            return FailurePage.html(model, in: bareFrame(pageCode: "E-\(facts.status)"))
        }
    }
}

/// Menus by reader.
enum SiteNavigation {
    static func audience(of person: SignedIn?) -> PageAudience {
        guard case .officer(_, let actor)? = person else { return .citizen }
        if actor.roles.contains(.leader) { return .leader }
        return watches(actor.roles) ? .administrator : .officer
    }

    /// Who administers or audits and nothing else has no dossiers to work on.
    static func watches(_ roles: Set<Role>) -> Bool {
        roles.isSubset(of: [.administrator, .auditor, .dataProtectionOfficer])
    }

    /// Where the mark in the header leads.
    static func home(of person: SignedIn?, in part: SitePart) -> SiteURL {
        guard case .officer(_, let actor)? = person else { return part.home }
        if actor.roles.contains(.leader), part.serves(SiteURL.signing.path) { return .signing }
        return home(of: actor.roles, in: part)
    }

    /// Where an officer of these roles begins after the sign-in.
    static func home(of roles: Set<Role>, in part: SitePart) -> SiteURL {
        let watching: SiteURL = roles.contains(.administrator) ? .administration : .accessAudit
        switch part {
        case .whole: return watches(roles) ? watching : .workList
        case .portal: return watches(roles) ? .ownSecurity : .workList
        case .administration:
            let hasPages = !roles.isDisjoint(with: [.administrator, .auditor, .dataProtectionOfficer])
            return hasPages ? watching : .ownSecurity
        }
    }

    static func items(for person: SignedIn?, in part: SitePart, current: SiteURL?) -> [NavigationItem] {
        let entries: [(String, SiteURL)]
        if case .officer(_, let actor)? = person {
            entries = officerEntries(actor.roles)
        } else {
            entries =
                [("Thủ tục", .procedures), ("Tra cứu hồ sơ", .lookup), ("Xác minh giấy tờ", .verification)]
                + (person == nil ? [] : [("Hồ sơ của tôi", .account)])
        }
        return entries.filter { part.serves($0.1.path) }
            .map { NavigationItem($0.0, href: $0.1.path, isCurrent: $0.1 == current) }
    }

    private static func officerEntries(_ roles: Set<Role>) -> [(String, SiteURL)] {
        var entries: [(String, SiteURL)] = watches(roles) ? [] : [("Việc cần làm", .workList)]
        if roles.contains(.leader) { entries.append(("Ký", .signing)) }
        if roles.contains(.administrator) { entries.append(("Quản trị", .administration)) }
        if !roles.isDisjoint(with: [.auditor, .dataProtectionOfficer]) {
            entries.append(("Nhật ký truy cập", .accessAudit))
        }
        if roles.contains(.dataProtectionOfficer) { entries.append(("Yêu cầu dữ liệu", .dataDesk)) }
        return entries
    }

    static func accountMark(_ person: SignedIn?) -> AccountMark? {
        switch person {
        case nil: nil
        case .citizen(let account, let actor)?:
            AccountMark(
                name: account.identity.fullName,
                href: SiteURL.account.path,
                signOutAction: SiteURL.signOut.path,
                hats: hats(of: account, actor)
            )
        case .officer(let officer, _)?:
            AccountMark(
                name: officer.fullName,
                detail: officer.position,
                href: SiteURL.ownSecurity.path,
                signOutAction: SiteURL.signOut.path
            )
        }
    }

    /// Nil for who acts for herself alone: nothing is to be chosen.
    private static func hats(of account: Account, _ actor: Actor) -> HatChoice? {
        guard !account.hats.isEmpty || actor.hasLapsedHat else { return nil }
        let own = FieldPart.Choice("", "Chính tôi, \(account.identity.fullName)")
        // Of several papers for one person the one in use stands for them, else the newest.
        var parties: Set<RepresentationID> = []
        let others = ([actor.hat].compactMap(\.self) + account.hats).filter { parties.insert($0.party).inserted }
        return HatChoice(
            action: SiteURL.hat.path,
            choices: [own] + others.map { FieldPart.Choice($0.representation.rawValue, $0.name) },
            chosen: actor.hat?.representation.rawValue ?? "",
            hasLapsed: actor.hasLapsedHat
        )
    }

    static func signInHref(_ audience: PageAudience, _ path: String, in part: SitePart) -> String {
        let door = part.door(.signIn) == .officerSignIn || audience != .citizen ? SiteURL.officerSignIn : .signIn
        return door.path([("ve", ReturnPath(path).flatMap { $0 == .home ? nil : $0.path })])
    }

    /// A use is noted at most once a minute, so that much of the session may already be gone.
    static func secondsLeft(_ limits: SessionLimits) -> Int { max(0, Int(limits.idleSeconds) - 60) }

    /// As a clock on the wall shows it.
    static func sessionEnd(_ site: SiteSettings, at now: Instant) -> String {
        now.adding(seconds: Int64(secondsLeft(site.sessionLimits))).time.hourMinute
    }

    static func footer(of part: SitePart) -> [NavigationItem] { footer.filter { part.serves($0.href) } }

    private static let footer = [
        NavigationItem("Trợ giúp", href: SiteURL.help.path),
        NavigationItem("Hướng dẫn", href: SiteURL.guides.path),
        NavigationItem("Hỏi đáp", href: SiteURL.questions.path),
        NavigationItem("Tin tức", href: SiteURL.news.path),
        NavigationItem("Số liệu công khai", href: SiteURL.statistics.path),
        NavigationItem("Khả năng tiếp cận", href: SiteURL.accessibility.path),
        NavigationItem("Quyền riêng tư", href: SiteURL.privacy.path),
        NavigationItem("Cán bộ đăng nhập", href: SiteURL.officerSignIn.path),
    ]
}
