// SPDX-License-Identifier: Apache-2.0

import Crypto

/// An incremental update of a PDF: what is there stays byte for byte, changed and new objects are appended.
///
/// Only files with classical cross-reference tables; others are refused with a typed error.
public struct PDFUpdate: Sendable {
    let file: PDFFile
    private var changed: [Int: [UInt8]] = [:]
    private var dictionaries: [Int: PDFDictionary] = [:]
    private var information: Int?
    private var nextNumber: Int

    /// Reads the file's structure.
    ///
    /// - Throws: `malformedPDF`, `crossReferenceStream`, `encryptedPDF`, `tooLarge`.
    public init(_ bytes: [UInt8]) throws(TrustError) {
        file = try PDFFile(bytes)
        nextNumber = file.size
        guard nextNumber < TrustLimits.objects else { throw .tooLarge("number of objects") }
    }

    /// A number for a new object.
    mutating func newNumber() -> Int {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// The dictionary of an object as it stands in this update.
    func current(_ number: Int) throws(TrustError) -> PDFDictionary {
        if let dictionary = dictionaries[number] { return dictionary }
        return try file.dictionary(number)
    }

    /// Writes a dictionary object, new or changed.
    mutating func put(_ number: Int, _ dictionary: PDFDictionary) {
        dictionaries[number] = dictionary
        var body: [UInt8] = []
        PDFValue.dictionary(dictionary).write(into: &body)
        changed[number] = body
    }

    /// Writes an object whose body is ready: a value that is no dictionary, or a signature with its fixed places.
    mutating func put(_ number: Int, body: [UInt8]) {
        changed[number] = body
    }

    /// Writes a stream object without filters.
    mutating func put(_ number: Int, _ dictionary: PDFDictionary, stream: [UInt8]) {
        var dictionary = dictionary
        dictionary["Length"] = .integer(stream.count)
        var body: [UInt8] = []
        PDFValue.dictionary(dictionary).write(into: &body)
        body += "\nstream\n".utf8
        body += stream
        body += "\nendstream".utf8
        changed[number] = body
    }

    /// Makes this object the document's information dictionary.
    mutating func setInformation(_ number: Int) { information = number }

    /// Number and current dictionary of the catalog.
    func catalog() throws(TrustError) -> (number: Int, dictionary: PDFDictionary) {
        (file.rootNumber, try current(file.rootNumber))
    }

    /// The file with everything that was put, appended as one revision.
    public func finished() -> [UInt8] { written().bytes }

    /// The file, and where the body of each appended object begins (after `n 0 obj` and its line end).
    func written() -> (bytes: [UInt8], bodies: [Int: Int]) {
        guard !changed.isEmpty else { return (file.bytes, [:]) }
        var bytes = file.bytes
        if bytes.last != 10 { bytes.append(10) }
        var offsets: [Int: Int] = [:]
        var bodies: [Int: Int] = [:]
        let numbers = changed.keys.sorted()
        for number in numbers {
            offsets[number] = bytes.count
            bytes += "\(number) 0 obj\n".utf8
            bodies[number] = bytes.count
            bytes += changed[number] ?? []
            bytes += "\nendobj\n".utf8
        }
        let table = bytes.count
        bytes += "xref\n".utf8
        var index = 0
        while index < numbers.count {
            var last = index
            while last + 1 < numbers.count, numbers[last + 1] == numbers[last] + 1 { last += 1 }
            bytes += "\(numbers[index]) \(last - index + 1)\n".utf8
            for number in numbers[index...last] {
                let digits = String(offsets[number] ?? 0)
                bytes += (String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n").utf8
            }
            index = last + 1
        }
        bytes += "trailer\n".utf8
        PDFValue.dictionary(trailer()).write(into: &bytes)
        bytes += "\nstartxref\n\(table)\n%%EOF\n".utf8
        return (bytes, bodies)
    }

    private func trailer() -> PDFDictionary {
        var trailer = PDFDictionary()
        trailer["Size"] = .integer(nextNumber)
        trailer["Root"] = file.trailer["Root"]
        trailer["Info"] = information.map { .reference($0) } ?? file.trailer["Info"]
        trailer["Prev"] = .integer(file.tableOffset)
        let revision = fingerprint()
        let original = file.trailer["ID"]?.asArray?.first?.asString ?? revision
        trailer["ID"] = .array([.string(original), .string(revision)])
        return trailer
    }

    /// Sixteen bytes that name this revision; the same input gives the same bytes.
    private func fingerprint() -> [UInt8] {
        var hash = SHA256()
        hash.update(data: file.bytes.suffix(4_096))
        hash.update(data: Array("\(file.bytes.count)".utf8))
        for number in changed.keys.sorted() { hash.update(data: changed[number] ?? []) }
        return Array(hash.finalize().prefix(16))
    }
}
