// SPDX-License-Identifier: Apache-2.0

import X509

/// A key that can sign, wherever it lives: in a file, in a token, with a remote service.
public struct SigningKey: Sendable {
    /// Certificates, the signer's first, then its issuers; a root need not be inside.
    public let chain: [SigningCertificate]
    /// How the key signs.
    public let algorithm: SigningAlgorithm
    /// Makes the signature value over the bytes (which the key hashes itself). ECDSA as DER or as r‖s.
    public let sign: @Sendable (_ bytes: [UInt8]) async throws -> [UInt8]

    /// A key behind a closure.
    ///
    /// - Parameters:
    ///   - chain: certificates in DER, the signer's first.
    ///   - sign: makes the signature value over the bytes that it is given.
    /// - Throws: `malformedDER` when a certificate cannot be read; `certificateNotForSigning` when the signer's key is
    ///   neither P-256 nor RSA.
    public init(
        chain: [[UInt8]],
        sign: @escaping @Sendable (_ bytes: [UInt8]) async throws -> [UInt8]
    ) throws(TrustError) {
        var certificates: [SigningCertificate] = []
        for der in chain { certificates.append(try SigningCertificate(der: der)) }
        guard let first = certificates.first, let algorithm = first.algorithm else { throw .certificateNotForSigning }
        (self.chain, self.algorithm, self.sign) = (certificates, algorithm, sign)
    }

    /// The signer's own certificate.
    public var certificate: SigningCertificate { chain[0] }

    /// Signs, brings the value into the form of CMS and checks it with the certificate's key.
    ///
    /// - Throws: `keyFailed` with what the closure threw; `signatureMismatch` when another key made the value.
    func checkedSignature(over bytes: [UInt8]) async throws(TrustError) -> [UInt8] {
        let raw: [UInt8]
        do {
            raw = try await sign(bytes)
        } catch {
            throw .keyFailed(error)
        }
        return try checked(raw, over: bytes)
    }

    /// A value that came from elsewhere, in the form of CMS, checked with the certificate's key.
    func checked(_ raw: [UInt8], over bytes: [UInt8]) throws(TrustError) -> [UInt8] {
        for signature in try algorithm.forms(of: raw) {
            if certificate.certificate.publicKey.isValidSignature(
                signature,
                for: bytes,
                signatureAlgorithm: algorithm.x509
            ) {
                return signature
            }
        }
        throw .signatureMismatch
    }
}
