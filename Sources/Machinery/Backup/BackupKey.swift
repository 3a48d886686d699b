// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import Digests

/// The key under which the file key of each archive lies. Kept apart from the archives: who has both has everything.
public struct BackupKey: Sendable {
    /// Bytes of every key.
    public static let byteCount = 32
    static let idBytes = 8

    let bytes: [UInt8]

    /// A key; nil when there are not 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == BackupKey.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Tells keys apart and tells nothing about them: the beginning of a digest.
    var idBytes: [UInt8] {
        Array(Digest(of: Array("motcua backup key\n".utf8) + bytes).bytes.prefix(BackupKey.idBytes))
    }

    /// The id in hexadecimal digits, as error texts name it.
    public var id: String { idBytes.hex }

    var symmetric: SymmetricKey { SymmetricKey(data: bytes) }
}
