// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Foundation
import Kernel

/// `motcua import …`: what is brought in from outside.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Nhập từ nguồn bên ngoài.",
        subcommands: [ImportProcedureCommand.self, ImportAgenciesCommand.self]
    )
}

/// `motcua import procedure FILE…`: records of the national catalogue into folders of packs.
struct ImportProcedureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "procedure",
        abstract: "Đọc CSDL quốc gia về thủ tục hành chính, ghi gói thủ tục và in điều còn thiếu của từng mức độ.",
        discussion: """
            Đọc cả hai dạng của danh mục: câu trả lời LayThuTuc và dạng hiện nay; một tệp có thể có nhiều thủ tục.
            Mọi nội dung ghi là chưa đối chiếu; điều danh mục không nói thì không tự đặt ra.
            Gói đã có trong thư mục thì không ghi đè, chỉ in chỗ khác; thêm --replace để thay.
            Mã thoát 1 khi có bản ghi hỏng, hoặc có gói không được ghi.
            """
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Các tệp JSON; dấu - là đầu vào chuẩn.")
    var files: [String]

    @Option(help: "Thư mục chứa các gói; mỗi thủ tục một thư mục con theo mã.")
    var to = "procedures"

    @Option(parsing: .singleValue, help: "Chỉ nhập mã này; viết nhiều lần cho nhiều mã.")
    var only: [String] = []

    @Option(help: "Ngày lấy danh mục, dạng 2026-03-05; mặc định là hôm nay.")
    var day: String?

    @Flag(help: "Thay gói đã có trong thư mục.")
    var replace = false

    @Flag(help: "Nhập cả thủ tục mà danh mục không công khai (đã bãi bỏ, hết hiệu lực).")
    var closed = false

    @Flag(help: "Chỉ xem, không ghi tệp nào.")
    var dryRun = false

    @OptionGroup var platform: PlatformOptions

    /// Lines of difference that are printed of one pack.
    private static let changeLimit = 40

    func run() async throws {
        try await CommandFailure.run {
            let reader = try await options.reader()
            let folder = try Settings.folder(reader, .resources, named: "resources")
            let checker = PackChecker(repealed: try RepealedProcedures.read(folder: folder))
            let read = try date()
            var (written, held, faults) = (0, 0, 0)
            for file in files {
                let (found, wrong) = try packs(of: file, on: read, checker)
                for pack in found where only.isEmpty || only.contains(pack.code) {
                    if try take(pack) { written += 1 } else { held += 1 }
                }
                for fault in wrong {
                    FileHandle.standardError.write(Data("\(file): \(fault)\n".utf8))
                }
                faults += wrong.count
            }
            Out.line("\(written) gói \(dryRun ? "sẽ ghi" : "đã ghi"), \(held) gói không ghi, \(faults) chỗ hỏng.")
            if held + faults > 0 || written == 0 { throw ExitCode(1) }
        }
    }

    private func date() throws -> LocalDate {
        guard let day else { return Clock.system.today }
        guard let date = LocalDate(day) else {
            throw SettingsError(description: "“\(day)” không phải là ngày dạng 2026-03-05.")
        }
        return date
    }

    private func packs(
        of file: String,
        on day: LocalDate,
        _ checker: PackChecker
    ) throws -> (packs: [PackImport], faults: [ImportFault]) {
        let catalogue = NationalCatalogue(try bytes(of: file))
        let (packs, faults) = catalogue.packs(on: day, platform: platform.evidence, checker: checker)
        return (packs, catalogue.faults + faults)
    }

    /// One byte more than is read tells that a file is too large.
    private func bytes(of file: String) throws -> [UInt8] {
        let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
        guard let handle, let data = try handle.read(upToCount: NationalCatalogue.byteLimit + 1) else {
            if handle != nil { return [] }
            throw SettingsError(description: "Không đọc được tệp \(file).")
        }
        return Array(data)
    }

    /// Prints what is found of one procedure; true when its pack is written.
    private func take(_ pack: PackImport) throws -> Bool {
        let place = "\(to)/\(pack.code)"
        Out.line("\(pack.code)  \(pack.name)")
        for line in pack.report { Out.line("  \(line)") }
        if pack.closedState != nil, !closed {
            Out.line("  Không ghi: thêm --closed để nhập cả thủ tục không công khai.")
            return false
        }
        if FileManager.default.fileExists(atPath: place) {
            let old = PackSource.pack(atPath: place)
            tell(pack, old)
            guard replace else {
                Out.line("  Không ghi: \(place) đã có; thêm --replace để thay.")
                return false
            }
        }
        guard !dryRun else { return true }
        try PackFolderWriter.write(pack.source, to: place, replacing: false)
        Out.line("  Đã ghi \(place).")
        return true
    }

    private func tell(_ pack: PackImport, _ old: PackSource) {
        guard let changes = pack.changes(from: old) else {
            return Out.line("  Gói đã có ở đó không đọc được nên không so được.")
        }
        if changes.isEmpty { Out.line("  Giống gói đã có.") }
        for change in changes.prefix(Self.changeLimit) {
            Out.line("  Khác: \(change.place): \(change.before ?? "(không có)") → \(change.after ?? "(không có)")")
        }
        if changes.count > Self.changeLimit { Out.line("  Khác: \(changes.count - Self.changeLimit) chỗ nữa.") }
    }
}
