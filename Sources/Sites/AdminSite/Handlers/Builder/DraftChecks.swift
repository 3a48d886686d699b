// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Synchronization

/// What the checker said of the newest texts of drafts: every page about a draft asks, and most ask of the same text.
final class DraftChecks: Sendable {
    /// Texts that are remembered: one or two for each draft that is worked on at a time.
    static let limit = 24

    private struct Key: Hashable {
        let path: String
        let digest: Digest
    }

    /// The newest last.
    private let kept = Mutex<[(key: Key, checked: CheckedPack)]>([])
    private let checker: PackChecker

    init(_ checker: PackChecker = PackChecker()) { self.checker = checker }

    /// The same as the checker says, from memory where this text was asked about before.
    func check(_ source: PackSource) -> CheckedPack {
        let key = Key(path: source.path, digest: source.digest)
        let known = kept.withLock { kept -> CheckedPack? in
            guard let index = kept.firstIndex(where: { $0.key == key }) else { return nil }
            let one = kept.remove(at: index)
            kept.append(one)
            return one.checked
        }
        if let known { return known }
        let checked = checker.check(source)
        kept.withLock { kept in
            kept.removeAll { $0.key == key }
            kept.append((key, checked))
            if kept.count > Self.limit { kept.removeFirst(kept.count - Self.limit) }
        }
        return checked
    }
}
