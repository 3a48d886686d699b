// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Catalogue

@Suite("Fee rules, conditions and templates")
struct FeeTests {
    private func quote(_ pairs: [(String, String)], _ channel: Channel, _ on: String) throws -> FeeQuote {
        try SamplePack.pack().fees.quote(FormAnswers(pairs), channel: channel, on: try day(on))
    }

    @Test("The tariff of the day and the channel decides")
    func tariff() throws {
        let work = [("purpose", "work"), ("copies", "3")]
        #expect(try quote(work, .online, "2026-06-30").total == VND(15_000))
        #expect(try quote(work, .online, "2026-07-01").isFree)
        #expect(try quote(work, .desk, "2026-07-01").total == VND(7_000))
        let line = try #require(try quote(work, .online, "2026-06-30").lines.first)
        #expect(line.unitPrice == VND(5_000))
        #expect(line.count == 3)
        #expect(line.kind == .fee)
        #expect(line.basis == ["law"])
        #expect(line.exemption == nil)
        #expect(FeeKind.fee.freeText == "Miễn phí")
        #expect(FeeKind.charge.freeText == "Miễn lệ phí")
    }

    @Test("A reduction is applied once and named; a free line needs none")
    func exemption() throws {
        let study = [("purpose", "study"), ("copies", "3")]
        let line = try #require(try quote(study, .online, "2026-06-30").lines.first)
        #expect(line.amount == VND(7_500))
        #expect(line.exemption == "Học sinh")
        #expect(try quote(study, .online, "2026-07-01").lines.first?.exemption == nil)
    }

    @Test("What no amount can be told for is said with the field")
    func refusals() throws {
        #expect(throws: FeeError.missingAnswer(field: "copies")) {
            try quote([("purpose", "work")], .online, "2026-03-05")
        }
        #expect(throws: FeeError.countOutOfRange(field: "copies")) {
            try quote([("copies", "1000001")], .online, "2026-03-05")
        }
        #expect(throws: FeeError.countOutOfRange(field: "copies")) {
            try quote([("copies", "-1")], .online, "2026-03-05")
        }
        #expect(throws: FeeError.noRule(item: "paperFee")) { try quote([("copies", "1")], .online, "2024-12-31") }
        #expect(throws: FeeError.noRule(item: "paperFee")) { try quote([("copies", "1")], .post, "2026-07-01") }
        #expect(FeeError.missingAnswer(field: "copies").field == "copies")
    }

    @Test("Conditions: each operator, empty answers, channel, and, or, not")
    func conditions() throws {
        func holds(_ condition: String, _ pairs: [(String, String)]) throws -> Bool {
            let pack = try SamplePack.pack(
                replacing: "requiredWhen: { field: purpose, equals: work }",
                with: "requiredWhen: \(condition)"
            )
            let context = ConditionContext(
                answers: FormAnswers(pairs),
                channel: .online,
                today: try day("2026-03-05")
            )
            return pack.components(context).first?.isRequired ?? false
        }
        // The examples of the sample expect the paper when purpose is work, and only then.
        func also(_ condition: String, _ pairs: [(String, String)]) throws -> Bool {
            try holds(
                "{ any: [{ field: purpose, equals: work }, { all: [{ field: startDate, answered: yes }, \(condition)] }] }",
                pairs + [("startDate", "2026-03-05")]
            )
        }
        #expect(try also("{ field: purpose, oneOf: [study, work] }", [("purpose", "study")]))
        #expect(try !also("{ field: purpose, noneOf: [study] }", [("purpose", "study")]))
        #expect(try !also("{ field: purpose, noneOf: [study] }", []))
        #expect(try also("{ field: purpose, answered: no }", []))
        #expect(try also("{ not: { field: purpose, notEquals: study } }", [("purpose", "study")]))
        #expect(try also("{ field: copies, atLeast: 3 }", [("copies", "3")]))
        #expect(try !also("{ field: copies, greaterThan: 3 }", [("copies", "3")]))
        #expect(try also("{ field: copies, atMost: 3 }", [("copies", "3")]))
        #expect(try !also("{ field: copies, lessThan: 3 }", [("copies", "3")]))
        #expect(try also("{ field: startDate, notAfter: today }", []))
        #expect(try !also("{ field: startDate, before: today }", []))
        #expect(try also("{ field: startDate, notBefore: { daysBeforeToday: 1 } }", []))
        #expect(try also("{ field: startDate, before: { daysAfterToday: 1 } }", []))
        #expect(try also("{ field: startDate, after: 2026-03-04 }", []))
        #expect(try also("{ field: startDate, notBefore: { field: startDate } }", []))
        #expect(try also("{ channel: [online] }", []))
        #expect(try !also("{ channel: [desk, post] }", []))
        #expect(try also("{ any: [{ channel: [desk] }, { field: copies, equals: 3 }] }", [("copies", "3")]))
    }
}
