// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Markup

/// One line of what is to be paid.
public struct FeeLine: Sendable {
    /// "Lệ phí cấp bản sao trích lục hộ tịch, 2 bản".
    public var label: String
    /// The sum.
    public var amount: VND
    /// How the sum is found, where it is more than a price times a count; nil otherwise.
    public var calculation: String?
    /// Why nothing or less is due, with its legal basis; nil otherwise.
    public var exemptionWord: String?
    /// Whether the provincial council sets the sum and it is not known: no number is shown then.
    public var isSetByCouncil: Bool
    /// True for a fee (phí), false for a charge (lệ phí): decides the word for nothing.
    public var isFee: Bool

    /// One line of what is to be paid.
    public init(
        label: String,
        amount: VND,
        calculation: String? = nil,
        exemptionWord: String? = nil,
        isFee: Bool = false,
        isSetByCouncil: Bool = false
    ) {
        self.label = label
        self.amount = amount
        self.calculation = calculation
        self.exemptionWord = exemptionWord
        self.isFee = isFee
        self.isSetByCouncil = isSetByCouncil
    }
}

/// What is to be paid, line by line and in sum; stands before the start, at the check and before paying.
enum FeeTable {
    static func html(_ lines: [FeeLine]) -> HTML {
        let total = lines.reduce(VND.zero) { $0 + $1.amount }
        return """
            <table class="fees"><caption class="vh">Phí và lệ phí</caption>
            <thead class="vh"><tr><th scope="col">Khoản</th><th scope="col">Số tiền</th></tr></thead>
            <tbody>\(each: lines, { line in
                """
                <tr><td>\(line.label)\(each: notes(line), { "<br><small class=\"mut\">\($0)</small>" })</td>\
                <td class="n">\(sum(line))</td></tr>
                """
            })</tbody>
            <tfoot><tr><th scope="row">Tổng cộng</th>\
            <td class="n"><strong>\(sum(of: lines, total))</strong></td></tr></tfoot>
            </table>
            """
    }

    /// What stands in small letters under a line.
    private static func notes(_ line: FeeLine) -> [String] {
        [line.calculation, line.exemptionWord].compactMap(\.self)
    }

    /// A sum without what is not known would be taken for the whole.
    private static func sum(of lines: [FeeLine], _ total: VND) -> String {
        guard lines.contains(where: \.isSetByCouncil) else { return total.description }
        return total == .zero ? "Chưa có mức thu" : "\(total), chưa kể khoản chưa có mức thu"
    }

    static func sum(_ line: FeeLine) -> String {
        guard !line.isSetByCouncil else { return "Do Hội đồng nhân dân tỉnh quy định" }
        guard line.amount == .zero else { return line.amount.description }
        return line.isFee ? "Miễn phí" : "Miễn lệ phí"
    }
}
