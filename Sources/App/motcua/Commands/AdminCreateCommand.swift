// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Journal
import Kernel
import Organisation
import SignIn
import Storage

/// `motcua admin …`: accounts of administrators, and systems that use the API.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Tài khoản quản trị.",
        subcommands: [AdminCreateCommand.self, AdminResetCommand.self, PartnerCommand.self]
    )
}

/// `motcua admin create`: an administrator with a password, and with `--new-agency` the agency with which an empty
/// installation begins; all of it or nothing.
struct AdminCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Tạo tài khoản quản trị; với --new-agency thì lập luôn cơ quan cao nhất."
    )

    @OptionGroup var options: HouseOptions

    @Option(help: "Tên đăng nhập.") var login: String
    @Option(help: "Họ và tên.") var name: String
    @Option(help: "Mã cơ quan đã có, ví dụ H01.") var agency: String?
    @Option(help: "Tên hoặc mã đơn vị; bỏ trống khi cơ quan chỉ có một đơn vị. Cùng --new-agency: tên đơn vị đầu tiên.")
    var unit: String?
    @Option(help: "Lập cơ quan cao nhất mang mã này, ví dụ H01.") var newAgency: String?
    @Option(help: "Tên đầy đủ của cơ quan mới, ví dụ “Ủy ban nhân dân tỉnh An Giang”.") var agencyName: String?
    @Option(help: "Loại cơ quan mới: ubnd, so hoặc cong-an.") var kind = "ubnd"
    @Option(help: "Cấp của cơ quan mới: tinh hoặc xa.") var level = "tinh"
    @Option(help: "Địa danh ghi trên văn bản; bỏ trống = phần sau “tỉnh”, “thành phố”, “xã” trong tên.")
    var place: String?
    @Option(help: "Tệp chứa mật khẩu; bỏ trống = hỏi trên màn hình, hoặc đọc một dòng từ đầu vào chuẩn.")
    var passwordFile: String?

    func validate() throws {
        guard (agency == nil) != (newAgency == nil) else {
            throw ValidationError("Cho --agency MÃ của cơ quan đã có, hoặc --new-agency MÃ để lập cơ quan đầu tiên.")
        }
        guard newAgency == nil || agencyName != nil else {
            throw ValidationError("--new-agency cần --agency-name “Tên đầy đủ”.")
        }
    }

    func run() async throws {
        try await CommandFailure.run {
            let settings = try Settings(try await options.reader())
            let house = try await House(settings, publicURL: "http://127.0.0.1", logger: Log.logger("error"))
            let said = try await create(in: house)
            await house.store.close()
            for line in said { Out.line(line) }
        }
    }

    /// - Returns: what was done, in words.
    private func create(in house: House) async throws -> [String] {
        let snapshot = try await house.organisation.snapshot()
        if let known = snapshot.officer(loginName: login.lowercased()) {
            return [try repeated(known, snapshot)]
        }
        let place = try newAgency.map { try founding($0, snapshot, house.organisation) }
        let officer = NewOfficer(
            loginName: login,
            agency: try place?.agency.code ?? code(agency ?? ""),
            unit: try place?.unit.id ?? unit(of: agency ?? "", snapshot),
            fullName: name,
            position: "Quản trị",
            email: nil,
            roles: [.administrator]
        )
        for attempt in 1... {
            let password = try PasswordInput.read(file: passwordFile)
            do {
                _ = try await house.signIn.createOfficer(
                    officer,
                    password: password,
                    founding: place,
                    by: .system("admin-create")
                )
                break
            } catch SignInError.passwordRefused(let fault) {
                // At a terminal a person types again; a script gets its answer at once.
                guard passwordFile == nil, PasswordInput.isTerminal, attempt < 3 else {
                    throw SettingsError(description: "\(fault.sentence) Chưa tạo gì; chạy lại với mật khẩu khác.")
                }
                Out.line(fault.sentence)
            }
        }
        let founded = place.map { "Đã lập cơ quan \($0.agency.code.text) \($0.agency.name), đơn vị \($0.unit.name)." }
        return [founded, "Đã tạo tài khoản quản trị \(login)."].compactMap(\.self) + [
            "Đăng nhập ở /dang-nhap/can-bo; lần đầu cài ứng dụng xác thực. Tạo thêm một quản trị thứ hai ngay sau đó."
        ]
    }

    /// The same command once more: nothing is done when it would do the same.
    private func repeated(_ known: Officer, _ snapshot: OrganisationSnapshot) throws -> String {
        let asked = newAgency ?? agency ?? ""
        guard known.isActive, known.roles.contains(.administrator), known.agency.text == asked,
            known.fullName == VietnameseText.tidy(name)
        else { throw OrganisationError.loginNameTaken(login) }
        return "Quản trị \(login) của \(snapshot.agency(known.agency)?.name ?? asked) đã có từ trước; không đổi gì, "
            + "mật khẩu vẫn như cũ. Quên mật khẩu: motcua admin reset \(login)."
    }

    private func founding(
        _ text: String,
        _ snapshot: OrganisationSnapshot,
        _ organisation: OrganisationService
    ) throws -> Founding {
        if let known = AgencyCode(text).flatMap({ snapshot.agency($0) }) {
            throw SettingsError(
                description: "Cơ quan \(text) đã có: \(known.name). Bỏ --new-agency và --agency-name, "
                    + "dùng --agency \(text)."
            )
        }
        let kinds: [String: AgencyKind] = ["ubnd": .peoplesCommittee, "so": .department, "cong-an": .police]
        let levels: [String: AdminLevel] = ["tinh": .province, "xa": .commune]
        guard let kind = kinds[kind] else {
            throw SettingsError(description: "--kind phải là ubnd, so hoặc cong-an, hiện là “\(self.kind)”.")
        }
        guard let level = levels[level] else {
            throw SettingsError(description: "--level phải là tinh hoặc xa, hiện là “\(self.level)”.")
        }
        let name = agencyName ?? ""
        guard let place = place ?? Agency.place(in: name) else {
            throw SettingsError(description: "Không đọc được địa danh trong “\(name)”. Thêm --place, ví dụ “An Giang”.")
        }
        let new = NewAgency(code: text, name: name, kind: kind, level: level, place: place, validFrom: nil)
        return try organisation.founding(new, unitNamed: unit ?? "Văn phòng")
    }

    private func code(_ text: String) throws -> AgencyCode {
        guard let code = AgencyCode(text) else {
            throw SettingsError(description: "“\(text)” không phải mã cơ quan; mã có dạng H01 hoặc H01.05.")
        }
        return code
    }

    /// The unit by its id or its name; the only one where none is named.
    private func unit(of agency: String, _ snapshot: OrganisationSnapshot) throws -> OrgUnitID {
        let code = try code(agency)
        guard snapshot.agency(code) != nil else {
            guard snapshot.agencies.isEmpty else { throw OrganisationError.unknownAgency(code) }
            throw SettingsError(
                description: "Cơ sở dữ liệu chưa có cơ quan nào. Lập cơ quan cao nhất cùng quản trị đầu tiên: "
                    + "--new-agency \(agency) --agency-name “Ủy ban nhân dân tỉnh …” thay cho --agency."
            )
        }
        let units = snapshot.units(of: code).filter { !$0.isClosed }
        let asked = unit.map(VietnameseText.tidy)
        let found = units.filter { asked == nil || $0.id.rawValue == asked || $0.name == asked }
        guard found.count == 1, let only = found.first else {
            let names = units.map { "“\($0.name)”" }.joined(separator: ", ")
            throw SettingsError(description: "Chọn một đơn vị của \(agency) bằng --unit: \(names).")
        }
        return only.id
    }
}
