// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel
import Testing

@testable import Trust

/// A program that we did not write, called on a file.
struct Judge: Sendable {
    var path: String
    var arguments: [String] = []

    static let openssl = Judge(named: "openssl")
    static let pdfsig = Judge(named: "pdfsig")
    static let qpdf = Judge(named: "qpdf")
    /// pyHanko in the Python environment of the checkers.
    static let pyHanko: Judge? = {
        guard let python = ProcessInfo.processInfo.environment["MOTCUA_PYTHON"] else { return nil }
        let judge = Judge(path: python, arguments: ["-m", "pyhanko"])
        // Not installed means not available: the test then says that it was skipped.
        return (try? judge.run(["--version"]).status) == 0 ? judge : nil
    }()

    init(path: String, arguments: [String] = []) {
        (self.path, self.arguments) = (path, arguments)
    }

    init?(named name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") })
        else { return nil }
        path = "\(folder)/\(name)"
    }

    func run(_ more: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments + more
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}

/// Independent judges: what they accept must be whole, what is damaged they must refuse.
@Suite("Independent judges", .timeLimit(.minutes(3)))
struct JudgeTests {
    let pki: SamplePKI
    let folder: URL
    let signed: [UInt8]
    let signature: [UInt8]

    init() async throws {
        pki = try SamplePKI()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("judges-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let sealer = DocumentSealer(timestamps: try pki.timestamps())
        let statement = SignatureStatement(
            name: "Nguyễn Thị Hồng Đào",
            reason: "Phê duyệt",
            location: "Tỉnh mẫu",
            signedAt: SamplePKI.now
        )
        let first = try await sealer.sign(SamplePDF.make(), by: try pki.leader.key, statement)
        let seal = try pki.seal.key
        let prepared = try sealer.prepare(first, by: seal, statement)
        signature = try await seal.sign(prepared.bytesToSign)
        signed = try await sealer.complete(prepared, by: seal, value: signature)
        try write("signed.pdf", signed)
        try write("content.pdf", contentFlipped())
        try write("value.pdf", signed.replacing(signature.hex.uppercased(), with: flipped(signature).hex.uppercased()))
        try write("cut.pdf", Array(signed.dropLast(200)))
        try write("root.pem", Array(pem("CERTIFICATE", try der(pki.root)).utf8))
        try write("intermediate.pem", Array(pem("CERTIFICATE", try der(pki.intermediate)).utf8))
    }

    @Test(
        "qpdf finds nothing to complain of, and refuses a file that was cut",
        .enabled(if: Judge.qpdf != nil, "SKIPPED: qpdf is not installed")
    )
    func structure() throws {
        defer { clean() }
        let judge = try #require(Judge.qpdf)
        let whole = try judge.run(["--check", file("signed.pdf")])
        #expect(whole.status == 0, "\(whole.text)")
        #expect(try judge.run(["--check", file("cut.pdf")]).status != 0)
    }

    @Test(
        "pdfsig accepts both signatures and refuses both kinds of damage",
        .enabled(if: Judge.pdfsig != nil, "SKIPPED: pdfsig (poppler-utils) is not installed")
    )
    func poppler() throws {
        defer { clean() }
        let judge = try #require(Judge.pdfsig)
        let whole = try judge.run(["-nocert", file("signed.pdf")])
        #expect(whole.text.components(separatedBy: "Signature is Valid").count == 3, "\(whole.text)")
        #expect(whole.text.contains("ETSI.CAdES.detached"))
        #expect(whole.text.contains("Total document signed"))
        let changed = try judge.run(["-nocert", file("content.pdf")])
        #expect(!changed.text.contains("Signature is Valid") && changed.text.contains("Digest Mismatch"))
        let value = try judge.run(["-nocert", file("value.pdf")])
        #expect(value.text.components(separatedBy: "Signature is Valid").count == 2, "\(value.text)")
    }

    @Test(
        "pyHanko judges both VALID, and neither damaged copy",
        .enabled(if: Judge.pyHanko != nil, "SKIPPED: MOTCUA_PYTHON names no Python with pyhanko and pyhanko-cli")
    )
    func pyHanko() throws {
        defer { clean() }
        let judge = try #require(Judge.pyHanko)
        func validate(_ command: String, _ name: String, root: String = "root.pem") throws -> String {
            let trust = ["--trust", file(root), "--trust-replace", "--no-revocation-check", "--pretty-print"]
            return try judge.run(["sign", command] + trust + [file(name)]).text
        }
        let conformance = try validate("adesverify", "signed.pdf")
        #expect(conformance.components(separatedBy: "judged VALID").count >= 3, "\(conformance)")
        try write("stranger.pem", Array(pem("CERTIFICATE", try der(try SamplePKI().root)).utf8))
        #expect(!(try validate("validate", "signed.pdf", root: "stranger.pem").contains("judged VALID")))
        let whole = try validate("validate", "signed.pdf")
        #expect(whole.components(separatedBy: "judged VALID").count >= 3, "\(whole)")
        #expect(whole.contains("signing and form filling"), "\(whole)")
        #expect(whole.contains("The timestamp token is cryptographically sound"), "\(whole)")
        #expect(!(try validate("validate", "content.pdf").contains("judged VALID")))
        #expect(try validate("validate", "value.pdf").contains("INVALID"))
    }

    @Test(
        "OpenSSL verifies the CMS structure as CAdES, and refuses other content",
        .enabled(if: Judge.openssl != nil, "SKIPPED: openssl is not installed")
    )
    func cades() async throws {
        defer { clean() }
        let judge = try #require(Judge.openssl)
        let content = Array("Nội dung được ký rời".utf8)
        try write("content.bin", content)
        try write("other.bin", content + [33])
        for holder in [pki.leader, pki.seal] {
            let sealer = DocumentSealer(timestamps: try pki.timestamps())
            try write(
                "cms.der",
                try await sealer.detachedSignature(over: content, by: try holder.key, at: SamplePKI.now)
            )
            func verify(_ name: String) throws -> (status: Int32, text: String) {
                try judge.run([
                    "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", file("cms.der"), "-content",
                    file(name),
                    "-CAfile", file("root.pem"), "-attime", "\(SamplePKI.now.epochSeconds)", "-purpose", "any",
                    "-out", "/dev/null",
                ])
            }
            let good = try verify("content.bin")
            #expect(good.status == 0 && good.text.contains("CAdES Verification successful"), "\(good.text)")
            #expect(try verify("other.bin").status != 0)
        }
    }

    @Test(
        "OpenSSL verifies our token, and we accept OpenSSL's",
        .enabled(if: Judge.openssl != nil, "SKIPPED: openssl is not installed")
    )
    func timestamps() async throws {
        defer { clean() }
        let judge = try #require(Judge.openssl)
        let content = Array("Chữ ký cần dấu thời gian".utf8)
        let request = TimestampRequest(imprint: Digest(of: content), nonce: [0x7A, 1, 2, 3, 4, 5, 6, 7])
        try write("data.bin", content)
        try write("query.tsq", try request.encoded())
        let authority = TimestampAuthority(key: try pki.timestamp.key)
        let answer = try await authority.answer(
            imprint: request.imprint,
            nonce: request.nonce,
            at: SamplePKI.now,
            serialNumber: 42
        )
        try write("answer.tsr", answer)
        let arguments = [
            "-in", file("answer.tsr"), "-CAfile", file("root.pem"), "-attime", "\(SamplePKI.now.epochSeconds)",
        ]
        let verdict = try judge.run(["ts", "-verify", "-queryfile", file("query.tsq")] + arguments)
        #expect(verdict.text.contains("Verification: OK"), "\(verdict.text)")
        let otherNonce = TimestampRequest(imprint: Digest(of: content), nonce: [1])
        try write("other.tsq", try otherNonce.encoded())
        #expect(try judge.run(["ts", "-verify", "-queryfile", file("other.tsq")] + arguments).status != 0)
        try await askOpenSSL(judge, content)
    }

    /// The other direction: OpenSSL answers our question.
    private func askOpenSSL(_ judge: Judge, _ content: [UInt8]) async throws {
        try write("authority.pem", Array(pki.timestamp.certificatePEM.utf8))
        try write("authority.key", Array(try pki.timestamp.privateKeyPEM.utf8))
        try write("serial", Array("01\n".utf8))
        let settings = """
            [tsa]
            serial = \(file("serial"))
            crypto_device = builtin
            signer_digest = sha256
            default_policy = 1.3.6.1.4.1.32473.1.1
            digests = sha256
            ess_cert_id_alg = sha256
            """
        try write("tsa.cnf", Array(settings.utf8))
        let folder = folder.path
        let client = TimestampClient(
            roots: try pki.roots,
            clock: .system,
            random: .system
        ) { query in
            try Data(query).write(to: URL(fileURLWithPath: folder + "/ours.tsq"))
            let made = try judge.run([
                "ts", "-reply", "-config", folder + "/tsa.cnf", "-section", "tsa", "-queryfile", folder + "/ours.tsq",
                "-signer", folder + "/authority.pem", "-inkey", folder + "/authority.key", "-out",
                folder + "/theirs.tsr",
            ])
            try #require(made.status == 0, "\(made.text)")
            return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/theirs.tsr")))
        }
        let token = try await client.stamp(content)
        #expect(token.imprint == Digest(of: content))
    }

    // MARK: - Files

    private func contentFlipped() -> [UInt8] {
        var broken = signed
        if let index = broken.firstIndex(of: "giai quyet") { broken[index] ^= 1 }
        return broken
    }

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(name))
    }

    private func clean() {
        try? FileManager.default.removeItem(at: folder)  // leftovers of a test harm nobody
    }
}
