// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import SwiftASN1
import Testing
import X509

@testable import Trust

@Suite("Certificates, keys and timestamps")
struct CertificateTests {
    let pki: SamplePKI

    init() throws { pki = try SamplePKI() }

    @Test("A certificate says whose it is")
    func reading() throws {
        let certificate = try pki.leader.key.certificate
        #expect(certificate.commonName == "Nguyễn Thị Hồng Đào")
        #expect(certificate.holderIdentifier == "089180000017")
        #expect(certificate.issuerName == "Chứng thực trung gian thử nghiệm")
        #expect(certificate.algorithm == .ecdsaSHA256)
        #expect(try SigningCertificate.all(pem: pki.leader.certificatePEM).count == 2)
        #expect(throws: TrustError.self) { try SigningCertificate(der: [0x30, 3, 1, 2]) }
    }

    @Test("Valid at its first and last moment, not one microsecond outside")
    func validity() throws {
        let certificate = try pki.leader.key.certificate
        try certificate.check(holder: nil, at: certificate.notBefore)
        try certificate.check(holder: nil, at: certificate.notAfter)
        let early = Instant(microseconds: certificate.notBefore.microseconds - 1)
        let late = Instant(microseconds: certificate.notAfter.microseconds + 1)
        for (moment, code) in [(early, "certificate-not-yet-valid"), (late, "certificate-expired")] {
            #expect { try certificate.check(holder: nil, at: moment) } throws: { error in
                let error = error as? TrustError
                // Each says what helps: to wait, or to renew.
                let advice = code == "certificate-expired" ? "gia hạn" : "chờ đến lúc đó"
                return error?.code == code && error?.publicDetail?.contains(advice) == true
            }
        }
    }

    @Test("Only the holder signs with it")
    func holder() throws {
        let certificate = try pki.leader.key.certificate
        let name = "nguyễn  thị hồng đào"
        try certificate.check(holder: .init(name: name, identifier: "089180000017"), at: SamplePKI.now)
        try certificate.check(holder: .init(name: name, fingerprint: certificate.fingerprint), at: SamplePKI.now)
        let others = [
            CertificateHolder(name: "Nguyễn Thị Hồng Đao"),
            CertificateHolder(name: name, identifier: "089180000018"),
            CertificateHolder(name: name, fingerprint: Digest(of: "khác")),
        ]
        for other in others {
            #expect { try certificate.check(holder: other, at: SamplePKI.now) } throws: {
                ($0 as? TrustError)?.code == "certificate-of-another"
            }
        }
    }

    @Test("An expired certificate signs nothing")
    func expired() async throws {
        let old = try pki.another(
            "Người cũ",
            notBefore: SamplePKI.now.adding(days: -60),
            notAfter: SamplePKI.now.adding(days: -1)
        )
        let statement = SignatureStatement(name: "", reason: "", location: "", signedAt: SamplePKI.now)
        await #expect {
            try await DocumentSealer(timestamps: nil).sign(SamplePDF.make(), by: try old.key, statement)
        } throws: { ($0 as? TrustError)?.code == "certificate-expired" }
    }

    @Test("What is required before signing says first that a certificate is out of its time, not that it is untrusted")
    func outOfTime() async throws {
        let roots = try pki.roots
        let old = try pki.another(
            "Người cũ",
            notBefore: SamplePKI.now.adding(days: -60),
            notAfter: SamplePKI.now.adding(days: -1)
        )
        let new = try pki.another(
            "Người mới",
            notBefore: SamplePKI.now.adding(days: 1),
            notAfter: SamplePKI.now.adding(days: 60)
        )
        for (signer, code) in [(old, "certificate-expired"), (new, "certificate-not-yet-valid")] {
            await #expect { try await roots.require(signer.key, at: SamplePKI.now) } throws: {
                ($0 as? TrustError)?.code == code
            }
        }
        try await roots.require(pki.leader.key, at: SamplePKI.now)
    }

    @Test("A key for encryption signs nothing")
    func wrongUsage() throws {
        let other = try pki.another("Mã hóa", usage: KeyUsage(keyEncipherment: true))
        #expect { try other.key.certificate.check(holder: nil, at: SamplePKI.now) } throws: {
            ($0 as? TrustError)?.code == "certificate-not-for-signing"
        }
    }

    @Test("A chain is trusted only to the given root, and only within its time")
    func chains() async throws {
        let key = try pki.leader.key
        try await pki.roots.require(key, at: SamplePKI.now)
        await #expect(throws: TrustError.self) { try await TrustRoots([]).require(key, at: SamplePKI.now) }
        await #expect(throws: TrustError.self) {
            try await pki.roots.require(key, at: SamplePKI.now.adding(days: 400))
        }
        let alone = try SigningKey(chain: [pki.leader.chain[0]]) { _ in [] }
        await #expect(throws: TrustError.self) { try await pki.roots.require(alone, at: SamplePKI.now) }
    }

    @Test("A timestamp authority's certificate is no signer's, and the reverse")
    func purposes() async throws {
        let roots = try pki.roots
        let authority = try pki.timestamp.key
        let leader = try pki.leader.key
        #expect(
            await roots.check(authority.certificate, intermediates: [], purpose: .timestamping, at: SamplePKI.now)
                == .trusted
        )
        #expect(
            await roots.check(authority.certificate, intermediates: [], purpose: .signing, at: SamplePKI.now)
                != .trusted
        )
        #expect(
            await roots.check(
                leader.certificate,
                intermediates: leader.chain,
                purpose: .timestamping,
                at: SamplePKI.now
            ) != .trusted
        )
    }

    // MARK: - Key files

    @Test("A key file is read only when its owner alone may read it", arguments: [0o600, 0o400, 0o640, 0o604, 0o700])
    func keyFileMode(mode: Int) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }  // leftovers of a test harm nobody
        let (key, chain) = try write(pki.seal, in: folder, mode: mode)
        if mode == 0o600 || mode == 0o400 {
            #expect(try KeyFile.load(key: key, certificates: chain).algorithm == .rsaSHA256)
        } else {
            #expect { try KeyFile.load(key: key, certificates: chain) } throws: {
                ($0 as? TrustError)?.code == "key-file"
            }
        }
    }

    @Test("A key with another's certificate, a missing file and rubbish are refused")
    func keyFileRefusals() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }  // leftovers of a test harm nobody
        let (key, _) = try write(pki.leader, in: folder, mode: 0o600)
        let other = folder.appendingPathComponent("other.pem").path
        try pki.seal.certificatePEM.write(toFile: other, atomically: true, encoding: .utf8)
        #expect { try KeyFile.load(key: key, certificates: other) } throws: {
            ($0 as? TrustError)?.code == "signature-mismatch"
        }
        #expect(throws: TrustError.self) { try KeyFile.load(key: folder.path + "/none", certificates: other) }
        #expect(throws: TrustError.self) { try KeyFile.load(key: key, certificates: key) }
    }

    // MARK: - Timestamps

    @Test("A token for the right digest and nonce is accepted")
    func stamped() async throws {
        let token = try await pki.timestamps().stamp([1, 2, 3])
        #expect(token.imprint == Digest(of: [1, 2, 3]))
        #expect(token.time == SamplePKI.now)
        #expect(token.authority?.commonName == "Dấu thời gian thử nghiệm")
    }

    @Test("Wrong nonce, wrong digest, wrong clock and a stranger's authority are refused")
    func refusedStamps() async throws {
        let clients = [
            try pki.timestamps(wrongNonce: true), try pki.timestamps(wrongImprint: true),
            try pki.timestamps(at: SamplePKI.now.adding(minutes: -6)), try SamplePKI().stampingFor(pki),
        ]
        for client in clients {
            await #expect { try await client.stamp([1]) } throws: { ($0 as? TrustError)?.code == "timestamp-refused" }
        }
    }

    @Test("A refusal, rubbish and an authority that is down are three answers")
    func failedStamps() async throws {
        struct Down: Error {}
        let refusal = try TimestampAuthority.refusal()
        let roots = try pki.roots
        func client(_ transport: @escaping TimestampClient.Transport) -> TimestampClient {
            TimestampClient(roots: roots, clock: SamplePKI.clock, random: .system, transport: transport)
        }
        await #expect { try await client { _ in refusal }.stamp([1]) } throws: {
            reason($0) == "status 2"
        }
        await #expect { try await client { _ in Array("<html>".utf8) }.stamp([1]) } throws: {
            ($0 as? TrustError)?.code == "timestamp-refused"
        }
        await #expect { try await client { _ in throw Down() }.stamp([1]) } throws: {
            ($0 as? TrustError)?.code == "timestamp-unavailable"
        }
    }

    @Test("A leader's key is no timestamp authority")
    func leaderAsAuthority() async throws {
        let authority = TimestampAuthority(key: try pki.leader.key)
        let client = TimestampClient(roots: try pki.roots, clock: SamplePKI.clock, random: .system) { query in
            let request = try TimestampRequest(der: query)
            return try await authority.answer(
                imprint: request.imprint,
                nonce: request.nonce,
                at: SamplePKI.now,
                serialNumber: 1
            )
        }
        await #expect { try await client.stamp([1]) } throws: {
            reason($0) == "timestamp-purpose"
        }
    }

    @Test("The time of a token is exact to the second in UTC")
    func times() throws {
        let moment = try #require(Instant("2026-03-05T23:59:59Z"))
        let generalized = try #require(moment.generalizedTime)
        #expect(generalized.day == 5 && generalized.hours == 23)
        #expect(Instant(generalized) == moment)
    }

    // MARK: - Helpers

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trust-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func write(_ holder: SamplePKI.Holder, in folder: URL, mode: Int) throws -> (key: String, chain: String) {
        let key = folder.appendingPathComponent("key.pem").path
        let chain = folder.appendingPathComponent("chain.pem").path
        try holder.privateKey.serializeAsPEM().pemString.write(toFile: key, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
        try holder.certificatePEM.write(toFile: chain, atomically: true, encoding: .utf8)
        return (key, chain)
    }
}

private func reason(_ error: any Error) -> String? {
    guard case .timestampRefused(let reason) = error as? TrustError else { return nil }
    return reason
}

extension SamplePKI {
    /// A client that trusts another infrastructure than the one its authority belongs to.
    func stampingFor(_ other: SamplePKI) throws -> TimestampClient {
        let authority = TimestampAuthority(key: try timestamp.key)
        return TimestampClient(roots: try other.roots, clock: SamplePKI.clock, random: .system) { query in
            let request = try TimestampRequest(der: query)
            return try await authority.answer(
                imprint: request.imprint,
                nonce: request.nonce,
                at: SamplePKI.now,
                serialNumber: 1
            )
        }
    }
}
