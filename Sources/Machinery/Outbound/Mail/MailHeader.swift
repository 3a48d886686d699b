// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Kernel

/// Header lines of a letter. Whatever could end a line is refused before a line is made.
enum MailHeader {
    /// No control character, so no CR and no LF, and no line end of Unicode.
    static func isSingleLine(_ text: String) -> Bool {
        !text.unicodeScalars.contains {
            $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 || $0.value == 0x2029
        }
    }

    /// Plain ASCII as it is; else encoded words of RFC 2047, base64, each within 75 signs and whole characters.
    static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        guard !isPlain || text.utf8.count > 400 else { return text }
        var words: [String] = []
        var chunk: [UInt8] = []
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            // 45 bytes are 60 signs of base64; with "=?UTF-8?B?" and "?=" 72.
            if chunk.count + bytes.count > 45 {
                words.append(word(chunk))
                chunk = []
            }
            chunk += bytes
        }
        if !chunk.isEmpty { words.append(word(chunk)) }
        return words.joined(separator: " ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }

    /// `"Sở Tư pháp" <sotuphap@example.vn>`, the name encoded.
    static func mailbox(_ address: MailAddress) -> String {
        guard !address.name.isEmpty else { return address.address }
        let encoded = encoded(address.name)
        guard encoded == address.name else { return "\(encoded) <\(address.address)>" }
        let quoted = encoded.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\" <\(address.address)>"
    }

    /// `Thu, 05 Mar 2026 14:20:00 +0700` (RFC 5322).
    static func date(_ moment: Instant) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = moment.date.components
        let weekday = days[moment.date.weekday.rawValue]
        return "\(weekday), \(String(day, paddedTo: 2)) \(months[month - 1]) \(year) \(moment.time) +0700"
    }

    /// A file's line: an ASCII name in quotes, any other by RFC 2231 alone, since readers that find both take either.
    static func disposition(_ fileName: String) -> String {
        if fileName.utf8.allSatisfy({ (0x20...0x7E).contains($0) && !"\"\\".utf8.contains($0) }) {
            return "Content-Disposition: attachment; filename=\"\(fileName)\""
        }
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_".utf8)
        let encoded = fileName.utf8.map { byte -> String in
            guard !plain.contains(byte) else { return String(decoding: [byte], as: UTF8.self) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.utf8.count == 1 ? "0" : "") + hex
        }
        return "Content-Disposition: attachment; filename*=UTF-8''\(encoded.joined())"
    }
}
