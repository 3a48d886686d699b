// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What an archived document says about itself; written twice, for old readers (`/Info`) and new ones (XMP), equal.
public struct PDFMetadata: Sendable, Equatable {
    /// Title shown in the window of the reader.
    public var title: String
    /// The agency that issues the document.
    public var author: String
    /// What it is about; empty when nothing is said.
    public var subject: String
    /// BCP 47, `vi-VN`.
    public var language: String
    /// Program that made it.
    public var producer: String
    /// When it was made.
    public var createdAt: Instant

    /// Metadata of a document in Vietnamese.
    public init(
        title: String,
        author: String,
        subject: String = "",
        language: String = "vi-VN",
        producer: String = "Một Cửa",
        createdAt: Instant
    ) {
        (self.title, self.author, self.subject) = (title, author, subject)
        (self.language, self.producer, self.createdAt) = (language, producer, createdAt)
    }
}

extension PDFUpdate {
    /// Adds language, "show the title", XMP metadata, the information dictionary and, when a colour profile is given,
    /// an output intent: what ISO 19005-2 (PDF/A-2u) asks of a catalog. It is an intention, not a validation.
    ///
    /// - Parameters:
    ///   - metadata: what is written.
    ///   - colourProfile: bytes of an ICC profile of sRGB; nil leaves the output intents as they are.
    /// - Throws: `malformedPDF` when the catalog cannot be read.
    public mutating func describe(_ metadata: PDFMetadata, colourProfile: [UInt8]? = nil) throws(TrustError) {
        var (number, catalog) = try catalog()
        catalog["Lang"] = .text(metadata.language)
        var preferences = try file.resolved(catalog["ViewerPreferences"]).asDictionary ?? PDFDictionary()
        preferences["DisplayDocTitle"] = .boolean(true)
        catalog["ViewerPreferences"] = .dictionary(preferences)

        let stream = newNumber()
        put(stream, ["Type": .name("Metadata"), "Subtype": .name("XML")], stream: Array(metadata.packet.utf8))
        catalog["Metadata"] = .reference(stream)

        let information = newNumber()
        put(information, metadata.information)
        setInformation(information)

        if let colourProfile {
            let profile = newNumber()
            put(profile, ["N": .integer(3)], stream: colourProfile)
            catalog["OutputIntents"] = .array([
                .dictionary([
                    "Type": .name("OutputIntent"),
                    "S": .name("GTS_PDFA1"),
                    "OutputConditionIdentifier": .text("sRGB IEC61966-2.1"),
                    "RegistryName": .text("http://www.color.org"),
                    "Info": .text("sRGB IEC61966-2.1"),
                    "DestOutputProfile": .reference(profile),
                ])
            ])
        }
        put(number, catalog)
    }
}

extension PDFDictionary: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, PDFValue)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}

extension PDFMetadata {
    fileprivate var information: PDFDictionary {
        var entries: PDFDictionary = ["Title": .text(title), "Author": .text(author)]
        if !subject.isEmpty { entries["Subject"] = .text(subject) }
        entries["Creator"] = .text(producer)
        entries["Producer"] = .text(producer)
        entries["CreationDate"] = .text(createdAt.inPDF)
        entries["ModDate"] = .text(createdAt.inPDF)
        return entries
    }

    /// The XMP packet (ISO 16684-1) with the identification of PDF/A-2u.
    fileprivate var packet: String {
        let moment = Instant(microseconds: createdAt.epochSeconds * 1_000_000).description
        let described =
            subject.isEmpty
            ? ""
            : "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">\(escaped(subject))</rdf:li></rdf:Alt></dc:description>"
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(escaped(title))</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>\(escaped(author))</rdf:li></rdf:Seq></dc:creator>
            \(described)
            <dc:language><rdf:Bag><rdf:li>\(escaped(language))</rdf:li></rdf:Bag></dc:language>
            <xmp:CreatorTool>\(escaped(producer))</xmp:CreatorTool>
            <xmp:CreateDate>\(moment)</xmp:CreateDate>
            <xmp:ModifyDate>\(moment)</xmp:ModifyDate>
            <pdf:Producer>\(escaped(producer))</pdf:Producer>
            <pdfaid:part>2</pdfaid:part>
            <pdfaid:conformance>U</pdfaid:conformance>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Instant {
    /// `D:20260305150001+07'00'`, the date of PDF (ISO 32000-1, 7.9.4).
    var inPDF: String {
        let day = date.components
        let digits = [
            String(day.year, paddedTo: 4), String(day.month, paddedTo: 2), String(day.day, paddedTo: 2),
            String(time.hour, paddedTo: 2), String(time.minute, paddedTo: 2), String(time.second, paddedTo: 2),
        ]
        return "D:" + digits.joined() + "+07'00'"
    }

    /// Reads the date of PDF; a date without a zone is Vietnamese time. Nil when it is none.
    init?(inPDF text: String) {
        let digits = Array((text.hasPrefix("D:") ? text.dropFirst(2) : text[...]).utf8)
        let run = digits.prefix { (48...57).contains($0) }
        guard run.count >= 8, let all = Int64(latin1(run.prefix(14))) else { return nil }
        var padded = all
        for _ in run.prefix(14).count..<14 { padded *= 10 }
        func part(_ divisor: Int64, _ modulus: Int64) -> Int { Int(padded / divisor % modulus) }
        guard
            let date = LocalDate(
                year: part(10_000_000_000, 10_000),
                month: part(100_000_000, 100),
                day: part(1_000_000, 100)
            ),
            let time = LocalTime(hour: part(10_000, 100), minute: part(100, 100), second: part(1, 100))
        else { return nil }
        let local = Instant(date, time)
        let zone = digits.dropFirst(run.count).filter { $0 != 39 }
        guard let sign = zone.first else {
            self = local
            return
        }
        let hours = Int64(latin1(zone.dropFirst().prefix(2))) ?? 0
        let minutes = Int64(latin1(zone.dropFirst(3).prefix(2))) ?? 0
        let offset = (sign == 45 ? -1 : 1) * (hours * 3_600 + minutes * 60)
        self = local.adding(seconds: Zone.offsetSeconds - (sign == 90 ? 0 : offset))
    }
}
