// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Kernel
import Markup

/// Administration of the organisation: bodies, their names, mergers and plans.
enum OrganisationScreens {
    static let all: [ScreenState] = bodies + mergers + plans + calendars

    private static let commune = "Ủy ban nhân dân xã An Phú"

    private static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .administrator, status: status, draw: draw)
    }

    private static func form(_ heading: String, _ fields: [FieldPart], hindrance: String? = nil) -> BodyFormPage.Model {
        BodyFormPage.Model(
            bodyName: commune,
            heading: heading,
            lede: "Mã cơ quan không đổi.",
            fields: fields,
            hindrance: hindrance,
            buttonLabel: "Lưu",
            action: "/quan-tri/co-quan/H01.30337/sua",
            version: 7,
            links: [NavigationItem("Sáp nhập hoặc đóng đơn vị này", href: "/quan-tri/don-vi/u1/sap-nhap")],
            backHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static func nameFields(_ error: String? = nil) -> [FieldPart] {
        [
            FieldPart("name", "Tên cơ quan", error: error, .text(error == nil ? commune : "")),
            FieldPart(
                "parent",
                "Cấp trên",
                hint: "Nhận giấy tờ và quản trị cơ quan này",
                .select([FieldPart.Choice("H01", "Ủy ban nhân dân tỉnh An Giang")], chosen: "H01")
            ),
        ]
    }

    private static let bodies = [
        state("chuyen-can-bo", "con-viec") {
            let unit = FieldPart("unit", "Đơn vị của \(commune)", .select([], chosen: nil))
            return BodyFormPage.html(form("Chuyển cán bộ", [unit] + leaving()), in: $0)
        },
        state("sua-co-quan", "hoi") { BodyFormPage.html(form("Sửa cơ quan", nameFields()), in: $0) },
        state("sua-co-quan", "thieu-ten", status: 422) {
            BodyFormPage.html(form("Sửa cơ quan", nameFields("Nhập tên, không quá 200 ký tự")), in: $0)
        },
        state("sua-co-quan", "vua-doi", status: 409) {
            let words = "Cơ quan, đơn vị hoặc cán bộ vừa được một quản trị khác đổi. Xem lại danh sách rồi xác nhận."
            return BodyFormPage.html(form("Sửa cơ quan", nameFields(), hindrance: words), in: $0)
        },
    ]

    /// To whom the work of an officer who leaves goes.
    static func leaving(error: String? = nil) -> [FieldPart] {
        [
            FieldPart(
                "handing",
                "Giao lại 40 hồ sơ đang làm",
                .radios(
                    [
                        FieldPart.Choice("pile", "Trả về bộ phận", hint: "Trưởng đơn vị phân công lại"),
                        FieldPart.Choice(
                            "officers",
                            "Giao cho người được chọn dưới đây",
                            hint: "Nhiều người thì chia đều số hồ sơ"
                        ),
                    ],
                    chosen: error == nil ? nil : "officers"
                )
            ),
            FieldPart(
                "takers",
                "Người nhận việc",
                error: error,
                .checkboxes(
                    [
                        FieldPart.Choice("a", "Lê Thị Thu Hà, Công chức Tư pháp - Hộ tịch"),
                        FieldPart.Choice("b", "Nguyễn Thành Trung, Công chức Kinh tế"),
                    ],
                    chosen: []
                )
            ),
        ]
    }

    // MARK: - Mergers

    private static func questions(isWrong: Bool) -> [FieldPart] {
        func error(_ text: String) -> String? { isWrong ? text : nil }
        return [
            FieldPart(
                "successor",
                "Nơi tiếp nhận",
                hint: "Nhận hồ sơ, cán bộ và việc đang làm",
                error: error("Chọn nơi tiếp nhận, vì còn việc đang làm: Hồ sơ: Đang thẩm định (12)"),
                .select(
                    [
                        FieldPart.Choice("H01.30307", "Ủy ban nhân dân phường Long Xuyên"),
                        FieldPart.Choice("-", "Không có: đóng hẳn khi không còn việc"),
                    ],
                    chosen: isWrong ? "-" : ""
                )
            ),
            FieldPart(
                "sources",
                "Mã các cơ quan khác cùng sáp nhập",
                hint: "Mỗi dòng một mã; để trống nếu chỉ có cơ quan này",
                error: error("Chỉ ghi mã của cơ quan đang hoạt động do Ông/Bà quản trị"),
                isOptional: true,
                .longText(isWrong ? "H99.1" : "", limitCharacters: 800, rows: 3)
            ),
            FieldPart(
                "day",
                "Ngày hiệu lực",
                error: error("Nhập ngày hiệu lực có thật, ví dụ 01 10 2026"),
                .date(FieldPart.TypedDate(day: isWrong ? "31" : "", month: isWrong ? "2" : "", year: "2026"))
            ),
            FieldPart("basis", "Văn bản quyết định", error: error("Nhập số, ký hiệu văn bản quyết định"), .text("")),
        ]
    }

    private static func preview(
        isDue: Bool,
        error: String? = nil,
        hindrance: String? = nil,
        isEmpty: Bool = false
    ) -> MergerPage.Model {
        MergerPage.Model(
            bodyName: commune,
            facts: [
                SummaryRow("Kết thúc hoạt động", commune),
                SummaryRow("Nơi tiếp nhận", isEmpty ? "Không có" : "Ủy ban nhân dân phường Long Xuyên"),
                SummaryRow("Ngày hiệu lực", "01/10/2026"),
                SummaryRow("Văn bản quyết định", "Nghị quyết 1654/NQ-UBTVQH15"),
            ],
            inFlight: isEmpty
                ? []
                : [
                    SummaryRow("Hồ sơ: Chờ tiếp nhận", "1.204"), SummaryRow("Hồ sơ: Đang thẩm định", "87"),
                    SummaryRow("Bản nháp đang soạn gửi tới đây", "31"),
                    SummaryRow("Cán bộ đang đăng nhập, phải đăng nhập lại", "3"),
                ],
            chapters: [
                MergerPage.Chapter(
                    "Cán bộ chuyển đi, phải đăng nhập lại",
                    isEmpty
                        ? []
                        : (1...6).map { "Nguyễn Thị Hoa \($0), Cán bộ một cửa: sang Trung tâm Phục vụ hành chính công" }
                ),
                MergerPage.Chapter("Đơn vị", ["Bộ phận Kinh tế: vào Bộ phận Kinh tế"]),
                MergerPage.Chapter("Cơ quan trực thuộc đổi cấp trên", isEmpty ? [] : ["Công an xã An Phú"]),
            ],
            isDue: isDue,
            answers: [("successor", "H01.30307"), ("basis", "Nghị quyết 1654/NQ-UBTVQH15")],
            confirmation: FieldPart(
                "confirmed",
                "",
                error: error,
                .declaration("Tôi đã đọc danh sách trên và chắc chắn thực hiện", isTicked: false)
            ),
            hindrance: hindrance,
            action: "/quan-tri/co-quan/H01.30337/sap-nhap",
            version: 7,
            backHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static let mergers = [
        state("sap-nhap", "hoi") {
            BodyFormPage.html(form("Sáp nhập hoặc đóng cơ quan", questions(isWrong: false)), in: $0)
        },
        state("sap-nhap", "sai", status: 422) {
            BodyFormPage.html(form("Sáp nhập hoặc đóng cơ quan", questions(isWrong: true)), in: $0)
        },
        state("sap-nhap", "xem-truoc") { MergerPage.html(preview(isDue: true), in: $0) },
        state("sap-nhap", "xem-truoc-ngay-sau") { MergerPage.html(preview(isDue: false), in: $0) },
        state("sap-nhap", "dong-khong-con-viec") { MergerPage.html(preview(isDue: true, isEmpty: true), in: $0) },
        state("sap-nhap", "chua-danh-dau", status: 422) {
            MergerPage.html(preview(isDue: true, error: "Đánh dấu vào ô để xác nhận"), in: $0)
        },
        state("sap-nhap", "vua-doi", status: 409) {
            let words = "Cơ quan, đơn vị hoặc cán bộ vừa được một quản trị khác đổi. Xem lại danh sách rồi xác nhận."
            return MergerPage.html(preview(isDue: true, hindrance: words), in: $0)
        },
    ]

    private static func calendar(error: String? = nil) -> CalendarPage.Model {
        let kinds = [
            FieldPart.Choice("off", "Nghỉ thêm một ngày"), FieldPart.Choice("hours", "Đổi giờ làm việc"),
        ]
        return CalendarPage.Model(
            agencyName: commune,
            year: 2026,
            facts: [
                SummaryRow("Ngày làm việc trong năm", "247"), SummaryRow("Giờ làm việc", "07:30-11:30, 13:30-17:00"),
                SummaryRow("Phiên bản", "H01.30337-2026-03-05-1"),
            ],
            days: [
                CalendarPage.DayLine(date: "30/04/2026", reason: "nghỉ lễ 30/4", isOwn: false),
                CalendarPage.DayLine(date: "15/06/2026", reason: "nghỉ mất điện toàn xã", isOwn: true),
            ],
            versions: [
                SummaryRow("08:12 ngày 05/03/2026", "Nghỉ ngày 15/06/2026: mất điện toàn xã. Nguyễn Văn Quang")
            ],
            fields: [
                FieldPart("kind", "Loại thay đổi", .radios(kinds, chosen: error == nil ? nil : "off")),
                FieldPart("day", "Ngày", error: error, .date(FieldPart.TypedDate())),
            ],
            action: "/quan-tri/co-quan/H01.30337/lich",
            previousHref: "/quan-tri/co-quan/H01.30337/lich?nam=2025",
            nextHref: "/quan-tri/co-quan/H01.30337/lich?nam=2027",
            backHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static let calendars = [
        state("lich-lam-viec", "nam") { CalendarPage.html(calendar(), in: $0) },
        state("lich-lam-viec", "sai", status: 422) {
            CalendarPage.html(calendar(error: "Ngày 30/04/2026 vốn là ngày nghỉ"), in: $0)
        },
    ]

    private static func plan(_ number: Int, refusal: String? = nil) -> PlansPage.PlanLine {
        PlansPage.PlanLine(
            title: "\(commune) vào Ủy ban nhân dân phường Long Xuyên",
            facts: [
                SummaryRow("Ngày hiệu lực", "0\(number)/10/2026"),
                SummaryRow("Văn bản quyết định", "Nghị quyết 1654/NQ-UBTVQH15"),
                SummaryRow("Người lập", "Nguyễn Văn Quang"), SummaryRow("Lập lúc", "08:12 ngày 05/03/2026"),
            ],
            refusal: refusal,
            cancelAction: "/quan-tri/sap-nhap/k\(number)"
        )
    }

    private static let plans = [
        state("ke-hoach-sap-nhap", "cho") {
            let flash = "Đã ghi kế hoạch. Hệ thống tự làm vào đầu ngày hiệu lực."
            return PlansPage.html(
                PlansPage.Model(lines: [plan(1), plan(2)], flash: flash, backHref: "/quan-tri/co-quan"),
                in: $0
            )
        },
        state("ke-hoach-sap-nhap", "khong-lam-duoc") {
            let words = "Ủy ban nhân dân phường Long Xuyên đã kết thúc hoạt động từ trước. Chọn nơi khác."
            return PlansPage.html(
                PlansPage.Model(lines: [plan(1, refusal: words)], backHref: "/quan-tri/co-quan"),
                in: $0
            )
        },
        state("ke-hoach-sap-nhap", "khong-co") {
            PlansPage.html(PlansPage.Model(lines: [], backHref: "/quan-tri/co-quan"), in: $0)
        },
    ]
}
