// SPDX-License-Identifier: Apache-2.0

/// Drawings of our own, on a square of 24, drawn with a line of the text's colour. They stand beside words, never
/// alone.
public enum Icon: String, Sendable, CaseIterable {
    case search, document, upload, download, check, clock, phone, printer, person, building, money, back, forward
    case warning, info, lock, edit, camera, trash, sign, copy, shield, qr, pause, home, birth, rings, shop, road, health
    case school, elder, land, mail, bell, wallet, external

    /// The path data; our own literals.
    var path: StaticString {
        switch self {
        case .search: "M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zm4.7-1.8L20 20"
        case .document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"
        case .upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4"
        case .download: "M12 4v12m-5-5 5 5 5-5M4 20h16"
        case .check: "M4 12.5 9.5 18 20 7"
        case .clock: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zm0-14v5l3.5 2"
        case .phone: "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4c0 1-1 2-2 2A16 16 0 0 1 3 6c0-1 1-2 2-2z"
        case .printer: "M7 9V3h10v6M7 18H4v-9h16v9h-3M7 14h10v7H7z"
        case .person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4 3.8-6 8-6s7.4 2 8 6"
        case .building: "M4 21V9l8-5 8 5v12M3 21h18M8 21v-9m8 9v-9m-4 9v-9"
        case .money: "M3 6h18v12H3zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6.5 12h.01M17.5 12h.01"
        case .back: "M11 5l-7 7 7 7M4 12h16"
        case .forward: "M9 5l7 7-7 7"
        case .warning: "M12 4 2.5 20h19zM12 10v5m0 2.5v.01"
        case .info: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zm0-10v6m0-9v-.01"
        case .lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
        case .edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"
        case .camera: "M3 8h4l2-3h6l2 3h4v12H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z"
        case .trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"
        case .sign: "M3 20h18M5 16c3-9 6-13 8-12s-4 10-2 11 3-4 5-4 1 3 4 3"
        case .copy: "M9 9h11v12H9zM6 15H4V3h11v3"
        case .shield: "M12 3l8 3v6c0 4.5-3.2 7.6-8 9-4.8-1.4-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5"
        case .qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3m3-3v6h-3m-3 0v.01"
        case .pause: "M9 5v14M15 5v14"
        case .home: "M4 11l8-7 8 7M6 10v10h4v-6h4v6h4V10"
        case .birth:
            "M12 21c-4 0-7-3-7-7 0-5 3-6 3-9 3 0 4 2 4 2s2-2 4-1c0 3 3 4 3 8 0 4-3 7-7 7zM9.5 14h.01m5 0h.01M10 17.5c1.2.8 2.8.8 4 0"
        case .rings:
            "M9 20a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zm6 0a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zM7.5 6 9 4l1.5 2"
        case .shop: "M4 9l1.5-5h13L20 9M5 9v11h14V9M4 9c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M10 20v-5h4v5"
        case .road: "M5 16V12l2-5h10l2 5v4zM5 16v3m14-3v3M5 12h14M8 14h.01m7.99 0h.01"
        case .health: "M12 20C6 16 3 13 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 4-3 7-9 11zM7 12h3l1.5-3 2 5 1-2H17"
        case .school: "M2 9l10-5 10 5-10 5zM6 11.5V17c3 2.6 9 2.6 12 0v-5.5M22 9v6"
        case .elder: "M10 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM7 21l2-6-1-5 3-1 3 4 3 1M11 15l2 6M18 11v10"
        case .land: "M3 7l6-3 6 3 6-3v13l-6 3-6-3-6 3zM9 4v13m6-10v13"
        case .mail: "M3 5h18v14H3zM3 6l9 7 9-7"
        case .bell: "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4"
        case .wallet: "M4 6h14v4M4 6v13h16v-9H6c-1.3 0-2-1-2-2s.7-2 2-2M16 14.5h.01"
        case .external: "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"
        }
    }
}

extension Parts {
    /// A drawing beside a word; those who listen do not hear it.
    public static func icon(_ icon: Icon) -> HTML {
        """
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path d="\
        \(raw: icon.path)"/></svg>
        """
    }

    /// The mark: an arch with one door that stands open.
    public static var mark: HTML {
        """
        <svg class="mark" viewBox="0 0 32 32" width="40" height="40" aria-hidden="true" focusable="false">\
        <path d="M3 30V15.5a13 13 0 0 1 26 0V30h-4V15.5a9 9 0 0 0-18 0V30z"/>\
        <path d="M10 30V15.5a6 6 0 0 1 4.5-5.8L20 13v18.5zm7.2-8.2a1.1 1.1 0 1 0 0 .01z" \
        fill-rule="evenodd"/></svg>
        """
    }

    /// The drawing of the home page: three arches, one leaf open, light on the floor.
    public static var doorDrawing: HTML {
        """
        <svg class="door-art" viewBox="0 0 320 260" aria-hidden="true" focusable="false">\
        <path class="beam" d="M124 236h72l84 24H60z"/>\
        <path d="M34 236V146a126 126 0 0 1 252 0v90M52 236V148a108 108 0 0 1 216 0v88"/>\
        <path class="jamb" d="M70 236V150a90 90 0 0 1 180 0v86h-22v-85a68 68 0 0 0-136 0v85z"/>\
        <path class="light" d="M100 236v-84a60 60 0 0 1 120 0v84z"/>\
        <path class="leaf" d="M100 236v-84a60 60 0 0 1 33-53.7L168 122v126z"/>\
        <path class="panel-line" d="M110 156a50 50 0 0 1 21-40l26 17v40l-47 2zM110 188l47-2v48l-47-6zM162 186v10"/>\
        <path d="M8 236h304"/></svg>
        """
    }

    /// Arches behind one another, drawn in one line: the sign of a place where nothing waits, and of a finished act.
    public static var archDrawing: HTML {
        """
        <svg class="arch" viewBox="0 0 120 96" aria-hidden="true" focusable="false">\
        <path d="M10 96V58a50 50 0 0 1 100 0v38M24 96V59a36 36 0 0 1 72 0v37M38 96V60a22 22 0 0 1 44 0v36"/>\
        <path class="leaf" d="M44 96V62a16 16 0 0 1 13-15.7L70 56v40z"/></svg>
        """
    }
}
