// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Digests
import Dossiers
import Foundation
import Journal
import Kernel
import Organisation
import Reporting
import Storage
import WorkingTime

/// `motcua sample --dossiers N --seed S`: an empty database filled with dossiers that never were, for measurements.
struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Tạo dữ liệu mẫu cỡ bất kỳ trong một cơ sở dữ liệu trống, để đo hiệu năng."
    )

    @OptionGroup var options: HouseOptions

    @Option(help: "Số hồ sơ.") var dossiers: Int
    @Option(help: "Hạt giống: cùng hạt giống cho cùng dữ liệu.") var seed: UInt64 = 1

    /// Three years of business (performance.md §7).
    private static let days = 1_000

    func run() async throws {
        try await CommandFailure.run {
            guard (1...20_000_000).contains(dossiers) else {
                throw SettingsError(description: "Số hồ sơ phải từ 1 đến 20000000.")
            }
            let reader = try await options.reader()
            let data = try reader.required(.data)
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let claim = try await options.claim()
            defer { claim.release() }
            try await prepare(reader)
            let tables = DossierSampler.tables + CounterLoad.tables
            let began = ContinuousClock.now
            let closed = try await BulkLoad.run(url: try options.database(reader), tables: tables) { store in
                try await fill(store, reader)
            }
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            FileHandle.standardError.write(Data("\n".utf8))
            Out.line(
                "\(dossiers) hồ sơ, \(closed) đã kết thúc; \(Int(seconds.rounded(.up))) giây, "
                    + "\(Int(Double(dossiers) / seconds)) hồ sơ mỗi giây."
            )
        }
    }

    /// The schema, in a database in which nothing has happened yet.
    private func prepare(_ reader: SettingsReader) async throws {
        let store = try await options.store()
        try await store.migrate(House.migrations)
        let size = try await store.read { try TransparencyLog(random: .system).head(in: $0).size }
        await store.close()
        guard size == 0 else {
            throw SettingsError(description: "Lệnh sample chỉ ghi vào cơ sở dữ liệu trống. Chọn MOTCUA_DATA khác.")
        }
    }

    /// - Returns: how many dossiers are closed.
    private func fill(_ store: any Store, _ reader: SettingsReader) async throws -> Int {
        let log = TransparencyLog(random: .system)
        let end = Clock.system.now()
        let first = end.date.adding(days: -Self.days)
        // The province is as old as its first dossier: the journal never goes back.
        let then = Clock { Instant(first, LocalTime(secondOfDay: 0)) }
        let organisation = OrganisationService(store: store, log: log, clock: then, random: .system)
        let province = try SampleProvince(folder: Settings.folder(reader, .resources, named: "resources") + "/sample")
        _ = try await organisation.load(province, by: .system("sample"))
        let catalogue = CatalogueService(store: store, log: log, clock: then, unverified: .offer)
        _ = try await catalogue.load(folder: try Settings.folder(reader, .procedures, named: "procedures"))
        let snapshot = try await organisation.snapshot()
        let writer = DossierWriter(
            log: log,
            jobs: JobQueue(random: .system),
            pack: { try catalogue.pack(version: $0, in: $1) },
            calendar: { snapshot.calendar(of: $0) },
            projectors: []
        )
        return try await DossierSampler(store: store, writer: writer).make(
            dossiers,
            seed: seed,
            offers: Self.offers(catalogue, snapshot, on: end.date),
            from: first,
            until: end,
            calendar: .standard,
            figures: CounterLoad()
        ) { begun in
            FileHandle.standardError.write(Data("\r\(begun) / \(dossiers)".utf8))
        }
    }

    /// Every procedure at every agency that does it. Procedures and agencies by Zipf's law with exponent 1.1; the third
    /// agency is the slow one, so that its lateness does not come from its size.
    private static func offers(
        _ catalogue: CatalogueService,
        _ snapshot: OrganisationSnapshot,
        on day: LocalDate
    ) throws -> [DossierSampler.Offer] {
        func zipf(_ rank: Int) -> Double { 1 / pow(Double(rank + 1), 1.1) }
        var offers: [DossierSampler.Offer] = []
        for (place, procedure) in catalogue.procedures(on: day).enumerated() {
            let agencies = procedure.facts.agencies.flatMap { executing -> [Agency] in
                guard let kind = AgencyKind(rawValue: executing.kind.rawValue),
                    let level = AdminLevel(rawValue: executing.level.rawValue)
                else { return [] }
                return snapshot.agencies(executing: kind, at: level, on: day)
            }
            for (rank, agency) in agencies.enumerated() {
                offers.append(
                    DossierSampler.Offer(
                        procedure: procedure.code,
                        packVersion: procedure.digest.hex,
                        agency: agency.code,
                        weight: zipf(place) * zipf(rank),
                        isSlow: rank == min(2, agencies.count - 1)
                    )
                )
            }
        }
        guard !offers.isEmpty else { throw SettingsError(description: "Không có gói thủ tục nào dùng được.") }
        return offers
    }
}
