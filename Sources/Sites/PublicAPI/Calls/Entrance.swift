// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
import Identity
import Journal
import Kernel
import Site
import Web

/// The way from a request to a call: who asks, how often, and whether what was sent fits the table.
struct Entrance: Sendable {
    let identity: IdentityService
    let limiter: RateLimiter

    /// - Throws: `RequestError`, `APIRefusal`, `StoreError`.
    func call(_ endpoint: Endpoint, _ request: Request, _ context: PublicContext) async throws -> Call {
        try Self.checkAccept(request)
        let address = context.visit.client?.limitKey ?? "-"
        let caller = try await caller(of: endpoint, request, address)
        try limiter.take("api:\(caller.limitKey ?? address)")
        let query = try Self.query(endpoint, context.query)
        let key = endpoint.isCommand ? try Self.key(request) : nil
        let match = endpoint.needsVersion ? try Self.match(request) : nil
        return Call(
            endpoint: endpoint,
            request: request,
            context: context,
            caller: caller,
            query: query,
            json: try await Self.body(endpoint, request),
            key: key,
            match: match
        )
    }

    // MARK: - Who

    private func caller(of endpoint: Endpoint, _ request: Request, _ address: String) async throws -> Caller {
        if endpoint.access == .anyone || endpoint.access == .client { return .nobody }
        guard let secret = Self.bearer(request) else { throw APIRefusal.tokenNeeded }
        guard let bearer = try await identity.bearer(of: secret) else {
            try limiter.take("api-unknown:\(address)")
            throw APIRefusal.tokenNeeded
        }
        switch bearer {
        case .person(.officer): throw APIRefusal.officersUsePages
        case .person(.citizen(_, let actor)):
            switch endpoint.access {
            case .citizen(let level):
                guard actor.assurance >= level else { throw APIRefusal.levelTooLow(needed: level.rawValue) }
            case .citizenOrPartner: break
            case .partner, .anyone, .client: throw APIRefusal.partnersOnly
            }
            // A program acts for the person herself, whatever hat she wears on the pages at that moment.
            return .citizen(actor.asOneself)
        case .partner(let partner, let actor):
            switch endpoint.access {
            case .partner(let scope), .citizenOrPartner(let scope):
                guard actor.scopes.contains(scope) else { throw APIRefusal.scopeMissing(scope) }
            case .citizen, .anyone, .client: throw APIRefusal.citizensOnly
            }
            return .partner(partner, actor)
        }
    }

    private static func bearer(_ request: Request) -> SecretToken? {
        let headers = request.headers[values: .authorization]
        guard headers.count == 1, let header = headers.first else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return SecretToken(String(parts[1].trimmingPrefix { $0 == " " }))
    }

    // MARK: - What

    private static func checkAccept(_ request: Request) throws(RequestError) {
        let accepted = request.headers[values: .accept].joined(separator: ",").lowercased()
        if accepted.allSatisfy({ $0 == " " }) { return }
        let takesOurs = accepted.split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
            let isRefused = parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
            return !isRefused && ["*/*", "application/*", "application/json"].contains(parts.first ?? "")
        }
        guard takesOurs else { throw .notAcceptable }
    }

    private static func query(_ endpoint: Endpoint, _ fields: QueryFields) throws -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for asked in endpoint.query {
            guard let text = fields.fields[asked.name] else { continue }
            var value = JSONValue.string(text)
            if case .whole = asked.schema.kind, let number = Int64(text) { value = .integer(number) }
            if let fault = asked.schema.faults(in: value).first {
                throw APIRefusal.parameterWrong(name: asked.name, detail: fault.detail)
            }
            values[asked.name] = value
        }
        return values
    }

    private static func key(_ request: Request) throws(APIRefusal) -> String {
        let keys = request.headers[values: .idempotencyKey]
        guard keys.count == 1, let key = keys.first, (1...64).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .keyMissing }
        return key
    }

    private static func match(_ request: Request) throws(APIRefusal) -> VersionMatch {
        let text = request.headers[values: .ifMatch].joined(separator: ",")
        // An empty or endless one says no version either.
        guard (1...64).contains(text.utf8.count) else { throw .versionMissing }
        return VersionMatch(text)
    }

    private static func body(_ endpoint: Endpoint, _ request: Request) async throws -> JSONValue {
        guard case .json(let name) = endpoint.body else { return .null }
        let (schema, sent) = (Schema.named(name), try await request.json(JSONValue.self))
        // As it was sent, where a control character is a fault, and as it is read, where what nobody sees is no text.
        let json = sent.composed
        for seen in [sent, json] {
            let faults = schema.faults(in: seen)
            guard faults.isEmpty else { throw APIRefusal.bodyWrong(faults) }
        }
        return json
    }
}

extension HTTPField.Name {
    // A name of ours is a token by construction; a mistake here stops every test.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .referer
}
