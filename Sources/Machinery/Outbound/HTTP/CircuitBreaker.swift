// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Leaves a peer alone after several failures in a row, then tries it with a single call. A pure state.
public struct CircuitBreaker: Hashable, Sendable {
    /// When it opens, and for how long.
    public struct Settings: Hashable, Sendable {
        /// Failures in a row.
        public var failures: Int
        /// How long the peer rests.
        public var restSeconds: Int64

        /// Opens after this many failures in a row.
        public init(failures: Int = 5, restSeconds: Int64 = 30) {
            self.failures = failures
            self.restSeconds = restSeconds
        }
    }

    /// Where it stands.
    public enum Position: Hashable, Sendable {
        /// Calls go through; so many have failed in a row.
        case closed(failures: Int)
        /// No call goes through before this moment.
        case open(until: Instant)
        /// One call is out to see whether the peer is back; it counts as lost at this moment.
        case probing(until: Instant)
    }

    public let settings: Settings
    public private(set) var position = Position.closed(failures: 0)

    /// A closed breaker.
    public init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Whether a call may go out now; nil when it may, else the moment to try again.
    public mutating func restsUntil(at now: Instant) -> Instant? {
        switch position {
        case .closed: return nil
        case .open(let until), .probing(let until):
            guard now >= until else { return until }
            position = .probing(until: now.adding(seconds: settings.restSeconds))
            return nil
        }
    }

    /// The peer answered, whatever it said.
    public mutating func succeeded() {
        position = .closed(failures: 0)
    }

    /// The peer did not answer, or said that it cannot.
    public mutating func failed(at now: Instant) {
        switch position {
        case .closed(let failures) where failures + 1 < settings.failures:
            position = .closed(failures: failures + 1)
        case .closed, .probing: position = .open(until: now.adding(seconds: settings.restSeconds))
        case .open: break
        }
    }
}
