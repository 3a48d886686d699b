// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Holds a thread of the store until a stream ends.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)

    init(_ stream: AsyncStream<Void>) {
        Task { [opened] in
            for await _ in stream {}
            opened.signal()
        }
    }

    func wait() { opened.wait() }
}
