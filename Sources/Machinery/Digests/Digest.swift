// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import FoundationEssentials

/// A SHA-256 digest: the name of a file, the hash of an event, the stored form of a secret.
public struct Digest: Hashable, Sendable {
    /// Bytes of every digest.
    public static let byteCount = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The digest of these bytes.
    public init(of bytes: [UInt8]) {
        self.bytes = unsafe SHA256.hash(data: bytes).withUnsafeBytes { unsafe Array($0) }
    }

    /// The digest of a text's UTF-8.
    public init(of text: String) {
        self.init(of: Array(text.utf8))
    }

    /// A digest that was computed before; nil when there are not 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Digest.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits of either case; nil otherwise.
    public init?(hex: String) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(trusted bytes: [UInt8]) {
        assert(bytes.count == Digest.byteCount)
        self.bytes = bytes
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
