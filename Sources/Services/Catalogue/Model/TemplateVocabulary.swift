// SPDX-License-Identifier: Apache-2.0

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
    /// Parts of the house that a template may include: `{{> parts/letterhead}}`.
    public static let partials: Set<String> = ["parts/letterhead"]
}

extension ProcedurePack {
    /// Every name that the template of this pack's result may use.
    public var templateNames: Set<String> {
        let asked = (form?.fields ?? []).filter(\.type.isAsked).map { "\(TemplateVocabulary.answers).\($0.id)" }
        let filled = result.fields.filter(\.type.isAsked).map { "\(TemplateVocabulary.result).\($0.id)" }
        return TemplateVocabulary.names.union(asked).union(filled)
    }
}

extension FormSchema {
    /// Every asked field's answer as a person reads it; empty where there is none, so that every name has a value.
    public func displayTexts(_ answers: FormAnswers) -> [String: String] {
        Dictionary(
            fields.filter(\.type.isAsked).map { field in (field.id, answers[field.id].map(field.display) ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
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
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var rest = line[...]
            while let start = rest.range(of: "{{") {
                let column = line[..<start.lowerBound].unicodeScalars.count + 1
                let place = SourcePlace(line: index + 1, column: column)
                guard let end = rest[start.upperBound...].range(of: "}}") else { throw .unclosed(place) }
                let word = rest[start.upperBound..<end.lowerBound]
                rest = rest[end.upperBound...]
                if rest.hasPrefix("}") { rest = rest.dropFirst() }
                guard let tag = try tag(String(word), place, &open) else { continue }
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
            return section
        case "/":
            guard open.last?.name == name else { throw .sectionMismatch(name, place) }
            open.removeLast()
            return nil
        case ">": return TemplateTag(kind: .partial, name: name, place: place)
        case "=", "<", "$", "%": throw .unsupported(String(sign), place)
        default: return TemplateTag(kind: .variable, name: name, place: place)
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Substring {
    /// The first place of a text in this one.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
