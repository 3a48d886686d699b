// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Markup

/// Screen 24, its end: comparing with the official text, publishing, versions.
enum PublicationScreens {
    private static func publication(
        _ findings: [BuilderFinding],
        unverified: [String] = [],
        error: String? = nil,
        comparison: PublicationPage.Comparison = .published
    ) -> PublicationPage.Model {
        PublicationPage.Model(
            shell: BuilderScreens.shell("Xuất bản"),
            findings: findings,
            examplesWord: "2 ví dụ đều đúng.",
            unverified: unverified,
            turned: unverified.isEmpty ? [] : ["Thời hạn lưu hồ sơ. Nguồn: Quyết định 12/QĐ-UBND ngày 01/02/2026"],
            factsHref: BuilderScreens.here + "/doi-chieu",
            comparison: comparison,
            changes: [
                .init(place: "Phí, lệ phí › Lệ phí xác nhận › Mức cố định", before: "10000", after: "20000"),
                .init(place: "Tờ khai › Nhà ở › Diện tích", before: nil, after: "Số, bắt buộc"),
            ],
            inFlight: ["37 hồ sơ đang giải quyết giữ phiên bản lúc tiếp nhận, không đổi."],
            reason: FieldPart(
                "reason",
                "Lý do xuất bản",
                error: error,
                .longText("", limitCharacters: 1_000, rows: 3)
            ),
            action: BuilderScreens.here + "/xuat-ban",
            historyHref: BuilderScreens.here + "/phien-ban"
        )
    }

    static let all: [ScreenState] = [
        BuilderScreens.state("thu-tuc-xuat-ban", "san-sang") { PublicationPage.html(publication([]), in: $0) },
        BuilderScreens.state("thu-tuc-xuat-ban", "lan-dau") {
            PublicationPage.html(publication([], comparison: .nothing), in: $0)
        },
        BuilderScreens.state("thu-tuc-xuat-ban", "ban-chep") {
            let model = PublicationPage.Comparison.model(
                "Cấp bản sao trích lục hộ tịch (2.000635)",
                href: "/quan-tri/thu-tuc/2.000635"
            )
            return PublicationPage.html(publication([], comparison: model), in: $0)
        },
        BuilderScreens.state("thu-tuc-xuat-ban", "bi-tu-choi") {
            let facts = ["Căn cứ “Văn bản quy định thủ tục”", "Thời hạn lưu hồ sơ"]
            return PublicationPage.html(
                publication([BuilderScreens.finding, BuilderScreens.warning], unverified: facts),
                in: $0
            )
        },
        BuilderScreens.state("thu-tuc-xuat-ban", "thieu-ly-do", status: 422) {
            PublicationPage.html(publication([], error: "Nhập lý do"), in: $0)
        },
        BuilderScreens.state("thu-tuc-doi-chieu", "hoi") { FactsPage.html(facts(nil), in: $0) },
        BuilderScreens.state("thu-tuc-doi-chieu", "chua-chon", status: 422) {
            FactsPage.html(facts("Đánh dấu ít nhất một nội dung"), in: $0)
        },
        BuilderScreens.state("thu-tuc-doi-chieu", "con-chu-mau", status: 422) {
            let text = "Thời hạn lưu hồ sơ còn chữ mẫu: ghi tên văn bản và nguồn thật trước, rồi mới xác nhận."
            return FactsPage.html(facts(text), in: $0)
        },
        BuilderScreens.state("thu-tuc-phien-ban", "ba-ban") {
            ProcedureHistoryPage.html(history(retired: nil), in: $0)
        },
        BuilderScreens.state("thu-tuc-phien-ban", "da-ngung") {
            ProcedureHistoryPage.html(history(retired: "Ngừng cung cấp từ 01/07/2026."), in: $0)
        },
    ]

    private static func facts(_ error: String?) -> FactsPage.Model {
        FactsPage.Model(
            shell: BuilderScreens.shell("Đối chiếu"),
            facts: [
                .init(
                    path: "fees.0.rules.0",
                    label: "Mức thu “Lệ phí xác nhận” từ ngày 01/01/2026",
                    value: "Áp dụng từ ngày: 01/01/2026; Mức cố định: 20.000 đồng",
                    source: "Luật Nhà ở số 27/2023/QH15",
                    href: BuilderScreens.here + "/muc?o=fees%5B0%5D.rules%5B0%5D"
                ),
                .init(
                    path: "retention",
                    label: "Thời hạn lưu hồ sơ",
                    value: "Số năm sau khi hồ sơ kết thúc: 5",
                    source: "Chưa tra được văn bản",
                    href: BuilderScreens.here + "/muc?muc=thong-bao",
                    isPlaceholder: true
                ),
                .init(
                    path: "legalBasis.1",
                    label: "Căn cứ “Quyết định công bố thủ tục hành chính”",
                    value: "Tên văn bản: Quyết định công bố thủ tục hành chính",
                    source: "Chưa tra được số và ngày của quyết định đang có hiệu lực",
                    href: BuilderScreens.here + "/muc?o=legalBasis%5B1%5D",
                    hindrance: "Nguồn ghi là chưa biết. Tra văn bản, ghi số và ngày của nó vào nguồn."
                ),
            ],
            verifiedCount: 12,
            seen: FieldPart("seen", "Đã đối chiếu với văn bản nào", .text("")),
            error: error,
            action: BuilderScreens.here + "/doi-chieu"
        )
    }

    private static func history(retired: String?) -> ProcedureHistoryPage.Model {
        ProcedureHistoryPage.Model(
            shell: BuilderScreens.published,
            versions: [
                .init(
                    word: "Xuất bản lúc 14:02 ngày 05/03/2026",
                    mark: "3f2a 91c0",
                    isCurrent: retired == nil,
                    value: nil
                ),
                .init(
                    word: "Xuất bản lúc 08:30 ngày 01/07/2025",
                    mark: "77b1 0c2e",
                    isCurrent: false,
                    value: "ve:77b1"
                ),
            ],
            acts: [SummaryRow("14:02 ngày 05/03/2026", "Xuất bản. Tăng lệ phí theo nghị quyết mới.")],
            reason: FieldPart("reason", "Lý do", .longText("", limitCharacters: 1_000, rows: 2)),
            day: FieldPart("day", "Ngừng cung cấp từ ngày", .date(.init())),
            retiredWord: retired,
            inFlightWord: "5 hồ sơ đang giải quyết theo phiên bản cũ; chúng giữ phiên bản của mình tới khi kết thúc.",
            action: BuilderScreens.here + "/phien-ban"
        )
    }
}
