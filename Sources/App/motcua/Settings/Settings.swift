// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Identity
import Kernel
import SignIn
import Web

/// The settings that every command needs.
struct Settings: Sendable {
    var host: String
    var port: Int
    /// As configured; nil until the port is known, then the loopback address.
    var publicURL: PublicURL?
    var data: String
    var database: String
    var resources: String
    var procedures: String
    /// The table of administrative units; nil: addresses are one line.
    var units: String?
    /// The name at the head of every page; nil: that of the highest agency.
    var authorityName: String?
    /// Whether packs with facts that nobody compared are offered.
    var unverifiedPacks: UnverifiedPacks
    var trustedProxies: TrustedProxies
    /// The certificate of our own; nil behind a proxy that ends TLS.
    var transportSecurity: TransportSecurity?
    var logLevel: String
    var slipKey: [UInt8]
    var logKey: [UInt8]
    var logOrigin: String
    /// Whether citizens read the names of officers who looked at their data.
    var tellsOfficerNames: Bool
    /// Where a signed result waits for the clerk.
    var clerkIssuing: ClerkIssuing
    /// Whether `serve` does the background work as well.
    var doesWork: Bool
    /// How long `serve` goes on after it has said that it stops.
    var drainSeconds: Int
    /// The listener of administration; nil: its pages are the portal's, and figures are told to this machine alone.
    var admin: AdminListener?
    var outside: OutsideSettings
    var officers: OfficerSettings
    var passwords: PasswordPolicy

    /// The address under which people reach the portal, once the port is known.
    var reachedAt: PublicURL { publicURL ?? .loopback(port: port, isHTTPS: transportSecurity != nil) }

    /// The address under which administrators reach their pages, once the port is known.
    var administeredAt: PublicURL? {
        admin.map { $0.publicURL ?? .loopback(port: $0.port, isHTTPS: transportSecurity != nil) }
    }

    /// Reads and checks everything; the first fault is told with its variable and remedy.
    ///
    /// - Throws: `SettingsError`.
    init(_ reader: SettingsReader) throws {
        host = try reader.required(.host)
        port = try reader.port(.port)
        publicURL = try Self.publicURL(reader, .publicURL)
        // Absolute: programs that look at files run in folders of their own.
        data = URL(fileURLWithPath: try reader.required(.data)).path
        database = try reader.value(.database) ?? "sqlite:\(data)/motcua.sqlite"
        resources = try Self.folder(reader, .resources, named: "resources")
        procedures = try Self.folder(reader, .procedures, named: "procedures")
        units = try reader.value(.units)
        authorityName = try reader.value(.authorityName)
        unverifiedPacks = try Self.choice(reader, .unverifiedPacks, Self.unverified)
        let networks = (try reader.value(.trustedProxies) ?? "").split(separator: ",").map { part in
            ClientNetwork(part.trimmingCharacters(in: .whitespaces))
        }
        guard !networks.contains(where: { $0 == nil }) else {
            throw SettingsError(
                .trustedProxies,
                description: "MOTCUA_TRUSTED_PROXIES phải gồm các địa chỉ như 10.0.0.1 hoặc 10.0.0.0/24."
            )
        }
        trustedProxies = TrustedProxies(networks.compactMap { $0 })
        transportSecurity = try Self.transportSecurity(reader)
        logLevel = try reader.required(.logLevel)
        slipKey = try reader.key(.slipKey)
        logKey = try reader.key(.logKey)
        logOrigin = try reader.required(.logOrigin)
        tellsOfficerNames = try Self.isYes(reader, .accessNames)
        clerkIssuing = try ClerkIssuing(try reader.required(.clerkIssues))
        doesWork = try Self.isYes(reader, .worker)
        drainSeconds = try Self.seconds(reader, .drainSeconds)
        admin = try Self.admin(reader)
        outside = try OutsideSettings(reader, data: data)
        officers = try Self.officers(reader, slipKey: slipKey)
        passwords = try Self.choice(reader, .passwordProfile, ["asvs": .standard, "vn-742": .vn742])
    }

    /// The rules of officers' sign-in; without a key of their own one is derived from the slips' key.
    private static func officers(_ reader: SettingsReader, slipKey: [UInt8]) throws -> OfficerSettings {
        let hasKey = try reader.value(.officerKey) != nil
        let text = try reader.required(.proofMinutes)
        guard let minutes = Int64(text), (1...60).contains(minutes) else {
            throw SettingsError(
                .proofMinutes,
                description: "\(Setting.proofMinutes.variable) phải là số phút từ 1 đến 60, hiện là “\(text)”."
            )
        }
        return OfficerSettings(
            installationKey: hasKey
                ? try reader.key(.officerKey) : SecretSeal.derived(from: slipKey, purpose: "officers"),
            needsSecondFactor: try choice(reader, .secondFactor, ["required": true, "optional": false]),
            freshProof: FreshProof(minutes: minutes),
            breached: try breached(reader)
        )
    }

    /// The words of the setting.
    static let unverified: [String: UnverifiedPacks] = ["withhold": .withhold, "offer": .offer]

    /// The list of breached passwords, looked at once, so that a wrong one is told at the start.
    private static func breached(_ reader: SettingsReader) throws -> BreachedPasswords? {
        guard let path = try reader.value(.breachedPasswords) else { return nil }
        do { return try BreachedPasswords(path: path) } catch {
            throw SettingsError(
                .breachedPasswords,
                description: "\(Setting.breachedPasswords.variable) phải là tệp gồm các dòng 40 chữ số hex đã sắp xếp, "
                    + "hiện là “\(path)”."
            )
        }
    }

    static func choice<Value>(_ reader: SettingsReader, _ setting: Setting, _ known: [String: Value]) throws
        -> Value
    {
        let text = try reader.required(setting)
        guard let value = known[text] else {
            let words = known.keys.sorted().joined(separator: " hoặc ")
            throw SettingsError(setting, description: "\(setting.variable) phải là \(words), hiện là “\(text)”.")
        }
        return value
    }

    private static func isYes(_ reader: SettingsReader, _ setting: Setting) throws -> Bool {
        switch try reader.required(setting) {
        case "yes", "true", "1": return true
        case "no", "false", "0": return false
        case let other:
            throw SettingsError(setting, description: "\(setting.variable) phải là yes hoặc no, hiện là “\(other)”.")
        }
    }

    /// Up to ten minutes: service managers give up before.
    private static func seconds(_ reader: SettingsReader, _ setting: Setting) throws -> Int {
        let text = try reader.required(setting)
        guard let seconds = Int(text), (0...600).contains(seconds) else {
            throw SettingsError(
                setting,
                description: "\(setting.variable) phải là số giây từ 0 đến 600, hiện là “\(text)”."
            )
        }
        return seconds
    }

    /// Both files or none.
    private static func transportSecurity(_ reader: SettingsReader) throws -> TransportSecurity? {
        let (chain, key) = (try reader.value(.tlsChain), try reader.value(.tlsKey))
        guard chain != nil || key != nil else { return nil }
        guard let chain, let key else {
            throw SettingsError(.tlsChain, description: "MOTCUA_TLS_CHAIN và MOTCUA_TLS_KEY phải đặt cùng nhau.")
        }
        do {
            return try TransportSecurity(chainFile: chain, keyFile: key)
        } catch {
            switch error {
            case .unreadableChain(let file):
                throw SettingsError(
                    .tlsChain,
                    description: "MOTCUA_TLS_CHAIN: \(file) không đọc được hoặc không có chứng thư PEM."
                )
            case .unreadableKey(let file):
                throw SettingsError(
                    .tlsKey,
                    description: "MOTCUA_TLS_KEY: \(file) không đọc được, có mật khẩu, hoặc không phải khóa PEM."
                )
            case .keyOfAnother(let file):
                throw SettingsError(
                    .tlsKey,
                    description: "MOTCUA_TLS_KEY: khóa trong \(file) không phải của chứng thư đã đặt."
                )
            }
        }
    }

    private static func admin(_ reader: SettingsReader) throws -> AdminListener? {
        guard try reader.value(.adminPort) != nil else { return nil }
        return AdminListener(
            host: try reader.required(.adminHost),
            port: try reader.port(.adminPort),
            publicURL: try publicURL(reader, .adminURL)
        )
    }

    private static func publicURL(_ reader: SettingsReader, _ setting: Setting) throws -> PublicURL? {
        guard let text = try reader.value(setting) else { return nil }
        guard let url = PublicURL(text) else {
            throw SettingsError(
                setting,
                description: "\(setting.variable) phải có dạng https://dichvucong.example.vn, hiện là “\(text)”."
            )
        }
        return url
    }

    /// A folder that comes with the program: as configured, else in the current folder, else beside the program.
    static func folder(_ reader: SettingsReader, _ setting: Setting, named name: String) throws -> String {
        if let given = try reader.value(setting) {
            guard isFolder(given) else {
                throw SettingsError(setting, description: "\(setting.variable): không có thư mục \(given).")
            }
            return given
        }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var above = program.deletingLastPathComponent()
        var candidates = [FileManager.default.currentDirectoryPath + "/" + name]
        for _ in 0..<5 {
            candidates.append(above.appendingPathComponent(name).path)
            above = above.deletingLastPathComponent()
        }
        guard let found = candidates.first(where: isFolder) else {
            throw SettingsError(
                setting,
                description: "Không tìm thấy thư mục \(name). Chạy ở thư mục của dự án hoặc đặt \(setting.variable)."
            )
        }
        return found
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}

/// The listener of administration.
struct AdminListener: Sendable {
    var host: String
    var port: Int
    /// As configured; nil: the loopback address.
    var publicURL: PublicURL?
}
