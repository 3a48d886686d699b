// SPDX-License-Identifier: Apache-2.0

import Digests
import Synchronization

/// The packs that were asked for last, taken apart; the others lie in the store.
final class PackCache: Sendable {
    /// Packs that are kept. One takes some 200 kB, so 25 MB in all; a province has fewer in daily use.
    static let standardLimit = 128

    private struct Kept {
        var versions: [Digest: (version: ProcedureVersion, usedAt: UInt64)] = [:]
        var tick: UInt64 = 0
        var misses = 0
    }

    private let limit: Int
    private let kept = Mutex(Kept())

    init(limit: Int) {
        precondition(limit > 0, "a cache of nothing")
        self.limit = limit
    }

    /// How many are kept, and how often one was not there.
    var figures: (count: Int, misses: Int) { kept.withLock { ($0.versions.count, $0.misses) } }

    func find(_ digest: Digest) -> ProcedureVersion? {
        kept.withLock { kept in
            kept.tick += 1
            guard let version = kept.versions[digest]?.version else {
                kept.misses += 1
                return nil
            }
            kept.versions[digest]?.usedAt = kept.tick
            return version
        }
    }

    func keep(_ version: ProcedureVersion) {
        kept.withLock { kept in
            kept.tick += 1
            kept.versions[version.digest] = (version, kept.tick)
            guard kept.versions.count > limit else { return }
            // One of some hundred, and only where a pack was read and taken apart anyway.
            if let oldest = kept.versions.min(by: { $0.value.usedAt < $1.value.usedAt }) {
                kept.versions[oldest.key] = nil
            }
        }
    }
}
