// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel

/// Names as people of the province have them; nobody in particular.
struct SampleNames {
    private static let family = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Châu", "Danh", "Neáng", "Lâm",
    ]
    private static let middle = ["Văn", "Thị", "Hoàng", "Ngọc", "Thanh", "Minh", "Kim", "Thị Hồng", "Quốc", "Gia"]
    private static let given = [
        "An", "Bảo", "Châu", "Diễm", "Đào", "Đạt", "Giang", "Hạnh", "Hiếu", "Khánh", "Lan", "Lộc", "Mai", "Nam", "Phúc",
        "Quỳnh", "Sơn", "Thảo", "Út", "Yến",
    ]

    /// All names with their folded form, which the tables keep beside them.
    private static let all: [(name: String, folded: String)] = family.flatMap { family in
        middle.flatMap { middle in
            given.map { given in
                let name = "\(family) \(middle) \(given)"
                return (name: name, folded: VietnameseText.fold(name))
            }
        }
    }

    /// The person of a number. No province has the code 000, so nobody was ever numbered like this; without telephone
    /// and mail nobody is told anything.
    func person(_ number: Int, _ dice: inout SampleDice) -> (personal: DossierPersonal, foldedName: String) {
        let (name, folded) = Self.all[Int.random(in: 0..<Self.all.count, using: &dice)]
        let digits = "000" + String(number % 1_000_000_000, paddedTo: 9)
        guard let nationalID = NationalID(digits) else { preconditionFailure("these are twelve digits") }
        let personal = DossierPersonal(
            fullName: name,
            nationalID: nationalID,
            birthDate: LocalDate(daysSinceEpoch: Int.random(in: -10_000...12_000, using: &dice)),
            address: nil,
            phone: nil,
            email: nil,
            answers: FormAnswers()
        )
        return (personal, folded)
    }
}
