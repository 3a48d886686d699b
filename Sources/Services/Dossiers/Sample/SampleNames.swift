// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel

/// Names as people of the province have them; nobody in particular.
enum SampleNames {
    private static let family = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Châu", "Danh", "Neáng", "Lâm",
    ]
    private static let middle = ["Văn", "Thị", "Hoàng", "Ngọc", "Thanh", "Minh", "Kim", "Thị Hồng", "Quốc", "Gia"]
    private static let given = [
        "An", "Bảo", "Châu", "Diễm", "Đào", "Đạt", "Giang", "Hạnh", "Hiếu", "Khánh", "Lan", "Lộc", "Mai", "Nam", "Phúc",
        "Quỳnh", "Sơn", "Thảo", "Út", "Yến",
    ]

    /// A name, its folded form, which the tables keep beside it, and the part of the journal's entry that can be
    /// erased.
    private struct Name {
        let full: String
        let folded: String
        let journalled: CanonicalJSON
    }

    private static let all: [Name] = family.flatMap { family in
        middle.flatMap { middle in
            given.map { given in
                let full = "\(family) \(middle) \(given)"
                let journalled = CanonicalJSON(["fullName": .string(full)])
                return Name(full: full, folded: VietnameseText.fold(full), journalled: journalled)
            }
        }
    }

    /// A person, as few numbers. No province has the code 000, so nobody was ever numbered like this; without telephone
    /// and mail nobody is told anything.
    struct Person: Sendable {
        private let number: Int
        private let name: Int
        private let birthDay: Int

        /// The person of a number.
        init(number: Int, _ dice: inout SampleDice) {
            self.number = number
            name = Int.random(in: 0..<SampleNames.all.count, using: &dice)
            birthDay = Int.random(in: -10_000...12_000, using: &dice)
        }

        var foldedName: String { SampleNames.all[name].folded }
        var journalled: CanonicalJSON { SampleNames.all[name].journalled }

        var personal: DossierPersonal {
            let digits = "000" + String(number % 1_000_000_000, paddedTo: 9)
            guard let nationalID = NationalID(digits) else { preconditionFailure("these are twelve digits") }
            return DossierPersonal(
                fullName: SampleNames.all[name].full,
                nationalID: nationalID,
                birthDate: LocalDate(daysSinceEpoch: birthDay),
                address: nil,
                phone: nil,
                email: nil,
                answers: FormAnswers()
            )
        }
    }
}
