// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Testing

@Suite("Examples of a pack: filled in, played, expected")
struct PackTrialTests {
    /// Every pack in the repository that has a form.
    private static func packs() throws -> [ProcedurePack] {
        try PackSource.packs(inFolder: "\(Repository.root)/procedures").compactMap { PackChecker().check($0).pack }
    }

    @Test("Sample answers fit every question of every pack, and are the same each time")
    func samples() throws {
        let day = try #require(LocalDate("2026-03-05"))
        for pack in try Self.packs() {
            guard let form = pack.form else { continue }
            let answers = form.sampleAnswers(besides: FormAnswers(), channel: .online, today: day)
            #expect(answers == form.sampleAnswers(besides: FormAnswers(), channel: .online, today: day))
            let check = form.validate(answers, .whole, ValidationContext(today: day, channel: .online))
            #expect(check.problems.map { "\(pack.code) \($0.field): \($0.sentence)" } == [])
            let context = ConditionContext(answers: check.answers, channel: .online, today: day)
            for leaf in form.pages.flatMap({ form.visibleLeaves(of: $0, context) }) {
                #expect(check.answers[leaf.id]?.isEmpty == false, "\(pack.code) \(leaf.id)")
            }
            // What is answered stays as it is.
            guard let first = answers.ids.first else { continue }
            let typed = FormAnswers([(first, "viết rồi")])
            #expect(form.sampleAnswers(besides: typed, channel: .online, today: day)[first] == nil)
        }
    }

    @Test("A person's name, number, birth date and sex fit together")
    func person() throws {
        let text = """
            {minutes: 1, declaration: Tôi cam đoan, pages: [{id: a, title: A, fields: [
            {id: mother, type: person, label: Mẹ, required: yes}, {id: father, type: person, label: Cha, required: yes},
            {id: child, type: person, label: Trẻ, required: yes}]}]}
            """
        var manuscript = PackStarterFixture.manuscript
        let form = try #require(PackManuscript(text).tree)
        manuscript = try manuscript.applying([.set(PackPath.root.key("form"), form)])
        let pack = try #require(PackChecker().check(Self.source(manuscript)).pack)
        let day = try #require(LocalDate("2026-03-05"))
        let personForm = try #require(pack.form)
        let answers = personForm.sampleAnswers(besides: FormAnswers(), channel: .online, today: day)
        for (id, isMale) in [("mother", false), ("father", true)] {
            let number = try #require(NationalID(answers["\(id).nationalID"] ?? ""))
            #expect(number.isMale == isMale && number.birthYear == 1990)
            #expect(answers["\(id).sex"] == (isMale ? "male" : "female"))
            #expect(answers["\(id).birthDate"] == "12/03/1990")
        }
        #expect(answers["mother.fullName"] != answers["father.fullName"])
        #expect(NationalID(answers["child.nationalID"] ?? "")?.birthYear == 2026)
        // The page of the example has a line for each part of a person.
        let drawn = try #require(manuscript.tree)
        let sheet = try #require(PackSheet(drawn, at: Self.example))
        guard case .answers(let fields)? = sheet.questions.first(where: { $0.name == "answers" })?.control else {
            Issue.record("the example asks for no answers")
            return
        }
        #expect(
            fields.prefix(4).map(\.id) == ["mother.fullName", "mother.nationalID", "mother.birthDate", "mother.sex"]
        )
    }

    private static let example = PackPath.root.key("examples").index(0)

    private static func source(_ manuscript: PackManuscript) -> PackSource {
        PackSource(
            path: "9.100000",
            files: [PackSource.mainFile: manuscript.bytes, "result.mustache": PackStarterFixture.template]
        )
    }

    @Test("The skeleton's example is filled in and expects what came out; then the checker holds the pack to it")
    func takenOver() throws {
        var manuscript = PackStarterFixture.manuscript
        #expect(PackStarter.isOnlyExample(of: manuscript.tree ?? .emptyEntries))
        let field = PackTree.texts([
            ("id", "floors"), ("type", "number"), ("label", "Số tầng"), ("required", "yes"),
        ])
        let fields = try #require(PackPath("form.pages[0].fields"))
        manuscript = try manuscript.applying([.append(field, to: fields)])
        let day = try #require(LocalDate("2026-03-05"))
        func pack() throws -> ProcedurePack { try #require(PackChecker().check(Self.source(manuscript)).pack) }
        func filling() throws -> PackEdit? {
            try pack().filling(Self.example, in: manuscript.tree ?? .emptyEntries, on: day)
        }
        func trial() throws -> PackTrial {
            let trials = try pack().trials()
            return try #require(trials.first)
        }
        let empty = try trial()
        #expect(empty.lines.count == 1 && !empty.offersOutcome && empty.expecting(at: Self.example).isEmpty)
        let filled = try filling()
        manuscript = try manuscript.applying([try #require(filled)])
        #expect(manuscript.tree?[Self.example]?["answers"]?["floors"]?.text == "2")
        #expect(manuscript.tree?[Self.example]?["answers"]?["requesterPhone"]?.text == "0912 345 678")
        #expect(try filling() == nil)
        let played = try trial()
        #expect(played.offersOutcome && !played.saysEnough)
        manuscript = try manuscript.applying(played.expecting(at: Self.example))
        let expected = try trial()
        #expect(expected.lines.allSatisfy { $0.expected == $0.found } && expected.saysEnough && !expected.offersOutcome)
        #expect(!PackStarter.isOnlyExample(of: manuscript.tree ?? .emptyEntries))
        let limit = try #require(PackPath("submissionMethods[1].timeLimit.value"))
        let changed = try manuscript.applying([.set(limit, .text("9"))])
        let findings = PackChecker().check(Self.source(changed)).findings.filter(\.isError)
        #expect(findings.map(\.text).joined().contains("mong hẹn"), "\(findings.map(\.text))")
    }
}
