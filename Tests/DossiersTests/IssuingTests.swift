// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Identity
import Journal
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// A signed result waits for the clerk: issued or given back, and what anybody learns of it meanwhile.
@Suite struct IssuingTests {
    private let clerk = "anphu.vanthu"

    private func issue(_ fixture: DossiersFixture, _ code: DossierCode, by officer: String? = nil) async throws
        -> DossierState
    {
        try await fixture.service.issue(
            code,
            seen: fixture.state(code).version,
            by: fixture.officer(officer ?? clerk)
        )
    }

    private func giveBack(_ fixture: DossiersFixture, _ code: DossierCode, _ reason: String) async throws
        -> DossierState
    {
        try await fixture.service.returnSignature(
            of: code,
            reason: reason,
            seen: fixture.state(code).version,
            by: fixture.officer(clerk)
        )
    }

    private func bytes(_ fixture: DossiersFixture, _ code: DossierCode) async throws -> (ResultDocument, Digest) {
        let (result, _) = try await fixture.service.resultFile(of: code, for: fixture.officer(clerk))
        return (result, try #require(result.digest))
    }

    private func rows(_ fixture: DossiersFixture, waitingAlone: Bool = false) async throws -> [RegisterRow] {
        try await fixture.service.documentRegister(
            RegisterQuestion(year: 2026, isWaitingAlone: waitingAlone),
            for: fixture.officer(clerk)
        ).rows.items
    }

    @Test(arguments: TestStores.all)
    func `signed at night, issued in the morning: the clock, the book, the notice and the public go by the issue`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.awaitingSignature(by: mai).code
            fixture.time.advance(seconds: 14 * 3_600)
            let signed = try await fixture.approve(code, by: "anphu.chutich")
            #expect(signed.status == .processing && signed.decidedAt == nil && signed.endedAt == nil)
            #expect(signed.signer?.rawValue == "anphu.chutich")
            let (result, digest) = try await bytes(fixture, code)
            #expect(result.notation != nil && result.signedAt == fixture.time.now && result.issuedAt == nil)
            // It lies with the clerk, in no other pile, and is not in the book.
            let list = try await fixture.service.workList(of: fixture.officer(clerk), queues: [.issuing])
            #expect(list.rows.items.map(\.code) == [code] && list.counts == [.issuing: 1])
            #expect(try await rows(fixture).isEmpty)
            // The applicant and the public see what they saw before.
            let shown = try await fixture.service.dossier(code, for: mai)
            #expect(shown.timeline.filter(\.event.isToldToApplicant).last?.event.kind == "advanced")
            #expect(try await fixture.service.track(code, secret: nil).status == .processing)
            await #expect(throws: DossierRefusal.notFound) { try await fixture.service.resultFile(of: code, for: mai) }
            for found in [
                try await fixture.service.verification(of: result.id),
                try await fixture.service.verification(ofFile: digest),
            ] { #expect(found?.standing == .notIssued) }
            let told = try await fixture.count("SELECT COUNT(*) AS total FROM job WHERE kind = 'dossier-notice'")
            try await fixture.expectNoFault()

            fixture.time.advance(seconds: 10 * 3_600)
            let issued = try await issue(fixture, code)
            #expect(issued.status == .decided && issued.decision == .granted && issued.signer == nil)
            #expect(issued.decidedAt == fixture.time.now && issued.result == result.id)
            #expect(try await fixture.service.verification(of: result.id)?.standing == .inForce)
            #expect(try await fixture.service.verification(ofFile: digest)?.standing == .inForce)
            let row = try #require(try await rows(fixture).first)
            #expect(row.signedAt == result.signedAt && row.issuedAt == fixture.time.now && row.code == code)
            let after = try await fixture.count("SELECT COUNT(*) AS total FROM job WHERE kind = 'dossier-notice'")
            #expect(after == told + 2)
            #expect(try await fixture.service.workList(of: fixture.officer(clerk), queues: []).counts == [.delivery: 1])
            let view = try await fixture.service.dossier(code, for: fixture.officer("anphu.motcua"))
            #expect(view.timeline.suffix(2).map(\.event.kind) == ["signed", "granted"])
            #expect(view.timeline.suffix(2).map { $0.officer?.rawValue } == ["anphu.chutich", clerk])
            try await fixture.act(.deliver, on: code, by: "anphu.motcua")
            _ = try await fixture.service.resultFile(of: code, for: mai)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `given back, the signature is void for good; signed again it is another paper under the same number`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.awaitingSignature(by: mai).code
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let (first, voided) = try await bytes(fixture, code)
            await #expect(throws: DossierRefusal.reasonMissing) { try await giveBack(fixture, code, "  ") }
            let limit = DossierMachine.reasonLimit
            await #expect(throws: DossierRefusal.reasonTooLong(limit: limit)) {
                try await giveBack(fixture, code, String(repeating: "x", count: limit + 1))
            }
            let returned = try await giveBack(fixture, code, "Sai ngày ký")
            #expect(returned.status == .processing && returned.step == "sign" && returned.signer == nil)
            let leader = try await fixture.officer("anphu.chutich")
            let view = try await fixture.service.dossier(code, for: leader)
            #expect(view.offered.contains(.approve) && view.offered.contains(.sendBack))
            #expect(view.timeline.last?.note?.internalText == "Sai ngày ký")
            // Why is the agency's own affair.
            let shown = try await fixture.service.dossier(code, for: mai)
            #expect(!shown.timeline.filter(\.event.isToldToApplicant).contains { $0.event.kind == "signatureReturned" })
            #expect(try await fixture.service.verification(of: first.id)?.standing == .returned)
            #expect(try await fixture.service.verification(ofFile: voided)?.standing == .returned)
            try await fixture.expectNoFault()

            fixture.time.advance(seconds: 60)
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let (second, _) = try await bytes(fixture, code)
            #expect(second.notation == first.notation && second.id != first.id)
            _ = try await issue(fixture, code)
            #expect(try await fixture.service.verification(of: second.id)?.standing == .inForce)
            #expect(try await fixture.service.verification(of: first.id)?.standing == .returned)
            #expect(try await fixture.service.verification(ofFile: voided)?.standing == .returned)
            #expect(try await rows(fixture).count == 1)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `who signed does not issue, neither does who stands in for him, and nobody but a clerk of the agency`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let head = try #require(OfficerID(rawValue: "anphu.chutich"))
            try await fixture.organisation.setRoles([.leader, .recordsClerk], of: head, by: .system("test"))
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            _ = try await fixture.approve(code, by: "anphu.chutich")
            await #expect(throws: DossierRefusal.signerMayNotIssue) {
                try await issue(fixture, code, by: "anphu.chutich")
            }
            for other in ["anphu.phochutich", "anphu.motcua", "anphu.hotich1"] {
                await #expect(throws: DossierRefusal.notAllowed(.issue)) { try await issue(fixture, code, by: other) }
            }
            await #expect(throws: DossierRefusal.notFound) {
                try await issue(fixture, code, by: "longxuyen.vanthu")
            }
            let hers = try await fixture.standIn(clerk, for: "anphu.chutich", as: .recordsClerk)
            await #expect(throws: DossierRefusal.signerMayNotIssue) { try await issue(fixture, code) }
            try await fixture.organisation.endSubstitution(hers.id, by: .system("test"))
            let issued = try await issue(fixture, code)
            #expect(issued.status == .decided)
            // Twice is once.
            await #expect(throws: DossierRefusal.notPossible(.issue, .decided)) { try await issue(fixture, code) }
        }
    }

    @Test(arguments: TestStores.all)
    func `withdrawn while it waits, a signed result never comes into force`(on engine: Engine) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.awaitingSignature(by: mai).code
            _ = try await fixture.approve(code, by: "anphu.chutich")
            let (result, digest) = try await bytes(fixture, code)
            let withdrawn = try await fixture.service.perform(
                .withdraw(reason: nil),
                on: code,
                seen: fixture.state(code).version,
                by: mai
            )
            #expect(withdrawn.status == .withdrawn && withdrawn.signer == nil)
            await #expect(throws: DossierRefusal.self) { try await issue(fixture, code) }
            #expect(try await fixture.service.verification(of: result.id)?.standing == .notIssued)
            #expect(try await fixture.service.verification(ofFile: digest)?.standing == .notIssued)
            #expect(try await fixture.service.workList(of: fixture.officer(clerk), queues: []).counts == [:])
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `of two clerks' acts the second is told what the first one did`(on engine: Engine) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let signed = try await fixture.approve(code, by: "anphu.chutich")
            let actor = try await fixture.officer(clerk)
            try await fixture.service.issue(code, seen: signed.version, by: actor)
            do {
                _ = try await fixture.service.returnSignature(
                    of: code,
                    reason: "Sai số",
                    seen: signed.version,
                    by: actor
                )
                Issue.record("given back after it was issued")
            } catch DossierRefusal.changedMeanwhile(let role, _, let what, let at) {
                #expect((role, what, at) == ("Văn thư", "ban hành kết quả", fixture.time.now))
            }
        }
    }

    @Test(arguments: TestStores.all)
    func `what the count of pages makes of the fee is settled with the issue, not with the signature`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine, clerkIssues: true) { fixture in
            let mai = try await fixture.citizen()
            let submission = try await fixture.certifiedCopy(pages: 5, copies: 3, by: mai)
            let signed = try await fixture.certified(submission.code, pages: 8, copies: 3)
            #expect(signed.feeCorrection == nil && signed.obligation != .due && signed.signer != nil)
            let issued = try await issue(fixture, submission.code)
            #expect(issued.feeCorrection == FeeCorrection(paid: VND(21_000), confirmed: VND(30_000)))
            #expect(issued.obligation == .due)
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `without the setting a signature issues, as it always did`(on engine: Engine) async throws {
        try await withDossiers(engine) { fixture in
            let code = try await fixture.awaitingSignature(by: fixture.citizen()).code
            let signed = try await fixture.approve(code, by: "anphu.chutich")
            #expect(signed.status == .decided && signed.signer == nil)
            let row = try #require(try await rows(fixture).first)
            #expect(row.issuedAt == row.signedAt)
            #expect(try await fixture.service.verification(of: row.id)?.standing == .inForce)
        }
    }
}
