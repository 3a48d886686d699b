// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Journal
import Kernel
import Organisation
import Storage

/// `motcua import agencies FILE`: the departments and communes of a province at once.
struct ImportAgenciesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies",
        abstract: "Thêm các cơ quan từ một bảng CSV: tất cả hoặc không cơ quan nào.",
        discussion: """
            Dòng đầu là tên cột: code,name,kind,level và nếu cần parent,place,desk (tên bộ phận một cửa).
            kind: ubnd, so, cong-an; level: tinh, xa. Cấp trên đứng trước cấp dưới.
            Cơ quan đã có cùng mã và tên thì để nguyên, nên chạy lại được.
            """
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Tệp CSV, UTF-8, cách nhau bằng dấu phẩy hoặc chấm phẩy.") var file: String

    func run() async throws {
        try await CommandFailure.run {
            guard let bytes = FileManager.default.contents(atPath: file),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw SettingsError(description: "Không đọc được tệp \(file), hoặc tệp không phải UTF-8.") }
            let list = try AgencyList(csv: text)
            let claim = try await options.claim()
            defer { claim.release() }
            let store = try await options.store()
            try await store.migrate(House.migrations)
            let organisation = OrganisationService(
                store: store,
                log: TransparencyLog(random: .system),
                clock: .system,
                random: .system
            )
            let (added, present) = try await organisation.add(list, by: .system("import-agencies"))
            await store.close()
            Out.line("Đã thêm \(added) cơ quan; \(present) cơ quan đã có từ trước.")
        }
    }
}
