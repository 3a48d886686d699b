// SPDX-License-Identifier: Apache-2.0

import Identity
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Dossiers

/// Two who act at once, and a signer who cannot sign: one wins, the other is told, nothing is half done.
@Suite struct RaceTests {
    @Test(arguments: TestStores.all)
    func `a dossier that is withdrawn while it is at the signer stays withdrawn, and the leader is told`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let mai = try await fixture.citizen()
            let code = try await fixture.awaitingSignature(by: mai).code
            let seen = try await fixture.state(code).version
            let (service, at) = (fixture.service, fixture.time.now)
            fixture.signer.meanwhile {
                try await service.perform(.withdraw(reason: "Không cần nữa"), on: code, seen: seen, by: mai)
            }
            let told = DossierRefusal.changedMeanwhile(role: "Người nộp hồ sơ", unit: "", what: "rút hồ sơ", at: at)
            await #expect(throws: told) {
                try await service.approve(code, seen: seen, by: fixture.officer("anphu.chutich"))
            }
            #expect(told.publicDetail?.hasPrefix("Người nộp hồ sơ vừa cập nhật hồ sơ lúc") == true)
            let state = try await fixture.state(code)
            #expect(state.status == .withdrawn && state.result == nil && state.decision == nil)
            // The signed file is nobody's: no row names it, nobody downloads it.
            #expect(
                try await fixture.count("SELECT COUNT(*) AS total FROM result_document WHERE signed_at IS NOT NULL")
                    == 0
            )
            await #expect(throws: DossierRefusal.notFound) { try await service.resultFile(of: code, for: mai) }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a leader signs and another stops at once: one wins, the other is told who did what and when`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            for round in 1...6 {
                let code = try await fixture.awaitingSignature(by: fixture.citizen(round)).code
                let seen = try await fixture.state(code).version
                let (head, deputy) = (
                    try await fixture.officer("anphu.chutich"), try await fixture.officer("anphu.phochutich")
                )
                let service = fixture.service
                async let signing = outcome { try await service.approve(code, seen: seen, by: head) }
                async let stopping = outcome {
                    try await service.perform(.stop(reason: "Trùng hồ sơ"), on: code, seen: seen, by: deputy)
                }
                let (signed, stopped) = (await signing, await stopping)
                #expect((signed == nil) != (stopped == nil), "round \(round): \(signed as Any), \(stopped as Any)")
                guard case .changedMeanwhile(let role, let unit, let what, let at)? = signed ?? stopped else {
                    Issue.record("round \(round): the loser is not told who was faster")
                    continue
                }
                #expect(role == "Lãnh đạo" && unit == "Ủy ban nhân dân xã An Phú" && at == fixture.time.now)
                let state = try await fixture.state(code)
                #expect(what == (signed == nil ? "ban hành kết quả" : "dừng xử lý"))
                #expect(state.status == (signed == nil ? .decided : .stopped))
            }
            try await fixture.expectNoFault()
        }
    }

    @Test(arguments: TestStores.all)
    func `a certificate out of its time signs nothing and takes no number; the papers of others go on`(
        on engine: Engine
    ) async throws {
        try await withDossiers(engine) { fixture in
            let codes = [
                try await fixture.awaitingSignature(by: fixture.citizen(1)).code,
                try await fixture.awaitingSignature(by: fixture.citizen(2)).code,
            ]
            let head = try #require(try await fixture.officer("anphu.chutich").officer)
            fixture.signer.outOfTime([head])
            let before = try await fixture.count("SELECT COUNT(*) AS total FROM journal_event")
            for code in codes {
                await #expect(throws: ProbeSigner.OutOfTime.self) {
                    try await fixture.approve(code, by: "anphu.chutich")
                }
                #expect(try await fixture.state(code).status == .processing)
            }
            #expect(fixture.signer.signed.isEmpty)
            #expect(try await fixture.count("SELECT COUNT(*) AS total FROM journal_event") == before)
            #expect(
                try await fixture.count("SELECT COUNT(*) AS total FROM result_document WHERE number IS NOT NULL") == 0
            )
            let signed = try await fixture.approve(codes[1], by: "anphu.phochutich")
            #expect(signed.status == .decided)
            fixture.signer.outOfTime([])
            // The first number went to the paper that was signed first: none was lost.
            _ = try await fixture.approve(codes[0], by: "anphu.chutich")
            let numbers = try await fixture.store.read { transaction in
                try codes.map { code in
                    let state = try #require(try DossierTable.find(code, in: transaction))
                    return try ResultTable.find(of: state.id, in: transaction)?.number
                }
            }
            #expect(numbers == [2, 1])
            try await fixture.expectNoFault()
        }
    }

    /// Why it was refused; nil when it was done.
    private func outcome(_ act: () async throws -> DossierState) async -> DossierRefusal? {
        do {
            _ = try await act()
            return nil
        } catch let refusal as DossierRefusal {
            return refusal
        } catch {
            Issue.record("neither done nor refused: \(error)")
            return nil
        }
    }
}
