// SPDX-License-Identifier: Apache-2.0

import Digests
import Journal
public import Kernel
import Storage

/// One signed-in browser in the list of a person's devices.
public struct SignedInDevice: Sendable, Hashable {
    /// Names it in a form; tells nothing of its secret.
    public var handle: String
    /// `Chrome trên Android`; nil where the browser told nothing.
    public var words: String?
    /// How the person was authenticated there.
    public var authentication: AuthenticationMethod
    /// When it began.
    public var startedAt: Instant
    /// When it was used last, to the minute.
    public var seenAt: Instant
    /// Whether it is the browser that asks.
    public var isThis: Bool
}

extension IdentityService {
    /// The browsers in which this person is signed in: this one first, then the one used last.
    ///
    /// - Throws: `StoreError`.
    public func devices(of actor: Actor) async throws -> [SignedInDevice] {
        let (now, subject) = (clock.now(), actor.id)
        let sessions = try await store.read { try SessionTable.open(of: subject, at: now, in: $0) }
        let devices = sessions.filter { $0.kind == actor.kind }.map { session in
            SignedInDevice(
                handle: Self.handle(session.digest),
                words: session.device,
                authentication: session.authentication,
                startedAt: session.startedAt,
                seenAt: session.seenAt,
                isThis: session.digest == actor.session
            )
        }
        return devices.filter(\.isThis) + devices.filter { !$0.isThis }
    }

    /// Ends one session of this person.
    ///
    /// - Parameters:
    ///   - handle: as the list gave it.
    ///   - actor: the person.
    /// - Returns: false where there is no such session of this person any more.
    /// - Throws: `StoreError`.
    public func endDevice(_ handle: String, by actor: Actor) async throws -> Bool {
        let now = clock.now()
        return try await store.journalled { [log] transaction in
            let open = try SessionTable.open(of: actor.id, at: now, in: transaction)
            guard let session = open.first(where: { $0.kind == actor.kind && Self.handle($0.digest) == handle }),
                try SessionTable.delete(session.digest, in: transaction)
            else { return false }
            let event = session.digest == actor.session ? IdentityEvent.signedOut : .deviceSignedOut
            try log.append([Self.entry(event, actor: actor, at: now)], in: transaction)
            return true
        }
    }

    /// Ends every session of this person, the one that asks too.
    ///
    /// - Returns: how many were ended.
    /// - Throws: `StoreError`.
    @discardableResult
    public func signOutEverywhere(_ actor: Actor) async throws -> Int {
        let now = clock.now()
        return try await store.journalled { [log] transaction in
            let ended = try SessionTable.deleteAll(of: actor.id, in: transaction)
            if ended > 0 {
                try log.append([Self.entry(.signedOutEverywhere, actor: actor, at: now)], in: transaction)
            }
            return ended
        }
    }

    static func handle(_ digest: Digest) -> String { String(Digest(of: "device:" + digest.hex).hex.prefix(32)) }
}
