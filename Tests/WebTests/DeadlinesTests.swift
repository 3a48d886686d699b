// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Testing

@testable import Web

@Suite struct DeadlinesTests {
    @Test func sleepersWakeAfterTheirMomentEachForItself() async throws {
        let deadlines = Deadlines()
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Duration.self) { group in
            for milliseconds in [50, 250, 450] {
                group.addTask {
                    try await deadlines.sleep(until: began + .milliseconds(milliseconds))
                    return ContinuousClock.now - began - .milliseconds(milliseconds)
                }
            }
            for try await late in group { #expect(late >= .zero) }
        }
        // The clock has stopped by now or stops soon, and begins again.
        try await Task.sleep(for: .milliseconds(250))
        try await deadlines.sleep(until: .now + .milliseconds(50))
    }

    @Test func aCancelledSleeperHearsItAtOnce() async throws {
        let deadlines = Deadlines()
        let began = ContinuousClock.now
        let sleeper = Task { try await deadlines.sleep(until: began + .seconds(60)) }
        try await Task.sleep(for: .milliseconds(20))
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let late = Task {
            try? await Task.sleep(for: .seconds(60))  // cancelled here, so that the next one begins cancelled
            try await deadlines.sleep(until: began + .seconds(60))
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(ContinuousClock.now - began < .seconds(20))
    }
}

@Suite struct LogLinesTests {
    private final class Sink: Sendable {
        let calls = Mutex<[String]>([])
        var text: String { calls.withLock { $0.joined() } }
    }

    @Test func linesKeepTheirOrderAndAreWrittenTogether() async throws {
        let sink = Sink()
        let lines = LogLines { bytes in sink.calls.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
        let all = (0..<500).map { "line \($0)\n" }
        for line in all { lines.add(line, isUrgent: false) }
        for _ in 0..<200 where sink.text.utf8.count < all.joined().utf8.count {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(sink.text == all.joined())
        #expect(sink.calls.withLock { $0.count } < 100)
        lines.add("later\n", isUrgent: false)
        lines.add("now\n", isUrgent: true)
        #expect(sink.text.hasSuffix("later\nnow\n"))
        lines.add("last\n", isUrgent: false)
        lines.flush()
        #expect(sink.text.hasSuffix("now\nlast\n"))
    }
}
