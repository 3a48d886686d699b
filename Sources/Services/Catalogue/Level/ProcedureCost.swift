// SPDX-License-Identifier: Apache-2.0

import Digests
import Synchronization

/// What complying with one procedure costs people, before and after.
public struct ProcedureCost: Sendable {
    /// The procedure's code.
    public let code: String
    /// Its name.
    public let name: String
    /// The name of its branch.
    public let sector: String
    /// The costs.
    public let cost: ComplianceCost
}

/// The costs of the versions that were last in force.
final class KeptCosts: Sendable {
    private let kept = Mutex<[Digest: ProcedureCost]>([:])

    /// Those of these versions that are known.
    func costs(of versions: [Digest]) -> [Digest: ProcedureCost] {
        kept.withLock { known in
            Dictionary(
                versions.compactMap { digest in known[digest].map { (digest, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// Keeps these in place of all others.
    func keep(_ costs: [Digest: ProcedureCost]) { kept.withLock { $0 = costs } }
}
