// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Digests
import Foundation
import Kernel
import SwiftASN1
import X509

@testable import Trust

/// A public key infrastructure made by the test run: root, intermediate, leader (P-256), seal (RSA), authority.
struct SamplePKI: Sendable {
    struct Holder: Sendable {
        var privateKey: Certificate.PrivateKey
        var chain: [[UInt8]]

        var key: SigningKey {
            get throws { try KeyFile.signingKey(privateKey, chain: chain) }
        }
        var privateKeyPEM: String {
            get throws { try privateKey.serializeAsPEM().pemString }
        }
        var certificatePEM: String { chain.map { pem("CERTIFICATE", $0) }.joined() }
    }

    /// Whole seconds of the real clock: the independent judges look at it too.
    static let now = Instant(microseconds: Clock.system.now().epochSeconds * 1_000_000)
    static let clock = Clock { now }

    let root: Certificate
    let rootKey: P256.Signing.PrivateKey
    let intermediate: Certificate
    let intermediateKey: P256.Signing.PrivateKey
    let leader: Holder
    let seal: Holder
    let timestamp: Holder

    init() throws {
        rootKey = P256.Signing.PrivateKey()
        intermediateKey = P256.Signing.PrivateKey()
        let rootName = try DistinguishedName { CommonName("Chứng thực gốc thử nghiệm") }
        root = try SamplePKI.certificate(
            subject: rootName,
            key: .init(rootKey.publicKey),
            issuer: rootName,
            issuerKey: .init(rootKey),
            authority: true
        )
        let middleName = try DistinguishedName { CommonName("Chứng thực trung gian thử nghiệm") }
        intermediate = try SamplePKI.certificate(
            subject: middleName,
            key: .init(intermediateKey.publicKey),
            issuer: rootName,
            issuerKey: .init(rootKey),
            authority: true
        )
        leader = try SamplePKI.holder(
            "Nguyễn Thị Hồng Đào",
            "Ủy ban nhân dân tỉnh mẫu",
            identifier: "CCCD:089180000017",
            key: .init(P256.Signing.PrivateKey()),
            under: intermediate,
            .init(intermediateKey)
        )
        seal = try SamplePKI.holder(
            "Sở Tư pháp tỉnh mẫu",
            "Ủy ban nhân dân tỉnh mẫu",
            identifier: "MST:1600000000",
            key: .init(try _RSA.Signing.PrivateKey(keySize: .bits2048)),
            under: intermediate,
            .init(intermediateKey)
        )
        timestamp = try SamplePKI.holder(
            "Dấu thời gian thử nghiệm",
            "Ủy ban nhân dân tỉnh mẫu",
            identifier: nil,
            key: .init(P256.Signing.PrivateKey()),
            under: root,
            .init(rootKey),
            purpose: .timeStamping
        )
    }

    var roots: TrustRoots {
        get throws { TrustRoots([try SigningCertificate(der: try der(root))]) }
    }

    /// A client whose transport is the authority itself, called in this process.
    func timestamps(
        at time: Instant = SamplePKI.now,
        wrongNonce: Bool = false,
        wrongImprint: Bool = false
    ) throws -> TimestampClient {
        let authority = TimestampAuthority(key: try timestamp.key)
        return TimestampClient(roots: try roots, clock: SamplePKI.clock, random: .system) { query in
            let request = try TimestampRequest(der: query)
            return try await authority.answer(
                imprint: wrongImprint ? .init(of: "khác") : request.imprint,
                nonce: wrongNonce ? [1, 2, 3] : request.nonce,
                at: time,
                serialNumber: 7
            )
        }
    }

    /// Another certificate of the intermediate authority.
    func another(
        _ name: String,
        notBefore: Instant = now.adding(days: -30),
        notAfter: Instant = now.adding(days: 365),
        usage: KeyUsage = KeyUsage(digitalSignature: true, nonRepudiation: true)
    ) throws -> Holder {
        try SamplePKI.holder(
            name,
            "Tổ chức mẫu",
            identifier: nil,
            key: .init(P256.Signing.PrivateKey()),
            under: intermediate,
            .init(intermediateKey),
            notBefore: notBefore,
            notAfter: notAfter,
            usage: usage
        )
    }

    private static func holder(
        _ name: String,
        _ organisation: String,
        identifier: String?,
        key: Certificate.PrivateKey,
        under issuer: Certificate,
        _ issuerKey: Certificate.PrivateKey,
        purpose: ExtendedKeyUsage.Usage? = nil,
        notBefore: Instant = now.adding(days: -30),
        notAfter: Instant = now.adding(days: 365),
        usage: KeyUsage = KeyUsage(digitalSignature: true, nonRepudiation: true)
    ) throws -> Holder {
        var subject = try DistinguishedName {
            CommonName(name)
            OrganizationName(organisation)
        }
        if let identifier {
            subject.append(.init(.init(type: [0, 9, 2_342, 19_200_300, 100, 1, 1], utf8String: identifier)))
        }
        let certificate = try certificate(
            subject: subject,
            key: key.publicKey,
            issuer: issuer.subject,
            issuerKey: issuerKey,
            authority: false,
            purpose: purpose,
            notBefore: notBefore,
            notAfter: notAfter,
            usage: usage
        )
        return Holder(privateKey: key, chain: [try der(certificate), try der(issuer)])
    }

    /// Random and positive (RFC 5280, 4.1.2.2); the package's own random numbers may be negative, which some
    /// programs do not find again.
    private static func positiveSerialNumber() -> Certificate.SerialNumber {
        .init(bytes: [0x01] + RandomSource.system.bytes(15))
    }

    private static func certificate(
        subject: DistinguishedName,
        key: Certificate.PublicKey,
        issuer: DistinguishedName,
        issuerKey: Certificate.PrivateKey,
        authority: Bool,
        purpose: ExtendedKeyUsage.Usage? = nil,
        notBefore: Instant = now.adding(days: -30),
        notAfter: Instant = now.adding(days: 365),
        usage: KeyUsage = KeyUsage(digitalSignature: true, nonRepudiation: true)
    ) throws -> Certificate {
        var extensions = Certificate.Extensions()
        if authority {
            try extensions.append(
                Certificate.Extension(BasicConstraints.isCertificateAuthority(maxPathLength: nil), critical: true)
            )
            try extensions.append(Certificate.Extension(KeyUsage(keyCertSign: true, cRLSign: true), critical: true))
        } else {
            try extensions.append(Certificate.Extension(usage, critical: true))
        }
        if let purpose { try extensions.append(Certificate.Extension(try ExtendedKeyUsage([purpose]), critical: true)) }
        return try Certificate(
            version: .v3,
            serialNumber: positiveSerialNumber(),
            publicKey: key,
            notValidBefore: notBefore.foundationDate,
            notValidAfter: notAfter.foundationDate,
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: issuerKey
        )
    }
}

func der(_ certificate: Certificate) throws -> [UInt8] {
    var serializer = DER.Serializer()
    try serializer.serialize(certificate)
    return serializer.serializedBytes
}

func pem(_ type: String, _ bytes: [UInt8]) -> String { PEMDocument(type: type, derBytes: bytes).pemString + "\n" }
