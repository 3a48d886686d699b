// SPDX-License-Identifier: Apache-2.0

import Kernel
import Logging
import Synchronization

/// Which faults are on, and which were injected; the seed makes delays and shares repeatable.
final class FaultBoard: Sendable {
    /// One injected fault, so that a test can match cause and effect.
    struct Injection: Sendable, Codable {
        var number: Int
        var at: Instant
        var fault: String
        var detail: String
    }

    /// What the control page shows.
    struct Snapshot: Sendable, Codable {
        var seed: UInt64
        /// Longest random delay of any answer, milliseconds; 0 delays nothing.
        var delayMilliseconds: Int
        /// Share of answers that are 503, percent.
        var unavailablePercent: Int
        var faults: [String: Bool]
        var injected: [Injection]
    }

    /// What may be changed; nil leaves a value as it is.
    struct Change: Sendable, Codable {
        var fault: Fault?
        var on: Bool?
        var delayMilliseconds: Int?
        var unavailablePercent: Int?
        var seed: UInt64?
        /// Everything well-behaved again, the record emptied.
        var reset: Bool?
    }

    private struct State {
        var seed: UInt64
        var generator: SeededGenerator
        var on: Set<Fault> = []
        var delayMilliseconds = 0
        var unavailablePercent = 0
        var injected: [Injection] = []
        var count = 0
    }

    /// Injections that are remembered; older ones are forgotten first.
    static let rememberedInjections = 500

    private let state: Mutex<State>
    private let clock: Clock
    private let logger: Logger

    init(seed: UInt64, clock: Clock, logger: Logger) {
        state = Mutex(State(seed: seed, generator: SeededGenerator(seed: seed)))
        (self.clock, self.logger) = (clock, logger)
    }

    /// Whether the fault is on; when it is, that it was injected is recorded and logged with the seed.
    func injects(_ fault: Fault, _ detail: String = "") -> Bool {
        let isOn = state.withLock { $0.on.contains(fault) }
        if isOn { record(fault.rawValue, detail) }
        return isOn
    }

    /// The random part of an answer: how long it waits, and whether it is a 503.
    func roll(_ path: String) -> (delayMilliseconds: Int, isUnavailable: Bool) {
        let rolled = state.withLock { state -> (Int, Bool) in
            let delay =
                state.delayMilliseconds > 0 ? Int.random(in: 0...state.delayMilliseconds, using: &state.generator) : 0
            let isUnavailable =
                state.unavailablePercent > 0
                && Int.random(in: 0..<100, using: &state.generator) < state.unavailablePercent
            return (delay, isUnavailable)
        }
        if rolled.0 > 0 { record("delay", "\(path) \(rolled.0) ms") }
        if rolled.1 { record("unavailable", path) }
        return rolled
    }

    /// Milliseconds by which a late callback waits: 5 s, or the delay that was set.
    var lateMilliseconds: Int {
        state.withLock { $0.delayMilliseconds > 0 ? $0.delayMilliseconds : 5_000 }
    }

    func change(_ change: Change) {
        state.withLock { state in
            if change.reset == true {
                let seed = state.seed
                state = State(seed: seed, generator: SeededGenerator(seed: seed))
            }
            if let seed = change.seed {
                state.seed = seed
                state.generator = SeededGenerator(seed: seed)
            }
            if let fault = change.fault {
                if change.on ?? true { state.on.insert(fault) } else { state.on.remove(fault) }
            }
            if let delay = change.delayMilliseconds { state.delayMilliseconds = min(max(0, delay), 15_000) }
            if let share = change.unavailablePercent { state.unavailablePercent = min(max(0, share), 100) }
        }
    }

    var snapshot: Snapshot {
        state.withLock { state in
            Snapshot(
                seed: state.seed,
                delayMilliseconds: state.delayMilliseconds,
                unavailablePercent: state.unavailablePercent,
                faults: Dictionary(uniqueKeysWithValues: Fault.allCases.map { ($0.rawValue, state.on.contains($0)) }),
                injected: state.injected
            )
        }
    }

    private func record(_ fault: String, _ detail: String) {
        let now = clock.now()
        let (seed, number) = state.withLock { state -> (UInt64, Int) in
            state.count += 1
            state.injected.append(Injection(number: state.count, at: now, fault: fault, detail: detail))
            if state.injected.count > Self.rememberedInjections { state.injected.removeFirst() }
            return (state.seed, state.count)
        }
        logger.notice(
            "fault injected",
            metadata: ["fault": "\(fault)", "detail": "\(detail)", "seed": "\(seed)", "number": "\(number)"]
        )
    }
}
