// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    /// Guards that look at what is not there, or that leave somebody's dossier without a way.
    static let goldenGuards: [BrokenPack] = [
        granting(
            .unknownField,
            "{ when: { field: purpos, equals: work }, reason: Không }",
            "118:45 Không có trường “purpos”. → Có phải là “purpose”?"
        ),
        granting(
            .conditionMisfit,
            "{ when: { field: purpose, equals: wrk }, reason: Không }",
            "118:45 Trường “purpose” không bao giờ trả lời “wrk”. → Dùng một trong: work, study."
        ),
        granting(
            .unknownReference,
            "{ paper: prof, reason: Không }",
            "118:37 Không có giấy tờ “prof”. → Có phải là “proof”?"
        ),
        granting(
            .unknownReference,
            "{ consulted: fire, reason: Không }",
            "118:37 Không có mục lấy ý kiến “fire”. → Dùng id có trong gói, hoặc bỏ điều này khỏi guards."
        ),
        granting(
            .wrongShape,
            "{ when: { field: purpose, equals: work }, paper: proof, reason: Không }",
            """
            118:37 Điều phải đúng phải có đúng một trong các khóa when, paper, consulted, ở đây có 2. → Mỗi mục nói một \
            điều; nhiều điều thì viết nhiều mục, mỗi mục có reason riêng.
            """
        ),
        granting(
            .neverHolds,
            """
            { when: { field: purpose, equals: work }, reason: Một }, \
            { when: { field: purpose, equals: study }, reason: Hai }
            """,
            """
            118:37 Thao tác “Ký và ban hành” ở bước “sign”: guards không bao giờ cùng đúng. → Xem các điều kiện mâu thuẫn \
            với nhau ở đâu; sửa điều kiện, hoặc bỏ thao tác.
            """
        ),
        // Whoever studies is granted nothing, and nobody may refuse her.
        granting(
            .deadEnd,
            "{ when: { field: purpose, equals: work }, reason: Không }",
            """
            104:7 Khi purpose = study, kênh desk: từ bước “examine” không đi tới quyết định được, vì guards. → Nới guards, \
            hoặc thêm thao tác cho trường hợp này.
            """
        ),
        // Six copies are too many for one guard and too few for the other.
        BrokenPack(
            rule: .deadEnd,
            old: "- { action: grant }",
            new: """
                - { action: grant, guards: [{ when: { field: copies, atMost: 5 }, reason: Không }] }
                        - { action: refuse, guards: [{ when: { field: copies, greaterThan: 6 }, reason: Không }] }
                """,
            expected: """
                104:7 Khi copies = 6, kênh desk: từ bước “examine” không đi tới quyết định được, vì guards. → Nới guards, \
                hoặc thêm thao tác cho trường hợp này.
                """
        ),
        BrokenPack(
            rule: .roleCannotAct,
            old: "role: leader",
            new: "role: leader\n      assignment: same",
            expected: """
                112:7 Việc của lãnh đạo ở bước “sign” không giao theo tên được. → Bỏ assignment; chỉ bước của chuyên viên \
                hoặc cán bộ một cửa giao theo tên.
                """
        ),
        BrokenPack(
            rule: .exampleFails,
            old: "- { action: advance, to: sign }",
            new: """
                - { action: advance, to: sign, guards: [{ when: { field: purpose, equals: study }, reason: Không }] }
                        - { action: advance, to: sign2 }
                    - { id: sign2, name: Ký, role: leader, lane: signing, actions: [{ action: grant }] }
                """,
            expected: """
                135:5 Ví dụ “Đi làm”: từ bước “examine” không chuyển tới “sign” được: điều kiện trong guards không đúng. → \
                Sửa ví dụ nếu nó sai, hoặc sửa gói cho đúng ví dụ.
                """
        ),
    ]

    private static func granting(_ rule: PackRule, _ guards: String, _ words: String) -> BrokenPack {
        BrokenPack(
            rule: rule,
            old: "- { action: grant }",
            new: "- { action: grant, guards: [\(guards)] }",
            expected: words
        )
    }

    /// A way for every number of copies, one of them by two guards.
    static let soundGuards = """
        - { action: grant, guards: [{ when: { field: copies, atMost: 5 }, reason: Quá năm bản. }, \
        { paper: proof, reason: Chưa có giấy. }] }
                - { action: stop, guards: [{ when: { field: copies, greaterThan: 5 }, reason: Chưa quá năm bản. }] }
        """
}
