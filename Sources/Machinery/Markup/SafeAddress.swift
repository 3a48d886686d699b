// SPDX-License-Identifier: Apache-2.0

/// Which addresses may stand in a link, a form or an image of our pages.
public enum SafeAddress {
    /// True for an address inside the site (`/…`, `?…`, `#…`) and for `https:`, `http:`, `mailto:`, `tel:`, `sms:`,
    /// `blob:`.
    ///
    /// Everything else is refused: `javascript:`, `data:`, addresses without a scheme that leave the site (`//host`,
    /// `/\host`), and any address with a control character or a space, which browsers read in surprising ways.
    public static func accepts(_ address: String) -> Bool {
        let bytes = Array(address.utf8)
        guard let first = bytes.first, !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
        switch first {
        case UInt8(ascii: "?"), UInt8(ascii: "#"):
            return true
        case UInt8(ascii: "/"):
            guard bytes.count > 1 else { return true }
            return bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")
        default:
            let lower = address.lowercased()
            return schemes.contains { lower.hasPrefix($0) }
        }
    }

    /// True for an address inside the site only, the one kind that a "go back to" parameter may hold.
    public static func staysHere(_ address: String) -> Bool {
        address.utf8.first == UInt8(ascii: "/") && accepts(address) && !address.utf8.contains(UInt8(ascii: "\\"))
    }

    private static let schemes = ["https://", "http://", "mailto:", "tel:", "sms:", "blob:"]
}
