// SPDX-License-Identifier: Apache-2.0

/// The tags of one template: the part of Mustache that we allow. Lambdas, changed delimiters, inheritance, dynamic
/// partials and transforms are refused, so that a template can do nothing but place values.
struct TemplateTags: Sendable {
    indirect enum Node: Sendable {
        case variable(String)
        case section(String, [Node])
        case partial(String)
    }

    let nodes: [Node]

    /// Reads `text`; throws `PaperError.templateSyntax` with the line.
    init(_ text: String, template: String) throws(PaperError) {
        var scanner = Scanner(template: template, rest: text[...])
        nodes = try scanner.nodes(within: nil)
    }

    /// Names of partials, wherever they stand.
    var partials: Set<String> { Self.partials(nodes) }

    private static func partials(_ nodes: [Node]) -> Set<String> {
        nodes.reduce(into: []) { found, node in
            switch node {
            case .variable: break
            case .partial(let name): found.insert(name)
            case .section(_, let inner): found.formUnion(partials(inner))
            }
        }
    }

    private struct Scanner {
        let template: String
        var rest: Substring
        var line = 1

        mutating func nodes(within section: String?) throws(PaperError) -> [Node] {
            var nodes: [Node] = []
            while let tag = try nextTag() {
                switch tag.sign {
                case "!": continue
                case "#", "^": nodes.append(.section(tag.name, try self.nodes(within: tag.name)))
                case ">": nodes.append(.partial(tag.name))
                case "/":
                    guard tag.name == section else { throw fault("{{/\(tag.name)}} ends nothing that is open") }
                    return nodes
                default: nodes.append(.variable(tag.name))
                }
            }
            if let section { throw fault("{{#\(section)}} is not ended") }
            return nodes
        }

        private mutating func nextTag() throws(PaperError) -> (sign: Character?, name: String)? {
            guard let open = rest.firstRange(of: "{{") else { return nil }
            line += rest[..<open.lowerBound].count(where: \.isNewline)
            rest = rest[open.upperBound...]
            let isTriple = rest.first == "{"
            if isTriple { rest.removeFirst() }
            guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else { throw fault("{{ is not closed") }
            var body = InlineText.trim(rest[..<close.lowerBound])
            defer {
                line += rest[..<close.lowerBound].count(where: \.isNewline)
                rest = rest[close.upperBound...]
            }
            var sign: Character?
            if let first = body.first, "!#^/>&=%<$*".contains(first) {
                sign = first
                body = InlineText.trim(body.dropFirst())
            }
            if sign == "!" { return (sign, "") }
            guard sign == nil || "#^/>&".contains(sign ?? " "), !isTriple || sign == nil else {
                throw fault("{{\(sign.map(String.init) ?? "")… is not allowed in a form")
            }
            guard Self.isName(body, isPartial: sign == ">") else {
                throw fault("\(body) is no name of a tag")
            }
            return (sign == "&" ? nil : sign, String(body))
        }

        private static func isName(_ text: Substring, isPartial: Bool) -> Bool {
            guard let first = text.first, first.isASCII, first.isLetter else { return false }
            return text.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || (isPartial && "/_-".contains($0)))
            }
        }

        private func fault(_ reason: String) -> PaperError {
            .templateSyntax(template: template, line: line, reason: reason)
        }
    }
}
