// SPDX-License-Identifier: Apache-2.0

public import Kernel

extension OrganisationSnapshot {
    /// How the authority of the whole installation is called in short: `Tỉnh An Giang` of `Ủy ban nhân dân tỉnh An
    /// Giang`; nil before any agency stands.
    public func authorityName(on day: LocalDate) -> String? {
        guard let name = highestAgency(on: day)?.name else { return nil }
        for office in ["Ủy ban nhân dân ", "UBND "] where name.hasPrefix(office) {
            let rest = name.dropFirst(office.count)
            guard let first = rest.first else { continue }
            return first.uppercased() + rest.dropFirst()
        }
        return name
    }

    /// The agency with nobody above it; of several the people's committee, then that of the province, then the first
    /// code.
    public func highestAgency(on day: LocalDate) -> Agency? {
        let tops = agencies.filter { $0.parent == nil && $0.isValid(on: day) }
        return tops.min { first, second in
            let (one, other) = (Self.rank(first), Self.rank(second))
            return one == other ? first.code.text < second.code.text : one < other
        }
    }

    private static func rank(_ agency: Agency) -> Int {
        (agency.kind == .peoplesCommittee ? 0 : 2) + (agency.level == .province ? 0 : 1)
    }
}
