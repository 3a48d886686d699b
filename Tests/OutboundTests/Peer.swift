// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel

/// The other side: `Tests/Checkers/outbound_peer.py` as a process of its own. It ends with its standard input.
final class Peer: Sendable {
    let port: Int
    private let process: Process
    private let input = Pipe()
    private let output: FileHandle

    /// The Python that is named by `MOTCUA_PYTHON` and can `import` what the peer needs.
    static func python(importing module: String) -> String? {
        guard let python = ProcessInfo.processInfo.environment["MOTCUA_PYTHON"] else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", "import \(module)"]
        process.standardError = FileHandle.nullDevice
        // A Python that cannot be started is a Python that is not there.
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? python : nil
    }

    static let http = python(importing: "http.server")
    static let smtp = python(importing: "aiosmtpd")

    init(_ kind: String, python: String?) throws {
        struct NoPython: Error {}
        guard let python else { throw NoPython() }
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Checkers/outbound_peer.py")
        let pipe = Pipe()
        process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path(percentEncoded: false), kind]
        process.standardInput = input
        process.standardOutput = pipe
        try process.run()
        output = pipe.fileHandleForReading
        port = Int(Self.line(output)) ?? 0
    }

    deinit {
        try? input.fileHandleForWriting.close()  // the peer ends; a pipe that is closed already needs nothing
        process.waitUntilExit()
    }

    /// The next line that the peer prints.
    func nextLine() -> String { Self.line(output) }

    private static func line(_ handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        while let byte = handle.readData(ofLength: 1).first, byte != 0x0A { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Time and chance that a test sets.
enum Fixed {
    static let moment = Instant(microseconds: 1_772_696_400_000_000)
    static let clock = Clock { moment }
    static let random = RandomSource { count in [UInt8](repeating: 0xAB, count: count) }
}
