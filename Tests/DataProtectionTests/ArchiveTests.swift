// SPDX-License-Identifier: Apache-2.0

import Kernel
import Testing

@testable import DataProtection

@Suite struct ArchiveTests {
    @Test func `the checksum is the one of the standard`() {
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
    }

    @Test func `an archive names its files once in front and once at the end`() throws {
        let moment = try #require(Instant("2026-03-02T09:30"))
        var zip = ZipArchive(at: moment)
        zip.add("du-lieu.json", Array("{}".utf8))
        zip.add("du-lieu.html", Array("<p>Chào</p>".utf8))
        let bytes = zip.bytes
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]) && bytes.suffix(22).starts(with: [0x50, 0x4B, 5, 6]))
        // Two entries, in the last 22 bytes.
        #expect(Array(bytes.suffix(22))[10] == 2)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.split(separator: "du-lieu.json").count == 3)
        #expect(text.contains("<p>Chào</p>"))
    }
}
