// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite struct FormFieldsTests {
    @Test func decodesAndNormalises() throws {
        let fields = try FormFields(
            urlEncoded: body("ho+ten=Nguye%CC%82%CC%83n+A%26B&x=1&x=2&bare&=v&line=a%0D%0Ab%0Dc&p=100%")
        )
        #expect(fields["ho ten"] == "Nguyễn A&B")
        #expect(fields.all("x") == ["1", "2"])
        #expect(fields["bare"] == "")
        #expect(fields[""] == "v")
        #expect(fields["line"] == "a\nb\nc")
        #expect(fields["p"] == "100%")
        #expect(fields["missing"] == nil)
        #expect(fields.names == ["ho ten", "x", "bare", "", "line", "p"])
        // NFC on arrival: one scalar per letter.
        #expect(fields["ho ten"]?.unicodeScalars.count == "Nguyễn A&B".unicodeScalars.count)
    }

    @Test func trimsOnlyTheEnds() {
        let fields = FormFields([("a", "  Lê  Văn \n"), ("b", " \t "), ("c", "x")])
        #expect(fields.trimmed("a") == "Lê  Văn")
        #expect(fields.trimmed("b") == nil)
        #expect(fields.trimmed("c") == "x")
    }

    @Test(arguments: ["a=%FF", "a=%C3", "%FE=1", "a=%00", "a=%1B", "a=%7F", "a=%C2%85"])
    func refusesWhatIsNoText(query: String) {
        #expect(throws: RequestError.self) { try FormFields(urlEncoded: body(query)) }
    }

    @Test func limitsFieldsAndBytes() throws {
        func many(_ count: Int) -> [UInt8] { body((0..<count).map { "f\($0)=1" }.joined(separator: "&")) }
        #expect(try FormFields(urlEncoded: many(500)).pairs.count == 500)
        #expect(throws: RequestError.tooManyFields(limit: 500)) { try FormFields(urlEncoded: many(501)) }
        let limit = 256 * 1024
        #expect(try FormFields(urlEncoded: body("a=" + String(repeating: "x", count: limit - 2))).pairs.count == 1)
        #expect(throws: RequestError.bodyTooLarge(limitBytes: limit)) {
            try FormFields(urlEncoded: body("a=" + String(repeating: "x", count: limit - 1)))
        }
    }

    @Test func queryIsTyped() throws {
        enum Order: String { case due, code }
        let query = QueryFields(
            try FormFields(urlEncoded: body("q=+khai+sinh+&n=7&big=1000&bad=x&o=due&o=nope&o=code&on=1&day=2026-03-05"))
        )
        #expect(query.text("q") == "khai sinh")
        #expect(query.text("q", limitCharacters: 4) == "khai")
        #expect(query.int("n", default: 1, in: 1...100) == 7)
        #expect(query.int("big", default: 1, in: 1...100) == 100)
        #expect(query.int("bad", default: 20, in: 1...100) == 20)
        #expect(query.choice("o", as: Order.self) == .due)
        #expect(query.choices("o", as: Order.self) == [.due, .code])
        #expect(query.isOn("on") && !query.isOn("off"))
        #expect(query.value("n", as: Int.self) == 7)
    }
}

@Suite struct BodyTests {
    private struct Answer: Codable, Equatable {
        var name: String
    }

    private func application() throws -> some ApplicationProtocol {
        try testApplication { router in
            router.post("form") { request, _ in
                let fields = try await request.form()
                return Response.text(fields.names.joined(separator: ","))
            }
            router.post("json") { request, _ in
                let answer = try await request.json(Answer.self)
                return Response.text(answer.name)
            }
            router.post("files") { request, _ in
                let limits = MultipartLimits(
                    files: 2,
                    fields: 3,
                    fieldBytes: 40,
                    fileBytes: 100_000,
                    bodyBytes: 300_000
                )
                var told: [String] = []
                let fields = try await request.multipart(limits: limits) { event, soFar in
                    switch event {
                    case .began(let part): told.append("\(part.fieldName):\(part.fileName):\(soFar.pairs.count)")
                    case .bytes: break
                    case .ended(let count): told.append("\(count)")
                    }
                }
                return Response.text((told + fields.pairs.map { "\($0.name)=\($0.value)" }).joined(separator: " "))
            }
        }
    }

    private func post(
        _ path: String,
        type: String,
        _ bytes: [UInt8],
        accept: String = "application/json",
        coding: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: type, .accept: accept]
        headers[.contentEncoding] = coding
        return try await application().test(.router) { [headers] client in
            try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(bytes: bytes))
        }
    }

    @Test func formIsReadAndLimited() async throws {
        let type = "application/x-www-form-urlencoded"
        #expect(try await post("/form", type: type + "; charset=UTF-8", body("a=1&b=2")).text == "a,b")
        #expect(try await post("/form", type: "text/plain", body("a=1")).status == .unsupportedMediaType)
        let limit = 256 * 1024
        #expect(
            try await post("/form", type: type, body("a=" + String(repeating: "x", count: limit - 2))).status == .ok
        )
        let refused = try await post("/form", type: type, body("a=" + String(repeating: "x", count: limit - 1)))
        #expect(refused.status == .contentTooLarge)
        #expect(refused.text.contains("Nội dung gửi lên không quá 262 KB."))
    }

    @Test func jsonIsReadAndLimited() async throws {
        let type = "application/json"
        #expect(try await post("/json", type: type, body("{\"name\":\"Bưởi [[[\\\"\"}")).text == "Bưởi [[[\"")
        #expect(try await post("/json", type: type, body("{\"name\":1}")).status == .badRequest)
        #expect(try await post("/json", type: type, body("{")).status == .badRequest)
        let limit = 1024 * 1024
        let frame = "{\"name\":\"\"}".utf8.count
        func sized(_ size: Int) -> [UInt8] {
            body("{\"name\":\"" + String(repeating: "x", count: size - frame) + "\"}")
        }
        #expect(try await post("/json", type: type, sized(limit)).status == .ok)
        #expect(try await post("/json", type: type, sized(limit + 1)).status == .contentTooLarge)
    }

    @Test func bodiesAreUTF8AndNotPacked() async throws {
        let form = "application/x-www-form-urlencoded"
        let json = body("{\"name\":\"Bưởi\"}")
        for charset in ["utf-16", "\"ISO-8859-1\"", "windows-1258", ""] {
            let type = "; charset=\(charset)"
            #expect(try await post("/form", type: form + type, body("a=1")).status == .unsupportedMediaType)
            #expect(
                try await post("/json", type: "application/json" + type, json).status == .unsupportedMediaType
            )
        }
        #expect(try await post("/json", type: "Application/JSON;charset=\"UTF-8\"", json).text == "Bưởi")
        for coding in ["gzip", "identity, br", "deflate"] {
            for (path, type) in [("/form", form), ("/json", "application/json"), ("/files", self.type)] {
                let refused = try await post(path, type: type, body("{}"), coding: coding)
                #expect(refused.status == .unsupportedMediaType, "\(path) \(coding)")
            }
        }
        #expect(try await post("/json", type: "application/json", json, coding: "identity").status == .ok)
        // The decoder alone would read these.
        let wide = String(decoding: json, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try await post("/json", type: "application/json", wide).status == .badRequest)
        #expect(try await post("/json", type: "application/json", [0xFF, 0xFE] + wide).status == .badRequest)
        let broken = body("{\"name\":\"") + [0xC3, 0x28] + body("\"}")
        #expect(try await post("/json", type: "application/json", broken).status == .badRequest)
    }

    @Test func jsonDepthIsLimited() throws {
        func nested(_ depth: Int) -> [UInt8] {
            body(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        try JSONShape.check(nested(32), depth: 32)
        #expect(throws: RequestError.tooDeep(limit: 32)) { try JSONShape.check(nested(33), depth: 32) }
        try JSONShape.check(body("\"" + String(repeating: "[", count: 99) + "\""), depth: 32)
    }

    // MARK: - Multipart over the router

    private let type = "multipart/form-data; boundary=XyZ"

    private func field(_ name: String, _ value: String) -> [UInt8] {
        body("--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
    }

    private func file(_ name: String, _ fileName: String, _ bytes: [UInt8]) -> [UInt8] {
        body("--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n\r\n") + bytes
            + body("\r\n")
    }

    private let end = body("--XyZ--\r\n")

    @Test func filesArriveInPiecesWithTheFieldsBeforeThem() async throws {
        let big = [UInt8](repeating: 0x0D, count: 100_000)
        let bytes =
            field("_csrf", "t") + file("tep", "a.pdf", big) + file("tep", "", []) + file("k", "r.png", [])
            + field("z", "1") + end
        #expect(try await post("/files", type: type, bytes).text == "tep:a.pdf:1 100000 k:r.png:1 0 _csrf=t z=1")
    }

    @Test func everyLimitOfMultipart() async throws {
        let full = [UInt8](repeating: 1, count: 100_000)
        #expect(try await post("/files", type: type, file("t", "a", full) + end).status == .ok)
        let large = try await post("/files", type: type, file("t", "a", full + [1]) + end)
        #expect(large.status == .contentTooLarge)
        #expect(large.text.contains("Tệp không quá 100 KB."))

        let two = file("t", "a", [1]) + file("t", "b", [1])
        #expect(try await post("/files", type: type, two + end).status == .ok)
        let third = try await post("/files", type: type, two + file("t", "c", [1]) + end)
        #expect(third.status == .badRequest)
        #expect(third.text.contains("Chọn nhiều nhất 2 tệp."))

        let three = field("a", "1") + field("b", "1") + field("c", "1")
        #expect(try await post("/files", type: type, three + end).status == .ok)
        #expect(try await post("/files", type: type, three + field("d", "1") + end).status == .badRequest)

        #expect(try await post("/files", type: type, field("a", String(repeating: "x", count: 39)) + end).status == .ok)
        let longField = field("a", String(repeating: "x", count: 40)) + end
        #expect(try await post("/files", type: type, longField).status == .contentTooLarge)

        let threeFull = file("t", "a", full) + file("t", "b", full)
        let filler = 300_000 - threeFull.count - end.count - file("x", "", []).count
        #expect(filler > 0)
        #expect(try await post("/files", type: type, threeFull + end).status == .ok)
        let over = threeFull + field("a", String(repeating: "x", count: 110_000)) + end
        #expect(try await post("/files", type: type, over).status == .contentTooLarge)
    }

    @Test func brokenMultipartIsRefused() async throws {
        #expect(try await post("/files", type: type, field("a", "1")).status == .badRequest)
        #expect(
            try await post("/files", type: "multipart/form-data", field("a", "1") + end).status == .unsupportedMediaType
        )
        #expect(try await post("/files", type: type, field("a", "\u{1}") + end).status == .badRequest)
    }
}
