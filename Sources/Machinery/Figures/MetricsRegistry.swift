// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The figures of a process in the text format of Prometheus (version 0.0.4).
///
/// Families are made once, when the program is put together; labels hold kinds of things only: a route's pattern,
/// a status class, a kind of job. Never an address, a code or a name.
public final class MetricsRegistry: Sendable {
    /// The type that the answer to a scrape carries.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[any MetricFamily]>([])

    /// A registry without families.
    public init() {}

    /// What only grows. By custom the name ends in `_total`.
    public func counter(_ name: String, help: String, labels: [String] = []) -> CounterFamily {
        add(CounterFamily(FamilyHead(name: name, help: help, kind: "counter", labels: labels)))
    }

    /// What goes up and down, set by whoever knows it; series that were not set since the last scrape stay.
    public func gauge(_ name: String, help: String, labels: [String] = []) -> GaugeFamily {
        add(GaugeFamily(FamilyHead(name: name, help: help, kind: "gauge", labels: labels)))
    }

    /// How values are spread over buckets, given by their upper bounds in rising order.
    public func histogram(_ name: String, help: String, labels: [String] = [], bounds: [Double]) -> HistogramFamily {
        add(HistogramFamily(FamilyHead(name: name, help: help, kind: "histogram", labels: labels), bounds: bounds))
    }

    /// All families as text.
    public var text: String {
        var lines: [String] = []
        for family in families.withLock({ $0 }) {
            let head = family.head
            lines.append("# HELP \(head.name) \(PrometheusText.help(head.help))")
            lines.append("# TYPE \(head.name) \(head.kind)")
            lines += family.samples
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func add<Family: MetricFamily>(_ family: Family) -> Family {
        families.withLock { families in
            precondition(!families.contains { $0.head.name == family.head.name }, "two families have one name")
            families.append(family)
        }
        return family
    }
}

/// A name with its series.
protocol MetricFamily: Sendable {
    var head: FamilyHead { get }
    /// The lines of its series, in a stable order.
    var samples: [String] { get }
}

/// What a family is called.
struct FamilyHead: Sendable {
    let name: String
    let help: String
    let kind: String
    let labels: [String]

    init(name: String, help: String, kind: String, labels: [String]) {
        precondition(PrometheusText.isName(name) && labels.allSatisfy(PrometheusText.isName), "no name of Prometheus")
        (self.name, self.help, self.kind, self.labels) = (name, help, kind, labels)
    }
}

/// Series by the values of their labels, never more than a few hundred: what comes beyond is counted together.
struct Series<Value: Sendable>: Sendable {
    /// 60 routes in 5 classes of status are 300.
    static var limit: Int { 1_000 }
    static var overflow: String { "other" }

    private(set) var values: [[String]: Value] = [:]

    mutating func update(_ labels: [String], width: Int, empty: Value, _ change: (inout Value) -> Void) {
        precondition(labels.count == width, "a value for each label")
        let isKnown = values[labels] != nil || values.count < Self.limit
        let key = isKnown ? labels : labels.map { _ in Self.overflow }
        change(&values[key, default: empty])
    }

    mutating func removeAll() { values = [:] }

    var sorted: [(labels: [String], value: Value)] {
        values.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }
}

/// What only grows.
public final class CounterFamily: MetricFamily {
    let head: FamilyHead
    private let series = Mutex(Series<Double>())

    init(_ head: FamilyHead) {
        self.head = head
        // Without labels there is one series, and it begins at 0.
        if head.labels.isEmpty { add(0) }
    }

    /// Counts, under the values of the labels in their order.
    public func add(_ amount: Double = 1, _ labels: String...) {
        precondition(amount >= 0, "a counter never goes back")
        series.withLock { $0.update(labels, width: head.labels.count, empty: 0) { $0 += amount } }
    }

    var samples: [String] {
        series.withLock(\.sorted).map { PrometheusText.sample(head.name, head.labels, $0.labels, $0.value) }
    }
}

/// What goes up and down.
public final class GaugeFamily: MetricFamily {
    let head: FamilyHead
    private let series = Mutex(Series<Double>())

    init(_ head: FamilyHead) { self.head = head }

    /// Says the present value, under the values of the labels in their order.
    public func set(_ value: Double, _ labels: String...) {
        series.withLock { $0.update(labels, width: head.labels.count, empty: 0) { $0 = value } }
    }

    /// Forgets all series, before those that there are now are set.
    public func clear() { series.withLock { $0.removeAll() } }

    var samples: [String] {
        series.withLock(\.sorted).map { PrometheusText.sample(head.name, head.labels, $0.labels, $0.value) }
    }
}

/// How values are spread.
public final class HistogramFamily: MetricFamily {
    struct Spread: Sendable {
        /// Per bucket, the last one without bound; not yet summed up.
        var counts: [Int64]
        var sum = 0.0
    }

    let head: FamilyHead
    private let bounds: [Double]
    private let series = Mutex(Series<Spread>())

    init(_ head: FamilyHead, bounds: [Double]) {
        precondition(!bounds.isEmpty && zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds rise")
        precondition(!head.labels.contains("le"), "le is the label of the buckets")
        (self.head, self.bounds) = (head, bounds)
    }

    /// Takes a value, under the values of the labels in their order.
    public func observe(_ value: Double, _ labels: String...) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        let empty = Spread(counts: Array(repeating: 0, count: bounds.count + 1))
        series.withLock { series in
            series.update(labels, width: head.labels.count, empty: empty) { spread in
                spread.counts[bucket] += 1
                spread.sum += value
            }
        }
    }

    var samples: [String] {
        series.withLock(\.sorted).flatMap { labels, spread in
            var lines: [String] = []
            var sum: Int64 = 0
            for (index, count) in spread.counts.enumerated() {
                sum += count
                let bound = index < bounds.count ? PrometheusText.number(bounds[index]) : "+Inf"
                let name = "\(head.name)_bucket"
                lines.append(PrometheusText.sample(name, head.labels + ["le"], labels + [bound], Double(sum)))
            }
            lines.append(PrometheusText.sample("\(head.name)_sum", head.labels, labels, spread.sum))
            lines.append(PrometheusText.sample("\(head.name)_count", head.labels, labels, Double(sum)))
            return lines
        }
    }
}

/// The text format: names, escapes, numbers.
enum PrometheusText {
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }

    static func help(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    static func sample(_ name: String, _ labels: [String], _ values: [String], _ value: Double) -> String {
        guard !labels.isEmpty else { return "\(name) \(number(value))" }
        let pairs = zip(labels, values).map { "\($0)=\"\(quoted($1))\"" }.joined(separator: ",")
        return "\(name){\(pairs)} \(number(value))"
    }

    private static func quoted(_ text: String) -> String { help(text).replacing("\"", with: "\\\"") }

    /// Whole numbers without a point; Swift writes others as Go reads them.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // 2⁵³: up to here every whole number is exact.
        if value == value.rounded(), value.magnitude < 9_007_199_254_740_992 { return String(Int64(value)) }
        return "\(value)"
    }
}
