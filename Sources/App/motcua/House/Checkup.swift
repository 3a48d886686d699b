// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Kernel
import Trust
import Web

/// What `motcua doctor` finds, each with what to do; it changes nothing.
struct Checkup {
    /// How grave it is.
    enum Weight: Equatable {
        /// The data are not what they should be.
        case data
        /// The program would not start, or would fail somewhere.
        case installation
        /// It works, and somebody should know.
        case warning
    }

    struct Finding {
        let weight: Weight
        let words: String
    }

    private(set) var findings: [Finding] = []
    let now: Instant

    init(now: Instant) { self.now = now }

    /// A certificate that ends so soon is to be renewed.
    static let warningDays: Int64 = 30

    mutating func note(_ weight: Weight, _ words: String) { findings.append(Finding(weight: weight, words: words)) }

    func has(_ weight: Weight) -> Bool { findings.contains { $0.weight == weight } }

    // MARK: - Settings

    /// The very settings that `serve` would build, and every fault in them: a faulty value is told, put aside, and the
    /// rest is read again.
    ///
    /// - Returns: the settings and the keys that were put aside; nil when too little is left to go on.
    mutating func settings(_ given: SettingsReader) -> (settings: Settings, faulty: Set<Setting>)? {
        var (reader, faulty) = (given, Set<Setting>())
        while true {  // ends: each round puts another key aside
            do {
                return (try Settings(reader), faulty)
            } catch {
                note(.installation, CommandFailure.words(error))
                guard let setting = (error as? SettingsError)?.setting, faulty.insert(setting).inserted else {
                    return nil
                }
                reader = reader.replacing(setting, by: setting.placeholder)
            }
        }
    }

    // MARK: - Files

    /// Secrets are for this user alone; those of others who may read them are no secrets.
    mutating func secrets(_ reader: SettingsReader, configuration: String?) {
        for setting in Setting.allCases where setting.facts.isSecret {
            guard let path = reader.file(of: setting) else { continue }
            if let mode = Self.mode(path), mode & 0o007 != 0 {
                note(.installation, "\(setting.variable): ai cũng đọc được tệp \(path). Chạy: chmod 600 \(path)")
            }
        }
        let inFile = Setting.allCases.filter { $0.facts.isSecret && reader.namesInFile.contains($0.variable) }
        if let configuration, !inFile.isEmpty, let mode = Self.mode(configuration), mode & 0o007 != 0 {
            let names = inFile.map(\.variable).joined(separator: ", ")
            note(
                .installation,
                "\(names) ghi trong \(configuration) mà ai cũng đọc được. Chuyển sang tệp riêng, hoặc chạy: "
                    + "chmod 600 \(configuration)"
            )
        }
    }

    /// Certificates of the trusted authorities, of the outside world and of the server itself.
    mutating func certificates(_ settings: Settings, _ reader: SettingsReader, besides faulty: Set<Setting>) {
        var files: [(Setting, String)] = []
        if !faulty.contains(.trustRoots) { files.append((.trustRoots, settings.outside.trustRoots)) }
        // Both were read by the settings already, so that they are there.
        for setting in [Setting.caFile, .tlsChain] where !faulty.contains(setting) {
            if let path = (try? reader.value(setting)) ?? nil { files.append((setting, path)) }
        }
        for (setting, path) in files { certificates(in: path, of: setting) }
        if !faulty.contains(.tlsKey), let path = (try? reader.value(.tlsKey)) ?? nil,  // as above
            let mode = Self.mode(path), mode & 0o007 != 0
        {
            note(.installation, "\(Setting.tlsKey.variable): ai cũng đọc được khóa \(path). Chạy: chmod 600 \(path)")
        }
        let url = settings.publicURL
        if let url, !url.isHTTPS, !url.isLoopback {
            note(
                .warning,
                "\(Setting.publicURL.variable)=\(url): người dân vào bằng http, không được mã hóa. Dùng https"
            )
        }
    }

    private mutating func certificates(in path: String, of setting: Setting) {
        // Why it cannot be read does not matter to whoever must mend it.
        guard let pem = try? String(contentsOfFile: path, encoding: .utf8) else {
            return note(
                .installation,
                "\(setting.variable): không đọc được tệp \(path). Kiểm tra đường dẫn và quyền đọc"
            )
        }
        // As above: a file of something else.
        guard let found = try? SigningCertificate.all(pem: pem), !found.isEmpty else {
            return note(.installation, "\(setting.variable): \(path) không có chứng thư PEM nào")
        }
        for certificate in found { term(of: certificate, "\(setting.variable): chứng thư “\(certificate.commonName)”") }
    }

    /// Keys with which leaders sign, each with its certificate.
    mutating func signers(in folder: String, isGiven: Bool, roots: TrustRoots?) async {
        // Unreadable is told below, like absent.
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            let words = "\(Setting.signers.variable): không có hoặc không đọc được thư mục \(folder)"
            return isGiven
                ? note(.installation, words + ". Tạo thư mục, chủ là người dùng chạy motcua, quyền 700")
                : note(.warning, words + "; chưa lãnh đạo nào ký được (xem docs/operations.md, “Khóa ký của lãnh đạo”)")
        }
        let logins = names.filter { $0.hasSuffix(".key.pem") }.map { String($0.dropLast(8)) }.sorted()
        if logins.isEmpty { note(.warning, "\(folder) chưa có khóa nào: chưa lãnh đạo nào ký được") }
        for login in logins {
            let base = "\(folder)/\(login)"
            do throws(TrustError) {
                let key = try KeyFile.load(key: "\(base).key.pem", certificates: "\(base).chain.pem")
                term(of: key.certificate, "Khóa ký \(base).key.pem: chứng thư “\(key.certificate.commonName)”")
                if let roots, key.certificate.notAfter >= now { try await roots.require(key, at: now) }
            } catch {
                let reason = error.publicDetail ?? "\(error)"
                note(.installation, "Khóa ký \(base).key.pem không dùng được: \(reason)")
            }
        }
    }

    private mutating func term(of certificate: SigningCertificate, _ name: String) {
        let last = certificate.notAfter
        if last < now {
            note(.installation, "\(name) hết hạn ngày \(last.date.vietnamese). Thay chứng thư mới")
        } else if now < certificate.notBefore {
            note(.installation, "\(name) đến \(certificate.notBefore.date.vietnamese) mới có hiệu lực")
        } else if last < now.adding(days: Self.warningDays) {
            note(.warning, "\(name) sẽ hết hạn ngày \(last.date.vietnamese). Chuẩn bị thay")
        }
    }

    /// The folder of the data, whose owner must be who runs this: what another user writes there the server cannot.
    ///
    /// - Returns: whether the database may be looked at.
    mutating func folder(_ path: String) -> Bool {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
            note(
                .installation,
                "\(Setting.data.variable): không có thư mục \(path). Chạy motcua migrate bằng người dùng của dịch vụ"
            )
            return false
        }
        guard facts.st_uid == geteuid() else {
            note(
                .installation,
                "\(Setting.data.variable): \(path) là của người dùng số \(facts.st_uid), lệnh này chạy bằng số "
                    + "\(geteuid()). Chạy bằng người dùng của dịch vụ, ví dụ: motcua-admin doctor"
            )
            return false
        }
        guard unsafe access(path, W_OK | X_OK) == 0 else {
            note(.installation, "\(Setting.data.variable): không ghi được vào \(path). Kiểm tra quyền và ổ đĩa")
            return false
        }
        if facts.st_mode & 0o007 != 0 {
            note(.warning, "\(Setting.data.variable): người khác vào được \(path). Chạy: chmod o-rwx \(path)")
        }
        return true
    }

    /// Nil when there is no such file, or it may not be asked.
    private static func mode(_ path: String) -> UInt32? {
        var facts = stat()
        return unsafe stat(path, &facts) == 0 ? facts.st_mode & 0o777 : nil
    }
}
