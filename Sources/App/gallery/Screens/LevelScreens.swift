// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Kernel
import Markup
import Site

/// Levels, roadmap and compliance cost.
enum LevelScreens {
    static let all: [ScreenState] = roadmap + one + costs

    private static func state(
        _ screen: String,
        _ name: String,
        audience: PageAudience = .administrator,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: audience, draw: draw)
    }

    // MARK: - One service

    private static func conditions(lacks: Set<Int>, links: Bool) -> [LevelSection.Condition] {
        let all: [(Int, String, String, String?)] = [
            (1, "Công khai đủ 11 nội dung của thủ tục", "11/11 nội dung", "/thu-tuc/2.000635"),
            (2, "Mẫu đơn, tờ khai tải về được", "Tờ khai đã điền in ra được và được nhận như bản giấy", nil),
            (3, "Tờ khai điện tử điền trên mạng", "Tờ khai điền được trên mạng", nil),
            (3, "Gửi được giấy tờ kèm theo qua mạng", "2/2 loại giấy tờ gửi được bằng tệp", nil),
            (
                3, "Hồ sơ lưu trong cơ sở dữ liệu, tìm và đếm được", "1.030 hồ sơ trong cơ sở dữ liệu trong 12 tháng",
                "/thong-ke"
            ),
            (
                3, "Hồ sơ được giải quyết trên môi trường mạng",
                "1.000 kết quả đã trả, mọi bước có trong nhật ký hệ thống", "/thong-ke"
            ),
            (3, "Kết nối an toàn (HTTPS)", "Địa chỉ cổng dùng HTTPS", nil),
            (
                4, "Nộp phí, lệ phí trực tuyến",
                "Cổng thanh toán đã cấu hình; 390/400 khoản đã nộp trực tuyến trong 12 tháng", nil
            ),
            (
                4, "Trả kết quả điện tử có ký số",
                lacks.contains(8)
                    ? "Kết quả chưa ký số và trả qua mạng được"
                    : "Kết quả lập theo mẫu, ký số và trả qua mạng; 700/1.000 kết quả đã trả qua mạng trong 12 tháng",
                nil
            ),
        ]
        return all.enumerated().map { number, facts in
            LevelSection.Condition(
                level: facts.0,
                title: facts.1,
                isMet: !lacks.contains(number),
                evidence: facts.2,
                href: links ? facts.3 : nil
            )
        }
    }

    private static let proactive = LevelSection.Rating(
        scheme: "Dịch vụ công chủ động (Nghị định 224/2026)",
        words: "Chưa đạt mức 1",
        reason: "Chưa nhắc người dân trước khi đến hạn làm thủ tục; 6/18 ô của tờ khai được điền sẵn"
    )

    static let whole = LevelSection(
        word: "Mức độ 4",
        ratings: [
            .init(scheme: "Bốn mức độ (Nghị định 43/2011)", words: "Mức độ 4", reason: "Đủ mọi điều kiện"),
            .init(
                scheme: "Toàn trình, một phần (Nghị định 42/2022)",
                words: "Toàn trình",
                reason: "Nộp, trả phí và nhận kết quả mà không phải đến cơ quan"
            ),
            proactive,
        ],
        conditions: conditions(lacks: [], links: true)
    )

    static let partial = LevelSection(
        word: "Mức độ 3",
        ratings: [
            .init(
                scheme: "Bốn mức độ (Nghị định 43/2011)",
                words: "Mức độ 3",
                reason: "Chưa trả kết quả điện tử có ký số"
            ),
            .init(
                scheme: "Toàn trình, một phần (Nghị định 42/2022)",
                words: "Một phần",
                reason: "Nộp qua mạng được, nhưng phải đến nhận kết quả"
            ),
            proactive,
        ],
        conditions: conditions(lacks: [8], links: true),
        missing: ["Chưa trả kết quả điện tử có ký số"],
        upgradeWord: "412/1.030 hồ sơ nộp qua mạng trong 12 tháng (40 %): đủ 30 % để chọn nâng lên mức độ 4"
    )

    private static func facts(_ computed: String) -> [SummaryRow] {
        [
            SummaryRow("Mã thủ tục", "2.000635"), SummaryRow("Lĩnh vực", "Hộ tịch"),
            SummaryRow("Mức độ công bố", "Mức độ 4"), SummaryRow("Mức độ tính được", computed),
        ]
    }

    private static let one = [
        state("mot-muc-do", "du-dieu-kien") {
            let model = LevelPage.Model(
                name: Sample.extract,
                facts: facts("Mức độ 4"),
                level: whole,
                cost: [
                    SummaryRow("Một hồ sơ", "1.024.000 đ còn 231.000 đ"), SummaryRow("Số hồ sơ một năm", "3.228"),
                    SummaryRow("Một năm", "3.305.472.000 đ còn 745.668.000 đ"),
                    SummaryRow("Tiết kiệm một năm", "2.559.804.000 đ (77,44 %)"),
                    SummaryRow("Ngày công tiết kiệm một năm", "7.313,7 ngày công, quy đổi theo 350.000 đ một ngày"),
                ],
                costSource: "Nguồn: bản rà soát, đơn giản hóa thủ tục (chưa đối chiếu)",
                backHref: "/quan-tri/muc-do"
            )
            return LevelPage.html(model, in: $0)
        },
        state("mot-muc-do", "cong-bo-cao-hon") {
            let model = LevelPage.Model(
                name: Sample.extract,
                facts: facts("Mức độ 3"),
                alarm: "Công bố mức độ 4, chứng cứ cho thấy mức độ 3. Bổ sung cho đủ, hoặc hạ mức độ công bố.",
                level: partial,
                plan: [
                    SummaryRow("Mức độ đặt ra", "Mức độ 4"),
                    SummaryRow("Chậm nhất hết", "quý III/2026 (chưa đến hạn)"),
                    SummaryRow("Người chịu trách nhiệm", "Sở Tư pháp"),
                    SummaryRow("Vướng mắc", "Sổ hộ tịch trước năm 2005 chưa số hóa xong"),
                ],
                backHref: "/quan-tri/muc-do"
            )
            return LevelPage.html(model, in: $0)
        },
    ]

    // MARK: - The roadmap

    private static let fields = [
        FieldPart(
            "q",
            "Từ cần tìm",
            hint: "Trong tên, mã, lĩnh vực, người chịu trách nhiệm",
            isOptional: true,
            .text("")
        ),
        FieldPart(
            "muc",
            "Mức độ tính được",
            isOptional: true,
            .select((1...4).map { FieldPart.Choice("\($0)", "Mức độ \($0)") }, chosen: nil)
        ),
        FieldPart(
            "quy",
            "Kế hoạch trong",
            isOptional: true,
            .select([FieldPart.Choice("2026-Q3", "quý III/2026")], chosen: nil)
        ),
    ]

    private static func line(_ number: Int) -> LevelsPage.ServiceLine {
        let isWhole = number % 4 == 0
        return LevelsPage.ServiceLine(
            name: [Sample.extract, Sample.birth, "Đăng ký thành lập hộ kinh doanh", "Đăng ký thường trú"][number % 4],
            detail: "2.\(String(000_635 + number, paddedTo: 6)), Hộ tịch",
            href: "/quan-tri/muc-do/thu-tuc/2.000635",
            levelWord: isWhole ? "Mức độ 4, toàn trình" : "Mức độ 3, một phần",
            alarmWord: number % 4 == 1 ? "Công bố mức độ 4" : nil,
            missing: isWhole ? [] : ["Nộp phí, lệ phí trực tuyến", "Trả kết quả điện tử có ký số"],
            planWord: number % 4 == 2
                ? "Mức độ 4, \(number % 8 == 2 ? "quý IV/2025" : "quý III/2026"), Sở Tư pháp" : nil,
            isOverdue: number % 8 == 2,
            obstacles: number % 4 == 2 ? ["Sổ hộ tịch trước năm 2005 chưa số hóa xong"] : [],
            useWord: "412/1.030 hồ sơ nộp qua mạng trong 12 tháng (40 %)"
        )
    }

    private static func model(_ count: Int, of all: Int, plans: Bool) -> LevelsPage.Model {
        let now = LevelsPage.SumLine(time: "Hiện nay", counts: [0, 0, 118, 27, 61], shareWord: "29,6 %")
        let later = [
            LevelsPage.SumLine(
                time: "Hết quý III/2026, nếu giữ đúng kế hoạch",
                counts: [0, 0, 100, 37, 69],
                shareWord: "33,4 %"
            ),
            LevelsPage.SumLine(
                time: "Hết quý IV/2026, nếu giữ đúng kế hoạch",
                counts: [0, 0, 80, 40, 86],
                shareWord: "41,7 %"
            ),
        ]
        return LevelsPage.Model(
            alarms: plans ? (12, "/quan-tri/muc-do?tinh-trang=alarm") : nil,
            sums: [now] + (plans ? later : []),
            goals: [
                "Mức độ 4: 29,6 % thủ tục; mục tiêu 30,0 %, chưa đạt.",
                "Thủ tục mức độ 3 và 4 có hồ sơ nộp qua mạng trong 12 tháng: 60/88; mục tiêu một nửa, đã đạt.",
            ],
            missing: [
                ("Tờ khai điện tử điền trên mạng", 27, "/quan-tri/muc-do?thieu=eForm"),
                ("Nộp phí, lệ phí trực tuyến", 29, "/quan-tri/muc-do?thieu=onlinePayment"),
            ],
            fields: fields,
            action: "/quan-tri/muc-do",
            lines: (0..<count).map(line),
            matched: (count == 50 ? 206 : count, all),
            fileHref: "/quan-tri/muc-do/tai-ve",
            costsHref: "/quan-tri/chi-phi",
            nextHref: count == 50 ? "/quan-tri/muc-do?sau=2.000684" : nil,
            backHref: "/quan-tri"
        )
    }

    private static let roadmap = [
        state("muc-do", "nhieu-thu-tuc") { LevelsPage.html(model(50, of: 206, plans: true), in: $0) },
        state("muc-do", "chua-co-ke-hoach") { LevelsPage.html(model(6, of: 6, plans: false), in: $0) },
        state("muc-do", "khong-khop") { LevelsPage.html(model(0, of: 206, plans: true), in: $0) },
        state("muc-do", "chua-co-thu-tuc") { LevelsPage.html(model(0, of: 0, plans: false), in: $0) },
        state("muc-do", "cua-lanh-dao", audience: .leader) {
            var model = model(6, of: 6, plans: true)
            model.backHref = nil
            return LevelsPage.html(model, in: $0)
        },
    ]

    // MARK: - Costs

    private static let costs = [
        state("chi-phi", "co-so-lieu") {
            let model = CostsPage.Model(
                totals: [
                    SummaryRow("Số thủ tục đã tính", "1"),
                    SummaryRow("Chi phí một năm", "3.305.472.000 đ còn 745.668.000 đ"),
                    SummaryRow("Tiết kiệm một năm", "2.559.804.000 đ (77,44 %)"),
                    SummaryRow("Quy đổi ra ngày công", "7.313,7 ngày công, quy đổi theo 350.000 đ một ngày"),
                ],
                lines: [
                    CostsPage.CostLine(
                        name: Sample.extract,
                        code: "2.000635",
                        href: "/quan-tri/muc-do/thu-tuc/2.000635",
                        perDossier: "1.024.000 đ còn 231.000 đ",
                        dossiers: "3.228",
                        saving: "2.559.804.000 đ (77,44 %)",
                        workdays: "7.313,7 ngày công, quy đổi theo 350.000 đ một ngày",
                        source: "Nguồn: bản rà soát, đơn giản hóa thủ tục (chưa đối chiếu)"
                    )
                ],
                withoutFigures: 5,
                backHref: "/quan-tri/muc-do"
            )
            return CostsPage.html(model, in: $0)
        },
        state("chi-phi", "chua-tinh") {
            CostsPage.html(
                CostsPage.Model(totals: [], lines: [], withoutFigures: 6, backHref: "/quan-tri/muc-do"),
                in: $0
            )
        },
    ]
}
