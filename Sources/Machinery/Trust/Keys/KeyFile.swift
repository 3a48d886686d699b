// SPDX-License-Identifier: Apache-2.0

import Foundation
import SwiftASN1
import X509

/// Custody of a key in a file: PEM, PKCS#8 (also SEC 1 and PKCS#1), readable by its owner alone.
public enum KeyFile {
    /// Reads a key and its certificates.
    ///
    /// - Parameters:
    ///   - path: PEM file of the private key; its mode must be 0600 or 0400.
    ///   - certificates: PEM file of the chain, the signer's first.
    /// - Returns: a key that signs in this process.
    /// - Throws: `keyFile` with the reason; `malformedDER` for the certificates; `signatureMismatch` when the
    ///   certificate is another key's.
    public static func load(key path: String, certificates: String) throws(TrustError) -> SigningKey {
        let pem = try privateText(at: path)
        let privateKey: Certificate.PrivateKey
        do {
            privateKey = try Certificate.PrivateKey(pemEncoded: pem)
        } catch {
            throw .keyFile(path: path, reason: "not a private key in PEM")
        }
        let text = try contents(of: certificates)
        let chain = try SigningCertificate.all(pem: text)
        guard let first = chain.first else { throw .keyFile(path: certificates, reason: "no certificate inside") }
        guard isStrong(privateKey) else {
            throw .keyFile(path: path, reason: "P-256, or RSA of at least 2,048 bits, is needed")
        }
        guard first.certificate.publicKey == privateKey.publicKey else { throw .signatureMismatch }
        return try signingKey(privateKey, chain: chain.map(\.der))
    }

    /// A signing key around a private key in memory.
    static func signingKey(_ privateKey: Certificate.PrivateKey, chain: [[UInt8]]) throws(TrustError) -> SigningKey {
        let isECDSA = privateKey.description.hasPrefix("P256")
        let algorithm: Certificate.SignatureAlgorithm = isECDSA ? .ecdsaWithSHA256 : .sha256WithRSAEncryption
        return try SigningKey(chain: chain) { bytes in
            try privateKey.sign(bytes: bytes, signatureAlgorithm: algorithm).rawRepresentation
        }
    }

    private static func isStrong(_ key: Certificate.PrivateKey) -> Bool {
        let description = key.publicKey.description  // "P256.PublicKey", "RSA2048.PublicKey"
        if description.hasPrefix("P256.") { return true }
        guard description.hasPrefix("RSA"), let bits = Int(description.dropFirst(3).prefix { $0 != "." }) else {
            return false
        }
        return bits >= 2_048
    }

    private static func privateText(at path: String) throws(TrustError) -> String {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: real),  // nil: said below
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else { throw .keyFile(path: path, reason: "cannot be read") }
        guard mode & 0o177 == 0 else {
            throw .keyFile(path: path, reason: "mode \(String(mode & 0o777, radix: 8)), 600 or 400 is needed")
        }
        return try contents(of: real)
    }

    private static func contents(of path: String) throws(TrustError) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .keyFile(path: path, reason: "cannot be read")
        }
        defer { try? handle.close() }  // opened for reading only: nothing can be lost
        guard let data = try? handle.read(upToCount: TrustLimits.keyFileBytes + 1),
            data.count <= TrustLimits.keyFileBytes,  // nil: said below
            let text = String(data: data, encoding: .utf8)
        else { throw .keyFile(path: path, reason: "cannot be read, or too large") }
        return text
    }
}
