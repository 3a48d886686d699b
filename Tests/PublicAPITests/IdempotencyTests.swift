// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import PublicAPI

/// A key that two hold at once, and one whose holder died.
@Suite struct IdempotencyTests {
    @Test(arguments: TestStores.all)
    func `of many at once one takes effect`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let program = program.with(try await fixture.citizen())
            let filing = fixture.filing()
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let answer = try await program.post("/api/v1/dossiers", filing, key: "k")
                        return (Int(answer.status.code), answer.text)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.0)).isSubset(of: [201, 409]))
            #expect(Set(answers.filter { $0.0 == 201 }.map(\.1)).count == 1)
            for (status, text) in answers where status == 409 {
                #expect(try JSONValue(parsing: text)["code"] == "idempotency-key-in-use")
            }
            let drafts = try await fixture.services.store.read { transaction in
                try transaction.first("SELECT COUNT(*) AS total FROM dossier_draft")?.get("total", as: Int.self)
            }
            #expect(drafts == 1)
        }
    }

    @Test(arguments: TestStores.all)
    func `a key whose holder died is free after a minute`(on engine: Engine) async throws {
        try await withAPI(on: engine) { fixture, program in
            let token = try await fixture.citizen()
            let program = program.with(token)
            let first = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(first.status == .created)
            try await fixture.services.store.write { transaction in
                // As if the first had crashed between its claim and its answer.
                _ = try transaction.run("UPDATE idempotency_key SET answer = \([UInt8]()) WHERE key = \("k")")
            }
            let early = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(try early.problem(409) == "idempotency-key-in-use")
            fixture.clock.advance(seconds: 61)
            let late = try await program.post("/api/v1/dossiers", fixture.filing(), key: "k")
            #expect(late.status == .created)
            #expect(try await program.post("/api/v1/dossiers", fixture.filing(), key: "k").text == late.text)
        }
    }
}
