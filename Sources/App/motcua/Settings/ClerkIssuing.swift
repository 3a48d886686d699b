// SPDX-License-Identifier: Apache-2.0

import Kernel
import Organisation

/// Where a signed result waits for the agency's clerk before it is issued.
enum ClerkIssuing: Sendable, Equatable {
    case nowhere
    case everywhere
    case agencies(Set<AgencyCode>)

    /// `no`, `yes`, or codes of agencies separated by commas.
    ///
    /// - Throws: `SettingsError`.
    init(_ text: String) throws {
        switch text {
        case "no", "false", "0": self = .nowhere
        case "yes", "true", "1": self = .everywhere
        default:
            let codes = text.split(separator: ",").map { AgencyCode($0.filter { !$0.isWhitespace }) }
            guard !codes.contains(where: { $0 == nil }) else {
                throw SettingsError(
                    .clerkIssues,
                    description: "\(Setting.clerkIssues.variable) phải là yes, no hoặc các mã cơ quan như H01.30337, "
                        + "hiện là “\(text)”."
                )
            }
            self = .agencies(Set(codes.compactMap { $0 }))
        }
    }

    /// Whether the clerk of this agency issues: where there is none who works, nothing could ever be issued.
    func covers(_ agency: AgencyCode, in organisation: OrganisationSnapshot?) -> Bool {
        let isMeant =
            switch self {
            case .nowhere: false
            case .everywhere: true
            case .agencies(let codes): codes.contains(agency)
            }
        return isMeant && organisation?.officers(of: agency, having: .recordsClerk).isEmpty == false
    }
}
