// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation

/// What people see of a mail (RFC 5322, MIME): subject, text, attachments. Enough for mail that we sent ourselves.
struct MailMessage: Equatable {
    var subject = ""
    var text = ""
    var attachments: [Mailbox.Attachment] = []

    /// Parts within parts are followed so deep.
    private static let depth = 5
    /// Parts of one level.
    private static let parts = 50

    init(_ data: [UInt8]) {
        let part = MailPart(data)
        subject = MailMessage.decodedWords(part.header("subject"))
        read(part, depth: 0)
    }

    private mutating func read(_ part: MailPart, depth: Int) {
        let type = part.header("content-type")
        let kind = type.split(separator: ";").first.map { $0.trimmed.lowercased() } ?? "text/plain"
        if kind.hasPrefix("multipart/"), depth < MailMessage.depth,
            let boundary = MailPart.parameter("boundary", of: type)
        {
            for inner in part.split(by: boundary).prefix(MailMessage.parts) { read(inner, depth: depth + 1) }
            return
        }
        let disposition = part.header("content-disposition")
        let name = MailPart.parameter("filename", of: disposition) ?? MailPart.parameter("name", of: type)
        if name != nil || disposition.lowercased().hasPrefix("attachment") {
            attachments.append(
                .init(name: MailMessage.decodedWords(name ?? "tep"), type: kind, base64: part.content.base64)
            )
        } else if kind == "text/plain" || (kind == "text/html" && text.isEmpty) {
            text = String(decoding: part.content, as: UTF8.self).replacing("\r\n", with: "\n")
        }
    }

    /// `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=` (RFC 2047).
    static func decodedWords(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "=?") {
            let lead = rest[..<start.lowerBound]
            if !lead.allSatisfy(\.isWhitespace) || result.isEmpty { result += lead }
            let fields = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4, fields[3].hasPrefix("=") else { return result + rest[start.lowerBound...] }
            let encoded = String(fields[2])
            let bytes =
                fields[1].lowercased() == "b"
                ? [UInt8](base64: encoded) ?? []
                : MailPart.quotedPrintable(Array(encoded.replacing("_", with: " ").utf8))
            result += String(decoding: bytes, as: UTF8.self)
            rest = fields[3].dropFirst()
        }
        return result + rest
    }
}

/// One part of a mail: its headers and its body.
struct MailPart {
    private var headers: [(name: String, value: String)] = []
    private var body: [UInt8] = []

    init(_ data: [UInt8]) {
        var index = data.startIndex
        while index < data.endIndex {
            let end = data[index...].firstIndex(of: 10) ?? data.endIndex
            var line = data[index..<end]
            if line.last == 13 { line = line.dropLast() }
            index = min(end + 1, data.endIndex)
            if line.isEmpty { break }
            let text = String(decoding: line, as: UTF8.self)
            if let first = text.first, first == " " || first == "\t", !headers.isEmpty {
                headers[headers.count - 1].value += " " + text.trimmed
            } else if let colon = text.firstIndex(of: ":"), headers.count < 200 {
                let value = text[text.index(after: colon)...]
                headers.append((text[..<colon].lowercased(), String(value).trimmed))
            }
        }
        body = Array(data[index...])
    }

    func header(_ name: String) -> String { headers.first { $0.name == name }?.value ?? "" }

    /// The body, decoded by its transfer encoding.
    var content: [UInt8] {
        switch header("content-transfer-encoding").lowercased() {
        case "base64":
            let letters = body.filter { !($0 == 13 || $0 == 10 || $0 == 32) }
            return [UInt8](base64: String(decoding: letters, as: UTF8.self)) ?? []
        case "quoted-printable": return MailPart.quotedPrintable(body)
        default: return body
        }
    }

    /// The parts between the boundary lines.
    func split(by boundary: String) -> [MailPart] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [MailPart] = []
        var current: [UInt8]?
        for line in body.split(separator: 10, omittingEmptySubsequences: false) {
            if line.starts(with: mark) {
                if let current { parts.append(MailPart(current)) }
                current = line.dropFirst(mark.count).starts(with: [45, 45]) ? nil : []
            } else {
                current?.append(contentsOf: line + [10])
            }
        }
        return parts
    }

    /// `name=value` or `name="value"` behind the semicolons of a header; also the form `name*=UTF-8''value`.
    static func parameter(_ name: String, of header: String) -> String? {
        for field in header.split(separator: ";").dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let key = pair[0].trimmed.lowercased()
            let value = pair[1].trimmed.filter { $0 != "\"" }
            if key == name { return value }
            if key == name + "*", let quote = value.range(of: "''") {
                return String(value[quote.upperBound...]).removingPercentEncoding
            }
        }
        return nil
    }

    static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 61 {
                if index + 2 < bytes.count + 1, let byte = hex(bytes, at: index + 1) {
                    result.append(byte)
                    index += 3
                    continue
                }
                // A soft line break: nothing, up to the end of the line.
                index += 1
                while index < bytes.count, bytes[index] == 13 { index += 1 }
                if index < bytes.count, bytes[index] == 10 { index += 1 }
                continue
            }
            result.append(bytes[index])
            index += 1
        }
        return result
    }

    private static func hex(_ bytes: [UInt8], at index: Int) -> UInt8? {
        guard index + 1 < bytes.count else { return nil }
        return [UInt8](hex: String(decoding: bytes[index...index + 1], as: UTF8.self))?.first
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
