// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Synchronization

/// Token buckets by key, in this process. Sign-in has a limit in the database besides.
///
/// Every key may do `burst` things at once and `perMinute` things in the long run.
public final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private let burst: Double
    private let perSecond: Double
    private let keyLimit: Int
    private let clock: Clock
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - burst: How many at once.
    ///   - perMinute: How many in the long run.
    ///   - keyLimit: Keys remembered; 100,000 are about 10 MB. When all are in use the longest unused are forgotten.
    ///   - clock: Where the time comes from.
    public init(burst: Int, perMinute: Int, keyLimit: Int = 100_000, clock: Clock) {
        precondition(burst > 0 && perMinute > 0 && keyLimit > 0, "a limiter that refuses all is a mistake")
        (self.burst, perSecond) = (Double(burst), Double(perMinute) / 60)
        (self.keyLimit, self.clock) = (keyLimit, clock)
    }

    /// Takes one token.
    ///
    /// - Parameter key: Who: `ClientAddress.limitKey`, an account, with a word for what (`track:192.0.2.1`).
    /// - Throws: `rateLimited` with the seconds until the next token.
    public func take(_ key: String) throws(RequestError) {
        let now = clock.now()
        let waitSeconds = buckets.withLock { buckets -> Int in
            if buckets.count >= keyLimit, buckets[key] == nil { forget(&buckets, now) }
            var bucket = buckets[key] ?? Bucket(tokens: burst, at: now)
            bucket.tokens = refilled(bucket, now)
            bucket.at = max(now, bucket.at)
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[key] = bucket
            return isAllowed ? 0 : max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
        }
        guard waitSeconds == 0 else { throw .rateLimited(retryAfterSeconds: waitSeconds) }
    }

    /// How many keys are remembered.
    var keyCount: Int { buckets.withLock { $0.count } }

    private func refilled(_ bucket: Bucket, _ now: Instant) -> Double {
        let seconds = Double(max(0, now.microseconds - bucket.at.microseconds)) / 1_000_000
        return min(burst, bucket.tokens + seconds * perSecond)
    }

    /// Full buckets say nothing; when none is full, the older half goes.
    private func forget(_ buckets: inout [String: Bucket], _ now: Instant) {
        buckets = buckets.filter { refilled($0.value, now) < burst }
        guard buckets.count >= keyLimit else { return }
        let byAge = buckets.sorted { $0.value.at < $1.value.at }
        buckets = Dictionary(uniqueKeysWithValues: byAge.suffix(keyLimit / 2).map { ($0.key, $0.value) })
    }
}
