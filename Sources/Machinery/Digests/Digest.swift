// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import FoundationEssentials

/// A SHA-256 digest: the name of a file, the hash of an event, the stored form of a secret.
public struct Digest: Hashable, Sendable {
    /// Bytes of every digest.
    public static let byteCount = 32

    /// Eight bytes each.
    private struct Words: Hashable, BitwiseCopyable {
        let first, second, third, fourth: UInt64
    }

    /// A plain value: a tree holds many, and none of them is an object of its own.
    private let words: Words

    /// The 32 bytes.
    public var bytes: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }

    /// The digest of these bytes.
    public init(of bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBytes { unsafe Digest(of: $0) }
    }

    /// The digest of a mark and two digests, one after the other: of an inner node of a tree.
    public init(of mark: UInt8, _ left: Digest, _ right: Digest) {
        self = unsafe withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest.byteCount, alignment: 1) { bytes in
            unsafe bytes.storeBytes(of: mark, as: UInt8.self)
            unsafe bytes.storeBytes(of: left.words, toByteOffset: 1, as: Words.self)
            unsafe bytes.storeBytes(of: right.words, toByteOffset: 1 + Digest.byteCount, as: Words.self)
            return unsafe Digest(of: UnsafeRawBufferPointer(bytes))
        }
    }

    private init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        unsafe hash.update(bufferPointer: bytes)
        words = unsafe hash.finalize().withUnsafeBytes { unsafe $0.loadUnaligned(as: Words.self) }
    }

    /// The digest of a text's UTF-8.
    public init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// A digest that was computed before; nil when there are not 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Digest.byteCount else { return nil }
        self.init(trusted: bytes)
    }

    /// Reads 64 hexadecimal digits of either case; nil otherwise.
    public init?(hex: String) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(trusted bytes: [UInt8]) {
        precondition(bytes.count == Digest.byteCount, "a digest has 32 bytes")
        words = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Words.self) }
    }

    /// Lends the 32 bytes.
    public func withUnsafeBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try unsafe Swift.withUnsafeBytes(of: words, body)
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
}

extension Digest: CustomStringConvertible {
    public var description: String { hex }
}

/// The running digest of bytes that arrive in pieces.
public struct DigestStream: Sendable {
    private var state = SHA256()
    /// Bytes seen so far.
    public private(set) var byteCount: Int64 = 0

    /// A stream that has seen nothing.
    public init() {}

    /// Takes the next bytes.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let piece = Array(bytes)
        state.update(data: piece)
        byteCount += Int64(piece.count)
    }

    /// The digest of all bytes so far; the stream may go on.
    public func finish() -> Digest {
        Digest(trusted: Array(state.finalize()))
    }
}

/// Message authentication with a secret key (RFC 2104 with SHA-256).
public enum HMACSHA256 {
    /// The code of a message under a key.
    public static func code(key: [UInt8], message: [UInt8]) -> Digest {
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
        return Digest(trusted: Array(code))
    }
}

/// Compares without telling by its duration where the first difference is; unequal lengths answer at once.
public func constantTimeEquals(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard first.count == second.count else { return false }
    var difference: UInt8 = 0
    for index in first.indices { difference |= first[index] ^ second[index] }
    return difference == 0
}
