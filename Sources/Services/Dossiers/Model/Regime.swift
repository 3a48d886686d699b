// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// The rule set under which a dossier lives, by the day on which it was submitted (standards.md §1, §3).
public enum Regime: String, Sendable, Hashable, CaseIterable, Codable {
    /// NĐ 61/2018/NĐ-CP with TT 01/2018/TT-VPCP.
    case nd61of2018 = "ND61_2018"
    /// NĐ 118/2025/NĐ-CP with TT 03/2025/TT-VPCP.
    case nd118of2025 = "ND118_2025"

    /// What becomes of the clock when a supplement arrives.
    public enum SupplementRule: Sendable {
        /// The arrival is the new receipt: the full limit runs again.
        case restarts
    }

    private struct Rules {
        var validFrom: LocalDate?
        var supplement: SupplementRule
        var formSet: String
    }

    private var rules: Rules {
        switch self {
        case .nd61of2018:
            // NĐ 61/2018 art. 19.4.
            Rules(validFrom: LocalDate("2018-06-21"), supplement: .restarts, formSet: "TT01_2018")
        case .nd118of2025:
            // The restart is carried over from NĐ 61; confirm against the text of NĐ 118 before changing it.
            Rules(validFrom: LocalDate("2025-07-01"), supplement: .restarts, formSet: "TT03_2025")
        }
    }

    /// What becomes of the clock when a supplement arrives.
    public var supplementRule: SupplementRule { rules.supplement }

    /// The set of forms that applies.
    public var formSet: String { rules.formSet }

    /// The rule set valid on this day.
    public static func valid(on day: LocalDate) -> Regime {
        let begun = allCases.filter { regime in regime.rules.validFrom.map { $0 <= day } ?? true }
        return begun.last ?? .nd61of2018
    }
}
