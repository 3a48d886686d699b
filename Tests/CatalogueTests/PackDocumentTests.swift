// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel
import Testing

@testable import Catalogue

@Suite("docs/packs.md says what the code does")
struct PackDocumentTests {
    /// Rows of the first table under a heading: first cell and second cell.
    private static func tables() throws -> [String: [(String, String)]] {
        let text = try String(contentsOfFile: "\(Repository.root)/docs/packs.md", encoding: .utf8)
        var tables: [String: [(String, String)]] = [:]
        var heading = ""
        var count = 0
        var pending: (String, String)?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("#") {
                heading = line.drop { $0 == "#" || $0 == " " }.description
                count = 0
            } else if line.hasPrefix("|") {
                let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                if cells[0].hasPrefix("---") {
                    count += 1
                    pending = nil
                    continue
                }
                // The row before the line of dashes is a head: it is only kept when another row follows.
                if let row = pending { tables[count <= 1 ? heading : "\(heading) \(count)", default: []].append(row) }
                pending = (cells[0], cells[1])
            } else if let row = pending {
                tables[count <= 1 ? heading : "\(heading) \(count)", default: []].append(row)
                pending = nil
            }
        }
        return tables
    }

    @Test("Every section and key, no more and no less, with what must be there")
    func keys() throws {
        let tables = try PackDocumentTests.tables()
        let roots: [PackSection] = [.procedure, .searchWords, .lifeEvents, .repealedProcedures]
        let sections = roots.flatMap(\.family)
        for section in sections {
            let rows = try #require(tables[section.name], "no table for \(section.name)")
            let documented = rows.map { "\($0.0) \($0.1)" }
            #expect(documented == section.keys.map { "\($0.name) \($0.isRequired ? "yes" : "")" }, "\(section.name)")
        }
        #expect(Set(sections.map(\.name)).count == sections.count)
    }

    @Test("docs/packs.schema.json is drawn from the table of keys")
    func schema() throws {
        let kept = try String(contentsOfFile: "\(Repository.root)/docs/packs.schema.json", encoding: .utf8)
        #expect(kept == PackJSONSchema.text + "\n", "write it anew: motcua check --schema > docs/packs.schema.json")
    }

    @Test("Every label and sentence of the table is composed text, and every closed list explains its words")
    func labels() {
        let keys = PackSection.procedure.family.flatMap(\.keys)
        let texts =
            keys.flatMap { [$0.label, $0.help].compactMap(\.self) }
            + keys.flatMap { ($0.value.words ?? []).flatMap { [$0.vietnamese, $0.help].compactMap(\.self) } }
        #expect(keys.count > 150)
        for text in texts {
            #expect(!text.isEmpty && Array(VietnameseText.nfc(text).utf8) == Array(text.utf8), "\(text)")
        }
        for section in PackSection.procedure.family {
            let named = section.choices.flatMap { $0.keys + [$0.beside].compactMap(\.self) }
            #expect(named.allSatisfy { section.key($0) != nil }, "\(section.name)")
        }
    }

    @Test("Every type of field, action and rule")
    func words() throws {
        let tables = try PackDocumentTests.tables()
        let types = try #require(tables["field 2"]).map(\.0)
        #expect(types == FieldType.allCases.map(\.rawValue))
        let actions = try #require(tables["action 2"]).map(\.0)
        #expect(actions == StepActionKind.allCases.map(\.rawValue))
        let rules = try #require(tables["What the checker refuses"]).map(\.0)
        #expect(rules == PackRule.allCases.map(\.rawValue))
    }

    @Test("Every word of an enumeration stands on the page")
    func enumerations() throws {
        let text = try String(contentsOfFile: "\(Repository.root)/docs/packs.md", encoding: .utf8)
        let words: [String] =
            SubjectKind.allCases.map(\.rawValue) + Channel.allCases.map(\.rawValue) + FileType.allCases.map(\.rawValue)
            + ClaimKind.allCases.map(\.rawValue) + StepRole.allCases.map(\.rawValue)
            + ResultKind.allCases.map(\.rawValue)
            + NoticeEvent.allCases.map(\.rawValue) + NoticeWay.allCases.map(\.rawValue)
            + InformationItem.allCases.map(\.rawValue) + ExecutingAgencyKind.allCases.map(\.rawValue)
            + ExecutingLevel.allCases.map(\.rawValue) + LimitWord.allCases.map(\.rawValue)
            + FeeKind.allCases.map(\.rawValue) + FeeMoment.allCases.map(\.rawValue)
            + PublicLane.ofSteps.map(\.rawValue) + Array(TemplateVocabulary.names)
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
    }

    @Test("Tags of a template: sections, comments, partials, faults with their place")
    func templateTags() throws {
        let tags = try TemplateScan.tags("{{! note }}a {{x}} {{{ y.z }}}\n{{#s}}{{^t}}{{&u}}{{/t}}{{/s}} {{> p/q}}")
        #expect(tags.map(\.name) == ["x", "y.z", "s", "t", "u", "p/q"])
        #expect(tags.map(\.kind) == [.variable, .variable, .section, .section, .variable, .partial])
        #expect(tags[1].place == SourcePlace(line: 1, column: 20))
        for wrong in ["{{x", "{{}}", "{{#a}}", "{{/a}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{=<% %>=}}", "{{$a}}{{/a}}"] {
            #expect(throws: TemplateScan.Fault.self, "\(wrong)") { try TemplateScan.tags(wrong) }
        }
    }

    @Test("Edit distance and its quick twin agree")
    func editDistance() {
        var generator = SeededGenerator(seed: 3)
        let letters = Array("abc".utf8)
        func word() -> [UInt8] {
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? 97 }
        }
        for _ in 0..<20_000 {
            let (first, second) = (word(), word())
            #expect(EditDistance.isWithinOne(first, second) == (EditDistance.distance(first, second) <= 1))
        }
        #expect(EditDistance.nearest(to: "labell", in: ["label", "help"]) == "label")
        #expect(EditDistance.nearest(to: "xyz", in: ["label", "help"]) == nil)
    }
}
