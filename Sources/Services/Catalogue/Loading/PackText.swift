// SPDX-License-Identifier: Apache-2.0

import Kernel
import Yams

/// The text of a pack before its meaning: encoding, limits, and the tree of YAML nodes.
enum PackText {
    /// Largest YAML file of a pack. The largest pack of a province has some 3,000 lines of 60 bytes = 180 kB.
    static let byteLimit = 512 * 1_024
    /// Deepest nesting. The language itself needs 14 levels; conditions may nest some more.
    static let depthLimit = 48

    /// The tree, or nil after a finding.
    static func tree(_ bytes: [UInt8], _ out: FindingCollector) -> Node? {
        guard bytes.count <= byteLimit else {
            out.error(
                .fileTooLarge,
                at: .start,
                "Tệp lớn \(bytes.count) byte, quá \(byteLimit) byte.",
                remedy: "Chuyển văn bản dài sang tệp mẫu bên cạnh."
            )
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            out.error(.notUTF8, at: .start, "Tệp không phải là UTF-8.", remedy: "Lưu lại tệp bằng mã UTF-8.")
            return nil
        }
        guard scan(text, out), let root = compose(text, out) else { return nil }
        return isShallow(root, out) ? root : nil
    }

    private static func compose(_ text: String, _ out: FindingCollector) -> Node? {
        do {
            // Without resolver rules no scalar is taken for a number, a date or a boolean.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                out.error(.syntax, at: .start, "Tệp trống.", remedy: "Bắt đầu bằng khóa code.")
                return nil
            }
            return root
        } catch let error as YamlError {
            report(error, out)
        } catch {
            out.error(.syntax, at: .start, "Không đọc được YAML.", remedy: "Kiểm tra lại thụt dòng và dấu hai chấm.")
        }
        return nil
    }

    private static func report(_ error: YamlError, _ out: FindingCollector) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            out.error(
                .syntax,
                at: SourcePlace(line: mark.line, column: mark.column),
                "Sai cú pháp YAML (\(problem)).",
                remedy: "Kiểm tra thụt dòng, dấu hai chấm và dấu nháy ở chỗ này hoặc ngay trước đó."
            )
        case .duplicatedKeysInMapping(let keys, let context):
            out.error(
                .duplicateKey,
                at: SourcePlace(line: context.mark.line, column: context.mark.column),
                "Khóa \(keys.map { "“\($0)”" }.joined(separator: ", ")) được viết hai lần trong cùng một mục.",
                remedy: "Giữ lại một lần."
            )
        default:
            out.error(.syntax, at: .start, "Không đọc được YAML.", remedy: "Kiểm tra lại thụt dòng và dấu hai chấm.")
        }
    }

    // MARK: - Before the parser

    /// What the parser must not meet: marks apart from letters, control characters, aliases, and nesting that would
    /// exhaust the stack. One pass over the lines.
    private static func scan(_ text: String, _ out: FindingCollector) -> Bool {
        var depth = 0
        var isSound = true
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let found = LineScan(line)
            if found.isSuspect {
                let scalars = Array(Substring(line).unicodeScalars)
                isSound = scanLetters(scalars, line: index + 1, out) && isSound
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

    private static func tooDeep(at place: SourcePlace, _ out: FindingCollector) {
        out.error(
            .tooDeep,
            at: place,
            "Các mục lồng nhau quá \(depthLimit) lớp.",
            remedy: "Đóng ngoặc còn thiếu, hoặc viết lại cho phẳng hơn."
        )
    }

    private static func scanLetters(_ scalars: [Unicode.Scalar], line: Int, _ out: FindingCollector) -> Bool {
        var isSound = true
        for (column, scalar) in scalars.enumerated() where scalar.value < 0x20 || scalar.value == 0x7F {
            if scalar == "\r", column == scalars.count - 1 { continue }
            out.error(
                .controlCharacter,
                at: SourcePlace(line: line, column: column + 1),
                scalar == "\t" ? "Có dấu tab." : "Có ký tự điều khiển U+\(String(scalar.value, radix: 16)).",
                remedy: scalar == "\t" ? "Thụt dòng bằng dấu cách." : "Xóa ký tự này."
            )
            isSound = false
        }
        guard scalars.contains(where: { (0x300...0x36F).contains($0.value) }) else { return isSound }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let composed = VietnameseText.nfc(String(text)).unicodeScalars
        guard let column = zip(scalars, composed).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return isSound
        }
        out.error(
            .notNFC,
            at: SourcePlace(line: line, column: column + 1),
            "Chữ có dấu viết rời (không phải Unicode dựng sẵn NFC).",
            remedy: "Chuyển cả tệp sang Unicode dựng sẵn."
        )
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
