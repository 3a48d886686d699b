// SPDX-License-Identifier: Apache-2.0

import Kernel

/// Texts of the national catalogue, where markup of web pages stands among the words, as plain lines.
///
/// Nothing of the markup is kept: what is no tag stays a letter like every other, and pages write letters escaped.
enum NationalText {
    /// Longest text that is read, in scalars: no procedure of the state has a tenth of it in one place.
    static let limit = 100_000

    /// Why a text is not taken.
    enum Fault: Error, Hashable {
        case tooLong(Int)
        case control(UInt32)

        var vietnamese: String {
            switch self {
            case .tooLong(let count): "dài \(count) ký tự, quá \(NationalText.limit)"
            case .control(let value): "có ký tự điều khiển U+\(String(value, radix: 16, uppercase: true))"
            }
        }
    }

    /// The lines of a text, each tidied and composed, none of them empty.
    static func lines(_ text: String) throws(Fault) -> [String] {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= limit else { throw .tooLong(scalars.count) }
        var plain = String.UnicodeScalarView()
        for scalar in decoded(scalars.contains("<") ? withoutTags(scalars) : scalars) {
            switch scalar {
            // Hyphens and joiners that nobody sees.
            case "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}": continue
            case "\n", "\r", "\u{2028}", "\u{2029}": plain.append("\n")
            case "\t": plain.append(" ")
            case _ where VietnameseText.isOddSpace(scalar): plain.append(" ")
            case _ where VietnameseText.isInvisible(scalar): throw .control(scalar.value)
            default: plain.append(scalar)
            }
        }
        return String(plain).split(separator: "\n").map { VietnameseText.tidy(String($0)) }
            .filter { !$0.isEmpty && $0 != "-" }
    }

    /// The text in one line.
    static func line(_ text: String) throws(Fault) -> String { try lines(text).joined(separator: " ") }

    // MARK: - Tags

    /// Tags that begin a line.
    private static let blocks: Set<String> = [
        "p", "br", "div", "li", "ul", "ol", "tr", "table", "tbody", "thead", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "section", "article", "blockquote", "dd", "dt",
    ]
    /// Tags whose content is no text.
    private static let silent: Set<String> = ["script", "style", "head", "title", "iframe", "object", "template"]

    private static func withoutTags(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {  // bounded: each turn goes at least one letter on
            guard scalars[index] == "<", let tag = Tag(scalars, at: index) else {
                out.append(scalars[index])
                index += 1
                continue
            }
            index = tag.end
            if silent.contains(tag.name), !tag.isClosing {
                index = afterClosing(tag.name, scalars, from: index)
            }
            if blocks.contains(tag.name) {
                out.append("\n")
                if tag.name == "li", !tag.isClosing { out += ["-", " "] }
            } else if tag.name == "td" || tag.name == "th" {
                out.append(" ")
            }
        }
        return out
    }

    private static func afterClosing(_ name: String, _ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var index = start
        while index < scalars.count {  // bounded: each turn goes at least one letter on
            if scalars[index] == "<", let tag = Tag(scalars, at: index) {
                if tag.isClosing, tag.name == name { return tag.end }
            }
            index += 1
        }
        return scalars.count
    }

    /// `<p class="a">`, `</p>` or a comment. A sign of "less than" before a number or a space is none of these.
    private struct Tag {
        /// The longest tag that is looked at: a sign without its partner must not swallow a page.
        static let lengthLimit = 4_096
        let name: String
        let isClosing: Bool
        let end: Int

        init?(_ scalars: [Unicode.Scalar], at start: Int) {
            var index = start + 1
            guard index < scalars.count else { return nil }
            isClosing = scalars[index] == "/"
            if isClosing { index += 1 }
            guard index < scalars.count, scalars[index] == "!" || Self.isLetter(scalars[index]) else { return nil }
            var name = ""
            while index < scalars.count, Self.isLetter(scalars[index]) || ("0"..."9").contains(scalars[index]) {
                name.unicodeScalars.append(scalars[index])
                index += 1
            }
            let last = min(scalars.count, start + Self.lengthLimit)
            guard let close = scalars[min(index, last)..<last].firstIndex(of: ">") else { return nil }
            self.name = name.lowercased()
            end = close + 1
        }

        private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        }
    }

    // MARK: - Names of letters

    private static let marks: [String: Unicode.Scalar] = [
        "grave": "\u{300}", "acute": "\u{301}", "circ": "\u{302}", "tilde": "\u{303}",
    ]
    private static let names: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "bull": "•", "middot": "·",
        "deg": "°", "sect": "§", "times": "×", "le": "≤", "ge": "≥", "shy": "\u{AD}",
    ]

    /// `&agrave;`, `&#224;` and `&#xE0;` as letters, once: what was escaped twice stays visible as such.
    private static func decoded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains("&") else { return scalars }
        var out: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {  // bounded: each turn goes at least one letter on
            let last = min(scalars.count, index + 12)
            guard scalars[index] == "&", let end = scalars[index..<last].firstIndex(of: ";"),
                let letters = letters(named: String(String.UnicodeScalarView(scalars[(index + 1)..<end])))
            else {
                out.append(scalars[index])
                index += 1
                continue
            }
            out += letters
            index = end + 1
        }
        return out
    }

    private static func letters(named name: String) -> [Unicode.Scalar]? {
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init).map { [$0] }
        }
        if let scalar = names[name] { return [scalar] }
        guard let letter = name.unicodeScalars.first, let mark = marks[String(name.dropFirst())] else { return nil }
        return [letter, mark]
    }
}
