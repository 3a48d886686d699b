// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// The text of a pack before its meaning: encoding, limits, and the tree of YAML nodes.
enum PackText {
    /// Largest YAML file of a pack. The largest pack of a province has some 3,000 lines of 60 bytes = 180 kB.
    static let byteLimit = 512 * 1_024
    /// Deepest nesting. The language itself needs 14 levels; conditions may nest some more.
    static let depthLimit = 48

    /// The tree, or nil after a finding. A text that is being written, or was published before, may have letters that
    /// nobody sees: the checker alone refuses them.
    static func tree(_ bytes: [UInt8], _ out: FindingCollector) -> Node? {
        guard bytes.count <= byteLimit else {
            tooLarge(bytes.count, limit: byteLimit, "Chuyển văn bản dài sang tệp mẫu bên cạnh.", out)
            return nil
        }
        let marked = bytes.starts(with: byteOrderMark) ? bytes[byteOrderMark.count...] : bytes[...]
        guard let text = String(validating: marked, as: UTF8.self) else {
            out.error(.notUTF8, at: .start, "Tệp không phải là UTF-8.", remedy: "Lưu lại tệp bằng mã UTF-8.")
            return nil
        }
        guard scan(text, out.isStrict ? marked : nil, out), let root = PackSyntax.compose(text, out) else { return nil }
        // Letters that stand in the file were looked at; others come only by a backslash.
        guard isShallow(root, out) else { return nil }
        guard !out.isStrict || !marked.contains(UInt8(ascii: "\\")) || isLegible(root, out) else { return nil }
        return root
    }

    /// What Windows writes at the beginning of a file; it says nothing.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func tooLarge(_ count: Int, limit: Int, _ remedy: String, _ out: FindingCollector) {
        out.error(.fileTooLarge, at: .start, "Tệp lớn \(count) byte, quá \(limit) byte.", remedy: remedy)
    }

    // MARK: - Before the parser

    /// What the parser must not meet: marks apart from letters, control characters, aliases, and nesting that would
    /// exhaust the stack. One pass over the lines.
    private static func scan(_ text: String, _ bytes: ArraySlice<UInt8>?, _ out: FindingCollector) -> Bool {
        var depth = 0
        var isSound = true
        let hidesLetters = bytes.map(mayHideLetters) ?? false
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let found = LineScan(line)
            if found.isSuspect || hidesLetters {
                let scalars = Array(Substring(line).unicodeScalars)
                isSound = scanLetters(scalars, line: index + 1, isStrict: bytes != nil, out) && isSound
                isSound = scanMarks(scalars, line: index + 1, out) && isSound
            }
            depth = max(0, depth + found.opened - found.closed)
            guard depth <= depthLimit, found.nesting <= depthLimit else {
                tooDeep(at: SourcePlace(line: index + 1, column: 1), out)
                return false
            }
        }
        return isSound
    }

    /// Whether the first bytes of a letter that shows nothing, or of an odd space, stand anywhere: of the letters of a
    /// Vietnamese text only quotation marks and dashes share some of them, and are told apart by the third.
    private static func mayHideLetters(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (first, second): (UInt8, UInt8) = (0, 0)
        for byte in bytes {
            defer { (first, second) = (second, byte) }
            guard (first | second) & 0x80 != 0 else { continue }
            switch (first, second) {
            case (0xE2, 0x80) where byte < 0x90 || byte >= 0xA8 && byte < 0xB0: return true
            case (_, 0xC2) where byte <= 0xA0 || byte == 0xAD: return true
            case (0xE2, 0x81), (0xE3, 0x80), (0xE3, 0x85), (_, 0xD8), (0xE1, 0x84), (0xE1, 0x85), (0xE1, 0x9A),
                (0xE1, 0x9E), (0xE1, 0xA0), (0xEF, _):
                return true
            case (_, 0xF0), (_, 0xF3): return true
            default: break
            }
        }
        return false
    }

    /// What one look at the bytes of a line tells; most lines need no second one.
    private struct LineScan {
        /// Holds something that must be looked at letter by letter: a control character, the first byte of a mark
        /// apart from its letter (U+0300 to U+036F), or what may be an anchor, an alias or a tag.
        var isSuspect = false
        var (opened, closed) = (0, 0)
        /// Levels by indentation, and by lists that begin on one line: "- - - x" opens a list each time.
        var nesting = 0

        init(_ line: Substring.UTF8View) {
            var (indent, dashes, isBeginning) = (0, 0, true)
            for byte in line {
                switch byte {
                case UInt8(ascii: "["), UInt8(ascii: "{"): opened += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): closed += 1
                case 0..<0x20, 0x7F, 0xCC, 0xCD, UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
                    isSuspect = true
                default: break
                }
                guard isBeginning else { continue }
                switch byte {
                case UInt8(ascii: " ") where dashes == 0: indent += 1
                case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: " "): dashes += 1
                default: isBeginning = false
                }
            }
            nesting = indent / 2 + dashes / 2
        }
    }

    static func tooDeep(at place: SourcePlace, _ out: FindingCollector) {
        out.error(
            .tooDeep,
            at: place,
            "Các mục lồng nhau quá \(depthLimit) lớp.",
            remedy: "Đóng ngoặc còn thiếu, hoặc viết lại cho phẳng hơn."
        )
    }

    private static func scanLetters(
        _ scalars: [Unicode.Scalar],
        line: Int,
        isStrict: Bool,
        _ out: FindingCollector
    ) -> Bool {
        var isSound = true
        for (column, scalar) in scalars.enumerated() where isStrict || scalar.value < 0x20 || scalar.value == 0x7F {
            // Ends of lines as Windows writes them.
            if scalar == "\r", column == scalars.count - 1 { continue }
            isSound = isLegible(scalar, at: SourcePlace(line: line, column: column + 1), out) && isSound
        }
        guard scalars.contains(where: { (0x300...0x36F).contains($0.value) }) else { return isSound }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let composed = VietnameseText.nfc(String(text)).unicodeScalars
        guard let column = zip(scalars, composed).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return isSound
        }
        notComposed(at: SourcePlace(line: line, column: column + 1), out)
        return false
    }

    private static func notComposed(at place: SourcePlace, _ out: FindingCollector) {
        out.error(
            .notNFC,
            at: place,
            "Chữ có dấu viết rời (không phải Unicode dựng sẵn NFC).",
            remedy: "Chuyển cả tệp sang Unicode dựng sẵn."
        )
    }

    /// False after a finding: a letter that shows nothing has no place in a text that people read.
    private static func isLegible(_ scalar: Unicode.Scalar, at place: SourcePlace, _ out: FindingCollector) -> Bool {
        let code = "U+" + String(scalar.value, radix: 16, uppercase: true)
        if scalar == "\t" {
            out.error(.controlCharacter, at: place, "Có dấu tab.", remedy: "Thay bằng dấu cách.")
        } else if VietnameseText.isOddSpace(scalar) {
            out.error(.controlCharacter, at: place, "Có dấu cách lạ \(code).", remedy: "Thay bằng dấu cách thường.")
        } else if VietnameseText.isInvisible(scalar) {
            out.error(.controlCharacter, at: place, "Có ký tự không nhìn thấy \(code).", remedy: "Xóa ký tự này.")
        } else {
            return true
        }
        return false
    }

    /// `&name`, `*name` and `!tag` where a value may begin. A pack says each thing where it stands.
    private static func scanMarks(_ scalars: [Unicode.Scalar], line: Int, _ out: FindingCollector) -> Bool {
        var mayBegin = true
        for (column, scalar) in scalars.enumerated() {
            defer { mayBegin = scalar == " " && mayBegin || isOpener(scalars, column) }
            guard mayBegin, scalar == "&" || scalar == "*" || scalar == "!", column + 1 < scalars.count,
                scalars[column + 1] != " "
            else {
                if mayBegin, scalar == "#" { return true }
                continue
            }
            out.error(
                .aliasRefused,
                at: SourcePlace(line: line, column: column + 1),
                "Gói không dùng neo, bí danh hay nhãn kiểu của YAML (\(scalar)…).",
                remedy: "Viết hẳn nội dung ra, hoặc đặt chữ trong dấu nháy."
            )
            return false
        }
        return true
    }

    private static func isOpener(_ scalars: [Unicode.Scalar], _ column: Int) -> Bool {
        switch scalars[column] {
        case "[", "{": return true
        case ":", "-", "?", ",": return column + 1 < scalars.count && scalars[column + 1] == " "
        default: return false
        }
    }

    // MARK: - After the parser

    private static func isShallow(_ root: Node, _ out: FindingCollector) -> Bool {
        var queue: [(Node, Int)] = [(root, 1)]
        while let (node, depth) = queue.popLast() {  // bounded by the file's size: no aliases
            guard depth <= depthLimit else {
                tooDeep(at: node.place, out)
                return false
            }
            switch node {
            case .mapping(let mapping): for (_, value) in mapping { queue.append((value, depth + 1)) }
            case .sequence(let sequence): for value in sequence { queue.append((value, depth + 1)) }
            case .scalar, .alias: break
            }
        }
        return true
    }
}

extension PackText {
    /// What scalars say once backslashes are resolved: no letter that the file itself may not have.
    private static func isLegible(_ root: Node, _ out: FindingCollector) -> Bool {
        var (queue, isSound) = ([root], true)
        while let node = queue.popLast() {  // bounded by the file's size: no aliases
            switch node {
            case .mapping(let mapping): for (key, value) in mapping { queue += [key, value] }
            case .sequence(let sequence): queue += sequence
            case .scalar(let scalar):
                let bad = scalar.string.unicodeScalars.first {
                    VietnameseText.isInvisible($0) || VietnameseText.isOddSpace($0)
                }
                if let bad { isSound = isLegible(bad, at: node.place, out) }
                let composed = VietnameseText.nfc(scalar.string)
                if !composed.unicodeScalars.elementsEqual(scalar.string.unicodeScalars) {
                    notComposed(at: node.place, out)
                    isSound = false
                }
            case .alias: break
            }
        }
        return isSound
    }
}

extension Node {
    /// Where this node begins.
    var place: SourcePlace { mark.map { SourcePlace(line: $0.line, column: $0.column) } ?? .start }

    /// What it is, as a finding names it.
    var shapeName: String {
        switch self {
        case .mapping: "một mục có khóa"
        case .sequence: "một danh sách"
        case .scalar, .alias: "một giá trị"
        }
    }
}
