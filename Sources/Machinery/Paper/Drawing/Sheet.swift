// SPDX-License-Identifier: Apache-2.0

/// Measures of a page, in points. A4 follows decree 30/2020 (margins 20–25 mm, left 30 mm, right 15–20 mm, letters
/// 13–14); A5 is the size of the one-stop desk's forms, its body text not below 10 so that an older person reads it.
struct Sheet {
    let width: Double
    let height: Double
    let top: Double
    let bottom: Double
    let left: Double
    let right: Double
    let body: Double
    let small: Double
    let large: Double
    let heading1: Double
    let heading2: Double
    /// Between blocks.
    let gap: Double
    let cellPadding: Double

    var textWidth: Double { width - left - right }
    var textHeight: Double { height - top - bottom }

    static func points(_ millimetres: Double) -> Double { millimetres * 72 / 25.4 }

    init(_ size: PaperDocument.Size) {
        switch size {
        case .a4:
            (width, height) = (595.276, 841.89)
            (top, bottom) = (Self.points(20), Self.points(20))
            (left, right) = (Self.points(30), Self.points(18))
            (body, small, large) = (13, 11, 14)
            (heading1, heading2) = (15, 13)
            (gap, cellPadding) = (6, 4)
        case .a5:
            (width, height) = (419.528, 595.276)
            (top, bottom) = (Self.points(11), Self.points(10))
            (left, right) = (Self.points(13), Self.points(12))
            (body, small, large) = (10.5, 9, 11.5)
            (heading1, heading2) = (12.5, 10.5)
            (gap, cellPadding) = (3, 2.5)
        }
    }

    func points(of size: Block.TextSize) -> Double {
        switch size {
        case .small: small
        case .body: body
        case .large: large
        }
    }
}
