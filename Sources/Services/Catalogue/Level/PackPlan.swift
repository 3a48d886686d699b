// SPDX-License-Identifier: Apache-2.0

import Digests
import Synchronization

/// What level, roadmap and cost need to know of a pack.
public struct PackPlan: Sendable {
    /// The procedure's code.
    public let code: String
    /// Its name.
    public let name: String
    /// The name of its branch.
    public let sector: String
    /// The level that the agency declares.
    public let declared: ServiceLevel
    /// Where it is to be lifted.
    public let target: LevelTarget?
    /// What complying costs people, before and after.
    public let cost: ComplianceCost?
    /// What pack and configuration show; nothing of use.
    let evidence: LevelEvidence

    init(_ pack: ProcedurePack, platform: PlatformEvidence) {
        (code, name, sector, declared) = (pack.code, pack.name, pack.sector.name, pack.declaredLevel)
        (target, cost) = (pack.target, pack.cost)
        evidence = LevelEvidence(pack, platform: platform)
    }
}

/// The plans of the versions that were last in force.
final class KeptPlans: Sendable {
    private let kept = Mutex<[Digest: PackPlan]>([:])

    /// Those of these versions that are known.
    func plans(of versions: [Digest]) -> [Digest: PackPlan] {
        kept.withLock { known in
            Dictionary(
                versions.compactMap { digest in known[digest].map { (digest, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// Keeps these in place of all others.
    func keep(_ plans: [Digest: PackPlan]) { kept.withLock { $0 = plans } }
}
