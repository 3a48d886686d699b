// SPDX-License-Identifier: Apache-2.0

import Kernel

/// Adds what cairo 1.16 cannot write: the language, the title in the window, what figures show, the scope of header
/// cells, the printing flag of links, XMP metadata, and with a colour profile the declaration "intended PDF/A-2u".
struct PDFFinish {
    let document: PaperDocument
    let figures: [String]
    let colourProfile: [UInt8]?

    private static let producer = "Một Cửa"

    func complete(_ drawn: [UInt8]) throws(PaperError) -> [UInt8] {
        var file = try PDFObjects(reading: drawn)
        try describeStructure(&file)
        file.replace(file.information, with: information)
        let metadata = file.add("/Type /Metadata /Subtype /XML", stream: Array(xmp.utf8))
        var catalogue = "/Lang \(Self.text(document.language)) /Metadata \(metadata) 0 R "
        catalogue += "/ViewerPreferences << /DisplayDocTitle true >>"
        if let colourProfile {
            let profile = file.add("/N 3", stream: colourProfile)
            let intent = """
                << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) \
                /Info (sRGB IEC61966-2.1) /DestOutputProfile \(profile) 0 R >>
                """
            catalogue += " /OutputIntents [\(file.add(intent)) 0 R]"
        }
        try file.insert(catalogue, into: file.root)
        return file.written()
    }

    private func describeStructure(_ file: inout PDFObjects) throws(PaperError) {
        let drawnFigures = file.numbers(ofType: "/StructElem", kind: "/S /Figure\n")
        guard drawnFigures.count == figures.count else { throw .drawing("figures") }
        for (number, description) in zip(drawnFigures, figures) {
            try file.insert("/Alt \(Self.text(description))", into: number)
        }
        for number in file.numbers(ofType: "/StructElem", kind: "/S /TH\n") {
            try file.insert("/A << /O /Table /Scope /Column >>", into: number)
        }
        for number in file.numbers(ofType: "/Annot", kind: "/Subtype /Link\n") {
            try file.insert("/F 4", into: number)
        }
        for number in file.pages { try file.insert("/Tabs /S", into: number) }
    }

    // MARK: - Metadata

    private var information: String {
        let (date, time) = (document.createdAt.date, document.createdAt.time)
        let (year, month, day) = date.components
        var stamp = "D:" + String(year, paddedTo: 4) + String(month, paddedTo: 2) + String(day, paddedTo: 2)
        for part in [time.hour, time.minute, time.second] { stamp += String(part, paddedTo: 2) }
        stamp += "+07'00'"
        let author = document.author.map { "/Author \(Self.text($0)) " } ?? ""
        return """
            << /Title \(Self.text(document.title)) \(author)/Producer \(Self.text(Self.producer)) \
            /CreationDate (\(stamp)) /ModDate (\(stamp)) >>
            """
    }

    private var xmp: String {
        let moment = "\(document.createdAt.date)T\(document.createdAt.time)+07:00"
        let author = document.author.map {
            "<dc:creator><rdf:Seq><rdf:li>\(Self.xml($0))</rdf:li></rdf:Seq></dc:creator>\n"
        }
        let claim = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\n"
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
             xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(Self.xml(document.title))</rdf:li></rdf:Alt></dc:title>
            \(author ?? "")<dc:language><rdf:Bag><rdf:li>\(Self.xml(document.language))</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>\(moment)</xmp:CreateDate>
            <xmp:ModifyDate>\(moment)</xmp:ModifyDate>
            <pdf:Producer>\(Self.producer)</pdf:Producer>
            \(colourProfile == nil ? "" : claim)</rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """
    }

    /// A text string as UTF-16 in hexadecimal digits: no sign of it can end the string.
    private static func text(_ value: String) -> String {
        let digits = BlockText.plain(value).utf16.map { unit in
            let hex = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - hex.count) + hex
        }
        return "<FEFF\(digits.joined())>"
    }

    private static func xml(_ value: String) -> String {
        var result = ""
        for scalar in BlockText.plain(value).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
