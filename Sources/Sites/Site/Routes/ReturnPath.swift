// SPDX-License-Identifier: Apache-2.0

import Markup

/// Where a person goes on after signing in or switching the display: an address inside the site, nothing else.
public struct ReturnPath: Sendable, Hashable {
    /// Path and query, ready for a `Location`.
    public let path: String

    /// The first page.
    public static let home = ReturnPath(checked: "/")

    /// Nil for another site's address, for anything that is no plain address, for one over 500 bytes, and for the
    /// sign-in pages themselves, which would lead in a circle.
    public init?(_ text: String?) {
        guard let text, text.utf8.count <= 500, SafeAddress.staysHere(text),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let page = text.prefix { $0 != "?" && $0 != "#" }
        for circle in [SiteURL.signIn.path, SiteURL.signOut.path] where page == circle || page.hasPrefix(circle + "/") {
            return nil
        }
        path = text
    }

    private init(checked path: String) { self.path = path }
}
