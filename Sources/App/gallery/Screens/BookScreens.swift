// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Catalogue
import Markup

/// Screen 24, its beginning: the book of procedures, a new one, the page of one.
enum BookScreens {
    private static func line(
        _ number: Int,
        _ states: [ProcedureBookPage.Line.State],
        level: String? = "Mức độ 4",
        alarm: String? = nil,
        published: String? = "Bản thứ 3 (1a2b3c4d5e6f), từ 14:02 ngày 05/03/2026",
        draft: String? = nil
    ) -> ProcedureBookPage.Line {
        ProcedureBookPage.Line(
            name: "Đăng ký, cấp giấy xác nhận về việc thứ \(number) theo yêu cầu của cá nhân, tổ chức",
            code: "1.00\(1_000 + number)",
            states: states,
            levelWord: level,
            alarmWord: alarm,
            publishedWord: published,
            draftWord: draft,
            href: BuilderScreens.here
        )
    }

    private static let offered = ProcedureBookPage.Line.State("Đang cung cấp", .ok)

    private static func bookModel(
        _ lines: [ProcedureBookPage.Line],
        query: String = "",
        empty: ProcedureBookPage.Empty = .init("Không có thủ tục nào khớp", "Thử tìm bằng ít chữ hơn, hoặc bằng mã.")
    ) -> ProcedureBookPage.Model {
        func item(_ label: String, _ state: String, _ count: Int) -> NavigationItem {
            NavigationItem(
                label,
                href: "/quan-tri/thu-tuc?trang-thai=\(state)",
                isCurrent: state == "tat-ca",
                count: lines.isEmpty ? 0 : count
            )
        }
        return ProcedureBookPage.Model(
            query: query,
            action: "/quan-tri/thu-tuc",
            states: [
                item("Tất cả", "tat-ca", 6_850), item("Đang cung cấp", "dang-cung-cap", 6_800),
                item("Bản nháp", "ban-nhap", 12), item("Chờ đối chiếu", "cho-doi-chieu", 36),
                item("Ngừng cung cấp", "ngung", 2),
            ],
            state: "tat-ca",
            levels: ["Mọi mức độ", "Mức độ 4", "Mức độ 3", "Mức độ 2", "Mức độ 1", "Chưa đạt mức độ 1"].map {
                NavigationItem($0, href: "/quan-tri/thu-tuc?muc=3", isCurrent: $0 == "Mọi mức độ")
            },
            level: lines.isEmpty && !query.isEmpty ? "4" : "",
            lines: lines,
            total: lines.count == 50 ? 6_850 : lines.count,
            empty: empty,
            clearHref: query.isEmpty ? nil : "/quan-tri/thu-tuc",
            nextHref: lines.count == 50 ? "/quan-tri/thu-tuc?sau=1.001050" : nil,
            newHref: "/quan-tri/thu-tuc-moi",
            importHref: "/quan-tri/thu-tuc-nhap",
            backHref: "/quan-tri"
        )
    }

    static let all: [ScreenState] = [
        BuilderScreens.state("thu-tuc-quan-tri", "sau-muoi") {
            ProcedureBookPage.html(bookModel((1...50).map { line($0, [offered]) }), in: $0)
        },
        BuilderScreens.state("thu-tuc-quan-tri", "tinh-trang") {
            let lines = [
                line(
                    1,
                    [offered, .init("Bản nháp", .warn)],
                    level: "Mức độ 3",
                    alarm: "Công bố mức độ 4",
                    draft: "Nguyễn Văn Quang sửa lúc 14:02 ngày 05/03/2026; 2 lỗi, 14 nội dung chưa đối chiếu"
                ),
                line(
                    2,
                    [.init("Chưa xuất bản", .neutral), .init("Chờ đối chiếu", .info)],
                    level: nil,
                    published: nil,
                    draft: "Từ thư mục gói lúc 08:00 ngày 05/03/2026; 14 nội dung chưa đối chiếu"
                ),
                line(
                    3,
                    [.init("Ngừng cung cấp", .bad)],
                    published: "Bản thứ 1 (1a2b3c4d5e6f), ngừng từ 01/07/2026"
                ),
            ]
            return ProcedureBookPage.html(bookModel(lines), in: $0)
        },
        BuilderScreens.state("thu-tuc-quan-tri", "khong-khop") {
            ProcedureBookPage.html(bookModel([], query: "khong co"), in: $0)
        },
        BuilderScreens.state("thu-tuc-quan-tri", "trong") {
            let empty = ProcedureBookPage.Empty("Chưa có thủ tục nào", "Tạo thủ tục mới, rồi xuất bản khi đã đủ.")
            return ProcedureBookPage.html(bookModel([], empty: empty), in: $0)
        },
        BuilderScreens.state("thu-tuc-moi", "hoi") { BodyFormPage.html(newProcedure(nil), in: $0) },
        BuilderScreens.state("thu-tuc-moi", "trung-ma", status: 422) {
            BodyFormPage.html(newProcedure("Mã này đã có thủ tục được xuất bản. Dùng mã khác."), in: $0)
        },
        BuilderScreens.state("mot-thu-tuc", "ban-nhap") {
            let model = ProcedureOverviewPage.Model(
                shell: BuilderScreens.shell("Tổng quan", errors: ["Tờ khai": 2]),
                standing: .draft(
                    parts: [
                        TaskRow("Thông tin", href: BuilderScreens.here, state: .sampleWords),
                        TaskRow("Tờ khai", hint: "2 lỗi", href: BuilderScreens.here, state: .hasErrors),
                        TaskRow(
                            "Đối chiếu với văn bản gốc",
                            hint: "14 nội dung đang chờ",
                            href: BuilderScreens.here,
                            state: .notStarted
                        ),
                    ],
                    hasPublished: true,
                    findings: []
                ),
                action: BuilderScreens.here
            )
            return ProcedureOverviewPage.html(model, in: $0)
        },
        BuilderScreens.state("mot-thu-tuc", "da-xuat-ban") {
            let facts = [SummaryRow("Xuất bản lúc", "14:02 ngày 05/03/2026"), SummaryRow("Mức độ công bố", "Mức độ 4")]
            return ProcedureOverviewPage.html(
                ProcedureOverviewPage.Model(
                    shell: BuilderScreens.published,
                    standing: .published(facts),
                    action: BuilderScreens.here
                ),
                in: $0
            )
        },
        BuilderScreens.state("mot-thu-tuc", "ngung-cung-cap") {
            var shell = BuilderScreens.published
            (shell.stateWord, shell.stateTone) = ("Ngừng cung cấp", .bad)
            let facts = [SummaryRow("Ngừng cung cấp từ", "01/07/2026")]
            return ProcedureOverviewPage.html(
                ProcedureOverviewPage.Model(shell: shell, standing: .retired(facts), action: BuilderScreens.here),
                in: $0
            )
        },
    ]

    private static func newProcedure(_ error: String?) -> BodyFormPage.Model {
        BodyFormPage.Model(
            bodyName: "Thủ tục",
            heading: "Tạo thủ tục mới",
            fields: [
                FieldPart("code", "Mã thủ tục", error: error, .text(error == nil ? "" : "1.001193", width: .half)),
                FieldPart("name", "Tên thủ tục", .text("")),
                FieldPart("limit", "Thời hạn giải quyết", .number("5", unit: "ngày làm việc")),
                FieldPart(
                    "chain",
                    "Các bước",
                    .radios(StepChain.allCases.map { .init($0.rawValue, $0.vietnamese) }, chosen: "three")
                ),
                FieldPart("feeAmount", "Mức thu", isOptional: true, .money("20.000", words: nil)),
                FieldPart(
                    "lines",
                    "Các trường của tờ khai, mỗi dòng một trường",
                    hint: FieldLines.help,
                    error: error.map { _ in "Dòng 2: không có kiểu “kiểu lạ”" },
                    isOptional: true,
                    .longText("Địa chỉ nhà ở\nSố tầng | số từ 1 đến 50", limitCharacters: 20_000, rows: 8)
                ),
            ],
            buttonLabel: "Tạo bản nháp",
            action: "/quan-tri/thu-tuc-moi",
            backHref: "/quan-tri/thu-tuc"
        )
    }
}
