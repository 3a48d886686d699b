// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel

/// Draws packs that keep every rule, each from its own seed: forms whose questions hang on each other, tariffs that
/// change by day, channel and case, ways of work with shortcuts and returns.
struct RandomPack {
    private var dice: SeededGenerator
    private var lines: [String] = []
    private let code: String
    private let channels: [Channel]
    private var papers = 0
    /// The greatest count that prices are counted by.
    private var mostCounted = 1
    /// The question whose answer makes the case of its own, and that answer.
    private var caseOfItsOwn: (name: String, answer: String)?
    private var isOwedByAnswer: String?
    /// Questions drawn so far: name, type, name of the question that shows it with the answer that does.
    private var asked: [(name: String, type: String, shownBy: (name: String, answer: String)?)] = []

    static let template = "@document[a4]\n@title Kết quả\n@h1 KẾT QUẢ\n@p {{dossierCode}}\n"

    /// The pack of a seed.
    static func source(_ seed: UInt64) -> PackSource {
        var drawn = RandomPack(seed)
        drawn.write()
        let text = drawn.lines.joined(separator: "\n") + "\n"
        return PackSource(
            path: drawn.code,
            files: [PackSource.mainFile: Array(text.utf8), "result.mustache": Array(template.utf8)]
        )
    }

    private init(_ seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        code = "8.\(1_000_000 + seed)"
        channels = [.online] + [Channel.desk, .post].filter { _ in Bool.random(using: &dice) }
        self.dice = dice
    }

    private mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }

    private mutating func happens(_ percent: Int) -> Bool { roll(1...100) <= percent }

    private mutating func write() {
        lines += [
            "code: \(code)", "name: Thủ tục ngẫu nhiên \(code)", "summary: Để thử.", "sector: { name: Thử nghiệm }",
            "executingAgencies: [{ kind: peoplesCommittee, level: commune, name: Ủy ban nhân dân cấp xã }]",
            "validFrom: 2025-07-01", "legalBasis:",
            "  - { id: law, number: 1/2025/QH15, name: Luật, source: nguồn, verified: yes }",
            "  - { id: publication, number: 1/QĐ, name: Quyết định, publication: yes, source: nguồn, verified: yes }",
            "information:",
        ]
        lines += InformationItem.allCases.map { "  - { item: \($0.rawValue), source: nguồn, verified: yes }" }
        lines += ["executionSequence: [Nộp rồi nhận.]", "submissionMethods:"]
        for channel in channels {
            let limit = "{ value: \(roll(0...30)), unit: \(happens(70) ? "workingDay" : "calendarDay") }"
            lines += ["  - { channel: \(channel.rawValue), timeLimit: \(limit), description: Theo quy định. }"]
        }
        lines += ["numberOfSets: 1", "subjects: [citizen]"]
        writeForm()
        writeVariants()
        writePapers()
        writeFees()
        writeWork()
    }

    // MARK: - Form and papers

    private mutating func writeForm() {
        lines += ["form:", "  minutes: 5", "  declaration: Tôi cam đoan.", "  pages:"]
        for page in 0...roll(0...2) {
            lines += ["    - id: page\(page)", "      title: Trang \(page)", "      fields:"]
            for _ in 0...roll(0...5) { writeField() }
            if page == 0 { writeCounted() }
        }
    }

    /// A number that prices are counted by: always there.
    private mutating func writeCounted() {
        asked.append((name: "counted", type: "number", shownBy: nil))
        asked.append((name: "factor", type: "number", shownBy: nil))
        mostCounted = roll(2...500)
        lines += [
            "        - { id: counted, type: number, label: Số trang, required: yes, minimum: 0, maximum: \(mostCounted) }",
            "        - { id: factor, type: number, label: Số bản, required: yes, minimum: 1, maximum: 9 }",
        ]
    }

    /// A case with a time of its own, for one answer.
    private mutating func writeVariants() {
        guard happens(40), let question = closedQuestion() else { return }
        caseOfItsOwn = question
        let when = "{ field: \(question.name), equals: \(question.answer) }"
        let limit = "{ value: \(roll(1...20)), unit: workingDay }"
        lines += ["variants: [{ id: special, name: Trường hợp riêng, when: \(when), timeLimit: \(limit) }]"]
    }

    private mutating func writeField() {
        let types = [
            "text", "longText", "number", "date", "choice", "yesNo", "phone", "email", "address", "note", "choices",
            "person", "group", "unitAddress", "money", "declaration",
        ]
        let (name, type) = ("field\(asked.count)", types[roll(0...types.count - 1)])
        let shownBy = happens(50) ? closedQuestion() : nil
        var parts = ["id: \(name)", "type: \(type)", "label: Câu hỏi \(asked.count)"]
        if type == "choice" || type == "choices" {
            parts.append("options: [{ value: one, label: Một }, { value: two, label: Hai }]")
        }
        if type == "person" { parts.append("parts: [fullName, nationalID]") }
        if type == "group" {
            parts.append("rowName: Dòng, maximum: 3, fields: [{ id: item, type: text, label: Tên, required: yes }]")
        }
        if type == "phone" { parts.append("prefill: { from: phone, locked: no }") }
        if let shownBy { parts.append("visibleWhen: { field: \(shownBy.name), equals: \(shownBy.answer) }") }
        let isRequired = type != "note" && happens(50)
        parts.append("required: \(isRequired ? "yes" : "no")")
        if !isRequired, type != "note", happens(30), let other = closedQuestion(), other.name != shownBy?.name {
            parts.append("requiredWhen: { field: \(other.name), equals: \(other.answer) }")
        }
        lines.append("        - { \(parts.joined(separator: ", ")) }")
        asked.append((name: name, type: type, shownBy: shownBy))
    }

    /// A question with few answers that is always asked, and one of its answers; nil while there is none.
    private mutating func closedQuestion() -> (name: String, answer: String)? {
        let closed = asked.filter {
            ["choice", "yesNo"].contains($0.type) && $0.shownBy == nil && $0.name != isOwedByAnswer
        }
        guard !closed.isEmpty else { return nil }
        let question = closed[roll(0...closed.count - 1)]
        let answers = question.type == "choice" ? ["one", "two"] : ["yes", "no"]
        return (question.name, answers[roll(0...1)])
    }

    private mutating func writePapers() {
        let count = roll(0...3)
        papers = count
        lines.append(count == 0 ? "components: []" : "components:")
        for number in 0..<count {
            let when = closedQuestion().map { ", requiredWhen: { field: \($0.name), equals: \($0.answer) }" } ?? ""
            let copies = "{ original: 1, electronic: 1 }"
            lines.append("  - { id: paper\(number), name: Giấy \(number), copies: \(copies), required: no\(when) }")
        }
    }

    // MARK: - Fees

    private mutating func writeFees() {
        let count = roll(0...3)
        lines.append(count == 0 ? "fees: []" : "fees:")
        defer { isOwedByAnswer = nil }
        for number in 0..<count {
            lines += [
                "  - id: fee\(number)", "    name: Khoản \(number)", "    kind: \(happens(50) ? "fee" : "charge")",
            ]
            lines.append("    collected: \(happens(50) ? "beforeIntake" : "afterDecision")")
            isOwedByAnswer = nil
            if happens(30), let owed = closedQuestion() {
                lines.append("    owedWhen: { field: \(owed.name), equals: \(owed.answer) }")
                // Rows and exemptions for another answer of the same question would be for nobody.
                isOwedByAnswer = owed.name
            }
            lines.append("    rules:")
            var start = "2025-01-01"
            for (end, next) in [("2026-03-31", "2026-04-01"), ("2027-12-31", "2028-01-01")].prefix(roll(0...2)) {
                writeRules(from: start, to: end)
                start = next
            }
            writeRules(from: start, to: nil)
            if happens(40), let case_ = closedQuestion() {
                lines += [
                    "    exemptions:",
                    "      - { id: some, name: Được giảm, when: { field: \(case_.name), equals: \(case_.answer) }, "
                        + "percent: \(roll(1...100)), basis: [law], verified: yes }",
                ]
            }
        }
    }

    /// The rows of a period: for one case before the general ones, then for all channels or for each.
    private mutating func writeRules(from start: String, to end: String?) {
        let period = "validFrom: \(start)" + (end.map { ", validTo: \($0)" } ?? "")
        if happens(30), let special = closedQuestion() {
            writeRule(period, "when: { field: \(special.name), equals: \(special.answer) }, ")
        }
        if happens(50) {
            writeRule(period, "")
        } else {
            for channel in channels { writeRule(period, "channels: [\(channel.rawValue)], ") }
        }
    }

    private mutating func writeRule(_ period: String, _ what: String) {
        let price = roll(1...90) * 500
        var counted = "price: \(price), field: counted"
        if happens(40) { counted += ", tiers: [{ from: 2, price: \(roll(1...90) * 500) }]" }
        // Less than the dearest, which costs 500 đ at least for each.
        if happens(40) { counted += ", cap: \(499 * (mostCounted - 1))" }
        if happens(40) { counted += ", times: factor" }
        let amounts = ["free: yes", "fixed: \(roll(1...500) * 1_000)", "perUnit: { \(counted) }"]
        lines.append("      - { \(period), \(what)\(amounts[roll(0...2)]), basis: [law], verified: yes }")
    }

    // MARK: - Work

    private mutating func writeWork() {
        let last = roll(1...5)
        lines += ["workflow:", "  automaticReceive: \(happens(20) ? "yes" : "no")", "  steps:"]
        for step in 0...last {
            let isLast = step == last
            let role =
                isLast ? "leader" : step == 0 ? "specialist" : ["specialist", "unitHead", "deskOfficer"][roll(0...2)]
            var actions =
                isLast
                ? ["{ action: grant\(guards()) }", "{ action: refuse }"] : ["{ action: advance, to: step\(step + 1) }"]
            if step == 0 { actions.append("{ action: draftResult }") }
            if step + 2 <= last, happens(40) {
                actions.append("{ action: advance, to: step\(roll(step + 2...last))\(guards()) }")
            }
            if step > 0, happens(60) {
                actions.append("{ action: sendBack, to: step\(roll(0...step - 1))\(guards()) }")
            }
            let words = ["head", "leastOpen", "same"]
            let hands =
                ["specialist", "deskOfficer"].contains(role) && happens(50)
                ? "assignment: \(words[roll(0...2)]), " : ""
            lines.append(
                "    - { id: step\(step), name: Bước \(step), role: \(role), \(hands)lane: \(isLast ? "signing" : "processing"), "
                    + "share: \(100 / (last + 1)), actions: [\(actions.joined(separator: ", "))] }"
            )
        }
        lines += [
            "result: { name: Kết quả, kind: confirmation, template: result.mustache, deliveryWays: [online] }",
            "notices: [{ event: received, ways: [mail] }]",
            "retention: { years: 5, source: nguồn, verified: yes }", "declaredLevel: \(roll(1...4))", "examples:",
            "  - name: Một đường",
            "    channel: online", "    receivedAt: 2026-05-04T08:30", "    answers: \(exampleAnswers(special: false))",
            "    expect: { path: [\((0...last).map { "step\($0)" }.joined(separator: ", "))] }",
        ]
        guard caseOfItsOwn != nil else { return }
        lines += [
            "  - name: Trường hợp riêng",
            "    channel: online", "    receivedAt: 2026-05-04T08:30", "    answers: \(exampleAnswers(special: true))",
            "    expect: { variant: special }",
        ]
    }

    /// Guards of an action beside which there is another way, or none.
    private mutating func guards() -> String {
        guard happens(50) else { return "" }
        var all: [String] = []
        if let asked = closedQuestion() { all.append("when: { field: \(asked.name), equals: \(asked.answer) }") }
        if happens(50) { all.append("when: { field: counted, atLeast: 1 }") }
        if papers > 0, happens(30) { all.append("paper: paper\(roll(0...papers - 1))") }
        return all.isEmpty ? "" : ", guards: [\(all.map { "{ \($0), reason: Chưa được. }" }.joined(separator: ", "))]"
    }

    /// Answers to all that is shown, in the order of the form; on request those of the case of its own.
    private mutating func exampleAnswers(special: Bool) -> String {
        var given: [String: String] = [:]
        var parts: [String] = []
        for question in asked where question.shownBy.map({ given[$0.name] == $0.answer }) ?? true {
            let all = RandomPack.answers(question.name, question.type, &dice)
            for (name, answer) in all {
                let isCase = special && caseOfItsOwn?.name == name
                given[name] = isCase ? caseOfItsOwn?.answer ?? answer : answer
                parts.append("\(name): \(given[name] ?? "")")
            }
        }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    /// Answers that a question takes, by name; none where nothing is asked.
    static func answers(_ name: String, _ type: String, _ dice: inout SeededGenerator) -> [(String, String)] {
        switch (name, type) {
        case ("counted", _), ("factor", _): return [(name, "1")]
        case (_, "person"): return [("\(name).fullName", "Nguyễn An"), ("\(name).nationalID", "089090001234")]
        case (_, "group"): return [("\(name).1.item", "Ghế"), ("\(name).2.item", "Bàn")]
        default: return answer(type, &dice).map { [(name, $0)] } ?? []
        }
    }

    /// An answer that a question of this type takes; nil where nothing is asked.
    private static func answer(_ type: String, _ dice: inout SeededGenerator) -> String? {
        switch type {
        case "choice", "choices": Bool.random(using: &dice) ? "one" : "two"
        case "yesNo": Bool.random(using: &dice) ? "yes" : "no"
        case "declaration": "yes"
        case "number": String(Int.random(in: 0...1, using: &dice))
        case "money": String(Int.random(in: 0...9, using: &dice) * 1_000)
        case "date": "2026-0\(Int.random(in: 1...9, using: &dice))-1\(Int.random(in: 0...9, using: &dice))"
        case "phone": "091234567\(Int.random(in: 0...9, using: &dice))"
        case "email": "a\(Int.random(in: 0...99, using: &dice))@example.vn"
        case "note": nil
        default: "Chữ \(Int.random(in: 0...99, using: &dice))"
        }
    }
}
