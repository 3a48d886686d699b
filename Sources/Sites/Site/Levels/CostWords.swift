// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Kernel

/// What a page says about the compliance cost of a procedure.
public struct CostWords: Sendable {
    /// `Bạn tiết kiệm khoảng 793.000 đ mỗi hồ sơ`.
    public var saving: String
    /// From how much to how much.
    public var detail: String
    /// Where the figures come from.
    public var source: String

    /// What a page says about the compliance cost of a procedure.
    public init(saving: String, detail: String, source: String) {
        (self.saving, self.detail, self.source) = (saving, detail, source)
    }

    /// The words for who does the procedure; nil where nobody counted, or nothing is saved.
    public init?(_ cost: ComplianceCost?) {
        guard let cost, let pair = cost.figures?.perDossier, pair.saving > .zero else { return nil }
        saving = "Bạn tiết kiệm khoảng \(pair.saving) mỗi hồ sơ so với trước khi đơn giản hóa thủ tục."
        detail = "Tính cả công sức, đi lại, giấy tờ và phí: trước đây \(pair.before), nay còn \(pair.after)."
        source = Self.source(of: cost)
    }

    /// The source, with the mark of what nobody has compared yet.
    public static func source(of cost: ComplianceCost) -> String {
        "Nguồn: \(cost.source)" + (cost.isVerified ? "" : " (chưa đối chiếu)")
    }
}
