// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// Digests that protect nothing any more, for lists that others made with them.
public enum LegacyDigest {
    /// SHA-1 of these bytes, 20 bytes.
    public static func sha1(of bytes: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: bytes)) }
}
