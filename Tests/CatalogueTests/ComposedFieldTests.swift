// SPDX-License-Identifier: Apache-2.0

@testable import Catalogue
import Foundation
import Kernel
import Testing

@Suite("Money, ticks, tax codes, persons, rows and addresses by units")
struct ComposedFieldTests {
    static let fields = """
                - { id: capital, type: money, label: Vốn kinh doanh, required: yes, minimum: 1, maximum: 1000000000000 }
                - { id: taxCode, type: taxCode, label: Mã số thuế, required: no }
                - id: papers
                  type: choices
                  label: Giấy tờ đang giữ
                  required: yes
                  maximum: 2
                  options:
                    - { value: old, label: Bản cũ }
                    - { value: photo, label: "Ảnh, bản chụp" }
                    - { value: copy, label: Bản sao }
                - { id: why, type: text, label: Lý do, required: yes, visibleWhen: { field: papers, contains: old } }
                - id: father
                  type: person
                  label: Cha của trẻ
                  thing: cha
                  required: yes
                  mayLack: [nationalID]
                  before: { field: birth }
                - id: members
                  type: group
                  label: Thành viên hộ gia đình
                  rowName: Thành viên
                  required: no
                  maximum: 3
                  fields:
                    - { id: name, type: text, label: Họ và tên, required: yes, maxLength: 20 }
                    - { id: born, type: date, label: Ngày sinh, required: yes, notAfter: today }
                    - { id: came, type: date, label: Ngày đến, required: no, after: { field: born } }
                    - id: kin
                      type: choice
                      label: Quan hệ
                      required: yes
                      options: [{ value: child, label: Con }, { value: other, label: Khác }]
                    - { id: kinWord, type: text, label: Là gì, required: yes, visibleWhen: { field: kin, equals: other } }
                - { id: home, type: unitAddress, label: Nơi ở, required: no }
                - { id: oldHome, type: unitAddress, label: Nơi ở cũ, required: no, unitsOn: 2020-01-01 }

        """

    static func form() throws -> FormSchema {
        let old = "        - id: fullName\n"
        let birth = "        - { id: birth, type: date, label: Ngày sinh của trẻ, required: no }\n"
        let checked = PackChecker().check(SamplePack.source(replacing: old, with: birth + fields + old))
        return try #require(checked.pack?.form, "\(checked.findings)")
    }

    static func units() throws -> AdministrativeUnits {
        let path = "\(Repository.root)/resources/sample/an-giang-units.csv"
        return try #require(AdministrativeUnits(csv: try String(contentsOfFile: path, encoding: .utf8)))
    }

    private func check(_ pairs: [(String, String)], hasUnits: Bool = true) throws -> FormCheck {
        try ComposedFieldTests.form().validate(
            FormAnswers(pairs),
            .whole,
            ValidationContext(
                today: try day("2026-03-05"),
                channel: .online,
                units: hasUnits ? try ComposedFieldTests.units() : .none
            )
        )
    }

    static let cases: [FieldCase] = [
        FieldCase(field: "capital", typed: "", sentence: "Nhập vốn kinh doanh"),
        FieldCase(field: "capital", typed: "50.000.000", canonical: "50000000"),
        FieldCase(field: "capital", typed: " 50 000 000 đ ", canonical: "50000000"),
        FieldCase(field: "capital", typed: "50,000,000 đồng", canonical: "50000000"),
        FieldCase(field: "capital", typed: "50000000VND", canonical: "50000000"),
        FieldCase(
            field: "capital",
            typed: "1,5",
            sentence: "Vốn kinh doanh phải là số tiền bằng đồng, ví dụ 50.000.000"
        ),
        FieldCase(
            field: "capital",
            typed: "-5",
            sentence: "Vốn kinh doanh phải là số tiền bằng đồng, ví dụ 50.000.000"
        ),
        FieldCase(
            field: "capital",
            typed: "đ",
            sentence: "Vốn kinh doanh phải là số tiền bằng đồng, ví dụ 50.000.000"
        ),
        FieldCase(field: "capital", typed: "0", sentence: "Vốn kinh doanh phải từ 1 đ trở lên"),
        FieldCase(field: "capital", typed: "1000000000000", canonical: "1000000000000"),
        FieldCase(field: "capital", typed: "1000000000001", sentence: "Vốn kinh doanh không quá 1.000.000.000.000 đ"),
        FieldCase(field: "taxCode", typed: "", canonical: ""),
        FieldCase(field: "taxCode", typed: "0100 109 106", canonical: "0100109106"),
        FieldCase(field: "taxCode", typed: "0100109106-001", canonical: "0100109106-001"),
        FieldCase(field: "taxCode", typed: "0100109106001", canonical: "0100109106-001"),
        FieldCase(
            field: "taxCode",
            typed: "0100109107",
            sentence: "Mã số thuế phải có 10 chữ số đúng số kiểm tra, chi nhánh thêm gạch nối và 3 chữ số"
        ),
        FieldCase(field: "papers", typed: "", sentence: "Chọn giấy tờ đang giữ"),
        FieldCase(field: "papers", typed: "copy, photo", canonical: "photo\ncopy"),
        FieldCase(field: "papers", typed: "\nphoto\nphoto", canonical: "photo"),
        FieldCase(field: "papers", typed: "photo\nmoon", sentence: "Chọn giấy tờ đang giữ trong danh sách"),
        FieldCase(field: "papers", typed: "old;photo;copy", sentence: "Chọn nhiều nhất 2 mục ở giấy tờ đang giữ"),
        FieldCase(field: "why", typed: "", sentence: nil),
        FieldCase(field: "father.fullName", typed: "", sentence: "Nhập họ và tên của cha"),
        FieldCase(field: "father.nationalID", typed: "", canonical: nil),
        FieldCase(field: "father.nationalID", typed: "12", sentence: "Số định danh cá nhân của cha phải có 12 chữ số"),
        FieldCase(field: "father.birthDate", typed: "1/2/1980", canonical: "1980-02-01"),
        FieldCase(
            field: "father.birthDate",
            typed: "1/2/2027",
            sentence: "Ngày sinh của cha phải là hôm nay hoặc trước đó"
        ),
        FieldCase(
            field: "father.birthDate",
            typed: "3/9/2025",
            sentence: "Ngày sinh của cha phải trước 02/09/2025 là ngày sinh của trẻ"
        ),
        FieldCase(field: "father.sex", typed: "", sentence: "Chọn giới tính của cha"),
        FieldCase(field: "members.2.name", typed: "An", canonical: "An"),
        FieldCase(field: "members.2.born", typed: "", sentence: "Thành viên thứ 2: Nhập ngày sinh"),
        FieldCase(
            field: "members.2.name",
            typed: "Nguyễn Thị Thanh Hương Giang",
            sentence: "Thành viên thứ 2: Họ và tên không quá 20 ký tự"
        ),
        FieldCase(field: "home", typed: "", canonical: ""),
        FieldCase(
            field: "home",
            typed: "ấp Trung, xa an phu, Tỉnh An Giang",
            canonical: "Ấp Trung, xã An Phú, tỉnh An Giang"
        ),
        FieldCase(field: "home", typed: "Ấp Trung", sentence: "Chọn xã, phường, đặc khu của nơi ở"),
        FieldCase(
            field: "oldHome",
            typed: "Xã Khánh An, huyện An Phú, tỉnh An Giang",
            canonical: "Xã Khánh An, huyện An Phú, tỉnh An Giang"
        ),
    ]

    @Test(arguments: cases)
    func reads(_ one: FieldCase) throws {
        let found = try check([("birth", "2/9/2025"), (one.field, one.typed)])
        #expect(found.problems.first { $0.field == one.field }?.sentence == one.sentence)
        if let canonical = one.canonical { #expect(found.answers[one.field] == canonical) }
    }

    @Test("Rows: as many as were sent, sentences name the row, conditions look at their own row")
    func rows() throws {
        let found = try check([
            ("members.rows", "2"), ("members.1.name", "An"), ("members.1.born", "1/1/2000"), ("members.1.kin", "other"),
            ("members.2.kin", "child"), ("members.2.born", "5/5/2010"), ("members.2.came", "4/5/2010"),
        ])
        let told = Dictionary(found.problems.map { ($0.field, $0.sentence) }) { first, _ in first }
        #expect(told["members.1.kinWord"] == "Thành viên thứ 1: Nhập là gì")
        #expect(told["members.2.kinWord"] == nil)
        #expect(told["members.2.name"] == "Thành viên thứ 2: Nhập họ và tên")
        #expect(told["members.2.came"] == "Thành viên thứ 2: Ngày đến phải sau 05/05/2010 là ngày sinh")
        #expect(told["members"] == nil)
        let many = try check([("members.4.name", "Tư")])
        #expect(
            many.problems.first { $0.field == "members" }?.sentence
                == "Thành viên hộ gia đình không quá 3 thành viên"
        )
        #expect(try check([]).problems.contains { $0.field.hasPrefix("members") } == false)
    }

    @Test("Ticks answer contains, oneOf and noneOf; text with commas stays one value")
    func tickConditions() throws {
        let found = try check([("papers", "old\ncopy")])
        #expect(found.problems.first { $0.field == "why" }?.sentence == "Nhập lý do")
        let place = SourcePlace(line: 1, column: 1)
        let today = try day("2026-03-05")
        func holds(_ comparison: FieldComparison, _ answer: String) -> Bool {
            let answers = FormAnswers([("papers", answer)])
            return Condition.field(FieldTest(field: "papers", comparison: comparison, place: place)).holds(
                in: ConditionContext(
                    answers: answers,
                    channel: .online,
                    today: today
                )
            )
        }
        #expect(holds(.isOneOf(["copy", "photo"]), "old\ncopy"))
        #expect(!holds(.isOneOf(["photo"]), "old\ncopy"))
        #expect(holds(.isNoneOf(["photo"]), "old\ncopy") && !holds(.isNoneOf(["old"]), "old\ncopy"))
        #expect(!holds(.isNoneOf(["photo"]), "") && !holds(.contains("old"), "older"))
    }

    @Test("An address by units: codes of the day, old units by their date, one line without a table")
    func addresses() throws {
        let good = try check([("home.province", "91"), ("home.commune", "30337"), ("home.street", " Ấp  Trung ")])
        #expect(good.problems.first { $0.field == "home" } == nil)
        #expect(good.answers["home"] == "Ấp Trung, xã An Phú, tỉnh An Giang")
        #expect(try check([("home.commune", "30337")]).answers["home.province"] == "91")
        let old = try check([("home.province", "89"), ("home.commune", "886"), ("home.street", "Khánh An")])
        let problem = try #require(old.problems.first { $0.field == "home" })
        #expect(problem.sentence == "Chọn tỉnh, thành phố của nơi ở" && problem.inputName == "home.province")
        #expect(old.answers["home.street"] == "Khánh An" && old.answers["home"] == nil)
        let then = try check([("oldHome.province", "89"), ("oldHome.commune", "886"), ("oldHome.street", "Khánh An")])
        #expect(then.answers["oldHome"] == "Khánh An, huyện An Phú, tỉnh An Giang")
        let wrong = try check([("oldHome.province", "89"), ("oldHome.street", "Khánh An")])
        #expect(
            wrong.problems.first { $0.field == "oldHome" }?.sentence == "Chọn huyện, thị xã, thành phố của nơi ở cũ"
        )
        #expect(try check([("home", "Nơi nào đó")], hasUnits: false).answers["home"] == "Nơi nào đó")
        #expect(try check([("home.street", "Nơi nào đó")], hasUnits: false).answers["home"] == "Nơi nào đó")
    }

    @Test("Tables of units that are none are refused")
    func badTables() {
        let head = "code,name,kind,valid_from,valid_to,parent_code\n"
        #expect(AdministrativeUnits(csv: head + "91,An Giang,tỉnh,2025-07-01,,") != nil)
        for wrong in ["", "x\n", head + "91,An Giang", head + "91,An Giang,tỉnh,hôm qua,,", head + ",A,tỉnh,,,"] {
            #expect(AdministrativeUnits(csv: wrong) == nil, "\(wrong)")
        }
    }

    @Test("Read back: grouped with words, labels, one line for each part")
    func display() throws {
        let form = try ComposedFieldTests.form()
        let answers = FormAnswers([
            ("capital", "50000000"), ("papers", "old\nphoto"), ("father.fullName", "Trần Văn Đức"),
            ("father.birthDate", "1985-02-01"), ("father.sex", "male"), ("members.rows", "1"), ("members.1.name", "An"),
        ])
        let context = ConditionContext(answers: answers, channel: .online, today: try day("2026-03-05"))
        let lines = form.lines(of: form.pages[0], context)
        func value(_ label: String) -> String? { lines.first { $0.label == label }?.value }
        #expect(value("Vốn kinh doanh") == "50.000.000 đ (Năm mươi triệu đồng)")
        #expect(value("Giấy tờ đang giữ") == "Bản cũ; Ảnh, bản chụp")
        #expect(value("Họ và tên của cha") == "Trần Văn Đức")
        #expect(value("Giới tính của cha") == "Nam")
        #expect(value("Thành viên 1: họ và tên") == "An")
        #expect(!lines.contains { $0.label == "Thành viên 1: là gì" })
        let father = try #require(form.field("father"))
        #expect(father.summary(answers) == "Trần Văn Đức, 01/02/1985, Nam")
        #expect(form.field("members.2.born")?.caption == "Thành viên 2: ngày sinh")
        #expect(form.field("members.51.born") == nil && form.field("father.shoe") == nil)
        let values = form.templateValues(answers)
        #expect(values["capital"] == .text("50.000.000 đ") && values["capitalInWords"] == .text("Năm mươi triệu đồng"))
        guard case .record(let parts) = values["father"], case .list(let rows) = values["members"] else {
            Issue.record("no record and list")
            return
        }
        #expect(parts["fullName"] == .text("Trần Văn Đức") && parts["nationalID"] == .text(""))
        #expect(rows.count == 1 && rows[0]["name"] == .text("An") && rows[0]["index"] == .text("1"))
    }

    @Test("A paper says which files it takes; a photo of Apple's counts as the JPG that is kept of it")
    func acceptedTypes() throws {
        func paper(_ accepts: String) throws -> RequiredComponent {
            let old = "    name: Giấy chứng minh\n"
            let source = SamplePack.source(replacing: old, with: old + "    accepts: \(accepts)\n")
            return try #require(PackChecker().check(source).pack?.components.first)
        }
        let drawings = try paper("[pdf]")
        #expect(drawings.takes("application/pdf") && !drawings.takes("image/jpeg") && !drawings.takes("image/png"))
        #expect(drawings.wrongTypeSentence == "Giấy chứng minh: tệp phải là PDF")
        let photo = try paper("[png, heic]")
        #expect(photo.takes("image/jpeg") && photo.takes("image/heic") && photo.takes("image/png"))
        #expect(!photo.takes("application/pdf") && photo.typeWords == "PNG hoặc HEIC")
        #expect(try paper("[jpg]").takes("image/heic"))
        let all = try #require(try SamplePack.pack().components.first)
        #expect(all.typeWords == "PDF, JPG, PNG hoặc HEIC")
        #expect(FileType.allCases.allSatisfy { all.takes($0.mediaType) })
    }

    // MARK: - Properties

    private func randomRows(_ generator: inout SeededGenerator) -> FormAnswers {
        var answers = FormAnswers([("capital", "1.000"), ("fullName", "Bình")])
        let count = Int.random(in: 0...3, using: &generator)
        answers["members.rows"] = "\(count)"
        let names = ["name", "born", "born.day", "came", "kin", "kinWord"]
        for row in 1...3 where row <= count {
            for name in names where Bool.random(using: &generator) {
                answers["members.\(row).\(name)"] = ["An", "1/1/2000", "31/2/2000", "other", ""].randomElement(
                    using: &generator
                )
            }
        }
        return answers
    }

    @Test("What was checked once is checked again to the same answers and sentences")
    func idempotent() throws {
        let form = try ComposedFieldTests.form()
        let context = ValidationContext(
            today: try day("2026-03-05"),
            channel: .online,
            units: try ComposedFieldTests.units()
        )
        var generator = SeededGenerator(seed: 19)
        for _ in 0..<300 {
            var typed = randomRows(&generator)
            for one in ComposedFieldTests.cases where Int.random(in: 0..<4, using: &generator) == 0 {
                typed[one.field] = one.typed
            }
            let once = form.validate(typed, .whole, context)
            #expect(form.validate(once.answers, .whole, context) == once)
        }
    }

    @Test("A row more or fewer loses nothing of the others; added and taken away again is as before")
    func changingRows() throws {
        let form = try ComposedFieldTests.form()
        let group = try #require(form.field("members"))
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let answers = randomRows(&generator)
            let count = group.rows(answers)
            let added = form.changing(.add(group: "members"), in: answers)
            #expect(group.rows(added) == min(3, count + 1))
            if count < 3 { #expect(form.changing(.remove(group: "members", row: count + 1), in: added) == answers) }
            guard count > 0 else { continue }
            let gone = Int.random(in: 1...count, using: &generator)
            let fewer = form.changing(.remove(group: "members", row: gone), in: answers)
            #expect(group.rows(fewer) == count - 1)
            for (id, value) in answers.pairs where !group.owns(id) { #expect(fewer[id] == value) }
            for row in 1...count where row != gone {
                for field in group.members {
                    let now = row < gone ? row : row - 1
                    #expect(fewer["members.\(now).\(field.id)"] == answers["members.\(row).\(field.id)"])
                }
            }
        }
        let none = FormAnswers([("members.rows", "2")])
        #expect(form.changing(.remove(group: "members", row: 9), in: none) == none)
        #expect(form.changing(.remove(group: "capital", row: 1), in: none) == none)
    }

    @Test("A person is filled and locked from the account, part by part")
    func prefill() throws {
        let person = "        - { id: me, type: person, label: Người khai, required: yes, prefill: "
        let old = "        - id: fullName\n"
        let pack = PackChecker().check(
            SamplePack.source(replacing: old, with: person + "{ from: person, locked: yes } }\n" + old)
        )
        let form = try #require(pack.pack?.form, "\(pack.findings)")
        let claims = IdentityClaims([.fullName: "Sao Mai", .nationalID: "089190000123", .sex: "female"])
        let filled = form.prefilling(FormAnswers([("me.fullName", "Kẻ mạo danh")]), with: claims)
        #expect(filled["me.fullName"] == "Sao Mai" && filled["me.sex"] == "female")
        #expect(form.lockedFields(by: claims) == ["me.fullName", "me.nationalID", "me.sex"])
        #expect(form.field(filledFrom: .nationalID)?.id == "me.nationalID")
    }
}
