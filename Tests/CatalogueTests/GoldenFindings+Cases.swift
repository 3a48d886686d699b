// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    /// Cases that nobody is in, questions that the state can answer itself.
    static let goldenCases: [BrokenPack] = [
        BrokenPack(
            rule: .neverHolds,
            old: "visibleWhen: { field: purpose, equals: study }",
            new: """
                visibleWhen:
                            all: [{ field: purpose, equals: study }, { field: purpose, equals: work }]
                """,
            expected: """
                58:11 Trường “school”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với nhau ở đâu; \
                sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: "requiredWhen: { field: purpose, equals: work }",
            new: """
                visibleWhen: { field: purpose, equals: study }
                    requiredWhen: { all: [{ field: school, answered: yes }, { field: purpose, equals: work }] }
                """,
            expected: """
                34:5 Giấy tờ “Giấy chứng minh” bắt buộc khi: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu \
                thuẫn với nhau ở đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .neverHolds,
            old: "when: { field: purpose, equals: study }\n        percent",
            new: "when: { all: [{ channel: [post] }, { field: purpose, equals: study }] }\n        percent",
            expected: """
                95:9 Miễn giảm “Học sinh”: điều kiện không bao giờ xảy ra. → Xem các điều kiện mâu thuẫn với nhau ở \
                đâu; sửa điều kiện, hoặc bỏ phần này.
                """
        ),
        BrokenPack(
            rule: .alreadyHeld,
            old: "label: Tên gọi",
            new: "label: Họ và tên người yêu cầu",
            expected: """
                47:11 Trường “fullName” hỏi họ và tên, điều đã biết khi người nộp đăng nhập bằng tài khoản định danh. → \
                Thêm prefill: { from: fullName, locked: yes } vào trường của người nộp.
                """
        ),
        BrokenPack(
            rule: .alreadyHeld,
            old: "- id: fullName\n          type: text\n          label: Tên gọi",
            new:
                "- id: asker\n          type: person\n          parts: [fullName, nationalID]\n          label: Người đề nghị",
            expected: """
                47:11 Trường “asker” hỏi họ tên, số định danh, ngày sinh, điều đã biết khi người nộp đăng nhập bằng tài \
                khoản định danh. → Thêm prefill: { from: person, locked: yes } vào trường của người nộp.
                """
        ),
        BrokenPack(
            rule: .alreadyHeld,
            old: "- id: startDate\n          type: date\n          label: Ngày bắt đầu",
            new: "- id: mobile\n          type: phone\n          label: Số máy",
            expected: """
                63:11 Trường “mobile” hỏi số điện thoại, điều đã biết khi người nộp đăng nhập bằng tài khoản định danh. → \
                Thêm prefill: { from: phone, locked: no } vào trường của người nộp.
                """
        ),
        BrokenPack(
            rule: .alreadyHeld,
            old: "- id: startDate\n          type: date\n          label: Ngày bắt đầu",
            new: "- id: home\n          type: address\n          label: Nơi cư trú hiện nay",
            expected: """
                63:11 Trường “home” hỏi nơi cư trú, điều đã biết khi người nộp đăng nhập bằng tài khoản định danh. → Thêm \
                prefill: { from: address, locked: no } vào trường của người nộp.
                """
        ),
        BrokenPack(
            rule: .alreadyHeld,
            old: "name: Giấy chứng minh",
            new: "name: Bản sao sổ hộ khẩu",
            expected: """
                34:5 Giấy tờ “Bản sao sổ hộ khẩu”: nơi cư trú đã có trong cơ sở dữ liệu quốc gia về dân cư. → Bỏ giấy tờ \
                này; tra cứu theo số định danh cá nhân.
                """
        ),
    ]
}
