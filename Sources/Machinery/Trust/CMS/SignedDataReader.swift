// SPDX-License-Identifier: Apache-2.0

import Crypto
import SwiftASN1
import X509

/// A CMS SignedData with one signer, read but not yet believed.
struct SignedDataReader {
    let contentType: ASN1ObjectIdentifier
    let content: [UInt8]?
    let certificates: [SigningCertificate]
    let digestOID: ASN1ObjectIdentifier
    let signatureOID: ASN1ObjectIdentifier
    let signature: [UInt8]
    /// The signed attributes as they were signed: DER of the SET.
    let signedBytes: [UInt8]
    private let signerIssuer: [UInt8]
    private let signerSerial: [UInt8]
    private let attributes: [ASN1ObjectIdentifier: ASN1Node]
    private let unsignedAttributes: [ASN1ObjectIdentifier: ASN1Node]

    /// Reads a `ContentInfo`; exactly one signer with signed attributes is accepted.
    init(_ bytes: ArraySlice<UInt8>) throws(TrustError) {
        let outer = try DERShape.parse(bytes).parts("ContentInfo")
        guard outer.count == 2,
            try DERShape.reading("ContentInfo", { try ASN1ObjectIdentifier(derEncoded: outer[0]) }) == OID.signedData,
            outer[1].identifier == DERShape.context(0), let body = try outer[1].parts("SignedData").first
        else { throw .malformedDER("no SignedData") }
        let parts = try body.parts("SignedData")
        guard parts.count >= 4, let last = parts.last else { throw .malformedDER("SignedData is too short") }

        let encapsulated = try parts[2].parts("content")
        guard let type = encapsulated.first else { throw .malformedDER("content") }
        contentType = try DERShape.reading("content type") { try ASN1ObjectIdentifier(derEncoded: type) }
        if encapsulated.count == 2, let inner = try encapsulated[1].parts("content").first {
            content = try DERShape.reading("content") { Array(try ASN1OctetString(derEncoded: inner).bytes) }
        } else {
            content = nil
        }

        var certificates: [SigningCertificate] = []
        for part in parts[3..<(parts.count - 1)] where part.identifier == DERShape.context(0) {
            let nodes = try part.parts("certificates")
            guard nodes.count <= TrustLimits.certificates else { throw .tooLarge("number of certificates") }
            for node in nodes where node.identifier == .sequence {
                certificates.append(try SigningCertificate(der: Array(node.encodedBytes)))
            }
        }
        self.certificates = certificates

        let signers = try last.parts("signerInfos")
        guard last.identifier == .set, signers.count == 1 else { throw .malformedDER("exactly one signer expected") }
        let signer = try SignedDataReader.signer(signers[0])
        (signerIssuer, signerSerial) = (signer.issuer, signer.serial)
        (digestOID, signatureOID, signature) = (signer.digestOID, signer.signatureOID, signer.signature)
        (signedBytes, attributes, unsignedAttributes) = (signer.signedBytes, signer.signed, signer.unsigned)
    }

    private struct Signer {
        var issuer: [UInt8]
        var serial: [UInt8]
        var digestOID: ASN1ObjectIdentifier
        var signatureOID: ASN1ObjectIdentifier
        var signature: [UInt8]
        var signedBytes: [UInt8]
        var signed: [ASN1ObjectIdentifier: ASN1Node]
        var unsigned: [ASN1ObjectIdentifier: ASN1Node]
    }

    private static func signer(_ node: ASN1Node) throws(TrustError) -> Signer {
        let parts = try node.parts("SignerInfo")
        guard parts.count >= 6, parts[1].identifier == .sequence, parts[3].identifier == DERShape.context(0) else {
            throw .malformedDER("SignerInfo by issuer and serial number, with signed attributes, expected")
        }
        let name = try parts[1].parts("signer")
        guard name.count == 2 else { throw .malformedDER("signer") }
        var signedBytes = Array(parts[3].encodedBytes)
        signedBytes[0] = 0x31  // the tag of SET, under which the attributes are signed (RFC 5652, 5.4)
        var unsigned: [ASN1ObjectIdentifier: ASN1Node] = [:]
        if parts.count > 6, parts[6].identifier == DERShape.context(1) { unsigned = try attributes(parts[6]) }
        return Signer(
            issuer: Array(name[0].encodedBytes),
            serial: Array(name[1].encodedBytes),
            digestOID: try algorithm(parts[2]),
            signatureOID: try algorithm(parts[4]),
            signature: try DERShape.reading("signature") { Array(try ASN1OctetString(derEncoded: parts[5]).bytes) },
            signedBytes: signedBytes,
            signed: try attributes(parts[3]),
            unsigned: unsigned
        )
    }

    private static func algorithm(_ node: ASN1Node) throws(TrustError) -> ASN1ObjectIdentifier {
        guard let first = try node.parts("algorithm").first else { throw .malformedDER("algorithm") }
        return try DERShape.reading("algorithm") { try ASN1ObjectIdentifier(derEncoded: first) }
    }

    /// The single value of each attribute; an attribute that stands twice is refused.
    private static func attributes(_ node: ASN1Node) throws(TrustError) -> [ASN1ObjectIdentifier: ASN1Node] {
        var found: [ASN1ObjectIdentifier: ASN1Node] = [:]
        for attribute in try node.parts("attributes") {
            let parts = try attribute.parts("attribute")
            guard parts.count == 2 else { throw .malformedDER("attribute") }
            let oid = try DERShape.reading("attribute") { try ASN1ObjectIdentifier(derEncoded: parts[0]) }
            guard let value = try parts[1].parts("attribute").first else { throw .malformedDER("attribute") }
            guard found.updateValue(value, forKey: oid) == nil else { throw .malformedDER("attribute stands twice") }
        }
        return found
    }
}

// MARK: - What it says

extension SignedDataReader {
    /// The certificate whose issuer and serial number the signer names; nil when it is not inside.
    var signerCertificate: SigningCertificate? {
        certificates.first { $0.encodedIssuer == signerIssuer && $0.encodedSerialNumber == signerSerial }
    }

    /// The token over the signature value; nil when there is none.
    var timestampToken: [UInt8]? { unsignedAttributes[OID.timestampToken].map { Array($0.encodedBytes) } }

    /// The digest of the content that was signed.
    func messageDigest() throws(TrustError) -> [UInt8] {
        guard let node = attributes[OID.messageDigest] else { throw .malformedDER("no message digest") }
        return try DERShape.reading("message digest") { Array(try ASN1OctetString(derEncoded: node).bytes) }
    }

    /// The content type that was signed.
    func signedContentType() throws(TrustError) -> ASN1ObjectIdentifier {
        guard let node = attributes[OID.contentType] else { throw .malformedDER("no content type") }
        return try DERShape.reading("content type") { try ASN1ObjectIdentifier(derEncoded: node) }
    }

    /// Digest of content with the signer's algorithm; nil for an algorithm that we do not accept (SHA-1, MD5).
    func digest(_ pieces: [ArraySlice<UInt8>]) -> [UInt8]? {
        switch digestOID {
        case OID.sha256: hashed(pieces, by: SHA256.self)
        case OID.sha384: hashed(pieces, by: SHA384.self)
        case OID.sha512: hashed(pieces, by: SHA512.self)
        default: nil
        }
    }

    private func hashed<Function: HashFunction>(_ pieces: [ArraySlice<UInt8>], by _: Function.Type) -> [UInt8] {
        var function = Function()
        for piece in pieces { function.update(data: piece) }
        return Array(function.finalize())
    }

    /// Whether the signed attribute `signing-certificate-v2` names this certificate; nil when the attribute is missing.
    func namesCertificate(_ certificate: SigningCertificate) throws(TrustError) -> Bool? {
        guard let node = attributes[OID.signingCertificateV2] else { return nil }
        guard let list = try node.parts("signing certificate").first,
            let first = try list.parts("signing certificate").first
        else { throw .malformedDER("signing certificate") }
        var parts = try first.parts("signing certificate")[...]
        var algorithm = OID.sha256
        if let head = parts.first, head.identifier == .sequence {
            algorithm = try SignedDataReader.algorithm(head)
            parts = parts.dropFirst()
        }
        guard let hash = parts.first else { throw .malformedDER("signing certificate") }
        let stated = try DERShape.reading("signing certificate") { Array(try ASN1OctetString(derEncoded: hash).bytes) }
        switch algorithm {
        case OID.sha256: return stated == Array(SHA256.hash(data: certificate.der))
        case OID.sha384: return stated == Array(SHA384.hash(data: certificate.der))
        case OID.sha512: return stated == Array(SHA512.hash(data: certificate.der))
        default: return false
        }
    }

    /// Whether the signature value over the signed attributes was made by the key of this certificate.
    func isSigned(by certificate: SigningCertificate) -> Bool {
        guard let algorithm = signatureAlgorithm else { return false }
        return certificate.certificate.publicKey.isValidSignature(
            signature,
            for: signedBytes,
            signatureAlgorithm: algorithm
        )
    }

    private var signatureAlgorithm: Certificate.SignatureAlgorithm? {
        switch (signatureOID, digestOID) {
        case (OID.rsaEncryption, OID.sha256), (OID.sha256WithRSA, _): .sha256WithRSAEncryption
        case (OID.rsaEncryption, OID.sha384), (OID.sha384WithRSA, _): .sha384WithRSAEncryption
        case (OID.rsaEncryption, OID.sha512), (OID.sha512WithRSA, _): .sha512WithRSAEncryption
        case (OID.ecdsaWithSHA256, _): .ecdsaWithSHA256
        case (OID.ecdsaWithSHA384, _): .ecdsaWithSHA384
        case (OID.ecdsaWithSHA512, _): .ecdsaWithSHA512
        default: nil
        }
    }
}
