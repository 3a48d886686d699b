// SPDX-License-Identifier: Apache-2.0

import Kernel

/// A ZIP of a few small files, stored as they are (APPNOTE 6.3, method 0, names in UTF-8).
struct ZipArchive {
    /// Offsets and sizes are 32 bits wide; what we write is far smaller.
    static let limitBytes = 64 * 1_024 * 1_024

    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0
    private let moment: Instant

    /// An empty archive whose files all bear this moment.
    init(at moment: Instant) { self.moment = moment }

    /// Adds a file.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        precondition(body.count + bytes.count <= Self.limitBytes, "an export stays far below 4 GiB")
        let offset = UInt32(body.count)
        let facts = Self.facts(name, bytes, moment)
        body += Self.little(UInt32(0x0403_4B50)) + facts + Array(name.utf8) + bytes
        // Made by: MS-DOS, version 2.0; no comment, first disk, no attributes.
        directory += Self.little(UInt32(0x0201_4B50)) + Self.little(UInt16(20)) + facts
        directory += Self.little(UInt16(0)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
        directory += Self.little(UInt32(0)) + Self.little(offset) + Array(name.utf8)
        count += 1
    }

    /// The whole archive.
    var bytes: [UInt8] {
        var end = Self.little(UInt32(0x0605_4B50)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
        end += Self.little(count) + Self.little(count)
        end += Self.little(UInt32(directory.count)) + Self.little(UInt32(body.count)) + Self.little(UInt16(0))
        return body + directory + end
    }

    /// What a local header and an entry of the directory have in common.
    private static func facts(_ name: String, _ bytes: [UInt8], _ moment: Instant) -> [UInt8] {
        let (day, time) = (moment.date.components, moment.time)
        let dosTime = UInt16(time.hour << 11 | time.minute << 5 | time.second / 2)
        let dosDay = UInt16((day.year - 1_980) << 9 | day.month << 5 | day.day)
        // Version 2.0, names in UTF-8, stored.
        var facts = little(UInt16(20)) + little(UInt16(0x0800)) + little(UInt16(0))
        facts += little(dosTime) + little(dosDay) + little(CRC32.of(bytes))
        facts += little(UInt32(bytes.count)) + little(UInt32(bytes.count))
        return facts + little(UInt16(name.utf8.count)) + little(UInt16(0))
    }

    private static func little(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) }
    }
}

/// The checksum of ZIP (ISO 3309).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
    }
}
