// SPDX-License-Identifier: Apache-2.0

import SwiftASN1
import X509

/// How a key signs.
public enum SigningAlgorithm: String, Sendable, CaseIterable {
    /// ECDSA on P-256 with SHA-256.
    case ecdsaSHA256
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rsaSHA256
}

extension SigningAlgorithm {
    var x509: Certificate.SignatureAlgorithm {
        switch self {
        case .ecdsaSHA256: .ecdsaWithSHA256
        case .rsaSHA256: .sha256WithRSAEncryption
        }
    }

    /// The algorithm identifier inside a SignerInfo; `rsaEncryption` is what most tools write for RSA.
    func serialize(into coder: inout DER.Serializer) throws {
        switch self {
        case .ecdsaSHA256: try DERShape.algorithm(OID.ecdsaWithSHA256, withNull: false, into: &coder)
        case .rsaSHA256: try DERShape.algorithm(OID.rsaEncryption, withNull: true, into: &coder)
        }
    }

    /// The forms in which CMS may hold a value: as it came, and for ECDSA the DER of r‖s, which tokens and some
    /// services give. Which one it is shows when it is verified.
    func forms(of signature: [UInt8]) throws(TrustError) -> [[UInt8]] {
        guard self == .ecdsaSHA256, signature.count == 64 else { return [signature] }
        let converted = try DERShape.encode { coder in
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(SigningAlgorithm.integerBytes(signature[..<32]))
                try coder.serialize(SigningAlgorithm.integerBytes(signature[32...]))
            }
        }
        return [converted, signature]
    }

    /// An unsigned number as DER wants it: no needless zeros, one zero before a set high bit.
    private static func integerBytes(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let trimmed = bytes.drop { $0 == 0 }
        guard let first = trimmed.first else { return [0] }
        return first >= 0x80 ? [0] + trimmed : trimmed
    }
}
