// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    /// The sample with a case of its own: whoever works waits five days, and pays by `fee`.
    static func variants(_ text: String = soundVariant, more: String = "") -> String {
        """
        numberOfSets: 1
        variants:
        \(text)\(more)
        """
    }

    static let soundVariant = """
          - id: worker
            code: TH-01
            name: Người đi làm
            when: { field: purpose, equals: work }
            timeLimit: { value: 5, unit: workingDay }
        """

    private static func broken(_ rule: PackRule, _ text: String, more: String = "", _ words: String) -> BrokenPack {
        BrokenPack(rule: rule, old: "numberOfSets: 1", new: variants(text, more: more), expected: words)
    }

    /// Cases that cannot be; what each must be told, word for word.
    static let goldenVariants: [BrokenPack] = [
        broken(
            .duplicateName,
            soundVariant,
            more: "\n" + soundVariant,
            "39:5 Trường hợp “worker” có hai lần. → Đặt tên khác, hoặc bỏ một."
        ),
        broken(
            .unknownField,
            soundVariant.replacing("purpose", with: "purpos"),
            "37:11 Không có trường “purpos”. → Có phải là “purpose”?"
        ),
        broken(
            .unknownReference,
            soundVariant,
            more: "\n  - { id: other, name: Khác, when: { variant: [workers] } }",
            "39:48 Không có trường hợp “workers”. → Có phải là “worker”?"
        ),
        broken(
            .exampleMissing,
            soundVariant,
            more: "\n  - { id: pupil, name: Học nhiều, when: { field: copies, atLeast: 5 } }",
            """
            39:5 Không ví dụ nào rơi vào trường hợp “pupil”. → Thêm một ví dụ của trường hợp này, hoặc sửa điều \
            kiện when.
            """
        ),
        broken(
            .exampleFails,
            soundVariant,
            """
            139:5 Ví dụ “Đi làm”: mong hẹn 17:00 ngày 10/03/2026, ra 17:00 ngày 12/03/2026. → Sửa ví dụ nếu nó sai, \
            hoặc sửa gói cho đúng ví dụ.
            """
        ),
        broken(
            .badValue,
            soundVariant.replacing("TH-01", with: "TH 01"),
            "35:11 Mã “TH 01” có ký tự lạ. → Chỉ dùng chữ không dấu, số, dấu chấm và gạch."
        ),
        broken(
            .badValue,
            soundVariant.replacing("value: 5", with: "value: 3651"),
            "38:25 Thời hạn 3651 ngày làm việc quá dài. → Kiểm tra lại value và unit."
        ),
        BrokenPack(
            rule: .unknownReference,
            old: "expect: { fee: 10000,",
            new: "expect: { variant: worker, fee: 10000,",
            expected: "133:5 Không có trường hợp “worker”. → Dùng id của một mục trong variants."
        ),
        BrokenPack(
            rule: .duplicateName,
            old: "code: 9.000001",
            new: "code: 9.000001\nlocalCodes: [TN-1, TN-1]",
            expected: "2:13 Mã “TN-1” có hai lần. → Đặt tên khác, hoặc bỏ một."
        ),
    ]

    /// Files for download that are not there, or are no PDF.
    static let goldenFiles: [BrokenPack] = [
        BrokenPack(
            rule: .fileMissing,
            old: "name: Giấy chứng minh",
            new: "name: Giấy chứng minh\n    blankForm: giay.pdf",
            expected: """
                36:16 Không có tệp “giay.pdf” bên cạnh procedure.yaml. → Đặt tệp vào thư mục của thủ tục, hoặc sửa tên.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "name: Giấy chứng minh",
            new: "name: Giấy chứng minh\n    sample: Giấy mẫu.pdf",
            expected: """
                36:13 “Giấy mẫu.pdf” không dùng làm tên tệp được. → Viết dạng to-khai.pdf, không dấu, không cách.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "name: Giấy chứng minh",
            new: "name: Giấy chứng minh\n    blankForm: result.mustache",
            expected: """
                36:16 “result.mustache” không dùng làm tên tệp được. → Viết dạng to-khai.pdf, không dấu, không cách.
                """
        ),
    ]
}
