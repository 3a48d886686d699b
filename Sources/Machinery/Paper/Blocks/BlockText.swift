// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The text form of a paper: what a template yields, read strictly (`docs/block-language.md`).
public struct BlockText: Hashable, Sendable {
    /// From `@document[a4]` or `@document[a5]`.
    public var size: PaperDocument.Size
    /// From `@title`.
    public var title: String
    /// From `@author`.
    public var author: String?
    public var blocks: [Block]

    /// Reads the text form.
    ///
    /// Throws `PaperError.blockSyntax` with the line at fault, `.linkRefused` and `.tooLarge`.
    public init(parsing text: String) throws(PaperError) {
        guard text.utf8.count <= PaperLimits.textBytes else {
            throw .tooLarge(what: "text", limit: PaperLimits.textBytes)
        }
        var parser = BlockParser(text)
        let head = try parser.head()
        (size, title, author) = (head.size, head.title, head.author)
        blocks = try parser.body()
    }

    /// The paper, made at this moment.
    public func document(createdAt: Instant) -> PaperDocument {
        PaperDocument(title: title, size: size, createdAt: createdAt, blocks: blocks, author: author)
    }

    /// Writes a value so that the parser reads it back as this very text: it can end no cell, begin no block and
    /// set no style. Line feeds become `\n`; other control characters and marks of direction are dropped.
    public static func escape(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in plain(value).unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\\", "*", "_", "<", ">", "|", "@", "[", "]", "{", "}":
                result.append("\\")
                result.append(scalar)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Composed text without control characters and marks of direction; line ends become one line feed.
    static func plain(_ value: String) -> String {
        var result = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in VietnameseText.nfc(value).unicodeScalars {
            switch scalar.value {
            case 0x0D, 0x85, 0x2028, 0x2029: result.append("\n")
            case 0x0A where afterReturn: break
            case 0x0A: result.append("\n")
            case 0x09: result.append(" ")
            // The rest of C0 and C1; marks, embeddings and isolates of direction, which can reverse what is read;
            // tags and the byte order mark, which hide text; noncharacters.
            case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF,
                0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F:
                break
            default: result.append(scalar)
            }
            afterReturn = scalar.value == 0x0D
        }
        return String(result)
    }
}
