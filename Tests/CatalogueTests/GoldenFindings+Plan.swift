// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    private static let old = "declaredLevel: 4\n"

    private static func cost(_ wage: String, _ before: String, _ after: String) -> String {
        """
        declaredLevel: 4
        cost:
          subjectsPerYear: 100000000
          timesPerYear: 366
          \(wage)source: nguồn
          verified: yes
          before: \(before)
          after: \(after)

        """
    }

    /// Broken in its plan or its cost.
    static let goldenPlan: [BrokenPack] = [
        BrokenPack(
            rule: .targetMisfit,
            old: old,
            new: "declaredLevel: 4\ntarget: { level: 3, quarter: 2026-Q3, owner: Sở Thử }\n",
            expected: """
                132:9 Đặt ra mức độ 3 nhưng đã công bố mức độ 4. → Nâng target.level, hoặc bỏ target.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: old,
            new: "declaredLevel: 4\ntarget: { level: 4, quarter: Q3-2026, owner: Sở Thử }\n",
            expected: """
                132:30 “Q3-2026” không phải là quý. → Viết dạng 2026-Q4 (năm-quý).
                """
        ),
        BrokenPack(
            rule: .costMisfit,
            old: old,
            new: cost("", "{ activities: [{ name: Đi, minutes: 60 }] }", "{ perDossier: 1 }"),
            expected: """
                133:3 Có hoạt động tốn thời gian nhưng không có giá trị một giờ công. → Thêm wage.
                """
        ),
        BrokenPack(
            rule: .costMisfit,
            old: old,
            new: cost("", "{ activities: [] }", "{ perDossier: 1 }"),
            expected: """
                133:3 Chi phí tuân thủ không có hoạt động nào. → Thêm hoạt động, hoặc viết perDossier.
                """
        ),
        BrokenPack(
            rule: .costMisfit,
            old: old,
            new: cost("", "{ perDossier: 1000000000 }", "{ perDossier: 1 }"),
            expected: """
                133:3 Chi phí tuân thủ lớn quá, không tính được. → Kiểm tra lại các con số.
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: old,
            new: cost("wage: { gdp: 1 }\n  ", "{ perDossier: 1 }", "{ perDossier: 1 }"),
            expected: """
                135:9 Đi cùng gdp phải có đúng một trong các khóa population, ở đây có 0. → Viết population cùng gdp, hoặc chỉ perHour.
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: old,
            new: cost("", "{ activities: [{ name: Đi, minutes: 0 }], minutes: 5 }", "{ perDossier: 1 }"),
            expected: """
                137:62 Khóa “minutes” ở đây chỉ đi cùng perDossier. → Bỏ khóa này: số phút là tổng của các hoạt động.
                """
        ),
    ]
}
