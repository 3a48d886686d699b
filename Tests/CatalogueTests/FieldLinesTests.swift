// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing
import WorkingTime

@Suite("Fields typed as lines, steps taken over as a chain")
struct FieldLinesTests {
    private static func words(_ field: PackTree) -> String {
        ["id", "type", "required"].map { field[$0]?.text ?? "-" }.joined(separator: " ")
    }

    @Test("A line is label, kind and whether an answer must be given; what is left out is told by the label")
    func read() {
        let lines = FieldLines(
            """
            Địa chỉ nhà ở
            Diện tích sàn | số từ 1 đến 10.000 | bắt buộc
            Ngày bắt đầu ở\tngày đến hôm nay\tkhông bắt buộc

            Nhà có giấy tờ không?
            Loại nhà | chọn một: Nhà riêng lẻ; Chung cư
            Số điện thoại của chủ nhà || không
            Mục đích | chữ, nhiều dòng
            Chủ nhà | người
            Đọc kỹ trước khi khai | ghi chú
            Loại nhà | chữ
            """,
            besides: ["soDienThoaiCua"]
        )
        #expect(lines.problems == [])
        #expect(
            lines.fields.map(Self.words) == [
                "diaChiNhaO address yes", "dienTichSan number yes", "ngayBatDauO date no", "nhaCoGiayTo yesNo yes",
                "loaiNha choice yes", "soDienThoaiCua2 phone no", "mucDich longText yes", "chuNha person yes",
                "docKyTruocKhi note no", "loaiNha2 text yes",
            ]
        )
        #expect(lines.fields[1]["minimum"]?.text == "1" && lines.fields[1]["maximum"]?.text == "10000")
        #expect(lines.fields[2]["notAfter"]?.text == "today")
        #expect(lines.fields[4]["options"]?.items.map { $0["value"]?.text } == ["nhaRiengLe", "chungCu"])
    }

    @Test("A wrong line is told with its number and what to write")
    func problems() {
        let wrong = [
            "| chữ": "nhập nhãn", "A | chuỗi": "không có kiểu “chuỗi”", "A | chữ | chắc": "phần thứ ba",
            "A | chữ | có | thêm": "chỉ có ba phần", "A | chọn một": "sau dấu hai chấm",
            "A | số: 1; 2": "chỉ kiểu chọn",
            "A | số từ một": "không hiểu", "A | ngày từ mai": "không hiểu", "A | chữ từ 1": "không hiểu",
            "A | số đến 3 từ 1": "không hiểu",
        ]
        for (line, words) in wrong {
            let lines = FieldLines("Nhãn đúng\n\(line)", besides: [])
            #expect(lines.problems.count == 1 && lines.fields.count == 1, "\(line)")
            #expect(lines.problems.first?.hasPrefix("Dòng 2: ") == true, "\(line)")
            #expect(lines.problems.first?.contains(words) == true, "\(line): \(lines.problems)")
        }
        let many = FieldLines(String(repeating: "A\n", count: 101), besides: [])
        #expect(many.problems == ["Nhiều nhất 100 dòng một lượt"])
    }

    @Test("The first answers make a pack that the checker takes, for every chain")
    func starter() throws {
        let day = try #require(LocalDate("2026-03-02"))
        for chain in StepChain.allCases {
            var facts = PackStarter.Facts(code: "9.100000", name: "Xác nhận", sectorName: "Nhà ở", day: day)
            (facts.limitDays, facts.chain, facts.law) = (7, chain, "Luật Nhà ở")
            facts.fee = .init(.charge, "Lệ phí xác nhận", VND(20_000))
            facts.fields = FieldLines("Loại nhà | chọn nhiều: A; B\nSố tầng", besides: []).fields
            let checked = PackChecker().check(PackStarter.source(facts))
            let errors = checked.findings.filter(\.isError).map(\.text)
            // Only the example is behind: it does not answer the new questions yet.
            #expect(errors.count == 1 && errors[0].contains("Ví dụ"), "\(errors)")
            let pack = try #require(checked.pack)
            #expect(pack.workflow.steps.count == (chain == .two ? 2 : 3))
            #expect(pack.form?.pages.map(\.title) == ["Người nộp hồ sơ", "Nội dung đề nghị"])
            #expect(pack.submissionMethods.map(\.timeLimit.vietnamese) == ["7 ngày làm việc", "7 ngày làm việc"])
            #expect(PackFact.facts(of: checked.source).filter(\.lacksName).isEmpty)
            #expect(try pack.fees.quote(FormAnswers(), channel: .online, on: day).total == VND(20_000))
        }
    }

    @Test("A chain takes the place of the steps, and examples walk it")
    func chain() throws {
        let manuscript = PackStarterFixture.manuscript
        let tree = try #require(manuscript.tree)
        // The skeleton's steps are one of the chains.
        #expect(StepChain.three.edits(of: tree) == [.set(StepChain.list, try #require(tree[StepChain.list]))])
        let changed = try manuscript.applying(StepChain.two.edits(of: tree))
        #expect(changed.tree?[StepChain.list]?.items.compactMap { $0["id"]?.text } == ["examine", "sign"])
        let source = PackSource(
            path: "9.100000",
            files: [PackSource.mainFile: changed.bytes, "result.mustache": PackStarterFixture.template]
        )
        #expect(PackChecker().check(source).findings.filter(\.isError).map(\.text) == [])
    }
}
