// SPDX-License-Identifier: Apache-2.0

/// A value of CBOR (RFC 8949), as far as WebAuthn needs it: no tags, no floating point, no indefinite lengths.
indirect enum CBOR: Equatable, Sendable {
    case unsigned(UInt64)
    /// The value is -1 minus this.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Pair])
    case bool(Bool)
    case null

    /// A key of a map with its value.
    struct Pair: Equatable, Sendable {
        var key: CBOR
        var value: CBOR
    }

    /// An integer, which may be negative.
    static func integer(_ value: Int64) -> CBOR {
        value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(-1 - value))
    }

    /// The value under a key of a map; nil when there is none, or this is no map.
    subscript(key: CBOR) -> CBOR? {
        guard case .map(let pairs) = self else { return nil }
        return pairs.first { $0.key == key }?.value
    }

    /// The bytes of a byte string; nil for anything else.
    var byteString: [UInt8]? {
        guard case .bytes(let bytes) = self else { return nil }
        return bytes
    }
}

/// What is wrong with an encoding.
enum CBORFault: Error, Equatable {
    /// It ends in the middle, or a length reaches beyond its end.
    case cutOff
    /// Something follows the value.
    case trailing
    /// Deeper than `CBORReader.depthLimit`.
    case tooDeep
    /// A tag, a float, an indefinite length, or another thing that we do not read.
    case unsupported
    /// A length or number that could be written shorter: two encodings must not mean the same.
    case notShortest
    /// A text that is no UTF-8.
    case badText
    /// The same key twice.
    case doubleKey
}

/// Reads one value; every length is checked against what is left before anything is taken.
struct CBORReader {
    /// An attestation object is three deep.
    static let depthLimit = 8

    private let bytes: [UInt8]
    /// How far it was read.
    private(set) var position: Int

    init(_ bytes: [UInt8], from position: Int = 0) {
        (self.bytes, self.position) = (bytes, position)
    }

    /// The one value that the bytes hold.
    static func value(of bytes: [UInt8]) throws(CBORFault) -> CBOR {
        var reader = CBORReader(bytes)
        let value = try reader.next()
        guard reader.position == bytes.count else { throw .trailing }
        return value
    }

    /// The next value.
    mutating func next(depth: Int = 0) throws(CBORFault) -> CBOR {
        guard depth < Self.depthLimit else { throw .tooDeep }
        let head = try take(1)[0]
        let (kind, detail) = (head >> 5, head & 31)
        if kind == 7 { return try simple(detail) }
        let argument = try argument(detail)
        switch kind {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .bytes(try take(argument))
        case 3:
            guard let text = String(validating: try take(argument), as: UTF8.self) else { throw .badText }
            return .text(text)
        case 4:
            // Each element takes a byte at least: a longer list cannot be there.
            guard argument <= UInt64(bytes.count - position) else { throw .cutOff }
            var values: [CBOR] = []
            for _ in 0..<argument { values.append(try next(depth: depth + 1)) }
            return .array(values)
        case 5: return try map(argument, depth: depth)
        default: throw .unsupported
        }
    }

    private mutating func map(_ count: UInt64, depth: Int) throws(CBORFault) -> CBOR {
        guard count <= UInt64(bytes.count - position) / 2 else { throw .cutOff }
        var pairs: [CBOR.Pair] = []
        for _ in 0..<count {
            let key = try next(depth: depth + 1)
            guard !pairs.contains(where: { $0.key == key }) else { throw .doubleKey }
            pairs.append(CBOR.Pair(key: key, value: try next(depth: depth + 1)))
        }
        return .map(pairs)
    }

    private func simple(_ detail: UInt8) throws(CBORFault) -> CBOR {
        switch detail {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22: .null
        default: throw .unsupported
        }
    }

    private mutating func argument(_ detail: UInt8) throws(CBORFault) -> UInt64 {
        guard detail >= 24 else { return UInt64(detail) }
        guard detail <= 27 else { throw .unsupported }
        let width = 1 << Int(detail - 24)
        let value = try take(UInt64(width)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let smallest: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
        guard value >= smallest else { throw .notShortest }
        return value
    }

    private mutating func take(_ count: UInt64) throws(CBORFault) -> [UInt8] {
        guard count <= UInt64(bytes.count - position) else { throw .cutOff }
        defer { position += Int(count) }
        return Array(bytes[position..<position + Int(count)])
    }
}
