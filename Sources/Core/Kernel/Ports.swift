// SPDX-License-Identifier: Apache-2.0

/// Where the time comes from. Injected, so that every test is repeatable.
public struct Clock: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Instant

    /// A clock that answers what the closure says.
    public init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// The day in Vietnam at this moment.
    public var today: LocalDate { now().date }
}

/// Where randomness comes from. Injected, so that a simulation can be repeated from its seed.
public struct RandomSource: Sendable {
    /// As many random bytes as asked for.
    public var bytes: @Sendable (_ count: Int) -> [UInt8]

    /// A source that answers what the closure says.
    public init(bytes: @escaping @Sendable (_ count: Int) -> [UInt8]) {
        self.bytes = bytes
    }

    /// The operating system's cryptographic generator.
    public static let system = RandomSource { count in
        var generator = SystemRandomNumberGenerator()
        // One number is one call of the system, and gives eight bytes.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            var number = generator.next()
            for _ in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: number))
                number >>= 8
            }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
