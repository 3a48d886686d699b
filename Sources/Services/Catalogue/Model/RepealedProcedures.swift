// SPDX-License-Identifier: Apache-2.0

public import Digests
import FoundationEssentials

/// Codes that the state no longer uses: a pack that bears one would offer what does not exist.
public struct RepealedProcedures: Sendable {
    /// No code is repealed.
    public static let none = RepealedProcedures(codes: [:], digest: Digest(of: ""))

    /// Code → the code that took its place, where there is one.
    private let codes: [String: String?]
    /// The digest of the list, part of what a verdict rests on.
    public let digest: Digest

    private init(codes: [String: String?], digest: Digest) { (self.codes, self.digest) = (codes, digest) }

    /// Reads `repealed-procedures.yaml` of a folder.
    ///
    /// - Throws: `CatalogueError.folderUnreadable` when it is missing, `CatalogueError.wordsRefused` with the findings
    ///   when it is wrong.
    public static func read(folder: String) throws(CatalogueError) -> RepealedProcedures {
        let path = "\(folder)/repealed-procedures.yaml"
        guard let data = FileManager.default.contents(atPath: path) else { throw .folderUnreadable(path) }
        return try RepealedProcedures(Array(data))
    }

    /// Reads the file from its bytes.
    ///
    /// - Throws: `CatalogueError.wordsRefused`.
    public init(_ bytes: [UInt8]) throws(CatalogueError) {
        let out = FindingCollector(file: "repealed-procedures.yaml")
        let list = PackText.tree(bytes, out).flatMap { SectionReader($0, .repealedProcedures, out) }
        let read = list?.sections("repealed") { reader -> (String, String?) in
            _ = (reader.text("source"), reader.bool("verified"))
            return (reader.text("code"), reader.optionalText("replacedBy"))
        }
        guard !out.hasErrors, let read else { throw .wordsRefused(out.findings) }
        codes = Dictionary(read, uniquingKeysWith: { first, _ in first })
        digest = Digest(of: bytes)
    }

    /// Whether a code is repealed.
    public func contains(_ code: String) -> Bool { codes[code] != nil }

    /// The code that took the place of a repealed one; nil where there is none.
    public func successor(of code: String) -> String? { codes[code] ?? nil }
}

extension PackSection {
    static let repealedProcedures = PackSection(
        "repealedProcedures",
        "Mã đã bãi bỏ",
        .must("repealed", .list(.section(.repealedProcedure)), "Các mã")
    )
    static let repealedProcedure = PackSection(
        "repealedProcedure",
        "Mã đã bãi bỏ",
        .must("code", .text(60), "Mã thủ tục"),
        .may("replacedBy", .text(60), "Mã thay thế"),
        .must("source", .text(500), "Nguồn"),
        .must("verified", .yesNo, "Đã đối chiếu")
    )
}
