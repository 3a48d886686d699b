// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// Why a fact cannot be compared with an official text, whatever its `verified` says.
public enum FactHindrance: Hashable, Sendable {
    /// It still rests on the skeleton's words.
    case placeholder
    /// Its own source says that the text, its number or its day are not known.
    case unknownSource
    /// It is a document, or rests on one, that is named without its number.
    case unnumbered
    /// It is an amount that the provincial council sets and that is not known here.
    case setByCouncil

    /// As the page of comparing says it, in brackets.
    public var vietnamese: String {
        switch self {
        case .placeholder: "còn chữ mẫu"
        case .unknownSource: "nguồn ghi là chưa biết"
        case .unnumbered: "văn bản chưa có số, ký hiệu"
        case .setByCouncil: "chưa có mức thu của tỉnh"
        }
    }

    /// What to do first.
    public var remedy: String {
        switch self {
        case .placeholder: "Ghi tên văn bản và nguồn thật."
        case .unknownSource: "Tra văn bản, ghi số và ngày của nó vào nguồn."
        case .unnumbered: "Ghi số, ký hiệu của văn bản."
        case .setByCouncil: "Thay bằng mức trong nghị quyết của Hội đồng nhân dân tỉnh."
        }
    }

    /// Words by which packs say that a source is not known, in small letters.
    private static let unknownWords = [
        "chưa tra", "chưa biết", "chưa rõ", "chưa có nghị quyết", "chưa có văn bản", "chưa có quyết định",
        "chưa có mức", "tạm đặt", "bản thử", "khởi đầu không nêu",
    ]

    /// Whether a source says of itself that it is not known.
    static func isUnknown(_ source: String) -> Bool {
        let words = VietnameseText.nfc(source).lowercased()
        return unknownWords.contains { words.contains($0) }
    }

    /// Whether a document can be found by what the pack says of it: its number, or a number in its name or source
    /// (`Quyết định 12/QĐ-UBND`).
    static func isNumbered(_ number: String?, name: String, source: String) -> Bool {
        if let number { return number.unicodeScalars.contains { ("0"..."9").contains($0) } }
        let scalars = Array("\(name) \(source)".unicodeScalars)
        return scalars.indices.dropFirst().contains { place in
            scalars[place] == "/" && ("0"..."9").contains(scalars[place - 1])
                && scalars.indices.contains(place + 1) && scalars[place + 1].properties.isAlphabetic
        }
    }
}

extension ProcedurePack {
    /// What keeps a fact of the pack from counting as compared although it says so: document, item, retention or
    /// presence.
    func hindrance(source: String) -> FactHindrance? { FactHindrance.isUnknown(source) ? .unknownSource : nil }

    /// The same of a document.
    func hindrance(_ document: LegalBasis) -> FactHindrance? {
        if let found = hindrance(source: document.source) { return found }
        return FactHindrance.isNumbered(document.number, name: document.name, source: document.source)
            ? nil : .unnumbered
    }

    /// The same of an amount, by the documents that it rests on.
    func hindrance(_ rule: FeeRule) -> FactHindrance? {
        if rule.amount == .setByCouncil { return .setByCouncil }
        return hindrance(basis: rule.basis)
    }

    /// The same of what rests on documents alone.
    func hindrance(basis: [String]) -> FactHindrance? {
        basis.lazy.compactMap { id in legalBasis.first { $0.id == id }.flatMap(hindrance) }.first
    }
}
