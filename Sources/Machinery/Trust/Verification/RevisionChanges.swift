// SPDX-License-Identifier: Apache-2.0

/// Compares an earlier, signed revision of a file with the whole of it: only further signatures may have been added.
///
/// Without this a stranger could append pages or cover text after the leader signed, and the first signature would
/// still count its own bytes as unharmed.
struct RevisionChanges {
    let signed: PDFFile
    let whole: PDFFile

    /// The revision that ends where a signature's range ends, and the file as it is now.
    init(of whole: PDFFile, signedBytes count: Int) throws(TrustError) {
        signed = try PDFFile(Array(whole.bytes[..<count]))
        self.whole = whole
    }

    /// Whether everything that changed belongs to further signatures.
    func areOnlySignatures() throws(TrustError) -> Bool {
        guard whole.rootNumber == signed.rootNumber, whole.trailer["Info"] == signed.trailer["Info"] else {
            return false
        }
        let added = whole.offsets.keys.filter { signed.offsets[$0] == nil }
        let changed = whole.offsets.keys.filter { signed.offsets[$0] != nil && signed.offsets[$0] != whole.offsets[$0] }
        let removed = signed.offsets.keys.filter { whole.offsets[$0] == nil }
        guard removed.isEmpty else { return false }
        for number in added.sorted() where try !isPartOfSignature(number) { return false }
        for number in changed.sorted() where try !isAllowedChange(number) { return false }
        return true
    }

    /// New objects: a signature value, its widget without appearance, an empty appearance.
    private func isPartOfSignature(_ number: Int) throws(TrustError) -> Bool {
        guard let dictionary = try whole.object(number).asDictionary else { return false }
        if dictionary["Type"]?.asName == "Sig", dictionary["ByteRange"] != nil { return true }
        if dictionary["FT"]?.asName == "Sig", dictionary["Subtype"]?.asName == "Widget" {
            let hasArea = dictionary["Rect"]?.asArray.map { $0.contains { Double(numberText($0)) != 0 } } ?? true
            let actions = ["A", "AA"].contains { dictionary[$0] != nil }
            return !hasArea && !actions
        }
        return dictionary["Subtype"]?.asName == "Form" && dictionary["Length"]?.asInteger == 0
    }

    private func numberText(_ value: PDFValue) -> String {
        if case .number(let text) = value { text } else { "nan" }
    }

    /// Changed objects: the catalog in its form alone, the form in its fields, a page in its annotations.
    private func isAllowedChange(_ number: Int) throws(TrustError) -> Bool {
        let before = try signed.object(number)
        let after = try whole.object(number)
        if before == after { return true }
        guard let old = before.asDictionary, let new = after.asDictionary else { return false }
        if number == whole.rootNumber {
            guard old.without(["AcroForm"]).hasSameEntries(as: new.without(["AcroForm"])) else { return false }
            return try isExtendedForm(try signed.resolved(old["AcroForm"]), try whole.resolved(new["AcroForm"]))
        }
        if let catalog = try signed.object(signed.rootNumber).asDictionary, catalog["AcroForm"]?.asReference == number {
            return try isExtendedForm(before, after)
        }
        guard old["Type"]?.asName == "Page" else { return false }
        let loose: Set<String> = ["Annots", "Tabs"]
        guard old.without(loose).hasSameEntries(as: new.without(loose)) else { return false }
        return try isExtendedList(old["Annots"], new["Annots"])
    }

    private func isExtendedForm(_ before: PDFValue, _ after: PDFValue) throws(TrustError) -> Bool {
        guard let new = after.asDictionary else { return before == after }
        let old = before.asDictionary ?? PDFDictionary()
        let loose: Set<String> = ["Fields", "SigFlags"]
        guard old.without(loose).hasSameEntries(as: new.without(loose)) else { return false }
        return try isExtendedList(old["Fields"], new["Fields"])
    }

    /// The old items first and unchanged; what follows was judged as a new object.
    private func isExtendedList(_ before: PDFValue?, _ after: PDFValue?) throws(TrustError) -> Bool {
        let old = try signed.resolved(before).asArray ?? []
        let new = try whole.resolved(after).asArray ?? []
        guard new.count >= old.count, Array(new.prefix(old.count)) == old else { return false }
        return new.dropFirst(old.count).allSatisfy { item in
            item.asReference.map { signed.offsets[$0] == nil } ?? false
        }
    }
}
