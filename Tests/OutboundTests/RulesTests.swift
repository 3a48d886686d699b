// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import Outbound

@Suite("Rules without a wire")
struct RulesTests {
    @Test(
        "addresses that are not ours to call are refused",
        arguments: [
            "", "ftp://a.vn/", "file:///etc/passwd", "http://", "https:///x", "http://user:secret@a.vn/",
            "http://a.vn/\r\nX: y", "http://a.vn/ x", "http://a.vn/ạ", "a.vn", "gopher://a.vn", "http:/a.vn",
        ]
    )
    func addresses(_ url: String) async {
        let client = HTTPClient(HTTPSettings(threads: 1), clock: Fixed.clock)
        await #expect(throws: OutboundError.addressRefused(url)) { try await client.send(OutboundRequest(.get, url)) }
    }

    @Test("peers are told apart by scheme, host and port")
    func peers() {
        #expect(OutboundRequest(.get, "HTTP://A.vn:81/x?y@z").peer == "http://a.vn:81")
        #expect(OutboundRequest(.get, "https://a.vn?x").peer == "https://a.vn")
        #expect(OutboundRequest(.get, "https://a.vn\\@b.vn/").peer == "https://a.vn")
    }

    @Test("header lines cannot be forged")
    func headers() throws {
        let bad: [OutboundRequest.Header] = [
            .init("X", "a\r\nY: b"), .init("X", "a\nb"), .init("X\r\nY", "a"), .init("", "a"), .init("X Y", "a"),
            .init("X:", "a"), .init("X", "a\u{0}"), .init("X", "a\u{7F}"), .init("Ạ", "a"),
        ]
        for header in bad {
            #expect(throws: OutboundError.self, "\(header)") {
                try OutboundRequest(.get, "http://a.vn", headers: [header]).lines()
            }
        }
        #expect(
            try OutboundRequest(.get, "http://a.vn", headers: [.init("X", "ạ\tb"), .init("Y", "")]).lines() == [
                "X: ạ\tb", "Y;", "Expect:",
            ]
        )
    }

    @Test("pauses double, keep to their cap, and end")
    func retryPolicy() {
        let policy = RetryPolicy(attempts: 5, baseSeconds: 1, capSeconds: 3)
        let none = RandomSource { [UInt8](repeating: 0, count: $0) }
        let all = RandomSource { [UInt8](repeating: 255, count: $0) }
        #expect((1...5).map { policy.pauseSeconds(after: $0, random: none) } == [0.5, 1, 1.5, 1.5, nil])
        for (attempt, most) in zip(1...4, [1.0, 2, 3, 3]) {
            let seconds = policy.pauseSeconds(after: attempt, random: all) ?? 0
            #expect(seconds > most * 0.99 && seconds < most)
        }
        #expect(policy.pauseSeconds(after: 1, askedFor: 2.5, random: none) == 2.5)
        #expect(policy.pauseSeconds(after: 1, askedFor: 3.1, random: none) == nil)
        #expect(RetryPolicy.none.pauseSeconds(after: 1, random: all) == nil)
        #expect(RetryPolicy(attempts: 100).pauseSeconds(after: 99, random: none) == 2.5)
    }

    @Test("the breaker opens, rests, probes and closes")
    func breaker() {
        var breaker = CircuitBreaker(.init(failures: 2, restSeconds: 10))
        let start = Fixed.moment
        func after(_ seconds: Int64) -> Instant { start.adding(seconds: seconds) }
        #expect(breaker.restsUntil(at: start) == nil)
        breaker.failed(at: start)
        breaker.succeeded()
        breaker.failed(at: start)
        #expect(breaker.position == .closed(failures: 1))
        breaker.failed(at: start)
        #expect(breaker.position == .open(until: after(10)))
        breaker.failed(at: after(5))  // a call that was on its way does not prolong the rest
        #expect(breaker.restsUntil(at: after(9)) == after(10))
        #expect(breaker.restsUntil(at: after(10)) == nil)
        #expect(breaker.restsUntil(at: after(11)) == after(20))  // one probe at a time
        #expect(breaker.restsUntil(at: after(20)) == nil)  // the probe was lost
        breaker.failed(at: after(21))
        #expect(breaker.position == .open(until: after(31)))
        #expect(breaker.restsUntil(at: after(31)) == nil)
        breaker.succeeded()
        #expect(breaker.position == .closed(failures: 0))
    }

    @Test("every failure has its name, and says whether another attempt may help")
    func errors() {
        let transient: [OutboundError] = [
            .unreachable(host: ""), .timedOut(host: ""), .nameNotFound(host: ""), .tooBusy, .mailDeferred(reply: 451),
            .peerRefused(status: 429), .peerRefused(status: 503), .resting(host: "", until: Fixed.moment),
        ]
        let final: [OutboundError] = [
            .addressRefused(""), .headerRefused(""), .notTrusted(host: ""), .answerTooLarge(limitBytes: 1), .cancelled,
            .tooManyRedirects, .mailRefused(reply: 550), .peerRefused(status: 404), .answerNotUnderstood(""),
            .failed(number: 1, text: ""),
        ]
        #expect(transient.allSatisfy(\.isTransient) && !final.contains(where: \.isTransient))
        #expect(Set((transient + final).map(\.code)).count == transient.count + final.count - 2)
        #expect((transient + final).allSatisfy { (500...504).contains($0.status) && $0.code.hasPrefix("outbound-") })
    }

    // MARK: - Mail

    @Test(
        "addresses of people",
        arguments: [
            ("an@example.vn", true), ("a.b+c@x.gov.vn", true), ("an", false), ("@x.vn", false), ("an@", false),
            ("a@b@c", false), ("an@x..vn", false), ("an@x.vn\r\nBcc: b@x.vn", false), ("a n@x.vn", false),
            ("<an@x.vn>", false), ("an@x.vn,b@x.vn", false), ("ạn@x.vn", false), ("\"a\"@x.vn", false),
        ]
    )
    func mailAddresses(_ text: String, isGood: Bool) {
        #expect((MailAddress(text) != nil) == isGood)
        #expect(MailAddress("an@x.vn", name: "An\nBcc") == nil && MailAddress("an@x.vn", name: "An\u{2028}") == nil)
        #expect(MailAddress(String(repeating: "a", count: 65) + "@x.vn") == nil)
    }

    @Test("header lines of a letter")
    func mailHeaders() throws {
        #expect(MailHeader.date(Fixed.moment) == "Thu, 05 Mar 2026 14:40:00 +0700")
        #expect(MailHeader.encoded("Plain subject") == "Plain subject")
        #expect(MailHeader.encoded("=?x") == "=?UTF-8?B?PT94?=")
        let long = MailHeader.encoded(String(repeating: "Ủy ban nhân dân ", count: 8))
        for word in long.split(separator: " ") {
            #expect(word.count <= 75 && word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
        }
        let office = try #require(MailAddress("a@x.vn", name: "UBND \"Long\" \\ Xuyen"))
        #expect(MailHeader.mailbox(office) == "\"UBND \\\"Long\\\" \\\\ Xuyen\" <a@x.vn>")
        #expect(MailHeader.disposition("a b.pdf") == "Content-Disposition: attachment; filename=\"a b.pdf\"")
        #expect(
            MailHeader.disposition("Giấy \"x\"/đ.pdf")
                == "Content-Disposition: attachment; filename*=UTF-8''Gi%E1%BA%A5y%20%22x%22%2F%C4%91.pdf"
        )
    }

    @Test("a letter that could forge a line is refused before it leaves")
    func lettersAreChecked() async throws {
        let sender = try #require(MailAddress("motcua@x.vn"))
        let citizen = try #require(MailAddress("an@x.vn"))
        // Nothing listens there: what gets through would fail otherwise.
        let client = MailClient(
            MailSettings(host: "127.0.0.1", port: 1, protection: .none, sender: sender),
            clock: Fixed.clock
        )
        func refused(_ message: MailMessage, _ what: String) async {
            await #expect(throws: OutboundError.headerRefused(what)) { try await client.send(message) }
        }
        await refused(MailMessage(to: [citizen], subject: "a\r\nBcc: b@x.vn", text: ""), "subject")
        await refused(MailMessage(to: [citizen], subject: "a\nb", text: ""), "subject")
        await refused(MailMessage(to: [citizen], subject: String(repeating: "a", count: 201), text: ""), "subject")
        await refused(MailMessage(to: [], subject: "a", text: ""), "to")
        let crowd = Array(repeating: citizen, count: MailClient.receiversLimit + 1)
        await refused(MailMessage(to: crowd, subject: "a", text: ""), "to")
        await refused(MailMessage(to: [citizen], subject: "a", text: "", identifier: "a>\r\nX: y"), "message-id")
        for (name, type, what) in [
            ("a\r\nX: y", "a/b", "filename"), ("", "a/b", "filename"), ("a", "a/b\r\nX: y", "content-type"),
            ("a", "pdf", "content-type"),
        ] {
            let file = MailMessage.Attachment(fileName: name, mediaType: type, bytes: [1])
            await refused(MailMessage(to: [citizen], subject: "a", text: "", attachments: [file]), what)
        }
        let big = MailMessage.Attachment(
            fileName: "a",
            mediaType: "a/b",
            bytes: [UInt8](repeating: 0, count: MailClient.bytesLimit)
        )
        await refused(MailMessage(to: [citizen], subject: "a", text: "x", attachments: [big]), "size")
        await #expect(throws: OutboundError.unreachable(host: "127.0.0.1")) {
            try await client.send(MailMessage(to: [citizen], subject: "a", text: "a"))
        }
    }
}
