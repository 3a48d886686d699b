// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Crypto
import CryptoExtras
import Digests
import Foundation
import Kernel
import SwiftASN1
import Trust
import X509

/// The simulated certification service: a root, a timestamp authority, and certificates for sample signers.
///
/// Keys live in a folder and are made once; they certify nothing outside a demonstration.
struct CertificateAuthority: Sendable {
    let rootPEM: String
    let timestamps: TimestampAuthority
    private let root: Certificate
    private let rootKey: Certificate.PrivateKey
    private let clock: Clock
    private let random: RandomSource

    /// Reads the folder's keys and certificates, or makes them.
    init(folder: String, clock: Clock, random: RandomSource) throws {
        (self.clock, self.random) = (clock, random)
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let store = KeyStore(folder: URL(fileURLWithPath: folder))
        let maker = CertificateMaker(clock: clock, random: random)
        if let kept = try store.load("root") {
            (rootKey, root) = (kept.key, kept.certificate)
        } else {
            rootKey = .init(P256.Signing.PrivateKey())
            let name = try DistinguishedName {
                CountryName("VN")
                OrganizationName("Môi trường thử nghiệm")
                CommonName("Chứng thực gốc thử nghiệm (không có giá trị pháp lý)")
            }
            root = try maker.make(
                subject: name,
                key: rootKey.publicKey,
                issuer: name,
                issuerKey: rootKey,
                role: .authority
            )
            try store.save("root", rootKey, [root])
        }
        if try store.load("timestamp") == nil {
            let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
            let name = try DistinguishedName {
                CountryName("VN")
                OrganizationName("Môi trường thử nghiệm")
                CommonName("Dấu thời gian thử nghiệm")
            }
            let certificate = try maker.make(
                subject: name,
                key: key.publicKey,
                issuer: root.subject,
                issuerKey: rootKey,
                role: .timestamp
            )
            try store.save("timestamp", key, [certificate, root])
        }
        timestamps = TimestampAuthority(
            key: try KeyFile.load(key: store.path("timestamp.key"), certificates: store.path("timestamp.pem"))
        )
        rootPEM = try root.serializeAsPEM().pemString + "\n"
    }

    /// What is asked of the authority.
    struct Order: Codable, Sendable {
        /// The person's name, or the seal's.
        var commonName: String?
        var organisation: String?
        /// `CCCD:…` of a person, `MST:…` of an organisation.
        var identifier: String?
        /// `p256` (default) or `rsa2048`; only without `csr`.
        var algorithm: String?
        /// Days of validity, 1 to 3,650; negative makes a certificate that is expired already.
        var days: Int?
        /// PEM of a PKCS#10 request: then the key stays with whoever asks.
        var csr: String?
    }

    /// What the authority gives.
    struct Issued: Codable, Sendable {
        /// PEM, the signer's certificate first.
        var chain: String
        /// PEM, PKCS#8; nil when a request was sent.
        var privateKey: String?
        var fingerprint: String
        var serialNumber: String
        var notAfter: Instant
    }

    /// Issues a signer's certificate.
    ///
    /// - Throws: `SandboxRefusal` when the order cannot be understood.
    func issue(_ order: Order) throws -> Issued {
        let maker = CertificateMaker(clock: clock, random: random, days: order.days ?? 730)
        var privateKey: Certificate.PrivateKey?
        let subject: DistinguishedName
        let publicKey: Certificate.PublicKey
        if let text = order.csr {
            guard let request = try? CertificateSigningRequest(pemEncoded: text),  // nil: said in the refusal
                request.publicKey.isValidSignature(request.signature, for: request)
            else { throw SandboxRefusal(status: .unprocessableContent, text: "Yêu cầu cấp chứng thư số không đúng.") }
            (subject, publicKey) = (request.subject, request.publicKey)
        } else {
            guard let name = order.commonName, !name.isEmpty, name.utf8.count <= 256 else {
                throw SandboxRefusal(status: .unprocessableContent, text: "Thiếu commonName.")
            }
            subject = try CertificateAuthority.subject(name, order)
            let key: Certificate.PrivateKey
            switch order.algorithm ?? "p256" {
            case "p256": key = .init(P256.Signing.PrivateKey())
            case "rsa2048": key = .init(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            default: throw SandboxRefusal(status: .unprocessableContent, text: "algorithm là p256 hoặc rsa2048.")
            }
            privateKey = key
            publicKey = key.publicKey
        }
        let certificate = try maker.make(
            subject: subject,
            key: publicKey,
            issuer: root.subject,
            issuerKey: rootKey,
            role: .signer
        )
        let pem = try certificate.serializeAsPEM().pemString + "\n"
        guard let value = try SigningCertificate.all(pem: pem).first else {
            throw SandboxRefusal(status: .internalServerError, text: "Không cấp được chứng thư số.")
        }
        return Issued(
            chain: pem + rootPEM,
            privateKey: try privateKey.map { try $0.serializeAsPEM().pemString + "\n" },
            fingerprint: value.fingerprint.hex,
            serialNumber: value.serialNumber,
            notAfter: value.notAfter
        )
    }

    private static func subject(_ name: String, _ order: Order) throws -> DistinguishedName {
        var parts: [RelativeDistinguishedName] = [
            .init(try .init(type: .RDNAttributeType.countryName, printableString: "VN"))
        ]
        if let organisation = order.organisation {
            parts.append(.init(.init(type: .RDNAttributeType.organizationName, utf8String: organisation)))
        }
        parts.append(.init(.init(type: .RDNAttributeType.commonName, utf8String: name)))
        if let identifier = order.identifier {
            parts.append(.init(.init(type: [0, 9, 2_342, 19_200_300, 100, 1, 1], utf8String: identifier)))
        }
        return DistinguishedName(parts)
    }
}

/// Writes certificates of the three kinds.
struct CertificateMaker: Sendable {
    enum Role: Sendable {
        case authority, timestamp, signer
    }

    let clock: Clock
    let random: RandomSource
    var days = 3_650

    func make(
        subject: DistinguishedName,
        key: Certificate.PublicKey,
        issuer: DistinguishedName,
        issuerKey: Certificate.PrivateKey,
        role: Role
    ) throws -> Certificate {
        let now = clock.now()
        var extensions = Certificate.Extensions()
        switch role {
        case .authority:
            let constraints = BasicConstraints.isCertificateAuthority(maxPathLength: nil)
            try extensions.append(Certificate.Extension(constraints, critical: true))
            try extensions.append(Certificate.Extension(KeyUsage(keyCertSign: true, cRLSign: true), critical: true))
        case .timestamp:
            try extensions.append(Certificate.Extension(KeyUsage(digitalSignature: true), critical: true))
            try extensions.append(Certificate.Extension(try ExtendedKeyUsage([.timeStamping]), critical: true))
        case .signer:
            let usage = KeyUsage(digitalSignature: true, nonRepudiation: true)
            try extensions.append(Certificate.Extension(usage, critical: true))
        }
        let end = now.adding(days: Int64(min(max(days, -3_650), 3_650)))
        let start = min(now.adding(hours: -1), end.adding(days: -1))
        return try Certificate(
            version: .v3,
            // Positive (RFC 5280, 4.1.2.2): a leading byte below 128.
            serialNumber: .init(bytes: [0x01] + random.bytes(15)),
            publicKey: key,
            notValidBefore: Date(timeIntervalSince1970: Double(start.epochSeconds)),
            notValidAfter: Date(timeIntervalSince1970: Double(end.epochSeconds)),
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: issuerKey
        )
    }
}

/// Keys and certificates of the authority on disk: `NAME.key` (mode 600) and `NAME.pem`.
struct KeyStore: Sendable {
    let folder: URL

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func load(_ name: String) throws -> (key: Certificate.PrivateKey, certificate: Certificate)? {
        guard FileManager.default.fileExists(atPath: path("\(name).key")),
            FileManager.default.fileExists(atPath: path("\(name).pem"))
        else { return nil }
        let key = try String(contentsOfFile: path("\(name).key"), encoding: .utf8)
        let chain = try String(contentsOfFile: path("\(name).pem"), encoding: .utf8)
        guard let first = try PEMDocument.parseMultiple(pemString: chain).first else { return nil }
        return (try Certificate.PrivateKey(pemEncoded: key), try Certificate(pemDocument: first))
    }

    func save(_ name: String, _ key: Certificate.PrivateKey, _ chain: [Certificate]) throws {
        let text = try key.serializeAsPEM().pemString + "\n"
        let file = path("\(name).key")
        // The folder is closed to others (700), and so is the file.
        _ = FileManager.default.createFile(
            atPath: file,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let certificates = try chain.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
        try Data(certificates.utf8).write(to: folder.appendingPathComponent("\(name).pem"))
    }
}
