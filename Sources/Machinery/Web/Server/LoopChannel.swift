// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore

/// A connection whose tasks run on the thread of its event loop: a short request is read, answered and written without
/// a change of thread, which costs more than many a page. What takes long leaves it (`Work.long`).
struct LoopChannel: ServerChildChannel {
    let http: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await http.handle(value: value, logger: logger)
        }
    }
}

/// Runs tasks on the thread of an event loop.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // The job is run once, and this executor lives as long as the connection whose task it is.
        loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// How long the work of a request keeps a thread busy.
public enum Work: Sendable {
    /// A few milliseconds at most, as a page: it stays on the thread of its connection.
    case short
    /// Drawing a paper, checking a file, a command with many steps: it runs on the threads that all share, so that
    /// other connections of the same event loop do not wait.
    case long

    /// Runs the body where it belongs.
    public func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        switch self {
        case .short: try await body()
        case .long: try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
        }
    }
}
