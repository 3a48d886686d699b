// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A paper before it is drawn.
public struct PaperDocument: Hashable, Sendable {
    /// The sheet, always upright.
    public enum Size: String, Hashable, Sendable, CaseIterable {
        /// 210 × 297 mm: letters, decisions, results.
        case a4
        /// 148 × 210 mm: forms 01 to 05 of the one-stop desk.
        case a5
    }

    /// Name of the document, shown in the window of the reader.
    public var title: String
    /// Who issues it.
    public var author: String?
    public var size: Size
    /// BCP 47.
    public var language: String
    /// When it is made. The same document with the same moment gives the same bytes on the same machine.
    public var createdAt: Instant
    public var blocks: [Block]

    /// A paper.
    public init(
        title: String,
        size: Size,
        createdAt: Instant,
        blocks: [Block],
        author: String? = nil,
        language: String = "vi-VN"
    ) {
        self.title = title
        self.size = size
        self.createdAt = createdAt
        self.blocks = blocks
        self.author = author
        self.language = language
    }
}

/// Limits of one paper; each is answered by `PaperError.tooLarge`.
public enum PaperLimits {
    /// Bytes of the text form: a register of a year stays below.
    public static let textBytes = 2_097_152
    /// Blocks, rows and items together.
    public static let pieces = 20_000
    /// Pages of one document.
    public static let pages = 500
}
