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
import SignIn
import Site
import Storage
import Uploads
import Web

/// `motcua doctor`: the common check after a fault (reliability-security.md §3), for tests and operators alike.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Kiểm tra cấu hình và sự toàn vẹn của dữ liệu."
    )

    @OptionGroup var options: HouseOptions

    @Option(help: "Tệp gồm các mã hồ sơ mà người nộp đã được báo nhận, mỗi dòng một mã.")
    var against: String?

    func run() async throws {
        try await CommandFailure.run {
            let (store, data) = (try await options.store(), try await options.reader().required(.data))
            try await store.migrate(House.migrations)
            let random = RandomSource.system
            let files = try FileStore(directory: data + "/files", random: random)
            let log = TransparencyLog(random: random)
            let findings = try await Inspection.run(store: store, files: files, log: log)
            var faults = findings.faults
            faults += UploadCheck.missingPrograms.map {
                "Thiếu chương trình \($0) để mở tệp tải lên; chạy scripts/install-dependencies"
            }
            faults += try await unverifiedPacks(store, log)
            if let against { faults += try await missing(against, store) }
            await store.close()
            for fault in faults { Out.line("LỖI  \(fault)") }
            Out.line(faults.isEmpty ? "Mọi thứ đúng: \(findings.events) sự kiện." : "\(faults.count) lỗi.")
            if !faults.isEmpty { throw ExitCode(1) }
        }
    }

    /// A real installation that offers procedures whose facts nobody has compared with the official text.
    private func unverifiedPacks(_ store: any Store, _ log: TransparencyLog) async throws -> [String] {
        let reader = try await options.reader()
        guard try Settings.choice(reader, .unverifiedPacks, Settings.unverified) == .offer else { return [] }
        let organisation = OrganisationService(store: store, log: log, clock: .system, random: .system)
        guard try await !organisation.hasSampleData() else { return [] }
        let variable = Setting.unverifiedPacks.variable
        return ["\(variable)=offer: cổng đang cung cấp thủ tục chưa đối chiếu với văn bản gốc; bỏ biến này đi"]
    }

    /// Codes that a client was told, and that are not there, or there twice.
    private func missing(_ path: String, _ store: any Store) async throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let codes = text.split(whereSeparator: \.isNewline).map(String.init)
        let known = try await DossierCheck.codes(store: store)
        return codes.filter { known[$0] != 1 }.map { "Hồ sơ đã báo nhận nhưng không có đúng một lần: \($0)" }
    }
}

/// `motcua admin create`: the first administrator.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Tài khoản quản trị.",
        subcommands: [AdminCreateCommand.self, AdminResetCommand.self, PartnerCommand.self]
    )
}

/// Makes an administrator of an agency, with a password read from standard input so that no shell keeps it.
struct AdminCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Tạo tài khoản quản trị.")

    @OptionGroup var options: HouseOptions

    @Option(help: "Tên đăng nhập.") var login: String
    @Option(help: "Họ và tên.") var name: String
    @Option(help: "Mã cơ quan, ví dụ H01.") var agency: String
    @Option(help: "Mã đơn vị của cơ quan.") var unit: String

    func run() async throws {
        try await CommandFailure.run {
            guard let code = AgencyCode(agency), let unit = OrgUnitID(rawValue: unit) else {
                throw SettingsError(description: "Mã cơ quan hoặc mã đơn vị không đúng dạng.")
            }
            Out.line("Nhập mật khẩu (ít nhất 12 ký tự) rồi Enter:")
            guard let password = readLine(strippingNewline: true), !password.isEmpty else {
                throw SettingsError(description: "Chưa nhập mật khẩu.")
            }
            let settings = try Settings(try await options.reader())
            let house = try await House(settings, publicURL: "http://127.0.0.1", logger: Log.logger("error"))
            let author = ActorStamp.system("admin-create")
            let new = NewOfficer(
                loginName: login,
                agency: code,
                unit: unit,
                fullName: name,
                position: "Quản trị",
                email: nil,
                roles: [.administrator]
            )
            let officer = try await house.organisation.createOfficer(new, by: author)
            try await house.signIn.setPassword(password, of: officer.id, by: author)
            await house.store.close()
            Out.line("Đã tạo tài khoản quản trị \(login).")
        }
    }
}

/// `motcua routes`: the table of docs/routes.md, printed from the code.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "In bảng địa chỉ của cổng.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            let settings = try Settings(try await options.reader(adding: Self.placeholders()))
            let house = try await House(settings, publicURL: "http://127.0.0.1", logger: Log.logger("error"))
            let portal = Portal(house: house, publicURL: .loopback(port: 8080))
            FileHandle.standardOutput.write(Data(try portal.routes(try portal.siteSettings()).table().utf8))
            await house.store.close()
        }
    }

    /// No outside system is called to print a table; the keys only have to be there.
    private static func placeholders() throws -> [Setting: String] {
        var values: [Setting: String] = [:]
        for setting in Setting.allCases where setting.facts.fallback == nil {
            values[setting] = "http://127.0.0.1"
        }
        let roots = FileManager.default.temporaryDirectory.appendingPathComponent("motcua-no-roots.pem").path
        _ = FileManager.default.createFile(atPath: roots, contents: Data())
        values[.trustRoots] = roots
        values[.slipKey] = String(repeating: "0", count: 64)
        values[.logKey] = String(repeating: "0", count: 64)
        values[.mailURL] = "smtp://127.0.0.1"
        values[.database] = "sqlite::memory:"
        values[.data] = FileManager.default.temporaryDirectory.appendingPathComponent("motcua-routes").path
        return values
    }
}
