// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    private static let before = "        - id: fullName\n"

    private static func field(_ text: String, rule: PackRule = .fieldMisfit, _ expected: String) -> BrokenPack {
        BrokenPack(rule: rule, old: before, new: "        - \(text)\n" + before, expected: expected)
    }

    /// Fields whose keys do not go with their type; what each must be told, word for word.
    static let goldenFields: [BrokenPack] = [
        field(
            """
            { id: ticks, type: choices, label: Chọn, required: no }
            """,
            """
            47:11 Trường “ticks”: kiểu choices thiếu các lựa chọn (options). → Viết options: rồi xuống dòng \
            “- { value: yes, label: Có }” và “- { value: no, label: Không }”.
            """
        ),
        field(
            """
            { id: word, type: text, label: Chữ, required: no, minimum: 1 }
            """,
            """
            47:11 Trường “word”: chỉ kiểu number, money, choices và group mới có minimum, maximum. → Đổi type, hoặc bỏ đi.
            """
        ),
        field(
            """
            { id: sum, type: money, label: Tiền, required: no, minimum: -5 }
            """,
            """
            47:11 Trường “sum”: số tiền không âm được. → Đặt minimum từ 0.
            """
        ),
        field(
            """
            { id: ticks, type: choices, label: Chọn, required: no, minimum: 3, options: [{ value: a, label: A }, { value: b, label: B }] }
            """,
            """
            47:11 Trường “ticks”: không ai chọn được số mục này. → Đặt minimum, maximum từ 1 đến số lựa chọn.
            """
        ),
        field(
            """
            { id: father, type: person, label: Cha, required: no, parts: [sex] }
            """,
            """
            47:11 Trường “father”: người nào cũng có họ và tên. → Thêm fullName vào parts.
            """
        ),
        field(
            """
            { id: father, type: person, label: Cha, required: no, parts: [fullName], before: today }
            """,
            """
            47:11 Trường “father”: có mốc ngày mà không hỏi ngày sinh. → Thêm birthDate vào parts, hoặc bỏ mốc ngày.
            """
        ),
        field(
            """
            { id: rows, type: group, label: Dòng, required: no }
            """,
            """
            47:11 Trường “rows”: nhóm không có trường nào. → Thêm fields.
            """
        ),
        field(
            """
            { id: rows, type: group, label: Dòng, required: no, maximum: 51, fields: [{ id: a, type: text, label: A, required: no }] }
            """,
            """
            47:11 Trường “rows”: số dòng ngoài giới hạn. → Đặt minimum, maximum từ 0 đến 50.
            """
        ),
        field(
            """
            { id: paper, type: file, label: Tệp, required: no, component: nothing }
            """,
            """
            47:11 Trường “paper”: không có giấy tờ “nothing”. → Viết component: id của một giấy tờ.
            """
        ),
        field(
            """
            { id: paper, type: file, label: Tệp, required: yes, component: proof }
            """,
            """
            47:11 Trường “paper”: kiểu file không hỏi gì nên không thể phải có. → Viết required: no.
            """
        ),
        field(
            """
            { id: home, type: unitAddress, label: Nơi ở, required: no, prefill: { from: address, locked: yes } }
            """,
            """
            47:11 Trường “home”: địa chỉ trong tài khoản là một dòng chữ, có thể phải chọn lại. → Viết locked: no.
            """
        ),
        field(
            """
            { id: word, type: text, label: Chữ, required: no, parts: [sex] }
            """,
            rule: .fieldMisfit,
            """
            47:68 Kiểu text không có khóa parts. → Khóa này chỉ dùng với type: person.
            """
        ),
        field(
            """
            { id: rows, type: group, label: D, required: no, fields: [{ id: a, type: note, label: A, required: no }] }
            """,
            rule: .fieldMisfit,
            """
            47:69 Trường “a”: kiểu note không đứng trong group. → Đưa trường này ra ngoài nhóm.
            """
        ),
        field(
            """
            { id: rows, type: group, label: D, required: no, fields: [{ id: index, type: text, label: A, required: no }] }
            """,
            rule: .fieldMisfit,
            """
            47:69 Trường “index”: tên index là số thứ tự của dòng. → Đặt tên khác.
            """
        ),
        field(
            """
            { id: rows, type: group, label: D, required: no, fields: [{ id: a, type: text, label: A, required: no }, { id: a, type: text, label: A, required: no }] }
            """,
            rule: .duplicateName,
            """
            47:116 Trường của nhóm “rows”: “a” có hai lần. → Đặt tên khác, hoặc bỏ một.
            """
        ),
        BrokenPack(
            rule: .conditionMisfit,
            old: "{ field: purpose, equals: work }",
            new: "{ field: purpose, contains: work }",
            expected: """
                38:19 Phép so sánh này không dùng được cho trường “purpose” kiểu choice. → Dùng phép so sánh hợp với \
                kiểu của trường (docs/packs.md, mục condition).
                """
        ),
        BrokenPack(
            rule: .templateUnknownName,
            template: "{{answers.fullName.words}}",
            expected: """
                1:1 Mẫu gọi tên “answers.fullName.words” mà không ai điền. → Dùng answers.… , result.… (của một \
                người: answers.….fullName) hoặc một tên trong docs/packs.md.
                """
        ),
    ]
}
