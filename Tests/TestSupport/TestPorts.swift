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

/// The same numbers for the same seed on every machine (SplitMix64): for tests alone.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that begins with this seed; a failing test names it.
    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
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
