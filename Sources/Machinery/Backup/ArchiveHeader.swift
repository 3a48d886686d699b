// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import Digests
import Foundation
import Kernel

/// The first bytes of an archive: magic, version, id of the key, and the file key sealed under that key.
///
/// Every later piece is authenticated together with these bytes, so that no header fits another body.
struct ArchiveHeader {
    static let magic = Array("MOTCUABK".utf8)
    static let version: UInt8 = 1
    private static let nonceBytes = 12
    private static let tagBytes = 16
    /// Magic, version, three zero bytes, id of the key.
    private static let plainBytes = 8 + 4 + BackupKey.idBytes
    static let byteCount = plainBytes + nonceBytes + BackupKey.byteCount + tagBytes

    let bytes: [UInt8]
    let fileKey: SymmetricKey

    /// A header with a new file key.
    init(key: BackupKey, random: RandomSource) throws(BackupError) {
        let fileKey = SymmetricKey(data: random.bytes(BackupKey.byteCount))
        let plain = Self.magic + [Self.version, 0, 0, 0] + key.idBytes
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(Self.nonceBytes))
            let secret = unsafe fileKey.withUnsafeBytes { unsafe Array($0) }
            let box = try AES.GCM.seal(secret, using: key.symmetric, nonce: nonce, authenticating: plain)
            bytes = plain + Array(nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch { throw .contradiction(what: "không tạo được khóa tệp") }
        self.fileKey = fileKey
    }

    /// Reads the header of an archive.
    init(reading bytes: [UInt8], key: BackupKey) throws(BackupError) {
        guard bytes.prefix(Self.magic.count).elementsEqual(Self.magic) else { throw .noArchive }
        guard bytes.count == Self.byteCount else { throw .truncated }
        guard bytes[8] == Self.version else { throw .newerFormat(version: Int(bytes[8])) }
        let plain = Array(bytes.prefix(Self.plainBytes))
        let keyID = Array(plain.suffix(BackupKey.idBytes))
        guard keyID == key.idBytes else { throw .wrongKey(archive: keyID.hex, given: key.id) }
        do {
            let box = try AES.GCM.SealedBox(combined: Array(bytes.dropFirst(Self.plainBytes)))
            let secret = try AES.GCM.open(box, using: key.symmetric, authenticating: plain)
            fileKey = SymmetricKey(data: secret)
        } catch { throw .wrongKey(archive: keyID.hex, given: key.id) }
        self.bytes = bytes
    }
}

/// One sealed piece: `length ‖ ciphertext ‖ tag`, where the highest bit of the length says that it is the last one.
///
/// The nonce is the piece's number and whether it is the last, so that no piece can be moved, left out or repeated,
/// and none can be made the last one. A file key seals one archive only, so that no nonce comes twice.
struct ArchivePiece {
    /// Plain bytes of a full piece. One page of memory more or less does not matter; the tag costs 16 bytes of it.
    static let plainBytes = 256 * 1_024
    static let tagBytes = 16
    static let finalBit: UInt32 = 0x8000_0000

    static func nonce(number: UInt64, isFinal: Bool) throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: [isFinal ? 1 : 0, 0, 0, 0] + number.bigEndianBytes)
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, the highest first.
    var bigEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: self >> Self($0 * 8)) }
    }

    init(bigEndianBytes bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}
