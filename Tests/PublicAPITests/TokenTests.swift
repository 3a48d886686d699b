// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import HTTPTypes
import HummingbirdTesting
import Identity
import Journal
import Kernel
import Markup
import NIOCore
import Organisation
import Testing
import Web

@testable import PublicAPI

@Suite struct TokenTests {
    private func ask(_ program: TestProgram, _ fields: [(String, String)], basic: String? = nil) async throws
        -> TestResponse
    {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let basic { headers[.authorization] = "Basic " + Data(basic.utf8).base64EncodedString() }
        let text = fields.map { "\(PercentEncoding.queryValue($0.0))=\(PercentEncoding.queryValue($0.1))" }
        return try await program.send(.post, "/api/v1/token", headers, ByteBuffer(string: text.joined(separator: "&")))
    }

    @Test func `a token is given for id and secret in header or form`() async throws {
        try await withAPI { fixture, program in
            let (partner, secret) = try await fixture.partner([.dossiersRead, .statisticsRead])
            let grant = ("grant_type", "client_credentials")
            let byHeader = try await ask(program, [grant], basic: "\(partner.id):\(secret.text)")
            let byForm = try await ask(
                program,
                [grant, ("client_id", partner.id.rawValue), ("client_secret", secret.text), ("scope", "dossiers:read")]
            )
            #expect(try byHeader.json("Token")["scope"] == "dossiers:read statistics:read")
            #expect(byHeader.headers[.cacheControl] == "no-store")
            let token = try byForm.json("Token")
            #expect(token["scope"] == "dossiers:read" && token["expires_in"] == 600)
            let answer = try await program.with(token["access_token"]?.text).get("/api/v1/dossiers")
            #expect(try answer.json("DossierPage")["items"] == [])
        }
    }

    @Test func `refusals speak the words of RFC 6749`() async throws {
        try await withAPI { fixture, program in
            let (partner, secret) = try await fixture.partner([.dossiersRead])
            let (id, key) = (partner.id.rawValue, secret.text)
            let grant = ("grant_type", "client_credentials")
            let cases: [([(String, String)], String?, Int, String)] = [
                ([grant], "\(id):wrong", 401, "invalid_client"),
                ([grant], nil, 401, "invalid_client"),
                ([grant], "no-colon", 401, "invalid_client"),
                ([grant, ("client_id", id), ("client_secret", key), ("scope", "all")], nil, 400, "invalid_scope"),
                ([grant, ("scope", "statistics:read")], "\(id):\(key)", 400, "invalid_scope"),
                ([], "\(id):\(key)", 400, "invalid_request"),
                ([grant, grant], "\(id):\(key)", 400, "invalid_request"),
                ([grant, ("client_secret", key)], "\(id):\(key)", 400, "invalid_request"),
                ([("grant_type", "password")], "\(id):\(key)", 400, "unsupported_grant_type"),
            ]
            for (fields, basic, status, error) in cases {
                let answer = try await ask(program, fields, basic: basic)
                #expect(Int(answer.status.code) == status, "\(error)")
                #expect(try answer.json("TokenRefusal")["error"]?.text == error)
                #expect((answer.headers[.wwwAuthenticate] != nil) == (status == 401))
            }
            let json = try await program.post("/api/v1/token", ["grant_type": "client_credentials"])
            #expect(json.status == .badRequest)
            #expect(try json.json("TokenRefusal")["error"] == "invalid_request")
        }
    }

    @Test func `an open door for nobody: each endpoint asks for the right token`() async throws {
        try await withAPI { fixture, program in
            let tokens: [(String?, (Endpoint.Access) -> Bool)] = [
                (nil, { $0 == .anyone }),
                ("x", { $0 == .anyone }),
                (try await fixture.citizen(), { $0 != .partner(.statisticsRead) }),
                (
                    try await fixture.citizen(1, level: .one),
                    { $0 == .anyone || $0 == .citizenOrPartner(.dossiersRead) }
                ),
                (
                    try await fixture.partnerToken([.dossiersRead]),
                    { $0 == .anyone || $0 == .citizenOrPartner(.dossiersRead) }
                ),
                (
                    try await fixture.partnerToken([.statisticsRead]),
                    { $0 == .anyone || $0 == .partner(.statisticsRead) }
                ),
            ]
            let desk = try await fixture.officer(.deskOfficer)
            let officer = try #require(try await fixture.organisation.officers(of: fixture.agency).first)
            #expect(desk.kind == .officer)
            let session = try await fixture.identity.signIn(officer: officer).text
            for endpoint in fixture.services.endpoints where endpoint.access != .client {
                let path = endpoint.pattern.replacing("{code}", with: "H01.30337-260302-9999")
                    .replacing("{draft}", with: "none").replacing("{id}", with: "none")
                for (token, isLetIn) in tokens + [(session, { $0 == .anyone })] {
                    let answer = try await program.with(token).send(endpoint.method, path, [:], nil)
                    let isShut = answer.status == .unauthorized || answer.status == .forbidden
                    #expect(isShut != isLetIn(endpoint.access), "\(endpoint.id) \(answer.status) \(answer.text)")
                    if answer.status == .unauthorized {
                        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"motcua\"")
                    }
                }
            }
        }
    }

    @Test func `cookies open nothing`() async throws {
        try await withAPI { fixture, program in
            let token = try await fixture.citizen()
            for name in ["phien", "__Host-phien", "__Secure-phien"] {
                let answer = try await program.get("/api/v1/dossiers", headers: [.cookie: "\(name)=\(token)"])
                #expect(try answer.problem(401) == "token-needed")
            }
        }
    }

    @Test func `who asks too often waits`() async throws {
        try await withAPI { fixture, program in
            let program = program.with(try await fixture.citizen())
            var last = try await program.get("/api/v1/dossiers")
            for _ in 0..<200 { last = try await program.get("/api/v1/dossiers") }
            #expect(try last.problem(429) == "rate-limited")
            #expect(last.headers[.retryAfter] == "1")
            let other = try await program.with(try await fixture.citizen(1)).get("/api/v1/dossiers")
            #expect(other.status == .ok)
        }
    }
}
