// SPDX-License-Identifier: Apache-2.0

import Paper

/// The names that the template of a result may use. Whoever draws a result gives every one of them a value.
public enum TemplateVocabulary {
    /// Names of the house: agency, dossier, signer. `number` only where the pack has a series;
    /// `preview` is a section, shown until the result is signed.
    public static let names: Set<String> = [
        "agency", "parentAgency", "desk", "place", "number", "date", "dossierCode", "procedureCode", "procedureName",
        "resultName", "signerPosition", "signerName", "verifyURL", "preview",
    ]
    /// The record of the citizen's answers: `answers.fullName`.
    public static let answers = "answers"
    /// The record of what the specialist filled in: `result.registerNumber`.
    public static let result = "result"
    /// Within the section of a group: the number of the row, from 1.
    public static let index = "index"
    /// Parts of the house that a template may include: `{{> parts/letterhead}}`.
    public static let partials = Set(partShapes.keys)
    /// The parts in short, for the check of a template: the same blocks and names, without the wording.
    private static let partShapes = [
        "parts/letterhead": """
        @columns[widths=40,60]
        @p {{parentAgency}} {{agency}} {{desk}} {{number}}
        @next
        @p {{place}}, {{date}}
        @end
        """
    ]
    /// The same, read.
    static let parts: TemplateParts = {
        do { return try TemplateParts(partShapes) } catch {
            preconditionFailure("the parts are no templates: \(error)")
        }
    }()
}

extension ProcedurePack {
    /// Every name that the template of this pack's result may use, outside the sections of groups.
    public var templateNames: Set<String> {
        let asked = (form?.fields ?? []).flatMap(\.templateNames).map { "\(TemplateVocabulary.answers).\($0)" }
        let filled = result.fields.flatMap(\.templateNames).map { "\(TemplateVocabulary.result).\($0)" }
        return TemplateVocabulary.names.union(asked).union(filled)
    }

    /// The names that may be used besides within the section of a group: those of one row, and `index`.
    func templateNames(inSection name: String) -> Set<String> {
        let stem = "\(TemplateVocabulary.answers)."
        guard name.hasPrefix(stem), let group = form?.field(String(name.dropFirst(stem.count))), group.type == .group
        else { return [] }
        return Set(group.members.flatMap(\.templateNames)).union([TemplateVocabulary.index])
    }
}

extension FormField {
    /// The names that a template has for the field: a person's parts, an amount's words.
    var templateNames: [String] {
        switch type {
        case .note, .file: []
        case .person: members.map(\.id)
        case .money: [id, wordsName]
        default: [id]
        }
    }

    /// The name of an amount in words.
    var wordsName: String { "\(id)InWords" }
}

/// The answers as a template asks for them.
public indirect enum TemplateValue: Hashable, Sendable {
    /// As a person reads it; empty where there is no answer.
    case text(String)
    /// A person's parts by name.
    case record([String: TemplateValue])
    /// A group's rows.
    case list([[String: TemplateValue]])
}

extension FormSchema {
    /// Every name of `templateNames` with its value, so that no name is without one.
    public func templateValues(_ answers: FormAnswers) -> [String: TemplateValue] {
        FormField.templateValues(of: fields, names: fields.map(\.id), answers)
    }
}

extension FormField {
    /// - Parameters:
    ///   - fields: the fields with their names in the answers.
    ///   - names: their names in the template, in the same order.
    ///   - answers: canonical answers.
    /// - Returns: a value for every name.
    fileprivate static func templateValues(
        of fields: [FormField],
        names: [String],
        _ answers: FormAnswers
    ) -> [String: TemplateValue] {
        var values: [String: TemplateValue] = [:]
        for (field, name) in zip(fields, names) {
            let answer = answers[field.id] ?? ""
            switch field.type {
            case .note, .file: continue
            case .person:
                let parts = field.members.map { String($0.id.dropFirst(field.id.count + 1)) }
                values[name] = .record(templateValues(of: field.members, names: parts, answers))
            case .group:
                let rows = (0..<field.rows(answers)).map { index in
                    var row = templateValues(of: field.row(index + 1), names: field.members.map(\.id), answers)
                    row[TemplateVocabulary.index] = .text("\(index + 1)")
                    return row
                }
                values[name] = .list(answers.ids.contains(where: field.owns) ? rows : [])
            case .money:
                values[name] = .text(answer.isEmpty ? "" : field.moneyInFigures(answer))
                values[name + "InWords"] = .text(field.moneyInWords(answer) ?? "")
            default: values[name] = .text(answer.isEmpty ? "" : field.display(answer))
            }
        }
        return values
    }
}

/// One tag of a Mustache text.
struct TemplateTag: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case variable, section, partial
    }

    let kind: Kind
    let name: String
    let place: SourcePlace
    /// The sections around it, outermost first.
    var sections: [String] = []
}

/// Finds the tags of a Mustache text: variables, sections, partials; comments are skipped.
enum TemplateScan {
    enum Fault: Error {
        case unclosed(SourcePlace)
        case empty(SourcePlace)
        case sectionMismatch(String, SourcePlace)
        case unsupported(String, SourcePlace)
    }

    static func tags(_ text: String) throws(Fault) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var open: [TemplateTag] = []
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            var rest = line[...]
            while let start = rest.firstPair(UInt8(ascii: "{")) {
                let column = Substring(line[..<start]).unicodeScalars.count + 1
                let place = SourcePlace(line: index + 1, column: column)
                rest = rest[start...].dropFirst(2)
                guard let end = rest.firstPair(UInt8(ascii: "}")) else { throw .unclosed(place) }
                let word = String(Substring(rest[..<end]))
                rest = rest[end...].dropFirst(2)
                if rest.first == UInt8(ascii: "}") { rest = rest.dropFirst() }
                guard let tag = try tag(word, place, &open) else { continue }
                tags.append(tag)
            }
        }
        if let left = open.last { throw .sectionMismatch(left.name, left.place) }
        return tags
    }

    private static func tag(
        _ word: String,
        _ place: SourcePlace,
        _ open: inout [TemplateTag]
    ) throws(Fault) -> TemplateTag? {
        let sign = word.first ?? " "
        let name = trimmed("#^/>&{".contains(sign) ? word.dropFirst() : word[...])
        guard sign != "!" else { return nil }
        guard !name.isEmpty else { throw .empty(place) }
        switch sign {
        case "#", "^":
            let section = TemplateTag(kind: .section, name: name, place: place)
            open.append(section)
            return TemplateTag(kind: .section, name: name, place: place, sections: open.dropLast().map(\.name))
        case "/":
            guard open.last?.name == name else { throw .sectionMismatch(name, place) }
            open.removeLast()
            return nil
        case ">": return TemplateTag(kind: .partial, name: name, place: place)
        case "=", "<", "$", "%": throw .unsupported(String(sign), place)
        default:
            return TemplateTag(kind: .variable, name: name, place: place, sections: open.map(\.name))
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Substring.UTF8View {
    /// Where a byte first stands twice in a row.
    fileprivate func firstPair(_ byte: UInt8) -> Index? {
        var rest = self[...]
        while let first = rest.firstIndex(of: byte) {
            rest = rest[first...].dropFirst()
            if rest.first == byte { return first }
        }
        return nil
    }
}
