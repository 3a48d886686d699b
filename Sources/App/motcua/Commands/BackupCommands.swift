// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Backup
import Digests
import Foundation
import Journal
import Kernel
import Storage

/// `motcua backup FILE`: one sealed archive of database and files, made while the system works.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Sao lưu cơ sở dữ liệu và kho tệp thành một tệp mã hóa (khóa: MOTCUA_BACKUP_KEY)."
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Tệp sao lưu sẽ được ghi.")
    var file: String

    func run() async throws {
        try await CommandFailure.run {
            let began = ContinuousClock.now
            let reader = try await options.reader()
            let key = try reader.backupKey()
            let (store, data) = (try await options.store(), try reader.required(.data))
            let maker = BackupMaker(
                store: store,
                files: try FileStore(directory: data + "/files", random: .system),
                log: TransparencyLog(random: .system),
                clock: .system,
                random: .system
            )
            let manifest = try await maker.write(to: file, key: key)
            await store.close()
            Out.line(manifest.summary)
            Out.line("Đã ghi \(file) trong \(began.secondsUntilNow) giây; khóa số \(key.id).")
            for digest in manifest.damagedFiles {
                Out.line("LỖI  Tệp \(digest) đã hỏng từ trước, không có trong bản sao")
            }
            if !manifest.damagedFiles.isEmpty { throw ExitCode(1) }
        }
    }
}

/// `motcua restore FILE`: brings an archive back and checks everything.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Phục hồi từ tệp sao lưu vào cơ sở dữ liệu trống, rồi kiểm tra toàn bộ."
    )

    @OptionGroup var options: HouseOptions

    @Argument(help: "Tệp sao lưu.")
    var file: String

    @Flag(help: "Xóa hết dữ liệu đang có trong cơ sở dữ liệu đích trước khi phục hồi.")
    var replace = false

    @Flag(help: "Chỉ đọc và kiểm tra tệp sao lưu, không ghi gì.")
    var check = false

    func run() async throws {
        try await CommandFailure.run {
            let reader = try await options.reader()
            let key = try reader.backupKey()
            if check {
                Out.line(try BackupRestorer.verify(file, key: key).summary)
                Out.line("Bản sao lưu nguyên vẹn.")
            } else {
                try await restore(reader, key)
            }
        }
    }

    private func restore(_ reader: SettingsReader, _ key: BackupKey) async throws {
        let began = ContinuousClock.now
        let data = try reader.required(.data)
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let claim = try await claimAlone(try options.database(reader))
        defer { claim.release() }
        let store = try await options.store()
        let files = try FileStore(directory: data + "/files", random: .system)
        let log = TransparencyLog(random: .system)
        let restorer = BackupRestorer(store: store, files: files, log: log, clock: .system)
        let manifest = try await restorer.restore(
            file,
            key: key,
            migrations: House.migrations,
            isReplacing: replace
        )
        Out.line(manifest.summary)
        try await setCheckpoint(in: data, after: manifest, store, log)
        let signed = try Inspection.signedHeads(in: data) + (manifest.head.map { [$0] } ?? [])
        let findings = try await Inspection.run(store: store, files: files, log: log, signed: signed)
        await store.close()
        for fault in findings.faults { Out.line("LỖI  \(fault)") }
        Out.line(
            "Dữ liệu trở về thời điểm \(manifest.takenAt); phục hồi và kiểm tra mất \(began.secondsUntilNow) giây."
        )
        guard findings.faults.isEmpty else { throw ExitCode(1) }
        Out.line("Mọi thứ đúng: \(findings.events) sự kiện.")
    }

    private func claimAlone(_ url: String) async throws -> StoreClaim {
        do {
            return try await StoreClaim.take(url: url, alone: true)
        } catch {
            guard error == .inUse else { throw error }
            throw SettingsError(
                description: "Không phục hồi: motcua serve hoặc motcua worker đang chạy trên cơ sở dữ liệu này. "
                    + "Dừng chúng ở mọi máy rồi chạy lại."
            )
        }
    }

    /// The last signed head beside the data must be one that the restored journal extends. A later one tells of events
    /// that are lost now: it is put aside, never thrown away.
    private func setCheckpoint(
        in data: String,
        after manifest: BackupManifest,
        _ store: any Store,
        _ log: TransparencyLog
    ) async throws {
        let path = data + "/checkpoint"
        if let head = try Inspection.signedHeads(in: data).first, let restored = manifest.head,
            head.size > restored.size
        {
            let aside = "\(path).lost-\(head.size)"
            try FileManager.default.moveItem(atPath: path, toPath: aside)
            Out.line(
                "Chú ý: đã niêm phong tới \(head.size) sự kiện, bản sao lưu có \(restored.size). "
                    + "Điểm niêm phong cũ được giữ ở \(aside)."
            )
        }
        guard !FileManager.default.fileExists(atPath: path),
            let latest = try await store.read({ try log.latestCheckpoint(in: $0) })
        else { return }
        try DurableFile.replace(path, with: Array(latest.note.published.utf8))
    }
}

extension SettingsReader {
    /// The key of archives.
    ///
    /// - Throws: `SettingsError`; the value itself is never told.
    fileprivate func backupKey() throws -> BackupKey {
        guard let key = BackupKey(bytes: try key(.backupKey)) else {
            throw SettingsError(description: "\(Setting.backupKey.variable) phải gồm 64 chữ số hex (32 byte).")
        }
        return key
    }
}

extension BackupManifest {
    /// What is in it, in one line for a person.
    fileprivate var summary: String {
        "Bản sao lúc \(takenAt): \(tables.count) bảng, \(rows) dòng, \(files) tệp (\(String(fileSize: fileBytes))), "
            + "nhật ký \(head?.size ?? 0) sự kiện, gốc \(head?.root.hex ?? "-")."
    }
}

extension ContinuousClock.Instant {
    /// Seconds from this moment on, with one place.
    fileprivate var secondsUntilNow: Double {
        ((ContinuousClock.now - self) / .milliseconds(100)).rounded() / 10
    }
}
