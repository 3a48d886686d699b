// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// A province, or what stands below it, with the days on which it is valid.
public struct AdministrativeUnit: Hashable, Sendable {
    /// The code of the statistics office.
    public let code: String
    /// `An Phú`.
    public let name: String
    /// `xã`, `phường`, `đặc khu`, `tỉnh`; before July 2025 also `huyện`.
    public let kind: String
    /// The first and the last day; nil = without bound.
    public let validFrom, validTo: LocalDate?
    /// The code of the unit above; nil of a province.
    public let parent: String?

    /// `xã An Phú`.
    public var fullName: String { "\(kind) \(name)" }

    /// `Xã An Phú`, as a list shows it.
    public var title: String { fullName.prefix(1).uppercased() + fullName.dropFirst() }

    func isValid(on day: LocalDate) -> Bool {
        (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
    }
}

/// The administrative units that the portal knows, those of earlier days too. Pure; nothing is looked up outside.
///
/// A portal without a table asks for addresses in one line.
public struct AdministrativeUnits: Hashable, Sendable {
    /// No table.
    public static let none = AdministrativeUnits(units: [])
    /// More lines of a table are not read: the country has 3,321 communes, and had 10,600 before.
    static let countLimit = 20_000

    private let units: [AdministrativeUnit]
    private let children: [String: [Int]]

    /// These units, parents and children in any order.
    public init(units: [AdministrativeUnit]) {
        self.units = units
        children = Dictionary(grouping: units.indices) { units[$0].parent ?? "" }
    }

    /// Reads `code,name,kind,valid_from,valid_to,parent_code` with a head line; nil when a line is no such line.
    public init?(csv text: String) {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.first == "code,name,kind,valid_from,valid_to,parent_code", lines.count <= Self.countLimit else {
            return nil
        }
        var units: [AdministrativeUnit] = []
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 6, !cells[0].isEmpty, !cells[1].isEmpty, !cells[2].isEmpty,
                cells[3].isEmpty || LocalDate(cells[3]) != nil, cells[4].isEmpty || LocalDate(cells[4]) != nil
            else { return nil }
            units.append(
                AdministrativeUnit(
                    code: cells[0],
                    name: VietnameseText.nfc(cells[1]),
                    kind: VietnameseText.nfc(cells[2]),
                    validFrom: LocalDate(cells[3]),
                    validTo: LocalDate(cells[4]),
                    parent: cells[5].isEmpty ? nil : cells[5]
                )
            )
        }
        self.init(units: units)
    }

    /// The provinces of a day, by name.
    public func provinces(on day: LocalDate) -> [AdministrativeUnit] { below("", on: day) }

    /// What stands right below a unit on a day, by name: communes, and before July 2025 districts.
    public func units(of parent: String, on day: LocalDate) -> [AdministrativeUnit] {
        parent.isEmpty ? [] : below(parent, on: day)
    }

    private func below(_ parent: String, on day: LocalDate) -> [AdministrativeUnit] {
        (children[parent] ?? []).map { units[$0] }.filter { $0.isValid(on: day) }
            .sorted { VietnameseText.precedes($0.name, $1.name) }
    }

    /// `Ấp Trung, xã An Phú, tỉnh An Giang` taken apart; nil when its end names no units of the day.
    func parts(of line: String, on day: LocalDate) -> TypedUnitAddress? {
        let words = line.split(separator: ",").map { VietnameseText.tidy(String($0)) }
        guard words.count >= 2, let province = named(words[words.count - 1], provinces(on: day)),
            let commune = named(words[words.count - 2], units(of: province.code, on: day))
        else { return nil }
        return TypedUnitAddress(
            province: province.code,
            commune: commune.code,
            street: words.dropLast(2).joined(separator: ", ")
        )
    }

    private func named(_ text: String, _ units: [AdministrativeUnit]) -> AdministrativeUnit? {
        let folded = VietnameseText.fold(text)
        if let whole = units.first(where: { VietnameseText.fold($0.fullName) == folded }) { return whole }
        let alike = units.filter { VietnameseText.fold($0.name) == folded }
        return alike.count == 1 ? alike[0] : nil
    }
}

/// The three boxes of an address by units.
public enum AddressPart: String, CaseIterable, Hashable, Sendable {
    case province, commune, street
}

/// An address by units as it was typed or chosen.
public struct TypedUnitAddress: Hashable, Sendable {
    /// The codes of the chosen units; empty where none is chosen.
    public var province, commune: String
    /// What no unit says: house, street, hamlet.
    public var street: String

    init(province: String, commune: String, street: String) {
        (self.province, self.commune, self.street) = (province, commune, street)
    }

    /// The boxes of a field: as they were kept, or from the one line that somebody else gave. A line that names no
    /// units stands where it can be mended, with the street.
    public init(_ field: FormField, _ answers: FormAnswers, _ units: AdministrativeUnits, on day: LocalDate) {
        func part(_ part: AddressPart) -> String? { answers["\(field.id).\(part.rawValue)"] }
        let line = VietnameseText.tidy(answers[field.id] ?? "")
        if AddressPart.allCases.allSatisfy({ part($0) == nil }) {
            self =
                units.parts(of: line, on: day) ?? TypedUnitAddress(province: "", commune: "", street: line)
        } else {
            self.init(
                province: VietnameseText.tidy(part(.province) ?? ""),
                commune: VietnameseText.tidy(part(.commune) ?? ""),
                street: VietnameseText.tidy(part(.street) ?? "")
            )
        }
        let provinces = units.provinces(on: day)
        if province.isEmpty {
            // A commune says its province; a portal of one province need not ask.
            let own = provinces.first { units.units(of: $0.code, on: day).contains { $0.code == commune } }
            province = own?.code ?? (provinces.count == 1 ? provinces[0].code : "")
        }
    }
}
