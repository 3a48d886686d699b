// SPDX-License-Identifier: Apache-2.0

/// Why a template gives no paper, at a place of the template itself.
public struct TemplateFault: Error, Hashable {
    /// Line of the template, from 1.
    public let line: Int
    /// Column in that line, from 1, in Unicode scalars.
    public let column: Int
    /// What is wrong, in Vietnamese, for whoever writes the template.
    public let reason: String
}

/// Reads a template as a paper would be read from it, without drawing: the same Mustache, the same reader of blocks.
///
/// Each line of the template bears its number through the filling, so that what the reader of blocks refuses is told
/// at the line that somebody wrote, however often a section was repeated.
public struct TemplateProof: Sendable {
    private static let name = "proof"
    /// Around the number of a line; of the private use area, and taken away before the blocks are read.
    private static let marks: (before: Unicode.Scalar, after: Unicode.Scalar) = ("\u{E000}", "\u{E001}")

    private let lines: [Substring]
    private let templates: FormTemplates

    /// A template, and the texts of the parts that it may include, by name.
    public init(_ text: String, parts: [String: String]) throws(TemplateFault) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var numbered: [String] = []
        for (index, line) in lines.enumerated() {
            if let part = Self.partial(line).flatMap({ parts[$0] }) {
                numbered += part.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                    .map { Self.numbered($0, index + 1) }
            } else {
                numbered.append(Self.numbered(line, index + 1))
            }
        }
        do {
            templates = try FormTemplates(parts.merging([Self.name: numbered.joined(separator: "\n")]) { $1 })
        } catch {
            throw Self.fault(error, in: lines)
        }
    }

    /// What keeps the template from being a paper with these values; nil when it is one.
    public func fault(_ values: FormValues) -> TemplateFault? {
        var places: [Int] = []
        do {
            let filled = try templates.filled(Self.name, values)
            var text: [String] = []
            for line in filled.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                let (number, rest) = Self.unnumbered(line)
                places.append(number ?? places.last ?? 1)
                text.append(rest)
            }
            _ = try BlockText(parsing: text.joined(separator: "\n"))
            return nil
        } catch {
            return Self.fault(error, in: lines, places)
        }
    }

    // MARK: - Numbers of lines

    /// A line that holds one tag which leaves no line behind must stay alone on it, and bears no number.
    private static func numbered(_ line: Substring, _ number: Int) -> String {
        let trimmed = InlineText.trim(line)
        let isLone =
            trimmed.hasPrefix("{{") && trimmed.hasSuffix("}}") && !trimmed.dropFirst(2).contains("{{")
            && trimmed.dropFirst(2).first.map { "#^/!>".contains($0) } == true
        return isLone ? String(line) : "\(marks.before)\(number)\(marks.after)\(line)"
    }

    private static func unnumbered(_ line: Substring) -> (number: Int?, rest: String) {
        let scalars = line.unicodeScalars
        guard scalars.first == marks.before, let end = scalars.firstIndex(of: marks.after) else {
            return (nil, String(line))
        }
        let number = Int(String(scalars[scalars.index(after: scalars.startIndex)..<end]))
        return (number, String(scalars[scalars.index(after: end)...]))
    }

    private static func partial(_ line: Substring) -> String? {
        let trimmed = InlineText.trim(line)
        guard trimmed.hasPrefix("{{>"), trimmed.hasSuffix("}}") else { return nil }
        return String(InlineText.trim(trimmed.dropFirst(3).dropLast(2)))
    }

    // MARK: - Places

    private static func fault(_ error: PaperError, in lines: [Substring], _ places: [Int] = []) -> TemplateFault {
        switch error {
        case .blockSyntax(let line, let reason):
            let number = places.indices.contains(line - 1) ? places[line - 1] : places.last ?? 1
            let text = lines.indices.contains(number - 1) ? lines[number - 1] : ""
            return TemplateFault(line: number, column: column(in: text, for: reason), reason: reason)
        case .linkRefused(let link):
            let reason = "địa chỉ “\(link)” không phải là http, https, mailto hay tel"
            return found("<", in: lines, reason: reason)
        case .unknownTag(_, let tag): return found(tag + "}}", in: lines, reason: "không ai điền “\(tag)”")
        case .wrongKind(_, let tag):
            let reason = "“\(tag)” là một người hay một nhóm dòng, không phải một chữ; gọi từng phần của nó"
            return found(tag + "}}", in: lines, reason: reason)
        case .templateSyntax(_, let line, let reason):
            return TemplateFault(line: max(line, 1), column: 1, reason: "thẻ Mustache không dùng được (\(reason))")
        case .tooLarge(_, let limit):
            return TemplateFault(line: 1, column: 1, reason: "văn bản quá dài, giới hạn là \(limit)")
        default: return TemplateFault(line: 1, column: 1, reason: "không tạo được văn bản (\(error.code))")
        }
    }

    private static func found(_ word: String, in lines: [Substring], reason: String) -> TemplateFault {
        for (index, line) in lines.enumerated() {
            guard let range = line.firstRange(of: word) else { continue }
            let column = line[..<range.lowerBound].unicodeScalars.count + 1
            return TemplateFault(line: index + 1, column: column, reason: reason)
        }
        return TemplateFault(line: 1, column: 1, reason: reason)
    }

    /// Where a sign stands that must not stand bare; else where the line begins.
    private static func column(in line: Substring, for reason: String) -> Int {
        let scalars = Array(line.unicodeScalars)
        let start = scalars.firstIndex { $0 != " " && $0 != "\t" } ?? 0
        guard let sign = InlineText.bareSign(of: reason) else { return start + 1 }
        var index = start
        // The options of a block stand in brackets of their own.
        if scalars.indices.contains(start), scalars[start] == "@" {
            while index < scalars.count,
                scalars[index].properties.isAlphabetic || "@12".unicodeScalars.contains(scalars[index])
            {
                index += 1
            }
            if index < scalars.count, scalars[index] == "[" {
                index = (scalars[index...].firstIndex(of: "]") ?? index) + 1
            }
        }
        while index < scalars.count {
            if scalars[index...].starts(with: "{{".unicodeScalars) {
                while index < scalars.count, !scalars[index...].starts(with: "}}".unicodeScalars) { index += 1 }
                index += 2
            } else if scalars[index] == "\\" {
                index += 2
            } else if scalars[index] == sign {
                return index + 1
            } else {
                index += 1
            }
        }
        return start + 1
    }
}
