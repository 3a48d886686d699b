// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import Kernel
import Logging
import Storage
import Web

/// Runs the command and ends the process.
///
/// It ends without exit handlers: those of OpenSSL, which libcurl and libpq use, free what threads that are just ending
/// still clean up after themselves, and glibc then aborts a process whose work is all done. Nothing here waits for such
/// a handler: what must last is on disk before a command returns.
@main
enum Program {
    static func main() async {
        let ended: (any Error)?
        do {
            var command = try MotCuaCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            ended = nil
        } catch { ended = error }
        var code = ExitCode.success
        if let ended {
            code = MotCuaCommand.exitCode(for: ended)
            let words = MotCuaCommand.fullMessage(for: ended)
            if !words.isEmpty {
                (code.isSuccess ? FileHandle.standardOutput : .standardError).write(Data((words + "\n").utf8))
            }
        }
        fflush(nil)
        _exit(code.rawValue)
    }
}

/// The door of the program.
struct MotCuaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "motcua",
        abstract: "Một Cửa: cổng dịch vụ công và một cửa điện tử.",
        subcommands: [
            ServeCommand.self, WorkerCommand.self, DemoCommand.self, MigrateCommand.self, CheckCommand.self,
            AssessCommand.self, ImportCommand.self, ExportCommand.self, DeadlineCommand.self,
            RecountCommand.self, LogCommand.self, VerifyCommand.self, StatesCommand.self, DoctorCommand.self,
            BackupCommand.self, RestoreCommand.self, SampleCommand.self, AdminCommand.self, RoutesCommand.self,
        ]
    )
}

/// What every command that opens the house understands.
struct HouseOptions: ParsableArguments {
    @Option(help: "Tệp cấu hình gồm các dòng MOTCUA_PORT=8080.")
    var config: String?

    @Option(help: "Thư mục dữ liệu (MOTCUA_DATA).")
    var data: String?

    @Option(help: "Cơ sở dữ liệu (MOTCUA_DATABASE).")
    var database: String?

    @Option(help: "Cổng (MOTCUA_PORT).")
    var port: Int?

    /// What was given as flags.
    var flags: [Setting: String] {
        var flags: [Setting: String] = [:]
        flags[.data] = data
        flags[.database] = database
        flags[.port] = port.map { "\($0)" }
        return flags
    }

    /// The reader over flags, environment and file, with values that a command adds below them all.
    func reader(adding made: [Setting: String] = [:]) async throws -> SettingsReader {
        try await SettingsReader(
            file: config,
            flags: flags,
            made: made,
            environment: ProcessInfo.processInfo.environment
        )
    }
}

/// Tells an error in the person's language and ends with a code that scripts can read.
enum CommandFailure {
    static func run(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let exit as ExitCode {
            throw exit
        } catch {
            FileHandle.standardError.write(Data((words(error) + "\n").utf8))
            throw ExitCode(1)
        }
    }

    static func words(_ error: any Error) -> String {
        if let settings = error as? SettingsError { return settings.description }
        // An operator, unlike a citizen, is told what the engine said; it names no row.
        if let store = error as? StoreError {
            return [store.publicDetail, "(\(store))"].compactMap(\.self).joined(separator: " ")
        }
        if let presentable = error as? any Presentable { return presentable.publicDetail ?? "\(presentable)" }
        return "\(error)"
    }
}

/// Writes to standard output; the one place that does.
enum Out {
    static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}

/// The program's logger: JSON lines on standard error.
enum Log {
    static func logger(_ level: String) -> Logger {
        logger(level) { line, _ in FileHandle.standardError.write(Data(line.utf8)) }
    }

    /// The logger of a server, whose lines are gathered: they must be flushed at the end.
    static func serving(_ level: String) -> (logger: Logger, lines: LogLines) {
        let lines = LogLines { FileHandle.standardError.write(Data($0)) }
        return (logger(level) { lines.add($0, isUrgent: $1 >= .warning) }, lines)
    }

    private static func logger(
        _ level: String,
        write: @escaping @Sendable (String, Logger.Level) -> Void
    ) -> Logger {
        let known = Logger.Level(rawValue: level) ?? .info
        return Logger(label: "motcua") { JSONLogHandler(label: $0, level: known, clock: .system, write: write) }
    }
}
