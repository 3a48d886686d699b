// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation

extension BrokenPack {
    private static let formText = SamplePack.yaml.part(from: "form:\n", to: "fees:\n")
    private static let exampleText = SamplePack.yaml.part(from: "examples:\n", to: nil)

    /// Broken in what it means; what each must be told, word for word.
    static let goldenMeaning: [BrokenPack] = [
        BrokenPack(
            rule: .levelTooHigh,
            old: "deliveryWays: [online, desk]",
            new: "deliveryWays: [desk]",
            expected: """
                131:16 Công bố mức độ 4 nhưng gói chỉ đạt mức độ 3: Chưa trả kết quả điện tử có ký số. → Bổ \
                sung cho đủ, hoặc hạ declaredLevel.
                """
        ),
        BrokenPack(
            rule: .channelWithoutForm,
            old: formText,
            new: "",
            expected: """
                26:5 Nộp trực tuyến nhưng gói không có form. → Thêm form, hoặc bỏ kênh online.
                """
        ),
        BrokenPack(
            rule: .paperNobodyCanGive,
            old: "copies: { original: 1, electronic: 1 }",
            new: "copies: { original: 1 }",
            expected: """
                34:5 Giấy tờ “Giấy chứng minh” phải có nhưng không nộp được qua kênh online. → Thêm \
                copies.electronic và accepts.
                """
        ),
        BrokenPack(
            rule: .unknownField,
            old: "{ field: purpose, equals: work }",
            new: "{ field: purpos, equals: work }",
            expected: """
                38:19 Không có trường “purpos”. → Có phải là “purpose”?
                """
        ),
        BrokenPack(
            rule: .fieldNotYetKnown,
            old: "visibleWhen: { field: purpose, equals: study }",
            new: "visibleWhen: { field: copies, atLeast: 2 }",
            expected: """
                62:24 Điều kiện nhìn vào trường “copies” đứng ở chỗ này hoặc phía sau, chưa có câu trả lời. → \
                Đưa trường “copies” lên trước.
                """
        ),
        BrokenPack(
            rule: .conditionMisfit,
            old: "{ field: purpose, equals: work }",
            new: "{ field: purpose, equals: job }",
            expected: """
                38:19 Trường “purpose” không bao giờ trả lời “job”. → Dùng một trong: work, study.
                """
        ),
        BrokenPack(
            rule: .conditionMisfit,
            old: "{ field: purpose, equals: work }",
            new: "{ field: purpose, atLeast: 1 }",
            expected: """
                38:19 Phép so sánh này không dùng được cho trường “purpose” kiểu choice. → Dùng phép so sánh \
                hợp với kiểu của trường (docs/packs.md, mục condition).
                """
        ),
        BrokenPack(
            rule: .fieldMisfit,
            old: "          required: yes\n          minimum: 1\n",
            new: "          required: yes\n",
            expected: """
                67:11 Trường “copies” nhân với đơn giá nhưng không phải là số có minimum từ 0 và maximum đến \
                1.000.000. → Viết type: number với minimum và maximum.
                """
        ),
        BrokenPack(
            rule: .fieldMisfit,
            old: "label: Tên gọi\n",
            new: "label: Tên gọi\n          prefill: { from: birthDate, locked: yes }\n",
            expected: """
                47:11 Trường “fullName”: không nhận được thông tin “birthDate”. → Dùng kiểu date.
                """
        ),
        BrokenPack(
            rule: .feeGap,
            old: "channels: [desk]",
            new: "channels: [post]",
            expected: """
                74:5 “Phí cấp giấy” không có mức thu chung cho kênh desk từ ngày 01/07/2026. → Thêm một dòng \
                không có when ở cuối, phủ kênh và ngày này (không thu thì free: yes).
                """
        ),
        BrokenPack(
            rule: .feeOverlap,
            old: "    validTo: 2026-06-30\n",
            new: "    validTo: 2026-07-31\n",
            expected: """
                84:9 Dòng biểu thu này trùng ngày và kênh với một dòng chung đứng trước. → Đặt validTo cho dòng \
                trước là ngày ngay trước validFrom của dòng sau.
                """
        ),
        BrokenPack(
            rule: .feeNeverReached,
            old: "channels: [desk]",
            new: "channels: [post]",
            expected: """
                89:9 Không trường hợp nào dùng tới dòng biểu thu này. → Đưa lên trước dòng chung, sửa ngày và \
                kênh, hoặc bỏ đi.
                """
        ),
        BrokenPack(
            rule: .deadEnd,
            old: "        - { action: grant }\n",
            new: "",
            expected: """
                104:7 Từ bước “examine” không đi tới quyết định được. → Thêm advance tới bước sau, hoặc grant ở \
                bước của lãnh đạo.
                """
        ),
        BrokenPack(
            rule: .unreachableStep,
            old: "        - { action: advance, to: sign }\n",
            new: "",
            expected: """
                111:7 Không bước nào dẫn tới bước “sign”. → Thêm advance tới bước này, hoặc bỏ bước.
                """
        ),
        BrokenPack(
            rule: .roleCannotAct,
            old: "role: leader",
            new: "role: specialist",
            expected: """
                118:11 Bước “sign” giao cho chuyên viên, người này không làm được “grant”. → Giao cho: lãnh \
                đạo.
                """
        ),
        BrokenPack(
            rule: .sharesOverLimit,
            old: "share: 60",
            new: "share: 61",
            expected: """
                104:7 Các bước cộng lại chiếm 101 % thời hạn. → Giảm share để đường dài nhất không quá 100.
                """
        ),
        BrokenPack(
            rule: .templateMissing,
            old: "template: result.mustache",
            new: "template: resut.mustache",
            expected: """
                123:13 Không có tệp mẫu “resut.mustache” bên cạnh procedure.yaml. → Đặt tệp .mustache vào thư \
                mục của thủ tục, hoặc sửa tên.
                """
        ),
        BrokenPack(
            rule: .templateSyntax,
            template: "@p {{#answers.fullName}}",
            expected: """
                1:4 Đoạn “answers.fullName” không mở hoặc không đóng đúng chỗ. → Sửa lại thẻ Mustache này.
                """
        ),
        BrokenPack(
            rule: .templateNotDrawn,
            template: SamplePack.template + "\n@h5 Tên",
            expected: """
                5:1 Không tạo được giấy từ mẫu: không có khối @h5; các khối dùng được: @h1, @h2, @p, @columns, \
                @definitions, @list, @table, @signature, @code, @rule, @space. → Sửa dòng này theo \
                docs/block-language.md.
                """
        ),
        BrokenPack(
            rule: .templateNotDrawn,
            template: SamplePack.template + "\n{{#preview}}\n@definitions\nTên | X\n{{/preview}}",
            expected: """
                6:1 Không tạo được giấy từ mẫu: @definitions không có @end đóng lại. → Sửa dòng này theo \
                docs/block-language.md.
                """
        ),
        BrokenPack(
            rule: .templateNotDrawn,
            template: SamplePack.template + "\n{{! ghi chú }}\n{{> parts/letterhead}}\n@p[center] {{agency}} [ngày",
            expected: """
                7:23 Không tạo được giấy từ mẫu: dấu [ phải viết là \\[. → Sửa dòng này theo docs/block-language.md.
                """
        ),
        BrokenPack(
            rule: .templateNotDrawn,
            template: SamplePack.template + "\n{{^answers.school}}\n@h7 Trường\n{{/answers.school}}",
            expected: """
                6:1 Không tạo được giấy từ mẫu của ví dụ “Đi làm”: không có khối @h7; các khối dùng được: @h1, @h2, @p, \
                @columns, @definitions, @list, @table, @signature, @code, @rule, @space. → Sửa dòng này theo \
                docs/block-language.md.
                """
        ),
        BrokenPack(
            rule: .templateNotDrawn,
            template: SamplePack.template + "\n@h2 {{result.remark}}",
            expected: """
                5:1 Không tạo được giấy từ mẫu khi để trống những gì được để trống: @h2 không có chữ. → Sửa dòng này \
                theo docs/block-language.md.
                """
        ),
        BrokenPack(
            rule: .templateUnknownName,
            template: "@h1 X\n@p {{answers.fullNam}}",
            expected: """
                2:4 Mẫu gọi tên “answers.fullNam” mà không ai điền. → Có phải là “answers.fullName”?
                """
        ),
        BrokenPack(
            rule: .templateUnknownName,
            old: "  series: \"{seq:2}/{yyyy}/TN\"\n",
            new: "",
            expected: """
                2:23 Mẫu dùng {{number}} nhưng kết quả không có series. → Thêm series cho result, hoặc bỏ \
                {{number}}.
                """
        ),
        BrokenPack(
            rule: .exampleMissing,
            old: exampleText,
            new: "examples: []\n",
            expected: """
                132:11 Gói không có ví dụ nào. → Thêm ít nhất một ví dụ: câu trả lời, kênh, ngày và điều phải \
                ra.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "fee: 10000",
            new: "fee: 9000",
            expected: """
                133:5 Ví dụ “Đi làm”: mong thu 9.000 đ, ra 10.000 đ. → Sửa ví dụ nếu nó sai, hoặc sửa gói cho \
                đúng ví dụ.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "dueAt: 2026-03-10T17:00",
            new: "dueAt: 2026-03-11T17:00",
            expected: """
                133:5 Ví dụ “Đi làm”: mong hẹn 17:00 ngày 11/03/2026, ra 17:00 ngày 10/03/2026. → Sửa ví dụ nếu \
                nó sai, hoặc sửa gói cho đúng ví dụ.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "path: [examine, sign]",
            new: "path: [examine]",
            expected: """
                133:5 Ví dụ “Đi làm”: đường đi dừng ở bước “examine”, nơi không có quyết định. → Sửa ví dụ nếu \
                nó sai, hoặc sửa gói cho đúng ví dụ.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "answers: { fullName: An, purpose: work, copies: 2 }",
            new: "answers: { purpose: work, copies: 2 }",
            expected: """
                133:5 Ví dụ “Đi làm”: câu báo lỗi khác — fullName: mong “không lỗi”, ra “Nhập tên gọi”. → Sửa \
                ví dụ nếu nó sai, hoặc sửa gói cho đúng ví dụ.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "components: [proof]",
            new: "components: []",
            expected: """
                133:5 Ví dụ “Đi làm”: mong giấy tờ [], ra [proof]. → Sửa ví dụ nếu nó sai, hoặc sửa gói cho \
                đúng ví dụ.
                """
        ),
    ]
}

extension String {
    /// The text from one mark up to another, or to the end.
    func part(from start: String, to end: String?) -> String {
        guard let first = range(of: start) else { return "" }
        guard let end, let last = self[first.upperBound...].range(of: end) else {
            return String(self[first.lowerBound...])
        }
        return String(self[first.lowerBound..<last.lowerBound])
    }
}
