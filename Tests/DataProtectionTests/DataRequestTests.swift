// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import DataProtection

@Suite struct DataRequestTests {
    private static let answer = "Đã xem xét và trả lời đủ."

    @Test(arguments: TestStores.all)
    func `a request has its clocks, is taken, made longer once and answered, and the person is told`(
        on engine: Engine
    ) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let officer = try await fixture.officer("baovedulieu")
            // Monday, 2 March 2026, in the morning: two working days, then ten days.
            let filed = try await service.file(NewDataRequest(.access, words: "Lưu gì về tôi?"), by: mai)
            #expect(filed.state == .filed && filed.agency.text == "H01")
            #expect(
                filed.firstAnswerBy.date == LocalDate("2026-03-04") && filed.fulfilBy.date == LocalDate("2026-03-12")
            )
            await #expect(throws: DataRequestRefusal.alreadyOpen) {
                try await service.file(NewDataRequest(.access), by: mai)
            }
            #expect(try await service.requests(for: officer, isOpen: true).items.map(\.id) == [filed.id])
            try await service.take(filed.id, seen: 1, by: officer)
            await #expect(throws: DataRequestRefusal.changedMeanwhile) {
                try await service.answer(filed.id, .granted, words: Self.answer, seen: 1, by: officer)
            }
            try await service.extend(filed.id, reason: "Phải hỏi nhiều cơ quan", seen: 2, by: officer)
            await #expect(throws: DataRequestRefusal.alreadyExtended) {
                try await service.extend(filed.id, reason: "Phải hỏi nhiều cơ quan", seen: 3, by: officer)
            }
            await #expect(throws: DataRequestRefusal.outcomeMissing) {
                try await service.answer(filed.id, nil, words: Self.answer, seen: 3, by: officer)
            }
            await #expect(throws: DataRequestRefusal.answerMissing) {
                try await service.answer(filed.id, .refused, words: "Không", seen: 3, by: officer)
            }
            try await service.answer(filed.id, .granted, words: Self.answer, seen: 3, by: officer)
            let answered = try await service.request(filed.id, of: mai)
            #expect(answered.state == .answered && answered.answer == Self.answer)
            #expect(answered.fulfilBy.date == LocalDate("2026-03-22"))
            await #expect(throws: DataRequestRefusal.notPossible) { try await service.withdraw(filed.id, by: mai) }
            try await fixture.work()
            #expect(fixture.post.messages.count == 6)
            #expect(!fixture.post.messages.contains { $0.contains("Sao Mai") || $0.contains(Self.answer) })
            #expect(try await fixture.log.verify(fixture.store).fault == nil)
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody but the person and the officers of her agency sees a request, and their reading is recorded`(
        on engine: Engine
    ) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.submitted(by: mai, file: "ảnh")
            let filed = try await service.file(
                NewDataRequest(.restrict, words: "Đừng dùng vào việc khác", dossier: submission.code),
                by: mai
            )
            #expect(filed.agency.text == "H01.30337" && filed.dossier == submission.dossier)
            let stranger = try await fixture.citizen(2)
            await #expect(throws: DataRequestRefusal.notFound) { try await service.request(filed.id, of: stranger) }
            await #expect(throws: DataRequestRefusal.unknownDossier) {
                try await service.file(
                    NewDataRequest(.restrict, words: "Đừng dùng vào việc khác", dossier: submission.code),
                    by: stranger
                )
            }
            for name in ["kiemtra", "quantri", "anphu.motcua"] {
                let officer = try await fixture.officer(name)
                await #expect(throws: DataRequestRefusal.notFound) { try await service.request(filed.id, for: officer) }
                await #expect(throws: DataRequestRefusal.notAllowed) {
                    try await service.requests(for: officer, isOpen: true)
                }
            }
            // Another commune's data-protection officer does not see it, and both faces of the rule agree.
            let id = try #require(try await fixture.officer("longxuyen.motcua").officer)
            try await fixture.organisation.setRoles([.dataProtectionOfficer], of: id, by: .system("test"))
            let foreign = try await fixture.officer("longxuyen.motcua")
            #expect(!DataRequestPolicies.answering.allows(foreign, filed))
            #expect(try await service.requests(for: foreign, isOpen: true).items.isEmpty)
            #expect(try await fixture.dossiers.accesses(toDataOf: mai, after: nil).items.isEmpty)
            let officer = try await fixture.officer("baovedulieu")
            #expect(DataRequestPolicies.answering.allows(officer, filed))
            let shown = try await service.request(filed.id, for: officer)
            #expect(shown.personName == "Nguyễn Thị Sao Mai" && shown.code == submission.code)
            let told = try await fixture.dossiers.accesses(toDataOf: mai, after: nil).items
            #expect(told.map(\.record.part) == [.dataRequest] && told.map(\.code) == [submission.code])
        }
    }

    @Test(arguments: TestStores.all)
    func `the rule and its list agree for agencies above, below and beside`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let mai = try await fixture.citizen()
            let account = try #require(mai.account)
            var requests: [DataRequest] = []
            for text in ["H01", "H01.30337", "H01.30337.CA", "H01.3033", "H01.30307", "H02.30337"] {
                let request = DataRequest(
                    id: DataRequestID(.system),
                    account: account,
                    agency: try #require(AgencyCode(text)),
                    kind: .access,
                    words: "",
                    state: .filed,
                    filedAt: fixture.time.now,
                    firstAnswerBy: fixture.time.now,
                    fulfilBy: fixture.time.now,
                    version: 1
                )
                requests.append(request)
                try await fixture.store.write { try DataRequestTable.insert(request, in: $0) }
            }
            let id = try #require(try await fixture.officer("anphu.motcua").officer)
            try await fixture.organisation.setRoles([.dataProtectionOfficer], of: id, by: .system("test"))
            var seen: [Int] = []
            for name in ["baovedulieu", "anphu.motcua", "kiemtra", "longxuyen.motcua"] {
                let actor = try await fixture.officer(name)
                let allowed = Set(requests.filter { DataRequestPolicies.answering.allows(actor, $0) }.map(\.id))
                let listed = try await fixture.store.read { transaction in
                    try DataRequestTable.waiting(for: actor, isOpen: true, after: nil, limit: 50, in: transaction)
                }
                #expect(Set(listed.map(\.id)) == allowed, "\(name)")
                seen.append(allowed.count)
            }
            #expect(seen == [5, 2, 0, 0])
        }
    }

    @Test(arguments: TestStores.all)
    func `a restriction makes everybody state a purpose until it is lifted`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.submitted(by: mai, file: "ảnh")
            let (desk, officer) = (
                try await fixture.officer("anphu.motcua"), try await fixture.officer("baovedulieu")
            )
            _ = try await fixture.dossiers.dossier(submission.code, for: desk)
            fixture.time.advance(seconds: 3_601)
            let filed = try await service.file(NewDataRequest(.restrict, words: "Đừng dùng vào việc khác"), by: mai)
            try await service.answer(filed.id, .granted, words: Self.answer, seen: 1, by: officer)
            await #expect(throws: DossierRefusal.purposeNeeded(submission.code)) {
                try await fixture.dossiers.dossier(submission.code, for: desk)
            }
            try await service.lift(filed.id, seen: 2, by: officer)
            #expect(try await fixture.dossiers.dossier(submission.code, for: desk).isRestricted == false)
            await #expect(throws: DataRequestRefusal.notPossible) {
                try await service.lift(filed.id, seen: 3, by: officer)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a contact is corrected at once and stays over the next sign-in`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            for (field, value) in [(OwnField.phone, "12"), (.email, "mai"), (.email, "mai@mau."), (.email, "a b@c.vn")]
            {
                let new = NewDataRequest(.correct, contact: ContactCorrection(field, value))
                await #expect(throws: DataRequestRefusal.valueWrong(field)) { try await service.file(new, by: mai) }
            }
            let done = try await service.file(
                NewDataRequest(.correct, contact: ContactCorrection(.phone, "0987 654 321")),
                by: mai
            )
            #expect(done.state == .answered && done.outcome == .granted)
            let account = try #require(mai.account)
            _ = try await fixture.citizen()
            #expect(try await fixture.identity.account(account)?.identity.phone == PhoneNumber("0987654321"))
            // What is not hers to change goes to a person.
            let asked = try await service.file(NewDataRequest(.correct, words: "Sai tên đệm của tôi"), by: mai)
            #expect(asked.state == .filed)
            await #expect(throws: DataRequestRefusal.wordsMissing) {
                try await service.file(NewDataRequest(.correct, words: "sai"), by: mai)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `deletion takes drafts at once, and dossiers stay with their reason`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.withdrawn(by: mai, file: "ảnh của hồ sơ")
            _ = try await fixture.draft(by: mai, file: "ảnh của bản nháp")
            let filed = try await service.file(NewDataRequest(.delete), by: mai)
            #expect(filed.state == .filed && filed.fulfilBy.date == LocalDate("2026-03-23"))
            #expect(try await fixture.dossiers.drafts(of: mai).isEmpty)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM erased_file") == 1)
            let officer = try await fixture.officer("baovedulieu")
            let findings = try await service.request(filed.id, for: officer).findings
            #expect(findings.count == 1 && findings[0].contains(submission.code.text))
            #expect(findings[0].contains("đến hết ngày 02/03/2031"))
            _ = try await fixture.dossiers.dossier(submission.code, for: mai)
            // Who has no dossier is answered by the program.
            let empty = try await service.file(NewDataRequest(.delete), by: fixture.citizen(2))
            #expect(empty.state == .answered && empty.outcome == .granted)
        }
    }

    @Test(arguments: TestStores.all)
    func `a copy is made by the job, fetched by the person alone, and gone after a week`(
        on engine: Engine
    ) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let submission = try await fixture.submitted(by: mai, file: "ảnh")
            let filed = try await service.file(NewDataRequest(.export), by: mai)
            await #expect(throws: DataRequestRefusal.notFound) { try await service.export(filed.id, of: mai) }
            #expect(try await fixture.work() == 1)
            var bytes: [UInt8] = []
            for try await piece in try await service.export(filed.id, of: mai) { bytes += piece }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]) && text.contains("du-lieu.json"))
            #expect(text.contains("Nguyễn Thị Sao Mai") && text.contains(submission.code.text))
            #expect(text.contains("\"nationalID\" : \"089190000001\"") && text.contains("giấy khai sinh.jpg"))
            let stranger = try await fixture.citizen(2)
            await #expect(throws: DataRequestRefusal.notFound) { try await service.export(filed.id, of: stranger) }
            // A second run of the same job changes nothing.
            let digest = try await service.request(filed.id, of: mai).exportDigest
            fixture.time.advance(seconds: 7 * 86_400 + 1)
            await #expect(throws: DataRequestRefusal.exportGone) { try await service.export(filed.id, of: mai) }
            _ = try await service.tidy()
            #expect(try await service.request(filed.id, of: mai).exportDigest == nil && digest != nil)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM erased_file") == 1)
        }
    }
}
