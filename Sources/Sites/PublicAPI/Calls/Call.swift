// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Journal
import Kernel
import Site
import Web

/// Who calls an endpoint, once its access was checked.
enum Caller: Sendable {
    case nobody
    case citizen(Actor)
    case partner(Partner, Actor)

    /// Whose requests are counted together.
    var limitKey: String? {
        switch self {
        case .nobody: nil
        case .citizen(let actor): "citizen:\(actor.id)"
        case .partner(let partner, _): "partner:\(partner.id)"
        }
    }
}

/// One request to an endpoint, read and checked against the table.
struct Call: Sendable {
    let endpoint: Endpoint
    let request: Request
    let context: PublicContext
    let caller: Caller
    /// Parameters of the address, each fitting its schema.
    let query: [String: JSONValue]
    /// The body, fitting its schema; null where none is asked.
    let json: JSONValue
    /// The key of a command.
    let key: String?
    /// What `If-Match` says.
    let match: VersionMatch?

    var now: Instant { context.now }

    /// The author of what this call does.
    ///
    /// - Throws: `APIRefusal.tokenNeeded` where the table lets anybody in, which is a mistake of the table.
    var actor: Actor {
        get throws {
            switch caller {
            case .nobody: throw APIRefusal.tokenNeeded
            case .citizen(let actor), .partner(_, let actor): return actor
            }
        }
    }

    /// What the path filled into a slot.
    ///
    /// - Throws: `RequestError.notFound` when it is no text.
    func slot(_ name: String) throws(RequestError) -> String { try context.pathText("{\(name)}") }

    /// The dossier that the path names.
    ///
    /// - Throws: `RequestError.notFound` when it is no code.
    func dossierCode() throws(RequestError) -> DossierCode {
        guard let code = DossierCode(try slot("code")) else { throw .notFound }
        return code
    }

    /// Rows of a page.
    var limit: Int { query["limit"]?.number.map { Int($0) } ?? 20 }
}

/// The version that the author of a change has seen.
enum VersionMatch: Sendable, Equatable {
    /// `*`: whatever it is.
    case any
    case one(Int)
    /// Tags that are none of ours: they fit nothing.
    case none

    init(_ header: String) {
        let tags = header.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
        if tags.contains("*") {
            self = .any
        } else if tags.count == 1, let tag = tags.first, tag.hasPrefix("\""), tag.hasSuffix("\""),
            let version = Int(tag.dropFirst().dropLast())
        {
            self = .one(version)
        } else {
            self = .none
        }
    }

    /// The version to command with.
    ///
    /// - Throws: `APIRefusal.versionPassed`.
    func version(now: Int) throws(APIRefusal) -> Int {
        switch self {
        case .any: return now
        case .one(now): return now
        case .one, .none: throw .versionPassed(now: now)
        }
    }
}

// MARK: - Reading JSON

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
    var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }
    var list: [JSONValue] { if case .array(let list) = self { list } else { [] } }
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

    /// An object of what is there.
    static func record(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }

    static func moment(_ moment: Instant) -> JSONValue { .string(moment.description) }
    /// The same with every text as it was typed, composed and visible, as a form of a page is read.
    var composed: JSONValue {
        switch self {
        case .string(let text): .string(VietnameseText.typed(text))
        case .array(let list): .array(list.map(\.composed))
        case .object(let members): .object(members.mapValues(\.composed))
        case .null, .bool, .integer: self
        }
    }

    static func words(_ words: [String]) -> JSONValue { .array(words.map { .string($0) }) }
}
