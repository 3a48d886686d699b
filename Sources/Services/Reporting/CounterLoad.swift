// SPDX-License-Identifier: Apache-2.0

public import Dossiers
import Kernel
public import Storage

/// The counters of a sample, by the rules of real ones: the flows of a day are written when it is over, the open
/// dossiers and what is counted by months at the end.
public struct CounterLoad: SampleFigures {
    private var flows: [CounterKey: Int64] = [:]
    private var rest: [CounterKey: Int64] = [:]

    /// Nothing counted yet.
    public init() {}

    /// The table that the rows are for.
    public static let tables: [StaticString] = ["counter"]

    public mutating func add(_ change: DossierChange) {
        CounterRules.forEachDelta(of: change) { key, delta in
            if Measure.buckets.contains(key.measure) || Measure.monthly.contains(key.measure) {
                rest[key, default: 0] += delta
            } else {
                flows[key, default: 0] += delta
            }
        }
    }

    public mutating func takeDays() -> RowBuffer {
        defer { flows.removeAll(keepingCapacity: true) }
        return CounterTable.rows(flows)
    }

    public mutating func takeRest() -> RowBuffer {
        defer { rest = [:] }
        return CounterTable.rows(rest.filter { $0.value != 0 })
    }
}
