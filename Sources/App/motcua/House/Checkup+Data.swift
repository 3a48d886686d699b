// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Journal
import Kernel
import Organisation
import SignIn
import Storage
import Uploads

extension Checkup {
    /// A database that stands, and how much of the schema it lacks; it is never made nor migrated here.
    ///
    /// - Returns: nil when it cannot be used as it is.
    mutating func database(_ url: String) async -> (any Store)? {
        let name = Self.withoutPassword(url)
        if url.hasPrefix("sqlite:"), url != "sqlite::memory:" {
            let path = String(url.dropFirst("sqlite:".count))
            guard FileManager.default.fileExists(atPath: path) else {
                note(.installation, "Chưa có cơ sở dữ liệu \(path). Chạy: motcua migrate")
                return nil
            }
        }
        do {
            let store = try await StoreOpening.open(url: url)
            let applied = try await store.read { try TableCopy($0).migrations() }
            let known = Migration.marks(of: House.migrations)
            let (missing, strange) = (known.subtracting(applied), applied.subtracting(known))
            guard strange.isEmpty else {
                note(
                    .installation,
                    "Cơ sở dữ liệu \(name) có \(strange.count) bước mà chương trình này không biết: dùng bản motcua mới hơn"
                )
                await store.close()
                return nil
            }
            guard missing.isEmpty else {
                note(
                    .installation,
                    "Cơ sở dữ liệu \(name) còn thiếu \(missing.count) trên \(known.count) bước. Chạy: motcua migrate"
                )
                await store.close()
                return nil
            }
            return store
        } catch {
            note(.installation, "Không mở được cơ sở dữ liệu \(name): \(error)")
            return nil
        }
    }

    /// The common check after a fault: pages, tree, rows, files, figures.
    ///
    /// - Returns: how many events there are.
    mutating func data(_ store: any Store, folder: String, log: TransparencyLog) async throws -> Int64 {
        // Before the first upload there is no folder of files, and none is made for looking.
        let own = folder + "/files"
        let isThere = FileManager.default.fileExists(atPath: own)
        let empty = FileManager.default.temporaryDirectory.appendingPathComponent("motcua-\(getpid())").path
        defer { if !isThere { try? FileManager.default.removeItem(atPath: empty) } }  // a rest of nothing is harmless
        let files = try FileStore(directory: isThere ? own : empty, random: .system)
        let findings = try await Inspection.run(store: store, files: files, log: log)
        for fault in findings.faults { note(.data, fault) }
        for program in UploadCheck.missingPrograms {
            note(.installation, "Thiếu chương trình \(program) để mở tệp tải lên; chạy scripts/install-dependencies")
        }
        return findings.events
    }

    /// What a new installation still lacks before the first citizen comes.
    mutating func readiness(_ store: any Store, log: TransparencyLog, unverified: UnverifiedPacks) async throws {
        let organisation = OrganisationService(store: store, log: log, clock: .system, random: .system)
        let snapshot = try await organisation.snapshot()
        let sample = try await organisation.sampleData()
        if sample != nil {
            note(.warning, "Cơ sở dữ liệu chứa dữ liệu mẫu: chỉ để dùng thử, không nhập dữ liệu thật")
        } else if unverified == .offer {
            let variable = Setting.unverifiedPacks.variable
            note(
                .installation,
                "\(variable)=offer: cổng đang cung cấp thủ tục chưa đối chiếu với văn bản gốc; bỏ biến này đi"
            )
        }
        let administrators = snapshot.everyOfficer.filter { $0.isActive && $0.roles.contains(.administrator) }
        if snapshot.agencies.isEmpty {
            note(.warning, "Chưa có cơ quan nào. Chạy: motcua admin create --new-agency MÃ --agency-name TÊN …")
        } else if administrators.count < 2 {
            note(
                .warning,
                "Chỉ có \(administrators.count) quản trị: đặt lại đăng nhập cần hai người. Tạo thêm một quản trị"
            )
        }
        let catalogue = CatalogueService(store: store, log: log, clock: .system, unverified: unverified)
        try await catalogue.refresh()
        if catalogue.procedures(on: now.date).isEmpty {
            note(
                .warning,
                "Chưa cung cấp thủ tục nào: gói được nạp khi serve chạy, rồi chờ đối chiếu ở /quan-tri/thu-tuc"
            )
        }
    }

    /// An address without what stands before the machine's name.
    private static func withoutPassword(_ url: String) -> String {
        guard let start = url.range(of: "://"), let at = url.lastIndex(of: "@"), at > start.upperBound else {
            return url
        }
        return "\(url[..<start.upperBound])\(url[url.index(after: at)...])"
    }
}
