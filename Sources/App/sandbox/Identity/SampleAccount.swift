// SPDX-License-Identifier: Apache-2.0

import Kernel

/// An account at a simulated identity provider.
protocol SampleAccount: Sendable {
    /// The provider's own name of the account.
    var technicalID: String { get }
    /// Who it is, on the page where one is chosen.
    var label: String { get }
    /// By what the person is told from others.
    var detail: String { get }
    /// Where the person is.
    var place: String { get }
    /// What the provider tells after a sign-in of level 1 or 2.
    func claims(level: Int) -> [String: JSONValue]
}

extension SampleCitizen: SampleAccount {
    var label: String { business.map { "\($0.name) (người đại diện: \(name))" } ?? name }

    var detail: String {
        let number = business.map { "mã số thuế \($0.taxCode)" } ?? "số định danh \(nationalID)"
        return "\(number), sinh ngày \(birthDate.vietnamese)"
    }

    var place: String { address }
}

/// Somebody of the authority's staff at its own identity provider; level 2 is a second factor.
struct SampleStaff: SampleAccount {
    var technicalID: String
    var label: String
    var place: String
    var detail: String { "mã \(technicalID)" }

    func claims(level: Int) -> [String: JSONValue] {
        let methods = level >= 2 ? ["pwd", "otp", "mfa"] : ["pwd"]
        return [
            "sub": .text(technicalID), "name": .text(label), "amr": .list(methods.map { .text($0) }),
            "acr": .text(level >= 2 ? "nhieu-buoc" : "mot-buoc"),
        ]
    }

    static let all: [SampleStaff] = [
        SampleStaff(technicalID: "nv-0001", label: "Nguyễn Thị Hoa", place: "Xã An Phú, tiếp nhận hồ sơ"),
        SampleStaff(technicalID: "nv-0002", label: "Nguyễn Văn Quang", place: "Tỉnh An Giang, quản trị hệ thống"),
        SampleStaff(technicalID: "nv-0003", label: "Đỗ Thị Hạnh", place: "Xã An Phú, mới nhận việc"),
        SampleStaff(technicalID: "nv-0009", label: "Trần Văn Chưa Gắn", place: "Không có tài khoản ở cổng"),
    ]
}
