// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    /// Columns of the book of results that nothing can be written into, or that cannot be told apart.
    static let goldenRegister: [BrokenPack] = [
        register(
            .unknownField,
            "{ id: holder, label: Tên, answer: fullNam }",
            "126:20 Không có trường “fullNam” cho cột “Tên” của sổ. → Có phải là “fullName”?"
        ),
        register(
            .unknownField,
            "{ id: holder, label: Tên, filled: purpose }",
            """
            126:20 Không có trường “purpose” cho cột “Tên” của sổ. → Dùng answer cho tờ khai, filled cho phần của kết quả.
            """
        ),
        register(
            .duplicateName,
            "{ id: holder, label: Tên, answer: fullName }, { id: holder, label: Ghi chú, filled: remark }",
            "126:66 Cột của sổ “holder” có hai lần. → Đặt tên khác, hoặc bỏ một."
        ),
        register(
            .duplicateName,
            "{ id: holder, label: Tên, answer: fullName }, { id: remark, label: Tên, filled: remark }",
            "126:66 Tên cột của sổ “Tên” có hai lần. → Đặt tên khác, hoặc bỏ một."
        ),
        register(
            .wrongShape,
            "{ id: holder, label: Tên }",
            """
            126:20 Cột của sổ kết quả phải có đúng một trong các khóa answer, filled, ở đây có 0. → Mỗi cột lấy từ một \
            trường: của tờ khai, hoặc của kết quả.
            """
        ),
        register(
            .listTooLong,
            (1...13).map { "{ id: c\($0), label: Cột \($0), answer: fullName }" }.joined(separator: ", "),
            "126:554 Sổ kết quả có 13 cột, quá 12. → Giữ những cột mà sổ giấy có."
        ),
    ]

    /// English names of papers that there are not, or twice.
    static let goldenEnglish: [BrokenPack] = [
        BrokenPack(
            rule: .unknownReference,
            old: "numberOfSets: 1",
            new:
                "english: { name: Test, summary: A test., papers: [{ component: prof, name: Proof }] }\nnumberOfSets: 1",
            expected: """
                32:51 Không có giấy tờ “prof” để đặt tên tiếng Anh. → Có phải là “proof”?
                """
        ),
        BrokenPack(
            rule: .missingKey,
            old: "numberOfSets: 1",
            new: "english: { name: Test }\nnumberOfSets: 1",
            expected: "32:10 Thiếu khóa “summary”. → Thêm khóa này (docs/packs.md, mục english)."
        ),
    ]

    static func register(_ columns: String) -> String {
        "deliveryWays: [online, desk]\n  registerFields: [\(columns)]\n  fields:"
    }

    private static func register(_ rule: PackRule, _ columns: String, _ words: String) -> BrokenPack {
        BrokenPack(
            rule: rule,
            old: "deliveryWays: [online, desk]\n  fields:",
            new: register(columns),
            expected: words
        )
    }
}
