// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
import Storage

extension ReportingService {
    /// What people did with each service since a day, by procedure code: what `LevelService` asks for.
    ///
    /// - Throws: `StoreError`.
    public func serviceUse(since: LocalDate) async throws -> [String: ServiceUse] {
        let cells = try await store.survey { try CounterTable.byProcedure(since: since, in: $0) }
        return cells.reduce(into: [:]) { $0[$1.procedure, default: ServiceUse()].add($1.count, $1.measure, $1.channel) }
    }
}

extension ServiceUse {
    fileprivate mutating func add(_ count: Int64, _ measure: Measure, _ channel: Channel) {
        switch measure {
        case .submitted:
            submitted += count
            if channel == .online { submittedOnline += count }
        case .settled: settled += count
        case .settledOnline: settledOnline += count
        case .delivered: delivered += count
        case .deliveredOnline: deliveredOnline += count
        default: break
        }
    }
}
