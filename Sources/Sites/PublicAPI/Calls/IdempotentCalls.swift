// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Identity
import Journal
import Kernel
import Site
import Storage

/// Gives the second arrival of a command the first answer. The commands open transactions of their own, so the key is
/// claimed before and the answer kept after; a refusal gives the key back, and a crash frees it after a minute. A
/// command that was done but not answered is safe to run again: it carries a version, or is known by its own key.
struct IdempotentCalls: Sendable {
    let store: any Store
    let clock: Kernel.Clock

    /// A handler is given up after 30 seconds; twice that, and its command is not at work any more.
    private static let abandonedSeconds: Int64 = 60

    /// Runs the command, or gives the answer that it had.
    ///
    /// - Parameters:
    ///   - call: the request, with its key and author.
    ///   - body: what was sent besides the JSON, such as a file's digest.
    ///   - command: what is done the first time.
    /// - Returns: the answer, the same each time.
    /// - Throws: `IdempotencyConflict`, `APIRefusal.keyInUse`, what the command throws.
    func run(_ call: Call, body: String = "", _ command: () async throws -> Reply) async throws -> Reply {
        guard let key = call.key else { throw APIRefusal.keyMissing }
        let scope = "api:\(try call.actor.id):\(call.endpoint.id)"
        let address = call.context.path.prefix { $0 != "?" }
        let digest = Digest(of: "\(address)\n\(call.match.map { "\($0)" } ?? "")\n\(call.json.canonicalText)\n\(body)")
        if let known = try await answer(scope, key, digest) { return known }
        do {
            let reply = try await command()
            let bytes = Array(reply.kept.canonicalText.utf8)
            try await store.write { try IdempotencyKeys.remember(scope: scope, key: key, answer: bytes, in: $0) }
            return reply
        } catch {
            try await store.write { try IdempotencyKeys.release(scope: scope, key: key, in: $0) }
            throw error
        }
    }

    /// The answer that was given before; nil when the command is ours to run.
    private func answer(_ scope: String, _ key: String, _ digest: Digest) async throws -> Reply? {
        let now = clock.now()
        let kept = try await store.write { transaction -> [UInt8]? in
            let claim = try IdempotencyKeys.claim(scope: scope, key: key, bodyDigest: digest, now: now, in: transaction)
            guard case .repeated(let answer) = claim else { return nil }
            guard answer.isEmpty else { return answer }
            let isOurs = try IdempotencyKeys.takeOver(
                scope: scope,
                key: key,
                begunBefore: now.adding(seconds: -Self.abandonedSeconds),
                now: now,
                in: transaction
            )
            guard isOurs else { throw APIRefusal.keyInUse }
            return nil
        }
        return try kept.map { try Reply(kept: JSONValue(parsing: String(decoding: $0, as: UTF8.self))) }
    }
}

extension Reply {
    /// What is kept of an answer.
    fileprivate var kept: JSONValue {
        .record([
            "status": .integer(Int64(status)), "body": body, "tag": tag.map { .string($0) },
            "location": location.map { .string($0) },
        ])
    }

    fileprivate init(kept: JSONValue) {
        self.init(
            status: Int(kept["status"]?.number ?? 200),
            body: kept["body"] ?? .null,
            tag: kept["tag"]?.text,
            location: kept["location"]?.text
        )
    }
}
