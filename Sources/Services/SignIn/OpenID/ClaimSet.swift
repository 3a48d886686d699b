// SPDX-License-Identifier: Apache-2.0

import JWTKit
import Kernel

/// One claim, as far as we read claims: texts, numbers, truth values and lists of texts.
enum ClaimValue: Sendable, Equatable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case texts([String])
    /// An object, a mixed list or null: nothing that we read.
    case other

    /// A text or a whole number as text.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number) where number == number.rounded() && abs(number) < 1e15: String(Int64(number))
        default: nil
        }
    }
}

extension ClaimValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each `try?` asks whether the value has that shape.
        if let text = try? container.decode(String.self) {  // a question
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {  // a question
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {  // a question
            self = .number(number)
        } else if let texts = try? container.decode([String].self) {  // a question
            self = .texts(texts)
        } else {
            self = .other
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .texts(let texts): try container.encode(texts)
        case .other: try container.encodeNil()
        }
    }
}

/// The claims of a token or of the user information.
struct ClaimSet: JWTPayload, Sendable, Equatable {
    var values: [String: ClaimValue]

    init(_ values: [String: ClaimValue]) {
        self.values = values
    }

    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: ClaimValue].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// The signature alone; the claims are checked by `IDToken` against our own clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    subscript(name: String) -> ClaimValue? { values[name] }

    /// A moment in seconds since 1970; nil when it is missing or no moment of this age.
    func moment(_ name: String) -> Instant? {
        guard case .number(let seconds)? = values[name], (0...1e11).contains(seconds) else { return nil }
        return Instant(microseconds: Int64(seconds * 1_000_000))
    }

    /// One text or a list of texts.
    func texts(_ name: String) -> [String] {
        switch values[name] {
        case .text(let text)?: [text]
        case .texts(let texts)?: texts
        default: []
        }
    }

    /// These claims, with those of the other where both have one.
    func overlaid(by other: ClaimSet) -> ClaimSet {
        ClaimSet(values.merging(other.values) { _, last in last })
    }
}
