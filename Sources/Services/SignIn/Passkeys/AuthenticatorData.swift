// SPDX-License-Identifier: Apache-2.0

/// What an authenticator says and signs (WebAuthn level 3, §6.1).
struct AuthenticatorData: Sendable, Equatable {
    /// A new credential, in the answer to a registration.
    struct Credential: Sendable, Equatable {
        var id: [UInt8]
        var key: PasskeyKey
        /// The key as it was sent; stored and read again.
        var keyBytes: [UInt8]
    }

    /// More than any authenticator sends with a key of 4,096 bits.
    static let limitBytes = 8_192
    /// The longest id that the standard allows.
    static let credentialLimitBytes = 1_023

    private static let headBytes = 37

    let relyingPartyHash: [UInt8]
    private let flags: UInt8
    let signCount: UInt32
    let credential: Credential?

    /// Somebody touched it.
    var isUserPresent: Bool { flags & 0x01 != 0 }
    /// It made sure who, by a PIN, a finger or a face.
    var isUserVerified: Bool { flags & 0x04 != 0 }
    /// The key may be copied to other devices of its owner.
    private var mayBeCopied: Bool { flags & 0x08 != 0 }
    private var isCopied: Bool { flags & 0x10 != 0 }

    /// Reads it; nil when a byte is missing, left over or out of its place.
    init?(_ bytes: [UInt8]) {
        guard (Self.headBytes...Self.limitBytes).contains(bytes.count) else { return nil }
        relyingPartyHash = Array(bytes[0..<32])
        flags = bytes[32]
        signCount = bytes[33..<37].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var position = Self.headBytes
        if flags & 0x40 != 0 {
            guard let (found, end) = Self.credential(in: bytes, at: position) else { return nil }
            (credential, position) = (found, end)
        } else {
            credential = nil
        }
        if flags & 0x80 != 0 {
            var reader = CBORReader(bytes, from: position)
            do { guard case .map = try reader.next() else { return nil } } catch { return nil }
            position = reader.position
        }
        guard position == bytes.count, mayBeCopied || !isCopied else { return nil }
    }

    private static func credential(in bytes: [UInt8], at start: Int) -> (Credential, end: Int)? {
        // 16 bytes of the model, 2 of the length.
        guard bytes.count >= start + 18 else { return nil }
        let length = Int(bytes[start + 16]) << 8 | Int(bytes[start + 17])
        let idStart = start + 18
        guard (1...credentialLimitBytes).contains(length), bytes.count > idStart + length else { return nil }
        var reader = CBORReader(bytes, from: idStart + length)
        do {
            guard let key = PasskeyKey(try reader.next()) else { return nil }
            let credential = Credential(
                id: Array(bytes[idStart..<idStart + length]),
                key: key,
                keyBytes: Array(bytes[idStart + length..<reader.position])
            )
            return (credential, reader.position)
        } catch {
            return nil
        }
    }
}
