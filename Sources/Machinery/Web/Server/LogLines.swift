// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Log lines on their way out: gathered for a moment and written together by a thread of their own, so that no request
/// waits for whoever reads them. What is a warning or worse is written at once.
public final class LogLines: Sendable {
    /// A line of a request stays here so long at most; `kill -9` loses what was not written.
    public static let pauseSeconds = 0.02
    /// Beyond it whoever logs writes, and waits.
    private static let limitBytes = 1024 * 1024

    private let waiting = Mutex<[UInt8]>([])
    /// Held while writing, so that lines keep their order.
    private let turn = Mutex<Void>(())
    private let arrivals = DispatchSemaphore(value: 0)
    private let write: @Sendable ([UInt8]) -> Void

    /// Lines that go out by `write`, which gets whole lines and never two calls at once.
    public init(write: @escaping @Sendable ([UInt8]) -> Void) {
        self.write = write
        let thread = Thread { [weak self, arrivals] in
            while true {
                arrivals.wait()
                Thread.sleep(forTimeInterval: Self.pauseSeconds)
                guard let self else { return }
                flush()
            }
        }
        thread.name = "log"
        thread.start()
    }

    deinit { arrivals.signal() }

    /// Takes a whole line with its end.
    public func add(_ line: String, isUrgent: Bool) {
        let (isFirst, isFull) = waiting.withLock { waiting in
            let isFirst = waiting.isEmpty
            waiting.append(contentsOf: line.utf8)
            return (isFirst, waiting.count > Self.limitBytes)
        }
        if isUrgent || isFull {
            flush()
        } else if isFirst {
            arrivals.signal()
        }
    }

    /// Writes what waits; before the program ends.
    public func flush() {
        turn.withLock { _ in
            let lines = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            if !lines.isEmpty { write(lines) }
        }
    }
}
