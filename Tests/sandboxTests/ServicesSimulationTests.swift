// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Logging
import NIOCore
import Testing
import Trust

@testable import sandbox

@Suite("Certificates, timestamps, messages, faults")
struct ServicesSimulationTests {
    /// A client of the product's own kind, over the simulated authority.
    func stamps(_ client: any TestClientProtocol) async throws -> TimestampClient {
        let roots = try TrustRoots(pem: try await client.send(.get, "/ca/root.pem").text)
        return TimestampClient(roots: roots, clock: .system, random: .system) { query in
            let answer = try await client.execute(
                uri: "/tsa",
                method: .post,
                headers: [.contentType: "application/timestamp-query"],
                body: ByteBuffer(bytes: query)
            )
            guard answer.status == .ok else { throw SandboxRefusal(status: answer.status, text: "") }
            return Array(answer.body.readableBytesView)
        }
    }

    func issue(_ client: any TestClientProtocol, _ order: String) async throws -> CertificateAuthority.Issued {
        let answer = try await client.send(.post, "/ca/issue", order)
        #expect(answer.status == .created)
        return try answer.decoded(CertificateAuthority.Issued.self)
    }

    @Test("A leader is equipped, signs with a timestamp, and the document is trusted", arguments: ["p256", "rsa2048"])
    func equips(algorithm: String) async throws {
        let trial = try TrialWorld()
        try await trial.use { client in
            let issued = try await issue(
                client,
                #"{"commonName":"Lãnh đạo mẫu","organisation":"Cơ quan mẫu","identifier":"CCCD:089079000102","algorithm":"\#(algorithm)"}"#
            )
            let folder = URL(fileURLWithPath: trial.settings.folder)
            let keyFile = folder.appendingPathComponent("leader.key").path
            let chainFile = folder.appendingPathComponent("leader.pem").path
            try #require(issued.privateKey).write(toFile: keyFile, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keyFile)
            try issued.chain.write(toFile: chainFile, atomically: true, encoding: .utf8)
            let key = try KeyFile.load(key: keyFile, certificates: chainFile)
            #expect(key.certificate.fingerprint.hex == issued.fingerprint)
            #expect(key.certificate.holderIdentifier == "089079000102")
            let content = Array("Nội dung".utf8)
            let sealer = DocumentSealer(timestamps: try await stamps(client))
            let cms = try await sealer.detachedSignature(over: content, by: key, at: Clock.system.now())
            let roots = try TrustRoots(pem: try await client.send(.get, "/ca/root.pem").text)
            let report = await DocumentVerifier(roots: roots, clock: .system).verify(detached: cms, over: content)
            #expect(report.isValid && report.isTimestamped, "\(report.problems)")
        }
    }

    @Test("Keys are made once and stay")
    func keepsKeys() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ca-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }  // leftovers of a test harm nobody
        let first = try CertificateAuthority(folder: folder, clock: .system, random: .system)
        let second = try CertificateAuthority(folder: folder, clock: .system, random: .system)
        #expect(first.rootPEM == second.rootPEM)
    }

    @Test("An order without a name or with rubbish is refused; an expired certificate can be ordered")
    func orders() async throws {
        try await TrialWorld().use { client in
            for body in ["{}", #"{"commonName":""}"#, #"{"csr":"x"}"#, #"{"commonName":"A","algorithm":"md5"}"#] {
                #expect(try await client.send(.post, "/ca/issue", body).status == .unprocessableContent)
            }
            let old = try await issue(client, #"{"commonName":"Hết hạn","days":-1}"#)
            #expect(old.notAfter < Clock.system.now())
        }
    }

    @Test(
        "Each timestamp fault is refused by the product's client",
        arguments: [Fault.timestampDown, .timestampWrongNonce, .timestampWrongClock, .timestampRefused]
    )
    func timestampFaults(fault: Fault) async throws {
        try await TrialWorld().use { client in
            let stamps = try await stamps(client)
            _ = try await stamps.stamp([1])
            try await client.fault(fault)
            await #expect(throws: TrustError.self) { try await stamps.stamp([1]) }
            try await client.fault(fault, on: false)
            _ = try await stamps.stamp([1])
        }
    }

    private struct Box: Decodable {
        var messages: [sandbox.Mailbox.Message]
    }

    @Test("Messages arrive, newest first, and can be read by address")
    func messages() async throws {
        try await TrialWorld().use { client in
            let sms = #"{"recipient":"+84900000101","sender":"MOTCUA","text":"Mã OTP: 123456"}"#
            #expect(try await client.send(.post, "/sms", sms).status == .accepted)
            let mail =
                #"{"to":"a@mau.example","subject":"Hồ sơ <1>","text":"Xin chào","attachments":[{"name":"phiếu.pdf","type":"application/pdf","base64":"JVBERg=="}]}"#
            #expect(try await client.send(.post, "/mail", mail).status == .accepted)
            let all = try await client.send(.get, "/hop-thu.json").decoded(Box.self).messages
            #expect(all.map(\.kind) == [.mail, .sms])
            let phone = try await client.send(.get, "/hop-thu.json?to=0900000101").decoded(Box.self).messages
            #expect(phone.map(\.text) == ["Mã OTP: 123456"])
            let page = try await client.send(.get, "/hop-thu").text
            #expect(page.contains("Hồ sơ &lt;1&gt;") && !page.contains("<1>"))
            let file = try await client.send(.get, "/hop-thu/2/tep/0")
            #expect(file.text == "%PDF" && file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            try await client.fault(.smsDown)
            #expect(
                try await client.send(.post, "/sms", sms).status == .serviceUnavailable
            )
            try await client.fault(.mailDown)
            #expect(try await client.send(.post, "/mail", mail).status == .serviceUnavailable)
            #expect(try await client.send(.get, "/hop-thu.json").decoded(Box.self).messages.count == 2)
        }
    }

    @Test("A mail conversation, with a doubled dot and an attachment")
    func mailConversation() {
        var dialogue = SMTPDialogue()
        #expect(dialogue.take(Array("EHLO x\r\nDATA\r\n".utf8)).last == .say("503 5.5.1 thieu nguoi nhan"))
        let mail = """
            Subject: =?UTF-8?B?SOG7kyBzxqE=?= =?UTF-8?Q?_=C4=91=C3=A3_c=C3=B3?=
            Content-Type: multipart/mixed; boundary="ranh"

            --ranh
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Xin ch=C3=A0o,=
             b=E1=BA=A1n
            ..m=E1=BB=99t ch=E1=BA=A5m
            --ranh
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=UTF-8''phi%E1%BA%BFu.pdf
            Content-Transfer-Encoding: base64

            JVBERg==
            --ranh--
            .

            """
        let text =
            "MAIL FROM:<cong@mau.example>\r\nRCPT TO:<a@mau.example>\r\nDATA\r\n" + mail.replacing("\n", with: "\r\n")
        var steps: [SMTPDialogue.Step] = []
        for byte in Array(text.utf8) { steps += dialogue.take([byte]) }
        guard case .deliver(let envelope)? = steps.last(where: { if case .deliver = $0 { true } else { false } }) else {
            Issue.record("nothing was delivered: \(steps)")
            return
        }
        #expect(envelope.sender == "cong@mau.example" && envelope.recipients == ["a@mau.example"])
        let message = MailMessage(envelope.data)
        #expect(message.subject == "Hồ sơ đã có")
        #expect(message.text == "Xin chào, bạn\n.một chấm\n")
        #expect(message.attachments == [.init(name: "phiếu.pdf", type: "application/pdf", base64: "JVBERg==")])
        #expect(dialogue.take(Array("QUIT\r\n".utf8)) == [.end("221 2.0.0 tam biet")])
        #expect(
            dialogue.take([UInt8](repeating: 65, count: SMTPListener.lineBytes + 1)).last
                == .end("500 5.5.2 dong qua dai")
        )
    }

    @Test("The same seed gives the same faults; half of the answers are 503 when half is asked for")
    func seeds() {
        func run(_ seed: UInt64) -> [Bool] {
            let board = FaultBoard(
                seed: seed,
                clock: .system,
                logger: Logger(label: "x", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            board.change(.init(delayMilliseconds: 10, unavailablePercent: 50))
            return (0..<200).map { _ in board.roll("/").isUnavailable }
        }
        #expect(run(7) == run(7))
        #expect(run(7) != run(8))
        #expect((60...140).contains(run(7).count { $0 }))
    }

    @Test("Well-behaved from the start, again after a reset; the pages of the demonstration stay calm")
    func control() async throws {
        try await TrialWorld().use { client in
            let start = try await client.send(.get, "/dieu-khien.json").decoded(FaultBoard.Snapshot.self)
            #expect(!start.faults.values.contains(true) && start.unavailablePercent == 0 && start.injected.isEmpty)
            _ = try await client.send(.post, "/dieu-khien", #"{"unavailablePercent":100}"#)
            #expect(try await client.send(.get, "/dinh-danh/oauth2/jwks").status == .serviceUnavailable)
            #expect(try await client.send(.get, "/hop-thu").status == .ok)
            #expect(try await client.form("/dieu-khien", ["fault": "sms-down", "on": "true"]).status == .seeOther)
            #expect(try await client.send(.get, "/dieu-khien").text.contains("đang bật"))
            _ = try await client.send(.post, "/dieu-khien", #"{"reset":true}"#)
            let end = try await client.send(.get, "/dieu-khien.json").decoded(FaultBoard.Snapshot.self)
            #expect(end.faults == start.faults && end.injected.isEmpty)
            #expect(try await client.send(.post, "/dieu-khien", #"{"fault":"khong-co"}"#).status == .badRequest)
            for path in ["/", "/dieu-khien", "/hop-thu"] {
                #expect(try await client.send(.get, path).text.contains("MÔI TRƯỜNG THỬ NGHIỆM"))
            }
        }
    }
}
