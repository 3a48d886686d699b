// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Payments
import Reporting
import Web

extension House {
    /// The levels, with counts from the figures.
    static func levels(
        _ catalogue: CatalogueService,
        _ reporting: ReportingService,
        _ clock: Clock
    ) -> LevelService {
        LevelService(
            catalogue: catalogue,
            source: { try await reporting.serviceUse(since: $0) },
            clock: clock
        )
    }

    /// What this configuration offers to every service, as the levels see it.
    ///
    /// Settings without a gateway or a time stamp authority are refused at start, so that what is here was given.
    static func platform(_ settings: Settings, _ publicURL: String) -> PlatformEvidence {
        let url = PublicURL(publicURL)
        let payment = settings.outside.payment
        return PlatformEvidence(
            https: url.map { $0.isHTTPS || $0.isLoopback } ?? false,
            onlinePayment: !payment.clientID.isEmpty && !payment.account.isEmpty,
            onlineSigning: !settings.outside.tsaURL.isEmpty && !settings.outside.trustRoots.isEmpty
        )
    }
}
