// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Events by the text of their facts, which says all that the event says: what is kept here is never old. Facts hold
/// nothing personal.
final class KnownEvents: Sendable {
    /// About 1 MB.
    static let limit = 1024
    private let events = Mutex<[String: DossierEvent]>([:])

    /// The event behind the facts. Throws `DecodingError`.
    func event(_ facts: String) throws -> DossierEvent {
        if let known = events.withLock({ $0[facts] }) { return known }
        let event = try JSONText.decode(DossierEvent.self, from: facts)
        events.withLock { events in
            if events.count >= Self.limit { events.removeAll(keepingCapacity: true) }
            events[facts] = event
        }
        return event
    }
}
