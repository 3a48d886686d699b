// SPDX-License-Identifier: Apache-2.0

import Kernel

extension SectionReader {
    func target() -> LevelTarget? {
        let quarter = value("quarter", "quý", remedy: "Viết dạng 2026-Q4 (năm-quý).") { Quarter($0) }
        let owner = text("owner")
        let obstacles = texts("obstacles")
        guard let quarter, let level = integer("level").flatMap({ ServiceLevel(rawValue: Int($0)) }) else {
            return nil
        }
        return LevelTarget(level: level, quarter: quarter, owner: owner, obstacles: obstacles)
    }

    func complianceCost() -> ComplianceCost? {
        let wage = subsection("wage")?.wage()
        let (subjects, times) = (integer("subjectsPerYear"), integer("timesPerYear"))
        let (source, isVerified) = (text("source"), bool("verified"))
        let (before, after) = (subsection("before")?.costCase(), subsection("after")?.costCase())
        guard let subjects, let times, let before, let after else { return nil }
        return ComplianceCost(
            wage: wage,
            subjectsPerYear: subjects,
            timesPerYear: times,
            before: before,
            after: after,
            source: source,
            isVerified: isVerified,
            place: place
        )
    }

    private func wage() -> HourlyWage? {
        if has("perHour") { return integer("perHour").map { .stated(VND($0)) } }
        guard let product = integer("gdp"), let population = integer("population") else { return nil }
        return .national(product: product, population: population)
    }

    private func costCase() -> CostCase? {
        let minutes = integer("minutes")
        guard has("activities") else {
            return integer("perDossier").map { .stated(perDossier: VND($0), minutes: minutes) }
        }
        if has("minutes") {
            out.error(
                .wrongShape,
                at: place(of: "minutes"),
                "Khóa “minutes” ở đây chỉ đi cùng perDossier.",
                remedy: "Bỏ khóa này: số phút là tổng của các hoạt động."
            )
        }
        return .activities(
            sections("activities") { reader in
                func sum(_ key: String) -> VND { VND(reader.integer(key) ?? 0) }
                return CostActivity(
                    name: reader.text("name"),
                    minutes: reader.integer("minutes") ?? 0,
                    consulting: sum("consulting"),
                    other: sum("other"),
                    fees: sum("fees")
                )
            }
        )
    }
}
