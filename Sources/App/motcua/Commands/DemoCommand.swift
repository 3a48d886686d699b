// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Digests
import Foundation
import Kernel
import Organisation
import Outbound
import Storage

/// `motcua demo`: a sample province, the outside world as a child process, and the portal; on this machine alone.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Chạy thử trên máy này: tỉnh mẫu An Giang, môi trường thử nghiệm và cổng dịch vụ."
    )

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.run { try await demo() }
    }

    private func demo() async throws {
        let plain = try await options.reader()
        let data = try plain.required(.data)
        let host = try plain.required(.host)
        guard ["127.0.0.1", "localhost"].contains(host) else {
            throw SettingsError(description: "Lệnh demo chỉ chạy trên máy này: bỏ MOTCUA_HOST hoặc đặt 127.0.0.1.")
        }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        Out.line("Một Cửa: đang chuẩn bị dữ liệu mẫu trong \(data) …")
        let secrets = try DemoSecrets.open(in: data)
        let port = try FreePort.check(try plain.port(.port), on: host, variable: "MOTCUA_PORT")
        let sandboxPort = try FreePort.check(
            try plain.port(.sandboxPort),
            on: host,
            variable: "MOTCUA_SANDBOX_PORT"
        )
        let portal = try plain.value(.publicURL) ?? "http://127.0.0.1:\(port)"
        let sandbox = try Sandbox.start(port: sandboxPort, portal: portal, data: data, secrets: secrets)
        defer { sandbox.stop() }
        let base = "http://127.0.0.1:\(sandbox.port)"
        try await DemoKeys.fetchRoots(from: base, to: data)
        var reader = options
        reader.port = port
        var made = Self.made(base, sandbox, data, secrets)
        made[.units] = try Settings.folder(plain, .resources, named: "resources") + "/sample/an-giang-units.csv"
        let settings = try Settings(try await reader.reader(adding: made))
        let accounts = DemoAccounts(secrets: secrets, sandbox: base, data: data)
        try await Serving(settings).run { house in
            try await accounts.prepare(house)
        } onListening: { _ in
            accounts.announce(portal: portal, sandbox: base, resources: settings.resources)
        }
        Out.line("Đã dừng.")
    }

    /// Where the simulated world is, and the secrets shared with it.
    private static func made(
        _ base: String,
        _ sandbox: Sandbox,
        _ data: String,
        _ secrets: DemoSecrets
    ) -> [Setting: String] {
        [
            .unverifiedPacks: "offer",
            .slipKey: secrets.slipKey,
            .logKey: secrets.logKey,
            .oidcIssuer: base + "/dinh-danh",
            .oidcClient: "motcua",
            .oidcSecret: secrets.oidcSecret,
            .staffIssuer: base + "/dinh-danh-can-bo",
            .staffClient: "motcua-can-bo",
            .staffSecret: secrets.staffSecret ?? "",
            .paymentURL: base + "/cong-thanh-toan",
            .paymentClient: "MOTCUA",
            .paymentKey1: secrets.paymentKey1,
            .paymentKey2: secrets.paymentKey2,
            .paymentAccount: "0000000000",
            .paymentBank: "000000",
            .paymentHolder: "KHO BAC MAU",
            .tsaURL: base + "/tsa",
            .trustRoots: data + "/trust-roots.pem",
            .mailURL: "smtp://127.0.0.1:\(sandbox.mailPort)",
            .smsURL: base + "/sms",
        ]
    }
}

/// The secrets of one data folder; made once, readable by their owner alone.
struct DemoSecrets: Codable, Sendable {
    var slipKey: String
    var logKey: String
    var oidcSecret: String
    var paymentKey1: String
    var paymentKey2: String
    /// Passwords of the sample officers by login name.
    var passwords: [String: String]
    /// Secrets of their authenticator apps by login name; missing in folders of earlier versions.
    var timeCodes: [String: String]?
    /// Missing in folders of earlier versions until the next start.
    var staffSecret: String?

    /// Those of the folder, made at the first start.
    static func open(in data: String) throws -> DemoSecrets {
        let path = data + "/demo.json"
        if let bytes = FileManager.default.contents(atPath: path) {
            var known = try JSONDecoder().decode(DemoSecrets.self, from: bytes)
            if known.staffSecret == nil {
                known.staffSecret = secret()
                try known.save(in: data)
            }
            return known
        }
        let made = DemoSecrets(
            slipKey: secret(),
            logKey: secret(),
            oidcSecret: secret(),
            paymentKey1: secret(),
            paymentKey2: secret(),
            passwords: [:],
            staffSecret: secret()
        )
        try made.save(in: data)
        return made
    }

    private static func secret() -> String { RandomSource.system.bytes(32).hex }

    func save(in data: String) throws {
        let path = data + "/demo.json"
        try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// The outside world as a child process; it ends with us, because its standard input closes.
final class Sandbox {
    let port: Int
    let mailPort: Int
    private let process: Process
    private let input: Pipe

    private init(port: Int, mailPort: Int, process: Process, input: Pipe) {
        (self.port, self.mailPort, self.process, self.input) = (port, mailPort, process, input)
    }

    /// Starts the program `sandbox` that lies beside this one, and waits until it listens.
    ///
    /// - Throws: `SettingsError` when it is not there or does not listen.
    static func start(port: Int, portal: String, data: String, secrets: DemoSecrets) throws -> Sandbox {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let program = own.deletingLastPathComponent().appendingPathComponent("sandbox")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw SettingsError(description: "Không có chương trình sandbox cạnh motcua. Chạy lại make run để dựng đủ.")
        }
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = program
        process.standardInput = input
        process.standardOutput = output
        var environment = ProcessInfo.processInfo.environment
        environment["MOTCUA_SANDBOX_PORT"] = "\(port)"
        environment["MOTCUA_SANDBOX_SMTP_PORT"] = "0"
        environment["MOTCUA_SANDBOX_FOLDER"] = data + "/sandbox"
        environment["MOTCUA_SANDBOX_OIDC_SECRET"] = secrets.oidcSecret
        environment["MOTCUA_SANDBOX_STAFF_SECRET"] = secrets.staffSecret
        environment["MOTCUA_SANDBOX_PAYMENT_KEY1"] = secrets.paymentKey1
        environment["MOTCUA_SANDBOX_PAYMENT_KEY2"] = secrets.paymentKey2
        environment["MOTCUA_SANDBOX_PAYMENT_NOTIFY_URL"] = portal + "/thanh-toan/thong-bao"
        process.environment = environment
        try process.run()
        struct Answer: Decodable {
            var listening: Int
            var smtp: Int
        }
        let line = firstLine(of: output.fileHandleForReading)
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line) else {  // no line: it ended early
            process.terminate()
            throw SettingsError(description: "Môi trường thử nghiệm không khởi động được ở cổng \(port).")
        }
        return Sandbox(port: answer.listening, mailPort: answer.smtp, process: process, input: input)
    }

    /// Asks it to end; it has two seconds.
    func stop() {
        input.fileHandleForWriting.closeFile()
        process.terminate()
        process.waitUntilExit()
    }

    private static func firstLine(of handle: FileHandle) -> Data {
        var line = Data()
        // A pipe that breaks ends the line: what came so far is judged by the caller.
        while let byte = try? handle.read(upToCount: 1), let first = byte.first, first != 10 { line.append(first) }
        return line
    }
}
