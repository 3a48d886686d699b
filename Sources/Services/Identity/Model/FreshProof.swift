// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// How recently an officer must have proved to be present before an act that binds: signing, changing one's own keys
/// (ASVS 5.0, 7.5.3). Signing in counts, and so does one proof for a whole batch.
public struct FreshProof: Sendable, Hashable {
    /// Seconds for which a proof holds.
    public var seconds: Int64

    /// A proof that holds for so many minutes.
    public init(minutes: Int64) { seconds = minutes * 60 }

    /// Five minutes: enough to read and pick a batch, too short for a desk that was left.
    public static let standard = FreshProof(minutes: 5)

    /// Whether the actor's last proof still holds.
    public func holds(for actor: Actor, at now: Instant) -> Bool {
        guard let provedAt = actor.provedAt else { return false }
        return now.seconds(since: provedAt) < seconds
    }
}
