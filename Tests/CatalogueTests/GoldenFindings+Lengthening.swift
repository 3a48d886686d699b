// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    static func lengthening(
        extent: String = "by: { value: 2, unit: workingDay }",
        steps: String = "examine",
        basis: String = "law"
    ) -> String {
        """
        lengthenings:
          - { id: verification, name: Phải xác minh, \(extent), steps: [\(steps)], basis: [\(basis)], verified: yes }
        numberOfSets: 1
        """
    }

    private static func broken(_ rule: PackRule, _ text: String, _ words: String) -> BrokenPack {
        BrokenPack(rule: rule, old: "numberOfSets: 1", new: text, expected: "33:5 \(words)")
    }

    /// Longer limits that cannot be; what each must be told, word for word.
    static let goldenLengthenings: [BrokenPack] = [
        broken(
            .lengtheningMisfit,
            lengthening(extent: "upTo: { value: 3, unit: workingDay }"),
            """
            Kéo dài thời hạn “verification” không dài hơn 3 ngày làm việc của kênh “online”. → Tăng upTo, hoặc sửa thời \
            hạn của kênh.
            """
        ),
        broken(
            .lengtheningMisfit,
            lengthening(extent: "by: { value: 4, unit: hour }"),
            """
            Không cộng 4 giờ làm việc vào thời hạn 3 ngày làm việc được. → Dùng cùng loại đơn vị giờ hoặc ngày, hoặc viết \
            upTo cho cả thời hạn.
            """
        ),
        broken(
            .wrongShape,
            lengthening(basis: ""),
            """
            Kéo dài thời hạn “verification” không nói theo căn cứ nào. → Thêm vào basis id của văn bản trong legalBasis.
            """
        ),
        broken(
            .unknownReference,
            lengthening(basis: "lav"),
            "Không có căn cứ “lav”. → Có phải là “law”?"
        ),
        broken(
            .wrongShape,
            lengthening(steps: ""),
            """
            Kéo dài thời hạn “verification” không ở bước nào. → Thêm vào steps id của bước mà cán bộ thấy phải kéo dài.
            """
        ),
        broken(.unknownReference, lengthening(steps: "examin"), "Không có bước “examin”. → Có phải là “examine”?"),
        broken(
            .exampleMissing,
            lengthening(),
            """
            Không có ví dụ nào kéo dài thời hạn “verification”. → Thêm ví dụ có lengthening: verification và ngày hẹn trả \
            phải ra.
            """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "answers: { fullName: An, purpose: work, copies: 2 }",
            new: "answers: { fullName: An, purpose: work, copies: 2 }\n    lengthening: verifcation",
            expected: """
                133:5 Ví dụ “Đi làm”: không có mục kéo dài thời hạn “verifcation”. → Sửa ví dụ nếu nó sai, hoặc sửa gói cho \
                đúng ví dụ.
                """
        ),
    ]
}
