// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Testing

@testable import Web

/// The headers of tus 1.0.0.
@Suite struct ResumableTests {
    private func request(_ headers: HTTPFields, _ method: HTTPRequest.Method = .patch) -> Request {
        Request(
            head: HTTPRequest(
                method: method,
                scheme: "https",
                authority: "a",
                path: "/tai-len/x",
                headerFields: headers
            ),
            body: RequestBody(buffer: ByteBuffer())
        )
    }

    @Test(arguments: [("0", 0), ("25000000", 25_000_000), ("9223372036854775807", Int64.max)])
    func lengthsAndOffsets(text: String, value: Int64) throws {
        #expect(try request([.uploadLength: text]).resumableLength() == value)
        let piece: HTTPFields = [.contentType: "application/offset+octet-stream", .uploadOffset: text]
        #expect(try request(piece).resumableOffset() == value)
    }

    @Test(arguments: ["", "-1", "+1", "1 2", "1.0", "0x10", "9223372036854775808", "١", "1,2"])
    func refusesWhatIsNoNumber(text: String) {
        #expect(throws: ResumableError.lengthMissing) { try request([.uploadLength: text]).resumableLength() }
        let piece: HTTPFields = [.contentType: "application/offset+octet-stream", .uploadOffset: text]
        #expect(throws: ResumableError.offsetMissing) { try request(piece).resumableOffset() }
    }

    @Test func missingHeaders() {
        #expect(throws: ResumableError.lengthMissing) { try request([:]).resumableLength() }
        #expect(throws: ResumableError.wrongType) { try request([.uploadOffset: "0"]).resumableOffset() }
        #expect(throws: ResumableError.wrongVersion) { try request([:]).requireResumableVersion() }
        #expect(throws: ResumableError.wrongVersion) {
            try request([.tusResumable: "0.2.2"]).requireResumableVersion()
        }
        #expect(throws: Never.self) { try request([.tusResumable: "1.0.0"]).requireResumableVersion() }
    }

    @Test func metadata() throws {
        let text = "filename c+G7lSBo4buZIHThu4tjaC5wZGY=,paper Z2lheQ==,empty"
        let facts = try request([.uploadMetadata: text]).resumableMetadata()
        #expect(facts == ["filename": "sổ hộ tịch.pdf", "paper": "giay", "empty": ""])
        #expect(try request([:]).resumableMetadata() == [:])
    }

    @Test(arguments: [
        "a ***", "a b c", "a eA==,a eA==", "a eA==,,b eA==", "a /w==", String(repeating: "a", count: 2_049),
    ])
    func refusesOtherMetadata(text: String) {
        #expect(throws: ResumableError.metadataWrong) { try request([.uploadMetadata: text]).resumableMetadata() }
    }

    @Test func theMethodThatIsMeant() {
        #expect(request([.methodOverride: "PATCH"], .post).resumableMethod == .patch)
        #expect(request([:], .post).resumableMethod == .post)
        #expect(request([.methodOverride: "no method"], .post).resumableMethod == .post)
    }

    @Test(arguments: [
        (Int64(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
    ])
    func datesOfHTTP(seconds: Int64, text: String) {
        #expect(ResumableProtocol.httpDate(Instant(microseconds: seconds * 1_000_000)) == text)
    }
}
