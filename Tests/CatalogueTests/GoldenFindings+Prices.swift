// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation

extension BrokenPack {
    private static let countedText = SamplePack.yaml.part(from: "          maximum: 10\n", to: "        basis: [law]")

    /// The sample with a second number field that multiplies.
    private static func counted(price: Int, copies: Int, sheets: Int, required: String) -> String {
        let block = """
                      maximum: \(copies)
                    - id: sheets
                      type: number
                      label: Số tờ
                      required: \(required)
                      minimum: 1
                      maximum: \(sheets)
            """
        return countedText.replacingOccurrences(of: "          maximum: 10", with: block)
            .replacingOccurrences(
                of: "price: 5000, field: copies",
                with: "price: \(price), field: copies, times: sheets"
            )
    }

    /// Broken prices that count; what each must be told, word for word.
    static let goldenPrices: [BrokenPack] = [
        BrokenPack(
            rule: .badValue,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, tiers: [{ from: 5, price: 900 }, { from: 5, price: 800 }] }",
            expected: """
                81:81 Bậc giá từ bản thứ 5 phải đứng trước bậc từ bản thứ 5. → Viết các bậc theo \
                from tăng dần, mỗi from một lần.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, tiers: [{ from: 1, price: 900 }] }",
            expected: """
                81:64 “1” không phải là số nguyên từ 2 đến 1000000. → Viết số bằng chữ số, không dấu chấm.
                """
        ),
        BrokenPack(
            rule: .feeNeverReached,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, unit: tờ, tiers: [{ from: 11, price: 900 }] }",
            expected: """
                81:66 Bậc giá từ tờ thứ 11 không bao giờ dùng tới: “copies” nhiều nhất 10. → Bỏ bậc \
                này, hoặc tăng maximum của trường.
                """
        ),
        BrokenPack(
            rule: .feeNeverReached,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, cap: 50000 }",
            expected: """
                81:18 Mức thu nhiều nhất 50.000 đ không bao giờ dùng tới: với 10 bản mới là 50.000 \
                đ. → Bỏ cap, hoặc tăng maximum của trường “copies”.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, cap: 0 }",
            expected: """
                81:53 “0” không phải là số nguyên từ 1 đến 1000000000. → Viết số bằng chữ số, không dấu \
                chấm.
                """
        ),
        BrokenPack(
            rule: .badValue,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, times: copies }",
            expected: """
                81:18 Trường “copies” vừa đếm vừa nhân với chính nó. → Để times là một trường number \
                khác, hoặc bỏ times.
                """
        ),
        BrokenPack(
            rule: .unknownField,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, times: sheets }",
            expected: """
                79:9 Không có trường “sheets” để nhân với đơn giá. → Dùng id của một trường kiểu number \
                trong form.
                """
        ),
        BrokenPack(
            rule: .fieldMisfit,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, times: fullName }",
            expected: """
                47:11 Trường “fullName” nhân với đơn giá nhưng không phải là số có minimum từ 0 và \
                maximum đến 1.000.000. → Viết type: number với minimum và maximum.
                """
        ),
        BrokenPack(
            rule: .wrongShape,
            old: "perUnit: { price: 5000, field: copies }",
            new: "perUnit: { price: 5000, field: copies, timesUnit: bộ }",
            expected: """
                81:59 Có timesUnit mà không có times. → Thêm times: tên trường nhân với số tiền, hoặc bỏ \
                timesUnit.
                """
        ),
        BrokenPack(
            rule: .feeGap,
            old: countedText,
            new: counted(price: 5000, copies: 10, sheets: 10, required: "no"),
            expected: """
                85:9 Trường “sheets” có thể bỏ trống, khi đó không tính được số tiền. → Cho trường này required: \
                yes và luôn hiện, hoặc thêm when cho dòng biểu thu.
                """
        ),
        BrokenPack(
            rule: .fieldMisfit,
            old: countedText,
            new: counted(price: 1_000_000_000, copies: 1_000_000, sheets: 1_000_000, required: "yes"),
            expected: """
                87:18 Số tiền lớn nhất theo maximum của các trường quá lớn, không tính được. → Giảm maximum của \
                các trường, hoặc thêm cap.
                """
        ),
    ]
}
