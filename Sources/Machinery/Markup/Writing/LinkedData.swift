// SPDX-License-Identifier: Apache-2.0

/// A value of JSON-LD, for search engines: it stands in the head of a page as a block of data that nothing executes.
public indirect enum LinkedData: Sendable, Hashable {
    case text(String)
    case list([LinkedData])
    /// Members in the order given.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        let name: String
        let value: LinkedData
    }

    /// An object of a type of schema.org; members without a value are left out.
    public static func thing(_ type: String, _ members: KeyValuePairs<String, LinkedData?>) -> LinkedData {
        let type = Member(name: "@type", value: .text(type))
        return .object([type] + members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// The same with the vocabulary that it speaks.
    public var inContext: LinkedData {
        guard case .object(let members) = self else { return self }
        return .object([Member(name: "@context", value: .text("https://schema.org"))] + members)
    }

    /// As JSON in which no letter can end the block: `<`, `>` and `&` are written as escapes.
    public var json: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let words): Self.quote(words, to: &text)
        case .list(let values):
            text += "["
            for (place, value) in values.enumerated() {
                if place > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (place, member) in members.enumerated() {
                if place > 0 { text += "," }
                Self.quote(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func quote(_ words: String, to text: inout String) {
        text += "\""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension HTML.StringInterpolation {
    /// A block of data for search engines.
    public mutating func appendInterpolation(linked data: LinkedData) {
        appendLiteral("<script type=\"application/ld+json\">")
        // Safe by `LinkedData.json`: no letter of it ends the block, and browsers do not execute the type.
        bytes.append(contentsOf: data.json.utf8)
        appendLiteral("</script>")
    }
}
