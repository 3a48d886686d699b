// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Paper

@Suite("The house's own forms")
struct HouseFormsTests {
    let forms: FormTemplates

    init() throws {
        forms = try FormTemplates(folder: SampleForms.folder)
    }

    @Test("every form resolves each tag and becomes a paper", arguments: SampleForms.values.keys.sorted())
    func everyFormIsAPaper(_ name: String) async throws {
        let values = try #require(SampleForms.values[name])
        let document = try forms.document(name, values: values, createdAt: SampleForms.moment)
        #expect(document.size == (name.hasPrefix("TT03_2025/") ? .a5 : .a4))
        #expect(document.author == "Ủy ban nhân dân phường Long Xuyên")
        #expect(try await SampleForms.renderer().pdf(document).starts(with: Array("%PDF-1.5".utf8)))
    }

    @Test("each form and notice is sampled, so that none is untested")
    func noneForgotten() {
        let papers = FormTemplates.HousePaper.allCases.map(\.rawValue)
        let notices = FormTemplates.HouseNotice.allCases.flatMap { [$0.letter, $0.message] }
        #expect(Set(papers) == Set(SampleForms.values.keys))
        let tested = Set(papers + notices + [FormTemplates.consultationLetter])
        #expect(Set(forms.names.filter { !$0.hasPrefix("parts/") }) == tested)
    }

    @Test("docs/forms.md names exactly the fields of each template")
    func dataDictionary() throws {
        let page = try String(contentsOf: SampleForms.root.appending(path: "docs/forms.md"), encoding: .utf8)
        var documented: [String: Set<String>] = [:]
        var section = ""
        for line in page.split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            if line.hasPrefix("| `") {
                documented[section, default: []].insert(String(line.dropFirst(3).prefix { $0 != "`" }))
            }
        }
        var used: [String: Set<String>] = [:]
        for name in forms.names {
            var tags = try forms.tags(of: name)
            for partial in ["parts/letterhead", "parts/mail-closing"] where name != partial {
                let part = try forms.tags(of: partial)
                // A partial's fields stand in its own table; one that the form uses itself may stand in both.
                if tags.isSuperset(of: part) { tags.subtract(part.subtracting(documented[key(name)] ?? [])) }
            }
            used[key(name), default: []].formUnion(tags)
        }
        #expect(used.keys.sorted() == documented.keys.sorted())
        for (name, tags) in used { #expect(tags == documented[name], "\(name)") }
    }

    private func key(_ name: String) -> String {
        name.hasPrefix("notices/") ? String(name.prefix { $0 != "." }) : name
    }

    @Test("a long list goes over pages, an unusual value stays a value")
    func hardDay() async throws {
        var values = try #require(SampleForms.values["TT03_2025/01-intake-slip"])
        values["applicantName"] = "Công ty @h1 *TNHH* | {{agency}} \n@end <b>"
        values["components"] = .list(
            (1...60).map {
                ["index": .text("\($0)"), "name": "Giấy tờ", "quantity": "1", "form": "Bản sao"]
            }
        )
        let document = try forms.document("TT03_2025/01-intake-slip", values: values, createdAt: SampleForms.moment)
        let bytes = try await SampleForms.renderer().pdf(document)
        #expect(try PDFObjects(reading: bytes).pages.count >= 2)
    }

    // MARK: - Notices

    @Test("letters and messages say it plainly", arguments: FormTemplates.HouseNotice.allCases)
    func notices(_ event: FormTemplates.HouseNotice) throws {
        let letter = try forms.letter(event.letter, values: SampleNotices.values)
        let message = try forms.text(event.message, values: SampleNotices.values)
        for text in [letter.subject, letter.body, message] {
            for banned in ["vui lòng", "xin lỗi", "không hợp lệ", "bắt buộc nhập", "đã xảy ra lỗi"] {
                #expect(!text.lowercased().contains(banned), "\(banned)")
            }
            #expect(!text.contains("{{") && !text.contains("  "))
        }
        // What a person looks for: the code of the dossier, or the day on which a draft ends.
        let key = event == .draftEnds ? "05/06/2026" : "H01.30307-260305-0001"
        #expect(letter.subject.count <= 78 && letter.subject.contains(key))
        #expect(letter.body.contains("gọi 0296 3 841 222.") && !letter.body.contains("\n\n\n"))
        // A message with accents is sent in parts of 67 signs; no name of a person goes into it.
        #expect(message.utf16.count <= 3 * 67 && !message.contains("\n"))
        #expect(message.contains(key) && !message.contains("Ánh"))
    }
}

extension HouseFormsTests {
    @Test("the letter to officers about a consultation names what they need and nobody")
    func consultationLetter() throws {
        let letter = try forms.letter(
            FormTemplates.consultationLetter,
            values: [
                "headline": "Được hỏi ý kiến", "sentence": "Có câu hỏi.", "dossierCode": "H01.09-260305-0001",
                "procedureName": "Cấp giấy phép xây dựng", "subject": "Phòng cháy", "askerName": "Sở Xây dựng",
                "partyName": "Công an tỉnh", "answerBefore": "17 giờ 00 phút, ngày 12/03/2026",
                "pageURL": "https://dichvucong.angiang.example/viec/H01.09-260305-0001/y-kien/x",
            ]
        )
        #expect(letter.subject == "Được hỏi ý kiến: hồ sơ H01.09-260305-0001")
        #expect(letter.body.contains("Hạn trả lời: 17 giờ 00 phút") && !letter.body.contains("{{"))
    }
}

/// Values for every letter and message.
enum SampleNotices {
    static let values = SampleForms.letterhead.merging(SampleForms.person).merging([
        "recipientName": "Nguyễn Thị Ngọc Ánh",
        "pageURL": "https://dichvucong.angiang.example/ho-so/H01.30307-260305-0001",
        "verifyURL": "https://dichvucong.angiang.example/xac-minh",
        "submittedAt": "14 giờ 02 phút, ngày 05/03/2026",
        "paidAt": "14 giờ 10 phút, ngày 05/03/2026",
        "receivedAt": "14 giờ 20 phút, ngày 05/03/2026",
        "dueAt": "17 giờ 00 phút, ngày 05/03/2026",
        "formerDueAt": "17 giờ 00 phút, ngày 04/03/2026",
        "lengtheningNeed": "phải xác minh",
        "lengtheningBasis": "Luật Hộ tịch số 60/2014/QH13, Điều 28",
        "lengtheningReason": "Sổ gốc lưu tại xã khác, đã gửi văn bản xác minh.",
        "decidedAt": "16 giờ 30 phút, ngày 05/03/2026",
        "deliveredAt": "16 giờ 45 phút, ngày 05/03/2026",
        "withdrawnAt": "09 giờ 00 phút, ngày 06/03/2026",
        "expiresOn": "05/06/2026",
        "expiresAt": "14 giờ 02 phút, ngày 05/06/2026",
        "answerBefore": "17 giờ 00 phút, ngày 06/03/2026",
        "feeDue": "16.000 đ",
        "refundDue": "3.000 đ",
        "amount": "16.000 đ",
        "purpose": "Phí cấp bản sao trích lục hộ tịch",
        "paymentReference": "2603051410-88213",
        "resultName": "Trích lục khai sinh (bản sao), 2 bản",
        "defects": .list([["index": "1", "subject": "Ảnh giấy chứng sinh", "reason": "ảnh mờ, chụp lại đủ bốn góc"]]),
        "reasons": .list([["index": "1", "reason": "Nơi nộp không lưu giữ sổ hộ tịch gốc."]]),
        "clockRule": "Thời hạn giải quyết được tính lại từ đầu khi hồ sơ đã đủ.",
        "nextStep": "Ông/Bà nộp hồ sơ này cho Ủy ban nhân dân phường Châu Đốc.",
        "refund": "Số tiền 16.000 đ được hoàn trong 5 ngày làm việc.",
    ])
}
