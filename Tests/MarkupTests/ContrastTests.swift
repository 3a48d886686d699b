// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

/// The colours of the style sheet, measured by the formula of WCAG 2.2 (relative luminance).
@Suite("Contrast of the colours")
struct ContrastTests {
    private static let sheet: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        // A missing file gives an empty text, and every test below then fails on its first token.
        return (try? String(contentsOf: root.appending(path: "resources/styles/motcua.css"), encoding: .utf8)) ?? ""
    }()

    /// The tokens of the block that begins with `selector`.
    private static func tokens(_ selector: String) -> [String: String] {
        guard let start = sheet.firstRange(of: selector),
            let end = sheet[start.upperBound...].firstIndex(of: "}")
        else { return [:] }
        var found: [String: String] = [:]
        for line in sheet[start.upperBound..<end].split(separator: ";") {
            let halves = line.split(separator: ":").map { $0.filter { !$0.isWhitespace && $0 != "{" } }
            if halves.count == 2 { found[halves[0]] = halves[1] }
        }
        return found
    }

    private static func luminance(_ colour: String) throws -> Double {
        var digits = colour.dropFirst()
        if digits.count == 3 { digits = Substring(digits.map { "\($0)\($0)" }.joined()) }
        let value = try #require(Int(digits, radix: 16), "\(colour) is no colour")
        let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { channel -> Double in
            let share = Double(channel) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private static func pow(_ base: Double, _ exponent: Double) -> Double {
        // exp(exponent · ln base) by the series that is enough for eight bits: |error| < 1e-9 on 0…1.
        guard base > 0 else { return 0 }
        var mantissa = base
        var twos = 0.0
        while mantissa < 0.75 {
            mantissa *= 2
            twos -= 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        var term = ratio
        var logarithm = 0.0
        for odd in stride(from: 1.0, through: 31, by: 2) {
            logarithm += term / odd
            term *= ratio * ratio
        }
        let power = exponent * (2 * logarithm + twos * 0.693_147_180_559_945_3)
        var sum = 1.0
        var part = 1.0
        for step in 1...60 {
            part *= power / Double(step)
            sum += part
        }
        return sum
    }

    private static func ratio(_ first: String, _ second: String) throws -> Double {
        let pair = [try luminance(first), try luminance(second)].sorted()
        return (pair[1] + 0.05) / (pair[0] + 0.05)
    }

    @Test("Text is readable on its ground, light and dark", arguments: [":root {", "[data-theme=\"dark\"] {"])
    func text(selector: String) throws {
        let colours = Self.tokens(selector)
        let pairs: [(String, String, Double)] = [
            ("--fg", "--bg", 12), ("--fg", "--sheet", 12), ("--fg", "--grey", 7), ("--mut", "--bg", 6),
            ("--mut", "--sheet", 6), ("--mut", "--grey", 5), ("--link", "--bg", 6), ("--link", "--sheet", 6),
            ("--link", "--grey", 5), ("--ok", "--okbg", 6), ("--warn", "--warnbg", 6), ("--bad", "--badbg", 6),
            ("--bad", "--bg", 6), ("--info", "--infobg", 6), ("--brand", "--bg", 6), ("--brand", "--sheet", 6),
        ]
        for (front, ground, least) in pairs {
            let pair = (try #require(colours[front]), try #require(colours[ground]))
            let found = try Self.ratio(pair.0, pair.1)
            #expect(found >= least, "\(front) on \(ground) of \(selector) has \(found)")
        }
        let edge = try Self.ratio(try #require(colours["--edge"]), try #require(colours["--bg"]))
        #expect(edge >= 3, "the border of a control must be seen: \(edge)")
        let button = try Self.ratio("#ffffff", try #require(colours["--go"]))
        #expect(button >= 6, "white on the primary button has \(button)")
    }

    @Test("The formula itself: black on white is 21, and a known grey")
    func formula() throws {
        #expect(abs(try Self.ratio("#000", "#fff") - 21) < 0.000_1)
        #expect(abs(try Self.ratio("#767676", "#ffffff") - 4.54) < 0.01)
    }
}
