// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Programs that we did not write and that judge our papers. A missing one is a skipped test with its reason.
enum Judge {
    struct Verdict {
        var status: Int32
        var output: String
        var complaint: String
    }

    /// Whether the program stands on the path.
    static func has(_ tools: String...) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return tools.allSatisfy { tool in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
        }
    }

    /// Runs a program on files of a folder that is removed afterwards.
    static func ask(_ tool: String, _ arguments: [String]) throws -> Verdict {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Verdict(
            status: process.terminationStatus,
            output: String(decoding: said, as: UTF8.self),
            complaint: String(decoding: complained, as: UTF8.self)
        )
    }

    /// Writes bytes to a file for the time of `body`.
    static func with<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // A folder that stays behind in the temporary place harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let file = folder.appending(path: "paper.pdf")
        try Data(bytes).write(to: file)
        return try body(file.path(percentEncoded: false))
    }
}
