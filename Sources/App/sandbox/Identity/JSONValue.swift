// SPDX-License-Identifier: Apache-2.0

/// A value of JSON, for claims.
enum JSONValue: Sendable, Equatable, Codable {
    case text(String)
    case number(Int64)
    case boolean(Bool)
    case list([JSONValue])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {  // not a truth value: try the next kind
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {  // not a number: try the next kind
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {  // not a list: then it is text
            self = .list(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}
