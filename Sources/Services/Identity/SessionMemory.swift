// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Synchronization

/// What a request does with the session that it shows.
public enum SessionUse: Sendable {
    /// It reads: a check of a moment ago will do.
    case reading
    /// It changes something: the database is asked.
    case changing
}

/// Sessions that this node checked a moment ago.
///
/// What is remembered counts only while a look at the database is younger than the lease, and only if it was read under
/// the very generation of sessions and version of the organisation that this look found. Every check that does go to
/// the database is such a look. What this process itself changes ends the lease before the change is acknowledged;
/// what others change counts here when the lease ends. Nothing is remembered of secrets that open nothing.
final class SessionMemory: Sendable {
    /// The longest time for which a change on another node is not seen here: 250 ms.
    static let leaseMicroseconds: Int64 = 250_000
    /// 4,096 people within an hour are more than a province has at work; about 1 kB each.
    static let sessionLimit = 4_096

    /// What a look at the database found.
    struct Look: Sendable {
        /// When the look began.
        var at: Instant
        /// The store's count of this process's own changes before it began.
        var changes: Int
        var generation: Int64
        var organisationVersion: Int64

        func isSameState(as other: Look) -> Bool {
            generation == other.generation && organisationVersion == other.organisationVersion
        }
    }

    /// What is remembered of one session: a reference, so that nothing of it is copied under the lock.
    private final class Known: Sendable {
        let session: Session
        let person: SignedIn
        let look: Look

        init(_ session: Session, _ person: SignedIn, _ look: Look) {
            (self.session, self.person, self.look) = (session, person, look)
        }
    }

    /// A digest as four numbers, which are hashed and compared faster than 32 bytes. How long a comparison takes may
    /// tell something of a digest, and nothing of a secret: who could choose digests would have to invert SHA-256
    /// first.
    private struct Key: Hashable {
        let words: (UInt64, UInt64, UInt64, UInt64)

        init(_ digest: Digest) {
            func word(_ start: Int) -> UInt64 {
                (start..<start + 8).reduce(0) { $0 << 8 | UInt64(digest.bytes[$1]) }
            }
            words = (word(0), word(8), word(16), word(24))
        }

        static func == (one: Key, other: Key) -> Bool { one.words == other.words }

        func hash(into hasher: inout Hasher) {
            hasher.combine(words.0)
            hasher.combine(words.1)
            hasher.combine(words.2)
            hasher.combine(words.3)
        }
    }

    private struct State {
        var known: [Key: Known] = [:]
        var lease: Look?
    }

    private let state = Mutex(State())

    /// The person of this session, where that may still be said without asking; nil says nothing.
    ///
    /// - Parameters:
    ///   - digest: of the secret that was shown.
    ///   - now: the present moment.
    ///   - door: where it was shown.
    ///   - changes: the store's count of this process's changes.
    ///   - touchAfterSeconds: how old the noted use may be before it must be noted again.
    /// - Returns: the person as she stood a moment ago; nil where the database must be asked.
    func person(
        _ digest: Digest,
        at now: Instant,
        _ door: SessionDoor = .portal,
        changes: Int,
        touchAfterSeconds: Int64
    ) -> SignedIn? {
        let key = Key(digest)
        let found: Known? = state.withLock { state in
            guard let lease = state.lease, lease.changes == changes, Self.isFresh(lease, at: now),
                let known = state.known[key], known.look.isSameState(as: lease)
            else { return nil }
            return known
        }
        guard let found, found.session.door == door, now < found.session.endsAt, now < found.session.absoluteEndAt,
            (0..<touchAfterSeconds).contains(now.seconds(since: found.session.seenAt)),
            // Authorities and substitutions are good for days.
            found.look.at.date == now.date
        else { return nil }
        return found.person
    }

    /// Keeps what was read, and that this was a look.
    func keep(_ person: SignedIn, _ session: Session, _ look: Look) {
        let (key, known) = (Key(session.digest), Known(session, person, look))
        state.withLock { state in
            if state.known.count >= Self.sessionLimit, state.known[key] == nil {
                // Who comes again is read again: one reading each, as without a memory.
                state.known.removeAll(keepingCapacity: true)
            }
            state.known[key] = known
            // Two looks may cross: the one that saw less does not replace the one that saw more.
            if let lease = state.lease,
                (look.generation, look.organisationVersion)
                    < (lease.generation, lease.organisationVersion)
            {
                return
            }
            state.lease = look
        }
    }

    /// How many are remembered.
    var count: Int { state.withLock { $0.known.count } }

    private static func isFresh(_ look: Look, at now: Instant) -> Bool {
        // A clock that was set back makes nothing young.
        (0..<leaseMicroseconds).contains(now.microseconds - look.at.microseconds)
    }
}
