// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Journal
import Site

/// One line of the API's table: everything about an address and a method. The router and the document are both made
/// from it.
struct Endpoint: Sendable {
    /// Who may come in.
    enum Access: Sendable, Hashable {
        /// Everybody; a token is not looked at.
        case anyone
        /// A system that shows its id and secret.
        case client
        /// A citizen by her own session, at least at this level of assurance.
        case citizen(AssuranceLevel)
        /// A partner with this scope.
        case partner(PartnerScope)
        /// A citizen, or a partner with this scope.
        case citizenOrPartner(PartnerScope)

        /// The word in the table of routes.
        var name: String {
            switch self {
            case .anyone: "anyone"
            case .client: "machine"
            case .citizen(let level): "citizen by token" + (level == .none ? "" : ", level \(level.rawValue)")
            case .partner(let scope): "partner: \(scope.rawValue)"
            case .citizenOrPartner(let scope): "citizen by token, partner: \(scope.rawValue)"
            }
        }
    }

    /// What is sent.
    enum Body: Sendable {
        case none
        case json(String)
        /// `application/x-www-form-urlencoded` of RFC 6749.
        case tokenForm
        /// `multipart/form-data` with one file in the part `file`.
        case file
    }

    /// What is asked behind the question mark.
    struct Query: Sendable {
        let name: String
        let schema: Schema
        let note: String
    }

    /// What is done.
    enum Handler: Sendable {
        /// A call that was checked against the table.
        case call(@Sendable (Call) async throws -> Reply)
        /// A protocol with refusals of its own.
        case raw(@Sendable (Request, PublicContext) async throws -> Response)
    }

    /// The answer when all is well.
    struct Answer: Sendable {
        let status: Int
        let schema: String
        let note: String
    }

    let method: HTTPRequest.Method
    /// Below `/api/v1`, with its slots: `/dossiers/{code}`.
    let path: String
    /// `operationId` of the document.
    let id: String
    let summary: String
    let access: Access
    /// Which rule about the object is applied; `-` where there is no object.
    let rule: String
    /// What may stand in a slot, for the reader of the document.
    var samples: [String: String] = [:]
    /// A body that fits, for the reader of the document.
    var sampleBody: JSONValue?
    var query: [Query] = []
    var body: Body = .none
    /// Whether it changes something, so that it carries an `Idempotency-Key`.
    var isCommand = false
    /// Whether it changes a dossier that its author has seen, so that it carries `If-Match`.
    var needsVersion = false
    let answer: Answer
    /// Statuses of refusals beyond those that follow from the rest.
    var refusals: Set<Int> = []
    let handler: Handler

    static let prefix = "/api/v1"

    /// The whole address.
    var pattern: String { Self.prefix + path }

    /// The names of the slots in the path.
    var slots: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// What keeps forged requests out, for the table of routes: there are no cookies, so a token cannot be borrowed.
    var guardedBy: String {
        switch access {
        case .anyone: "-"
        case .client: "client secret"
        case .citizen, .partner, .citizenOrPartner: "bearer token"
        }
    }

    /// Every status of a refusal that this endpoint may answer.
    var allRefusals: Set<Int> {
        // What the edge may always say: unreadable, not acceptable, too many, headers too large, busy.
        var statuses: Set<Int> = [400, 406, 429, 431, 503]
        if access != .anyone { statuses.insert(401) }
        if access != .anyone, access != .client { statuses.insert(403) }
        if !slots.isEmpty { statuses.insert(404) }
        if isCommand { statuses.formUnion([408, 409]) }
        if needsVersion { statuses.formUnion([412, 428]) }
        switch body {
        case .none: break
        case .json: statuses.formUnion([408, 413, 415, 422])
        case .tokenForm: statuses.formUnion([408, 413])
        case .file: statuses.formUnion([408, 413, 415, 422, 507])
        }
        return statuses.union(refusals)
    }
}

/// What an endpoint answers when all is well.
struct Reply: Sendable {
    var status = 200
    var body: JSONValue
    /// A short name of this version, without quotation marks.
    var tag: String?
    /// Where the new thing is.
    var location: String?
}
