// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Digests
import Foundation
import Kernel
import Storage

/// `motcua export CODE…`: the files of packs from the database back into folders.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Ghi các tệp của gói thủ tục từ cơ sở dữ liệu ra thư mục.",
        discussion: """
            Ghi đúng từng byte của phiên bản đang cung cấp hôm nay, nên thư mục ghi ra có cùng phiên bản.
            Thư mục đã có thì không ghi đè; thêm --overwrite để thay cả thư mục bằng phiên bản ấy.
            Với --every-version, mỗi phiên bản nằm trong một thư mục con theo 16 chữ số đầu của phiên bản.
            """
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Mã thủ tục, ví dụ 2.000635; một hay nhiều mã.")
    var codes: [String] = []

    @Flag(help: "Mọi thủ tục đang cung cấp hôm nay.")
    var all = false

    @Option(help: "Thư mục chứa các gói; gói nằm trong thư mục con theo mã.")
    var to = "procedures"

    @Option(help: "Phiên bản (64 chữ số hex) của một mã; bỏ trống là phiên bản đang cung cấp hôm nay.")
    var version: String?

    @Flag(help: "Mọi phiên bản đã xuất bản.")
    var everyVersion = false

    @Flag(help: "Bản nháp đang soạn thay cho phiên bản đã xuất bản.")
    var draft = false

    @Flag(help: "Ghi đè gói đã có trong thư mục.")
    var overwrite = false

    func validate() throws {
        guard all != !codes.isEmpty else { throw ValidationError("Viết mã thủ tục, hoặc --all.") }
        guard [version != nil, everyVersion, draft].count(where: \.self) <= 1 else {
            throw ValidationError("Chọn một trong --version, --every-version, --draft.")
        }
        guard version == nil || codes.count == 1 else { throw ValidationError("--version đi với đúng một mã.") }
        guard !all || !draft else { throw ValidationError("--draft đi với mã thủ tục.") }
    }

    func run() async throws {
        try await CommandFailure.run {
            let store = try await options.store()
            try await store.migrate(House.migrations)
            let catalogue = CatalogueService(store: store, clock: .system)
            try await catalogue.refresh()
            let asked = all ? catalogue.procedures(on: Clock.system.today).map(\.code).sorted() : codes
            var failed = false
            for code in asked {
                do {
                    for (folder, source) in try await sources(code, catalogue) { try write(source, to: folder) }
                } catch {
                    // One that cannot be written never stops the others.
                    FileHandle.standardError.write(Data("\(code): \(CommandFailure.words(error))\n".utf8))
                    failed = true
                }
            }
            await store.close()
            if failed { throw ExitCode(1) }
        }
    }

    /// What is to be written of a code, with the folder for each.
    private func sources(_ code: String, _ catalogue: CatalogueService) async throws -> [(String, PackSource)] {
        let place = "\(to)/\(code)"
        if draft {
            guard let found = try await catalogue.exportedDraft(code) else { throw CatalogueError.unknownDraft(code) }
            return [(place, found)]
        }
        if let version {
            guard let digest = Digest(hex: version) else {
                throw SettingsError(description: "Phiên bản phải gồm 64 chữ số hex.")
            }
            let found = try await catalogue.source(of: digest)
            guard found.path == code else { throw CatalogueError.unknownVersion(digest) }
            return [(place, found)]
        }
        let versions = try await catalogue.exportedVersions(code)
        guard !versions.isEmpty else { throw CatalogueError.unknownProcedure(code) }
        if everyVersion {
            var found: [(String, PackSource)] = []
            for digest in versions {
                let source = try await catalogue.source(of: digest)
                found.append(("\(to)/\(digest.hex.prefix(16))/\(code)", source))
            }
            return found
        }
        guard let entry = catalogue.entry(code, on: Clock.system.today) else {
            throw SettingsError(
                description: "hôm nay không cung cấp; chọn --version hoặc --every-version. Đã xuất bản: "
                    + versions.map(\.hex).joined(separator: ", ")
            )
        }
        return [(place, try await catalogue.source(of: entry.digest))]
    }

    private func write(_ source: PackSource, to folder: String) throws {
        guard overwrite || !FileManager.default.fileExists(atPath: folder) else {
            throw SettingsError(description: "\(folder) đã có; thêm --overwrite để ghi đè.")
        }
        try PackFolderWriter.write(source, to: folder, replacing: true)
        // The proof that nothing was lost on the way: what lies there is this very version.
        guard PackSource.pack(atPath: folder).digest == source.digest else {
            throw SettingsError(description: "\(folder): ghi xong nhưng đọc lại không đúng phiên bản.")
        }
        Out.line("Đã ghi \(source.files.count) tệp vào \(folder), phiên bản \(source.digest.hex).")
    }
}
