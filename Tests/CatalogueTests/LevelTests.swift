// SPDX-License-Identifier: Apache-2.0

import Foundation
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import Catalogue

@Suite("The level of a service is what its evidence shows")
struct LevelTests {
    private static let whole = PlatformEvidence(https: true, onlinePayment: true, onlineSigning: true)

    private func assess(_ change: (inout LevelEvidence) -> Void) throws -> LevelAssessment {
        var evidence = LevelEvidence(try SamplePack.pack(), platform: Self.whole)
        change(&evidence)
        return LevelAssessment.assess(evidence)
    }

    @Test("The highest level whose conditions all hold; the next one says what it lacks")
    func levels() throws {
        func expect(
            _ level: ServiceLevel?,
            _ missing: [LevelCondition],
            _ change: (inout LevelEvidence) -> Void
        ) throws {
            let found = try assess(change)
            #expect(found.level == level)
            #expect(found.missing == missing)
        }
        try expect(.four, []) { _ in }
        try expect(.three, [.onlinePayment]) { $0.onlinePayment = false }
        try expect(.four, []) { ($0.onlinePayment, $0.hasFee) = (false, false) }
        try expect(.three, [.onlineResult]) { $0.onlineResult = false }
        try expect(.two, [.eForm, .https]) { ($0.https, $0.eForm) = (false, false) }
        try expect(.one, [.formsDownloadable]) { $0.formsDownloadable = false }
        try expect(.four, []) { ($0.formsDownloadable, $0.eForm, $0.hasForm) = (false, false, false) }
        try expect(nil, [.infoItems]) { $0.infoItems = 10 }
        let bare = try assess { ($0.infoItems, $0.https, $0.onlineResult) = (10, false, false) }
        #expect(bare.missingForTheHighest == [.infoItems, .https, .onlineResult])
        #expect(bare.next == .one)
        #expect(try assess { _ in }.next == nil)
    }

    @Test("The rule of the standard, over every record of evidence there can be")
    func formula() {
        for bits in 0..<(1 << 11) {
            func bit(_ number: Int) -> Bool { bits >> number & 1 == 1 }
            let record = LevelEvidence(
                infoItems: bit(0) ? 11 : 10,
                hasForm: bit(1),
                formsDownloadable: bit(2),
                eForm: bit(3),
                attachments: bit(4),
                dbStored: bit(5),
                processedOnline: bit(6),
                https: bit(7),
                hasFee: bit(8),
                onlinePayment: bit(9),
                onlineResult: bit(10)
            )
            let one = record.infoItems == 11
            let two = one && (record.formsDownloadable || !record.hasForm)
            let three =
                two && (record.eForm || !record.hasForm) && record.attachments && record.dbStored
                && record.processedOnline && record.https
            let four = three && (record.onlinePayment || !record.hasFee) && record.onlineResult
            let level: Int? = four ? 4 : three ? 3 : two ? 2 : one ? 1 : nil
            let found = LevelAssessment.assess(record)
            #expect(found.level?.rawValue == level, "\(record)")
            #expect(found.missing.isEmpty == four)
            #expect(found.findings.map(\.condition) == LevelCondition.allCases)
            #expect(found.findings.allSatisfy { !$0.evidence.isEmpty && !$0.evidence.hasSuffix(".") })
            #expect(found.ratings.map(\.scheme) == LevelScheme.allCases)
            for declared in ServiceLevel.allCases {
                #expect(found.isAlarm(declared: declared) == (declared.rawValue > level ?? 0))
            }
        }
    }

    @Test("Each condition shows what was found")
    func evidence() throws {
        let use = ServiceUse(
            submitted: 1_030,
            submittedOnline: 412,
            settled: 400,
            settledOnline: 390,
            delivered: 1_000,
            deliveredOnline: 7
        )
        let found = try assess { $0.use = use }
        #expect(
            found.findings.map(\.evidence) == [
                "11/11 nội dung", "Tờ khai đã điền in ra được và được nhận như bản giấy", "Tờ khai điền được trên mạng",
                "1/1 loại giấy tờ gửi được bằng tệp", "1.030 hồ sơ trong cơ sở dữ liệu trong 12 tháng",
                "1.000 kết quả đã trả, mọi bước có trong nhật ký hệ thống", "Địa chỉ cổng dùng HTTPS",
                "Cổng thanh toán đã cấu hình; 390/400 khoản đã nộp trực tuyến trong 12 tháng",
                "Kết quả lập theo mẫu, ký số và trả qua mạng; 7/1.000 kết quả đã trả qua mạng trong 12 tháng",
                "Thủ tục không ghi lúc nào phải có mặt",
            ]
        )
        let fresh = try assess { $0.use = ServiceUse() }.findings.first { $0.condition == .dbStored }
        #expect(fresh?.evidence == "Hồ sơ vào cơ sở dữ liệu khi nộp; chưa có hồ sơ nào trong 12 tháng")
        let poor = try assess {
            ($0.infoItems, $0.missingItems, $0.hasFee) = (10, ["Tên thủ tục"], false)
            ($0.formsDownloadable, $0.eForm, $0.dbStored, $0.processedOnline) = (false, false, false, false)
            ($0.https, $0.onlineResult) = (false, false)
        }
        #expect(
            poor.findings.map(\.evidence) == [
                "10/11 nội dung, thiếu: Tên thủ tục", "Không có tệp mẫu, không in được tờ khai",
                "Tờ khai chưa mở trên mạng", "1/1 loại giấy tờ gửi được bằng tệp", "Hồ sơ chưa vào cơ sở dữ liệu",
                "Các bước giải quyết chưa làm trên hệ thống", "Địa chỉ cổng chưa dùng HTTPS",
                "Thủ tục không thu phí, lệ phí", "Kết quả chưa ký số và trả qua mạng được",
                "Thủ tục không ghi lúc nào phải có mặt",
            ]
        )
    }

    @Test("What is configured and was never done in ten occasions does not hold")
    func practice() throws {
        func level(_ use: ServiceUse) throws -> ServiceLevel? { try assess { $0.use = use }.level }
        #expect(try level(ServiceUse()) == .four)
        #expect(try level(ServiceUse(settled: 9, delivered: 9)) == .four)
        #expect(try level(ServiceUse(settled: 10)) == .three)
        #expect(try level(ServiceUse(settled: 1_000, settledOnline: 1)) == .four)
        #expect(try level(ServiceUse(delivered: 10)) == .three)
        let paid = try assess { $0.use = ServiceUse(settled: 10) }
        #expect(paid.missing == [.onlinePayment])
        let free = try assess { ($0.use, $0.hasFee) = (ServiceUse(settled: 10), false) }
        #expect(free.level == .four)
    }

    @Test("Thirty of a hundred online choose a service for level 4, and are no condition of a level")
    func upgrade() throws {
        func words(_ online: Int64, of all: Int64) throws -> String? {
            try assess {
                $0.onlineResult = false
                $0.use = ServiceUse(submitted: all, submittedOnline: online)
            }
            .upgradeWords
        }
        #expect(
            try words(412, of: 1_030)
                == "412/1.030 hồ sơ nộp qua mạng trong 12 tháng (40 %): đủ 30 % để chọn nâng lên mức độ 4"
        )
        #expect(try words(3, of: 10)?.contains(": đủ 30 %") == true)
        #expect(try words(299, of: 1_000)?.contains("(29 %): chưa đủ 30 %") == true)
        #expect(try words(0, of: 0) == "Chưa có hồ sơ nào trong 12 tháng: cần có hồ sơ để xét nâng lên mức độ 4")
        let four = try assess { $0.use = ServiceUse(submitted: 1_000, submittedOnline: 0) }
        #expect(four.level == .four)
        #expect(four.upgradeWords == nil)
        #expect(try assess { $0.onlineResult = false }.upgradeWords == nil)
    }

    @Test("Three schemes side by side")
    func schemes() throws {
        func scope(_ change: (inout LevelEvidence) -> Void) throws -> OnlineScope { try assess(change).scope }
        #expect(try scope { _ in } == .full)
        #expect(try scope { ($0.onlineResult, $0.resultByPost) = (false, true) } == .full)
        #expect(try scope { ($0.onlineResult, $0.resultByPost) = (false, false) } == .partial)
        #expect(try scope { $0.onlinePayment = false } == .partial)
        #expect(
            try scope {
                ($0.onlinePayment, $0.hasFee, $0.onlineResult, $0.resultByPost) = (false, false, false, true)
            } == .full
        )
        #expect(try scope { $0.https = false } == .information)
        let partial = try assess { $0.onlinePayment = false }.ratings
        #expect(partial.map(\.code) == ["3", "partial", nil])
        #expect(partial.map(\.words) == ["Mức độ 3", "Một phần", "Chưa đạt mức 1"])
        #expect(partial[1].reason == "Nộp qua mạng được, nhưng chưa nộp phí, lệ phí trực tuyến được")
        #expect(partial[2].reason.hasPrefix("Chưa nhắc người dân"))
        func grade(_ acts: Set<ProactiveGrade>) throws -> ProactiveGrade? {
            try assess { $0.proactiveActs = acts }.proactive
        }
        #expect(try grade([]) == nil)
        #expect(try grade([.prepares, .acts]) == nil)
        #expect(try grade([.reminds, .prepares, .acts]) == .prepares)
        #expect(try grade(Set(ProactiveGrade.allCases)) == .acts)
    }

    @Test(
        "The service asks for twelve months, keeps the counts a while, and plans come from packs",
        arguments: TestStores.all
    )
    func service(on engine: Engine) async throws {
        try await withStore(engine, migrations: JournalSchema.migrations + CatalogueService.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let catalogue = CatalogueService(store: store, clock: time.clock, platform: Self.whole)
            try await catalogue.publish(
                SamplePack.source(
                    replacing: "declaredLevel: 4\n",
                    with: "declaredLevel: 4\ntarget: { level: 4, quarter: 2026-Q3, owner: Sở Thử }\n"
                )
            )
            let asked = Asked()
            let service = LevelService(
                catalogue: catalogue,
                source: { since in
                    await asked.add(since)
                    return [SamplePack.code: ServiceUse(settled: 10)]
                },
                clock: time.clock
            )
            let line = try #require(try await service.roadmap().lines.first)
            #expect(line.assessment.level == .three)
            #expect(line.isAlarm)
            #expect(line.openTarget?.owner == "Sở Thử")
            let pack = try #require(try await catalogue.current(SamplePack.code, on: try day("2026-03-05"))?.pack)
            #expect(try await service.assessment(of: pack) == line.assessment)
            let first = try day("2025-03-06")
            #expect(await asked.days == [first])
            time.advance(seconds: 300)
            _ = try await service.roadmap()
            #expect(await asked.days == [first, first])
        }
    }

    @Test("Lists, facets, the page and the roadmap show one level: the computed one, and no pack is read for it")
    func oneRule() async throws {
        try await withStore(.sqlite, migrations: JournalSchema.migrations + CatalogueService.migrations) { store in
            let time = TestClock(at: try #require(Instant("2026-03-05T08:00")))
            let writer = CatalogueService(store: store, clock: time.clock, unverified: .offer)
            for code in PackTests.codes { try await writer.publish(Repository.pack(code)) }
            let today = time.clock.today
            let poor = PlatformEvidence(https: true, onlinePayment: false, onlineSigning: true)
            let use = UseBook()
            for platform in [Self.whole, poor] {
                let catalogue = CatalogueService(store: store, clock: time.clock, platform: platform)
                try await catalogue.refresh()
                let service = LevelService(catalogue: catalogue, source: { _ in await use.use }, clock: time.clock)
                for neverDelivered in [false, true] {
                    await use.set(neverDelivered ? ["2.000635": ServiceUse(delivered: 10)] : [:])
                    time.advance(seconds: 301)
                    try await service.refresh()
                    let lines = try await service.roadmap().lines
                    #expect(lines.count == PackTests.codes.count && catalogue.memory.misses == 0)
                    let found = catalogue.find(FindingQuestion(limit: 100), on: today)
                    for line in lines {
                        let listing = try #require(catalogue.listing(line.code, on: today))
                        #expect(listing.level == line.assessment.level && listing.scope == line.assessment.scope)
                        #expect(found.listings.contains(listing))
                    }
                    for scope in OnlineScope.allCases {
                        let count = found.facets[.level].first { $0.choice.key == scope.rawValue }?.count ?? 0
                        #expect(count == lines.count { $0.assessment.scope == scope })
                    }
                    let line = try #require(lines.first { $0.code == "2.000635" })
                    #expect(line.assessment.level == (neverDelivered || platform == poor ? .three : .four))
                }
                // What `motcua assess` says of the files, where nobody counts.
                await use.set([:])
                time.advance(seconds: 301)
                for line in try await service.roadmap().lines {
                    let pack = try #require(PackChecker().check(Repository.pack(line.code)).pack)
                    let bare = LevelBasis(platform: platform).assessment(pack.code, PackEvidence(pack))
                    #expect(line.assessment.level == bare.level && line.target == pack.target)
                    #expect(try await service.assessment(of: pack) == line.assessment)
                }
            }
        }
    }
}

private actor UseBook {
    var use: [String: ServiceUse] = [:]
    func set(_ new: [String: ServiceUse]) { use = new }
}

private actor Asked {
    var days: [LocalDate] = []
    func add(_ day: LocalDate) { days.append(day) }
}
