// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation

extension BrokenPack {
    /// Every broken pack.
    static let golden =
        goldenWords + goldenMeaning + goldenPrices + goldenConsultations + goldenConfirming + goldenCases + goldenPlan
        + goldenVariants + goldenFiles + goldenFields + goldenGuards + goldenRegister + goldenEnglish
        + goldenLengthenings + goldenNumbers + goldenLetters

    /// Broken in the file, the words or the facts; what each must be told, word for word.
    static let goldenWords: [BrokenPack] = [
        BrokenPack(
            rule: .notNFC,
            old: "Cấp giấy thử nghiệm",
            new: "Ca\u{302}\u{301}p giấy",
            expected: """
                2:8 Chữ có dấu viết rời (không phải Unicode dựng sẵn NFC). → Chuyển cả tệp sang Unicode dựng \
                sẵn.
                """
        ),
        BrokenPack(
            rule: .controlCharacter,
            old: "name: Cấp giấy thử nghiệm",
            new: "name: Cấp\tgiấy",
            expected: """
                2:10 Có dấu tab. → Thay bằng dấu cách.
                """
        ),
        BrokenPack(
            rule: .syntax,
            old: "numberOfSets: 1",
            new: "numberOfSets: 1: 2",
            expected: """
                32:16 Sai cú pháp YAML: dấu hai chấm đứng ở chỗ không được có khóa. → Chữ có dấu hai chấm thì đặt trong \
                dấu nháy; khóa mới thì xuống dòng, thụt thẳng với các khóa cùng mục.
                """
        ),
        BrokenPack(
            rule: .aliasRefused,
            old: "name: Cấp giấy thử nghiệm",
            new: "name: &n Cấp giấy",
            expected: """
                2:7 Gói không dùng neo, bí danh hay nhãn kiểu của YAML (&…). → Viết hẳn nội dung ra, hoặc đặt \
                chữ trong dấu nháy.
                """
        ),
        BrokenPack(
            rule: .duplicateKey,
            old: "numberOfSets: 1",
            new: "numberOfSets: 1\nnumberOfSets: 2",
            expected: """
                32:1 Khóa “numberOfSets” được viết hai lần trong cùng một mục. → Giữ lại một lần.
                """
        ),
        BrokenPack(
            rule: .unknownKey,
            old: "numberOfSets: 1",
            new: "numberOfSet: 1",
            expected: """
                32:1 Không có khóa “numberOfSet” ở đây. → Có phải là “numberOfSets”?
                """
        ),
        BrokenPack(
            rule: .missingKey,
            old: "declaredLevel: 4\n",
            new: "",
            expected: """
                1:1 Thiếu khóa “declaredLevel”. → Thêm khóa này (docs/packs.md, mục procedure).
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: "subjects: [citizen]",
            new: "subjects: citizen",
            expected: """
                39:11 Ở đây phải là một danh sách, nhưng là một giá trị. → Viết mỗi phần tử một dòng, bắt đầu \
                bằng dấu gạch “- ”; danh sách rỗng viết [].
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: "{ field: purpose, equals: work }",
            new: "{ field: purpose }",
            expected: """
                38:19 Đi cùng field phải có đúng một trong các khóa equals, notEquals, oneOf, noneOf, contains, answered, \
                lessThan, atMost, atLeast, greaterThan, before, notAfter, notBefore, after, ở đây có 0. → Viết một \
                phép so sánh; nhiều phép thì dùng all hoặc any.
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: "{ field: purpose, equals: work }",
            new: "{ channel: [desk], equals: work }",
            expected: """
                38:46 Khóa “equals” chỉ đi cùng field. → Bỏ khóa này, hoặc thêm field.
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: "retention: { years: 5,",
            new: "retention: { years: 5, forEver: yes,",
            expected: """
                130:12 Thời hạn lưu hồ sơ phải có đúng một trong các khóa years, forEver, ở đây có 2. → Viết years: \
                số năm, hoặc forEver: yes.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "free: yes",
            new: "free: no",
            expected: """
                86:15 “no” không phải là yes. → Viết yes, hoặc bỏ khóa này đi.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "lane: signing",
            new: "lane: delivery",
            expected: """
                115:13 Không có từ “delivery” ở đây. → Các từ dùng được: processing, signing.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "numberOfSets: 1",
            new: "numberOfSets: một",
            expected: """
                32:15 “một” không phải là số nguyên từ 1 đến 20. → Viết số bằng chữ số, không dấu chấm.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "kind: fee",
            new: "kind: phí",
            expected: """
                76:11 Không có từ “phí” ở đây. → Các từ dùng được: fee, charge.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "validFrom: 2025-07-01",
            new: "validFrom: 1/7/2025",
            expected: """
                8:12 “1/7/2025” không phải là ngày. → Viết dạng 2026-03-05 (năm-tháng-ngày).
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "series: \"{seq:2}/{yyyy}/TN\"",
            new: "series: \"{yyyy}/TN\"",
            expected: """
                124:11 “{yyyy}/TN” không phải là mẫu số. → Dùng đúng một {seq} hoặc {seq:2}, thêm {yyyy} hay \
                {yy} nếu cần, ví dụ {seq:2}/{yyyy}/TL.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "to: sign }",
            new: "to: examine }",
            expected: """
                111:11 “advance” phải tới một bước đứng sau. → Dùng sendBack để trở lại bước trước.
                """
        ),
        BrokenPack(
            rule: .emptyText,
            old: "summary: Xin một tờ giấy để thử.",
            new: "summary: \"\"",
            expected: """
                3:10 Giá trị để trống. → Viết giá trị, hoặc bỏ khóa này đi.
                """
        ),
        BrokenPack(
            rule: .textTooLong,
            old: "summary: Xin một tờ giấy để thử.",
            new: "summary: " + String(repeating: "a", count: 501),
            expected: """
                3:10 Chữ dài 501 ký tự, quá 500 ký tự. → Viết gọn lại.
                """
        ),
        BrokenPack(
            rule: .duplicateName,
            old: "id: school",
            new: "id: fullName",
            expected: """
                58:11 Trường “fullName” có hai lần. → Đặt tên khác, hoặc bỏ một.
                """
        ),
        BrokenPack(
            rule: .validityOrder,
            old: "validFrom: 2025-07-01",
            new: "validFrom: 2025-07-01\nvalidTo: 2025-06-30",
            expected: """
                9:10 Ngày hết hiệu lực 30/06/2025 trước ngày có hiệu lực 01/07/2025. → Sửa validFrom hoặc \
                validTo.
                """
        ),
        BrokenPack(
            rule: .unknownReference,
            old: "basis: [law]",
            new: "basis: [lav]",
            expected: """
                79:9 Không có căn cứ “lav” trong legalBasis. → Có phải là “law”?
                """
        ),
        BrokenPack(
            rule: .unknownReference,
            old: "to: sign }",
            new: "to: sing }",
            expected: """
                111:11 Không có bước “sing”. → Có phải là “sign”?
                """
        ),
        BrokenPack(
            rule: .missingInformation,
            old: "  - { item: subjects, source: nguồn, verified: yes }\n",
            new: "",
            expected: """
                13:3 Chưa có đủ nội dung “Đối tượng thực hiện” trong 11 nội dung phải công khai. → Thêm item: \
                subjects vào information với nguồn của nó.
                """
        ),
        BrokenPack(
            rule: .missingInformation,
            old: "publication: yes",
            new: "publication: no",
            expected: """
                10:3 Chưa có đủ nội dung “Căn cứ pháp lý và quyết định công bố” trong 11 nội dung phải công \
                khai. → Thêm quyết định công bố vào legalBasis với publication: yes.
                """
        ),
        BrokenPack(
            rule: .unverifiedFact,
            old: "name: Luật Thử nghiệm, source: vbpl.vn, verified: yes",
            new: "name: Luật Thử nghiệm, source: vbpl.vn, verified: no",
            expected: """
                10:5 Căn cứ “Luật Thử nghiệm” chưa được đối chiếu với văn bản gốc. → Đối chiếu rồi viết \
                verified: yes.
                """
        ),
    ]
}
