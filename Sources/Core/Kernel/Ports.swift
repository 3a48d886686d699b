// SPDX-License-Identifier: Apache-2.0

import Glibc

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
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe bytes.withUnsafeMutableBytes { bytes in
            // The system gives 256 bytes at a time.
            for start in stride(from: 0, to: count, by: 256) {
                let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start..<min(start + 256, count)])
                precondition(unsafe getentropy(piece.baseAddress, piece.count) == 0, "the system has randomness")
            }
        }
        return bytes
    }
}
