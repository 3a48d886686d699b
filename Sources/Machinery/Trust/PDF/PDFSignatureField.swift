// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What a signature says about itself inside the document.
public struct SignatureStatement: Sendable, Equatable {
    /// Who signs, as the reader shows it; usually the certificate's common name.
    public var name: String
    /// Why: `Phê duyệt kết quả`, `Đóng dấu cơ quan`. Empty when nothing is said.
    public var reason: String
    /// Where: `Tỉnh An Giang`. Empty when nothing is said.
    public var location: String
    /// The signer's own statement of the time; the proof is the timestamp.
    public var signedAt: Instant

    /// A statement that is written into the signature dictionary.
    public init(name: String, reason: String, location: String, signedAt: Instant) {
        (self.name, self.reason, self.location, self.signedAt) = (name, reason, location, signedAt)
    }
}

/// A file with room for one signature: everything but the room is what the signature covers.
struct PDFReservation: Sendable, Equatable {
    /// The file; the room holds zeros.
    var bytes: [UInt8]
    /// The room with its angle brackets.
    var contents: Range<Int>

    /// The covered bytes, in two pieces.
    var covered: [ArraySlice<UInt8>] { [bytes[..<contents.lowerBound], bytes[contents.upperBound...]] }

    /// The file with the CMS structure in its room.
    func filled(with cms: [UInt8]) throws(TrustError) -> [UInt8] {
        guard cms.count * 2 <= contents.count - 2 else { throw .signatureTooLong(bytes: cms.count) }
        var result = bytes
        var index = contents.lowerBound + 1
        for byte in cms {
            result.replaceSubrange(index..<index + 2, with: hexDigits(byte))
            index += 2
        }
        return result
    }
}

extension PDFUpdate {
    /// Appends a signature field with an invisible widget on the first page, and reserves the room of its value.
    ///
    /// - Throws: `malformedPDF` when catalog, form or first page cannot be read; `tooLarge`.
    mutating func reserveSignature(_ statement: SignatureStatement) throws(TrustError) -> PDFReservation {
        let value = newNumber()
        let field = newNumber()
        let appearance = newNumber()
        let page = try file.firstPage()
        let isFirst = try addToForm(field: field)
        try addToPage(page, widget: field, isFirst: isFirst.isFirst)
        put(
            appearance,
            [
                "Type": .name("XObject"), "Subtype": .name("Form"),
                "BBox": .array([.integer(0), .integer(0), .integer(0), .integer(0)]),
                "Resources": .dictionary([:]),
            ],
            stream: []
        )
        put(
            field,
            [
                "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"), "T": .text(isFirst.name),
                "V": .reference(value), "P": .reference(page), "F": .integer(132),
                "Rect": .array([.integer(0), .integer(0), .integer(0), .integer(0)]),
                "AP": .dictionary(["N": .reference(appearance)]),
            ]
        )
        let room = PDFUpdate.signatureBody(statement)
        put(value, body: room.body)
        let written = written()
        guard let start = written.bodies[value] else { throw .malformedPDF("signature was not written") }
        let contents = start + room.contents.lowerBound..<start + room.contents.upperBound
        var reservation = PDFReservation(bytes: written.bytes, contents: contents)
        let numbers = [0, contents.lowerBound, contents.upperBound, written.bytes.count - contents.upperBound]
        let text = numbers.map { String($0, paddedTo: 10) }.joined(separator: " ")
        let place = start + room.byteRange
        reservation.bytes.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
        return reservation
    }

    /// The signature dictionary with fixed places for its range and its value, relative to its first byte.
    private static func signatureBody(
        _ statement: SignatureStatement
    ) -> (body: [UInt8], byteRange: Int, contents: Range<Int>) {
        var body = Array("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [".utf8)
        let byteRange = body.count
        body += "0000000000 0000000000 0000000000 0000000000] /Contents ".utf8
        let start = body.count
        body += "<".utf8
        body += [UInt8](repeating: 48, count: TrustLimits.reservedSignatureBytes * 2)
        body += ">".utf8
        let contents = start..<body.count
        var rest: [(String, String)] = [("M", statement.signedAt.inPDF), ("Name", statement.name)]
        if !statement.reason.isEmpty { rest.append(("Reason", statement.reason)) }
        if !statement.location.isEmpty { rest.append(("Location", statement.location)) }
        for (key, text) in rest {
            body += " /\(key) ".utf8
            PDFValue.text(text).write(into: &body)
        }
        body += " >>".utf8
        return (body, byteRange, contents)
    }

    /// Enters the field into the form; tells its name, and whether it is the document's first signature.
    private mutating func addToForm(field: Int) throws(TrustError) -> (name: String, isFirst: Bool) {
        var (number, catalog) = try catalog()
        let formNumber = catalog["AcroForm"]?.asReference
        var form = try file.resolved(catalog["AcroForm"]).asDictionary ?? PDFDictionary()
        var fields = try file.resolved(form["Fields"]).asArray ?? []
        guard fields.count < TrustLimits.fields else { throw .tooLarge("number of form fields") }
        var taken: Set<String> = []
        for other in fields {
            if let name = try file.resolved(other).asDictionary?["T"]?.asText { taken.insert(name) }
        }
        let name = (1...fields.count + 1).map { "ChuKy\($0)" }.first { !taken.contains($0) } ?? "ChuKy"
        let isFirst = form["SigFlags"] == nil
        fields.append(.reference(field))
        form["SigFlags"] = .integer(3)
        form["Fields"] = .array(fields)
        if let formNumber {
            put(formNumber, form)
        } else {
            catalog["AcroForm"] = .dictionary(form)
            put(number, catalog)
        }
        return (name, isFirst)
    }

    private mutating func addToPage(_ number: Int, widget: Int, isFirst: Bool) throws(TrustError) {
        var page = try current(number)
        var annotations = try file.resolved(page["Annots"]).asArray ?? []
        annotations.append(.reference(widget))
        page["Annots"] = .array(annotations)
        if isFirst { page["Tabs"] = .name("S") }
        put(number, page)
    }
}
