// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
import SwiftASN1

/// The answering side of RFC 3161, for simulations and tests; a real authority is an outside service.
public struct TimestampAuthority: Sendable {
    private let key: SigningKey
    private let policy: ASN1ObjectIdentifier

    /// An authority whose certificate has the critical purpose time stamping; the policy number is the sample arc of
    /// RFC 5612.
    public init(key: SigningKey) {
        self.key = key
        policy = [1, 3, 6, 1, 4, 1, 32_473, 1, 1]
    }

    /// A granted answer.
    ///
    /// - Parameters:
    ///   - imprint: what is stamped; another than the question's makes a wrong answer on purpose.
    ///   - nonce: the question's nonce.
    ///   - time: what the token states.
    ///   - serialNumber: of the token, positive.
    /// - Returns: DER, content type `application/timestamp-reply`.
    /// - Throws: `keyFailed`, `signatureMismatch`, `malformedDER`.
    public func answer(
        imprint: Digest,
        nonce: [UInt8]?,
        at time: Instant,
        serialNumber: Int64
    ) async throws(TrustError) -> [UInt8] {
        let token = try await token(imprint: imprint, nonce: nonce, at: time, serialNumber: serialNumber)
        return try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { try $0.serialize(0) }
                coder.serializeRawBytes(token)
            }
        }
    }

    /// A refusal: status 2 (rejection), failure 25 (system failure).
    public static func refusal() throws(TrustError) -> [UInt8] {
        try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    try coder.serialize(2)
                    try coder.serialize(ASN1BitString(bytes: [0, 0, 0, 0x40], paddingBits: 6))
                }
            }
        }
    }

    private func token(
        imprint: Digest,
        nonce: [UInt8]?,
        at time: Instant,
        serialNumber: Int64
    ) async throws(TrustError) -> [UInt8] {
        guard let moment = time.generalizedTime else { throw .malformedDER("time") }
        let content = try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(1)
                try coder.serialize(policy)
                try TimestampRequest.write(imprint: imprint, into: &coder)
                try coder.serialize(serialNumber)
                try coder.serialize(moment)
                if let nonce { try coder.serialize(nonce[...]) }
            }
        }
        let attributes = try SignedDataWriter.signedAttributes(
            contentType: OID.timestampInfo,
            contentDigest: Digest(of: content).bytes,
            certificate: key.certificate.der
        )
        let signature = try await key.checkedSignature(over: try SignedDataWriter.bytesToSign(attributes))
        return try SignedDataWriter.contentInfo(
            SignedDataWriter.Parts(
                contentType: OID.timestampInfo,
                content: content,
                attributes: attributes,
                signature: signature,
                algorithm: key.algorithm,
                chain: key.chain.map(\.der),
                timestampToken: nil
            )
        )
    }
}
