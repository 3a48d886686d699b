// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// How often and after what pause a call is repeated while somebody waits for it. What may wait for hours goes through
/// the job queue instead.
public struct RetryPolicy: Hashable, Sendable {
    /// All attempts, the first included.
    public var attempts: Int
    /// Pause after the first failure; it doubles with each further one.
    public var baseSeconds: Double
    /// No pause is longer.
    public var capSeconds: Double

    /// A policy.
    public init(attempts: Int, baseSeconds: Double = 0.2, capSeconds: Double = 5) {
        self.attempts = attempts
        self.baseSeconds = baseSeconds
        self.capSeconds = capSeconds
    }

    /// One attempt.
    public static let none = RetryPolicy(attempts: 1)
    /// Three attempts: at once, after about 0.2 s, after about 0.4 s.
    public static let short = RetryPolicy(attempts: 3)

    /// Seconds to wait after attempt number `attempt` (from 1): half fixed and half by chance over base · 2ⁿ⁻¹, and at
    /// least what the peer asked for.
    ///
    /// Nil when no further attempt is made, which is also so when the peer asks for more than the cap.
    public func pauseSeconds(after attempt: Int, askedFor: Double? = nil, random: RandomSource) -> Double? {
        guard attempt < attempts else { return nil }
        if let askedFor, askedFor > capSeconds { return nil }
        let doubled = baseSeconds * Double(sign: .plus, exponent: min(attempt - 1, 30), significand: 1)
        let fraction = random.bytes(2).reduce(0.0) { $0 * 256 + Double($1) } / 65_536
        // Half fixed, half by chance: peers that failed together do not come back together, and nobody at once.
        return max(askedFor ?? 0, min(doubled, capSeconds) * (0.5 + fraction / 2))
    }
}
