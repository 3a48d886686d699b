// SPDX-License-Identifier: Apache-2.0

import Crypto
import SwiftASN1
import X509

/// Writes CMS SignedData in the shape of CAdES baseline B, and of timestamp tokens.
enum SignedDataWriter {
    /// The attributes that are signed: content type, digest of the content, digest of the signer's certificate.
    ///
    /// The signing time stands in the PDF's signature dictionary: ETSI EN 319 142-1 keeps it out of here.
    static func signedAttributes(
        contentType: ASN1ObjectIdentifier,
        contentDigest: [UInt8],
        certificate: [UInt8]
    ) throws(TrustError) -> [[UInt8]] {
        let certificateDigest = Array(SHA256.hash(data: certificate))
        return [
            try DERShape.attribute(OID.contentType) { try $0.serialize(contentType) },
            try DERShape.attribute(OID.messageDigest) {
                try $0.serialize(ASN1OctetString(contentBytes: contentDigest[...]))
            },
            // SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }; SHA-256 is the default (RFC 5035).
            try DERShape.attribute(OID.signingCertificateV2) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    try coder.appendConstructedNode(identifier: .sequence) { coder in
                        try coder.appendConstructedNode(identifier: .sequence) { coder in
                            try coder.serialize(ASN1OctetString(contentBytes: certificateDigest[...]))
                        }
                    }
                }
            },
        ]
    }

    /// The bytes that the key signs: the attributes as a DER SET OF.
    static func bytesToSign(_ attributes: [[UInt8]]) throws(TrustError) -> [UInt8] {
        try DERShape.sortedSet(attributes)
    }

    /// What a SignedData is made of.
    struct Parts {
        var contentType: ASN1ObjectIdentifier
        /// The content inside; nil when it is detached.
        var content: [UInt8]?
        var attributes: [[UInt8]]
        var signature: [UInt8]
        var algorithm: SigningAlgorithm
        /// DER, the signer's first.
        var chain: [[UInt8]]
        var timestampToken: [UInt8]?
    }

    /// The whole `ContentInfo`.
    static func contentInfo(_ parts: Parts) throws(TrustError) -> [UInt8] {
        guard let signer = parts.chain.first else { throw .malformedDER("no certificate") }
        let certificate = try SigningCertificate(der: signer)
        let certificates = try DERShape.sortedSet(parts.chain, as: DERShape.context(0))
        let signedAttributes = try DERShape.sortedSet(parts.attributes, as: DERShape.context(0))
        var unsigned: [UInt8]?
        if let token = parts.timestampToken {
            let attribute = try DERShape.attribute(OID.timestampToken) { $0.serializeRawBytes(token) }
            unsigned = try DERShape.sortedSet([attribute], as: DERShape.context(1))
        }
        let signerInfo = try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(1)
                coder.appendConstructedNode(identifier: .sequence) { coder in
                    coder.serializeRawBytes(certificate.encodedIssuer)
                    coder.serializeRawBytes(certificate.encodedSerialNumber)
                }
                try DERShape.algorithm(OID.sha256, withNull: false, into: &coder)
                coder.serializeRawBytes(signedAttributes)
                try parts.algorithm.serialize(into: &coder)
                try coder.serialize(ASN1OctetString(contentBytes: parts.signature[...]))
                if let unsigned { coder.serializeRawBytes(unsigned) }
            }
        }
        return try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(OID.signedData)
                try coder.appendConstructedNode(identifier: DERShape.context(0)) { coder in
                    try coder.appendConstructedNode(identifier: .sequence) { coder in
                        // Version 3 when the content is not plain data (RFC 5652, 5.1).
                        try coder.serialize(parts.contentType == OID.data ? 1 : 3)
                        try coder.appendConstructedNode(identifier: .set) { coder in
                            try DERShape.algorithm(OID.sha256, withNull: false, into: &coder)
                        }
                        try coder.appendConstructedNode(identifier: .sequence) { coder in
                            try coder.serialize(parts.contentType)
                            if let content = parts.content {
                                try coder.appendConstructedNode(identifier: DERShape.context(0)) { coder in
                                    try coder.serialize(ASN1OctetString(contentBytes: content[...]))
                                }
                            }
                        }
                        coder.serializeRawBytes(certificates)
                        coder.appendConstructedNode(identifier: .set) { $0.serializeRawBytes(signerInfo) }
                    }
                }
            }
        }
    }
}
