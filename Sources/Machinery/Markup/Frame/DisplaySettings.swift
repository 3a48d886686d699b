// SPDX-License-Identifier: Apache-2.0

/// The four sizes of letters that a reader may choose (94.5 %, 100 %, 118.75 %, 137.5 %); the raw value is the
/// cookie's.
public enum TextSize: String, Sendable, CaseIterable {
    case small = "s"
    case medium = "m"
    case large = "l"
    case extraLarge = "xl"

    /// One step down; the smallest stays.
    public var smaller: TextSize {
        switch self {
        case .small, .medium: .small
        case .large: .medium
        case .extraLarge: .large
        }
    }

    /// One step up; the largest stays.
    public var larger: TextSize {
        switch self {
        case .small: .medium
        case .medium: .large
        case .large, .extraLarge: .extraLarge
        }
    }
}

/// Light, dark, or as the device is set; the raw value is the cookie's.
public enum Theme: String, Sendable, CaseIterable {
    case automatic = "auto"
    case light
    case dark

    /// The word of the control.
    var label: String {
        switch self {
        case .automatic: "Tự động"
        case .light: "Sáng"
        case .dark: "Tối"
        }
    }
}

/// What a reader has chosen about the look of pages; kept in cookies without personal data.
public struct DisplaySettings: Sendable, Equatable {
    /// The size of letters.
    public var textSize: TextSize
    /// Light or dark.
    public var theme: Theme

    /// The settings of a reader who has chosen nothing, or what the cookies say.
    public init(textSize: TextSize = .medium, theme: Theme = .automatic) {
        self.textSize = textSize
        self.theme = theme
    }

    /// The page that keeps a choice in a cookie and goes back; it takes `size` or `theme`, and `ve` (where to go back).
    public static let path = "/hien-thi"

    static func href(size: TextSize, returningTo path: String) -> String {
        "\(DisplaySettings.path)?size=\(size.rawValue)&ve=\(PercentEncoding.queryValue(path))"
    }

    static func href(theme: Theme, returningTo path: String) -> String {
        "\(DisplaySettings.path)?theme=\(theme.rawValue)&ve=\(PercentEncoding.queryValue(path))"
    }
}

/// Percent encoding of one value of a query (RFC 3986: only unreserved characters stay as they are).
public enum PercentEncoding {
    /// The value as it may stand behind `=` in an address.
    public static func queryValue(_ value: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count + 16)
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigit(byte >> 4))
                bytes.append(hexDigit(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ half: UInt8) -> UInt8 {
        half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "A") + half - 10
    }
}
