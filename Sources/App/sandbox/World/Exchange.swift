// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// A request that the sandbox does not answer as asked; it becomes the protocol's own error or a page.
struct SandboxRefusal: Error {
    var status: HTTPResponse.Status
    var text: String
}

/// Reading requests and writing answers.
enum Exchange {
    /// Bodies of forms and protocol messages; the mail sink takes more.
    static let bodyBytes = 256 * 1_024

    /// The whole body, at most `limit` bytes.
    static func bytes(_ request: Request, limit: Int = bodyBytes) async throws -> [UInt8] {
        let buffer = try await request.body.collect(upTo: limit)
        return Array(buffer.readableBytesView)
    }

    /// A form (`application/x-www-form-urlencoded`); the first value of each name.
    static func form(_ request: Request) async throws -> [String: String] {
        pairs(String(decoding: try await bytes(request), as: UTF8.self))
    }

    static func query(_ request: Request) -> [String: String] { pairs(request.uri.query ?? "") }

    static func pairs(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        for pair in text.split(separator: "&").prefix(200) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(parts[0])
            if found[name] == nil { found[name] = parts.count == 2 ? decoded(parts[1]) : "" }
        }
        return found
    }

    private static func decoded(_ text: Substring) -> String {
        let plain = text.replacing("+", with: " ")
        return String(plain).removingPercentEncoding ?? String(plain)
    }

    /// One value for an address.
    static func encoded(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        var result = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + [byte].hex.uppercased()
            }
        }
        return result
    }

    /// An address with further query parameters.
    static func address(_ base: String, _ parameters: KeyValuePairs<String, String>) -> String {
        let query = parameters.map { "\($0.key)=\(encoded($0.value))" }.joined(separator: "&")
        return base + (base.contains("?") ? "&" : "?") + query
    }

    static func decode<Value: Decodable>(_: Value.Type, _ bytes: [UInt8]) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            throw SandboxRefusal(status: .badRequest, text: "Nội dung JSON không đúng.")
        }
    }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return answer(Array(try encoder.encode(value)), type: "application/json", status: status)
    }

    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        var response = answer(html.utf8, type: "text/html; charset=utf-8", status: status)
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'self'; base-uri 'none'"
        return response
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        answer(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    static func answer(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentType] = type
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    /// Sends the browser on with GET.
    static func redirect(_ address: String) -> Response { .redirect(to: address, type: .normal) }
}
