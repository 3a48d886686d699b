// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import Uploads

/// Pictures that can really be decoded, and the programs that judge what comes out.
enum Workshop {
    /// Runs a program of Debian; nil when it refuses.
    static func ask(_ tool: String, _ arguments: [String]) throws -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: said, as: UTF8.self) : nil
    }

    /// Whether the programs stand on the path.
    static func has(_ tools: String...) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return tools.allSatisfy { tool in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
        }
    }

    /// A folder for the time of `body`.
    static func inFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "uploads-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // what stays behind harms nobody
        return try await body(folder.path)
    }

    /// A PNG whose upper half is red and whose lower half is blue.
    static func twoColours(width: Int, height: Int) -> [UInt8] {
        let (red, blue): ([UInt8], [UInt8]) = ([255, 0, 0], [0, 0, 255])
        var rows: [UInt8] = []
        for row in 0..<height {
            rows.append(0)
            for _ in 0..<width { rows += row < height / 2 ? red : blue }
        }
        precondition(rows.count < 65_536, "one stored block")
        let length = [UInt8(rows.count & 255), UInt8(rows.count >> 8)]
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in rows {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        var packed: [UInt8] = [0x78, 1, 1] + length
        packed += length.map { ~$0 } + rows
        packed += big(high << 16 | low)
        let header: [UInt8] = big(UInt32(width)) + big(UInt32(height)) + [8, 2, 0, 0, 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", header)
        file += chunk("tEXt", Array("Comment\0SECRET-PLACE".utf8))
        file += chunk("IDAT", packed)
        file += chunk("IEND", [])
        return file
    }

    /// The same as a JPEG, with a camera's notes in front: which side is up, who made it, where.
    static func photo(width: Int, height: Int, orientation: UInt8) async throws -> [UInt8] {
        try await inFolder { folder in
            let png = URL(filePath: "\(folder)/a.png")
            try Data(twoColours(width: width, height: height)).write(to: png)
            _ = try ask("vips", ["jpegsave", png.path, "\(folder)/a.jpg", "--Q", "95", "--strip"])
            let jpeg = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/a.jpg")))
            return Array(jpeg.prefix(2)) + notes(orientation) + jpeg.dropFirst(2)
        }
    }

    private static func notes(_ orientation: UInt8) -> [UInt8] {
        let secret = Array("SECRET-PLACE\0".utf8)
        let tags: [[UInt8]] = [
            // The maker at byte 50 of the TIFF part; which side is up; the place.
            [0x0F, 0x01, 2, 0, UInt8(secret.count), 0, 0, 0, 50, 0, 0, 0],
            [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
            [0x25, 0x88, 4, 0, 1, 0, 0, 0, 63, 0, 0, 0],
        ]
        let place: [UInt8] = [1, 0, 1, 0, 2, 0, 2, 0, 0, 0, 0x4E, 0, 0, 0] + [0, 0, 0, 0]
        let tiff = Array("II*\0".utf8) + [8, 0, 0, 0, 3, 0] + tags.flatMap { $0 } + [0, 0, 0, 0] + secret + place
        let body = Array("Exif\0\0".utf8) + tiff
        return [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
    }

    /// A HEIC of 64 × 64 black points with an Exif part, as libheif writes it.
    static var heic: [UInt8] { Array(Data(base64Encoded: heicText) ?? Data()) }

    private static func big(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in body {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return big(UInt32(content.count)) + body + big(~sum)
    }

    private static let heicText =
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAYNtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
        + "AA5waXRtAAAAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAGnAAEAAAAAAAAAFgACAAAAAAG9AAEAAAAAAAAAvgAAADhpaW5mAAAA"
        + "AAACAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAFWluZmUCAAABAAIAAEV4aWYAAAAAwmlwcnAAAACkaXBjbwAAAHhodmNDAQNwAAAA"
        + "AAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
        + "SSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAAAEAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1h"
        + "AAAAAAAAAAEAAQOBAoMAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAANxtZGF0AAAAEigBrxOA5shoU///uuOnlGGjmAAAAAZF"
        + "eGlmAABJSSoACAAAAAYAEgEDAAEAAAABAAAAGgEFAAEAAABWAAAAGwEFAAEAAABeAAAAKAEDAAEAAAACAAAAEwIDAAEAAAABAAAA"
        + "aYcEAAEAAABmAAAAAAAAADhjAADoAwAAOGMAAOgDAAAGAACQBwAEAAAAMDIxMAGRBwAEAAAAAQIDAACgBwAEAAAAMDEwMAGgAwAB"
        + "AAAA//8AAAKgBAABAAAAQAAAAAOgBAABAAAAQAAAAAAAAAA="
}
