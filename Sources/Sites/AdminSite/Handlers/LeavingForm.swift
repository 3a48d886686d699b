// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Kernel
import Markup
import Organisation
import Site
import Web

/// The question to whom an officer's open work goes.
struct LeavingForm: Sendable {
    let work: [WorkQueue: Int]
    /// Who may take it: colleagues of her agency who do such work.
    let colleagues: [Officer]
    var way = ""
    var takers: Set<String> = []
    var errors: [String: String] = [:]

    init(work: [WorkQueue: Int], officer: Officer, in snapshot: OrganisationSnapshot, _ form: FormFields? = nil) {
        self.work = work
        let roles = officer.roles.intersection([.deskOfficer, .specialist])
        colleagues = snapshot.officers(of: officer.agency).filter { other in
            other.id != officer.id && !other.roles.isDisjoint(with: roles)
        }
        way = form?["handing"] ?? ""
        takers = Set(form?.all("takers") ?? [])
    }

    var count: Int { work.values.reduce(0, +) }

    /// The work by pile, as the page tells it.
    var rows: [SummaryRow] {
        WorkQueue.allCases.compactMap { queue in
            work[queue].map { SummaryRow("Hồ sơ: \(queue.vietnamese)", String(grouped: $0)) }
        }
    }

    /// To whom it goes; nil when it was not said, which then stands in `errors`.
    mutating func handing() -> HandingOver? {
        guard count > 0 else { return .pile }
        switch way {
        case "pile": return .pile
        case "officers":
            let chosen = colleagues.filter { takers.contains($0.id.rawValue) }.map(\.id)
            if chosen.isEmpty { errors["takers"] = "Chọn ít nhất một người nhận việc" }
            return chosen.isEmpty ? nil : .officers(chosen)
        default:
            errors["handing"] = "Chọn cách giao lại \(count) hồ sơ đang làm"
            return nil
        }
    }

    /// The questions; none where nothing lies with her.
    var parts: [FieldPart] {
        guard count > 0 else { return [] }
        let ways = [
            FieldPart.Choice("pile", "Trả về bộ phận", hint: "Trưởng đơn vị phân công lại"),
            FieldPart.Choice(
                "officers",
                "Giao cho người được chọn dưới đây",
                hint: "Nhiều người thì chia đều số hồ sơ"
            ),
        ]
        let people = colleagues.map { FieldPart.Choice($0.id.rawValue, "\($0.fullName), \($0.position)") }
        let first = FieldPart(
            "handing",
            "Giao lại \(String(grouped: count)) hồ sơ đang làm",
            error: errors["handing"],
            .radios(people.isEmpty ? [ways[0]] : ways, chosen: way)
        )
        guard !people.isEmpty else { return [first] }
        return [
            first,
            FieldPart("takers", "Người nhận việc", error: errors["takers"], .checkboxes(people, chosen: takers)),
        ]
    }
}
