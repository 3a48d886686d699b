// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Kernel
import Markup

/// Administration: the state of the system, queues, agencies, accounts.
enum AdminScreens {
    static let all: [ScreenState] = system + queue + agencies + newOfficer + officer + SessionScreens.all

    private static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .administrator, status: status, draw: draw)
    }

    // MARK: - State and queues

    private static let notices = "Thư và tin nhắn cho người nộp hồ sơ"

    private static func waiting(isLate: Bool) -> [WaitingLine] {
        [WaitingLine(name: notices, count: 1_204, oldest: Sample.moment(5, 9, 12), isLate: isLate)]
    }

    private static func systemModel(_ waiting: [WaitingLine], dead: Int, isSample: Bool = false) -> SystemPage.Model {
        SystemPage.Model(
            waiting: waiting,
            deadCount: dead,
            queueHref: "/quan-tri/hang-doi",
            facts: [
                SummaryRow("Nhật ký sự kiện", "1.048.213 sự kiện"),
                SummaryRow("Gốc cây nhật ký", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                SummaryRow("Cơ sở dữ liệu", "PostgreSQL"), SummaryRow("Cấu trúc dữ liệu", "24 bước đã áp dụng"),
                SummaryRow("Phiên đang mở", "318"),
            ],
            sample: isSample ? sampleData : [],
            links: [
                NavigationItem("Cơ quan và cán bộ", href: "/quan-tri/co-quan"),
                NavigationItem("Cơ quan của tôi", href: "/quan-tri/co-quan/H01"),
                NavigationItem("Hàng đợi gửi", href: "/quan-tri/hang-doi"),
            ]
        )
    }

    private static let sampleData = [
        SummaryRow("Tỉnh mẫu", "Ủy ban nhân dân tỉnh An Giang"),
        SummaryRow("Tạo bằng", "lệnh motcua demo, sự kiện đầu tiên ngày 05/03/2026"),
        SummaryRow("Cơ quan", "216"), SummaryRow("Cán bộ", "49"),
        SummaryRow("Hồ sơ", "1.204, tất cả là hồ sơ thử"),
    ]

    private static let system = [
        state("quan-tri", "binh-thuong") { SystemPage.html(systemModel([], dead: 0), in: $0) },
        state("quan-tri", "du-lieu-mau") {
            SystemPage.html(systemModel(waiting(isLate: false), dead: 0, isSample: true), in: $0)
        },
        state("quan-tri", "gui-cham") { SystemPage.html(systemModel(waiting(isLate: true), dead: 0), in: $0) },
        state("quan-tri", "co-viec-bi-dung") {
            SystemPage.html(systemModel(waiting(isLate: true), dead: 12), in: $0)
        },
    ]

    private static func letter(_ number: Int, reason: String = "", error: String? = nil) -> QueuePage.Letter {
        QueuePage.Letter(
            id: "viec\(number)",
            name: notices,
            firstDueAt: Sample.moment(4, 8, number),
            cause: "Không kết nối được máy chủ bên ngoài.",
            advice: "Kiểm tra địa chỉ, đường mạng và tường lửa.",
            history: [
                .init(at: Sample.moment(4, 8, number), words: "Máy chủ thư chưa nhận thư."),
                .init(at: Sample.moment(4, 9, number), words: "Gửi lại, lý do: máy chủ thư đã chạy lại"),
                .init(at: Sample.moment(5, 9, number), words: "Không kết nối được máy chủ bên ngoài."),
            ],
            reasonField: FieldPart(
                "reason.viec\(number)",
                "Lý do gửi lại",
                hint: "Đã sửa gì. Không ghi thông tin riêng của người dân",
                error: error,
                .longText(reason, limitCharacters: 500, rows: 2)
            ),
            action: "/quan-tri/hang-doi/viec\(number)/gui-lai"
        )
    }

    private static func queueModel(_ letters: [QueuePage.Letter], waiting lines: [WaitingLine] = []) -> QueuePage.Model
    {
        QueuePage.Model(waiting: lines, letters: letters, deadCount: letters.count, backHref: "/quan-tri")
    }

    private static let queue = [
        state("hang-doi", "trong") { QueuePage.html(queueModel([]), in: $0) },
        state("hang-doi", "bi-dung") {
            QueuePage.html(queueModel([letter(1), letter(2)], waiting: waiting(isLate: true)), in: $0)
        },
        state("hang-doi", "thieu-ly-do", status: 422) {
            QueuePage.html(queueModel([letter(1, error: "Nhập lý do gửi lại"), letter(2)]), in: $0)
        },
        state("hang-doi", "da-gui-lai") {
            var model = queueModel([letter(2)], waiting: waiting(isLate: false))
            model.flash = "Đã đưa vào hàng đợi để gửi lại."
            return QueuePage.html(model, in: $0)
        },
        state("hang-doi", "khong-con", status: 409) {
            var model = queueModel([letter(2)])
            model.hindrance = "Việc này không còn trong danh sách bị dừng: đã được gửi lại hoặc đã xong."
            return QueuePage.html(model, in: $0)
        },
        state("hang-doi", "nhieu-trang") {
            var model = queueModel((1...20).map { letter($0) })
            model.deadCount = 1_240
            model.firstHref = "/quan-tri/hang-doi"
            model.nextHref = "/quan-tri/hang-doi?sau=viec20"
            return QueuePage.html(model, in: $0)
        },
    ]

    // MARK: - Agencies

    private static let commune = "Ủy ban nhân dân phường Rạch Giá"

    private static func agenciesModel(_ count: Int, query: String = "") -> AgenciesPage.Model {
        AgenciesPage.Model(
            lines: (0..<count).map { number in
                AgenciesPage.AgencyLine(
                    name: number == 0 ? "Ủy ban nhân dân tỉnh An Giang" : "\(commune) \(number)",
                    code: number == 0 ? "H01" : "H01.\(30_300 + number)",
                    parentName: number == 0 ? nil : "Ủy ban nhân dân tỉnh An Giang",
                    validityWord: number == 3 ? "đến hết 30/06/2026" : nil,
                    officerCount: number % 7,
                    href: "/quan-tri/co-quan/H01"
                )
            },
            matchCount: count == 50 ? 215 : count,
            query: query,
            searchAction: "/quan-tri/co-quan",
            nextHref: count == 50 ? "/quan-tri/co-quan?sau=H01.30349" : nil,
            plansHref: "/quan-tri/sap-nhap",
            backHref: "/quan-tri"
        )
    }

    private static func officerLine(_ number: Int, roles: String) -> AgencyPage.OfficerLine {
        AgencyPage.OfficerLine(
            name: ["Trần Thị Bích Hằng", "Nguyễn Văn Đức", "Lê Hoàng Anh", "Võ Minh Khôi"][number % 4],
            loginName: "rachgia.canbo\(number)",
            position: "Công chức Tư pháp - Hộ tịch",
            unitName: "Bộ phận Tư pháp - Hộ tịch",
            rolesWord: roles,
            href: "/quan-tri/can-bo/\(number)"
        )
    }

    private static func agencyModel(active: Int, locked: Int, units: [String]) -> AgencyPage.Model {
        AgencyPage.Model(
            name: commune,
            facts: [
                SummaryRow("Mã cơ quan", html: "<span class=\"num\">H01.30337</span>"),
                SummaryRow("Cấp trên", "Ủy ban nhân dân tỉnh An Giang"),
            ],
            units: units.map { AgencyPage.BodyLine(name: $0, href: "/quan-tri/don-vi/u1") }
                + [AgencyPage.BodyLine(name: "Bộ phận Kinh tế", detail: "đến hết 30/06/2026", href: nil)],
            below: [AgencyPage.BodyLine(name: "Công an phường Rạch Giá", href: "/quan-tri/co-quan/H01.30337.CA")],
            active: (0..<active).map { officerLine($0, roles: "Chuyên viên, Văn thư") },
            locked: (0..<locked).map { officerLine($0 + 50, roles: "Cán bộ một cửa") },
            acts: [
                NavigationItem("Sửa tên, cấp trên", href: "/quan-tri/co-quan/H01.30337/sua"),
                NavigationItem("Sáp nhập hoặc đóng cơ quan này", href: "/quan-tri/co-quan/H01.30337/sap-nhap"),
            ],
            newOfficerHref: units.isEmpty ? nil : "/quan-tri/co-quan/H01.30337/can-bo-moi",
            backHref: "/quan-tri/co-quan"
        )
    }

    private static let units = [
        "Trung tâm Phục vụ hành chính công phường Rạch Giá (bộ phận một cửa)", "Bộ phận Tư pháp - Hộ tịch",
    ]

    private static let agencies = [
        state("co-quan", "danh-sach") { AgenciesPage.html(agenciesModel(50), in: $0) },
        state("co-quan", "khop") { AgenciesPage.html(agenciesModel(3, query: "rach gia"), in: $0) },
        state("co-quan", "khong-khop") { AgenciesPage.html(agenciesModel(0, query: "hà nội"), in: $0) },
        state("mot-co-quan", "thuong-ngay") {
            AgencyPage.html(agencyModel(active: 6, locked: 2, units: units), in: $0)
        },
        state("mot-co-quan", "chua-co-can-bo") {
            AgencyPage.html(agencyModel(active: 0, locked: 0, units: units), in: $0)
        },
        state("mot-co-quan", "chua-co-don-vi") {
            AgencyPage.html(agencyModel(active: 0, locked: 0, units: []), in: $0)
        },
    ]

    // MARK: - A new officer

    private static let roles = [
        FieldPart.Choice("deskOfficer", "Cán bộ một cửa"), FieldPart.Choice("specialist", "Chuyên viên"),
        FieldPart.Choice("leader", "Lãnh đạo"), FieldPart.Choice("administrator", "Quản trị"),
    ]

    private static func rolesField(_ chosen: Set<String>, error: String? = nil) -> FieldPart {
        FieldPart("roles", "Vai trò", error: error, .checkboxes(roles, chosen: chosen))
    }

    private static func newOfficerModel(isWrong: Bool) -> NewOfficerPage.Model {
        func error(_ text: String) -> String? { isWrong ? text : nil }
        let name = isWrong ? "Đỗ Thị Hạnh" : ""
        return NewOfficerPage.Model(
            agencyName: commune,
            fields: [
                FieldPart("fullName", "Họ và tên", .text(name)),
                FieldPart("position", "Chức vụ", error: error("Nhập chức vụ"), .text("")),
                FieldPart(
                    "unit",
                    "Đơn vị",
                    error: error("Chọn đơn vị"),
                    .select(units.map { FieldPart.Choice($0, $0) }, chosen: nil)
                ),
                rolesField([], error: error("Chọn ít nhất một vai trò")),
                FieldPart(
                    "loginName",
                    "Tên đăng nhập",
                    hint: "Chữ thường không dấu, chữ số, dấu chấm, dấu gạch ngang; ví dụ anphu.hotich3",
                    error: error("Tên đăng nhập “hanh” đã có người dùng. Chọn tên khác."),
                    .text(isWrong ? "hanh" : "", width: .half)
                ),
                FieldPart("email", "Thư điện tử công vụ", isOptional: true, .text("")),
            ],
            action: "/quan-tri/co-quan/H01.30337/can-bo-moi",
            backHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static func passwordModel(_ heading: String) -> PasswordPage.Model {
        PasswordPage.Model(
            heading: heading,
            officerName: "Đỗ Thị Hạnh",
            loginName: "rachgia.hanh",
            password: "0000a-0000b-0000c-0000d",
            officerHref: "/quan-tri/can-bo/hanh",
            agencyHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static let newOfficer = [
        state("can-bo-moi", "moi") { NewOfficerPage.html(newOfficerModel(isWrong: false), in: $0) },
        state("can-bo-moi", "sai", status: 422) { NewOfficerPage.html(newOfficerModel(isWrong: true), in: $0) },
        state("can-bo-moi", "da-them") { PasswordPage.html(passwordModel("Đã thêm cán bộ"), in: $0) },
    ]

    // MARK: - An account

    private static func officerModel(error: String? = nil, staff: OfficerPage.Staff? = nil) -> OfficerPage.Model {
        OfficerPage.Model(
            name: "Đỗ Thị Hạnh",
            agencyName: commune,
            facts: [
                SummaryRow("Tên đăng nhập", "rachgia.hanh"),
                SummaryRow("Chức vụ", "Văn thư"), SummaryRow("Đơn vị", units[1]), SummaryRow("Thư điện tử", nil),
                SummaryRow("Vai trò", "Chuyên viên"),
            ],
            acts: OfficerPage.Acts(
                rolesField: rolesField(error == nil ? ["specialist"] : [], error: error),
                seen: "specialist",
                rolesAction: "/quan-tri/can-bo/hanh",
                reset: .possible(ResetScreens.reason(), action: "/quan-tri/can-bo/hanh/dat-lai"),
                staff: staff,
                lockHref: "/quan-tri/can-bo/hanh/khoa",
                substitutesHref: "/quan-tri/can-bo/hanh/thay-the",
                sessionsHref: "/quan-tri/can-bo/hanh/phien"
            ),
            backHref: "/quan-tri/co-quan/H01.30337"
        )
    }

    private static func lockModel(error: String? = nil, hindrance: String? = nil) -> OfficerLockPage.Model {
        OfficerLockPage.Model(
            name: "Đỗ Thị Hạnh",
            placeWord: "Văn thư, \(commune)",
            error: error,
            hindrance: hindrance,
            action: "/quan-tri/can-bo/hanh/khoa",
            backHref: "/quan-tri/can-bo/hanh"
        )
    }

    private static let officer = [
        state("can-bo", "dang-lam") { OfficerPage.html(officerModel(), in: $0) },
        state("can-bo", "chua-gan-dinh-danh", status: 422) {
            OfficerPage.html(officerModel(staff: ResetScreens.unbound), in: $0)
        },
        state("can-bo", "da-gan-dinh-danh") { OfficerPage.html(officerModel(staff: ResetScreens.bound), in: $0) },
        state("can-bo", "chua-chon-vai-tro", status: 422) {
            OfficerPage.html(officerModel(error: "Chọn ít nhất một vai trò."), in: $0)
        },
        state("can-bo", "da-doi") {
            var model = officerModel()
            model.flash = "Đã đổi vai trò."
            return OfficerPage.html(model, in: $0)
        },
        state("can-bo", "nguoi-khac-vua-doi", status: 409) {
            var model = officerModel()
            model.hindrance = "Vai trò vừa được một quản trị khác đổi. Dưới đây là vai trò đang có; xem lại rồi lưu."
            return OfficerPage.html(model, in: $0)
        },
        state("can-bo", "da-khoa") {
            var model = officerModel()
            model.acts = nil
            model.flash = "Đã khóa tài khoản. Mọi phiên đăng nhập của người này đã kết thúc."
            return OfficerPage.html(model, in: $0)
        },
        state("can-bo", "thieu-ly-do-dat-lai", status: 422) {
            var model = officerModel()
            let words = "Nhập lý do đặt lại, không quá 500 ký tự"
            model.acts?.reset = .possible(ResetScreens.reason(error: words), action: "/quan-tri/can-bo/hanh/dat-lai")
            return OfficerPage.html(model, in: $0)
        },
        state("can-bo", "cho-duyet-dat-lai") {
            var model = officerModel()
            model.flash = "Đã gửi đề nghị. Một quản trị khác phải duyệt thì cán bộ mới đặt lại được."
            model.acts?.reset = .waiting(href: "/quan-tri/dat-lai")
            return OfficerPage.html(model, in: $0)
        },
        state("can-bo", "da-duyet-dat-lai") {
            var model = officerModel()
            model.acts?.reset = .approved
            return OfficerPage.html(model, in: $0)
        },
        state("khoa-can-bo", "con-viec", status: 422) {
            var model = lockModel()
            model.work = [SummaryRow("Hồ sơ: Đang thẩm định", "38"), SummaryRow("Hồ sơ: Chờ người nộp", "2")]
            model.fields = OrganisationScreens.leaving(error: "Chọn ít nhất một người nhận việc")
            return OfficerLockPage.html(model, in: $0)
        },
        state("khoa-can-bo", "hoi") { OfficerLockPage.html(lockModel(), in: $0) },
        state("khoa-can-bo", "chua-danh-dau", status: 422) {
            OfficerLockPage.html(lockModel(error: "Đánh dấu vào ô để khóa tài khoản"), in: $0)
        },
        state("khoa-can-bo", "quan-tri-cuoi-cung", status: 409) {
            OfficerLockPage.html(
                lockModel(
                    hindrance: "Đây là quản trị cuối cùng của cơ quan. Giao vai trò Quản trị cho một cán bộ khác trước."
                ),
                in: $0
            )
        },
    ]
}
