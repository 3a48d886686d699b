// SPDX-License-Identifier: Apache-2.0

import Foundation
public import Kernel

/// A province to try the system with: real administrative units, invented officers.
///
/// Read from three files of `resources/sample/`. Agency codes follow the form of QĐ 20/2020 and claim nothing about
/// the codes that the province has given.
public struct SampleProvince: Sendable {
    /// Parents before children.
    public var agencies: [Agency]
    /// Units of the agencies.
    public var units: [OrgUnit]
    /// Officers of some of them.
    public var officers: [Officer]

    /// The province's own agency.
    public var province: AgencyCode { agencies[0].code }

    /// Reads `an-giang-units.csv`, `an-giang-departments.csv` and `an-giang-officers.csv` from a folder.
    ///
    /// - Throws: `OrganisationError.sampleUnreadable`.
    public init(folder: String) throws(OrganisationError) {
        func text(_ file: String) throws(OrganisationError) -> String {
            guard let bytes = FileManager.default.contents(atPath: folder + "/" + file),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .sampleUnreadable(file: file, line: 0, reason: "not found, or not UTF-8") }
            return text
        }
        try self.init(
            units: SampleTable(file: "an-giang-units.csv", try text("an-giang-units.csv")),
            departments: SampleTable(file: "an-giang-departments.csv", try text("an-giang-departments.csv")),
            officers: SampleTable(file: "an-giang-officers.csv", try text("an-giang-officers.csv"))
        )
    }

    init(units: SampleTable, departments: SampleTable, officers: SampleTable) throws(OrganisationError) {
        (agencies, self.units, self.officers) = ([], [], [])
        try addTerritories(units)
        try addDepartments(departments)
        try addOfficers(officers)
    }

    // MARK: - Agencies

    private static let root = "H01"

    private mutating func addTerritories(_ table: SampleTable) throws(OrganisationError) {
        try table.expect(["code", "name", "kind", "valid_from", "valid_to", "parent_code"])
        let current = table.rows.filter { $0["valid_to"].isEmpty }
        guard let province = current.first(where: { $0["kind"] == "tỉnh" }) else {
            throw table.fault(1, "no province that is valid today")
        }
        guard let code = AgencyCode(SampleProvince.root) else { throw table.fault(1, "no code of the province") }
        let name = province["name"]
        agencies.append(
            Agency(
                code: code,
                name: "Ủy ban nhân dân tỉnh \(name)",
                kind: .peoplesCommittee,
                level: .province,
                parent: nil,
                territory: province["code"],
                place: name,
                validFrom: LocalDate(province["valid_from"])
            )
        )
        try addUnit(of: code, "desk", "Trung tâm Phục vụ hành chính công tỉnh \(name)", isDesk: true)
        try addUnit(of: code, "office", "Văn phòng Ủy ban nhân dân tỉnh")
        try addPolice(of: code, named: name, since: LocalDate(province["valid_from"]))
        for row in current where row["parent_code"] == province["code"] { try addCommune(row, of: code, table) }
    }

    /// The police of the province, above those of the communes: consulted on fire safety, with procedures of its own.
    private mutating func addPolice(
        of province: AgencyCode,
        named name: String,
        since: LocalDate?
    ) throws(OrganisationError) {
        guard let code = AgencyCode("\(province).CA") else {
            throw .sampleUnreadable(file: "an-giang-units.csv", line: 0, reason: "no code of the police")
        }
        agencies.append(
            Agency(
                code: code,
                name: "Công an tỉnh \(name)",
                kind: .police,
                level: .province,
                parent: province,
                territory: nil,
                place: name,
                validFrom: since
            )
        )
        try addUnit(of: code, "leaders", "Lãnh đạo Công an tỉnh")
        try addUnit(of: code, "fire", "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ")
        try addUnit(of: code, "order", "Phòng Cảnh sát quản lý hành chính về trật tự xã hội")
    }

    private mutating func addCommune(
        _ row: SampleTable.Row,
        of province: AgencyCode,
        _ table: SampleTable
    ) throws(OrganisationError) {
        let (name, kind) = (row["name"], row["kind"])
        guard ["xã", "phường", "đặc khu"].contains(kind), !name.isEmpty else {
            throw table.fault(row.line, "neither xã, phường nor đặc khu")
        }
        guard let code = AgencyCode("\(province).\(row["code"])"), let police = AgencyCode("\(code).CA"),
            let since = LocalDate(row["valid_from"])
        else { throw table.fault(row.line, "no code or no first day") }
        agencies.append(
            Agency(
                code: code,
                name: "Ủy ban nhân dân \(kind) \(name)",
                kind: .peoplesCommittee,
                level: .commune,
                parent: province,
                territory: row["code"],
                place: name,
                validFrom: since
            )
        )
        try addUnit(of: code, "desk", "Trung tâm Phục vụ hành chính công \(kind) \(name)", isDesk: true)
        try addUnit(of: code, "leaders", "Lãnh đạo Ủy ban nhân dân \(kind)")
        try addUnit(of: code, "office", "Văn phòng HĐND và UBND \(kind)")
        try addUnit(of: code, "civil-status", "Bộ phận Tư pháp - Hộ tịch")
        try addUnit(of: code, "economy", "Bộ phận Kinh tế")
        agencies.append(
            Agency(
                code: police,
                name: "Công an \(kind) \(name)",
                kind: .police,
                level: .commune,
                parent: code,
                territory: row["code"],
                place: name,
                validFrom: since
            )
        )
        // No desk of their own: papers for the police are taken in at the commune's desk.
        try addUnit(of: police, "leaders", "Lãnh đạo Công an \(kind)")
        try addUnit(of: police, "residence", "Bộ phận Đăng ký, quản lý cư trú")
    }

    private mutating func addDepartments(_ table: SampleTable) throws(OrganisationError) {
        try table.expect(["code", "name", "unit", "division"])
        let (province, place) = (agencies[0].code, agencies[0].place)
        for row in table.rows {
            guard let code = AgencyCode(row["code"]), !row["name"].isEmpty, !row["unit"].isEmpty else {
                throw table.fault(row.line, "a department has a code, a name and a unit")
            }
            agencies.append(
                Agency(
                    code: code,
                    name: "\(row["name"]) tỉnh \(place)",
                    kind: .department,
                    level: .province,
                    parent: province,
                    territory: nil,
                    place: place,
                    validFrom: agencies[0].validFrom
                )
            )
            try addUnit(of: code, "office", row["unit"])
            try addUnit(of: code, "leaders", "Lãnh đạo \(row["name"])")
            // The divisions that work on the department's procedures, where the sample has officers in them.
            for (index, name) in row["division"].split(separator: ";").enumerated() {
                try addUnit(of: code, index == 0 ? "division" : "division-\(index + 1)", String(name))
            }
        }
    }

    private mutating func addUnit(
        of agency: AgencyCode,
        _ part: String,
        _ name: String,
        isDesk: Bool = false
    ) throws(OrganisationError) {
        guard let id = SampleProvince.unit(part, of: agency) else {
            throw .sampleUnreadable(file: "an-giang-units.csv", line: 0, reason: "no id for \(agency) \(part)")
        }
        units.append(OrgUnit(id: id, agency: agency, name: name, isOneStopDesk: isDesk))
    }

    /// Ids of sample units say what they are, so that loading twice makes nothing twice.
    static func unit(_ part: String, of agency: AgencyCode) -> OrgUnitID? {
        OrgUnitID(rawValue: "\(agency.text.lowercased()).\(part)")
    }

    // MARK: - Officers

    private mutating func addOfficers(_ table: SampleTable) throws(OrganisationError) {
        try table.expect(["login", "agency", "unit", "name", "position", "roles"])
        let known = Set(units.map(\.id))
        for row in table.rows {
            let roles = row["roles"].split(separator: " ").map { Role(rawValue: String($0)) }
            guard let agency = AgencyCode(row["agency"]), let unit = SampleProvince.unit(row["unit"], of: agency),
                known.contains(unit)
            else { throw table.fault(row.line, "no such agency or unit") }
            guard let id = OfficerID(rawValue: row["login"]), !roles.isEmpty, roles.allSatisfy({ $0 != nil }) else {
                throw table.fault(row.line, "no login or no known role")
            }
            officers.append(
                Officer(
                    id: id,
                    loginName: row["login"],
                    agency: agency,
                    unit: unit,
                    fullName: row["name"],
                    position: row["position"],
                    email: "\(row["login"])@angiang.example",
                    roles: Set(roles.compactMap { $0 })
                )
            )
        }
    }
}

/// A small table of comma-separated values without quotes.
struct SampleTable: Sendable {
    struct Row: Sendable {
        /// From 1, the header included.
        var line: Int
        fileprivate var values: [String: String]

        subscript(column: String) -> String { values[column] ?? "" }
    }

    let file: String
    let header: [String]
    let rows: [Row]

    init(file: String, _ text: String) throws(OrganisationError) {
        let lines = VietnameseText.nfc(text).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }
        guard let first = lines.first else {
            throw .sampleUnreadable(file: file, line: 1, reason: "no header")
        }
        header = first.element.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var rows: [Row] = []
        for (index, line) in lines.dropFirst() {
            let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard values.count == header.count else {
                throw .sampleUnreadable(file: file, line: index + 1, reason: "not \(header.count) values")
            }
            rows.append(
                Row(line: index + 1, values: Dictionary(zip(header, values), uniquingKeysWith: { first, _ in first }))
            )
        }
        self.file = file
        self.rows = rows
    }

    func expect(_ columns: [String]) throws(OrganisationError) {
        guard header == columns else { throw fault(1, "the columns are not \(columns.joined(separator: ","))") }
    }

    func fault(_ line: Int, _ reason: String) -> OrganisationError {
        .sampleUnreadable(file: file, line: line, reason: reason)
    }
}
