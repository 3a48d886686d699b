// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Identity
import Journal

/// `/openapi.json`: the table of endpoints as OpenAPI 3.1.
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    /// The address under which the API is reached.
    let server: String

    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for endpoint in endpoints {
            paths[endpoint.pattern, default: [:]][endpoint.method.rawValue.lowercased()] = Self.operation(endpoint)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Một Cửa",
                "version": "1",
                "description": "Giao diện lập trình của cổng dịch vụ công. Guide: docs/api.md",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(server)]],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": .object(Self.schemas),
                "securitySchemes": Self.securitySchemes,
            ],
        ]
    }

    private static var schemas: [String: JSONValue] {
        Schemas.answered.mapValues { $0.json(isClosed: false) }.merging(Schemas.asked.mapValues { $0.json() }) { $1 }
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(endpoint.id),
            "summary": .string(endpoint.summary),
            "responses": responses(endpoint),
            "security": security(endpoint.access),
        ]
        let parameters = parameters(endpoint)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        members["requestBody"] = requestBody(endpoint)
        return .object(members)
    }

    // MARK: - Asked

    private static func parameters(_ endpoint: Endpoint) -> [JSONValue] {
        var parameters = endpoint.slots.map { slot in
            parameter(slot, in: "path", .text(1...64), isRequired: true, sample: endpoint.samples[slot])
        }
        parameters += endpoint.query.map { query in
            parameter(query.name, in: "query", query.schema, isRequired: false, note: query.note)
        }
        if endpoint.isCommand {
            let schema = Schema.text(1...64, pattern: "[!-~]+")
            let note = "New for each act, the same when it is sent again: the second arrival gets the first answer"
            parameters.append(parameter("Idempotency-Key", in: "header", schema, isRequired: true, note: note))
        }
        if endpoint.needsVersion {
            let note = "The ETag of the dossier as its author saw it"
            parameters.append(parameter("If-Match", in: "header", .text(1...64), isRequired: true, note: note))
        }
        return parameters
    }

    private static func parameter(
        _ name: String,
        in place: String,
        _ schema: Schema,
        isRequired: Bool,
        note: String? = nil,
        sample: String? = nil
    ) -> JSONValue {
        .record([
            "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema.json(),
            "description": note.map { .string($0) }, "example": sample.map { .string($0) },
        ])
    }

    private static func requestBody(_ endpoint: Endpoint) -> JSONValue? {
        switch endpoint.body {
        case .none: return nil
        case .json(let name): return content("application/json", Schema.named(name).json(), endpoint.sampleBody)
        case .file:
            return content(
                "multipart/form-data",
                [
                    "type": "object", "required": ["file"],
                    "properties": ["file": ["type": "string", "contentMediaType": "application/octet-stream"]],
                ]
            )
        case .tokenForm:
            return content(
                "application/x-www-form-urlencoded",
                [
                    "type": "object", "required": ["grant_type"],
                    "properties": [
                        "grant_type": ["type": "string", "enum": ["client_credentials"]],
                        "client_id": ["type": "string"],
                        "client_secret": ["type": "string"],
                        "scope": ["type": "string", "description": "Names with a space between"],
                    ],
                ]
            )
        }
    }

    private static func content(_ type: String, _ schema: JSONValue, _ sample: JSONValue? = nil) -> JSONValue {
        ["required": true, "content": .object([type: .record(["schema": schema, "example": sample])])]
    }

    // MARK: - Answered

    private static func responses(_ endpoint: Endpoint) -> JSONValue {
        var responses: [String: JSONValue] = [:]
        for status in endpoint.allRefusals {
            let isToken = endpoint.access == .client && (status == 400 || status == 401)
            let schema = Schema.named(isToken ? "TokenRefusal" : "Problem").json()
            let type = isToken ? "application/json" : "application/problem+json"
            responses["\(status)"] = [
                "description": .string(words(status)), "content": .object([type: ["schema": schema]]),
            ]
        }
        let answer = endpoint.answer
        var headers: [String: JSONValue] = [:]
        if answer.schema == "Dossier" { headers["ETag"] = ["schema": ["type": "string"]] }
        if answer.status == 201, answer.schema == "Submission" { headers["Location"] = ["schema": ["type": "string"]] }
        if answer.schema == "Dossier", endpoint.method == .get {
            responses["304"] = ["description": "Unchanged since the ETag in If-None-Match"]
        }
        responses["\(answer.status)"] = .record([
            "description": .string(answer.note),
            "headers": headers.isEmpty ? nil : .object(headers),
            "content": ["application/json": ["schema": Schema.named(answer.schema).json()]],
        ])
        return .object(responses)
    }

    private static func words(_ status: Int) -> String {
        switch status {
        case 400: "The request cannot be read, or a header or parameter is wrong"
        case 401: "No token, or one that is no good"
        case 403: "Signed in, but not for this"
        case 404: "Not there, or not yours: one answer for both"
        case 406: "Only JSON is answered"
        case 408: "The body did not arrive in time"
        case 409: "Not possible in this state, or a key that was used for something else"
        case 410: "The draft is gone"
        case 412: "The dossier has changed since it was read"
        case 413: "Too large"
        case 415: "Another media type is asked for"
        case 422: "Something in it must be mended; errors names each field"
        case 428: "If-Match is missing"
        case 429: "Too often; see Retry-After"
        case 431: "The headers are too large"
        case 507: "There is no room for the file"
        default: "Busy, or a system behind does not answer; see Retry-After"
        }
    }

    private static func security(_ access: Endpoint.Access) -> JSONValue {
        let citizen: JSONValue = ["citizen": []]
        func partner(_ scope: PartnerScope) -> JSONValue { ["partner": [.string(scope.rawValue)]] }
        switch access {
        case .anyone: return []
        case .client: return [["clientSecret": []], [:]]
        case .citizen: return [citizen]
        case .partner(let scope): return [partner(scope)]
        case .citizenOrPartner(let scope): return [citizen, partner(scope)]
        }
    }

    private static let securitySchemes: JSONValue = [
        "citizen": [
            "type": "http", "scheme": "bearer",
            "description": "A citizen's own session token, for herself alone",
        ],
        "clientSecret": [
            "type": "http", "scheme": "basic",
            "description": "client_id and client_secret of a partner; they may stand in the form instead",
        ],
        "partner": [
            "type": "oauth2",
            "flows": [
                "clientCredentials": [
                    "tokenUrl": .string(Endpoint.prefix + "/token"),
                    "scopes": [
                        "dossiers:read": "Where dossiers of the partner's agency stand",
                        "statistics:read": "The figures of the province",
                    ],
                ]
            ],
        ],
    ]
}
