// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage

/// `motcua admin partner`: systems of other bodies that use the public API (docs/api.md).
struct PartnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner",
        abstract: "Hệ thống của đối tác dùng giao diện lập trình.",
        subcommands: [PartnerCreateCommand.self, PartnerListCommand.self, PartnerDisableCommand.self]
    )
}

/// Registers a partner and prints its secret, this once.
struct PartnerCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Đăng ký một đối tác.")

    @OptionGroup var options: HouseOptions

    @Option(help: "Tên hệ thống của đối tác.") var name: String
    @Option(help: "Mã cơ quan mà đối tác được theo dõi hồ sơ, ví dụ H01.30337.") var agency: String
    @Option(help: "Quyền: dossiers:read, statistics:read; lặp lại cho mỗi quyền.") var scope: [String]

    func run() async throws {
        try await CommandFailure.run {
            guard let code = AgencyCode(agency) else {
                throw SettingsError(description: "Mã cơ quan không đúng dạng.")
            }
            guard let scopes = PartnerScope.read(scope.joined(separator: " ")) else {
                let known = PartnerScope.text(Set(PartnerScope.allCases))
                throw SettingsError(description: "Quyền phải là một trong: \(known).")
            }
            try await options.withIdentity { identity in
                let (partner, secret) = try await identity.createPartner(
                    name: name,
                    agency: code,
                    scopes: scopes,
                    by: .system("admin-partner")
                )
                Out.line("client_id:     \(partner.id)")
                Out.line("client_secret: \(secret.text)")
                Out.line("Khóa bí mật chỉ hiện lần này; hệ thống chỉ giữ mã băm của nó.")
            }
        }
    }
}

/// The partners, without secrets.
struct PartnerListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Liệt kê các đối tác.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run {
            try await options.withIdentity { identity in
                for partner in try await identity.partners() {
                    let standing = partner.disabledAt.map { "ngừng từ \($0.vietnamese)" } ?? "đang dùng"
                    let scopes = PartnerScope.text(partner.scopes)
                    Out.line("\(partner.id)  \(partner.agency)  \(scopes)  \(standing)  \(partner.name)")
                }
            }
        }
    }
}

/// Shuts a partner out: its tokens are refused from this moment.
struct PartnerDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "disable", abstract: "Ngừng một đối tác.")

    @OptionGroup var options: HouseOptions

    @Argument(help: "client_id của đối tác.") var partner: String

    func run() async throws {
        try await CommandFailure.run {
            guard let id = PartnerID(rawValue: partner) else { throw PartnerError.unknownPartner }
            try await options.withIdentity { identity in
                try await identity.disablePartner(id, by: .system("admin-partner"))
                Out.line("Đã ngừng đối tác \(id).")
            }
        }
    }
}

extension HouseOptions {
    /// Lends the service of identities over the store alone: no outside system has to be configured.
    func withIdentity(_ body: (IdentityService) async throws -> Void) async throws {
        let store = try await store()
        try await store.migrate(House.migrations)
        let (clock, random) = (Clock.system, RandomSource.system)
        let log = TransparencyLog(random: random)
        let organisation = OrganisationService(store: store, log: log, clock: clock, random: random)
        try await body(
            IdentityService(store: store, log: log, organisation: organisation, clock: clock, random: random)
        )
        await store.close()
    }
}
