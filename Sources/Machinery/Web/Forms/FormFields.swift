// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The fields of one submitted form, in the order of arrival. Names and values are NFC and hold nothing invisible
/// (`VietnameseText.typed`); line ends are LF.
public struct FormFields: Sendable, Equatable {
    /// Start values of the limits of a form (256 KiB, 500 fields).
    public struct Limits: Sendable {
        public var bodyBytes: Int
        public var fields: Int

        public init(bodyBytes: Int = 256 * 1024, fields: Int = 500) {
            (self.bodyBytes, self.fields) = (bodyBytes, fields)
        }
    }

    /// One name and value as sent.
    public struct Pair: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    public private(set) var pairs: [Pair] = []

    /// An empty form.
    public init() {}

    /// Fields from names and values, for tests and for pages that fill a form themselves.
    public init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { Pair(name: $0.0, value: $0.1) }
    }

    /// Decodes `application/x-www-form-urlencoded` (a body or a query).
    ///
    /// - Throws: `bodyTooLarge`, `tooManyFields`, or `malformed` for bytes that are no UTF-8 or hold control
    ///   characters.
    public init(urlEncoded bytes: some Collection<UInt8>, limits: Limits = Limits()) throws(RequestError) {
        guard bytes.count <= limits.bodyBytes else { throw .bodyTooLarge(limitBytes: limits.bodyBytes) }
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < limits.fields else { throw .tooManyFields(limit: limits.fields) }
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.text(Self.percentDecoded(halves[0]))
            let value = halves.count > 1 ? try Self.text(Self.percentDecoded(halves[1])) : ""
            pairs.append(Pair(name: name, value: value))
        }
    }

    /// The first value of a name, nil when the field was not sent.
    public subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of a name, in order (check boxes).
    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The first value without white space at its ends; nil when absent or blank.
    public func trimmed(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let words = value.split(whereSeparator: \.isWhitespace)
        guard let first = words.first, let last = words.last else { return nil }
        return String(value[first.startIndex..<last.endIndex])
    }

    /// Whether the field was sent at all.
    public func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// Names in order of first arrival.
    public var names: [String] {
        var seen: Set<String> = []
        return pairs.compactMap { seen.insert($0.name).inserted ? $0.name : nil }
    }

    mutating func append(name: String, value: String) { pairs.append(Pair(name: name, value: value)) }

    /// UTF-8 bytes as text of a form: NFC, LF line ends, no control characters but tab and line end.
    static func text(_ bytes: [UInt8]) throws(RequestError) -> String {
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .malformed(reason: "not UTF-8") }
        var plain = ""
        plain.unicodeScalars.reserveCapacity(bytes.count)
        var afterReturn = false
        for scalar in decoded.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            switch scalar {
            case "\r": plain.unicodeScalars.append("\n")
            case "\n": if !afterReturn { plain.unicodeScalars.append("\n") }
            case "\t": plain.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": throw .malformed(reason: "control character")
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return VietnameseText.typed(plain)
    }

    /// `+` is a space, `%xx` a byte; a percent sign without two hexadecimal digits stays as it is (URL standard).
    static func percentDecoded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let source = Array(bytes)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let high = hexValue(source[index + 1]), let low = hexValue(source[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(source[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[index])
                index += 1
            }
        }
        return decoded
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
