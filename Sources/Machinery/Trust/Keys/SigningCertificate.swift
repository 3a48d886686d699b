// SPDX-License-Identifier: Apache-2.0

public import Digests
import Foundation
public import Kernel
import SwiftASN1
import X509

/// A certificate of a person, an organisation or an authority.
public struct SigningCertificate: Sendable, Hashable {
    /// The certificate as it was issued.
    public let der: [UInt8]
    let certificate: Certificate
    /// Issuer and serial number byte for byte as they stand in the certificate: so a CMS names it.
    let encodedIssuer: [UInt8]
    let encodedSerialNumber: [UInt8]

    /// Reads DER.
    ///
    /// - Throws: `malformedDER`.
    public init(der: [UInt8]) throws(TrustError) {
        guard der.count <= TrustLimits.cmsBytes else { throw .tooLarge("certificate") }
        certificate = try DERShape.reading("certificate") { try Certificate(derEncoded: der) }
        let body = try DERShape.parse(der[...]).parts("certificate").first?.parts("certificate") ?? []
        let named = body.first?.identifier == DERShape.context(0) ? body.dropFirst() : body[...]
        guard named.count >= 4 else { throw .malformedDER("certificate") }
        encodedSerialNumber = Array(named[named.startIndex].encodedBytes)
        encodedIssuer = Array(named[named.startIndex + 2].encodedBytes)
        self.der = der
    }

    /// All certificates of a PEM text, in their order.
    ///
    /// - Throws: `malformedDER`, `tooLarge`.
    public static func all(pem: String) throws(TrustError) -> [SigningCertificate] {
        guard pem.utf8.count <= TrustLimits.cmsBytes else { throw .tooLarge("certificates") }
        let documents = try DERShape.reading("PEM") { try PEMDocument.parseMultiple(pemString: pem) }
        var certificates: [SigningCertificate] = []
        for document in documents where document.discriminator == "CERTIFICATE" {
            certificates.append(try SigningCertificate(der: document.derBytes))
        }
        guard certificates.count <= TrustLimits.certificates else { throw .tooLarge("number of certificates") }
        return certificates
    }

    /// SHA-256 of the DER: what `Organisation` registers for an officer or a seal.
    public var fingerprint: Digest { Digest(of: der) }
    /// The subject's common name; empty when it has none.
    public var commonName: String { subject(OID.commonName) ?? "" }
    /// The subject's organisation; nil when it has none.
    public var organisation: String? { subject(OID.organisation) }
    /// The identifier inside the subject (UID or serialNumber) without its prefix such as `CCCD:` or `MST:`.
    public var holderIdentifier: String? {
        let text = subject(OID.userID) ?? subject(OID.subjectSerialNumber)
        return text.flatMap { $0.split(separator: ":").last.map(String.init) }
    }
    /// Issuer's common name, or organisation.
    public var issuerName: String {
        SigningCertificate.attribute(OID.commonName, of: certificate.issuer)
            ?? SigningCertificate.attribute(OID.organisation, of: certificate.issuer) ?? ""
    }
    /// Serial number in hexadecimal digits.
    public var serialNumber: String { Array(certificate.serialNumber.bytes).hex }
    /// First moment of validity.
    public var notBefore: Instant { Instant(certificate.notValidBefore) }
    /// Last moment of validity.
    public var notAfter: Instant { Instant(certificate.notValidAfter) }
    /// The certificate as PEM text.
    public var pem: String { PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n" }

    /// The algorithm that a key of this certificate signs with; nil for keys that we do not use.
    public var algorithm: SigningAlgorithm? {
        let description = certificate.publicKey.description
        if description.hasPrefix("P256") { return .ecdsaSHA256 }
        return description.hasPrefix("RSA") ? .rsaSHA256 : nil
    }

    private func subject(_ oid: ASN1ObjectIdentifier) -> String? {
        SigningCertificate.attribute(oid, of: certificate.subject)
    }

    private static func attribute(_ oid: ASN1ObjectIdentifier, of name: DistinguishedName) -> String? {
        for part in name {
            for attribute in part where attribute.type == oid { return String(attribute.value) }
        }
        return nil
    }
}

extension Instant {
    /// The moment of a date of Foundation, whole microseconds.
    init(_ date: Date) {
        self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
    }

    var foundationDate: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
}

/// Whose certificate it must be.
public struct CertificateHolder: Sendable, Equatable {
    /// Common name or organisation; compared in NFC, without regard to capitals and repeated spaces.
    public var name: String
    /// Personal ID number or tax code inside the subject; nil when the certificate need not carry one.
    public var identifier: String?
    /// Fingerprint that `Organisation` registered for this holder; nil when none is registered.
    public var fingerprint: Digest?

    /// The holder that a certificate must belong to.
    public init(name: String, identifier: String? = nil, fingerprint: Digest? = nil) {
        (self.name, self.identifier, self.fingerprint) = (name, identifier, fingerprint)
    }
}

extension SigningCertificate {
    /// Checks before signing that the certificate is valid now, made for signing, and this holder's.
    ///
    /// - Throws: `certificateNotYetValid`, `certificateExpired` outside its validity;
    ///   `certificateNotForSigning` when its
    ///   key usage lacks digital signature and non-repudiation; `certificateOfAnother` when name, identifier or
    ///   fingerprint differ.
    public func check(holder: CertificateHolder?, at now: Instant) throws(TrustError) {
        guard notBefore <= now else { throw .certificateNotYetValid(notBefore: notBefore) }
        guard now <= notAfter else { throw .certificateExpired(notBefore: notBefore, notAfter: notAfter) }
        guard mayMakeSignatures else { throw .certificateNotForSigning }
        guard let holder else { return }
        let wanted = SigningCertificate.comparable(holder.name)
        let names = [commonName, organisation ?? ""].map(SigningCertificate.comparable)
        guard names.contains(wanted), holder.identifier == nil || holder.identifier == holderIdentifier,
            holder.fingerprint == nil || holder.fingerprint == fingerprint
        else { throw .certificateOfAnother(subject: commonName) }
    }

    /// Key usage with digital signature or non-repudiation, or no statement at all.
    var mayMakeSignatures: Bool {
        guard let usage = try? certificate.extensions.keyUsage else {  // an unreadable extension is no permission
            return certificate.extensions.allSatisfy { $0.oid != [2, 5, 29, 15] }
        }
        return usage.digitalSignature || usage.nonRepudiation
    }

    private static func comparable(_ name: String) -> String {
        VietnameseText.nfc(name).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
