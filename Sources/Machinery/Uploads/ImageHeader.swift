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

    /// How many colours a JPEG has: 1 grey, 3 colours, 4 printing inks; nil without a frame header.
    static func jpegComponents(_ bytes: Data) -> Int? {
        let bytes = Bytes(bytes)
        var place = 2
        while bytes.at(place) == 0xFF, let marker = bytes.at(place + 1), let length = bytes.big16(place + 2) {
            let isFrame = (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
            if isFrame { return bytes.at(place + 9).map(Int.init) }
            guard length >= 2, marker != 0xDA else { return nil }
            place += 2 + length
        }
        return nil
    }

    /// The largest picture that a HEIC file declares (ISO 23008-12, "ispe"); nil when it declares none, or when the
    /// boxes do not lead to the end of the file.
    static func heic(_ bytes: Data) -> Extent? {
        let whole = Bytes(bytes)
        var place = 0
        var extent: Extent?
        while place < whole.count {
            guard let size = whole.big32(place), let kind = whole.big32(place + 4) else { return nil }
            // Size 1 stands for 64 bits behind the kind, which no photo needs; 0 for "to the end".
            let end = size == 0 ? whole.count : place + size
            guard size == 0 || size >= 8, end <= whole.count else { return nil }
            if kind == 0x6D65_7461 { extent = largest(whole, from: place + 8, to: end) }
            place = end
        }
        return extent
    }

    /// Looks at every place where the name of the property stands: one too many refuses, none too few lets pass.
    private static func largest(_ bytes: Bytes, from start: Int, to end: Int) -> Extent? {
        var found: Extent?
        var place = start
        while place + 16 <= end {
            if bytes.big32(place) == 0x6973_7065, let width = bytes.big32(place + 8),
                let height = bytes.big32(place + 12), width > 0, height > 0
            {
                // Below 2^31 each, so that the product is a whole number still.
                guard width < 1 << 31, height < 1 << 31 else { return nil }
                if found.map({ width * height > $0.width * $0.height }) ?? true {
                    found = Extent(width: width, height: height)
                }
            }
            place += 1
        }
        return found
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
