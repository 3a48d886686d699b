// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup
import Testing

@Suite("Parts of pages")
struct PartsTests {
    @Test("A question stands in the order label, hint, error, control, and the control names both")
    func order() throws {
        let part = FieldPart("name", "Họ và tên", hint: "Như trên căn cước", error: "Nhập họ và tên", .text("<b>"))
        let html = Parts.field(part).string
        let places = try [
            "<label for=\"name\">", "id=\"name-goi-y\"", "id=\"name-loi\">Lỗi: Nhập", "<input type=\"text\"",
        ]
        .map { try #require(html.firstRange(of: $0)?.lowerBound) }
        #expect(places == places.sorted())
        #expect(html.contains("aria-describedby=\"name-goi-y name-loi\" aria-invalid=\"true\""))
        #expect(html.contains("value=\"&lt;b&gt;\""))
    }

    @Test("Optional questions say so, compulsory ones have no mark")
    func optional() {
        #expect(Parts.field(FieldPart("a", "Thư", isOptional: true, .email(""))).string.contains("(không bắt buộc)"))
        let says = FieldPart("a", "Thư (nếu có)", isOptional: true, .email(""))
        #expect(!Parts.field(says).string.contains("(không bắt buộc)"))
        #expect(!Parts.field(FieldPart("a", "Thư", .email(""))).string.contains("bắt buộc"))
    }

    @Test("A locked answer is read-only, names its source and is not sent")
    func locked() {
        let html = Parts.field(FieldPart("id", "Số định danh", lockedSource: "Theo CSDL dân cư", .nationalID("091")))
            .string
        #expect(html.contains(" readonly"))
        #expect(html.contains("Theo CSDL dân cư"))
        #expect(!html.contains(" name="))
        #expect(!html.contains("disabled"))
    }

    @Test(
        "A paper among the questions: its box is no answer, its buttons are the form's own, the limits stand beside it"
    )
    func paper() {
        var paper = FieldPart.PaperBox(component: "deed", uploadAction: "/nop/a/to-khai/b/tep", mostFiles: 2)
        func html(_ error: String? = nil) -> String {
            Parts.field(FieldPart("deedFile", "Giấy tờ đất", error: error, .paper(paper))).string
        }
        #expect(html().contains("<input type=\"file\" id=\"deedFile\" name=\"_tep.deed\""))
        #expect(
            html().contains(
                "value=\"tai:deed\" formaction=\"/nop/a/to-khai/b/tep\" formenctype=\"multipart/form-data\""
            )
        )
        #expect(html().contains("mỗi tệp không quá 25 MB; nhiều nhất 2 tệp") && !html().contains("<form"))
        let wrong = html("Tệp không quá 25 MB")
        #expect(wrong.ranges(of: "id=\"deedFile-loi\"").count == 1)
        #expect(wrong.contains("aria-describedby=\"deedFile-han deedFile-loi\""))
        let file = FieldPart.PaperBox.File(id: "f1", name: "đất <1>.pdf", sizeBytes: 2_000, openHref: "/nop/a/tep/f1")
        paper.files = [file]
        #expect(html().contains("đất &lt;1&gt;.pdf") && html().contains("value=\"botep:f1\""))
        #expect(html().contains("Thêm tệp") && !html().contains("Thay tệp"))
        paper.files = [file, file]
        #expect(html().contains("Đã đủ 2 tệp") && !html().contains("type=\"file\""))
        (paper.files, paper.mostFiles) = ([file], 1)
        #expect(html().contains("Thay tệp") && !html().contains(" multiple"))
        paper.uploadAction = nil
        #expect(!html().contains("type=\"file\"") && !html().contains("<button"))
    }

    @Test("A password is never given back")
    func password() {
        #expect(!Parts.field(FieldPart("p", "Mật khẩu", .password(autocomplete: "off"))).string.contains("value="))
    }

    @Test("An error link goes to the first control of the question")
    func errorLinks() {
        let parts = [
            FieldPart("birth", "Ngày sinh", error: "Ngày sinh phải có tháng", .date(.init(day: "3"))),
            FieldPart("way", "Nhận kết quả", error: "Chọn nơi nhận kết quả", .radios([.init("a", "A")], chosen: nil)),
            FieldPart("fine", "Tên", .text("x")),
        ]
        let errors = FieldError.all(in: parts)
        #expect(errors.map(\.controlID) == ["birth.day", "way-1"])
        let page = (Parts.errorSummary(errors) + Parts.fields(parts)).string
        for error in errors {
            #expect(page.contains("href=\"#\(error.controlID)\""))
            #expect(page.contains("id=\"\(error.controlID)\""))
        }
        #expect(Parts.errorSummary([]).isEmpty)
    }

    @Test(
        "A deadline is words, never colour alone",
        arguments: [
            (DeadlineChip.overdue(workingDays: 3), "Quá hạn 3 ngày", "bad"), (.dueToday, "Đến hạn hôm nay", "warn"),
            (.left(workingDays: 1), "Còn 1 ngày", "warn"), (.left(workingDays: 6), "Còn 6 ngày", "neutral"),
            (.pausedForSupplement, "Tạm dừng – chờ bổ sung", "info"),
            (.overdue(workingDays: 0), "Quá hạn hôm nay", "bad"),
        ]
    )
    func deadline(chip: DeadlineChip, words: String, tone: String) {
        let html = Parts.deadline(chip).string
        #expect(html.contains(words))
        #expect(html.contains("chip \(tone)"))
    }

    @Test("A task that cannot start is no link; a finished one has no tag")
    func tasks() {
        let waiting = Parts.taskList([TaskRow("Nộp", href: "/x", state: .cannotStart)]).string
        #expect(!waiting.contains("href"))
        let ready = Parts.taskList([TaskRow("Nộp", href: "/x", state: .ready)]).string
        #expect(ready.contains("Đã xong"))
        #expect(!ready.contains("class=\"tag"))
    }

    @Test("A blank answer is told, and the change link names its subject")
    func summary() {
        let html = Parts.summaryList([SummaryRow("Thư điện tử", "", changeHref: "/sua")]).string
        #expect(html.contains("Chưa có thông tin"))
        #expect(html.contains("Sửa<span class=\"vh\"> thư điện tử</span>"))
    }

    @Test("A chart carries its numbers as a table, and lengths stay inside")
    func chart() {
        let chart = BarChart(
            id: "c",
            conclusion: "Đúng hạn 98 %",
            countedThing: "Cơ quan",
            bars: [.init("Rạch Giá", shown: "98 %", permille: 1_200), .init("Óc Eo", shown: "—", permille: -4)],
            asOf: "Số liệu đến hôm nay"
        )
        let html = Parts.barChart(chart).string
        #expect(html.contains("width=\"1000\" height=\"10\"/><rect class=\"bar-value\" width=\"1000\""))
        #expect(html.contains("class=\"bar-value\" width=\"0\""))
        #expect(html.contains("<td class=\"n\">98 %</td>"))
    }

    @Test(
        "Failure pages speak without the banned words",
        arguments: [400, 403, 404, 409, 410, 413, 422, 429, 500, 503]
    )
    func failures(status: Int) {
        let html = FailurePage.content(.init(status: status)).string.lowercased()
        for banned in ["vui lòng", "xin lỗi", "không hợp lệ", "bắt buộc nhập", "đã xảy ra lỗi"] {
            #expect(!html.contains(banned))
        }
        #expect(html.contains("1022"))
    }
}
