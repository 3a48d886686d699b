// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The record at the end of a ZIP archive (APPNOTE 4.3.16), by which an unpacker opens a file from behind.
enum ArchiveTail {
    private static let recordBytes = 22
    private static let commentBytes = 65_535

    /// Whether the file ends in such a record, whose comment reaches to the last byte.
    static func isIn(_ bytes: Data) -> Bool {
        let tail = Array(bytes.suffix(recordBytes + commentBytes))
        guard tail.count >= recordBytes else { return false }
        return (0...(tail.count - recordBytes)).contains { place in
            guard tail[place] == 0x50, tail[place + 1] == 0x4B, tail[place + 2] == 0x05, tail[place + 3] == 0x06 else {
                return false
            }
            let comment = Int(tail[place + 20]) | Int(tail[place + 21]) << 8
            return place + recordBytes + comment == tail.count
        }
    }
}
