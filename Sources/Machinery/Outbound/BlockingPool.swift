// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// A few threads that may wait. libcurl blocks while a peer is silent; the tasks of Swift must not, so every transfer
/// runs here. Each thread keeps one libcurl handle and with it the connections that it has open.
final class BlockingPool: Sendable {
    /// What waits for a thread. `stop` is set when the caller no longer wants the answer.
    private struct Job: Sendable {
        var work: @Sendable (CurlHandle) -> Void
    }

    /// Shared by the threads; the pool itself is not, so that it can end and close them.
    private final class Line: Sendable {
        let jobs = Mutex<(waiting: [Job], isClosed: Bool)>(([], false))
        let bell = DispatchSemaphore(value: 0)

        func next() -> Job? {
            bell.wait()
            return jobs.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        }
    }

    private let line = Line()
    private let waitingLimit: Int

    init(name: String, threads: Int, waitingLimit: Int) {
        precondition(threads > 0 && waitingLimit > 0, "a pool needs threads and room")
        self.waitingLimit = waitingLimit
        for number in 1...threads {
            let thread = Thread { [line] in
                let handle = CurlHandle()
                while let job = line.next() { job.work(handle) }
            }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
        threadCount = threads
    }

    private let threadCount: Int

    deinit {
        line.jobs.withLock { $0.isClosed = true }
        // A bell without a job ends one thread; jobs that wait are done first, since they ring before.
        for _ in 0..<threadCount { line.bell.signal() }
    }

    /// Runs `work` on a thread of the pool. Throws `.tooBusy` at once when too much is waiting.
    func run<Answer: Sendable>(
        _ work: @escaping @Sendable (CurlHandle, StopFlag) -> Result<Answer, OutboundError>
    ) async throws(OutboundError) -> Answer {
        let stop = StopFlag()
        let result: Result<Answer, OutboundError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = Job { handle in
                    continuation.resume(returning: stop.isSet ? .failure(.cancelled) : work(handle, stop))
                }
                let hasRoom = line.jobs.withLock { state in
                    guard state.waiting.count < waitingLimit, !state.isClosed else { return false }
                    state.waiting.append(job)
                    return true
                }
                if hasRoom {
                    line.bell.signal()
                } else {
                    continuation.resume(returning: .failure(.tooBusy))
                }
            }
        } onCancel: {
            stop.set()
        }
        return try result.get()
    }
}

/// Told by the caller, read by the transfer.
final class StopFlag: Sendable {
    private let flag = Atomic(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}
