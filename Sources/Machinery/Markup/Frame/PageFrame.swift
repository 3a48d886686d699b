// SPDX-License-Identifier: Apache-2.0

/// Everything that stands around a page: who reads, in what size, from where; made by the site for every request.
public struct PageFrame: Sendable {
    /// The name of the state body at whose door one stands: `Tỉnh An Giang`.
    public var authorityName: String
    /// The name of this site: `Cổng dịch vụ công`.
    public var siteName: String
    /// Who reads; decides the density of the page and the look of the header.
    public var audience: PageAudience
    /// Where styles and scripts are served.
    public var assets: Assets
    /// The token that every form gives back; empty when there is no session, and then no form may change anything.
    public var csrfToken: String
    /// The path and query of this page, to which the controls of text size and theme come back.
    public var path: String
    /// The code that a person reads to the 1022 line, such as `C-07`; says which page, never who.
    public var pageCode: String
    /// Text size and theme.
    public var display: DisplaySettings
    /// Where the mark in the header leads.
    public var homeHref: String
    /// The menu of this audience.
    public var navigation: [NavigationItem]
    /// Who is signed in; nil for the public.
    public var account: AccountMark?
    /// Where to sign in; nil where the header offers no sign-in.
    public var signInHref: String?
    /// Notices of the whole site: an outage, a holiday, the demonstration.
    public var banners: [SiteBanner]
    /// The rest of the session, in seconds; nil without a session.
    public var sessionSecondsLeft: Int?
    /// When the session ends, for whoever has no script: `15:02`; nil without a session.
    public var sessionEndsAt: String?
    /// Where the session is extended by POST.
    public var sessionExtendAction: String?
    /// Links at the foot.
    public var footerLinks: [NavigationItem]
    /// True for the print form of a page (`?in=1`): no navigation, everything opened.
    public var isForPrint: Bool
    /// True when the reader has switched the single-letter keys on.
    public var keysAreOn: Bool

    /// A frame with the values that nearly every page shares.
    public init(
        authorityName: String,
        siteName: String = "Cổng dịch vụ công",
        audience: PageAudience = .citizen,
        assets: Assets,
        csrfToken: String = "",
        path: String = "/",
        pageCode: String = "",
        display: DisplaySettings = DisplaySettings(),
        homeHref: String = "/",
        navigation: [NavigationItem] = [],
        account: AccountMark? = nil,
        signInHref: String? = nil,
        banners: [SiteBanner] = [],
        sessionSecondsLeft: Int? = nil,
        sessionEndsAt: String? = nil,
        sessionExtendAction: String? = nil,
        footerLinks: [NavigationItem] = [],
        isForPrint: Bool = false,
        keysAreOn: Bool = false
    ) {
        self.authorityName = authorityName
        self.siteName = siteName
        self.audience = audience
        self.assets = assets
        self.csrfToken = csrfToken
        self.path = path
        self.pageCode = pageCode
        self.display = display
        self.homeHref = homeHref
        self.navigation = navigation
        self.account = account
        self.signInHref = signInHref
        self.banners = banners
        self.sessionSecondsLeft = sessionSecondsLeft
        self.sessionEndsAt = sessionEndsAt
        self.sessionExtendAction = sessionExtendAction
        self.footerLinks = footerLinks
        self.isForPrint = isForPrint
        self.keysAreOn = keysAreOn
    }
}

/// Who reads the page.
public enum PageAudience: String, Sendable {
    /// Citizens and businesses: one column, generous room.
    case citizen
    /// Officers: dense and wide.
    case officer
    /// Leaders: for a phone in one hand first.
    case leader
    /// Administrators and auditors.
    case administrator
}

/// One entry of a menu.
public struct NavigationItem: Sendable {
    /// The word of the entry.
    public var label: String
    /// Where it leads.
    public var href: String
    /// True on the page itself or below it.
    public var isCurrent: Bool
    /// A count beside the word, such as waiting dossiers.
    public var count: Int?

    /// An entry of a menu.
    public init(_ label: String, href: String, isCurrent: Bool = false, count: Int? = nil) {
        self.label = label
        self.href = href
        self.isCurrent = isCurrent
        self.count = count
    }
}

/// Who is signed in, as the header says it.
public struct AccountMark: Sendable {
    /// The name of the person.
    public var name: String
    /// The unit and role of an officer, the business for which a citizen acts; nil otherwise.
    public var detail: String?
    /// The account page.
    public var href: String
    /// Where to sign out, by POST.
    public var signOutAction: String
    /// For whom a citizen may act; nil where she acts for herself alone.
    public var hats: HatChoice?

    /// Who is signed in.
    public init(
        name: String,
        detail: String? = nil,
        href: String,
        signOutAction: String,
        hats: HatChoice? = nil
    ) {
        self.hats = hats
        self.name = name
        self.detail = detail
        self.href = href
        self.signOutAction = signOutAction
    }

    /// The given name, which is the last word of a Vietnamese name.
    var givenName: String { name.split(separator: " ").last.map(String.init) ?? name }

    /// The family and middle names, with the space behind them.
    var wordsBeforeGivenName: String { String(name.dropLast(givenName.count)) }
}

/// The switch in the head of each page: for whom one acts.
public struct HatChoice: Sendable {
    /// Where it is switched, by POST with `vai`.
    public var action: String
    /// Oneself and all others.
    public var choices: [FieldPart.Choice]
    /// The value of the one in use.
    public var chosen: String
    /// True where the one that was in use is over: the person chooses anew.
    public var hasLapsed: Bool

    /// A switch over these choices.
    public init(action: String, choices: [FieldPart.Choice], chosen: String, hasLapsed: Bool = false) {
        (self.action, self.choices) = (action, choices)
        (self.chosen, self.hasLapsed) = (chosen, hasLapsed)
    }

    /// The words of the one in use.
    var current: String { choices.first { $0.value == chosen }?.label ?? "" }
}

/// A notice of the whole site, above the page.
public struct SiteBanner: Sendable {
    /// How it looks.
    public var tone: PartTone
    /// What is told, one or two sentences.
    public var text: String
    /// Where more is told.
    public var link: NavigationItem?

    /// A notice of the whole site.
    public init(tone: PartTone, text: String, link: NavigationItem? = nil) {
        self.tone = tone
        self.text = text
        self.link = link
    }
}

/// One step of the way back to the home page.
public struct Crumb: Sendable {
    /// The name of the page.
    public var label: String
    /// Its address.
    public var href: String

    /// One step of the way back.
    public init(_ label: String, href: String) {
        self.label = label
        self.href = href
    }
}

/// What one page asks of its frame.
public struct PageShape: Sendable {
    /// How wide the page runs.
    public enum Width: String, Sendable {
        /// Text and forms, at most 42 rem.
        case text
        /// The usual page, at most 72 rem.
        case page
        /// Work lists and split views.
        case wide
    }

    /// The title of the window, unique in the site; the site's name is put behind it.
    public var title: String
    /// The way back to the home page, without the page itself.
    public var crumbs: [Crumb]
    /// The link "Quay lại"; nil where crumbs lead back.
    public var backHref: String?
    /// True when the page came back with errors: the title begins with "Lỗi: ".
    public var hasErrors: Bool
    /// How wide the page runs.
    public var width: Width
    /// The form whose answers must survive a change of text size; nil on pages without one.
    public var formID: String?
    /// The scripts that this page uses beside `base`.
    public var modules: [ScriptModule]
    /// What search engines are told; nil for pages that are about somebody.
    public var findable: FindablePage?

    /// What one page asks of its frame.
    public init(
        title: String,
        crumbs: [Crumb] = [],
        backHref: String? = nil,
        hasErrors: Bool = false,
        width: Width = .page,
        formID: String? = nil,
        modules: [ScriptModule] = [],
        findable: FindablePage? = nil
    ) {
        self.findable = findable
        self.title = title
        self.crumbs = crumbs
        self.backHref = backHref
        self.hasErrors = hasErrors
        self.width = width
        self.formID = formID
        self.modules = modules
    }
}

/// What a public page tells search engines of itself.
public struct FindablePage: Sendable {
    /// The one whole address of this page, whatever words stand behind it.
    public var canonical: String
    /// What the page is about, in a sentence or two.
    public var description: String
    /// The same as data of schema.org; nil where there is nothing to say.
    public var data: LinkedData?

    /// A page under this address.
    public init(canonical: String, description: String, data: LinkedData? = nil) {
        (self.canonical, self.description, self.data) = (canonical, description, data)
    }
}
