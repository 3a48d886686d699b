// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing

@Suite("Random packs that keep the rules")
struct RandomPackTests {
    private static let seeds: Range<UInt64> = 0..<300

    private static func pack(_ seed: UInt64) throws -> ProcedurePack {
        let checked = PackChecker().check(RandomPack.source(seed))
        try #require(checked.isSound, "seed \(seed): \(checked.findings.map(\.description))")
        return try #require(checked.pack)
    }

    @Test("load without a finding")
    func load() {
        for seed in Self.seeds {
            let findings = PackChecker().check(RandomPack.source(seed)).findings
            #expect(findings.map(\.description) == [], "seed \(seed)")
        }
    }

    @Test("quote a fee, never negative, for every sound form, channel and day")
    func quote() throws {
        for seed in Self.seeds {
            let pack = try Self.pack(seed)
            let form = try #require(pack.form)
            var dice = SeededGenerator(seed: seed)
            var sound = 0
            for _ in 0..<20 {
                var answers = FormAnswers()
                for field in form.fields {
                    for (name, answer) in RandomPack.answers(field.id, field.type.rawValue, &dice) {
                        answers[name] = answer
                    }
                }
                let today = pack.validFrom.adding(days: Int.random(in: 0...1_500, using: &dice))
                let channel = try #require(pack.channels.randomElement(using: &dice))
                let checked = form.validate(answers, .whole, ValidationContext(today: today, channel: channel))
                guard checked.isSound else { continue }
                sound += 1
                let context = ConditionContext(answers: checked.answers, channel: channel, today: today)
                let quote = try pack.fees.quote(form.effectiveAnswers(context), channel: channel, on: today)
                #expect(quote.lines.allSatisfy { $0.amount >= .zero }, "seed \(seed)")
            }
            #expect(sound > 0, "seed \(seed) never takes an answer")
        }
    }

    @Test("lead from every step to a decision, by whatever ways are taken")
    func work() throws {
        for seed in Self.seeds {
            let pack = try Self.pack(seed)
            var dice = SeededGenerator(seed: seed)
            var answers = FormAnswers()
            for field in pack.form?.fields ?? [] {
                for (name, answer) in RandomPack.answers(field.id, field.type.rawValue, &dice) {
                    answers[name] = answer
                }
            }
            let known = ConditionContext(answers: answers, channel: .online, today: pack.validFrom)
            for start in pack.workflow.steps {
                var step = start
                var taken = 0
                while !step.actions.contains(where: { $0.kind == .grant }), taken < 10_000 {
                    let open = step.actions.filter { action in
                        action.guards.allSatisfy { rule in
                            if case .answers(let condition) = rule.test { condition.holds(in: known) } else { true }
                        }
                    }
                    let ways = open.compactMap(\.target)
                    let next = try #require(ways.randomElement(using: &dice), "seed \(seed): stuck in \(step.id)")
                    step = try #require(pack.workflow.step(next))
                    taken += 1
                }
                #expect(step.actions.contains { $0.kind == .grant }, "seed \(seed) from \(start.id)")
            }
        }
    }

    @Test("lose a line and are refused or stay whole, but never stop the checker")
    func damaged() {
        for seed in Self.seeds.prefix(30) {
            let source = RandomPack.source(seed)
            let lines = String(decoding: source.files[PackSource.mainFile] ?? [], as: UTF8.self).split(separator: "\n")
            for index in lines.indices {
                var less = lines
                less.remove(at: index)
                var files = source.files
                files[PackSource.mainFile] = Array(less.joined(separator: "\n").utf8)
                let checked = PackChecker().check(PackSource(path: source.path, files: files))
                #expect(
                    checked.isSound == !checked.findings.contains(where: \.isError),
                    "seed \(seed), line \(index + 1)"
                )
            }
        }
    }
}
