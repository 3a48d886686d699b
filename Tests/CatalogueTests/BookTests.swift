// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Organisation
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("The book of procedures")
struct BookTests {
    @Test("It knows what is offered, worked on, waiting and retired, each with its level", arguments: TestStores.all)
    func states(on engine: Engine) async throws {
        try await withStore(engine, migrations: Keepers.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let poor = PlatformEvidence(https: true, onlinePayment: true, onlineSigning: false)
            let service = CatalogueService(store: store, clock: time.clock, unverified: .offer, platform: poor)
            let admin = try Keepers.administrator()
            for code in PackTests.codes { try await service.publish(Repository.pack(code)) }
            let gone = try #require(PackTests.codes.last)
            try await service.retire(gone, from: time.clock.today, reason: "Hết hiệu lực", by: admin)
            try await service.begin("9.7", from: .empty(name: "Cấp giấy đi chợ"), by: admin)
            try await service.begin("9.8", from: .copy(of: "2.000635"), by: admin)
            try await service.begin("2.000635", from: .current, by: admin)

            let all = try await service.book(BookQuestion(), for: admin)
            #expect(all.counts[.all] == PackTests.codes.count + 2 && all.next == nil)
            #expect(all.counts[.offered] == PackTests.codes.count - 1 && all.counts[.retired] == 1)
            #expect(all.lines.map(\.name) == VietnameseText.ordered(all.lines.map(\.name)) { $0 })
            let extract = try #require(all.lines.first { $0.code == "2.000635" })
            #expect(extract.isOffered && extract.versionCount == 1 && extract.draft != nil)
            // Declared as 4; without signing it is none.
            #expect(extract.entry?.facts.declaredLevel == .four && extract.level == .three)

            func codes(_ question: BookQuestion) async throws -> [String] {
                try await service.book(question, for: admin).lines.map(\.code)
            }
            #expect(try await codes(BookQuestion(state: .retired)) == [gone])
            #expect(try await codes(BookQuestion(state: .awaiting)).contains("9.8"))
            #expect(try await codes(BookQuestion(state: .draft)) == ["9.7"])
            #expect(try await codes(BookQuestion("giay di cho", state: .draft)) == ["9.7"])
            #expect(try await codes(BookQuestion("9.8")) == ["9.8"])
            #expect(try await codes(BookQuestion("trích lục", state: .offered)).contains("2.000635"))
            // What people say, as they are searched for by everybody.
            #expect(try await codes(BookQuestion("khai sihn", state: .offered)).contains("1.001193"))
            #expect(try await codes(BookQuestion(level: 4)).isEmpty)
            let three = try await service.book(BookQuestion(level: 3), for: admin)
            #expect(three.counts[.all] == three.lines.count && three.lines.allSatisfy { $0.level == .three })
            #expect(try await codes(BookQuestion("xyzxyz qqqq")).isEmpty)

            var (walked, last): ([String], String?) = ([], nil)
            for _ in 0..<20 {
                let page = try await service.book(BookQuestion(after: last, limit: 3), for: admin)
                walked += page.lines.map(\.code)
                last = page.next
                if last == nil { break }
            }
            #expect(walked == all.lines.map(\.code))
            await #expect(throws: CatalogueError.notAllowed) {
                try await service.book(BookQuestion(), for: try Keepers.officer([.administrator], at: "H01.12"))
            }
        }
    }
}
