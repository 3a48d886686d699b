// SPDX-License-Identifier: Apache-2.0

import Identity
import Organisation

/// Which pages a listener serves: with a port of its own for administration there are two of them.
public enum SitePart: Sendable {
    /// All of them.
    case whole
    /// All but those of administration.
    case portal
    /// Those of administration, officers' sign-in, and what an officer does with her own account.
    case administration

    private static let administered = "/quan-tri"
    private static let ofOfficersOnly = [
        administered, "/bao-mat", "/dang-nhap/can-bo", "/dang-xuat", "/phien/gia-han", "/hien-thi",
    ]

    /// Whether this listener has pages under a path.
    public func serves(_ path: String) -> Bool {
        switch self {
        case .whole: true
        case .portal: !Self.lies(path, under: Self.administered)
        case .administration: Self.ofOfficersOnly.contains { Self.lies(path, under: $0) }
        }
    }

    private static func lies(_ path: String, under root: String) -> Bool {
        let end = path.prefix { $0 != "?" && $0 != "#" }
        return end == root || end.hasPrefix(root + "/")
    }

    /// The word before the names of this listener's cookies: a host's cookies go to all of its ports.
    var cookieSpace: String { self == .administration ? "quan-tri" : "" }

    /// The listener that sessions begun here open.
    var door: SessionDoor { self == .administration ? .administration : .portal }

    /// Where a stranger's mark in the header leads.
    var home: SiteURL { self == .administration ? .administration : .home }

    /// Where officers begin who asked for nothing else.
    var officersHome: SiteURL { self == .administration ? .administration : .workList }

    /// Where one signs in who came for a page with this door.
    func door(_ door: SiteURL?) -> SiteURL? { self == .administration && door != nil ? .officerSignIn : door }
}
