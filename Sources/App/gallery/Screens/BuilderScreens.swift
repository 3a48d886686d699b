// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Catalogue
import Markup

/// Screen 24: the procedure builder.
enum BuilderScreens {
    static let all: [ScreenState] = BookScreens.all + imports + sheets + texts + PublicationScreens.all

    static let here = "/quan-tri/thu-tuc/9.100000"

    static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .administrator, status: status, draw: draw)
    }

    // MARK: - Around every page

    static func shell(
        _ current: String,
        errors: [String: Int] = [:],
        flash: String? = nil,
        hindrance: String? = nil
    ) -> BuilderShell {
        let names = [
            "Tổng quan", "Thông tin", "Tờ khai", "Giấy tờ", "Phí, lệ phí", "Các bước", "Kết quả", "Thông báo, lưu trữ",
            "Ví dụ", "Văn bản", "Chạy ví dụ", "Đối chiếu", "Xuất bản",
        ]
        return BuilderShell(
            code: "9.100000",
            name: "Xác nhận tình trạng nhà ở",
            stateWord: "Bản nháp",
            stateTone: .warn,
            changedWord: "Sửa lúc 14:02 ngày 05/03/2026",
            tabs: names.map { name in
                NavigationItem(name, href: here + "/muc", isCurrent: name == current, count: errors[name])
            },
            previews: ["Trang thủ tục", "Tờ khai: Người nộp hồ sơ", "Cán bộ thấy", "Kết quả"].map {
                NavigationItem($0, href: here + "/xem-truoc/thu-tuc")
            },
            version: 12,
            stepAction: here + "/hoan-tac",
            canUndo: true,
            canRedo: flash == nil,
            flash: flash,
            hindrance: hindrance,
            listHref: "/quan-tri/thu-tuc"
        )
    }

    static var published: BuilderShell {
        var shell = shell("Tổng quan")
        (shell.stateWord, shell.stateTone, shell.version) = ("Đã xuất bản", .ok, nil)
        shell.tabs = [
            NavigationItem("Tổng quan", href: here, isCurrent: true),
            NavigationItem("Các phiên bản", href: here + "/phien-ban"),
        ]
        shell.previews = []
        return shell
    }

    static let finding = BuilderFinding(
        place: "Tờ khai › Nhà ở › Diện tích",
        text: "Điều kiện nói tới trường “loaiNha” không có trong tờ khai.",
        remedy: "Sửa tên trường, hoặc thêm trường này trước.",
        isError: true,
        href: here + "/muc?o=form.pages%5B1%5D"
    )
    static let warning = BuilderFinding(
        place: "Thông tin › Văn bản quy định thủ tục",
        text: "Căn cứ “Văn bản quy định thủ tục” chưa được đối chiếu với văn bản gốc.",
        remedy: "Đối chiếu rồi viết verified: yes.",
        isError: false,
        href: here + "/muc"
    )

    // MARK: - Questions and lists

    private static func fieldQuestions(_ error: String?) -> [BuilderSheetPage.Question] {
        let types = ["Một dòng chữ", "Số", "Ngày", "Chọn một", "Có hoặc Không", "Ghi chú"]
        return [
            .field(
                FieldPart("type", "Kiểu", .select(types.map { FieldPart.Choice($0, $0) }, chosen: "Số"))
            ),
            .field(FieldPart("label", "Nhãn", error: error, .longText("", limitCharacters: 1_000, rows: 3))),
            .field(
                FieldPart(
                    "optionLines",
                    "Các lựa chọn, mỗi dòng một lựa chọn",
                    hint: "Cho kiểu chọn một, chọn nhiều. Giá trị lưu được đặt theo chữ của dòng.",
                    isOptional: true,
                    .longText("Nhà riêng lẻ\nChung cư", limitCharacters: 100_000, rows: 4)
                )
            ),
            .field(FieldPart("required", "Bắt buộc", .yesNo(true))),
            .field(FieldPart("validFrom", "Từ ngày", .date(.init(day: "5", month: "3", year: "2026")))),
            .condition(
                BuilderSheetPage.Condition(
                    id: "visibleWhen",
                    label: "Chỉ hiện khi",
                    hint: "Nhiều giá trị cách nhau bằng dấu chấm phẩy.",
                    error: error == nil ? nil : "Không có trường “loaiNha”. Sửa tên trường.",
                    mode: "any",
                    rows: [.init(field: "loaiNha", test: "equals", value: "Nhà riêng lẻ"), .init()],
                    fields: [FieldPart.Choice("channel", "Kênh nộp"), FieldPart.Choice("coNha", "Có nhà ở không?")],
                    tests: [FieldPart.Choice("equals", "bằng"), FieldPart.Choice("answered", "đã trả lời")]
                )
            ),
        ]
    }

    private static func rareQuestions(_ error: String?) -> [BuilderSheetPage.Question] {
        [
            .field(FieldPart("maximum", "Số lớn nhất", error: error, isOptional: true, .number("", unit: nil))),
            .field(
                FieldPart(
                    "id",
                    "Tên gọi trong gói",
                    hint: "Bỏ trống thì đặt theo nhãn hay tên.",
                    isOptional: true,
                    .text("dienTich")
                )
            ),
            .heading("Điền sẵn"),
            .field(
                FieldPart(
                    "prefill-from",
                    "Lấy từ",
                    isOptional: true,
                    .select([.init("fullName", "Họ và tên")], chosen: nil)
                )
            ),
        ]
    }

    private static func list(errors: Int = 0) -> BuilderSheetPage.List {
        let names = ["Họ và tên", "Số định danh cá nhân", "Địa chỉ nhà ở, ghi đủ số nhà, đường, ấp hoặc khóm"]
        return BuilderSheetPage.List(
            id: "ds-form-pages-0--fields",
            label: "Các trường",
            elementWord: "trường",
            path: "form.pages[0].fields",
            items: names.enumerated().map { index, name in
                .init(
                    path: "form.pages[0].fields[\(index)]",
                    title: name,
                    detail: "Một dòng chữ",
                    errorCount: index == 2 ? errors : 0
                )
            }
        )
    }

    private static func sheet(
        _ heading: String,
        _ questions: [BuilderSheetPage.Question],
        rareError: String? = nil,
        lists: [BuilderSheetPage.List] = [],
        shell: BuilderShell,
        findings: [BuilderFinding] = [],
        isUnreadable: Bool = false
    ) -> BuilderSheetPage.Model {
        BuilderSheetPage.Model(
            shell: shell,
            heading: heading,
            trail: [NavigationItem("Tờ khai", href: here + "/muc?muc=to-khai")],
            questions: questions,
            rare: questions.isEmpty ? [] : rareQuestions(rareError),
            isRareOpen: rareError != nil,
            lists: lists,
            findings: findings,
            text: isUnreadable ? nil : "- id: dienTich\n  type: number\n  label: Diện tích\n  required: yes",
            action: here + "/muc",
            path: "form.pages[0]",
            offersNext: true,
            backHref: here + "/muc?muc=to-khai",
            isUnreadable: isUnreadable
        )
    }

    private static let sheets = [
        state("thu-tuc-muc", "hoi") {
            let model = sheet(
                "Diện tích",
                fieldQuestions(nil),
                lists: [list()],
                shell: shell("Tờ khai", flash: "Đã lưu vào bản nháp.")
            )
            return BuilderSheetPage.html(model, in: $0)
        },
        state("thu-tuc-muc", "co-loi") {
            let model = sheet(
                "Diện tích",
                fieldQuestions("Thiếu khóa “label”. Thêm khóa này."),
                rareError: "“minimum” 5 lớn hơn “maximum” 3. Sửa một trong hai.",
                lists: [list(errors: 2)],
                shell: shell("Tờ khai", errors: ["Tờ khai": 4]),
                findings: [finding]
            )
            return BuilderSheetPage.html(model, in: $0)
        },
        state("thu-tuc-muc", "vua-doi", status: 409) {
            let words = "Bản nháp vừa được sửa lúc 14:05. Xem lại nội dung rồi lưu."
            return BuilderSheetPage.html(
                sheet("Diện tích", fieldQuestions(nil), shell: shell("Tờ khai", hindrance: words)),
                in: $0
            )
        },
        state("thu-tuc-muc", "vi-du") {
            let answers = [
                ("Họ và tên", "Nguyễn Thị Sao Mai"), ("Số định danh cá nhân", "089190000123"),
                ("Ngày bắt đầu ở, ghi theo sổ hoặc theo lời khai", "03/02/2026"), ("Mục đích xin xác nhận", ""),
            ]
            .enumerated().map { FieldPart("answers.f\($0.offset)", $0.element.0, .text($0.element.1)) }
            let owner = FieldPart("answers.own", "Nhà có giấy tờ không?", .select([.init("yes", "Có")], chosen: "yes"))
            let channels = [FieldPart.Choice("online", "Trực tuyến"), FieldPart.Choice("desk", "Trực tiếp")]
            var model = sheet(
                "Khai đủ và nộp trực tuyến",
                [
                    .field(FieldPart("channel", "Nộp qua kênh", .radios(channels, chosen: "online"))),
                    .heading("Câu trả lời"),
                    .lines(answers + [owner], hint: "Mỗi câu một dòng; bỏ trống là không trả lời."),
                ],
                shell: shell("Ví dụ", flash: "Đã điền thử các câu chưa trả lời.")
            )
            (model.rare, model.offersNext, model.offersSample) = ([], false, true)
            return BuilderSheetPage.html(model, in: $0)
        },
        state("thu-tuc-muc", "cac-dong-co-loi", status: 422) {
            var lines = list()
            lines.lines = FieldPart(
                "cacDong",
                "Mỗi dòng một trường",
                hint: FieldLines.help,
                error: "Dòng 2: không có kiểu “kiểu lạ”; viết ví dụ chữ, số, ngày, có không, chọn một: A; B",
                .longText("Số tầng | số từ 1 đến 50\nLoại nhà | kiểu lạ", limitCharacters: 20_000, rows: 6)
            )
            return BuilderSheetPage.html(sheet("Nhà ở", [], lists: [lines], shell: shell("Tờ khai")), in: $0)
        },
        state("thu-tuc-muc", "chuoi-buoc") {
            var steps = list()
            (steps.label, steps.elementWord, steps.items) = ("Các bước", "bước", [])
            steps.chains = StepChain.allCases.map { .init("chuoi:\($0.rawValue)", $0.vietnamese) }
            return BuilderSheetPage.html(sheet("Các bước", [], lists: [steps], shell: shell("Các bước")), in: $0)
        },
        state("thu-tuc-muc", "trong") {
            var empty = list()
            empty.items = []
            return BuilderSheetPage.html(sheet("Phí, lệ phí", [], lists: [empty], shell: shell("Phí, lệ phí")), in: $0)
        },
        state("thu-tuc-muc", "khong-doc-duoc") {
            let broken = BuilderFinding(
                place: "procedure.yaml, dòng 14",
                text: "Sai cú pháp YAML: thiếu dấu hai chấm sau khóa.",
                remedy: "Kiểm tra thụt dòng, dấu hai chấm và dấu nháy ở chỗ này hoặc ngay trước đó.",
                isError: true,
                href: here + "/van-ban"
            )
            return BuilderSheetPage.html(
                sheet("Tờ khai", [], shell: shell("Tờ khai"), findings: [broken], isUnreadable: true),
                in: $0
            )
        },
    ]

    // MARK: - Text, examples

    private static func text(_ findings: [BuilderFinding], error: String? = nil) -> BuilderTextPage.Model {
        BuilderTextPage.Model(
            shell: shell("Văn bản"),
            heading: "Văn bản của gói",
            lede: "YAML, nhiều nhất 512 kB. Viết sai vẫn được giữ; lỗi hiện ở trên cùng số dòng.",
            text: "code: 9.100000\nname: Xác nhận tình trạng nhà ở\n",
            findings: findings,
            action: here + "/van-ban",
            files: [
                NavigationItem("procedure.yaml", href: here + "/van-ban", isCurrent: true),
                NavigationItem("result.mustache", href: here + "/tep/result.mustache"),
            ],
            error: error
        )
    }

    private static let texts = [
        state("thu-tuc-van-ban", "dung") { BuilderTextPage.html(text([]), in: $0) },
        state("thu-tuc-van-ban", "co-loi") {
            var one = finding
            (one.place, one.href) = ("Dòng 14, cột 3: nme: Xác nhận", nil)
            return BuilderTextPage.html(text([one, warning]), in: $0)
        },
        state("thu-tuc-van-ban", "qua-dai", status: 422) {
            let words = "Gói quá 512 kB. Chuyển văn bản dài sang tệp mẫu bên cạnh."
            return BuilderTextPage.html(text([], error: words), in: $0)
        },
        state("thu-tuc-vi-du", "chay") {
            let lines: [BuilderTrialPage.Line] = [
                .init(name: "Tổng phải nộp", expected: "20.000 đ", found: "20.000 đ", isRight: true),
                .init(
                    name: "Hẹn trả",
                    expected: "17:00 ngày 10/03/2026",
                    found: "17:00 ngày 12/03/2026",
                    isRight: false
                ),
            ]
            let example = BuilderTrialPage.Example(
                name: "Khai đủ và nộp trực tuyến",
                detail: "Nộp trực tuyến, nhận lúc 09:00 ngày 05/03/2026",
                lines: lines,
                href: here + "/muc",
                offersOutcome: true
            )
            let model = BuilderTrialPage.Model(
                shell: shell("Chạy ví dụ"),
                examples: [example],
                findings: [finding],
                editHref: here + "/muc?muc=vi-du",
                action: here + "/vi-du"
            )
            return BuilderTrialPage.html(model, in: $0)
        },
        state("thu-tuc-vi-du", "chua-tra-loi") {
            let problems = BuilderTrialPage.Line(
                name: "Câu báo lỗi",
                expected: "không có",
                found: "Diện tích sàn: Nhập diện tích sàn; Số tầng: Nhập số tầng",
                isRight: false
            )
            let model = BuilderTrialPage.Model(
                shell: shell("Chạy ví dụ", errors: ["Ví dụ": 1]),
                examples: [
                    BuilderTrialPage.Example(
                        name: "Khai đủ và nộp trực tuyến",
                        detail: "Trực tuyến, nhận lúc 09:00 ngày 05/03/2026",
                        lines: [problems],
                        href: here + "/muc",
                        offersSample: true
                    )
                ],
                findings: [],
                editHref: here + "/muc?muc=vi-du",
                action: here + "/vi-du"
            )
            return BuilderTrialPage.html(model, in: $0)
        },
        state("thu-tuc-vi-du", "chua-mong-doi") {
            let lines = [
                ("Câu báo lỗi", "không có", "không có"), ("Tổng phải nộp", nil, "20.000 đ"),
                ("Giấy tờ phải có", nil, "không có"), ("Hẹn trả", nil, "17:00 ngày 12/03/2026"),
            ]
            .map { BuilderTrialPage.Line(name: $0.0, expected: $0.1, found: $0.2, isRight: true) }
            let model = BuilderTrialPage.Model(
                shell: shell("Chạy ví dụ", flash: "Đã điền thử các câu chưa trả lời."),
                examples: [
                    BuilderTrialPage.Example(
                        name: "Khai đủ và nộp trực tuyến",
                        detail: "Trực tuyến, nhận lúc 09:00 ngày 05/03/2026",
                        lines: lines,
                        href: here + "/muc",
                        saysEnough: false,
                        offersOutcome: true
                    )
                ],
                findings: [],
                editHref: here + "/muc?muc=vi-du",
                action: here + "/vi-du"
            )
            return BuilderTrialPage.html(model, in: $0)
        },
    ]
}
