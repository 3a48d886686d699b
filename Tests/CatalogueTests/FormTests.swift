// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing

/// What is typed into one field, and what comes of it.
struct FieldCase: Sendable, CustomTestStringConvertible {
    let field: String
    let typed: String
    var canonical: String?
    var sentence: String?
    var part: DayPart?

    var testDescription: String { "\(field) “\(typed)”" }
}

@Suite("Checking forms: spellings of people, sentences of the page")
struct FormTests {
    /// One field of each type.
    static let fields = """
                - { id: name, type: text, label: Họ và tên của trẻ, required: yes, maxLength: 10 }
                - { id: reason, type: longText, label: Lý do, required: yes, maxLength: 500 }
                - { id: sheets, type: number, label: Số bản, required: yes, minimum: 1, maximum: 1200 }
                - { id: born, type: date, label: Ngày sinh, required: yes, notAfter: today }
                - { id: start, type: date, label: Ngày bắt đầu, required: yes }
                - { id: end, type: date, label: Ngày kết thúc, required: yes, after: { field: start } }
                - { id: soon, type: date, label: Ngày hẹn, required: no, notBefore: today, before: 2027-01-01 }
                - id: place
                  type: choice
                  label: Nơi nhận kết quả
                  required: yes
                  options: [{ value: desk, label: Tại quầy }, { value: home, label: Tại nhà }]
                - { id: paper, type: yesNo, label: Có giấy chứng sinh không?, required: yes }
                - { id: number, type: nationalID, label: Số CCCD, required: yes }
                - { id: phone, type: phone, label: Số điện thoại, required: yes }
                - { id: mail, type: email, label: Thư điện tử, required: no }
                - { id: home, type: address, label: Địa chỉ, required: yes }
                - { id: hint, type: note, label: Chỉ để đọc., required: no }
                - { id: sworn, type: declaration, label: Tôi cam đoan., required: yes }

        """

    static func form() throws -> FormSchema {
        // The sample's own fields stay first; these follow on the same page.
        let old = "        - id: fullName\n"
        let checked = PackChecker().check(
            SamplePack.source(replacing: old, with: fields + old)
        )
        let pack = try #require(checked.pack, "\(checked.findings)")
        return try #require(pack.form)
    }

    static let cases: [FieldCase] = [
        FieldCase(field: "name", typed: "", sentence: "Nhập họ và tên của trẻ"),
        FieldCase(field: "name", typed: " \t ", sentence: "Nhập họ và tên của trẻ"),
        FieldCase(field: "name", typed: "  Bảo   An ", canonical: "Bảo An"),
        FieldCase(field: "name", typed: "Bu\u{309}u An\u{0}", canonical: "Bủu An"),
        FieldCase(field: "name", typed: "\u{200B}", sentence: "Nhập họ và tên của trẻ"),
        FieldCase(
            field: "name",
            typed: "\u{A0}\u{2060}\u{3164}\u{2800}\u{AD}\u{FE0F} ",
            sentence: "Nhập họ và tên của trẻ"
        ),
        FieldCase(field: "name", typed: "\u{202E}Bảo\u{2028}An\u{2066}", canonical: "Bảo An"),
        FieldCase(field: "name", typed: "🙂", sentence: "Nhập họ và tên của trẻ bằng chữ hoặc số"),
        FieldCase(field: "name", typed: "...", sentence: "Nhập họ và tên của trẻ bằng chữ hoặc số"),
        FieldCase(
            field: "name",
            typed: "A" + String(repeating: "\u{33F}", count: 300),
            sentence: "Họ và tên của trẻ không quá 10 ký tự"
        ),
        FieldCase(field: "reason", typed: "\u{200B}\n\u{200D}", sentence: "Nhập lý do"),
        FieldCase(field: "reason", typed: "Một\u{2029}Hai", canonical: "Một\nHai"),
        FieldCase(
            field: "reason",
            typed: String(repeating: "x", count: 900_000),
            sentence: "Lý do không quá 500 ký tự"
        ),
        FieldCase(field: "name", typed: "Nguyễn Thi", canonical: "Nguyễn Thi"),
        FieldCase(field: "name", typed: "Nguyễn Thị A", sentence: "Họ và tên của trẻ không quá 10 ký tự"),
        FieldCase(field: "reason", typed: "một\r\n\r\n\r\n hai ", canonical: "một\n\nhai"),
        FieldCase(
            field: "reason",
            typed: String(repeating: "ă", count: 500),
            canonical: String(repeating: "ă", count: 500)
        ),
        FieldCase(field: "reason", typed: String(repeating: "ă", count: 501), sentence: "Lý do không quá 500 ký tự"),
        FieldCase(field: "sheets", typed: "1.200", canonical: "1200"),
        FieldCase(field: "sheets", typed: " 1 200 ", canonical: "1200"),
        FieldCase(field: "sheets", typed: "1.201", sentence: "Số bản không quá 1.200"),
        FieldCase(field: "sheets", typed: "0", sentence: "Số bản phải từ 1 trở lên"),
        FieldCase(field: "sheets", typed: "-3", sentence: "Số bản phải từ 1 trở lên"),
        FieldCase(field: "sheets", typed: "hai", sentence: "Số bản phải là số nguyên"),
        FieldCase(field: "sheets", typed: "1,5", sentence: "Số bản phải là số nguyên"),
        FieldCase(field: "sheets", typed: "9999999999999999", sentence: "Số bản phải là số nguyên"),
        FieldCase(field: "born", typed: "22/9/2020", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "22-9-2020", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "22.09.2020", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "22 9 2020", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "ngày 22 tháng 9 năm 2020", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "2020-09-22", canonical: "2020-09-22"),
        FieldCase(field: "born", typed: "5/3/2026", canonical: "2026-03-05"),
        FieldCase(field: "born", typed: "6/3/2026", sentence: "Ngày sinh phải là hôm nay hoặc trước đó"),
        FieldCase(field: "born", typed: "", sentence: "Nhập ngày sinh"),
        FieldCase(field: "born", typed: "30/2/2020", sentence: "Ngày sinh phải là ngày có thật", part: .day),
        FieldCase(field: "born", typed: "2/30/2020", sentence: "Ngày sinh phải là ngày có thật", part: .month),
        FieldCase(field: "born", typed: "hôm qua", sentence: "Ngày sinh phải là ngày có thật"),
        FieldCase(field: "born", typed: "9/2020", sentence: "Ngày sinh phải có ngày", part: .day),
        FieldCase(field: "born", typed: "2020", sentence: "Ngày sinh phải có ngày và tháng", part: .day),
        FieldCase(field: "born", typed: "22/9", sentence: "Ngày sinh phải có năm", part: .year),
        FieldCase(field: "born", typed: "22/9/20", sentence: "Ngày sinh phải có năm đủ 4 chữ số", part: .year),
        FieldCase(field: "born", typed: "1/2/3/4", sentence: "Ngày sinh phải là ngày có thật"),
        FieldCase(field: "end", typed: "1/9/2020", sentence: "Ngày kết thúc phải sau 01/09/2020 là ngày bắt đầu"),
        FieldCase(field: "end", typed: "2/9/2020", canonical: "2020-09-02"),
        FieldCase(field: "soon", typed: "4/3/2026", sentence: "Ngày hẹn phải là hôm nay hoặc sau đó"),
        FieldCase(field: "soon", typed: "1/1/2027", sentence: "Ngày hẹn phải trước ngày 01/01/2027"),
        FieldCase(field: "soon", typed: "", canonical: ""),
        FieldCase(field: "place", typed: "", sentence: "Chọn nơi nhận kết quả"),
        FieldCase(field: "place", typed: "moon", sentence: "Chọn nơi nhận kết quả trong danh sách"),
        FieldCase(field: "place", typed: "home", canonical: "home"),
        FieldCase(field: "paper", typed: "", sentence: "Chọn Có hoặc Không"),
        FieldCase(field: "paper", typed: "Có", canonical: "yes"),
        FieldCase(field: "paper", typed: "Kho\u{302}ng", canonical: "no"),
        FieldCase(field: "number", typed: "", sentence: "Nhập số CCCD"),
        FieldCase(field: "number", typed: "089 190.000-123", canonical: "089190000123"),
        FieldCase(field: "number", typed: "08919000012", sentence: "Số CCCD phải có 12 chữ số"),
        FieldCase(field: "phone", typed: "", sentence: "Nhập số điện thoại, ví dụ 0912 345 678"),
        FieldCase(field: "phone", typed: "12345", sentence: "Nhập số điện thoại, ví dụ 0912 345 678"),
        FieldCase(field: "phone", typed: "+84 912.345.678", canonical: "0912345678"),
        FieldCase(field: "phone", typed: "84912345678", canonical: "0912345678"),
        FieldCase(field: "mail", typed: "", canonical: ""),
        FieldCase(field: "mail", typed: "sao.mai@example.vn", canonical: "sao.mai@example.vn"),
        FieldCase(field: "mail", typed: "sao mai@example.vn", sentence: "Thư điện tử phải có dạng ten@tenmien.vn"),
        FieldCase(field: "mail", typed: "a@b", sentence: "Thư điện tử phải có dạng ten@tenmien.vn"),
        FieldCase(field: "mail", typed: "a@@b.vn", sentence: "Thư điện tử phải có dạng ten@tenmien.vn"),
        FieldCase(field: "home", typed: "", sentence: "Nhập địa chỉ"),
        FieldCase(field: "sworn", typed: "", sentence: "Đánh dấu vào ô cam đoan để nộp hồ sơ"),
        FieldCase(field: "sworn", typed: "no", sentence: "Đánh dấu vào ô cam đoan để nộp hồ sơ"),
        FieldCase(field: "sworn", typed: "on", canonical: "yes"),
    ]

    @Test(arguments: cases)
    func reads(_ one: FieldCase) throws {
        let context = ValidationContext(today: try day("2026-03-05"), channel: .online)
        let typed = FormAnswers([("start", "1/9/2020"), (one.field, one.typed)])
        let check = try FormTests.form().validate(typed, .whole, context)
        let problem = check.problems.first { $0.field == one.field }
        #expect(problem?.sentence == one.sentence)
        #expect(problem?.part == one.part)
        if let canonical = one.canonical { #expect(check.answers[one.field] == canonical) }
    }

    @Test("A day in three boxes, with words in them; what was typed stays when it is wrong")
    func daysInBoxes() throws {
        let form = try FormTests.form()
        let context = ValidationContext(today: try day("2026-03-05"), channel: .online)
        func check(_ day: String, _ month: String, _ year: String) -> FormCheck {
            form.validate(
                FormAnswers([("born", "2001-01-01"), ("born.day", day), ("born.month", month), ("born.year", year)]),
                .whole,
                context
            )
        }
        let good = check(" 22", "tháng 9", "2020 ")
        #expect(good.answers["born"] == "2020-09-22")
        #expect(good.answers["born.day"] == nil)
        let half = check("22", "", "2020")
        let problem = try #require(half.problems.first { $0.field == "born" })
        #expect(problem.sentence == "Ngày sinh phải có tháng")
        #expect(problem.inputName == "born.month")
        #expect(half.answers["born.day"] == "22")
        #expect(half.answers["born.year"] == "2020")
        #expect(half.answers["born"] == nil)
        #expect(check("", "", "").problems.first { $0.field == "born" }?.sentence == "Nhập ngày sinh")
    }

    @Test("One page is checked alone; other pages keep what they have; unknown ids are dropped")
    func onePage() throws {
        let pack = try SamplePack.pack()
        let form = try #require(pack.form)
        let context = ValidationContext(today: try day("2026-03-05"), channel: .online)
        let check = form.validate(FormAnswers([("fullName", "An"), ("hacker", "1")]), .page("none"), context)
        #expect(check.isSound)
        #expect(check.answers.ids == ["fullName"])
        #expect(!form.validate(FormAnswers(), .page("asked"), context).isSound)
    }

    @Test("A hidden field is neither asked nor lost")
    func hiddenFields() throws {
        let form = try #require(try SamplePack.pack().form)
        let context = ValidationContext(today: try day("2026-03-05"), channel: .online)
        let typed = FormAnswers([("fullName", "An"), ("purpose", "work"), ("school", "THCS"), ("copies", "1")])
        let check = form.validate(typed, .whole, context)
        #expect(check.isSound)
        #expect(check.answers["school"] == "THCS")
        let effective = form.effectiveAnswers(
            ConditionContext(answers: check.answers, channel: .online, today: context.today)
        )
        #expect(effective["school"] == nil)
    }

    @Test("A sent page replaces its own answers, so that an empty box takes its tick back")
    func replacing() throws {
        let form = try FormTests.form()
        let page = try #require(form.page("asked"))
        let kept = FormAnswers([("sworn", "yes"), ("name", "An"), ("elsewhere", "stays")])
        let replaced = form.replacing(page, with: FormAnswers([("name", "Bình"), ("born.day", "1")]), in: kept)
        #expect(replaced["sworn"] == nil)
        #expect(replaced["name"] == "Bình")
        #expect(replaced["born.day"] == "1")
        #expect(replaced["elsewhere"] == "stays")
    }

    @Test("Answers as JSON: the same bytes whatever the order, and back")
    func answersJSON() throws {
        let first = FormAnswers([("b", "2\n\"x\"\\ \u{1}"), ("a", "Đ")])
        let second = FormAnswers([("a", "Đ"), ("b", "2\n\"x\"\\ \u{1}")])
        #expect(first == second)
        #expect(first.canonicalJSON == "{\"a\":\"Đ\",\"b\":\"2\\n\\\"x\\\"\\\\ \\u0001\"}")
        #expect(first.canonicalJSON == second.canonicalJSON)
        let back = try JSONDecoder().decode(FormAnswers.self, from: Data(first.canonicalJSON.utf8))
        #expect(back == first)
        #expect(try JSONDecoder().decode(FormAnswers.self, from: JSONEncoder().encode(first)) == first)
    }

    @Test("Limits of answers: the 500th is kept, the 501st is not; of what is too long the beginning")
    func answerLimits() {
        var answers = FormAnswers((0..<FormAnswers.countLimit).map { ("f\($0)", "x") })
        #expect(answers.count == 500)
        answers["one"] = "more"
        #expect(answers["one"] == nil)
        answers["f0"] = String(repeating: "x", count: FormAnswers.byteLimit)
        #expect(answers["f0"]?.count == FormAnswers.byteLimit)
        answers["f0"] = String(repeating: "y", count: FormAnswers.byteLimit + 1)
        #expect(answers["f0"] == String(repeating: "y", count: FormAnswers.byteLimit))
        answers["f0"] = "x" + String(repeating: "🙂", count: 20_000)
        #expect(answers["f0"]?.unicodeScalars.count == 10_001)
        answers["f0"] = nil
        #expect(answers.count == 499)
    }
}
