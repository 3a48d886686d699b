// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Outbound

/// What Python's e-mail reader made of a letter.
private struct Letter: Decodable {
    var from: String
    var to: [String]
    var subject: String
    var sender: String
    var receivers: String
    var date: String
    var id: String
    var auto: String
    var text: String
    var encoding: String
    var files: [[String]]
    var defects: [String]
    var longest: Int
    var user: String
}

@Suite(
    "Letters",
    .enabled(if: Peer.smtp != nil, "SKIPPED: MOTCUA_PYTHON names no Python with aiosmtpd"),
    .timeLimit(.minutes(2))
)
struct MailClientTests {
    let peer: Peer
    let citizen: MailAddress
    let sender: MailAddress

    init() throws {
        peer = try Peer("smtp", python: Peer.smtp)
        citizen = try #require(MailAddress("an@example.vn", name: "Nguyễn Thị Ngọc Ánh"))
        sender = try #require(MailAddress("motcua@angiang.example", name: "Một cửa An Giang"))
    }

    func client(user: String? = nil, password: String? = nil) -> MailClient {
        let settings = MailSettings(
            host: "127.0.0.1",
            port: peer.port,
            protection: .none,
            sender: sender,
            user: user,
            password: password,
            timeoutSeconds: 10
        )
        return MailClient(settings, clock: Fixed.clock, random: Fixed.random)
    }

    private func received() throws -> Letter {
        try JSONDecoder().decode(Letter.self, from: Data(peer.nextLine().utf8))
    }

    @Test("another program reads the letter as it was written")
    func letter() async throws {
        let second = try #require(MailAddress("binh@example.vn"))
        let text = "Kính gửi Ông/Bà,\n\n.Dòng bắt đầu bằng dấu chấm\n\(String(repeating: "dài ", count: 100))\n=3D\nHết"
        let subject = "Đã tiếp nhận hồ sơ H01.30307-260305-0001 của Ông/Bà, hẹn trả kết quả ngày 06/03/2026"
        let bytes = (0...255).map { UInt8($0) } + Array("%PDF".utf8)
        let message = MailMessage(
            to: [citizen, second],
            subject: subject,
            text: text,
            attachments: [
                .init(fileName: "Giấy tiếp nhận (mẫu 01).pdf", mediaType: "application/pdf", bytes: bytes),
                .init(fileName: "rong.txt", mediaType: "text/plain", bytes: []),
            ],
            identifier: "notice-17"
        )
        try await client().send(message)
        let letter = try received()
        #expect(letter.from == "motcua@angiang.example" && letter.to == ["an@example.vn", "binh@example.vn"])
        #expect(letter.subject == subject && letter.sender == "Một cửa An Giang")
        #expect(letter.receivers == "Nguyễn Thị Ngọc Ánh <an@example.vn>, binh@example.vn")
        #expect(letter.text.replacing("\r\n", with: "\n") == text + "\n")
        #expect(letter.encoding == "quoted-printable")
        #expect(letter.date == "Thu, 05 Mar 2026 14:40:00 +0700" && letter.auto == "auto-generated")
        #expect(letter.id == "<notice-17@angiang.example>")
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(
            letter.files == [["Giấy tiếp nhận (mẫu 01).pdf", "application/pdf", hex], ["rong.txt", "text/plain", ""]]
        )
        #expect(letter.defects.isEmpty && letter.longest <= 998)
    }

    @Test("one after another over the same threads, each whole")
    func several() async throws {
        let client = client()
        for number in 1...5 {
            try await client.send(MailMessage(to: [citizen], subject: "Thư \(number)", text: "Nội dung \(number)"))
            let letter = try received()
            #expect(letter.subject == "Thư \(number)" && letter.text.hasPrefix("Nội dung \(number)"))
        }
    }

    @Test("the server's no is told apart from its later")
    func refusals() async throws {
        let nobody = try #require(MailAddress("nobody@example.vn"))
        let later = try #require(MailAddress("later@example.vn"))
        await #expect(throws: OutboundError.mailRefused(reply: 550)) {
            try await client().send(MailMessage(to: [nobody], subject: "x", text: "x"))
        }
        await #expect(throws: OutboundError.mailDeferred(reply: 451)) {
            try await client().send(MailMessage(to: [later], subject: "x", text: "x"))
        }
    }

    @Test("the sender says who it is")
    func authentication() async throws {
        try await client(user: "motcua", password: "mật khẩu").send(MailMessage(to: [citizen], subject: "x", text: "x"))
        #expect(try received().user == "motcua")
        await #expect(throws: OutboundError.mailRefused(reply: 535)) {
            try await client(user: "motcua", password: "sai").send(MailMessage(to: [citizen], subject: "x", text: "x"))
        }
    }

    @Test(
        "a server without TLS gets no letter when TLS is wanted",
        arguments: [MailSettings.Protection.startTLS, .tls]
    )
    func protection(_ protection: MailSettings.Protection) async throws {
        let settings = MailSettings(
            host: "127.0.0.1",
            port: peer.port,
            protection: protection,
            sender: sender,
            timeoutSeconds: 5
        )
        let client = MailClient(settings, clock: Fixed.clock)
        let error = await #expect(throws: OutboundError.self) {
            try await client.send(MailMessage(to: [citizen], subject: "x", text: "x"))
        }
        #expect(error == .notTrusted(host: "127.0.0.1"))
    }
}
