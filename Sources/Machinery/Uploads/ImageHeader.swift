// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Width and height as the header of an image says, and whether the image is there to its end. Nothing is decoded.
enum ImageHeader {
    struct Extent: Equatable {
        let width: Int
        let height: Int
    }

    /// The frame header of a JPEG (ITU-T T.81, B.2); nil when it is missing, says nothing, or the end marker is
    /// missing.
    static func jpeg(_ bytes: Data) -> Extent? {
        let bytes = Bytes(bytes)
        guard bytes.at(0) == 0xFF, bytes.at(1) == 0xD8 else { return nil }
        var place = 2
        var extent: Extent?
        while true {
            guard bytes.at(place) == 0xFF, let marker = bytes.at(place + 1) else { return nil }
            if marker == 0xFF {
                place += 1
                continue
            }
            // Markers without a segment; the end of the image before any scan means that there is no image.
            if marker == 0x01 || (0xD0...0xD7).contains(marker) {
                place += 2
                continue
            }
            guard marker != 0xD9, marker != 0xD8, let length = bytes.big16(place + 2), length >= 2 else { return nil }
            let isFrame = (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
            if isFrame {
                guard extent == nil, let height = bytes.big16(place + 5), let width = bytes.big16(place + 7),
                    width > 0, height > 0
                else { return nil }
                extent = Extent(width: width, height: height)
            }
            place += 2 + length
            if marker == 0xDA { return bytes.contains(0xFF, 0xD9, from: place) ? extent : nil }
        }
    }

    /// The first chunk of a PNG (ISO 15948); nil when it is missing or the chunks do not lead to the last one.
    static func png(_ bytes: Data) -> Extent? {
        let bytes = Bytes(bytes)
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        for (place, byte) in signature.enumerated() where bytes.at(place) != byte { return nil }
        guard bytes.big32(8) == 13, bytes.big32(12) == 0x4948_4452, let width = bytes.big32(16),
            let height = bytes.big32(20), (1...0x7FFF_FFFF).contains(width), (1...0x7FFF_FFFF).contains(height)
        else { return nil }
        var place = 8
        var hasData = false
        while let length = bytes.big32(place), let kind = bytes.big32(place + 4) {
            guard place + 12 + length <= bytes.count else { return nil }
            if kind == 0x4944_4154 { hasData = true }
            if kind == 0x4945_4E44 { return hasData ? Extent(width: width, height: height) : nil }
            place += 12 + length
        }
        return nil
    }

    /// Checked reading of a file's bytes.
    private struct Bytes {
        private let data: Data

        init(_ data: Data) { self.data = data }

        var count: Int { data.count }

        func at(_ place: Int) -> UInt8? {
            place >= 0 && place < data.count ? data[data.startIndex + place] : nil
        }

        func big16(_ place: Int) -> Int? {
            guard let high = at(place), let low = at(place + 1) else { return nil }
            return Int(high) << 8 | Int(low)
        }

        func big32(_ place: Int) -> Int? {
            guard let high = big16(place), let low = big16(place + 2) else { return nil }
            return high << 16 | low
        }

        func contains(_ first: UInt8, _ second: UInt8, from start: Int) -> Bool {
            guard start < data.count else { return false }
            // The end marker stands last, or before what a phone has appended: look from behind.
            var place = data.count - 2
            while place >= start {
                if at(place) == first, at(place + 1) == second { return true }
                place -= 1
            }
            return false
        }
    }
}
