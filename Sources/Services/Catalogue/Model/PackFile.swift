// SPDX-License-Identifier: Apache-2.0

public import Digests

/// A PDF beside a pack that people download: a blank form, or one that shows how it is filled in.
public struct PackFile: Hashable, Sendable {
    /// The name: `giay-uy-quyen.pdf`.
    public let name: String
    /// SHA-256 of the bytes; part of the address, so that what a browser keeps is never out of date.
    public let digest: Digest
    /// How many bytes.
    public let size: Int

    /// Small letters without marks, digits, hyphens, and the ending.
    static func isName(_ text: String) -> Bool {
        text.hasSuffix(".pdf") && text.utf8.count > 4
            && text.utf8.dropLast(4).allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}

extension ProcedurePack {
    /// The files of all papers for download.
    public var files: [PackFile] { components.flatMap { [$0.blankForm, $0.sample].compactMap(\.self) } }
}
