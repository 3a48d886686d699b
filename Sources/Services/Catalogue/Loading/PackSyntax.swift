// SPDX-License-Identifier: Apache-2.0

import Yams

/// The parser of YAML, and its complaints in Vietnamese.
enum PackSyntax {
    /// The tree, or nil after a finding.
    static func compose(_ text: String, _ out: FindingCollector) -> Node? {
        do {
            // Without resolver rules no scalar is taken for a number, a date or a boolean.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                out.error(.syntax, at: .start, "Tệp trống.", remedy: "Bắt đầu bằng khóa code.")
                return nil
            }
            return root
        } catch let error as YamlError {
            report(error, text, out)
        } catch {
            out.error(.syntax, at: .start, "Không đọc được YAML.", remedy: "Kiểm tra lại thụt dòng và dấu hai chấm.")
        }
        return nil
    }

    private static func report(_ error: YamlError, _ text: String, _ out: FindingCollector) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let place = SourcePlace(line: mark.line, column: mark.column)
            guard !problem.hasPrefix("Maximum nesting level") else {
                PackText.tooDeep(at: place, out)
                return
            }
            let (told, remedy) = vietnamese(problem)
            out.error(.syntax, at: place, "Sai cú pháp YAML: \(told).", remedy: remedy)
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

    /// What the parser says, and how it is mended; the parser's own words where they are of a kind that is not known.
    private static func vietnamese(_ problem: String) -> (told: String, remedy: String) {
        known.first { problem.hasPrefix($0.problem) }.map { ($0.told, $0.remedy) }
            ?? (
                "không hiểu chỗ này (\(problem))",
                "Kiểm tra thụt dòng, dấu hai chấm và dấu nháy ở chỗ này hoặc ngay trước đó."
            )
    }

    private static let known: [(problem: String, told: String, remedy: String)] = [
        (
            "mapping values are not allowed", "dấu hai chấm đứng ở chỗ không được có khóa",
            "Chữ có dấu hai chấm thì đặt trong dấu nháy; khóa mới thì xuống dòng, thụt thẳng với các khóa cùng mục."
        ),
        (
            "did not find expected key", "chỗ này phải là một khóa của mục đang viết",
            "Thụt dòng thẳng với các khóa cùng mục; đóng dấu nháy và ngoặc còn mở ở dòng trước."
        ),
        (
            "did not find expected '-' indicator", "danh sách bị ngắt quãng",
            "Bắt đầu mỗi phần tử bằng “- ”, thụt dòng thẳng với phần tử trước."
        ),
        (
            "could not find expected ':'", "thiếu dấu hai chấm sau khóa",
            "Viết “khóa: giá trị”; chữ dài nhiều dòng thì đặt trong dấu nháy hoặc sau dấu |."
        ),
        (
            "block sequence entries are not allowed", "dấu gạch “- ” đứng ở chỗ không được có danh sách",
            "Xuống dòng sau khóa rồi mới viết danh sách."
        ),
        (
            "mapping keys are not allowed", "dấu hỏi đứng đầu giá trị", "Đặt chữ bắt đầu bằng dấu hỏi trong dấu nháy."
        ),
        (
            "found character that cannot start any token", "giá trị bắt đầu bằng ký tự dành riêng (@, ` hoặc %)",
            "Đặt giá trị này trong dấu nháy."
        ),
        (
            "found unexpected end of stream", "dấu nháy mở ra mà không đóng lại",
            "Thêm dấu nháy đóng; dấu nháy trong chữ thì viết “ ”."
        ),
        (
            "found unexpected document indicator", "dấu --- hoặc ... đứng trong chữ có dấu nháy",
            "Thêm dấu nháy đóng trước dòng này."
        ),
        (
            "found unknown escape character", "sau dấu \\ là ký tự không có nghĩa",
            "Viết \\\\ cho một dấu \\, hoặc dùng dấu nháy đơn."
        ),
        (
            "found invalid Unicode character escape code", "sau dấu \\ là mã của ký tự không có thật",
            "Viết thẳng ký tự đó ra."
        ),
        (
            "did not find expected hexdecimal number", "mã ký tự sau dấu \\ viết thiếu", "Viết thẳng ký tự đó ra."
        ),
        (
            "did not find expected ',' or ']'", "thiếu dấu phẩy hoặc dấu ] của danh sách",
            "Thêm dấu còn thiếu; giá trị có dấu phẩy hay ngoặc thì đặt trong dấu nháy."
        ),
        (
            "did not find expected ',' or '}'", "thiếu dấu phẩy hoặc dấu } của mục",
            "Thêm dấu còn thiếu; giá trị có dấu phẩy hay ngoặc thì đặt trong dấu nháy."
        ),
        (
            "did not find expected node content", "thiếu giá trị giữa hai dấu", "Viết giá trị, hoặc bỏ dấu phẩy thừa."
        ),
        (
            "found unexpected ':'", "dấu hai chấm đứng trong giá trị của { } hoặc [ ]",
            "Đặt giá trị này trong dấu nháy."
        ),
        (
            "did not find expected comment or line break", "sau dấu | hoặc > còn chữ", "Xuống dòng rồi mới viết chữ."
        ),
        (
            "but found another document", "tệp có nhiều tài liệu YAML", "Bỏ các dòng --- trong tệp."
        ),
        (
            "did not find expected <document start>", "chỗ này không còn thuộc mục nào",
            "Thụt dòng thẳng với các khóa cùng mục; bỏ dấu ] hoặc } thừa."
        ),
        (
            "found a tab character", "có dấu tab", "Thụt dòng bằng dấu cách."
        ),
    ]
}
