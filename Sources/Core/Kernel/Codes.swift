// SPDX-License-Identifier: Apache-2.0

/// The identifier of a state body in the form of QĐ 20/2020/QĐ-TTg: `H01.30337` (standards.md §17).
public struct AgencyCode: Hashable, Sendable, Codable, Comparable {
    /// The code in the form of QĐ 20/2020.
    public let text: String

    /// Accepts both national forms: `H50.16` (QĐ 20/2020) and `000.00.16.H50` (QCVN 102:2016); nil otherwise.
    public init?(_ text: String) {
        if AgencyCode.isInOrder(text.utf8) {
            self.text = text
            return
        }
        let groups = text.uppercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = groups.first, text.utf8.count <= 35 else { return nil }
        if AgencyCode.isRoot(first) {
            guard groups.dropFirst().allSatisfy(AgencyCode.isPart) else { return nil }
            self.text = groups.joined(separator: ".")
        } else {
            guard groups.count == 4, AgencyCode.isRoot(groups[3]), groups[0].count == 3, groups[1].count == 2,
                groups[2].count == 2, groups[..<3].allSatisfy(AgencyCode.isPart)
            else { return nil }
            // Leading groups of zeros say nothing; the rest reversed is the newer form.
            let significant = groups[..<3].drop { $0.allSatisfy { $0 == "0" } }
            self.text = ([groups[3]] + significant.reversed()).joined(separator: ".")
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = AgencyCode(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an agency code")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// `000.00.16.H50`, the form of QCVN 102:2016; nil where a part does not fit it, as for communes.
    public var qcvn102: String? {
        let groups = text.split(separator: ".").map(String.init)
        let widths = [2, 2, 3]
        guard groups.count <= 4 else { return nil }
        var parts = widths.map { String(repeating: "0", count: $0) }
        for (index, part) in groups.dropFirst().enumerated() {
            guard part.count == widths[index], part.allSatisfy(\.isASCIIDigit) else { return nil }
            parts[index] = part
        }
        return (parts.reversed() + [groups[0]]).joined(separator: ".")
    }

    public static func < (first: AgencyCode, second: AgencyCode) -> Bool { first.text < second.text }

    /// Whether it stands as we write it ourselves: so are those of the database, and there are many on a page.
    static func isInOrder(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count <= 35 else { return false }
        var (place, isGroupEmpty) = (0, true)
        for byte in bytes {
            switch (place, byte) {
            case (0, 65...89), (1...2, 48...57): isGroupEmpty = false
            case (3, 46): isGroupEmpty = true
            case (0...3, _): return false
            case (_, 46):
                if isGroupEmpty { return false }
                isGroupEmpty = true
            case (_, 48...57), (_, 65...90): isGroupEmpty = false
            default: return false
            }
            place += 1
        }
        return place >= 3 && !isGroupEmpty
    }

    private static func isRoot(_ part: String) -> Bool {
        let bytes = Array(part.utf8)
        return bytes.count == 3 && (65...89).contains(bytes[0]) && bytes[1...].allSatisfy { (48...57).contains($0) }
    }

    private static func isPart(_ part: String) -> Bool {
        !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}

extension AgencyCode: CustomStringConvertible {
    public var description: String { text }
}

/// The code of a dossier: `{agencyCode}-{yyMMdd}-{seq}`, seq with at least four digits (standards.md §4).
public struct DossierCode: Hashable, Sendable, Codable, Comparable {
    /// `H01.30337-260305-0001`.
    public let text: String

    /// The code of the `sequence`-th dossier (from 1) that this agency got on this day.
    public init(agency: AgencyCode, day: LocalDate, sequence: Int64) {
        text = "\(agency)-\(day.compact)-\(String(sequence, paddedTo: 4))"
    }

    /// Accepts what people type: lower case, spaces, long dashes; nil when it is no dossier code.
    public init?(_ typed: String) {
        if DossierCode.isInOrder(typed) {
            text = typed
            return
        }
        let compact = typed.uppercased().filter { !$0.isWhitespace }.map { "–—‑−".contains($0) ? "-" : $0 }
        let parts = String(compact).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let agency = AgencyCode(String(parts[0])), (4...12).contains(parts[2].count),
            [6, 8].contains(parts[1].count), parts[1...].allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        // Older data keep the QCVN 102 form of their agency code.
        let keepsOldForm = parts[0].count == 13 && agency.text != parts[0]
        text = "\(keepsOldForm ? String(parts[0]) : agency.text)-\(parts[1])-\(parts[2])"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = DossierCode(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a dossier code")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static func isInOrder(_ typed: String) -> Bool {
        let parts = typed.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.count == 3 && AgencyCode.isInOrder(parts[0]) && [6, 8].contains(parts[1].count)
            && (4...12).contains(parts[2].count)
            && parts[1...].allSatisfy { $0.allSatisfy { (48...57).contains($0) } }
    }

    public static func < (first: DossierCode, second: DossierCode) -> Bool { first.text < second.text }
}

extension DossierCode: CustomStringConvertible {
    public var description: String { text }
}
