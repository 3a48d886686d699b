// SPDX-License-Identifier: Apache-2.0

import Kernel

/// A person who does not exist, with an account at the simulated identity provider.
struct SampleCitizen: Sendable, Equatable {
    var name: String
    /// Twelve digits; 089 and 091 are An Giang, the last six count from 000101: nobody was ever numbered like this.
    var nationalID: String
    var birthDate: LocalDate
    var address: String
    var phone: String
    var mail: String
    /// The business for which the person acts; nil for a citizen's own account.
    var business: Business?

    /// A business with its tax code.
    struct Business: Sendable, Equatable {
        var taxCode: String
        var name: String
    }

    /// The provider's own name of the account.
    var technicalID: String { business.map { "dn-\($0.taxCode)" } ?? "cd-\(nationalID)" }

    var isMale: Bool { NationalID(nationalID)?.isMale ?? true }

    /// The claims of connectors.md §1.8.
    func claims(level: Int) -> [String: JSONValue] {
        var claims: [String: JSONValue] = [
            "sub": .text(technicalID), "TechID": .text(technicalID), "LoaiTaiKhoan": .text(business == nil ? "1" : "2"),
            "HoVaTen": .text(name), "SoDinhDanh": .text(nationalID), "NgayThangNamSinh": .text(birthDate.vietnamese),
            "GioiTinh": .text(isMale ? "Nam" : "Nữ"), "DiaChi": .text(address), "SoDienThoai": .text(phone),
            "ThuDienTu": .text(mail), "loAs": .text("LoA\(level)"), "acr": .text("LoA\(level)"),
        ]
        if let business {
            claims["MaSoThue"] = .text(business.taxCode)
            claims["MaSoDoanhNghiep"] = .text(business.taxCode)
            claims["TenDoanhNghiep"] = .text(business.name)
        }
        return claims
    }

    static let all: [SampleCitizen] = [
        citizen("Nguyễn Thị Hồng Đào", "089185", 1, (1985, 3, 8), "Khóm Đông Thạnh, phường Mỹ Thới"),
        citizen("Trần Văn Lộc", "089079", 2, (1979, 11, 20), "Khóm Bình Khánh 3, phường Bình Đức"),
        citizen("Lê Hoàng Phúc", "089092", 3, (1992, 1, 15), "Ấp Vĩnh Lợi, xã Vĩnh Thạnh Trung"),
        citizen("Phạm Thị Út Mười", "089168", 4, (1968, 7, 2), "Ấp Phú Hòa, xã Phú Tân"),
        citizen("Châu Sóc Kha", "089088", 5, (1988, 5, 30), "Ấp Tô Hạ, xã Tri Tôn"),
        citizen("Neáng Sa Ri", "089195", 6, (1995, 12, 1), "Ấp An Thuận, xã Tri Tôn"),
        citizen("Danh Thành Đạt", "091083", 7, (1983, 9, 9), "Ấp Hòa Thuận, xã Bình Hoà"),
        citizen("Huỳnh Ngọc Diễm Quỳnh", "091301", 8, (2001, 4, 18), "Khu phố Tô Châu 1, phường Tô Châu"),
        citizen("Võ Đặng Gia Bảo", "091204", 9, (2004, 2, 29), "Ấp Thạnh An, xã Thạnh Đông"),
        citizen("Mahomad Saleh", "089076", 10, (1976, 6, 6), "Ấp Búng Lớn, xã Nhơn Hội"),
        citizen("Đỗ Thị Kim Yến", "091154", 11, (1954, 10, 10), "Ấp Hòn Nghệ, xã Hòn Nghệ"),
        citizen("Bùi Quốc Khánh", "089090", 12, (1990, 9, 2), "Ấp Trung Bình, xã Thoại Sơn"),
        citizen("Trần Văn Lộc", "089079", 2, (1979, 11, 20), "Khóm Bình Khánh 3, phường Bình Đức")
            .acting(for: Business(taxCode: "1600990015", name: "Công ty TNHH Gạo Thử Nghiệm Bình Đức")),
        citizen("Danh Thành Đạt", "091083", 7, (1983, 9, 9), "Ấp Hòa Thuận, xã Bình Hoà")
            .acting(for: Business(taxCode: "1700990026", name: "Hộ kinh doanh Nước Mắm Thử Nghiệm")),
    ]

    private static func citizen(
        _ name: String,
        _ prefix: String,
        _ number: Int,
        _ birth: (Int, Int, Int),
        _ address: String
    ) -> SampleCitizen {
        let day = LocalDate(year: birth.0, month: birth.1, day: birth.2) ?? LocalDate(daysSinceEpoch: 0)
        return SampleCitizen(
            name: name,
            nationalID: prefix + String(100 + number, paddedTo: 6),
            birthDate: day,
            address: address + ", tỉnh An Giang",
            phone: "090000" + String(100 + number, paddedTo: 4),
            mail: "cong-dan-\(number)@mau.example",
            business: nil
        )
    }

    private func acting(for business: Business) -> SampleCitizen {
        var copy = self
        copy.business = business
        return copy
    }
}
