// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Wakes those whose time is over. One clock for all: a timer for each request, set and taken back within a
/// millisecond, would cost more than the request.
final class Deadlines: Sendable {
    private struct State {
        var sleepers: [Int: (moment: ContinuousClock.Instant, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var number = 0
        var isTicking = false
    }

    /// How late somebody may be woken: limits are seconds.
    private static let tick = Duration.milliseconds(100)
    private let state = Mutex(State())

    /// Returns at this moment or a tick later.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until moment: ContinuousClock.Instant) async throws {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isLate, mustTick) = state.withLock { state in
                    // Asked under the lock: who is cancelled later finds the sleeper.
                    guard !Task.isCancelled else { return (true, false) }
                    state.sleepers[number] = (moment, continuation)
                    defer { state.isTicking = true }
                    return (false, !state.isTicking)
                }
                if isLate { continuation.resume(throwing: CancellationError()) }
                if mustTick { Task.detached { await self.runClock() } }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Ticks as long as somebody sleeps.
    private func runClock() async {
        while true {
            try? await Task.sleep(for: Self.tick)  // nobody cancels the clock
            let now = ContinuousClock.now
            let (woken, isOver) = state.withLock { state in
                let over = state.sleepers.filter { $0.value.moment <= now }
                for number in over.keys { state.sleepers[number] = nil }
                state.isTicking = !state.sleepers.isEmpty
                return (over.values.map(\.continuation), state.sleepers.isEmpty)
            }
            for continuation in woken { continuation.resume() }
            if isOver { return }
        }
    }
}
