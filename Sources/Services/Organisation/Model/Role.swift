// SPDX-License-Identifier: Apache-2.0

/// What a person may be to the system (glossary §6). Rules name roles, never persons.
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Cán bộ tiếp nhận: takes in at the one-stop desk and gives out.
    case deskOfficer
    /// Chuyên viên: examines and drafts.
    case specialist
    /// Trưởng phòng: assigns work in the unit, checks and initials drafts.
    case unitHead
    /// Lãnh đạo: approves and signs.
    case leader
    /// Văn thư: numbers, seals, sends, receives documents.
    case recordsClerk
    /// Quản trị.
    case administrator
    /// Thanh tra, kiểm tra.
    case auditor
    /// Cán bộ bảo vệ dữ liệu cá nhân.
    case dataProtectionOfficer

    /// The word on pages.
    public var vietnamese: String {
        switch self {
        case .deskOfficer: "Cán bộ một cửa"
        case .specialist: "Chuyên viên"
        case .unitHead: "Trưởng đơn vị"
        case .leader: "Lãnh đạo"
        case .recordsClerk: "Văn thư"
        case .administrator: "Quản trị"
        case .auditor: "Kiểm tra"
        case .dataProtectionOfficer: "Cán bộ bảo vệ dữ liệu cá nhân"
        }
    }
}
