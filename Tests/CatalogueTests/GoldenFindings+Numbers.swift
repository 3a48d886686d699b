// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    /// Cases that the bounds of a number, or what stands before, leave nobody in; what each must be told, word for
    /// word.
    static let goldenNumbers: [BrokenPack] = [
        BrokenPack(
            rule: .neverHolds,
            old: "collected: beforeIntake",
            new: """
                collected: beforeIntake
                    owedWhen: { field: copies, greaterThan: 10 }
                """,
            expected: """
                74:5 Khoản thu “Phí cấp giấy”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với \
                nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: """
                    rules:
                      - validFrom: 2025-01-01
                        validTo
                """,
            new: """
                    rules:
                      - { validFrom: 2025-01-01, when: { field: copies, greaterThan: 10 }, fixed: 1000, basis: \
                [law], verified: yes }
                      - validFrom: 2025-01-01
                        validTo
                """,
            expected: """
                79:9 Mức thu của “Phí cấp giấy”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với \
                nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .feeNeverReached,
            old: """
                    rules:
                      - validFrom: 2025-01-01
                        validTo
                """,
            new: """
                    rules:
                      - { validFrom: 2025-01-01, when: { field: copies, atLeast: 4 }, fixed: 1000, basis: \
                [law], verified: yes }
                      - { validFrom: 2025-01-01, when: { field: copies, atLeast: 6 }, fixed: 2000, basis: \
                [law], verified: yes }
                      - validFrom: 2025-01-01
                        validTo
                """,
            expected: """
                80:9 Dòng biểu thu này không bao giờ dùng tới: mọi trường hợp của nó đã thuộc các dòng đứng trước. → \
                Đưa dòng hẹp hơn lên trước, sửa when, hoặc bỏ dòng này.
                """
        ),
        BrokenPack(
            rule: .feeNeverReached,
            old: """
                    rules:
                      - validFrom: 2025-01-01
                        validTo
                """,
            new: """
                    rules:
                      - { validFrom: 2025-01-01, when: { field: purpose, equals: work }, fixed: 1000, basis: \
                [law], verified: yes }
                      - { validFrom: 2025-01-01, when: { field: purpose, equals: study }, fixed: 2000, basis: \
                [law], verified: yes }
                      - { validFrom: 2025-01-01, when: { field: purpose, answered: yes }, fixed: 3000, basis: \
                [law], verified: yes }
                      - validFrom: 2025-01-01
                        validTo
                """,
            expected: """
                81:9 Dòng biểu thu này không bao giờ dùng tới: mọi trường hợp của nó đã thuộc các dòng đứng trước. → \
                Đưa dòng hẹp hơn lên trước, sửa when, hoặc bỏ dòng này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: """
                collected: beforeIntake
                    rules:
                      - validFrom: 2025-01-01
                        validTo
                """,
            new: """
                collected: beforeIntake
                    owedWhen: { field: copies, atMost: 3 }
                    rules:
                      - { validFrom: 2025-01-01, when: { field: copies, greaterThan: 3 }, fixed: 1000, basis: \
                [law], verified: yes }
                      - validFrom: 2025-01-01
                        validTo
                """,
            expected: """
                80:9 Mức thu của “Phí cấp giấy”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với \
                nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: "requiredWhen: { field: purpose, equals: work }",
            new: "visibleWhen: { field: copies, greaterThan: 10 }",
            expected: """
                34:5 Giấy tờ “Giấy chứng minh”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với \
                nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: "          maximum: 10",
            new: """
                          maximum: 10
                        - { id: why, type: text, label: Lý do, required: no, requiredWhen: { field: copies, \
                lessThan: 1 } }
                """,
            expected: """
                73:11 Trường “why” bắt buộc khi: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với \
                nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: """
                when: { field: purpose, equals: study }
                        percent
                """,
            new: """
                when: { field: copies, lessThan: 1 }
                        percent
                """,
            expected: """
                95:9 Miễn giảm “Học sinh”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với nhau ở \
                đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: "numberOfSets: 1",
            new: """
                numberOfSets: 1
                variants:
                  - { id: many, name: Nhiều bản, when: { field: copies, atLeast: 2 } }
                  - { id: more, name: Rất nhiều bản, when: { field: copies, atLeast: 5 } }
                """,
            expected: """
                35:5 Trường hợp “Rất nhiều bản”: mọi hồ sơ của nó đã thuộc một trường hợp đứng trước. → Đưa trường \
                hợp hẹp hơn lên trước, hoặc thu hẹp when của trường hợp đứng trước.
                """
        ),
    ]
}
