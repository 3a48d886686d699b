// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Site
import Testing

@testable import PublicAPI

/// The document, the table and the router say the same, because they are made from one thing.
@Suite struct DocumentTests {
    @Test func `the document describes exactly what the router serves`() async throws {
        try await withAPI { fixture, program in
            let answer = try await program.get("/openapi.json")
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
            let document = try JSONValue(parsing: answer.text)
            #expect(document["openapi"] == "3.1.0")
            var described: Set<String> = []
            for (path, methods) in document["paths"]?.members ?? [:] {
                for method in methods.members.keys { described.insert("\(method.uppercased()) \(path)") }
            }
            let served = fixture.entries.filter { $0.pattern.hasPrefix("/api/") }
            #expect(described == Set(served.map { "\($0.method) \($0.pattern)" }))
            #expect(described.count == 17)
            #expect(served.allSatisfy { $0.method == "GET" || $0.guardedBy != "-" || $0.audience == "anyone" })
        }
    }

    @Test func `each operation is whole`() async throws {
        try await withAPI { fixture, _ in
            let endpoints = fixture.services.endpoints
            let document = OpenAPIDocument(endpoints: endpoints, server: "https://x.example").json
            #expect(Set(endpoints.map(\.id)).count == endpoints.count)
            for endpoint in endpoints {
                let operation = try #require(
                    document["paths"]?[endpoint.pattern]?[endpoint.method.rawValue.lowercased()]
                )
                let responses = try #require(operation["responses"]?.members)
                #expect(responses["\(endpoint.answer.status)"] != nil)
                #expect(responses["429"] != nil && responses["503"] != nil)
                let parameters = operation["parameters"]?.list ?? []
                let inPath = parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.text }
                #expect(Set(inPath) == Set(endpoint.slots), "\(endpoint.id)")
                #expect(parameters.contains { $0["name"] == "Idempotency-Key" } == endpoint.isCommand)
                #expect(parameters.contains { $0["name"] == "If-Match" } == endpoint.needsVersion)
                if endpoint.access == .anyone { #expect(operation["security"] == []) }
                #expect((operation["requestBody"] == nil) == (endpoint.body.isNothing))
            }
        }
    }

    @Test func `every reference leads somewhere`() async throws {
        try await withAPI { fixture, _ in
            let document = OpenAPIDocument(endpoints: fixture.services.endpoints, server: "").json
            var references: Set<String> = []
            func collect(_ value: JSONValue) {
                if let reference = value["$ref"]?.text { references.insert(reference) }
                for member in value.members.values { collect(member) }
                for item in value.list { collect(item) }
            }
            collect(document)
            #expect(references.count > 20)
            let prefix = "#/components/schemas/"
            for reference in references {
                #expect(reference.hasPrefix(prefix))
                #expect(document["components"]?["schemas"]?[String(reference.dropFirst(prefix.count))] != nil)
            }
        }
    }

    @Test func `scopes in the document are the scopes of the code`() async throws {
        try await withAPI { fixture, _ in
            let document = OpenAPIDocument(endpoints: fixture.services.endpoints, server: "").json
            let flows = document["components"]?["securitySchemes"]?["partner"]?["flows"]
            let scopes = flows?["clientCredentials"]?["scopes"]?.members.keys.sorted()
            #expect(scopes == PartnerScope.allCases.map(\.rawValue).sorted())
        }
    }

    @Test func `every change carries a key, and nothing is open by forgetting`() async throws {
        try await withAPI { fixture, _ in
            let open = fixture.services.endpoints.filter { $0.access == .anyone }.map(\.id).sorted()
            #expect(
                open == ["listProcedures", "quoteFees", "readForm", "readProcedure", "verifyFile", "verifyResult"]
            )
            let keyless = fixture.services.endpoints.filter { $0.method == .post && !$0.isCommand }.map(\.id).sorted()
            #expect(keyless == ["issueToken", "quoteFees", "verifyFile"])
        }
    }
}

extension Endpoint.Body {
    fileprivate var isNothing: Bool { if case .none = self { true } else { false } }
}
