// SPDX-License-Identifier: Apache-2.0

import DeskSite
import Kernel
import Markup
import Site

/// Sign-in of officers, work list.
enum DeskScreens {
    static let all: [ScreenState] =
        signIn + workList + CaseScreens.all + DecisionScreens.all + ConsultationScreens.all + ConsultationScreens.counts
        + SubstitutionScreens.all

    // MARK: - Sign-in

    private static let staff = OfficerScreens.StaffWay(
        name: "tài khoản cơ quan",
        action: "/dang-nhap/can-bo/co-quan"
    )

    private static func signInPage(
        _ failure: OfficerSignInPage.Failure?,
        _ staff: OfficerScreens.StaffWay? = nil
    ) -> @Sendable (PageFrame) -> HTML {
        {
            OfficerSignInPage.html(
                OfficerSignInPage.Model(
                    action: "/can-bo/dang-nhap",
                    returnTo: "/viec",
                    login: failure == nil ? "" : "lan.pn",
                    failure: failure,
                    passkey: OfficerAccountScreens.passkey,
                    resetHref: "/dang-nhap/can-bo/dat-lai",
                    staff: staff
                ),
                in: $0
            )
        }
    }

    private static let signIn = [
        ScreenState("can-bo-dang-nhap", "moi", audience: .officer, draw: signInPage(nil)),
        ScreenState("can-bo-dang-nhap", "sai", audience: .officer, status: 422, draw: signInPage(.wrong)),
        ScreenState(
            "can-bo-dang-nhap",
            "tam-khoa",
            audience: .officer,
            status: 429,
            draw: signInPage(.locked(minutes: 15))
        ),
        ScreenState("can-bo-dang-nhap", "het-phien", audience: .officer, draw: signInPage(.sessionEnded)),
        ScreenState("can-bo-dang-nhap", "co-quan", audience: .officer, draw: signInPage(nil, staff)),
        ScreenState(
            "can-bo-dang-nhap",
            "chua-gan",
            audience: .officer,
            status: 403,
            draw: signInPage(.told("Tài khoản vừa dùng chưa gắn với cán bộ nào. Nhờ quản trị của cơ quan gắn."), staff)
        ),
    ]

    // MARK: - Work list

    private static let names = [
        "Nguyễn Văn Đức", "Trần Thị Bích Hằng", "Lê Hoàng Anh", "Phạm Thị Ánh Tuyết", "Võ Minh Khôi", "Đặng Thu Hà",
        "Bùi Quốc Bảo", "Hồ Thị Kim Ngân",
    ]

    private static func line(_ number: Int, _ chip: DeadlineChip, _ step: String) -> WorkListPage.WorkLine {
        let tail = String(number, paddedTo: 4)
        return WorkListPage.WorkLine(
            id: "hs\(number)",
            code: Sample.sampleCode("H01.30337-260305-\(tail)"),
            procedureName: number.isMultiple(of: 3) ? Sample.birth : Sample.extract,
            applicantName: names[number % names.count],
            stepWord: step,
            limitWord: number.isMultiple(of: 4) ? "3 ngày làm việc" : "trong ngày",
            deadline: chip,
            dueAt: chip == .notReceived ? nil : Sample.moment(3 + number % 8, 10, 0),
            href: "/viec/\(number)",
            hasChanged: number == 7,
            failure: number == 9 ? "Chuyên viên vừa nhận hồ sơ này lúc 14:02" : nil
        )
    }

    private static func groups(_ count: Int) -> [WorkListPage.UrgencyGroup] {
        let rest = max(count - 12, 0)
        return [
            .init(title: "Quá hạn nặng", lines: [line(1, .overdue(workingDays: 6), "Tra sổ")]),
            .init(
                title: "Quá hạn",
                lines: [
                    line(3, .overdue(workingDays: 2), "Lập trích lục"), line(4, .overdue(workingDays: 0), "Trình ký"),
                ]
            ),
            .init(
                title: "Sắp đến hạn",
                lines: [
                    line(6, .dueToday, "Tra sổ"), line(7, .left(workingDays: 1), "Trả kết quả"),
                    line(9, .left(workingDays: 1), "Tra sổ"),
                ]
            ),
            .init(title: "Chờ tiếp nhận", lines: (10..<13).map { line($0, .notReceived, "Chờ tiếp nhận") }),
            .init(
                title: "Chưa đến hạn",
                lines: (13..<16 + rest).map {
                    line($0, $0 % 5 == 0 ? .pausedForSupplement : .left(workingDays: 2 + $0 % 3), "Tra sổ")
                }
            ),
        ]
    }

    private static func workModel(_ groups: [WorkListPage.UrgencyGroup], query: String = "") -> WorkListPage.Model {
        WorkListPage.Model(
            title: "Việc của tôi",
            filters: [
                NavigationItem("Việc của tôi", href: "/viec", isCurrent: true, count: 14),
                NavigationItem("Chờ tiếp nhận", href: "?loc=cho", count: 3),
                NavigationItem("Cả bộ phận", href: "?loc=bp", count: 48),
                NavigationItem("Chờ bổ sung", href: "?loc=bs", count: 5),
                NavigationItem("Chờ trả kết quả", href: "?loc=tra", count: 2),
            ],
            counts: [
                .init(label: "quá hạn", count: 3, href: "?han=qua", tone: .bad),
                .init(label: "đến hạn hôm nay", count: 1, href: "?han=nay", tone: .warn),
                .init(label: "trong 7 ngày", count: 8, href: "?han=7", tone: .neutral),
                .init(label: "sau 7 ngày", count: 2, href: "?han=sau", tone: .neutral),
            ],
            groups: groups,
            searchAction: "/viec",
            query: query,
            bulkActs: [.init(label: "Tiếp nhận", value: "tiep-nhan"), .init(label: "Phân công", value: "phan-cong")],
            bulkAction: "/viec/nhieu",
            key: Sample.key,
            shownWord: "\(groups.flatMap(\.lines).count) hồ sơ",
            nextHref: groups.flatMap(\.lines).count > 40 ? "?sau=x" : nil
        )
    }

    private static let workList = [
        ScreenState("viec", "thuong-ngay", audience: .officer) { WorkListPage.html(workModel(groups(12)), in: $0) },
        ScreenState("viec", "nam-muoi", audience: .officer) { WorkListPage.html(workModel(groups(50)), in: $0) },
        ScreenState("viec", "duoc-hoi", audience: .officer) { WorkListPage.html(askedModel(), in: $0) },
        ScreenState("viec", "het-viec", audience: .officer) { WorkListPage.html(workModel([]), in: $0) },
        ScreenState("viec", "khong-khop", audience: .officer) {
            WorkListPage.html(workModel([], query: "Bích"), in: $0)
        },
        ScreenState("viec", "vua-lam", audience: .officer) {
            var model = workModel(groups(12))
            model.flash = "Đã tiếp nhận 3 hồ sơ. 1 hồ sơ chưa được, lý do ghi ở dòng."
            return WorkListPage.html(model, in: $0)
        },
    ]

    /// What lies with a unit, for its head.
    static func unitModel() -> WorkListPage.Model {
        var model = workModel([.init(title: "Hồ sơ đang mở", lines: groups(6).flatMap(\.lines))])
        (model.title, model.whoTitle, model.counts) = ("Bộ phận Tư pháp - Hộ tịch", "Đang giữ", [])
        model.bulkActs = [
            .init(label: "Phân công", value: "phan-cong"), .init(label: "Chia đều theo số việc", value: "chia-deu"),
            .init(label: "Để chung trong đơn vị", value: "de-chung"),
        ]
        model.bulkFields = [
            FieldPart(
                "officer",
                "Cán bộ nhận việc",
                hint: "Không cần chọn khi chia đều hoặc để chung",
                isOptional: true,
                .select([.init("binh", "Trần Văn Bình, Công chức Tư pháp - Hộ tịch")], chosen: nil)
            ),
            FieldPart(
                "reason",
                "Lý do",
                hint: "Phải ghi khi lấy việc từ một cán bộ đang giữ. Người nộp không đọc câu này.",
                isOptional: true,
                .text("")
            ),
        ]
        let table = CardTable(
            labelledBy: "khoi-luong",
            columns: [.init("Cán bộ"), .init("Đang giữ")],
            lines: [
                CardTable.TableLine(["Trần Văn Bình", "12 hồ sơ, quá hạn 1"]),
                CardTable.TableLine(["Lê Thị Thu Hà", "3 hồ sơ, quá hạn 0"]),
                CardTable.TableLine(["Chưa phân công", "6 hồ sơ, quá hạn 2"]),
            ]
        )
        model.overview = "<h2 id=\"khoi-luong\">Ai đang giữ bao nhiêu</h2>\(Parts.cardTable(table))"
        model.standing = ["Ông/Bà đang làm thay Đoàn Thị Kim Phượng, Trưởng Bộ phận, đến hết ngày 12/03/2026."]
        return model
    }

    /// What this agency was asked, by the words of that list.
    static func askedModel() -> WorkListPage.Model {
        var asked = line(5, .left(workingDays: 1), "Phòng cháy, chữa cháy")
        (asked.applicantName, asked.limitWord) = ("Sở Xây dựng tỉnh An Giang", "hỏi 14:32 05/03/2026")
        var said = line(6, .over, "Hiện trạng lô đất")
        (said.applicantName, said.limitWord) = ("Sở Xây dựng tỉnh An Giang", "Đồng ý")
        var model = workModel([
            .init(title: "Chờ trả lời", lines: [asked]), .init(title: "Đã trả lời gần đây", lines: [said]),
        ])
        (model.title, model.whoTitle, model.stepTitle) = ("Được hỏi ý kiến", "Cơ quan hỏi", "Nội dung")
        (model.counts, model.bulkActs) = ([], [])
        return model
    }
}
