// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Clock {
    /// The clock of the operating system; the one place that asks it.
    public static let system = Clock {
        Instant(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down)))
    }
}
