// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Kernel
import Mustache

/// The forms, letters, results and notices of the house: Mustache texts by name, such as `TT03_2025/01-intake-slip`.
///
/// Values are escaped for where they land before they meet the template, so neither `{{x}}` nor `{{{x}}}` lets a value
/// become a command. Every tag must have a value; an unknown tag is an error, not an empty line on a paper.
public struct FormTemplates: Sendable {
    private struct Template: Sendable {
        var tags: TemplateTags
        var text: String
    }

    private var templates: [String: Template] = [:]
    private var library = MustacheLibrary()

    /// One partial in another, at most this deep.
    private static let partialDepth = 4

    /// Names of all templates, sorted.
    public var names: [String] { templates.keys.sorted() }

    /// Reads every `*.mustache` of a folder and its subfolders; the name is the path without the ending.
    ///
    /// Throws `PaperError.unreadable`, `.templateSyntax` and `.templateMissing` (of a partial).
    public init(folder: String) throws(PaperError) {
        guard let paths = FileManager.default.enumerator(of: folder) else { throw .unreadable(path: folder) }
        var texts: [String: String] = [:]
        for path in paths where path.hasSuffix(".mustache") {
            let file = "\(folder)/\(path)"
            // The reason (rights, encoding) is the operator's to see from the path.
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw .unreadable(path: file) }
            texts[String(path.dropLast(".mustache".count))] = text
        }
        try self.init(texts)
    }

    /// Templates by name.
    ///
    /// Throws `PaperError.templateSyntax` and `.templateMissing` (of a partial).
    public init(_ texts: [String: String]) throws(PaperError) {
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { try register(text, named: name) }
        try checkPartials()
    }

    /// These templates with more, such as an agency's own wording or the result of a pack; equal names are replaced.
    public func adding(_ texts: [String: String]) throws(PaperError) -> FormTemplates {
        var copy = self
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { try copy.register(text, named: name) }
        try copy.checkPartials()
        return copy
    }

    private mutating func register(_ text: String, named name: String) throws(PaperError) {
        let tags = try TemplateTags(text, template: name)
        do {
            // Values are escaped beforehand, so the library must add nothing of its own.
            library.register(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text), named: name)
        } catch {
            throw .templateSyntax(template: name, line: 0, reason: "\(error)")
        }
        templates[name] = Template(tags: tags, text: text)
    }

    private func checkPartials() throws(PaperError) {
        for name in names {
            var level: Set<String> = [name]
            for depth in 0...Self.partialDepth where !level.isEmpty {
                guard depth < Self.partialDepth else {
                    throw .templateSyntax(template: name, line: 0, reason: "partials in partials in partials")
                }
                var next: Set<String> = []
                for partial in level {
                    guard let template = templates[partial] else { throw .templateMissing(partial) }
                    next.formUnion(template.tags.partials)
                }
                level = next
            }
        }
    }

    // MARK: - Rendering

    /// A paper from a template in the block language.
    ///
    /// Throws `PaperError.templateMissing`, `.unknownTag`, `.wrongKind`, `.blockSyntax`, `.linkRefused`, `.tooLarge`.
    public func document(
        _ name: String,
        values: FormValues,
        createdAt: Instant
    ) throws(PaperError) -> PaperDocument {
        try BlockText(parsing: filled(name, values)).document(createdAt: createdAt)
    }

    /// Plain text, for a message: values stay on their line.
    ///
    /// Throws `PaperError.templateMissing`, `.unknownTag` and `.wrongKind`.
    public func text(_ name: String, values: FormValues) throws(PaperError) -> String {
        let rendered = try render(name, values) { value in
            BlockText.plain(value).split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        var lines = rendered.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { InlineText.trim($0) }[...]
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// A letter: the first line is the subject, a blank line follows, then the body.
    ///
    /// Throws what `text` throws, and `.templateSyntax` when the form is another.
    public func letter(_ name: String, values: FormValues) throws(PaperError) -> (subject: String, body: String) {
        let lines = try text(name, values: values).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, !lines[0].isEmpty, lines[1].isEmpty else {
            throw .templateSyntax(template: name, line: 1, reason: "a letter is: subject, blank line, body")
        }
        return (String(lines[0]), lines[2...].joined(separator: "\n"))
    }

    /// The text in the block language, before it is read.
    func filled(_ name: String, _ values: FormValues) throws(PaperError) -> String {
        try render(name, values, escape: BlockText.escape)
    }

    private func render(
        _ name: String,
        _ values: FormValues,
        escape: (String) -> String
    ) throws(PaperError) -> String {
        guard let template = templates[name] else { throw .templateMissing(name) }
        try check(template.tags.nodes, of: name, against: [values])
        let object = values.mustache(escape: escape)
        guard let text = library.render(object, withTemplate: name) else { throw .templateMissing(name) }
        return text
    }

    // MARK: - Strictness

    /// Every tag has a value of the right kind, those in sections that are not shown included.
    private func check(
        _ nodes: [TemplateTags.Node],
        of name: String,
        against stack: [FormValues]
    ) throws(PaperError) {
        for node in nodes {
            switch node {
            case .partial(let partial):
                guard let template = templates[partial] else { throw .templateMissing(partial) }
                try check(template.tags.nodes, of: partial, against: stack)
            case .variable(let tag):
                guard case .text = try value(of: tag, in: stack, template: name) else {
                    throw .wrongKind(template: name, tag: tag)
                }
            case .section(let tag, let inner):
                switch try value(of: tag, in: stack, template: name) {
                case .text, .flag: try check(inner, of: name, against: stack)
                case .record(let record): try check(inner, of: name, against: stack + [record])
                case .list(let entries):
                    for entry in entries { try check(inner, of: name, against: stack + [entry]) }
                }
            }
        }
    }

    private func value(
        of tag: String,
        in stack: [FormValues],
        template: String
    ) throws(PaperError) -> FormValues.Value {
        var path = tag.split(separator: ".").map(String.init)[...]
        guard let first = path.popFirst(), let found = stack.reversed().lazy.compactMap({ $0[first] }).first else {
            throw .unknownTag(template: template, tag: tag)
        }
        var value = found
        while let next = path.popFirst() {
            guard case .record(let record) = value, let inner = record[next] else {
                throw .unknownTag(template: template, tag: tag)
            }
            value = inner
        }
        return value
    }

    /// The tags of a template with those of its partials, for the data dictionary and its test.
    public func tags(of name: String) throws(PaperError) -> Set<String> {
        guard let template = templates[name] else { throw .templateMissing(name) }
        return try tags(template.tags.nodes)
    }

    private func tags(_ nodes: [TemplateTags.Node]) throws(PaperError) -> Set<String> {
        var found: Set<String> = []
        for node in nodes {
            switch node {
            case .variable(let tag): found.insert(tag)
            case .partial(let partial): found.formUnion(try tags(of: partial))
            case .section(let tag, let inner):
                found.insert(tag)
                found.formUnion(try tags(inner))
            }
        }
        return found
    }
}

extension FileManager {
    /// Paths below a folder, sorted; nil when it cannot be read.
    fileprivate func enumerator(of folder: String) -> [String]? {
        // Nil says all that the caller needs: the folder is not there or not ours.
        (try? subpathsOfDirectory(atPath: folder))?.sorted()
    }
}
