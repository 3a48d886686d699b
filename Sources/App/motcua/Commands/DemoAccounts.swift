// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Journal
import Kernel
import Organisation
import Outbound
import SignIn

/// The sample province with its officers: loaded once, passwords random for each data folder and printed.
struct DemoAccounts: Sendable {
    let secrets: DemoSecrets
    let sandbox: String
    let data: String

    /// Loads the province, gives officers passwords and leaders keys; quick when all is there.
    func prepare(_ house: House) async throws {
        let author = ActorStamp.system("demo")
        let province = try SampleProvince(folder: house.settings.resources + "/sample")
        _ = try await house.organisation.load(province, by: author)
        var known = secrets
        let fresh = try await setPasswords(of: province.officers, besides: known, house, author)
        known.passwords.merge(fresh) { $1 }
        for officer in province.officers where known.timeCodes?[officer.loginName] == nil {
            let secret = try await house.signIn.enrolSample(officer.id, by: author)
            known.timeCodes = (known.timeCodes ?? [:]).merging([officer.loginName: secret]) { $1 }
        }
        try known.save(in: data)
        for officer in province.officers where officer.roles.contains(.leader) {
            guard let agency = province.agencies.first(where: { $0.code == officer.agency }) else { continue }
            try await DemoKeys.issue(officer, of: agency, from: sandbox, to: data + "/signers", house.http)
        }
        _ = try await house.organisation.snapshot()
    }

    /// New passwords of those who have none.
    ///
    /// Hashing one takes a tenth of a second of a core, so several go on at once: as many as cores, by the pool for
    /// hashing. Eight at a time keep well under what may wait for it.
    private func setPasswords(
        of officers: [Officer],
        besides known: DemoSecrets,
        _ house: House,
        _ author: ActorStamp
    ) async throws -> [String: String] {
        var made: [String: String] = [:]
        let waiting = officers.filter { known.passwords[$0.loginName] == nil }
        for start in stride(from: 0, to: waiting.count, by: 8) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for officer in waiting[start..<min(start + 8, waiting.count)] {
                    let password = PasswordPolicy.generated(from: house.random)
                    made[officer.loginName] = password
                    group.addTask { try await house.signIn.setPassword(password, of: officer.id, by: author) }
                }
                try await group.waitForAll()
            }
        }
        return made
    }

    /// Prints where everything is and who can sign in, with what each of them does.
    func announce(portal: String, sandbox: String, resources: String) {
        // The file holds what `prepare` made; unreadable now, only the passwords are missing from the list.
        let known = try? DemoSecrets.open(in: data)
        let (passwords, timeCodes) = (known?.passwords ?? [:], known?.timeCodes ?? [:])
        Out.line(
            """

            Cổng dịch vụ:              \(portal)
            Cán bộ đăng nhập:          \(portal)/dang-nhap/can-bo
            Môi trường thử nghiệm:     \(sandbox)  (công dân mẫu, thanh toán, hộp thư \(sandbox)/hop-thu)

            Tài khoản cán bộ mẫu (chỉ dùng cho thư mục \(data)): tên, mật khẩu, khóa của ứng dụng tạo mã
            """
        )
        // It was read a moment ago; unreadable now, only the words beside the names are missing.
        let province = try? SampleProvince(folder: resources + "/sample")
        for (name, password) in passwords.sorted(by: { $0.key < $1.key }) {
            let officer = province?.officers.first { $0.loginName == name }
            let agency = province?.agencies.first { $0.code == officer?.agency }
            let work = [officer?.position, agency?.name].compactMap(\.self).joined(separator: ", ")
            let columns = [name, password].map { $0.padding(toLength: 26, withPad: " ", startingAt: 0) }
            Out.line("  " + (columns + [timeCodes[name] ?? "-", "  " + work]).joined())
        }
        Out.line("\nCông dân đăng nhập bằng nút VNeID rồi chọn một người mẫu. Dừng: Ctrl-C.")
        Out.line(#"{"listening":"\#(portal)","sandbox":"\#(sandbox)"}"#)
    }
}

/// Keys and roots from the sandbox's authority.
enum DemoKeys {
    private struct Order: Encodable {
        var commonName: String
        var organisation: String
    }

    private struct Issued: Decodable {
        var chain: String
        var privateKey: String?
    }

    /// Keeps the root certificate of the authority as the one that is trusted.
    static func fetchRoots(from sandbox: String, to data: String) async throws {
        let http = HTTPClient(clock: .system)
        let answer = try await http.send(OutboundRequest(.get, sandbox + "/ca/root.pem")).accepted()
        try Data(answer.body).write(to: URL(fileURLWithPath: data + "/trust-roots.pem"))
    }

    /// A key and certificate for a leader, unless there is one.
    static func issue(
        _ officer: Officer,
        of agency: Agency,
        from sandbox: String,
        to folder: String,
        _ http: HTTPClient
    ) async throws {
        let base = "\(folder)/\(officer.loginName)"
        guard !FileManager.default.fileExists(atPath: base + ".key.pem") else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let order = try JSONEncoder().encode(Order(commonName: officer.fullName, organisation: agency.name))
        let request = OutboundRequest(
            .post,
            sandbox + "/ca/issue",
            headers: [OutboundRequest.Header("Content-Type", "application/json")],
            body: Array(order)
        )
        let issued = try JSONDecoder().decode(Issued.self, from: Data(try await http.send(request).accepted().body))
        guard let key = issued.privateKey else { return }
        try Data(issued.chain.utf8).write(to: URL(fileURLWithPath: base + ".chain.pem"))
        // Made with its mode at once: nobody else may read it for a moment.
        _ = FileManager.default.createFile(
            atPath: base + ".key.pem",
            contents: Data(key.utf8),
            attributes: [.posixPermissions: 0o600]
        )
    }
}
