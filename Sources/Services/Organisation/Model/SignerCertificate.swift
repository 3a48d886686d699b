// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// The signing certificate of an officer, and where the key behind it is kept. The key itself is never here.
public struct SignerCertificate: Sendable, Hashable {
    /// Whose it is.
    public var officer: OfficerID
    /// SHA-256 of the certificate in DER.
    public var fingerprint: Digest
    /// The certificate in DER.
    public var certificate: [UInt8]
    /// What the key custody calls the key: `file:…`, a PKCS#11 label, an id of the remote service.
    public var keyReference: String
    /// The first moment at which it may be used.
    public var validFrom: Instant
    /// The last moment at which it may be used.
    public var validTo: Instant

    /// A certificate of these facts; the fingerprint is computed.
    public init(
        officer: OfficerID,
        certificate: [UInt8],
        keyReference: String,
        validFrom: Instant,
        validTo: Instant
    ) {
        self.officer = officer
        fingerprint = Digest(of: certificate)
        self.certificate = certificate
        self.keyReference = keyReference
        self.validFrom = validFrom
        self.validTo = validTo
    }

    /// Whether it may be used at this moment.
    public func isValid(at moment: Instant) -> Bool { validFrom <= moment && moment <= validTo }
}
