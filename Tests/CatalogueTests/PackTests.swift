// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Foundation
import Kernel
import Testing
import WorkingTime

@Suite("The packs of the repository")
struct PackTests {
    /// What each pack must be, said once more beside it.
    struct Facts: Sendable {
        let channels: Set<Channel>
        let roles: [StepRole]
        let limit: String
        let cutOff: LocalTime?
        let level: ServiceLevel
    }

    static let facts: [String: Facts] = [
        "1.001193": Facts(
            channels: Set(Channel.allCases),
            roles: [.specialist, .leader],
            limit: "trong ngày",
            cutOff: LocalTime(hour: 15, minute: 0),
            level: .four
        ),
        "1.001612": Facts(
            channels: Set(Channel.allCases),
            roles: [.specialist, .leader],
            limit: "3 ngày làm việc",
            cutOff: nil,
            level: .four
        ),
        "1.004222": Facts(
            channels: [.desk, .online],
            roles: [.specialist, .specialist, .leader],
            limit: "7 ngày làm việc",
            cutOff: nil,
            level: .four
        ),
        "1.013225": Facts(
            channels: Set(Channel.allCases),
            roles: [.specialist, .specialist, .unitHead, .leader],
            limit: "15 ngày làm việc",
            cutOff: nil,
            level: .four
        ),
        "2.000635": Facts(
            channels: Set(Channel.allCases),
            roles: [.specialist, .leader],
            limit: "trong ngày",
            cutOff: LocalTime(hour: 15, minute: 0),
            level: .four
        ),
        "2.000815": Facts(
            channels: [.desk, .online],
            roles: [.specialist, .leader],
            limit: "trong ngày",
            cutOff: LocalTime(hour: 15, minute: 0),
            level: .three
        ),
    ]
    static let codes = facts.keys.sorted()
    /// Every pack of the repository.
    static let shipped: [String] = {
        let packs = try? PackSource.packs(inFolder: "\(Repository.root)/procedures")
        return (packs ?? []).map(\.folderName)
    }()

    @Test("Sound, with their examples; what is not verified is said so", arguments: codes)
    func sound(_ code: String) throws {
        let checked = PackChecker().check(Repository.pack(code))
        #expect(checked.findings.filter(\.isError).map(\.description) == [])
        #expect(checked.isSound)
        #expect(Set(checked.findings.map(\.rule)) == [.unverifiedFact])
        let pack = try #require(checked.pack)
        let facts = try #require(PackTests.facts[code])
        #expect(pack.code == code)
        #expect(pack.publishedInformation == Set(InformationItem.allCases))
        #expect(pack.channels == facts.channels)
        #expect(pack.workflow.steps.map(\.role) == facts.roles)
        #expect(pack.method(.online)?.timeLimit.vietnamese == facts.limit)
        #expect(pack.method(.online)?.cutOff == facts.cutOff)
        #expect(pack.declaredLevel == facts.level)
        // At least three cases, one of them of bad input.
        #expect(pack.examples.count >= 3)
        #expect(pack.examples.contains { $0.expect.problems?.isEmpty == false })
    }

    @Test("Who executes: the commune, its police, or the department that is named")
    func executingAgencies() throws {
        let found = try PackTests.codes.map { code in
            let pack = try #require(PackChecker().check(Repository.pack(code)).pack)
            return pack.executingAgencies.map { "\($0.kind) \($0.level) \($0.name)" }
        }
        let commune = ["peoplesCommittee commune Ủy ban nhân dân cấp xã"]
        #expect(
            found == [
                commune, commune, ["police commune Công an cấp xã"], ["department province Sở Xây dựng"], commune,
                commune,
            ]
        )
    }

    @Test("Every folder of procedures/ is a pack, and all are sound together")
    func wholeFolder() throws {
        let checked = PackChecker().check(try PackSource.packs(inFolder: "\(Repository.root)/procedures"))
        #expect(checked.count == 42)
        #expect(Set(PackTests.codes).isSubset(of: checked.map(\.source.folderName)))
        #expect(checked.allSatisfy { $0.isSound })
        #expect(Set(checked.flatMap(\.findings).map(\.rule)) == [.unverifiedFact])
        for pack in checked.compactMap(\.pack) {
            #expect(pack.publishedInformation == Set(InformationItem.allCases), "\(pack.code)")
            #expect(pack.examples.count >= 3, "\(pack.code)")
            #expect(pack.examples.contains { $0.expect.problems?.isEmpty == false }, "\(pack.code)")
            #expect(pack.channels.isSuperset(of: [.desk, .online]), "\(pack.code)")
        }
    }

    @Test("Random valid answers always quote without gaps and never negative", arguments: shipped)
    func quotesEverything(_ code: String) throws {
        let pack = try #require(PackChecker().check(Repository.pack(code)).pack)
        let form = try #require(pack.form)
        var generator = SeededGenerator(seed: 20_250_701)
        for _ in 0..<400 {
            let channel = try #require(
                pack.channels.sorted { $0.rawValue < $1.rawValue }.randomElement(using: &generator)
            )
            let today = try day("2025-07-01").adding(days: Int.random(in: 0...2_000, using: &generator))
            let context = ValidationContext(today: today, channel: channel)
            let typed = RandomAnswers.make(for: form, context, &generator)
            let check = form.validate(typed, .whole, context)
            // Dates between two bounds and short texts are not always met by chance; what is left must still be quoted.
            if PackTests.facts[code] != nil { #expect(check.problems == [], "answers \(typed.pairs)") }
            let answers = form.effectiveAnswers(.init(answers: check.answers, channel: channel, today: today))
            let quote = try pack.fees.quote(answers, channel: channel, on: today)
            let owed = pack.fees.items.allSatisfy { $0.owedWhen == nil }
            #expect(!owed || quote.lines.count == pack.fees.items.count)
            #expect(quote.lines.allSatisfy { $0.amount >= .zero })
            #expect(quote.total == quote.total(at: .beforeIntake) + quote.total(at: .afterDecision))
            #expect(try quote.total == PackTests.expectedFee(code, answers, channel))
            // What is canonical stays as it is.
            #expect(form.validate(check.answers, .whole, context) == check)
        }
    }

    /// What the law asks for, counted apart from the packs.
    private static func expectedFee(_ code: String, _ answers: FormAnswers, _ channel: Channel) throws -> VND {
        func number(_ field: String) throws -> Int64 { try #require(Int64(answers[field] ?? "")) }
        switch code {
        case "1.001612": return channel == .online ? .zero : VND(100_000)
        case "1.004222":
            guard answers["exemptKind"] == "none" else { return .zero }
            return channel == .online ? VND(10_000) : VND(20_000)
        case "1.004194", "1.002755":
            guard answers["exemptKind"] == "none" else { return .zero }
            return channel == .online ? VND(7_000) : VND(15_000)
        case "1.004873", "1.013227": return VND(15_000)
        case "1.010038":
            guard answers["exemptKind"] == "none" else { return .zero }
            return channel == .online ? VND(5_000) : VND(10_000)
        case "1.013225", "2.001016": return VND(50_000)
        case "2.000200":
            switch (answers["kind"], answers["exchangeReason"]) {
            case ("convert", _): return VND(30_000)
            case ("reissue", _): return VND(70_000)
            case ("exchange", "age"), ("first", _): return .zero
            default: return VND(50_000)
            }
        case "2.000635": return VND(8_000 * (try number("copies")))
        case "2.000815":
            let pages = try number("pages")
            let copy = pages <= 2 ? 2_000 * pages : 4_000 + 1_000 * (pages - 2)
            return VND(min(copy, 200_000) * (try number("copies")))
        case "2.000884": return VND(10_000 * (try number("cases")))
        case "2.000913": return VND(30_000)
        case "3.000333":
            return ["ordinary": VND(200_000), "student": VND(100_000)][answers["feeKind"] ?? ""] ?? .zero
        case "3.000346": return channel == .online ? VND(115_000) : VND(135_000)
        default: return .zero
        }
    }

    @Test("Claims fill and lock what the state knows")
    func prefills() throws {
        let form = try #require(PackChecker().check(Repository.pack("2.000635")).pack?.form)
        let claims = IdentityClaims([
            .fullName: "Nguyễn Thị Sao Mai", .nationalID: "089190000123", .birthDate: "1990-05-12",
            .address: "Xã An Phú, tỉnh An Giang", .phone: "0912345678",
        ])
        let filled = form.prefilling(
            FormAnswers([("requesterName", "Ai đó"), ("requesterPhone", "0987654321")]),
            with: claims
        )
        #expect(filled["requesterName"] == "Nguyễn Thị Sao Mai")
        #expect(filled["requesterPhone"] == "0987654321")
        #expect(filled["requesterEmail"] == nil)
        #expect(
            form.lockedFields(by: claims)
                == ["requesterName", "requesterNationalID", "requesterBirthDate", "requesterAddress"]
        )
        #expect(form.lockedFields(by: IdentityClaims()).isEmpty)
        let forged = form.validate(
            FormAnswers([("requesterName", "Kẻ mạo danh")]),
            .page("requester"),
            ValidationContext(today: try day("2026-03-05"), channel: .online, claims: claims)
        )
        #expect(forged.answers["requesterName"] == "Nguyễn Thị Sao Mai")
        #expect(forged.isSound)
    }

    @Test("Pages and papers follow the answers")
    func followsAnswers() throws {
        let pack = try #require(PackChecker().check(Repository.pack("2.000635")).pack)
        let form = try #require(pack.form)
        func context(_ pairs: [(String, String)]) throws -> ConditionContext {
            ConditionContext(answers: FormAnswers(pairs), channel: .online, today: try day("2026-03-05"))
        }
        let own = try context([("extractKind", "birth"), ("relation", "self")])
        let other = try context([("extractKind", "other"), ("relation", "authorised")])
        #expect(form.visiblePages(own).map(\.id) == ["requester", "extract", "registration"])
        #expect(form.visiblePages(other).map(\.id) == form.pages.map(\.id))
        let page = try #require(form.page("extract"))
        #expect(!form.visibleFields(of: page, own).map(\.id).contains("otherKind"))
        #expect(form.visibleFields(of: page, other).map(\.id).contains("otherKind"))
        #expect(pack.components(own).map(\.component.id) == ["earlierPaper"])
        #expect(pack.components(other).filter(\.isRequired).map(\.component.id) == ["authorisation"])
        let hidden = try context([("relation", "self"), ("subjectName", "Còn lại từ trước")])
        #expect(form.effectiveAnswers(hidden)["subjectName"] == nil)
    }

    @Test("A template gets a text for every name")
    func displayTexts() throws {
        let form = try #require(PackChecker().check(Repository.pack("2.000635")).pack?.form)
        let texts = form.templateValues(
            FormAnswers([
                ("extractKind", "parentage"), ("copies", "2"), ("requesterBirthDate", "1990-05-12"),
                ("requesterNationalID", "089190000123"), ("requesterPhone", "0912345678"),
            ])
        )
        #expect(texts["extractKind"] == .text("Nhận cha, mẹ, con"))
        #expect(texts["requesterBirthDate"] == .text("12/05/1990"))
        #expect(texts["requesterNationalID"] == .text("089 190 000 123"))
        #expect(texts["requesterPhone"] == .text("0912 345 678"))
        #expect(texts["otherKind"] == .text(""))
        #expect(Set(texts.keys) == Set(form.fields.map(\.id)))
    }

    @Test("Result numbers")
    func numbers() throws {
        let pack = try #require(PackChecker().check(Repository.pack("2.000635")).pack)
        let series = try #require(pack.result.series)
        let signed = try day("2026-03-05")
        #expect(series.text(sequence: 7, day: signed) == "07/2026/TL-BS")
        #expect(series.text(sequence: 1_234, day: signed) == "1234/2026/TL-BS")
    }
}

/// Random answers that the form takes, in the spellings of people.
enum RandomAnswers {
    static func make(
        for form: FormSchema,
        _ context: ValidationContext,
        _ generator: inout SeededGenerator
    ) -> FormAnswers {
        var answers = FormAnswers()
        for field in form.fields { answer(field, context, &answers, &generator) }
        return answers
    }

    private static func answer(
        _ field: FormField,
        _ context: ValidationContext,
        _ answers: inout FormAnswers,
        _ generator: inout SeededGenerator
    ) {
        // Children are born after their parents; everything else is free.
        let earliest = field.id.hasPrefix("child") ? 0 : 10_000
        switch field.type {
        case .note, .file: break
        case .person, .group:
            for leaf in field.leaves(answers) { answer(leaf, context, &answers, &generator) }
        case .money:
            let amount = Int64.random(in: (field.minimum ?? 0)...(field.maximum ?? 1_000_000), using: &generator)
            answers[field.id] = [" \(amount)", "\(VND(amount))"].randomElement(using: &generator)
        case .choices:
            let least = Int(field.minimum ?? 1)
            answers[field.id] = field.options.shuffled(using: &generator).prefix(least).map(\.value)
                .joined(separator: ", ")
        case .taxCode: answers[field.id] = "0100109106"
        case .text, .longText, .address, .unitAddress:
            answers[field.id] = ["Nguyễn Văn  A", " Lê Thị B ", "Xã An Phú"].randomElement(using: &generator)
        case .number:
            let number = Int64.random(in: (field.minimum ?? 0)...(field.maximum ?? 99), using: &generator)
            answers[field.id] = " \(number) "
        case .date:
            let isAhead = field.dayRules.contains { $0.relation == .greaterOrEqual || $0.relation == .greater }
            let days = Int.random(in: 0...5_000, using: &generator)
            let date = context.today.adding(days: isAhead ? 1 + days : -earliest - days)
            let (year, month, number) = date.components
            answers[field.id] = [
                "\(number)/\(month)/\(year)", date.description, "\(number) tháng \(month) năm \(year)",
            ]
            .randomElement(using: &generator)
        case .choice: answers[field.id] = field.options.randomElement(using: &generator)?.value
        case .yesNo: answers[field.id] = Bool.random(using: &generator) ? "yes" : "no"
        case .nationalID: answers[field.id] = "089 190.000-123"
        case .phone:
            answers[field.id] = ["0912 345 678", "+84912345678", "02963852000"].randomElement(using: &generator)
        case .email: answers[field.id] = "sao.mai@example.vn"
        case .declaration: answers[field.id] = "yes"
        }
    }
}
