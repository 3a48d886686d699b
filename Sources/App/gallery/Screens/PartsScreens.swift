// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup

/// Every part once, for who works on the look (docs/look.md).
enum PartsScreens {
    static let all = [ScreenState("bo-phan", "tat-ca", draw: page)]

    @Sendable private static func page(in frame: PageFrame) -> HTML {
        frame.page(
            PageShape(
                title: "Các bộ phận của trang",
                crumbs: [Crumb("Phòng trưng bày", href: "/")],
                modules: [.upload]
            ),
            """
            <h1>Các bộ phận của trang</h1>
            <h2>Nút và liên kết</h2>
            \(Parts.actions(
                Parts.button("Nộp hồ sơ", icon: .forward), Parts.button("Lưu và xem", style: .secondary),
                Parts.button("Rút hồ sơ", style: .destructive), Parts.button("Lưu và thoát", style: .link)
            ))
            <p>\(Parts.iconLink("Theo dõi hồ sơ", href: "/", icon: .clock)) \
            \(Parts.download("Tải giấy tiếp nhận", href: "/mau/a.pdf", detail: "PDF")) \
            \(Parts.copyableCode("H01.30337-260305-0001", label: "mã hồ sơ"))</p>
            \(words)
            \(messages)
            \(lists)
            \(fields)
            <h2>Hình vẽ</h2>
            <ul class="pills">\(each: Icon.allCases, { "<li>\(Parts.icon($0)) <small>\($0.rawValue)</small></li>" })</ul>
            """
        )
    }

    private static let words: HTML = """
        <h2>Từ chỉ trạng thái</h2>
        <p class="meta">\(Parts.tag("Bản nháp")) \(Parts.tag("Đang xử lý", .info)) \(Parts.tag("Đã có kết quả", .ok)) \
        \(Parts.tag("Cần bổ sung", .warn)) \(Parts.tag("Có lỗi cần sửa", .bad))</p>
        <p class="meta">\(Parts.deadline(.overdue(workingDays: 3))) \(Parts.deadline(.dueToday)) \
        \(Parts.deadline(.left(workingDays: 1))) \(Parts.deadline(.left(workingDays: 4))) \
        \(Parts.deadline(.pausedForSupplement)) \(Parts.deadline(.notReceived))</p>
        """

    private static let messages: HTML = """
        <h2>Lời nhắn</h2>
        \(Parts.notice(.info, title: "Thông tin", "<p>Hồ sơ đang ở bộ phận một cửa.</p>"))
        \(Parts.notice(.ok, "<p>Đã gửi bổ sung.</p>"))
        \(Parts.notice(.warn, "<p>Còn phải trả 16.000 đ.</p>"))
        \(Parts.notice(.bad, "<p>Chứng thư số đã hết hạn.</p>"))
        \(Parts.details("Điều mở ra khi cần", "<p>Nội dung.</p>"))
        \(Parts.emptyState("Chưa có hồ sơ nào", "<p>Hồ sơ mới sẽ hiện ở đây.</p>"))
        """

    private static let lists: HTML = """
        <h2 id="bang">Danh sách</h2>
        \(Parts.summaryList([
            SummaryRow("Họ và tên", "Trần Thị Bích Hằng", changeHref: "/"), SummaryRow("Thư điện tử", nil),
        ]))
        \(Parts.taskList([
            TaskRow("Người yêu cầu", href: "/", state: .ready), TaskRow("Giấy tờ", href: "/", state: .notStarted),
            TaskRow("Kiểm tra và nộp", href: nil, state: .cannotStart),
        ]))
        \(Parts.timeline([
            TimelineStage("Đã nộp", state: .past, detail: "14:04 ngày 05/03/2026"),
            TimelineStage("Đang giải quyết", state: .current), TimelineStage("Trả kết quả", state: .next),
        ]))
        \(Parts.steps(["Khai", "Giấy tờ", "Kiểm tra", "Thanh toán"], current: 1))
        \(Parts.cardTable(CardTable(
            labelledBy: "bang",
            columns: [CardTable.Column("Hồ sơ"), CardTable.Column("Số ngày", isNumeric: true)],
            lines: [CardTable.TableLine(["H01.30337-260305-0001", "3"]), CardTable.TableLine(["H01.30337-260305-0002", "12"])]
        )))
        \(Parts.pagination(shown: "50 hồ sơ đầu", firstHref: "/", nextHref: "/"))
        """

    private static let fields: HTML = """
        <h2>Ô nhập</h2>
        \(Parts.fields([
            FieldPart("a", "Họ và tên", hint: "Như trên căn cước", error: "Nhập họ và tên", .text("")),
            FieldPart("b", "Ngày sinh", .date(.init(day: "14", month: "8", year: "1990"))),
            FieldPart("c", "Nhận kết quả", .radios([.init("1", "Bản điện tử"), .init("2", "Tại quầy")], chosen: "1")),
            FieldPart("d", "Số định danh", lockedSource: "Theo CSDL dân cư", .nationalID("091 300 004 217")),
        ]))
        \(Parts.fileInput(FilePart(id: "e", paperName: "giấy chứng sinh")))
        """
}
