// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Payments
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// The rules of the façade, one at a time.
@Suite struct DossierServiceTests {
    @Test(arguments: TestStores.all)
    func `whoever acts on an old page is told who was faster`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.received(by: mai).code
            let seen = try await fixture.state(code).version
            let (first, second) = (
                try await fixture.officer("anphu.hotich1"), try await fixture.officer("anphu.hotich2")
            )
            fixture.time.advance(seconds: 60)
            let items = [SupplementItem(target: "earlierPaper", text: "Chụp lại")]
            let ask = DossierAct.requestSupplement(reason: "Ảnh mờ", items: items)
            try await fixture.service.perform(ask, on: code, seen: seen, by: first)
            let at = fixture.time.now
            fixture.time.advance(seconds: 60)
            // The specialist asked, not the desk, which has an edge of the same name.
            let asked = DossierRefusal.changedMeanwhile(
                role: "Chuyên viên",
                unit: "Bộ phận Tư pháp - Hộ tịch, Ủy ban nhân dân xã An Phú",
                what: "yêu cầu bổ sung hồ sơ",
                at: at
            )
            await #expect(throws: asked) {
                try await fixture.service.draftResult(
                    of: code,
                    typed: DossiersFixture.result,
                    seen: seen,
                    by: second
                )
            }
            await #expect(throws: asked) {
                try await fixture.service.perform(.withdraw(reason: nil), on: code, seen: seen, by: mai)
            }
            #expect(
                asked.publicDetail?.contains("Chuyên viên Bộ phận Tư pháp - Hộ tịch, Ủy ban nhân dân xã An Phú vừa")
                    == true
            )
            let current = try await fixture.state(code)
            try await fixture.service.perform(.withdraw(reason: nil), on: code, seen: current.version, by: mai)
            let withdrawn = DossierRefusal.changedMeanwhile(
                role: "Người nộp hồ sơ",
                unit: "",
                what: "rút hồ sơ",
                at: fixture.time.now
            )
            await #expect(throws: withdrawn) {
                try await fixture.service.perform(.stop(reason: "Quá hạn"), on: code, seen: current.version, by: first)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `the program that was faster is called so`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.submitted(by: mai)
            try await fixture.pay(submission, by: mai)
            let paid = DossierRefusal.changedMeanwhile(
                role: "Hệ thống",
                unit: "",
                what: "đã nộp phí, lệ phí",
                at: fixture.time.now
            )
            await #expect(throws: paid) {
                let desk = try await fixture.officer("anphu.motcua")
                return try await fixture.service.perform(.receive, on: submission.code, seen: 1, by: desk)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `of two leaders the second is told that the first was faster`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let seen = try await fixture.state(code).version
            _ = try await fixture.service.approve(code, seen: seen, by: fixture.officer("anphu.chutich"))
            let faster = DossierRefusal.changedMeanwhile(
                role: "Lãnh đạo",
                unit: "Ủy ban nhân dân xã An Phú",
                what: "ban hành kết quả",
                at: fixture.time.now
            )
            fixture.time.advance(seconds: 60)
            await #expect(throws: faster) {
                try await fixture.service.approve(code, seen: seen, by: fixture.officer("anphu.phochutich"))
            }
            #expect(fixture.signer.signed.count == 1)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a leader whose last proof of presence is five minutes old signs nothing`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let seen = try await fixture.state(code).version
            let leader = try await fixture.officer("anphu.chutich")
            fixture.time.advance(seconds: 300)
            await #expect(throws: DossierRefusal.proofNeeded) {
                try await fixture.service.approve(code, seen: seen, by: leader)
            }
            #expect(fixture.signer.signed.isEmpty)
            #expect(try await fixture.state(code).version == seen)
            let fresh = try await fixture.officer("anphu.chutich")
            fixture.time.advance(seconds: 299)
            _ = try await fixture.service.approve(code, seen: seen, by: fresh)
            #expect(fixture.signer.signed.count == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody else finds a dossier: other citizens, other agencies, officers without work on it`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let service = fixture.service
            let mai = try await fixture.citizen()
            let draft = try await fixture.filledDraft(by: mai)
            let photo = try await fixture.file("ảnh")
            try await service.attach(photo, to: .draft(draft), by: mai)
            let strangers = [
                try await fixture.citizen(2), try await fixture.officer("longxuyen.chutich"),
                try await fixture.officer("longxuyen.motcua"), try await fixture.officer("quantri"),
                try await fixture.officer("kiemtra"),
            ]
            for stranger in strangers {
                await #expect(throws: DossierRefusal.draftGone) { try await service.draft(draft, for: stranger) }
                await #expect(throws: DossierRefusal.draftGone) { try await service.discard(draft, by: stranger) }
                await #expect(throws: DossierRefusal.draftGone) { try await service.file(photo.id, for: stranger) }
                #expect(try await service.dossierCode(of: draft, for: stranger) == nil)
            }
            let submission = try await service.submit(draft, key: "k", isDeclared: true, by: mai)
            let code = submission.code
            for stranger in strangers {
                await #expect(throws: DossierRefusal.notFound) { try await service.dossier(code, for: stranger) }
                await #expect(throws: DossierRefusal.notFound) { try await service.file(photo.id, for: stranger) }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.paper(.submissionConfirmation, of: code, for: stranger)
                }
                await #expect(throws: DossierRefusal.notFound) { try await service.supplement(of: code, for: stranger) }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.perform(.receive, on: code, seen: 1, by: stranger)
                }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.perform(.withdraw(reason: nil), on: code, seen: 99, by: stranger)
                }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.draftResult(of: code, typed: DossiersFixture.result, seen: 1, by: stranger)
                }
                await #expect(throws: DossierRefusal.notFound) {
                    try await service.approve(code, seen: 1, by: stranger)
                }
                #expect(try await service.workList(of: stranger, queues: []).rows.items.isEmpty)
                #expect(try await service.workList(of: stranger, queues: []).counts.isEmpty)
                #expect(try await service.dossiers(of: stranger).isEmpty)
            }
            // Those whose it is find it; the looks of strangers left no record, the one of the desk at the file did.
            #expect(try await service.dossiers(of: mai).map(\.state.code) == [code])
            let desk = try await fixture.officer("anphu.motcua")
            #expect(try await service.workList(of: desk, queues: [.unpaid]).rows.items.map(\.code) == [code])
            #expect(try await service.workList(of: desk, queues: []).counts == [.unpaid: 1])
            #expect(try await service.file(photo.id, for: desk).digest == photo.digest)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM access_record") == 1)
            #expect(try await fixture.state(code).version == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `the code alone says how far a dossier is, the slip's secret opens its timeline`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let submission = try await fixture.received(by: fixture.citizen())
            let service = fixture.service
            let plain = try await service.track(submission.code, secret: nil)
            #expect(plain.status == .processing && plain.timeline == nil)
            let wrong = try await service.track(submission.code, secret: SecretToken(.bits128, from: .system))
            #expect(wrong.timeline == nil)
            let secret = service.slipSecret(of: submission.dossier)
            let opened = try #require(try await service.track(submission.code, secret: secret).timeline)
            #expect(opened.entries.count == 4 && opened.agencyName == "Ủy ban nhân dân xã An Phú")
            let nobody = DossierCode(agency: fixture.anPhu, day: fixture.time.now.date, sequence: 77)
            await #expect(throws: DossierRefusal.notFound) { try await service.track(nobody, secret: secret) }
        }
    }

    @Test(arguments: TestStores.all)
    func `a withdrawn dossier owes nothing, and late money is put aside`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.submitted(by: mai)
            let reference = DossierService.payable(submission.dossier)
            _ = try await fixture.payments.begin(reference, returnURL: "", by: mai.stamp)
            let withdrawn = try await fixture.service.perform(
                .withdraw(reason: "Đã tìm thấy bản cũ"),
                on: submission.code,
                seen: 1,
                by: mai
            )
            #expect(withdrawn.status == .withdrawn && withdrawn.endedAt == fixture.time.now)
            let found = try #require(try await fixture.payments.obligation(of: reference))
            #expect(found.obligation.state == .cancelled)
            let payment = try #require(found.payment)
            try await fixture.hear(of: payment)
            #expect(try await fixture.payments.obligation(of: reference)?.payment?.state == .quarantined)
            #expect(try await fixture.state(submission.code) == withdrawn)
            for act in [DossierAct.withdraw(reason: nil), .receive] {
                let actor = act == .receive ? try await fixture.officer("anphu.motcua") : mai
                await #expect(throws: DossierRefusal.self) {
                    try await fixture.service.perform(act, on: submission.code, seen: 2, by: actor)
                }
            }
            let view = try await fixture.service.dossier(submission.code, for: mai)
            #expect(view.timeline.last?.note?.reason == "Đã tìm thấy bản cũ" && view.offered.isEmpty)
            try await fixture.expectNoFault()
        }
    }
}
