// SPDX-License-Identifier: Apache-2.0

// MARK: - What is planned, and what the procedure costs people

extension PackSection {
    /// Đồng of one dossier: at most a thousand million.
    private static let sum: PackValue = .integer(0...1_000_000_000)

    static let target = PackSection(
        "target",
        "Lộ trình nâng mức độ",
        .must("level", .integer(2...4), "Mức độ đặt ra"),
        .must("quarter", .text(7), "Chậm nhất hết quý", "Ví dụ: 2026-Q4."),
        .must("owner", .text(200), "Ai chịu trách nhiệm"),
        .may("obstacles", .list(.text(500)), "Vướng mắc", "Mỗi vướng mắc một dòng.")
    )

    static let cost = PackSection(
        "cost",
        "Chi phí tuân thủ",
        .may("wage", .section(.wage), "Giá trị một giờ công", "Cần khi có hoạt động tốn thời gian."),
        .must("subjectsPerYear", .integer(1...100_000_000), "Số đối tượng một năm"),
        .must("timesPerYear", .integer(1...366), "Số lần mỗi đối tượng làm một năm"),
        .must("before", .section(.costCase), "Trước khi đơn giản hóa"),
        .must("after", .section(.costCase), "Hiện nay"),
        .source,
        .verified
    )

    static let wage = PackSection(
        "wage",
        "Giá trị một giờ công",
        choices: [
            PackChoice(["perHour", "gdp"], remedy: "Viết perHour: số đồng, hoặc gdp cùng population."),
            PackChoice(["population"], beside: "gdp", remedy: "Viết population cùng gdp, hoặc chỉ perHour."),
        ],
        .may("perHour", sum, "Một giờ (đồng)"),
        .may("gdp", .integer(1...1_000_000_000_000_000_000), "Tổng sản phẩm trong nước năm trước (đồng)"),
        .may("population", .integer(1...10_000_000_000), "Dân số", "Giờ công = GDP : dân số : 12 : 22 : 8.")
    )

    static let costCase = PackSection(
        "costCase",
        "Chi phí một hồ sơ",
        choices: [
            PackChoice(
                ["activities", "perDossier"],
                remedy: "Viết activities, hoặc perDossier khi nguồn chỉ nêu tổng số."
            )
        ],
        .may("activities", .list(.section(.costActivity)), "Các hoạt động"),
        .may("perDossier", sum, "Tổng chi phí một hồ sơ (đồng)", "Khi nguồn chỉ nêu tổng số."),
        .may("minutes", .integer(0...600_000), "Tổng số phút", "Chỉ đi cùng tổng chi phí, khi nguồn nêu.")
    )

    static let costActivity = PackSection(
        "costActivity",
        "Hoạt động",
        .must("name", .text(200), "Làm gì"),
        .must("minutes", .integer(0...60_000), "Mất bao nhiêu phút"),
        .may("consulting", sum, "Thuê tư vấn, dịch vụ (đồng)"),
        .may("other", sum, "In, sao chụp, đi lại (đồng)"),
        .may("fees", sum, "Phí, lệ phí (đồng)")
    )
}
