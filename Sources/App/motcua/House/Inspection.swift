// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Foundation
import Journal
import Kernel
import Reporting
import Storage

/// The common check after a fault, for `doctor` and at the end of a restore: pages, tree, rows, files, figures.
enum Inspection {
    /// What was found, and how many events there are.
    struct Findings {
        var faults: [String]
        var events: Int64
    }

    /// Checks everything; `signed` are heads of the journal that were signed and lie outside the database.
    static func run(
        store: any Store,
        files: FileStore,
        log: TransparencyLog,
        signed: [TreeHead] = []
    ) async throws -> Findings {
        var faults: [String] = []
        if let fault = try await store.integrityFault() { faults.append("Cơ sở dữ liệu hỏng: \(fault)") }
        let report = try await log.verify(store, against: signed)
        if let fault = report.fault { faults.append("Nhật ký bị sửa ở lá số \(fault.index): \(fault.reason)") }
        faults += try await DossierCheck.faults(store: store, log: log, files: files)
        let reporting = ReportingService(store: store, log: log, clock: .system)
        let different = try await reporting.recount(isRepairing: false)
        if !different.isEmpty {
            faults.append("\(different.count) ô số liệu khác với sự kiện; chạy motcua recount --repair")
        }
        return Findings(faults: faults, events: report.head.size)
    }

    /// The head that was signed last and lies beside the data; none before the first checkpoint.
    static func signedHeads(in data: String) throws -> [TreeHead] {
        // Absent before the first checkpoint: then the tree alone is checked.
        guard let text = try? String(contentsOfFile: data + "/checkpoint", encoding: .utf8) else { return [] }
        return [try Checkpoint(parsing: SignedNote(parsing: text).text).head]
    }
}
