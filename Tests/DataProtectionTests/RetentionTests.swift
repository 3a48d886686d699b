// SPDX-License-Identifier: Apache-2.0

import Digests
import Dossiers
import Identity
import Journal
import Kernel
import Organisation
import Reporting
import Storage
import TestSupport
import Testing

@testable import DataProtection

@Suite struct RetentionTests {
    private static let reason = "Hết thời hạn lưu theo quy định"
    /// Five years of the pack and a day.
    private static let fiveYears: Int64 = (5 * 365 + 3) * 86_400

    @Test(arguments: TestStores.all)
    func `nothing is erased before a person has decided, and then everything personal`(
        on engine: Engine
    ) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            let delivered = try await fixture.delivered(to: mai, file: "ảnh một")
            let withdrawn = try await fixture.withdrawn(by: mai, file: "ảnh hai")
            #expect(try await service.makeRetentionReport() == nil)
            let result = try #require(try await fixture.dossiers.dossier(delivered.code, for: mai).result?.digest)
            fixture.time.advance(seconds: Self.fiveYears)
            let report = try #require(try await service.makeRetentionReport())
            #expect(report.state == .waiting && report.unverified == 0)
            // One report at a time.
            #expect(try await service.makeRetentionReport() == nil)
            try await expectKept(fixture, delivered, of: mai)

            for name in ["kiemtra", "quantri", "anphu.chutich"] {
                let officer = try await fixture.officer(name)
                await #expect(throws: RetentionRefusal.notAllowed) {
                    try await service.decide(report.id, isApproved: true, reason: Self.reason, seen: 1, by: officer)
                }
            }
            let officer = try await fixture.officer("baovedulieu")
            let preview = try await service.retentionReport(report.id, for: officer)
            #expect(Set(preview.items.items.map(\.code)) == [delivered.code, withdrawn.code] && preview.erased == 0)
            #expect(preview.items.items.allSatisfy { $0.years == 5 && $0.files == 1 })
            await #expect(throws: RetentionRefusal.reasonMissing) {
                try await service.decide(report.id, isApproved: true, reason: "xóa", seen: 1, by: officer)
            }
            try await service.decide(report.id, isApproved: true, reason: Self.reason, seen: 1, by: officer)
            try await fixture.work()
            #expect(try await service.retentionReport(report.id, for: officer).report.state == .done)

            for submission in [delivered, withdrawn] { try await expectErased(fixture, submission, of: mai) }
            #expect(try await service.tidy() == 0)
            fixture.time.advance(seconds: 3_601)
            #expect(try await service.tidy() == 3)
            #expect(try await !fixture.files.isIntact(result))
            try await expectWhole(fixture)
        }
    }

    private func expectKept(_ fixture: ProtectionFixture, _ submission: Submission, of mai: Actor) async throws {
        #expect(try await fixture.dossiers.dossier(submission.code, for: mai).shown.fullName == "Nguyễn Thị Sao Mai")
    }

    private func expectErased(_ fixture: ProtectionFixture, _ submission: Submission, of mai: Actor) async throws {
        let today = fixture.time.now.date
        await #expect(throws: DossierRefusal.erased(submission.code, on: today)) {
            try await fixture.dossiers.dossier(submission.code, for: mai)
        }
        // Whoever has the code or the slip is told so.
        #expect(try await fixture.dossiers.track(submission.code, secret: nil).erasedOn == today)
        let id = submission.dossier
        for statement: Statement in [
            "SELECT COUNT(*) AS total FROM dossier_personal WHERE dossier = \(id)",
            "SELECT COUNT(*) AS total FROM dossier_file WHERE dossier = \(id)",
            "SELECT COUNT(*) AS total FROM dossier_draft WHERE dossier = \(id)",
            "SELECT COUNT(*) AS total FROM dossier_supplement WHERE dossier = \(id)",
            "SELECT COUNT(*) AS total FROM dossier_rating WHERE dossier = \(id) AND comment IS NOT NULL",
            "SELECT COUNT(*) AS total FROM result_document WHERE dossier = \(id) AND fields LIKE '%MAI%'",
            """
            SELECT COUNT(*) AS total FROM journal_payload WHERE leaf_index IN
                (SELECT leaf_index FROM journal_event WHERE object_id = \(id))
            """,
        ] {
            #expect(try await fixture.count(statement) == 0)
        }
    }

    /// The tree is whole, rows equal events, and every figure is still its recount.
    private func expectWhole(_ fixture: ProtectionFixture) async throws {
        let verified = try await fixture.log.verify(fixture.store)
        #expect(verified.fault == nil && verified.erased > 0)
        #expect(try await DossierCheck.faults(store: fixture.store, log: fixture.log, files: fixture.files).isEmpty)
        #expect(try await fixture.reporting.recount(isRepairing: false).isEmpty)
        #expect(try await fixture.count("SELECT COUNT(*) AS total FROM dossier") == 2)
    }

    @Test(arguments: TestStores.all)
    func `a limit that nobody has compared with the law erases nothing`(on engine: Engine) async throws {
        try await withProtection(engine, isVerified: false) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.withdrawn(by: mai, file: "ảnh")
            fixture.time.advance(seconds: Self.fiveYears)
            let report = try #require(try await fixture.service.makeRetentionReport())
            #expect(report.state == .done && report.unverified == 1)
            try await fixture.work()
            _ = try await fixture.dossiers.dossier(submission.code, for: mai)
        }
    }

    @Test(arguments: TestStores.all)
    func `what is open, young, restricted or dismissed stays`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            _ = try await fixture.submitted(by: mai, file: "đang mở")
            let restricted = try await fixture.withdrawn(by: mai, file: "bị hạn chế")
            let old = try await fixture.withdrawn(by: mai, file: "cũ")
            try await fixture.store.journalled { transaction in
                try fixture.dossiers.restrict(restricted.dossier, in: transaction)
            }
            fixture.time.advance(seconds: Self.fiveYears)
            let young = try await fixture.withdrawn(by: mai, file: "mới")
            let report = try #require(try await service.makeRetentionReport())
            let officer = try await fixture.officer("baovedulieu")
            let named = try await service.retentionReport(report.id, for: officer).items.items.map(\.code)
            #expect(named == [old.code])
            try await service.decide(report.id, isApproved: false, reason: Self.reason, seen: 1, by: officer)
            await #expect(throws: RetentionRefusal.notPossible) {
                try await service.decide(report.id, isApproved: true, reason: Self.reason, seen: 2, by: officer)
            }
            try await fixture.work()
            for submission in [restricted, old, young] {
                _ = try await fixture.dossiers.dossier(submission.code, for: mai)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a file that two dossiers share stays while one of them is kept`(on engine: Engine) async throws {
        try await withProtection(engine) { fixture in
            let (service, mai) = (fixture.service, try await fixture.citizen())
            _ = try await fixture.withdrawn(by: mai, file: "cùng một ảnh")
            fixture.time.advance(seconds: Self.fiveYears)
            let kept = try await fixture.withdrawn(by: mai, file: "cùng một ảnh")
            let report = try #require(try await service.makeRetentionReport())
            let officer = try await fixture.officer("baovedulieu")
            try await service.decide(report.id, isApproved: true, reason: Self.reason, seen: 1, by: officer)
            try await fixture.work()
            fixture.time.advance(seconds: 3_601)
            #expect(try await service.tidy() == 0)
            let file = try #require(try await fixture.dossiers.dossier(kept.code, for: mai).files.first)
            #expect(try await fixture.files.isIntact(file.digest))
        }
    }
}
