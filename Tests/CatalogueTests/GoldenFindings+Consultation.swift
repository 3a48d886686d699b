// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    private static func confirming(_ rule: PackRule, _ field: String, _ words: String) -> BrokenPack {
        BrokenPack(
            rule: rule,
            old: "{ id: remark, type: text, label: Ghi chú, required: no }",
            new: "{ id: remark, label: Ghi chú, \(field) }",
            expected: words
        )
    }

    /// Numbers that cannot be confirmed.
    static let goldenConfirming: [BrokenPack] = [
        confirming(
            .unknownField,
            "type: number, required: yes, confirms: copis",
            "127:7 Không có trường “copis” để xác nhận. → Có phải là “copies”?"
        ),
        confirming(
            .fieldMisfit,
            "type: text, required: yes, confirms: copies",
            """
            127:7 Trường “remark” xác nhận “copies” nhưng hai trường không cùng là số phải có. → Dùng type: number ở cả \
            hai và required: yes ở trường của kết quả.
            """
        ),
        confirming(
            .fieldMisfit,
            "type: number, required: no, confirms: copies",
            """
            127:7 Trường “remark” xác nhận “copies” nhưng hai trường không cùng là số phải có. → Dùng type: number ở cả \
            hai và required: yes ở trường của kết quả.
            """
        ),
    ]

    /// Consultations that cannot be; what each must be told, word for word.
    static let goldenConsultations: [BrokenPack] = [
        consultation(
            .consultationOverLimit,
            days: 3,
            "Hạn trả lời 3 ngày làm việc không nằm trong thời hạn 3 ngày làm việc của hồ sơ. → Giảm answerWithin."
        ),
        consultation(.unknownReference, steps: "steps: [examin]", "Không có bước “examin”. → Có phải là “examine”?"),
        consultation(
            .roleCannotAct,
            steps: "steps: [sign]",
            """
            Bước “sign” giao cho lãnh đạo, ở đó không hỏi ý kiến được. → Hỏi ở bước của chuyên viên hoặc trưởng đơn vị.
            """
        ),
        consultation(
            .wrongShape,
            steps: "steps: []",
            "Lấy ý kiến “fire” không ở bước nào. → Thêm vào steps id của bước có thể hỏi."
        ),
        consultation(
            .wrongShape,
            who: "units: []",
            "Lấy ý kiến “fire” chưa nói hỏi ai. → Thêm agencies, hoặc units của cơ quan giải quyết."
        ),
        consultation(
            .unknownReference,
            shown: "papers: [prof]",
            "Không có giấy tờ “prof” để cho cơ quan được hỏi xem. → Có phải là “proof”?"
        ),
        consultation(
            .unknownReference,
            shown: "pages: [askd]",
            "Không có trang tờ khai “askd” để cho cơ quan được hỏi xem. → Có phải là “asked”?"
        ),
    ]

    static let soundConsultation = text("steps: [examine]", "units: [Phòng Thử]", 2, "papers: [proof], pages: [asked]")

    private static func text(_ steps: String, _ who: String, _ days: Int, _ shown: String) -> String {
        """
        automaticReceive: no
          consultations:
            - { id: fire, name: Phòng cháy, \(steps), \(who), \
        answerWithin: { value: \(days), unit: workingDay }, silence: waits, mayGoOn: no, \(shown) }
        """
    }

    private static func consultation(
        _ rule: PackRule,
        steps: String = "steps: [examine]",
        who: String = "units: [Phòng Thử]",
        days: Int = 2,
        shown: String = "papers: [proof]",
        _ words: String
    ) -> BrokenPack {
        BrokenPack(
            rule: rule,
            old: "automaticReceive: no",
            new: text(steps, who, days, shown),
            expected: "104:7 \(words)"
        )
    }
}
