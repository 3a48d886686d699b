// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Synchronization

/// A clock that stands still until it is told to move.
public final class TestClock: Sendable {
    private let moment: Mutex<Instant>

    /// A clock at this moment, by default Monday 2026-03-02, 08:00 in Vietnam.
    public init(at moment: Instant = .test) {
        self.moment = Mutex(moment)
    }

    /// The port to inject.
    public var clock: Clock { Clock { self.now } }

    /// What it shows.
    public var now: Instant { moment.withLock { $0 } }

    /// Moves it by seconds, which may be negative: a clock that someone set back.
    public func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }

    /// The same by microseconds.
    public func advance(microseconds: Int64) {
        moment.withLock { $0 = Instant(microseconds: $0.microseconds + microseconds) }
    }
}

extension Instant {
    /// 2026-03-02T08:00:00+07:00, a Monday.
    public static let test = Instant(microseconds: 1_772_413_200_000_000)
}

extension Clock {
    /// A clock that always shows this moment.
    public static func fixed(at moment: Instant = .test) -> Clock {
        Clock { moment }
    }
}

extension RandomSource {
    /// The same bytes for the same seed (SplitMix64): for tests alone.
    public static func seeded(_ seed: UInt64) -> RandomSource {
        let state = SeededState(seed)
        return RandomSource { count in (0..<count).map { _ in UInt8(truncatingIfNeeded: state.next() >> 32) } }
    }
}

private final class SeededState: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(_ seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func next() -> UInt64 {
        generator.withLock { $0.next() }
    }
}
