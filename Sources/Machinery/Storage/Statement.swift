// SPDX-License-Identifier: Apache-2.0

/// SQL whose interpolated values are parameters and never part of the text.
///
/// `"SELECT code FROM dossier WHERE id = \(id) AND due_at < \(now)"`. No `String` can become SQL: what varies is
/// composed of other statements.
public struct Statement: Sendable {
    struct Parameter: Sendable {
        var type: ColumnType
        var value: StoredValue
    }

    /// The literal parts: one more than there are parameters, which stand between them.
    private(set) var literals: [String]
    private(set) var parameters: [Parameter] = []
    /// A long list has a length of its own each time: such a text is not worth keeping prepared.
    private(set) var hasLongList = false
    /// Up to here a list is filled up to a power of two, so that seven texts at most are kept for it.
    private static let shortList = 64

    /// A text that is no literal, for names of schemas in tests and tools of the house. Never from outside.
    package init(trusted sql: String) {
        literals = [sql]
    }

    /// Values one after the other with commas between them, for rows of any width.
    init(values: [Parameter]) {
        precondition(!values.isEmpty, "a list of values has at least one")
        literals = [""] + Array(repeating: ", ", count: values.count - 1) + [""]
        parameters = values
    }

    /// One statement after the other.
    public static func + (left: Statement, right: Statement) -> Statement {
        var whole = left
        whole.append(right)
        return whole
    }

    /// Adds another statement at the end.
    public mutating func append(_ other: Statement) {
        literals[literals.count - 1] += other.literals[0]
        literals += other.literals.dropFirst()
        parameters += other.parameters
        hasLongList = hasLongList || other.hasLongList
    }

    /// Rewrites the text around the parameters.
    mutating func mapLiterals(_ change: (String) -> String) {
        literals = literals.map(change)
    }

    /// The text with the placeholders of an engine.
    func text(for engine: Engine) -> String {
        guard !parameters.isEmpty else { return literals[0] }
        var text = literals[0]
        for index in parameters.indices {
            text += engine == .sqlite ? "?" : "$\(index + 1)"
            text += literals[index + 1]
        }
        return text
    }

    /// Whether the text asks for or changes rows, and is worth preparing; not a definition or a command.
    var isQuery: Bool {
        let verb = literals[0].drop(while: \.isWhitespace).prefix { $0.isLetter }
        return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(verb)
    }
}

extension [Statement] {
    /// The statements with a separator between them: `conditions.joined(" AND ")`.
    public func joined(_ separator: Statement) -> Statement {
        guard var whole = first else { return "" }
        for statement in dropFirst() {
            whole.append(separator)
            whole.append(statement)
        }
        return whole
    }
}

// MARK: - Interpolation

extension Statement: ExpressibleByStringInterpolation {
    public init(stringLiteral value: StaticString) {
        literals = [value.description]
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.statement
    }

    /// Collects literals and parameters.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var statement = Statement(trusted: "")

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: StaticString) {
            statement.literals[statement.literals.count - 1] += literal.description
        }

        /// A value, which becomes a parameter.
        public mutating func appendInterpolation<Value: ColumnValue>(_ value: Value) {
            statement.parameters.append(Parameter(type: Value.columnType, value: value.stored))
            statement.literals.append("")
        }

        /// A value that may be missing: NULL then.
        public mutating func appendInterpolation<Value: ColumnValue>(_ value: Value?) {
            statement.parameters.append(Parameter(type: Value.columnType, value: value.stored))
            statement.literals.append("")
        }

        /// A part of the statement written elsewhere.
        public mutating func appendInterpolation(fragment: Statement) {
            statement.append(fragment)
        }

        /// The values of `IN (…)`, without the parentheses; an empty list matches nothing.
        public mutating func appendInterpolation<Value: ColumnValue>(list values: [Value]) {
            guard let last = values.last else {
                statement.append(Statement.emptyList(of: Value.columnType))
                return
            }
            var length = values.count
            if length > Statement.shortList {
                statement.hasLongList = true
            } else {
                while length & (length - 1) != 0 { length += 1 }
            }
            for index in 0..<length {
                if index > 0 { statement.append(", ") }
                // The last value once more changes nothing about what is in the list.
                appendInterpolation(index < values.count ? values[index] : last)
            }
        }
    }

    private static func emptyList(of type: ColumnType) -> Statement {
        switch type {
        case .int64: "SELECT CAST(NULL AS BIGINT) WHERE FALSE"
        case .text: "SELECT CAST(NULL AS TEXT) WHERE FALSE"
        case .bytes: "SELECT CAST(NULL AS BYTEA) WHERE FALSE"
        case .bool: "SELECT CAST(NULL AS BOOLEAN) WHERE FALSE"
        }
    }
}
