// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import WorkingTime

/// Catalogues of any size, drawn by a seed from words that procedures are made of.
enum SampleListings {
    static let acts = [
        "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Đăng ký", "Thu hồi", "Công nhận", "Phê duyệt",
        "Thẩm định", "Xác nhận", "Chấp thuận", "Thông báo", "Chấm dứt", "Tạm ngừng", "Bổ nhiệm", "Hòa giải",
    ]
    static let things = [
        "giấy phép xây dựng", "giấy phép kinh doanh", "giấy chứng nhận đủ điều kiện", "quyền sử dụng đất",
        "giấy phép lái xe", "hộ kinh doanh", "khai sinh", "kết hôn", "thường trú", "tạm trú", "chứng chỉ hành nghề",
        "giấy phép quản lý đường bộ", "khai thác khoáng sản", "tài nguyên nước", "bản sao trích lục", "quỹ xã hội",
        "chủ trương đầu tư", "quy hoạch chi tiết", "trợ giúp xã hội", "bảo hiểm y tế", "thuỷ sản", "hoà nhập",
    ]
    static let ends = [
        "có yếu tố nước ngoài", "cấp huyện", "cấp xã", "đối với tổ chức", "đối với cá nhân", "lần đầu",
        "tại địa phương",
        "trong khu kinh tế", "theo quy định mới", "do mất, hỏng", "cho người cao tuổi", "",
    ]
    static let sectors = [
        "Hộ tịch", "Đất đai", "Xây dựng", "Giao thông", "Cư trú", "Y tế", "Giáo dục", "Đầu tư", "Khoáng sản",
        "Thủy sản",
    ]

    /// Listings with codes of their own; names may repeat the words of others but not each other.
    static func draw(_ count: Int, seed: UInt64, sectorCount: Int = 10) -> [ProcedureListing] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            let act = acts.randomElement(using: &random) ?? ""
            let thing = things.randomElement(using: &random) ?? ""
            let end = ends.randomElement(using: &random) ?? ""
            let sector = Int.random(in: 0..<sectorCount, using: &random)
            let keywords = Bool.random(using: &random) ? [] : [things.randomElement(using: &random) ?? ""]
            return ProcedureListing(
                code: "\(1 + number % 3).\(String(100_000 + number))",
                name: "\(act) \(thing) \(end) số \(number)",
                summary: "Để \(act.lowercased()) \(things.randomElement(using: &random) ?? "") cho người cần.",
                keywords: keywords,
                sector: Sector(
                    code: nil,
                    name: sectors[sector % sectors.count] + (sector < sectors.count ? "" : " \(sector)")
                ),
                resultName: "Văn bản \(thing)",
                subjects: Array(SubjectKind.allCases.shuffled(using: &random).prefix(2)),
                agencies: [
                    ["Ủy ban nhân dân cấp xã", "Sở Tư pháp", "Sở Xây dựng"].randomElement(using: &random) ?? ""
                ],
                level: .three,
                scope: OnlineScope.allCases.randomElement(using: &random) ?? .full,
                timeLimit: TimeLimit(number % 30, .workingDay),
                prices: Bool.random(using: &random)
                    ? []
                    : [
                        ProcedureListing.Price(
                            kind: .charge,
                            amount: number % 7 == 0 ? .setByCouncil : .fixed(VND(Int64(number % 3) * 1_000))
                        )
                    ]
            )
        }
    }

    /// Something that a person might type: words of the catalogue, cut, mistyped, without or with wrong marks, in NFD.
    static func query(_ random: inout SeededGenerator) -> String {
        let pool =
            acts + things + ends + sectors + ["làm giấy", "mở tiệm", "sao y", "xyz", "1.1000", "cho con", "số 12"]
        var words = (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in
            (pool.randomElement(using: &random) ?? "").split(separator: " ").map(String.init)
        }
        words = Array(words.shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)))
        for place in words.indices where Int.random(in: 0..<3, using: &random) == 0 {
            words[place] = change(words[place], &random)
        }
        return words.joined(separator: " ")
    }

    private static func change(_ word: String, _ random: inout SeededGenerator) -> String {
        var letters = Array(word)
        let place = letters.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<7, using: &random) {
        case 0: return VietnameseText.fold(word)
        case 1: return word.decomposedStringWithCanonicalMapping
        case 2: letters.remove(at: place)
        case 3: letters.insert("s", at: place)
        case 4 where place > 0: letters.swapAt(place, place - 1)
        case 5: return String(letters.prefix(max(1, place)))
        default: return word.uppercased()
        }
        return String(letters)
    }
}
