// SPDX-License-Identifier: Apache-2.0

/// Writes content as YAML that the pack's reader reads back to the same content, in the looks of the packs of this
/// repository: blocks indented by two, short mappings in one line, long texts folded.
enum PackWriter {
    /// Longest line that is written, where words allow it.
    static let lineLimit = 118
    /// Longest mapping or list that stands in one line.
    private static let flowLimit = 90

    /// The lines of a whole pack.
    static func document(_ tree: PackTree) -> [String] {
        switch tree {
        case .entries(let entries) where !entries.isEmpty: entries.flatMap { entry($0, indent: 0) }
        case .list(let items) where !items.isEmpty: items.flatMap { item($0, indent: 0) }
        case .entries: ["{}"]
        case .list: ["[]"]
        case .text(let text): [quoted(text)]
        }
    }

    /// The lines of `key: value`, each with its indentation.
    static func entry(_ entry: PackTree.Entry, indent: Int) -> [String] {
        let head = spaces(indent) + keyText(entry.key) + ":"
        switch entry.value {
        case .text(let text):
            let lines = scalar(text, indent: indent, used: head.count + 1)
            return ["\(head) \(lines[0])"] + lines.dropFirst()
        case .list(let items):
            // Top-level lists are read by people: one line each.
            if let flow = flow(entry.value, room: lineLimit - head.count - 1) { return ["\(head) \(flow)"] }
            return [head] + items.flatMap { item($0, indent: indent + 2) }
        case .entries(let entries):
            if let flow = flow(entry.value, room: lineLimit - head.count - 1) { return ["\(head) \(flow)"] }
            return [head] + entries.flatMap { self.entry($0, indent: indent + 2) }
        }
    }

    /// The lines of `- value`, the dash at this indentation.
    static func item(_ value: PackTree, indent: Int) -> [String] {
        let dash = spaces(indent) + "- "
        switch value {
        case .text(let text):
            let lines = scalar(text, indent: indent, used: dash.count)
            return [dash + lines[0]] + lines.dropFirst()
        case .list(let items):
            if let flow = flow(value, room: lineLimit - dash.count) { return [dash + flow] }
            return open(items.flatMap { item($0, indent: indent + 2) }, with: dash)
        case .entries(let entries):
            if let flow = flow(value, room: lineLimit - dash.count) { return [dash + flow] }
            return open(entries.flatMap { entry($0, indent: indent + 2) }, with: dash)
        }
    }

    /// The first line begins with the dash in place of its indentation.
    private static func open(_ lines: [String], with dash: String) -> [String] {
        [dash + lines[0].dropFirst(dash.count)] + lines.dropFirst()
    }

    // MARK: - One line

    /// The value in one line, where that is easy to read; always so for what is empty.
    private static func flow(_ value: PackTree, room: Int) -> String? {
        switch value {
        case .list(let items) where items.isEmpty: return "[]"
        case .entries(let entries) where entries.isEmpty: return "{}"
        default:
            guard isSimple(value, depth: 0) else { return nil }
            let text = flowText(value)
            return text.count <= min(room, flowLimit) ? text : nil
        }
    }

    /// Mappings of a few words, and lists of names or of such mappings inside one.
    private static func isSimple(_ value: PackTree, depth: Int) -> Bool {
        switch value {
        case .text(let text): !text.contains("\n") && text.count <= 60
        case .list(let items):
            items.allSatisfy { item in
                switch item {
                case .text(let text): text.count <= 40 && !text.contains { $0 == " " || $0.isNewline }
                case .list: false
                case .entries: depth > 0 && depth < 4 && isSimple(item, depth: depth + 1)
                }
            }
        case .entries(let entries):
            entries.count <= 6 && depth < 4 && entries.allSatisfy { isSimple($0.value, depth: depth + 1) }
        }
    }

    private static func flowText(_ value: PackTree) -> String {
        switch value {
        case .text(let text): isPlain(text, inFlow: true) ? text : quoted(text)
        case .list(let items): "[" + items.map(flowText).joined(separator: ", ") + "]"
        case .entries(let entries):
            entries.isEmpty
                ? "{}"
                : "{ " + entries.map { "\(keyText($0.key)): \(flowText($0.value))" }.joined(separator: ", ") + " }"
        }
    }

    private static func keyText(_ key: String) -> String {
        let isName = !key.isEmpty && key.utf8.allSatisfy { isNameByte($0) || $0 == 46 || $0 == 45 || $0 == 95 }
        return isName && key.utf8.first.map(isNameByte) == true ? key : quoted(key)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    // MARK: - Texts

    /// The lines of a text behind its key or dash; the first without indentation.
    private static func scalar(_ text: String, indent: Int, used: Int) -> [String] {
        let pad = spaces(indent + 2)
        if isPlain(text, inFlow: false) {
            guard used + text.count > lineLimit, isFoldable(text) else { return [text] }
            return [">-"] + folded(text, width: max(40, lineLimit - pad.count)).map { pad + $0 }
        }
        if isLiteral(text) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return ["|-"] + lines.map { $0.isEmpty ? "" : pad + $0 }
        }
        return [quoted(text)]
    }

    /// Whether the text needs no marks around it.
    static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else { return false }
        let mayBegin = first.properties.isAlphabetic || ("0"..."9").contains(first) || first == "(" || first == "/"
        guard mayBegin, last != ":", last != " ", isHarmless(text) else { return false }
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": return false
            case ":":
                let next = scalars[index + 1]  // the last one is no colon
                if next == " " || inFlow && !next.properties.isAlphabetic && !("0"..."9").contains(next) {
                    return false
                }
            case "#" where index > 0 && scalars[index - 1] == " ": return false
            case ",", "[", "]", "{", "}": if inFlow { return false }
            default: break
            }
        }
        return true
    }

    /// Whether the pack's reader takes every letter of the text for text wherever it stands: no letters that YAML
    /// refuses or breaks lines at, no marks of anchors, aliases and tags at the beginning of a word, no bracket without
    /// its partner.
    private static func isHarmless(_ text: String) -> Bool {
        var (square, curly) = (0, 0)
        var before: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&", "*", "!": if " \n,[{".unicodeScalars.contains(before) { return false }
            case "[": square += 1
            case "]": square -= 1
            case "{": curly += 1
            case "}": curly -= 1
            case "\n": break
            default: if needsEscape(scalar) { return false }
            }
            guard square >= 0, curly >= 0 else { return false }
            before = scalar
        }
        return square == 0 && curly == 0
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// Words with single spaces between them, which may stand on several lines.
    private static func isFoldable(_ text: String) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.allSatisfy { !$0.isEmpty && $0.count <= 60 }
    }

    private static func folded(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if line.count + 1 + word.count <= width {
                line += " \(word)"
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }

    /// Several lines that stand as they are: none begins or ends with a space, the first and last are not empty.
    private static func isLiteral(_ text: String) -> Bool {
        guard text.contains("\n"), isHarmless(text) else { return false }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first?.isEmpty == false, lines.last?.isEmpty == false else { return false }
        return lines.allSatisfy { line in
            line.isEmpty || (line.first != " " && line.last != " " && line.first != "-" && line.first != "?")
        }
    }

    /// The text in double quotes; what the reader would take for a mark is written by its number.
    static func quoted(_ text: String) -> String {
        let isHarmless = isHarmless(text)
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "&", "*", "!", "[", "]", "{", "}":
                out += isHarmless ? String(scalar) : "\\x" + hex(scalar.value, digits: 2)
            default:
                if needsEscape(scalar) {
                    out += "\\u" + hex(scalar.value, digits: 4)
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
