// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Glibc
import Synchronization

/// A bounded queue between tasks, which post and go on, and threads, which take and may block.
public final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [Element] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let limit: Int

    /// A queue that holds at most `limit` elements.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Adds an element at the end; false when the queue is full or closed.
    public func post(_ element: Element) -> Bool {
        let isAccepted = state.withLock { state in
            guard !state.isClosed, state.waiting.count < limit else { return false }
            state.waiting.append(element)
            return true
        }
        if isAccepted { arrivals.signal() }
        return isAccepted
    }

    /// Waits for an element and takes it, with what else is there up to `count`; empty once closed and drained.
    public func take(upTo count: Int) -> [Element] {
        while true {
            arrivals.wait()
            let (taken, isClosed) = state.withLock { state in
                let taken = Array(state.waiting.prefix(count))
                state.waiting.removeFirst(taken.count)
                return (taken, state.isClosed)
            }
            guard taken.isEmpty else {
                for _ in 1..<taken.count { arrivals.wait() }  // each element was announced once
                return taken
            }
            arrivals.signal()  // it belongs to who took two elements at once, or tells the next thread of the end
            if isClosed { return [] }
        }
    }

    /// Refuses new elements; what waits is still taken.
    public func close() {
        let wasOpen = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if wasOpen { arrivals.signal() }
    }
}

/// Threads for work that blocks or computes for long, so that Swift's cooperative threads stay free.
public final class WorkerThreads: Sendable {
    /// The queue is full, or the threads are stopped: the caller should try again later.
    public struct Busy: Error, Equatable {}

    private let jobs: Mailbox<@Sendable () -> Void>
    /// A tenth of the share of a thread of ordinary priority.
    private static let niceness: Int32 = 10

    /// Starts `count` threads with a queue of at most `queueLimit` waiting jobs. Those that give way leave the
    /// processor to requests: what they compute is long and may take a little longer.
    public init(name: String, count: Int, queueLimit: Int, givesWay: Bool = false) {
        let jobs = Mailbox<@Sendable () -> Void>(limit: queueLimit)
        for number in 1...count {
            let thread = Thread {
                // On Linux this is the priority of the calling thread alone; without it the threads only are as others.
                if givesWay { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, WorkerThreads.niceness) }
                while let job = jobs.take(upTo: 1).first { job() }
            }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
        self.jobs = jobs
    }

    deinit { jobs.close() }

    /// Runs the body on one of the threads and waits for its value.
    public func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async throws(Busy) -> Value {
        let value: Value? = await withCheckedContinuation { continuation in
            if !jobs.post({ continuation.resume(returning: body()) }) { continuation.resume(returning: nil) }
        }
        guard let value else { throw Busy() }
        return value
    }
}
