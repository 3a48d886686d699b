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
import Trust
import WorkingTime

/// `motcua migrate`: brings the schema up to date and says so.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Cập nhật cấu trúc cơ sở dữ liệu."
    )

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            // The first command on a new machine: the folder need not be there yet.
            let folder = try await options.reader().required(.data)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let claim = try await options.claim()
            defer { claim.release() }
            let store = try await options.store()
            try await store.migrate(House.migrations)
            await store.close()
            Out.line("Cơ sở dữ liệu đã ở phiên bản mới nhất (\(Migration.marks(of: House.migrations).count) bước).")
        }
    }
}

/// `motcua recount`: counters against events.
struct RecountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "recount", abstract: "Đếm lại số liệu từ sự kiện.")

    @OptionGroup var options: HouseOptions

    @Flag(help: "Sửa bộ đếm theo kết quả đếm lại.")
    var repair = false

    func run() async throws {
        try await CommandFailure.run {
            let store = try await options.store()
            try await store.migrate(House.migrations)
            let reporting = ReportingService(store: store, log: TransparencyLog(random: .system), clock: .system)
            let differences = try await reporting.recount(isRepairing: repair)
            for difference in differences {
                Out.line("\(difference.key): đang ghi \(difference.kept), đếm lại \(difference.recounted)")
            }
            let piles = try await DossierCheck.recountPiles(store: store, isRepairing: repair)
            for pile in piles { Out.line("Số đếm của danh sách việc \(pile) khác với hồ sơ đang có.") }
            let count = differences.count + piles.count
            Out.line(count == 0 ? "Số liệu khớp với sự kiện." : "\(count) ô khác nhau.")
            await store.close()
            if count > 0, !repair { throw ExitCode(1) }
        }
    }
}

/// `motcua log verify`: the whole tree from the events' columns.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Nhật ký minh bạch.",
        subcommands: [LogVerifyCommand.self]
    )
}

/// Recomputes every leaf and node, and compares with the signed checkpoint beside the data.
struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "Kiểm tra toàn bộ nhật ký.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            let (store, data) = (try await options.store(), try await options.reader().required(.data))
            let signed = try Inspection.signedHeads(in: data)
            let report = try await TransparencyLog(random: .system).verify(store, against: signed)
            await store.close()
            if let fault = report.fault {
                Out.line("Nhật ký bị sửa: lá số \(fault.index), \(fault.reason).")
                throw ExitCode(1)
            }
            Out.line("Nhật ký nguyên vẹn: \(report.head.size) sự kiện, gốc \(report.head.root.hex).")
        }
    }
}

/// `motcua verify FILE`: the signatures of a document.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "Kiểm tra chữ ký của một tệp PDF.")

    @Argument(help: "Tệp PDF.")
    var file: String

    @Option(help: "Tệp PEM chứa các chứng thư gốc được tin.")
    var roots: String

    func run() async throws {
        try await CommandFailure.run {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw SettingsError(description: "Không đọc được tệp \(file).")
            }
            let trusted = try TrustRoots(pem: String(contentsOfFile: roots, encoding: .utf8))
            let report = try await DocumentVerifier(roots: trusted, clock: .system).verify(Array(bytes))
            for signature in report.signatures { Out.line(signature.summary) }
            Out.line(report.isValid ? "Tệp là thật." : "Tệp không xác minh được.")
            if !report.isValid { throw ExitCode(1) }
        }
    }
}

/// `motcua states --dot`: the dossier's graph as a drawing.
struct StatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "states", abstract: "In sơ đồ trạng thái hồ sơ.")

    @Flag(help: "Dạng Graphviz.")
    var dot = false

    func run() throws {
        if dot {
            FileHandle.standardOutput.write(Data(DossierGraph.dot().utf8))
        } else {
            for edge in DossierGraph.edges {
                Out.line("\(edge.from.vietnamese) → \(edge.action.vietnamese) → \(edge.to.vietnamese)")
            }
        }
    }
}

/// `motcua deadline`: due time and trace (standards.md §9.5).
struct DeadlineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadline",
        abstract: "Tính hạn và giải thích từng ngày."
    )

    @Option var received: String
    @Option(parsing: .unconditional) var limit: String
    @Option var unit: String
    @Option var pauses: String?
    @Option(name: .customLong("cutoff")) var cutOff: String?
    @Option var hours: String?
    @Option var calendar: String?
    @Flag var json = false

    func run() throws {
        let input = DeadlineCommandInput(
            received: received,
            limit: limit,
            unit: unit,
            pauses: pauses,
            cutOff: cutOff,
            hours: hours,
            calendar: calendar.map { path in
                let bytes = FileManager.default.contents(atPath: path).map { Array($0) }
                return DeadlineCommandInput.CalendarFile(name: path, bytes: bytes)
            }
        )
        do {
            Out.line(json ? try input.json() : try input.text())
        } catch {
            FileHandle.standardError.write(Data((error.message + "\n").utf8))
            throw ExitCode(1)
        }
    }
}

extension HouseOptions {
    /// The store alone, for commands that need no service.
    func store() async throws -> any Store {
        try await StoreOpening.open(url: try database(try await reader()))
    }

    /// That this command works on the database together with others, and with no restore.
    func claim() async throws -> StoreClaim {
        try await StoreClaim.take(url: try database(try await reader()), alone: false)
    }

    /// The address of the database.
    func database(_ reader: SettingsReader) throws -> String {
        let data = try reader.required(.data)
        return try reader.value(.database) ?? "sqlite:\(data)/motcua.sqlite"
    }
}
