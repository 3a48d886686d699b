// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Who works on a dossier: the head of a unit says it, and an administrator where somebody leaves.
struct AssignmentTests {
    private func assign(
        _ fixture: DossiersFixture,
        _ code: DossierCode,
        to officer: String?,
        reason: String? = nil,
        by actor: String
    ) async throws {
        let (author, id, now) = (try await fixture.officer(actor), try await fixture.state(code).id, fixture.time.now)
        let chosen = officer.flatMap { OfficerID(rawValue: $0) }
        try await fixture.store.journalled { [service = fixture.service] transaction in
            _ = try service.reassign(id, to: chosen, reason: reason, by: author, at: now, in: transaction)
        }
    }

    @Test(arguments: TestStores.all)
    func `work assigned by name is left to that officer, until it is assigned anew with a reason`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.received(by: fixture.citizen()).code
            try await assign(fixture, code, to: "anphu.hotich1", by: "anphu.truonghotich")
            let state = try await fixture.state(code)
            #expect((state.assignee?.rawValue, state.unit?.rawValue) == ("anphu.hotich1", "h01.30337.civil-status"))
            await #expect(throws: DossierRefusal.assignedToAnother) {
                try await fixture.act(.advance(to: nil), on: code, by: "anphu.hotich2")
            }
            await #expect(throws: DossierRefusal.assigneeSame) {
                try await assign(fixture, code, to: "anphu.hotich1", reason: "Lại", by: "anphu.truonghotich")
            }
            await #expect(throws: DossierRefusal.reasonMissing) {
                try await assign(fixture, code, to: "anphu.hotich2", reason: " ", by: "anphu.truonghotich")
            }
            await #expect(throws: DossierRefusal.reasonTooLong(limit: 500)) {
                let long = String(repeating: "a", count: 501)
                try await assign(fixture, code, to: "anphu.hotich2", reason: long, by: "anphu.truonghotich")
            }
            try await assign(fixture, code, to: "anphu.hotich2", reason: "Nghỉ phép", by: "anphu.truonghotich")
            await #expect(throws: DossierRefusal.assignedToAnother) {
                try await fixture.service.draftResult(
                    of: code,
                    typed: DossiersFixture.result,
                    seen: fixture.state(code).version,
                    by: fixture.officer("anphu.hotich1")
                )
            }
            try await assign(fixture, code, to: nil, reason: "Để chung", by: "anphu.truonghotich")
            let check = try await fixture.service.draftResult(
                of: code,
                typed: DossiersFixture.result,
                seen: fixture.state(code).version,
                by: fixture.officer("anphu.hotich1")
            )
            #expect(check.isSound)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `nobody assigns beyond the own unit, nor to whom does no such work`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.received(by: fixture.citizen()).code
            for officer in ["anphu.kinhte", "anphu.motcua", "anphu.chutich", "longxuyen.hotich1", "nobody"] {
                await #expect(throws: DossierRefusal.assigneeUnsuitable, "\(officer)") {
                    try await assign(fixture, code, to: officer, by: "anphu.truonghotich")
                }
            }
            for author in ["anphu.hotich1", "anphu.chutich", "soxaydung.truongphong", "kiemtra"] {
                await #expect(throws: DossierRefusal.notAllowed(.assign), "\(author)") {
                    try await assign(fixture, code, to: "anphu.hotich1", by: author)
                }
            }
            // An administrator of the province gives it to another unit; its head has no more to say.
            try await assign(fixture, code, to: "anphu.kinhte", by: "quantri")
            await #expect(throws: DossierRefusal.notAllowed(.assign)) {
                try await assign(fixture, code, to: "anphu.hotich1", reason: "Trả lại", by: "anphu.truonghotich")
            }
            try await fixture.organisation.disableOfficer(
                #require(OfficerID(rawValue: "anphu.hotich1")),
                by: .system("test")
            )
            await #expect(throws: DossierRefusal.assigneeUnsuitable) {
                try await assign(fixture, code, to: "anphu.hotich1", reason: "Trả lại", by: "quantri")
            }
        }
    }
}
