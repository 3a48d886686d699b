// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Kernel
import Organisation
import Storage

/// Who may see and answer requests about personal data. Each rule has its SQL twin.
public enum DataRequestPolicies {
    /// The person whose data they are.
    public static let own = Policy<DataRequest>(
        allows: { actor, request in actor.account == request.account },
        filter: { actor in actor.account.map { "data_request.account = \($0)" } ?? "1 = 0" }
    )

    /// Data-protection officers of the agency that answers, or of one above it. Codes say what lies below:
    /// `H01.30337` lies below `H01`.
    public static let answering = Policy<DataRequest>(
        allows: { actor, request in
            guard let agency = officersAgency(actor) else { return false }
            return request.agency.text == agency || request.agency.text.hasPrefix(agency + ".")
        },
        filter: { actor in
            guard let agency = officersAgency(actor) else { return "1 = 0" }
            return "(data_request.agency = \(agency) OR data_request.agency LIKE \(agency + ".%"))"
        }
    )

    /// Data-protection officers of the province, whose decision an erasure by retention is.
    public static func mayErase(_ actor: Actor, province: AgencyCode) -> Bool {
        actor.kind == .officer && actor.roles.contains(.dataProtectionOfficer) && actor.agency == province
    }

    private static func officersAgency(_ actor: Actor) -> String? {
        guard actor.kind == .officer, actor.roles.contains(.dataProtectionOfficer) else { return nil }
        return actor.agency?.text
    }
}
