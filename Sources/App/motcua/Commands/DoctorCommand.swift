// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue
import Dossiers
import Foundation
import Journal
import Kernel
import Storage

/// `motcua doctor`: would `serve` start, and are the data sound (reliability-security.md §3)? It only looks: no folder,
/// no database and no step of the schema is made by asking.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Kiểm tra cấu hình, các tệp và sự toàn vẹn của dữ liệu; không thay đổi gì.",
        discussion: """
            Mã kết thúc: 0 = dùng được (có thể kèm CHÚ Ý); 1 = dữ liệu có lỗi; 2 = cấu hình, tệp hoặc cơ sở dữ liệu chưa đúng.
            """
    )

    @OptionGroup var options: HouseOptions

    @Option(help: "Tệp gồm các mã hồ sơ mà người nộp đã được báo nhận, mỗi dòng một mã.")
    var against: String?

    @Flag(help: "Chỉ kiểm tra dữ liệu, không xét cấu hình ra bên ngoài, chẳng hạn sau khi phục hồi ở máy khác.")
    var dataOnly = false

    func run() async throws {
        try await CommandFailure.run {
            var checkup = Checkup(now: Clock.system.now())
            let events = try await look(&checkup)
            for finding in checkup.findings {
                Out.line("\(finding.weight == .warning ? "CHÚ Ý" : "LỖI ") \(finding.words)")
            }
            let faults = checkup.findings.count { $0.weight != .warning }
            guard faults == 0, let events else {
                Out.line("\(faults) lỗi.")
                throw ExitCode(checkup.has(.data) ? 1 : 2)
            }
            Out.line("Mọi thứ đúng: \(events) sự kiện.")
        }
    }

    /// - Returns: how many events there are; nil when the data could not be looked at.
    private func look(_ checkup: inout Checkup) async throws -> Int64? {
        let reader: SettingsReader
        do { reader = try await options.reader() } catch {
            checkup.note(.installation, CommandFailure.words(error))
            return nil
        }
        var unverified = UnverifiedPacks.withhold
        if !dataOnly {
            checkup.secrets(reader, configuration: options.config)
            if options.config == nil {
                checkup.note(.warning, "Chưa cho tệp cấu hình: chỉ đọc biến môi trường. Thêm --config TỆP")
            }
            if let (settings, faulty) = checkup.settings(reader) {
                unverified = settings.unverifiedPacks
                checkup.certificates(settings, reader, besides: faulty)
                // Roots that cannot be read were told just now.
                let roots = faulty.contains(.trustRoots) ? nil : try? settings.outside.roots()
                let isGiven = try reader.value(.signers) != nil
                await checkup.signers(in: settings.outside.signers, isGiven: isGiven, roots: roots)
            }
        }
        let data = URL(fileURLWithPath: try reader.required(.data)).path
        guard checkup.folder(data) else { return nil }
        let url = try options.database(reader)
        guard let store = await checkup.database(url) else { return nil }
        let log = TransparencyLog(random: .system)
        let events = try await checkup.data(store, folder: data, log: log)
        if !dataOnly { try await checkup.readiness(store, log: log, unverified: unverified) }
        if let against { try await missing(against, store, &checkup) }
        await store.close()
        return events
    }

    /// Codes that a client was told, and that are not there, or there twice.
    private func missing(_ path: String, _ store: any Store, _ checkup: inout Checkup) async throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let codes = text.split(whereSeparator: \.isNewline).map(String.init)
        let known = try await DossierCheck.codes(store: store)
        for code in codes where known[code] != 1 {
            checkup.note(.data, "Hồ sơ đã báo nhận nhưng không có đúng một lần: \(code)")
        }
    }
}
