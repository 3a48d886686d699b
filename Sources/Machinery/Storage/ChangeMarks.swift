// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How often this process wrote what somebody remembers outside the store. Who remembers notes the count before reading
/// and looks at it again before trusting the memory: what this process changed is then never trusted.
public final class ChangeMarks: Sendable {
    private let total = Atomic<Int>(0)

    /// The count at this moment.
    public var count: Int { total.load(ordering: .acquiring) }

    func advance() { total.add(1, ordering: .releasing) }
}

/// Whether a transaction has changed what is remembered. One thread uses it.
final class ChangeNote {
    var isMarked = false
}
