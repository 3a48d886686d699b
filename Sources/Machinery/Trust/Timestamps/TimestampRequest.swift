// SPDX-License-Identifier: Apache-2.0

public import Digests
import SwiftASN1

/// A question to a timestamp authority (RFC 3161, 2.4.1).
public struct TimestampRequest: Sendable, Equatable {
    /// What is to be stamped: SHA-256 of the bytes.
    public let imprint: Digest
    /// Random number that the answer must repeat; nil when the asker sent none.
    public let nonce: [UInt8]?
    /// Whether the answer must carry the authority's certificates.
    public let wantsCertificates: Bool

    /// A question with a nonce (8 random bytes) that asks for certificates.
    public init(imprint: Digest, nonce: [UInt8]) {
        self.imprint = imprint
        self.nonce = TimestampRequest.positive(nonce)
        wantsCertificates = true
    }

    /// DER, content type `application/timestamp-query`.
    public func encoded() throws(TrustError) -> [UInt8] {
        try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(1)
                try TimestampRequest.write(imprint: imprint, into: &coder)
                if let nonce { try coder.serialize(nonce[...]) }
                if wantsCertificates { try coder.serialize(true) }
            }
        }
    }

    /// Reads a question, as an authority does; only SHA-256 imprints are understood.
    ///
    /// - Throws: `malformedDER`.
    public init(der: [UInt8]) throws(TrustError) {
        let parts = try DERShape.parse(der[...], limit: TrustLimits.timestampBytes).parts("TimeStampReq")
        guard parts.count >= 2 else { throw .malformedDER("TimeStampReq") }
        imprint = try TimestampRequest.imprint(parts[1])
        var nonce: [UInt8]?
        var wants = false
        for part in parts.dropFirst(2) {
            switch part.identifier {
            case .integer: nonce = try DERShape.reading("nonce") { Array(try ArraySlice<UInt8>(derEncoded: part)) }
            case .boolean: wants = try DERShape.reading("certReq") { try Bool(derEncoded: part) }
            default: break
            }
        }
        self.nonce = nonce
        wantsCertificates = wants
    }

    /// `MessageImprint { sha256, digest }`.
    static func write(imprint: Digest, into coder: inout DER.Serializer) throws {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try DERShape.algorithm(OID.sha256, withNull: true, into: &coder)
            try coder.serialize(ASN1OctetString(contentBytes: imprint.bytes[...]))
        }
    }

    static func imprint(_ node: ASN1Node) throws(TrustError) -> Digest {
        let parts = try node.parts("imprint")
        guard parts.count == 2, let algorithm = try parts[0].parts("imprint").first else {
            throw .malformedDER("imprint")
        }
        let (oid, bytes) = try DERShape.reading("imprint") {
            (try ASN1ObjectIdentifier(derEncoded: algorithm), Array(try ASN1OctetString(derEncoded: parts[1]).bytes))
        }
        guard oid == OID.sha256, let digest = Digest(bytes: bytes) else {
            throw .malformedDER("imprint is not SHA-256")
        }
        return digest
    }

    /// A positive integer without needless zeros.
    private static func positive(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = Array(bytes.drop { $0 == 0 })
        if bytes.isEmpty { return [1] }
        if bytes[0] >= 0x80 { bytes[0] &= 0x7F }
        return bytes[0] == 0 ? [1] + bytes.dropFirst() : bytes
    }
}
