// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Foundation
import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing
import WorkingTime

@testable import Dossiers

/// A version that comes and the dossiers in flight.
@Suite struct RehearsalTests {
    private func administrator() throws -> Actor {
        let officer = Officer(
            id: try #require(OfficerID(rawValue: "keeper")),
            loginName: "keeper",
            agency: try #require(AgencyCode("H01")),
            unit: try #require(OrgUnitID(rawValue: "office")),
            fullName: "Nguyễn Văn Quang",
            position: "Quản trị",
            email: nil,
            roles: [.administrator]
        )
        return .officer(officer, authentication: .password, session: nil)
    }

    private func source(_ changes: [(String, String)] = []) throws -> PackSource {
        var source = PackSource.pack(atPath: "\(DossiersFixture.root)/procedures/\(DossiersFixture.procedure)")
        var text = String(decoding: try #require(source.files[PackSource.mainFile]), as: UTF8.self)
        for (old, new) in changes {
            #expect(text.contains(old), "the pack has no “\(old)”")
            text = text.replacingOccurrences(of: old, with: new)
        }
        let files = source.files.merging([PackSource.mainFile: Array(text.utf8)]) { $1 }
        source = PackSource(path: DossiersFixture.procedure, files: files)
        return source
    }

    @Test(arguments: TestStores.all)
    func `a dossier in flight keeps its version, whatever is published, rolled back or retired`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let (mai, admin) = (try await fixture.citizen(), try administrator())
            let code = try await fixture.received(by: mai).code
            let before = try await fixture.service.dossier(code, for: mai)
            let catalogue = fixture.service.catalogue
            let name = "name: Cấp bản sao trích lục hộ tịch"
            let draft = try await catalogue.begin(
                DossiersFixture.procedure,
                from: .files(try source([(name, name + " mới")])),
                by: admin
            )
            let version = try await catalogue.publish(
                draft: DossiersFixture.procedure,
                reason: "Tên mới",
                expecting: draft.version,
                by: admin
            )
            let today = fixture.time.now.date
            try await catalogue.retire(DossiersFixture.procedure, from: today, reason: "Bãi bỏ", by: admin)
            #expect(catalogue.entry(DossiersFixture.procedure, on: today) == nil)
            let after = try await fixture.service.dossier(code, for: mai)
            #expect(after.state == before.state && after.pack == before.pack)
            // Work goes on by the old version.
            let officer = try await fixture.officer("anphu.hotich1")
            let items = [SupplementItem(target: "earlierPaper", text: "Chụp lại")]
            let ask = DossierAct.requestSupplement(reason: "Ảnh mờ", items: items)
            let asked = try await fixture.service.perform(ask, on: code, seen: after.state.version, by: officer)
            #expect(asked.packVersion == before.state.packVersion && asked.packVersion != version.digest.hex)
            await #expect(throws: DossierRefusal.notOffered) {
                try await fixture.service.beginDraft(of: DossiersFixture.procedure, by: mai)
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `a rehearsal tells what a version would mean for those in flight`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let (mai, admin) = (try await fixture.citizen(), try administrator())
            let none = try await fixture.service.rehearse(try pack(), for: admin)
            #expect(none.taken == 0 && none.vietnamese == "Không có hồ sơ nào đang xử lý.")
            let code = try await fixture.received(by: mai).code
            let same = try await fixture.service.rehearse(try pack(), for: admin)
            #expect(same.taken == 1 && same.affected.isEmpty && !same.hasMore)
            #expect(
                same.vietnamese == "1 hồ sơ đang xử lý giữ phiên bản cũ. Theo phiên bản mới không hồ sơ nào thay đổi."
            )
            let changed = try pack([
                ("price: 8000", "price: 9000"),
                ("    required: no\n    fileLimit: 5", "    required: yes\n    fileLimit: 5"),
                ("cutOff: 15:00 }", "cutOff: 15:30 }"),
                ("{ value: 0, unit: workingDay", "{ value: 2, unit: workingDay"),
            ])
            let found = try await fixture.service.rehearse(changed, for: admin)
            #expect(found.affected.map(\.code) == [code])
            let effects = try #require(found.affected.first).effects
            let (trong, hai) = (try #require(TimeLimit(0, .workingDay)), try #require(TimeLimit(2, .workingDay)))
            #expect(
                effects == [
                    .papersMissing(["Giấy tờ hộ tịch đã được cấp trước đây (nếu còn)"]),
                    .feeChanged(from: VND(16_000), to: VND(18_000)), .limitChanged(from: trong, to: hai),
                ]
            )
            #expect(
                found.vietnamese.hasSuffix(
                    "1 hồ sơ sẽ thiếu giấy tờ; 1 hồ sơ sẽ có mức thu khác; 1 hồ sơ sẽ có thời hạn khác."
                )
            )
            await #expect(throws: CatalogueError.notAllowed) {
                try await fixture.service.rehearse(changed, for: try await fixture.officer("anphu.hotich1"))
            }
            let seen = try await fixture.state(code).version
            try await fixture.service.perform(.withdraw(reason: nil), on: code, seen: seen, by: mai)
            let ended = try await fixture.service.rehearse(changed, for: admin)
            #expect(ended.taken == 0)
        }
    }

    @Test func `each effect is told, and only what is new`() throws {
        let old = try pack()
        let found = try Self.state(step: old.workflow.steps.first?.id)
        let state = try #require(found)
        let answers = FormAnswers([
            ("requesterPhone", "0912345678"), ("extractKind", "birth"), ("relation", "self"), ("copies", "2"),
            ("registeredAt", "UBND xã An Phú, tỉnh An Giang"),
        ])
        let dossier = RehearsedDossier(state: state, answers: answers, papers: [])
        #expect(dossier.effects(under: old, instead: old).isEmpty)
        let step = try #require(old.workflow.steps.first)
        let renamed = try pack([("id: \(step.id)\n", "id: otherStep\n")])
        #expect(dossier.effects(under: renamed, instead: old) == [.stepGone(step.name)])
    }

    private func pack(_ changes: [(String, String)] = []) throws -> ProcedurePack {
        try #require(PackChecker().check(try source(changes)).pack)
    }

    static func state(step: String?) throws -> DossierState? {
        let facts = DossierEvent.Submitted(
            code: try #require(DossierCode("H01.30337-260305-0001")),
            procedure: DossiersFixture.procedure,
            packVersion: "",
            agency: try #require(AgencyCode("H01.30337")),
            applicant: try #require(Identifier<DossierApplicant>(rawValue: "mai")),
            channel: .online,
            delivery: .online,
            obligation: .none,
            files: [],
            regime: .nd118of2025
        )
        let id = try #require(DossierID(rawValue: "x"))
        var state = DossierState.apply(.submitted(facts), at: .test, to: nil, id: id)
        state?.status = .processing
        state?.step = step
        return state
    }
}
