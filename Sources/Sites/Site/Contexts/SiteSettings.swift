// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
public import Markup
public import Web

/// What the site must know; the composition root fills it from the configuration.
public struct SiteSettings: Sendable {
    /// The address under which people reach the site.
    public var publicURL: PublicURL
    /// Asked for each page: the name may change while the site runs.
    private let authority: @Sendable () -> String
    /// `Tỉnh An Giang`.
    public var authorityName: String { authority() }
    /// `Cổng dịch vụ công`.
    public var siteName: String
    /// Which pages this listener serves.
    public var part: SitePart
    /// Style, scripts and icons.
    public var files: StaticFiles
    /// Notices of the whole site.
    public var banners: [SiteBanner]
    /// How long a session lives; the same as Identity's.
    public var sessionLimits: SessionLimits
    /// Where the time comes from.
    public var clock: Clock
    /// Where secrets come from.
    public var random: RandomSource

    public init(
        publicURL: PublicURL,
        authorityName: @escaping @Sendable () -> String,
        siteName: String = "Cổng dịch vụ công",
        part: SitePart = .whole,
        files: StaticFiles,
        banners: [SiteBanner] = [],
        sessionLimits: SessionLimits = .standard,
        clock: Clock,
        random: RandomSource
    ) {
        (self.publicURL, authority, self.siteName) = (publicURL, authorityName, siteName)
        (self.part, self.files, self.banners, self.sessionLimits) = (part, files, banners, sessionLimits)
        (self.clock, self.random) = (clock, random)
    }

    /// The map from a file's name to its address with hash.
    public var assets: Assets {
        let files = files
        return Assets { name in files.path(name) ?? "\(StaticFiles.prefix)/khong-co" }
    }

    /// How cookies are named and protected.
    var cookies: CookieJar { CookieJar(publicURL, space: part.cookieSpace) }
}
