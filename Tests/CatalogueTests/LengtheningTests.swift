// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing
import WorkingTime

/// A time limit that grows: its words, its day, and the checker.
@Suite struct LengtheningTests {
    private func limit(_ value: Int, _ unit: TimeLimitUnit) throws -> TimeLimit {
        try #require(TimeLimit(value, unit))
    }

    private func rule(_ extent: LimitLengthening.Extent) -> LimitLengthening {
        LimitLengthening(
            id: "v",
            name: "Phải xác minh",
            extent: extent,
            steps: ["examine"],
            basis: ["law"],
            place: SourcePlace(line: 1, column: 1)
        )
    }

    @Test func `people read the plain limit and the longer one`() throws {
        let (days, cutOff) = (TimeLimitUnit.workingDay, LocalTime("15:00"))
        let three = LimitPromise(limit: try limit(10, days), cutOff: nil)
        #expect(
            three.vietnamese(or: [rule(.by(try limit(3, days)))])
                == "10 ngày làm việc; 13 ngày làm việc nếu phải xác minh"
        )
        #expect(
            three.vietnamese(or: [rule(.by(try limit(25, .calendarDay)))])
                == "10 ngày làm việc; thêm 25 ngày nếu phải xác minh"
        )
        let sameDay = LimitPromise(limit: try limit(0, days), cutOff: cutOff)
        #expect(
            sameDay.vietnamese(or: [rule(.upTo(try limit(5, days)))])
                == sameDay.vietnamese + "; không quá 5 ngày làm việc nếu phải xác minh"
        )
        // A case that has as long already is not lengthened.
        #expect(three.vietnamese(or: [rule(.upTo(try limit(10, days)))]) == "10 ngày làm việc")
    }

    @Test func `the longer limit counts from the same receipt, and is never due earlier`() throws {
        var random = SeededGenerator(seed: 41)
        for round in 0..<2_000 {
            let day = try #require(LocalDate("2019-01-01")).adding(days: Int.random(in: 0..<6_000, using: &random))
            let received = Instant(day, LocalTime(secondOfDay: Int.random(in: 0..<86_400, using: &random)))
            let unit: TimeLimitUnit = [.workingDay, .calendarDay][Int.random(in: 0..<2, using: &random)]
            let other: TimeLimitUnit = [.workingDay, .calendarDay][Int.random(in: 0..<2, using: &random)]
            let cutOff = Bool.random(using: &random) ? LocalTime("15:00") : nil
            let promise = LimitPromise(limit: try limit(Int.random(in: 0...30, using: &random), unit), cutOff: cutOff)
            let more = try limit(Int.random(in: 1...30, using: &random), other)
            func due(_ rule: LimitLengthening?) throws -> Deadline {
                try promise.deadline(receivedAt: received, lengthenedBy: rule, calendar: .standard)
            }
            let (plain, longer) = (try due(nil), try due(rule(.by(more))))
            #expect(longer.dueAt >= plain.dueAt && longer.countsFrom == plain.countsFrom, "round \(round)")
            if unit == other {
                let sum = try limit(promise.limit.value + more.value, unit)
                #expect(longer.dueAt == (try due(rule(.upTo(sum)))).dueAt, "round \(round)")
            } else {
                #expect(longer.addition == more, "round \(round)")
            }
        }
    }

    @Test func `a sound one leaves the sample sound, and is read whole`() throws {
        let checked = PackChecker().check(try source(due: "2026-03-12T17:00"))
        #expect(checked.findings.map(\.description) == [])
        let pack = try #require(checked.pack)
        let rule = try #require(pack.lengthening("verification"))
        #expect(rule.extent == .by(try limit(2, .workingDay)) && rule.steps == ["examine"] && rule.basis == ["law"])
        #expect(pack.citation(of: rule) == "Luật Thử nghiệm số 01/2025/QH15")
        let due = pack.trials()[0].lines.first { $0.name.hasPrefix("Hẹn trả") }
        #expect(due?.name == "Hẹn trả, kéo dài vì phải xác minh" && due?.isRight == true)
    }

    @Test func `an example that takes it must come out on the longer day, by a way through its step`() throws {
        let wrong = PackChecker().check(try source(due: "2026-03-10T17:00")).findings
        #expect(wrong.map(\.rule) == [.exampleFails] && wrong[0].text.contains("ra 17:00 ngày 12/03/2026"))
        let elsewhere = PackChecker().check(try source(due: "2026-03-12T17:00", steps: "sign", path: "examine"))
            .findings
        #expect(elsewhere.contains { $0.rule == .exampleFails && $0.text.contains("không qua bước nào kéo dài được") })
    }

    @Test func `a clerk lengthens nothing`() throws {
        let text = String(decoding: try source(due: "2026-03-12T17:00").files[PackSource.mainFile] ?? [], as: UTF8.self)
            .replacing("role: specialist", with: "role: recordsClerk")
        let files = [PackSource.mainFile: Array(text.utf8), "result.mustache": Array(SamplePack.template.utf8)]
        let found = PackChecker().check(PackSource(path: SamplePack.code, files: files)).findings
        #expect(found.contains { $0.rule == .roleCannotAct && $0.text.contains("không kéo dài thời hạn được") })
    }

    /// The sample with a lengthening, and its first example taking it.
    private func source(due: String, steps: String = "examine", path: String = "examine, sign") throws -> PackSource {
        let old =
            "copies: 2 }\n    expect: { fee: 10000, components: [proof], dueAt: 2026-03-10T17:00, path: [examine, sign] }"
        #expect(SamplePack.yaml.contains(old))
        let new =
            "copies: 2 }\n    lengthening: verification\n    "
            + "expect: { fee: 10000, components: [proof], dueAt: \(due), path: [\(path)] }"
        let text = SamplePack.yaml.replacing(old, with: new)
            .replacing("numberOfSets: 1", with: BrokenPack.lengthening(steps: steps))
        let files = [PackSource.mainFile: Array(text.utf8), "result.mustache": Array(SamplePack.template.utf8)]
        return PackSource(path: SamplePack.code, files: files)
    }
}
