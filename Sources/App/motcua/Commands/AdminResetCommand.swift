// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Journal
import Organisation
import SignIn
import Storage

/// `motcua admin reset`: a code to begin anew, for where an agency has one administrator alone. Whoever may run this
/// has the machine and its keys anyway; the journal says that it was done here.
struct AdminResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Cấp mã đặt lại đăng nhập cho một cán bộ, khi không có quản trị thứ hai để duyệt."
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Tên đăng nhập.") var login: String

    func run() async throws {
        try await CommandFailure.run {
            let settings = try Settings(try await options.reader())
            let house = try await House(settings, publicURL: "http://127.0.0.1", logger: Log.logger("error"))
            guard let officer = try await house.organisation.officer(loginName: login) else {
                throw SignInError.unknownOfficer
            }
            let code = try await house.signIn.resetByOperator(officer.id, by: .system("admin-reset"))
            await house.store.close()
            Out.line("Mã đặt lại: \(code)")
            Out.line("Nhập ở /dang-nhap/can-bo/dat-lai, dùng một lần trong 24 giờ. Mã chỉ hiện lần này.")
        }
    }
}
