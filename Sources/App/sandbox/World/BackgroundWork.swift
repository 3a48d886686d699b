// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Work that no answer waits for; ended together with the server.
final class BackgroundWork: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var next = 0
    }

    /// Tasks at work at once; what comes beyond is not begun.
    static let limit = 1_000

    private let state = Mutex(State())

    func run(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            guard state.tasks.count < Self.limit else { return }
            let number = state.next
            state.next += 1
            state.tasks[number] = Task {
                await work()
                self.state.withLock { $0.tasks[number] = nil }
            }
        }
    }

    func cancelAll() { state.withLock { state in state.tasks.values.forEach { $0.cancel() } } }
}
