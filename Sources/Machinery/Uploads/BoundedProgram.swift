// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel

/// A program of Debian that opens a stranger's file in a process of its own.
///
/// The kernel bounds what it may use, so that a file made to swell takes neither the memory nor the hours of the
/// portal, and a fault in a decoder ends that process alone.
struct BoundedProgram {
    /// How it ended.
    enum Ending: Equatable {
        /// By itself: its status and the first words of its complaint.
        case status(Int32, complaint: String)
        /// By the kernel, at one of the bounds.
        case stopped
    }

    /// Where it lies.
    let program: String
    /// Bytes of memory that it may write to.
    let memoryBytes: Int
    /// Seconds of computing.
    let seconds: Int
    /// Bytes of each file that it may write.
    let writtenBytes: Int64

    static let timeout = "/usr/bin/timeout"
    static let limiter = "/usr/bin/prlimit"
    private static let complaintBytes = 4096
    /// What `timeout` and the shells answer for a program that was killed by SIGKILL.
    private static let killed: Int32 = 137
    /// What `prlimit` answers for a program that is not there.
    private static let notThere: Set<Int32> = [126, 127]

    /// Runs it and waits for its end.
    ///
    /// - Parameters:
    ///   - arguments: What it is told.
    ///   - folder: A folder of its own, for its temporary files too.
    /// - Throws: `unreadable` when it cannot be started.
    /// - Returns: How it ended.
    func run(_ arguments: [String], in folder: URL) throws(UploadError) -> Ending {
        do {
            return try start(arguments, in: folder)
        } catch let error as UploadError {
            throw error
        } catch {
            // No such program, no more processes: nobody who uploads can act on the cause.
            throw .unreadable
        }
    }

    private func start(_ arguments: [String], in folder: URL) throws -> Ending {
        let words = folder.appending(path: "complaint")
        try Data().write(to: words)
        let process = Process()
        process.executableURL = URL(filePath: Self.timeout)
        process.arguments =
            [
                "--signal=KILL", "\(seconds * 3)", Self.limiter, "--data=\(memoryBytes)", "--cpu=\(seconds)",
                "--fsize=\(writtenBytes)", "--core=0", program,
            ] + arguments
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "TMPDIR": folder.path,
            // libvips: only the decoders that its makers call fit for strangers' files, on one thread.
            "VIPS_BLOCK_UNTRUSTED": "1", "VIPS_CONCURRENCY": "1",
        ]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let complaints = try FileHandle(forWritingTo: words)
        defer { complaints.closeFile() }
        process.standardError = complaints
        try process.run()
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal || process.terminationStatus == Self.killed { return .stopped }
        guard !Self.notThere.contains(process.terminationStatus) else { throw UploadError.unreadable }
        let reader = try FileHandle(forReadingFrom: words)
        defer { reader.closeFile() }
        let said = try reader.read(upToCount: Self.complaintBytes) ?? Data()
        return .status(process.terminationStatus, complaint: String(decoding: said, as: UTF8.self))
    }

    /// Makes a folder that only we may enter, for the time of `body`.
    static func inFolder<Value>(_ body: (URL) throws(UploadError) -> Value) throws(UploadError) -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "motcua-upload-\(Identifier<Self>(.system).rawValue)"
        )
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            // No room or no right: ours to mend.
            throw .unreadable
        }
        defer {
            // What stays behind is removed with the temporary folder of the service.
            try? FileManager.default.removeItem(at: folder)
        }
        return try body(folder)
    }
}
