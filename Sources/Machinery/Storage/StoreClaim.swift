// SPDX-License-Identifier: Apache-2.0

import Glibc
import Digests
import Synchronization

/// That a process works on a database: servers share it, a restore has it alone.
///
/// SQLite: a lock on the file `….lock` beside the database. PostgreSQL: an advisory lock of a session of its own, so no
/// pooler that shares sessions may stand in between. Both end with the process, whatever ends it.
public final class StoreClaim: Sendable {
    private struct Hold: ~Copyable {
        var descriptor: Int32?
        var session: PostgresConnection?
    }

    private let address: String
    private let isAlone: Bool
    private let held = Mutex(Hold())
    /// Blocking calls stay off the cooperative threads.
    private let threads = WorkerThreads(name: "claim", count: 1, queueLimit: 4)

    /// Claims the database of this address, shared with others or alone.
    ///
    /// Throws `StoreError.inUse` when others stand in the way, `unavailable` when it cannot be reached.
    public static func take(url: String, alone: Bool) async throws(StoreError) -> StoreClaim {
        let claim = StoreClaim(address: url, isAlone: alone)
        try await claim.renew()
        return claim
    }

    private init(address: String, isAlone: Bool) {
        (self.address, self.isAlone) = (address, isAlone)
    }

    deinit { release() }

    /// Makes sure that the claim still holds, and takes it again after a lost connection; called from time to time.
    ///
    /// Throws as `take`.
    public func renew() async throws(StoreError) {
        let result: Result<Void, StoreError>
        do {
            result = try await threads.run {
                do throws(StoreError) { return .success(try self.hold()) } catch { return .failure(error) }
            }
        } catch { throw .busy }
        try result.get()
    }

    /// Gives the database back to others.
    public func release() {
        held.withLock { hold in
            if let descriptor = hold.descriptor { close(descriptor) }
            hold.descriptor = nil
            hold.session?.disconnect()
            hold.session = nil
        }
    }

    private func hold() throws(StoreError) {
        if address == "sqlite::memory:" { return }
        if address.hasPrefix("sqlite:") {
            try holdFile(String(address.dropFirst("sqlite:".count)) + ".lock")
        } else {
            try holdSession()
        }
    }

    private func holdFile(_ path: String) throws(StoreError) {
        try held.withLock { hold throws(StoreError) in
            if hold.descriptor != nil { return }
            let descriptor: Int32
            do {
                descriptor = try Files.open(path, O_RDWR | O_CREAT | O_CLOEXEC)
            } catch { throw .unavailable(reason: "\(path): \(error)") }
            guard flock(descriptor, (isAlone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
                close(descriptor)
                throw .inUse
            }
            hold.descriptor = descriptor
        }
    }

    private func holdSession() throws(StoreError) {
        try held.withLock { hold throws(StoreError) in
            if let session = hold.session {
                do throws(StoreError) {
                    _ = try session.rows("SELECT 1 AS one")
                    return
                } catch { hold.session = nil }  // lost, and the lock with it: taken again below
            }
            let session = PostgresConnection(address: address)
            try session.connect()
            let query: Statement =
                isAlone
                ? "SELECT pg_try_advisory_lock(hashtext('motcua claim ' || current_schema())) AS is_ours"
                : "SELECT pg_try_advisory_lock_shared(hashtext('motcua claim ' || current_schema())) AS is_ours"
            guard try session.rows(query).first?.get("is_ours", as: Bool.self) == true else { throw .inUse }
            hold.session = session
        }
    }
}
