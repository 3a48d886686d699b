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

/// Parts that a template may include, read once for all templates.
public struct TemplateParts: Sendable {
    /// The lines of each part by its name.
    fileprivate let lines: [String: [Substring]]
    fileprivate let templates: FormTemplates

    /// Parts by name.
    ///
    /// Throws what `FormTemplates` throws.
    public init(_ texts: [String: String]) throws(PaperError) {
        lines = texts.mapValues { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
        templates = try FormTemplates(texts)
    }
}

/// Reads a template as a paper would be read from it, without drawing: the same Mustache, the same reader of blocks.
///
/// Only the tags go through the filling. What stands between them is put back afterwards by its number, which also
/// tells the line that somebody wrote, however often a section was repeated; so a fault is told there, and a long
/// wording is not read again for each filling.
public struct TemplateProof: Sendable {
    private static let name = "proof"
    /// Around the number of a piece.
    private static let marks: (before: UInt8, after: UInt8) = (0x01, 0x02)

    /// The names that the template and its parts use.
    public let names: Set<String>
    private let lines: [Substring]
    private let templates: FormTemplates
    /// What stands between tags, with the line that it stands in.
    private let pieces: [(text: Substring, line: Int)]

    /// A template, and the parts that it may include.
    public init(_ text: String, parts: TemplateParts) throws(TemplateFault) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var pieces: [(text: Substring, line: Int)] = []
        var skeleton: [String] = []
        for (index, line) in lines.enumerated() {
            let included = Self.partial(line).flatMap { parts.lines[$0] } ?? [line]
            skeleton += included.map { Self.skeleton(of: $0, index + 1, &pieces) }
        }
        self.pieces = pieces
        do {
            templates = try parts.templates.adding([Self.name: skeleton.joined(separator: "\n")])
            names = try templates.tags(of: Self.name)
        } catch {
            throw Self.fault(error, in: lines)
        }
    }

    /// What keeps the template from being a paper with these values; nil when it is one.
    public func fault(_ values: FormValues) -> TemplateFault? {
        var places: [Int] = []
        do {
            var text = ""
            for line in try templates.filled(Self.name, values).utf8.split(
                separator: UInt8(ascii: "\n"),
                omittingEmptySubsequences: false
            ) {
                if !places.isEmpty { text += "\n" }
                places.append(restore(line, into: &text) ?? places.last ?? 1)
            }
            _ = try BlockText(parsing: text)
            return nil
        } catch {
            return Self.fault(error, in: lines, places)
        }
    }

    // MARK: - Pieces

    /// The tags of a line with numbers for what stands around them; one at the beginning even where nothing does.
    ///
    /// A line that holds one tag which leaves no line behind must stay alone on it, and bears no number.
    private static func skeleton(
        of line: Substring,
        _ number: Int,
        _ pieces: inout [(text: Substring, line: Int)]
    ) -> String {
        let trimmed = InlineText.trim(line)
        let isLone =
            trimmed.hasPrefix("{{") && trimmed.hasSuffix("}}") && !trimmed.dropFirst(2).contains("{{")
            && trimmed.dropFirst(2).first.map { "#^/!>".contains($0) } == true
        guard !isLone else { return String(line) }
        var (skeleton, rest) = ("", line.utf8)
        repeat {
            let start = brace(UInt8(ascii: "{"), in: rest) ?? rest.endIndex
            skeleton += "\u{1}\(pieces.count)\u{2}"
            pieces.append((line[rest.startIndex..<start], number))
            var end = brace(UInt8(ascii: "}"), in: rest[start...]).map { rest.index($0, offsetBy: 2) } ?? rest.endIndex
            if end < rest.endIndex, rest[end] == UInt8(ascii: "}") { end = rest.index(after: end) }
            skeleton += line[start..<end]
            rest = rest[end...]
        } while !rest.isEmpty
        return skeleton
    }

    /// Where a brace first stands twice.
    private static func brace(_ sign: UInt8, in text: Substring.UTF8View) -> String.Index? {
        var last: String.Index?
        for index in text.indices {
            if text[index] != sign {
                last = nil
            } else if let last {
                return last
            } else {
                last = index
            }
        }
        return nil
    }

    /// Puts the pieces of a filled line back into it; the line of the first one, nil where there is none.
    private func restore(_ line: Substring.UTF8View, into text: inout String) -> Int? {
        var (place, rest): (Int?, Substring.UTF8View) = (nil, line)
        while let before = rest.firstIndex(of: Self.marks.before),
            let after = rest[before...].firstIndex(of: Self.marks.after),
            let number = Int(Substring(rest[rest.index(after: before)..<after])), pieces.indices.contains(number)
        {
            text += Substring(rest[..<before])
            text += pieces[number].text
            if place == nil { place = pieces[number].line }
            rest = rest[rest.index(after: after)...]
        }
        text += Substring(rest)
        return place
    }

    private static func partial(_ line: Substring) -> String? {
        guard line.utf8.contains(UInt8(ascii: ">")) else { return nil }
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
