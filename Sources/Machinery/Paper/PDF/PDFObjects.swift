// SPDX-License-Identifier: Apache-2.0

import Kernel

/// The objects of a PDF that cairo wrote: classical cross-reference table, one section, no object streams. It reads
/// our own files only; whatever looks otherwise is refused.
struct PDFObjects {
    /// Bytes of each object, from its number to `endobj` and the line end.
    private(set) var objects: [Int: ArraySlice<UInt8>] = [:]
    let header: ArraySlice<UInt8>
    let root: Int
    let information: Int
    private(set) var size: Int

    init(reading bytes: [UInt8]) throws(PaperError) {
        guard let end = Self.last("startxref", in: bytes[...]),
            let start = Self.number(in: bytes[(end + 9)...]), start < end,
            Self.matches("xref", bytes[start...]),
            let trailer = Self.first("trailer", in: bytes[start..<end])
        else { throw .drawing("cross-reference table") }
        let offsets = try Self.offsets(bytes[(start + 4)..<trailer])
        let dictionary = bytes[trailer..<end]
        guard let root = Self.number(after: "/Root", in: dictionary),
            let information = Self.number(after: "/Info", in: dictionary),
            let first = offsets.map(\.offset).min()
        else { throw .drawing("trailer") }
        (self.root, self.information, size) = (root, information, offsets.count + 1)
        header = bytes[..<first]
        let ordered = offsets.sorted { $0.offset < $1.offset }
        for (index, entry) in ordered.enumerated() {
            // Objects stand one after the other, so that no stream has to be searched for its end.
            let next = index + 1 < ordered.count ? ordered[index + 1].offset : start
            guard entry.offset < next, Self.matches("\(entry.number) 0 obj", bytes[entry.offset..<next]) else {
                throw .drawing("object \(entry.number)")
            }
            objects[entry.number] = bytes[entry.offset..<next]
        }
    }

    private static func offsets(_ table: ArraySlice<UInt8>) throws(PaperError) -> [(number: Int, offset: Int)] {
        let words = table.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
        guard words.count >= 2, number(in: words[0]) == 0, let count = number(in: words[1]),
            words.count == 2 + 3 * count
        else { throw .drawing("cross-reference section") }
        var found: [(number: Int, offset: Int)] = []
        for index in 1..<max(count, 1) {
            guard let offset = number(in: words[2 + 3 * index]), words[4 + 3 * index].elementsEqual([0x6E]) else {
                throw .drawing("cross-reference entry \(index)")
            }
            found.append((index, offset))
        }
        return found
    }

    /// Numbers of the dictionaries that begin with this type and name this kind, in rising order, which is the order
    /// of the structure tree. cairo writes both first, so that no content has to be searched.
    func numbers(ofType type: String, kind: String = "") -> [Int] {
        objects.filter { number, object in
            let body = object.dropFirst("\(number) 0 obj\n<< ".utf8.count).prefix(96)
            return Self.matches("/Type \(type)", body) && (kind.isEmpty || Self.first(kind, in: body) != nil)
        }.keys.sorted()
    }

    /// Numbers of the pages.
    var pages: [Int] {
        let tree = Set(numbers(ofType: "/Pages"))
        return numbers(ofType: "/Page").filter { !tree.contains($0) }
    }

    /// Puts entries at the end of an object's dictionary.
    mutating func insert(_ entries: String, into number: Int) throws(PaperError) {
        guard var object = objects[number], let close = Self.last(">>", in: object) else {
            throw .drawing("dictionary \(number)")
        }
        object.insert(contentsOf: Array(" \(entries) ".utf8), at: close)
        objects[number] = object
    }

    mutating func replace(_ number: Int, with body: String) {
        objects[number] = Array("\(number) 0 obj\n\(body)\nendobj\n".utf8)[...]
    }

    /// Adds an object and gives its number.
    mutating func add(_ body: String, stream: [UInt8]? = nil) -> Int {
        let number = size
        size += 1
        guard let stream else {
            replace(number, with: body)
            return number
        }
        let open = "\(number) 0 obj\n<< \(body) /Length \(stream.count) >>\nstream\n"
        objects[number] = (Array(open.utf8) + stream + Array("\nendstream\nendobj\n".utf8))[...]
        return number
    }

    /// The whole file again, with one cross-reference table.
    func written() -> [UInt8] {
        var bytes = Array(header)
        var offsets: [Int: Int] = [:]
        for (number, object) in objects.sorted(by: { $0.key < $1.key }) {
            offsets[number] = bytes.count
            bytes += object
            if bytes.last != 0x0A { bytes.append(0x0A) }
        }
        let identifier = Self.fingerprint(bytes)
        let start = bytes.count
        var table = "xref\n0 \(size)\n0000000000 65535 f \n"
        for number in 1..<size {
            table += "\(String(offsets[number] ?? 0, paddedTo: 10)) 00000 \(offsets[number] == nil ? "f" : "n") \n"
        }
        table += "trailer\n<< /Size \(size) /Root \(root) 0 R /Info \(information) 0 R "
        table += "/ID [<\(identifier)> <\(identifier)>] >>\nstartxref\n\(start)\n%%EOF\n"
        return bytes + Array(table.utf8)
    }

    // MARK: - Bytes

    static func matches(_ text: String, _ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: text.utf8) }

    static func first(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array(text.utf8)
        guard let lead = wanted.first, bytes.count >= wanted.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - wanted.count)).first {
            bytes[$0] == lead && bytes[$0...].starts(with: wanted)
        }
    }

    private static func last(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let tail = bytes.suffix(1_024)
        var found: Int?
        var rest = tail
        while let index = first(text, in: rest) {
            found = index
            rest = bytes[(index + 1)...]
        }
        return found
    }

    private static func number(in bytes: ArraySlice<UInt8>) -> Int? {
        let digits = bytes.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }.prefix { (0x30...0x39).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func number(after key: String, in bytes: ArraySlice<UInt8>) -> Int? {
        first(key, in: bytes).flatMap { number(in: bytes[($0 + key.utf8.count)...]) }
    }

    /// The file identifier: it tells files apart, and secures nothing (FNV-1a, 64 bit, forwards and backwards).
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        func hash(_ bytes: some Sequence<UInt8>) -> String {
            let value = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return hash(bytes) + hash(bytes.reversed())
    }
}
