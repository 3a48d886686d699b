// SPDX-License-Identifier: Apache-2.0

import Kernel

/// What the header lines of one part say: which field it is, and how the client calls the file.
struct PartHeader: Equatable {
    /// Name of the form field.
    let name: String
    /// The client's name of the file, cleaned (see `FileName`); nil for an ordinary field.
    let fileName: String?
    /// The type that the client claims, lower case. Never believed.
    let declaredType: String?

    init(name: String, fileName: String? = nil, declaredType: String? = nil) {
        (self.name, self.fileName, self.declaredType) = (name, fileName, declaredType)
    }

    /// Reads the lines without the blank one that ends them.
    ///
    /// - Throws: `malformed` for anything but one `Content-Disposition: form-data` with one name, an optional
    ///   `Content-Type` and other plain headers.
    init(lines: some Collection<UInt8>) throws(RequestError) {
        var disposition: [String: String]?
        var type: String?
        for line in try Self.split(Array(lines)) {
            let (field, value) = try Self.field(line)
            switch field {
            case "content-disposition":
                guard disposition == nil else { throw .malformed(reason: "two dispositions in one part") }
                disposition = try Self.formData(value)
            case "content-type":
                guard type == nil else { throw .malformed(reason: "two types in one part") }
                type = String(decoding: value, as: UTF8.self).lowercased()
            case "content-transfer-encoding":
                let encoding = String(decoding: value, as: UTF8.self).lowercased()
                guard ["7bit", "8bit", "binary"].contains(encoding) else {
                    throw .malformed(reason: "encoded part")
                }
            default: continue
            }
        }
        guard let disposition, let name = disposition["name"], !name.isEmpty else {
            throw .malformed(reason: "part without a name")
        }
        self.name = name
        fileName = disposition["filename"].map(FileName.cleaned)
        declaredType = type
    }

    /// Lines between CR LF; a bare CR or LF or a continued line is refused.
    private static func split(_ bytes: [UInt8]) throws(RequestError) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\r") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") else {
                    throw .malformed(reason: "bare CR in part headers")
                }
                lines.append([])
                index += 2
            } else {
                guard byte >= 0x20 || byte == UInt8(ascii: "\t"), byte != 0x7F else {
                    throw .malformed(reason: "control character in part headers")
                }
                lines[lines.count - 1].append(byte)
                index += 1
            }
        }
        return lines
    }

    private static func field(_ line: [UInt8]) throws(RequestError) -> (name: String, value: [UInt8]) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy({ isToken($0) })
        else { throw .malformed(reason: "part header without a name") }
        let value = trimmed(line[(colon + 1)...])
        return (String(decoding: line[..<colon], as: UTF8.self).lowercased(), Array(value))
    }

    /// Parameters of `form-data; name="…"; filename="…"`.
    private static func formData(_ value: [UInt8]) throws(RequestError) -> [String: String] {
        var rest = value[...]
        guard String(decoding: take(&rest, until: UInt8(ascii: ";")), as: UTF8.self).lowercased() == "form-data" else {
            throw .malformed(reason: "disposition other than form-data")
        }
        var parameters: [String: String] = [:]
        while !rest.isEmpty {
            rest = trimmed(rest.dropFirst())
            guard !rest.isEmpty else { break }
            guard let equals = rest.firstIndex(of: UInt8(ascii: "=")), equals > rest.startIndex else {
                throw .malformed(reason: "disposition parameter without a value")
            }
            let key = String(decoding: trimmed(rest[..<equals]), as: UTF8.self).lowercased()
            rest = trimmed(rest[(equals + 1)...])
            let text = try parameterValue(&rest)
            // RFC 7578 §4.2: the encoded form of RFC 5987 is not used in forms.
            guard !key.hasSuffix("*") else { continue }
            guard parameters.updateValue(text, forKey: key) == nil else {
                throw .malformed(reason: "disposition parameter twice")
            }
        }
        return parameters
    }

    /// A quoted string as browsers write it (`%22` for a quotation mark; a backslash stands for itself unless it
    /// precedes a quotation mark), or a bare token.
    private static func parameterValue(_ rest: inout ArraySlice<UInt8>) throws(RequestError) -> String {
        var bytes: [UInt8] = []
        if rest.first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            var isClosed = false
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                    bytes.append(UInt8(ascii: "\""))
                    rest = rest.dropFirst()
                } else if byte == UInt8(ascii: "\"") {
                    isClosed = true
                    break
                } else {
                    bytes.append(byte)
                }
            }
            guard isClosed else { throw .malformed(reason: "unclosed quotation in a part header") }
            rest = trimmed(rest)
            guard rest.isEmpty || rest.first == UInt8(ascii: ";") else {
                throw .malformed(reason: "text after a quotation in a part header")
            }
        } else {
            bytes = Array(trimmed(take(&rest, until: UInt8(ascii: ";"))))
        }
        return try FormFields.text(unescaped(bytes))
    }

    /// Browsers write a quotation mark and line ends of a name as `%22`, `%0D`, `%0A`, and nothing else.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let triple = bytes[index..<min(index + 3, bytes.count)]
            if triple.elementsEqual("%22".utf8) {
                plain.append(UInt8(ascii: "\""))
                index += 3
            } else if triple.elementsEqual("%0D".utf8) || triple.elementsEqual("%0A".utf8) {
                plain.append(UInt8(ascii: " "))
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return plain
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, until stop: UInt8) -> ArraySlice<UInt8> {
        let end = rest.firstIndex(of: stop) ?? rest.endIndex
        defer { rest = rest[end...] }
        return trimmed(rest[..<end])
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let first = slice.first, first == 0x20 || first == 0x09 { slice = slice.dropFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
        return slice
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }
}

/// A client's file name: shown to people and used for the extension, never for a path of ours.
public enum FileName {
    /// At most this many letters are kept, the extension among them.
    public static let limitCharacters = 120

    /// The last component, without control characters and characters that a file system or a header would read
    /// otherwise, NFC; the extension survives shortening.
    public static func cleaned(_ claimed: String) -> String {
        let last = claimed.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var plain = ""
        for scalar in VietnameseText.nfc(last).unicodeScalars {
            switch scalar {
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
                "\u{2066}"..."\u{2069}", "\u{FEFF}":
                continue
            case "\"", "<", ">", ":", "|", "?", "*", ";", "%": plain.append("_")
            default: plain.unicodeScalars.append(scalar)
            }
        }
        while plain.hasPrefix(".") || plain.hasPrefix(" ") { plain.removeFirst() }
        while plain.hasSuffix(".") || plain.hasSuffix(" ") { plain.removeLast() }
        guard plain.count > limitCharacters else { return plain }
        let suffix = fileExtension(plain).map { ".\($0)" } ?? ""
        return plain.prefix(limitCharacters - suffix.count) + suffix
    }

    /// What stands after the last dot, lower case; nil without one or when it is longer than ten letters.
    public static func fileExtension(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        let letters = name[name.index(after: dot)...].lowercased()
        return letters.isEmpty || letters.count > 10 ? nil : letters
    }
}
