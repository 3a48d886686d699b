// SPDX-License-Identifier: Apache-2.0

/// A PDF with classical cross-reference tables, read by following its own pointers only.
struct PDFFile: Sendable {
    let bytes: [UInt8]
    /// Where each object in use begins; the newest revision prevails.
    private(set) var offsets: [Int: Int] = [:]
    /// Trailer of the newest revision.
    private(set) var trailer = PDFDictionary()
    /// Where the newest cross-reference table begins.
    let tableOffset: Int
    /// Bytes that follow the last `%%EOF`, more than one line end.
    let bytesAfterEnd: Int

    /// Reads the tables and trailers, not the objects.
    ///
    /// With `toleratesTrailingBytes` up to 64 KiB of foreign bytes after the end are accepted, as readers do.
    init(_ bytes: [UInt8], toleratesTrailingBytes: Bool = false) throws(TrustError) {
        guard bytes.count <= TrustLimits.fileBytes else { throw .tooLarge("file") }
        guard bytes.count > 32, bytes.starts(with: "%PDF-".utf8) else { throw .malformedPDF("no %PDF header") }
        self.bytes = bytes
        let ending = try PDFFile.ending(of: bytes, reach: toleratesTrailingBytes ? TrustLimits.trailingBytes : 2)
        (tableOffset, bytesAfterEnd) = ending
        try readTables()
        guard trailer["Root"]?.asReference != nil else { throw .malformedPDF("trailer without root") }
    }

    /// Object count to number new objects from.
    var size: Int { max(trailer["Size"]?.asInteger ?? 0, (offsets.keys.max() ?? 0) + 1) }

    /// Object number of the catalog.
    var rootNumber: Int { trailer["Root"]?.asReference ?? 0 }

    /// The last `startxref` number `%%EOF`, read backwards from the end; at most `reach` bytes may follow it.
    private static func ending(
        of bytes: [UInt8],
        reach: Int
    ) throws(TrustError) -> (table: Int, after: Int) {
        let mark = Array("%%EOF".utf8)
        var start = bytes.count - mark.count
        let lowest = max(0, start - reach)
        while start >= lowest, !bytes[start..<start + mark.count].elementsEqual(mark) { start -= 1 }
        guard start >= lowest else { throw .malformedPDF("no %%EOF at the end") }
        let rest = bytes[(start + mark.count)...]
        let after = rest.allSatisfy { $0 == 10 || $0 == 13 } && rest.count <= 2 ? 0 : rest.count
        func back(over test: (UInt8) -> Bool, from index: Int) -> Int {
            var index = index
            while index > 0, test(bytes[index - 1]) { index -= 1 }
            return index
        }
        let digitsEnd = back(over: PDFParser.isSpace, from: start)
        let digitsStart = back(over: { (48...57).contains($0) }, from: digitsEnd)
        let wordEnd = back(over: PDFParser.isSpace, from: digitsStart)
        let word = Array("startxref".utf8)
        guard digitsEnd > digitsStart, digitsEnd - digitsStart <= 12, wordEnd >= word.count,
            bytes[wordEnd - word.count..<wordEnd].elementsEqual(word),
            let table = Int(latin1(bytes[digitsStart..<digitsEnd])), table < bytes.count
        else { throw .malformedPDF("no startxref at the end") }
        return (table, after)
    }

    private mutating func readTables() throws(TrustError) {
        var next: Int? = tableOffset
        var visited: Set<Int> = []
        var known: Set<Int> = []
        while let offset = next {
            guard visited.insert(offset).inserted else { throw .malformedPDF("tables point in a circle") }
            guard visited.count <= TrustLimits.revisions else { throw .tooLarge("number of revisions") }
            let revisionTrailer = try readTable(at: offset, known: &known)
            guard revisionTrailer["Encrypt"] == nil else { throw .encryptedPDF }
            guard revisionTrailer["XRefStm"] == nil else { throw .crossReferenceStream }
            if visited.count == 1 { trailer = revisionTrailer }
            switch revisionTrailer["Prev"] {
            case nil: next = nil
            case let previous?:
                guard let offset = previous.asInteger, offset >= 0, offset < bytes.count else {
                    throw .malformedPDF("Prev points outside")
                }
                next = offset
            }
        }
    }

    /// Reads one table; entries of a newer table stay (`known`), also when they say that an object is gone.
    private mutating func readTable(at offset: Int, known: inout Set<Int>) throws(TrustError) -> PDFDictionary {
        var parser = PDFParser(bytes, at: offset)
        guard parser.take("xref") else {
            if (try? parser.naturalNumber()) != nil {  // "12 0 obj": the only other thing allowed here is a stream
                throw .crossReferenceStream
            }
            throw .malformedPDF("no table at \(offset)")
        }
        while !parser.take("trailer") {
            let first = try parser.naturalNumber()
            let count = try parser.naturalNumber()
            guard first + count <= TrustLimits.objects, count <= (bytes.count - parser.position) / 18 + 1 else {
                throw .tooLarge("cross-reference table")
            }
            for number in first..<first + count {
                let position = try parser.naturalNumber()
                _ = try parser.naturalNumber()
                let isInUse = parser.take("n")
                guard isInUse || parser.take("f") else { throw .malformedPDF("table entry \(number)") }
                if known.insert(number).inserted, isInUse { offsets[number] = position }
            }
        }
        guard let dictionary = try parser.value().asDictionary else { throw .malformedPDF("trailer") }
        return dictionary
    }
}

// MARK: - Objects

extension PDFFile {
    /// The value of an object; null when the tables do not know it.
    func object(_ number: Int) throws(TrustError) -> PDFValue {
        guard var parser = try parser(ofObject: number) else { return .null }
        return try parser.value()
    }

    /// The dictionary of an object with the place of each of its own values in the file.
    func located(_ number: Int) throws(TrustError) -> (dictionary: PDFDictionary, ranges: [String: Range<Int>]) {
        guard var parser = try parser(ofObject: number) else { throw .malformedPDF("object \(number) is missing") }
        parser.skipSpace()
        return try parser.dictionary(depth: 0)
    }

    private func parser(ofObject number: Int) throws(TrustError) -> PDFParser? {
        guard let offset = offsets[number] else { return nil }
        guard offset > 0, offset < bytes.count else { throw .malformedPDF("object \(number) lies outside") }
        var parser = PDFParser(bytes, at: offset)
        guard try parser.naturalNumber() == number else { throw .malformedPDF("object \(number) is not at its place") }
        _ = try parser.naturalNumber()
        guard parser.take("obj") else { throw .malformedPDF("object \(number) is not at its place") }
        return parser
    }

    /// Follows references to a value, eight at most.
    func resolved(_ value: PDFValue?) throws(TrustError) -> PDFValue {
        var value = value ?? .null
        for _ in 0..<8 {
            guard let number = value.asReference else { return value }
            value = try object(number)
        }
        throw .malformedPDF("references point in a circle")
    }

    /// The dictionary of an object, or a typed refusal.
    func dictionary(_ number: Int) throws(TrustError) -> PDFDictionary {
        guard let dictionary = try object(number).asDictionary else {
            throw .malformedPDF("object \(number) is no dictionary")
        }
        return dictionary
    }

    /// Object number of the first page.
    func firstPage() throws(TrustError) -> Int {
        guard var number = try dictionary(rootNumber)["Pages"]?.asReference else {
            throw .malformedPDF("catalog without pages")
        }
        for _ in 0..<TrustLimits.depth {
            let node = try dictionary(number)
            if try resolved(node["Type"]).asName == "Page" { return number }
            guard let first = try resolved(node["Kids"]).asArray?.first?.asReference else {
                throw .malformedPDF("page tree without pages")
            }
            number = first
        }
        throw .tooLarge("depth of the page tree")
    }
}
