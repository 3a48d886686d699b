// SPDX-License-Identifier: Apache-2.0

import Figures
import Testing

@Suite struct FigureTests {
    @Test func aCounterIsWrittenWithItsLabels() {
        let registry = MetricsRegistry()
        let requests = registry.counter("requests_total", help: "Số yêu cầu", labels: ["route", "class"])
        requests.add(1, "/ho-so/{ma}", "2xx")
        requests.add(2, "/ho-so/{ma}", "2xx")
        requests.add(1, "/", "5xx")
        #expect(
            registry.text == """
                # HELP requests_total Số yêu cầu
                # TYPE requests_total counter
                requests_total{route="/",class="5xx"} 1
                requests_total{route="/ho-so/{ma}",class="2xx"} 3

                """
        )
    }

    @Test func aHistogramAddsItsBucketsUp() {
        let registry = MetricsRegistry()
        let seconds = registry.histogram("seconds", help: "s", bounds: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 3] { seconds.observe(value) }
        #expect(
            registry.text == """
                # HELP seconds s
                # TYPE seconds histogram
                seconds_bucket{le="0.1"} 2
                seconds_bucket{le="1"} 3
                seconds_bucket{le="+Inf"} 4
                seconds_sum 3.65
                seconds_count 4

                """
        )
    }

    @Test func whatCouldEndALineIsEscaped() {
        let registry = MetricsRegistry()
        let gauge = registry.gauge("depth", help: "one\\two\nthree", labels: ["kind"])
        gauge.set(1.5, "a\"b\\c\nd")
        #expect(
            registry.text == """
                # HELP depth one\\\\two\\nthree
                # TYPE depth gauge
                depth{kind="a\\"b\\\\c\\nd"} 1.5

                """
        )
        gauge.clear()
        #expect(!registry.text.contains("depth{"))
    }

    @Test func seriesDoNotGrowWithoutEnd() {
        let registry = MetricsRegistry()
        let counter = registry.counter("many_total", help: "m", labels: ["kind"])
        for number in 0..<1_005 { counter.add(1, "k\(number)") }
        #expect(registry.text.contains("many_total{kind=\"other\"} 5\n"))
        #expect(registry.text.split(separator: "\n").count == 2 + 1_001)
    }

    @Test func aNameIsUsedOnce() async {
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            _ = registry.gauge("one", help: "")
            _ = registry.gauge("one", help: "")
        }
        await #expect(processExitsWith: .failure) { _ = MetricsRegistry().gauge("no-name", help: "") }
    }

    @Test func aCounterWithoutLabelsBeginsAtZero() {
        let registry = MetricsRegistry()
        _ = registry.counter("faults_total", help: "f")
        #expect(registry.text.hasSuffix("faults_total 0\n"))
    }
}
