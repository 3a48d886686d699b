// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Digests
import Foundation
import Kernel
import Storage

/// `motcua export CODE`: the files of a pack from the database back into a folder.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Ghi các tệp của một gói thủ tục từ cơ sở dữ liệu ra thư mục."
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Mã thủ tục, ví dụ 2.000635.")
    var code: String

    @Option(help: "Thư mục chứa các gói; gói nằm trong thư mục con theo mã.")
    var to = "procedures"

    @Option(help: "Phiên bản (64 chữ số hex); bỏ trống là phiên bản đang cung cấp hôm nay.")
    var version: String?

    @Flag(help: "Bản nháp đang soạn thay cho phiên bản đã xuất bản.")
    var draft = false

    @Flag(help: "Ghi đè gói đã có trong thư mục.")
    var overwrite = false

    func run() async throws {
        try await CommandFailure.run {
            let store = try await options.store()
            try await store.migrate(House.migrations)
            let catalogue = CatalogueService(store: store, clock: .system)
            try await catalogue.refresh()
            let source = try await source(catalogue)
            await store.close()
            let folder = try write(source)
            Out.line("Đã ghi \(source.files.count) tệp vào \(folder), phiên bản \(source.digest.hex).")
        }
    }

    private func source(_ catalogue: CatalogueService) async throws -> PackSource {
        if draft {
            guard let found = try await catalogue.exportedDraft(code) else { throw CatalogueError.unknownDraft(code) }
            return found
        }
        if let version {
            guard let digest = Digest(hex: version) else {
                throw SettingsError(description: "Phiên bản phải gồm 64 chữ số hex.")
            }
            let found = try await catalogue.source(of: digest)
            guard found.path == code else { throw CatalogueError.unknownVersion(digest) }
            return found
        }
        guard let entry = catalogue.entry(code, on: Clock.system.today) else {
            throw CatalogueError.unknownProcedure(code)
        }
        return try await catalogue.source(of: entry.digest)
    }

    private func write(_ source: PackSource) throws -> String {
        let folder = "\(to)/\(code)"
        let files = FileManager.default
        guard overwrite || !files.fileExists(atPath: folder) else {
            throw SettingsError(description: "\(folder) đã có; thêm --overwrite để ghi đè.")
        }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What the version does not have would make another version of it.
        for name in try files.contentsOfDirectory(atPath: folder) where source.files[name] == nil {
            guard !name.hasPrefix(".") else { continue }
            try files.removeItem(atPath: "\(folder)/\(name)")
        }
        for (name, bytes) in source.files {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
        }
        return folder
    }
}
