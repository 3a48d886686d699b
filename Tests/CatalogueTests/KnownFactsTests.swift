// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Catalogue

@Suite("What a pack does not know is not told as known")
struct KnownFactsTests {
    /// The last row of the sample's tariff in the province's hands.
    private static let byCouncil = ("free: yes", "setByCouncil: yes")

    @Test("An amount that the council sets is no zero: in the quote, the lists, the facet and the level")
    func council() throws {
        let pack = try SamplePack.pack(replacing: Self.byCouncil.0, with: Self.byCouncil.1)
        let day = try #require(LocalDate("2026-07-01"))
        let answers = FormAnswers([("purpose", "work"), ("copies", "3")])
        let quote = try pack.fees.quote(answers, channel: .online, on: day)
        #expect(!quote.isFree && quote.total == .zero && quote.unknown.count == 1)
        #expect(quote.words == "Phí do Hội đồng nhân dân tỉnh quy định, chưa có mức thu")
        let entry = ProcedureEntry(unpublished: pack)
        let listing = ProcedureListing(entry, by: LevelBasis(platform: .complete), on: day)
        #expect(!listing.isFree && listing.isSetByCouncil)
        #expect(listing.prices.map(\.words) == ["Phí do Hội đồng nhân dân tỉnh quy định"])
        let table = FacetTable([listing])
        #expect(table.sift([0], by: table.places(of: [.fee: "council"])).kept == [0])
        #expect(table.sift([0], by: table.places(of: [.fee: "free"])).kept.isEmpty)
        #expect(table.sift([0], by: table.places(of: [.fee: "paid"])).kept.isEmpty)
        #expect(EntryText.decode(EntryText.encode(entry.facts)) == entry.facts)
        #expect(PackEvidence(pack).hasFee)
        let kept = try JSONEncoder().encode(quote.lines)
        #expect(try JSONDecoder().decode([FeeLine].self, from: kept) == quote.lines)
    }

    @Test("Nothing says that it was compared where the pack itself names nothing to compare with")
    func hindrances() throws {
        func facts(_ old: String, _ new: String) -> [PackFact] {
            PackFact.facts(of: SamplePack.source(replacing: old, with: new))
        }
        #expect(facts("x", "x").allSatisfy { $0.hindrance == nil })
        let unknown = facts(
            "publication: yes, source: vbpl.vn",
            "publication: yes, source: Chưa tra được số và ngày của quyết định"
        )
        #expect(unknown.filter { !$0.isVerified }.map(\.hindrance) == [.unknownSource])
        let unnumbered = facts("number: 01/2025/QH15, ", "").filter { !$0.isVerified }
        #expect(unnumbered.first?.path == "legalBasis.0")
        #expect(unnumbered.count > 1 && unnumbered.allSatisfy { $0.hindrance == .unnumbered })
        let council = facts(Self.byCouncil.0, Self.byCouncil.1).filter { !$0.isVerified }
        #expect(council.map(\.hindrance) == [.setByCouncil])
        #expect(
            FactHindrance.isNumbered(nil, name: "Quyết định công bố", source: "Quyết định 12/QĐ-UBND ngày 01/02/2026")
        )
        #expect(!FactHindrance.isNumbered(nil, name: "Quyết định công bố", source: "vbpl.vn, ngày 01/02/2026"))
    }

    @Test("Every verified: no of a shipped pack turned by hand: still waiting, told by the checker, and each is named")
    func turned() throws {
        for code in ["2.000635", "1.001193", "2.000815"] {
            let pack = Repository.pack(code)
            let text = String(decoding: try #require(pack.files[PackSource.mainFile]), as: UTF8.self)
            var files = pack.files
            files[PackSource.mainFile] = Array(
                text.replacingOccurrences(of: "verified: no", with: "verified: yes").utf8
            )
            let all = PackSource(path: pack.path, files: files)
            let waiting = PackFact.facts(of: all).filter { !$0.isVerified }
            #expect(waiting.contains { $0.label.contains("Quyết định") && $0.hindrance == .unknownSource })
            let told = PackChecker().check(all).findings.filter { $0.rule == .unverifiedFact }
            #expect(told.count == waiting.count, "\(code)")
            let turned = PackFact.turned(from: pack, to: all)
            let before = PackFact.facts(of: pack).count { $0.isVerified }
            #expect(turned.count == PackFact.facts(of: all).count - waiting.count - before && !turned.isEmpty)
            #expect(PackFact.turned(from: all, to: all).isEmpty)
        }
    }

    @Test("Who must come makes a service partial, with the reason")
    func presence() throws {
        let pack = try SamplePack.pack(
            replacing: "declaredLevel: 4\n",
            with: """
                declaredLevel: 3
                presence:
                  - { at: processing, reason: Hai bên ký trước mặt công chức, source: Luật 1, verified: yes }

                """
        )
        let level = LevelAssessment.assess(LevelEvidence(pack, platform: .complete))
        #expect(level.level == .three && level.scope == .partial)
        #expect(level.missing.map(\.rawValue) == ["noPresence"])
        let words = "phải có mặt khi hồ sơ được giải quyết: Hai bên ký trước mặt công chức"
        #expect(level.ratings[1].reason == "Nộp qua mạng được, nhưng \(words)")
        let shown = PackEvidence(pack)
        #expect(PackEvidence(pieces: shown.pieces.map { $0[...] }) == shown)
        let declared = SamplePack.source(
            replacing: "declaredLevel: 4\n",
            with: "declaredLevel: 4\npresence: [{ at: filing, reason: Xuất bản chính, source: Luật, verified: yes }]\n"
        )
        #expect(PackChecker().check(declared).findings.contains { $0.rule == .levelTooHigh })
    }

    @Test("No shipped pack that wants people to come is called full", arguments: PackTests.shipped)
    func shipped(_ code: String) throws {
        let pack = try #require(PackChecker().check(Repository.pack(code)).pack)
        let level = LevelAssessment.assess(LevelEvidence(pack, platform: .complete))
        #expect(pack.presence.isEmpty || level.scope == .partial)
        let texts = (pack.requirements + pack.executionSequence).joined(separator: " ").lowercased()
        let demands = ["có mặt", "trước mặt", "vân tay", "xuất trình bản chính"].contains { texts.contains($0) }
        #expect(!demands || !pack.presence.isEmpty, "\(code) says that people come and has no presence")
    }
}
