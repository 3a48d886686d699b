// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel
import Storage
import TestSupport
import Testing

@testable import PublicAPI

@Suite struct SchemaTests {
    private let sample = Schema.object(
        .always("name", .text(1...3)),
        .maybe("count", .whole(1...5)),
        .maybe("kind", .word(["a", "b"])),
        .maybe("code", .text(pattern: "[0-9]{2}")),
        .maybe("items", .list(.truth(), 0...2)),
        .maybe("answers", .map(Schema(kind: .answer), 0...2)),
        .maybe("next", .text().orNull)
    )

    @Test(
        arguments: [
            (["name": "abc"], []),
            ([:], ["name"]),
            (["name": ""], ["name"]),
            (["name": "abcd"], ["name"]),
            (["name": "a\u{0}"], ["name"]),
            (["name": "a", "answers": ["x": "\u{85}"]], ["answers.x"]),
            (["name": 3], ["name"]),
            (["name": "a", "other": 1], ["other"]),
            (["name": "a", "count": 6, "kind": "c"], ["count", "kind"]),
            (["name": "a", "count": 5, "kind": "b", "code": "12", "next": .null], []),
            (["name": "a", "code": "123"], ["code"]),
            (["name": "a", "code": "x12"], ["code"]),
            (["name": "a", "items": [true, 1]], ["items[1]"]),
            (["name": "a", "items": [true, true, true]], ["items"]),
            (["name": "a", "answers": ["x": "1", "y": 2]], []),
            (["name": "a", "answers": ["x": ["1"]]], ["answers.x"]),
            (["name": "a", "answers": ["x": 1, "y": 2, "z": 3]], ["answers"]),
            ([], [""]),
        ] as [(JSONValue, [String])]
    )
    func `each fault is found at its place`(_ value: JSONValue, _ places: [String]) {
        #expect(sample.faults(in: value).map(\.field) == places)
    }

    @Test func `faults are told in Vietnamese and not without end`() {
        let wrong = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<200).map { ("x\($0)", JSONValue.null) }))
        let faults = sample.faults(in: wrong)
        #expect(faults.count == 50)
        #expect(faults.first?.detail == "Thiếu mục này")
    }

    @Test func `every named schema can be written and every pattern read`() throws {
        func look(_ schema: Schema) throws {
            switch schema.kind {
            case .text(_, let pattern?, _): _ = try Regex(pattern)
            case .named(let name): #expect(Schemas.all[name] != nil, "\(name)")
            case .list(let item, _), .map(let item, _): try look(item)
            case .object(let properties): for property in properties { try look(property.schema) }
            default: break
            }
        }
        for schema in Schemas.all.values { try look(schema) }
    }
}

@Suite struct FormSchemaTests {
    private func withPacks(_ body: (CatalogueService) async throws -> Void) async throws {
        try await withStore(.sqlite, migrations: JournalSchema.migrations + CatalogueService.migrations) { store in
            let catalogue = CatalogueService(store: store, clock: .fixed(), unverified: .offer)
            _ = try await catalogue.load(folder: "\(APIFixture.root)/procedures")
            try await body(catalogue)
        }
    }

    @Test func `a form is a schema of its answers`() async throws {
        try await withPacks { catalogue in
            let pack = try #require(try await catalogue.current(APIFixture.procedure, on: Instant.test.date)?.pack)
            let schema = FormJSONSchema(form: try #require(pack.form), title: pack.name).json
            #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema["additionalProperties"] == false)
            #expect(schema["required"] == ["extractKind", "relation", "copies", "registeredAt"])
            let copies = schema["properties"]?["copies"]
            #expect(copies?["type"] == "integer" && copies?["minimum"] == 1 && copies?["maximum"] == 20)
            let kind = schema["properties"]?["extractKind"]
            #expect(kind?["oneOf"]?.list.first == ["const": "birth", "title": "Khai sinh"])
            #expect(schema["properties"]?["requesterName"]?["readOnly"] == true)
            #expect(schema["properties"]?["requesterPhone"]?["readOnly"] == nil)
            #expect(schema["properties"]?["registrationDate"]?["format"] == "date")
        }
    }

    @Test func `what hangs on an answer is an if and a then`() async throws {
        try await withPacks { catalogue in
            let pack = try #require(try await catalogue.current(APIFixture.procedure, on: Instant.test.date)?.pack)
            let rules = FormJSONSchema(form: try #require(pack.form), title: "").json["allOf"]?.list ?? []
            let other = rules.first { $0["then"]?["required"] == ["otherKind"] }
            #expect(
                other?["if"] == [
                    "allOf": [["properties": ["extractKind": ["enum": ["other"]]], "required": ["extractKind"]]]
                ]
            )
            let subject = try #require(rules.first { $0["then"]?["required"] == ["subjectName"] })
            #expect(subject["if"]?.canonicalText.contains("\"not\":{\"enum\":[\"self\"]}") == true)
        }
    }

    @Test func `every pack of the repository has a schema for each of its forms`() async throws {
        try await withPacks { catalogue in
            let procedures = catalogue.procedures(on: Instant.test.date)
            #expect(!procedures.isEmpty)
            for procedure in procedures {
                let pack = try await catalogue.version(procedure.digest).pack
                guard let form = pack.form else { continue }
                let schema = FormJSONSchema(form: form, title: pack.name)
                let known = Set(schema.json["properties"]?.members.keys ?? [:].keys)
                #expect(known == Set(form.fields.filter(\.type.isAsked).map(\.id)), "\(pack.code)")
            }
        }
    }
}
