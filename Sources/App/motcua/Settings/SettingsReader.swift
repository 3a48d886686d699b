// SPDX-License-Identifier: Apache-2.0

import Configuration
import Digests
import Foundation
import SystemPackage

/// What is wrong with the configuration, naming the key and what to do.
struct SettingsError: Error, CustomStringConvertible {
    var description: String
    /// The key at fault, where it is one.
    var setting: Setting?

    init(_ setting: Setting? = nil, description: String) { (self.setting, self.description) = (setting, description) }
}

/// Reads the settings: defaults < file < environment < flags. Unknown keys are refused, with the nearest known one.
///
/// A secret that is given nowhere is looked for among the credentials of systemd (`LoadCredential=slip-key:…`).
struct SettingsReader: Sendable {
    private let reader: ConfigReader
    /// The folder in which systemd hands over secrets.
    private let credentials: String?
    /// The names that stand in the file of configuration.
    let namesInFile: Set<String>
    /// What stands in for values that were found faulty, so that the rest can be judged.
    private var replaced: [Setting: String?] = [:]

    /// Variables that steer builds and tests of the project, no settings of the program.
    private static let foreign = ["MOTCUA_TEST_", "MOTCUA_FLOOR", "MOTCUA_PYTHON", "MOTCUA_SCRATCH", "MOTCUA_SANDBOX_"]

    /// - Parameters:
    ///   - file: a file of lines `MOTCUA_PORT=8080`; nil for none.
    ///   - flags: what was given on the command line.
    ///   - made: values that a command makes itself where nothing else is given, above the table's defaults.
    ///   - environment: the variables of the process.
    /// - Throws: `SettingsError` for an unreadable file or an unknown key.
    init(file: String?, flags: [Setting: String], made: [Setting: String], environment: [String: String]) async throws {
        var known = environment.filter { $0.key.hasPrefix("MOTCUA_") }
        var named: Set<String> = []
        credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
        var providers: [any ConfigProvider] = [
            Self.provider(flags),
            EnvironmentVariablesProvider(environmentVariables: known),
        ]
        if let file {
            // Why it cannot be read does not matter to whoever must mend it.
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw SettingsError(
                    description: "Không đọc được tệp cấu hình \(file). Kiểm tra đường dẫn và quyền đọc."
                )
            }
            providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file)))
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let name = line.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
                known[name.trimmingCharacters(in: .whitespaces)] = ""
                named.insert(name.trimmingCharacters(in: .whitespaces))
            }
        }
        providers.append(Self.provider(made))
        try Self.refuseUnknown(known.keys)
        reader = ConfigReader(providers: providers)
        namesInFile = named
    }

    /// The same values but for one, which is as if this had been given.
    func replacing(_ setting: Setting, by value: String?) -> SettingsReader {
        var other = self
        other.replaced[setting] = .some(value)
        return other
    }

    /// The file from which a secret is read; nil when it is given otherwise, or nowhere.
    func file(of setting: Setting) -> String? {
        guard setting.facts.isSecret else { return nil }
        if let path = reader.string(forKey: setting.fileKey), !path.isEmpty { return path }
        guard let credentials, reader.string(forKey: setting.key, isSecret: true)?.isEmpty ?? true else { return nil }
        let path = "\(credentials)/\(setting.credential)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The value of a key, a secret's file read; nil when nothing is given and there is no default.
    ///
    /// - Throws: `SettingsError` when the file of a secret cannot be read.
    func value(_ setting: Setting) throws -> String? {
        if let instead = replaced[setting] { return instead }
        if let path = file(of: setting) {
            // Why it cannot be read does not matter to whoever must mend it.
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw SettingsError(
                    setting,
                    description: "Không đọc được tệp \(path) của \(setting.variable). Kiểm tra đường dẫn và quyền đọc."
                )
            }
            let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if !secret.isEmpty { return secret }
            return nil
        }
        if let given = reader.string(forKey: setting.key, isSecret: setting.facts.isSecret), !given.isEmpty {
            return given
        }
        return setting.facts.fallback.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a key that must be given.
    ///
    /// - Throws: `SettingsError` naming the variable.
    func required(_ setting: Setting) throws -> String {
        guard let value = try value(setting) else {
            let file = setting.facts.isSecret ? " (hoặc \(setting.variable)_FILE chỉ tới một tệp)" : ""
            throw SettingsError(
                setting,
                description: "Thiếu cấu hình \(setting.variable)\(file): \(setting.facts.meaning). "
                    + "Đặt biến môi trường này hoặc ghi vào tệp cấu hình."
            )
        }
        return value
    }

    /// A port number.
    ///
    /// - Throws: `SettingsError` when it is none.
    func port(_ setting: Setting) throws -> Int {
        let text = try required(setting)
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw SettingsError(
                setting,
                description: "\(setting.variable) phải là số từ 0 đến 65535, hiện là “\(text)”."
            )
        }
        return port
    }

    /// A key of 32 bytes in hexadecimal.
    ///
    /// - Throws: `SettingsError` when it is none; the value itself is never told.
    func key(_ setting: Setting) throws -> [UInt8] {
        guard let bytes = [UInt8](hex: try required(setting)), bytes.count == 32 else {
            throw SettingsError(setting, description: "\(setting.variable) phải gồm 64 chữ số hex (32 byte).")
        }
        return bytes
    }

    private static func provider(_ values: [Setting: String]) -> InMemoryProvider {
        InMemoryProvider(
            values: Dictionary(
                uniqueKeysWithValues: values.map { setting, value in
                    (AbsoluteConfigKey(setting.key), ConfigValue(.string(value), isSecret: setting.facts.isSecret))
                }
            )
        )
    }

    private static func refuseUnknown(_ names: some Collection<String>) throws {
        let known = Set(Setting.allCases.flatMap { [$0.variable] + ($0.facts.isSecret ? ["\($0.variable)_FILE"] : []) })
        let unknown = names.filter { name in
            !known.contains(name) && (!foreign.contains { name.hasPrefix($0) })
        }
        guard let first = unknown.min() else { return }
        let near = known.min { distance($0, first) < distance($1, first) } ?? ""
        throw SettingsError(description: "Không có cấu hình tên \(first). Có phải \(near)? Xem docs/configuration.md.")
    }

    /// Letters of the one that the other has not, both ways: enough to name the likely key.
    private static func distance(_ first: String, _ second: String) -> Int {
        let common = first.commonPrefix(with: second).count
        return abs(first.count - second.count) + max(first.count, second.count) - common
    }
}

extension Setting {
    /// The key in swift-configuration's form: `MOTCUA_PUBLIC_URL` is `motcua.public.url`.
    fileprivate var key: ConfigKey { ConfigKey(Self.path(rawValue)) }
    fileprivate var fileKey: ConfigKey { ConfigKey(Self.path("\(rawValue)_FILE")) }

    /// The name under which systemd hands it over: `slip-key`.
    var credential: String { rawValue.lowercased().replacing("_", with: "-") }

    /// A value that is well formed and leads nowhere: for commands that need no outside world, and for judging the rest
    /// of a configuration when this value is faulty.
    var placeholder: String? {
        switch self {
        case .slipKey, .logKey: String(repeating: "0", count: 64)
        case .mailURL: "smtp://127.0.0.1"
        case .resources, .procedures: FileManager.default.temporaryDirectory.path
        default: facts.fallback.map { $0.isEmpty ? nil : $0 } ?? "http://127.0.0.1"
        }
    }

    private static func path(_ name: String) -> [String] {
        ["motcua"] + name.lowercased().split(separator: "_").map(String.init)
    }
}
