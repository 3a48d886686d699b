// SPDX-License-Identifier: Apache-2.0

internal import CArgon2
import Foundation
public import Kernel
import Synchronization

/// What can go wrong with a password's hash.
public enum PasswordHasherError: Presentable, Equatable {
    /// Too many passwords wait for the hashing threads.
    case busy
    /// Longer than `PasswordHasher.passwordLimitBytes`.
    case tooLong
    /// The library refused: its code, for the operator.
    case failed(code: Int32)

    public var code: String {
        switch self {
        case .busy: "password-busy"
        case .tooLong: "password-too-long"
        case .failed: "password-failed"
        }
    }

    public var status: Int {
        switch self {
        case .busy: 503
        case .tooLong: 422
        case .failed: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .busy: .warning
        case .tooLong: .notice
        case .failed: .critical
        }
    }

    public var publicDetail: String? {
        switch self {
        case .busy: "Đang có nhiều người đăng nhập. Thử lại sau ít giây."
        case .tooLong: "Mật khẩu không quá 256 ký tự."
        case .failed: nil
        }
    }
}

/// Argon2id on threads of its own. Login is the most expensive request we have: memory and queue are bounded.
public struct PasswordHasher: Sendable {
    /// The price of one hash; stored in its PHC string, so that it may rise later.
    public struct Cost: Equatable, Sendable {
        /// Passes over the memory.
        public var passes: UInt32
        /// Memory in KiB.
        public var memoryKiB: UInt32
        /// Lanes.
        public var lanes: UInt32

        /// A price of passes, KiB of memory and lanes.
        public init(passes: UInt32, memoryKiB: UInt32, lanes: UInt32) {
            (self.passes, self.memoryKiB, self.lanes) = (passes, memoryKiB, lanes)
        }

        /// t=2, m=19 MiB, p=1: OWASP's recommendation, 34 ms on the reference machine.
        public static let standard = Cost(passes: 2, memoryKiB: 19 * 1_024, lanes: 1)
    }

    /// A longer password is refused unread: 256 characters of at most four bytes.
    public static let passwordLimitBytes = 1_024
    private static let saltBytes = 16
    private static let hashBytes = 32

    /// The price of new hashes.
    public let cost: Cost
    private let random: RandomSource
    private let threads: WorkerThreads
    private let places: Places

    /// One core is left to requests, and two threads keep at most 2 × 19 MiB in use.
    public static var standardThreadCount: Int { min(2, max(1, ProcessInfo.processInfo.activeProcessorCount - 1)) }
    /// 32 waiting at 34 ms each are answered within about a second.
    public static let waitingOfThread = 32

    /// Hashes at this price, on this many threads.
    public init(
        random: RandomSource,
        cost: Cost = .standard,
        threadCount: Int = PasswordHasher.standardThreadCount,
        queueLimit: Int? = nil
    ) {
        let limit = queueLimit ?? PasswordHasher.waitingOfThread * threadCount
        self.cost = cost
        self.random = random
        places = Places(limit: limit + threadCount)
        threads = WorkerThreads(name: "argon2", count: threadCount, queueLimit: limit, givesWay: true)
    }

    /// Does what will need a hash where there is a place for it: whoever finds none is refused at once, before the body
    /// has written anything, and costs next to nothing. Throws `busy`, or what the body throws.
    @discardableResult
    public func admitted<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        guard places.take() else { throw PasswordHasherError.busy }
        defer { places.giveBack() }
        return try await body()
    }

    /// The PHC string of a password, with a new salt. Throws `busy`, `tooLong` or `failed`.
    public func hash(_ password: String) async throws(PasswordHasherError) -> String {
        try PasswordHasher.checkLength(password)
        let (cost, salt) = (cost, random.bytes(PasswordHasher.saltBytes))
        return try await onThread { PasswordHasher.encode(password, salt: salt, cost: cost) }
    }

    /// Whether the password is the one of this PHC string. Throws `busy`, `tooLong`, or `failed` for a broken string.
    public func verify(_ password: String, against phc: String) async throws(PasswordHasherError) -> Bool {
        try PasswordHasher.checkLength(password)
        return try await onThread { PasswordHasher.matches(password, phc: phc) }
    }

    /// Whether the string was made at another price than today's, and should be made anew at the next login.
    public func needsRehash(_ phc: String) -> Bool {
        let wanted = "$argon2id$v=19$m=\(cost.memoryKiB),t=\(cost.passes),p=\(cost.lanes)$"
        return !phc.hasPrefix(wanted)
    }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, PasswordHasherError>
    ) async throws(PasswordHasherError) -> Value {
        let result: Result<Value, PasswordHasherError>
        do { result = try await threads.run(body) } catch { throw .busy }
        return try result.get()
    }

    private static func checkLength(_ password: String) throws(PasswordHasherError) {
        guard password.utf8.count <= passwordLimitBytes else { throw .tooLong }
    }

    private static func encode(_ password: String, salt: [UInt8], cost: Cost) -> Result<String, PasswordHasherError> {
        let length = argon2_encodedlen(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            UInt32(salt.count),
            UInt32(hashBytes),
            Argon2_id
        )
        var encoded = [CChar](repeating: 0, count: length)
        let secret = Array(password.utf8)
        let code = unsafe argon2id_hash_encoded(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            secret,
            secret.count,
            salt,
            salt.count,
            hashBytes,
            &encoded,
            length
        )
        guard code == ARGON2_OK.rawValue else { return .failure(.failed(code: code)) }
        return .success(String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }

    private static func matches(_ password: String, phc: String) -> Result<Bool, PasswordHasherError> {
        let secret = Array(password.utf8)
        let code = unsafe argon2id_verify(phc, secret, secret.count)
        switch code {
        case ARGON2_OK.rawValue: return .success(true)
        case ARGON2_VERIFY_MISMATCH.rawValue: return .success(false)
        default: return .failure(.failed(code: code))
        }
    }
}

/// How many may be on their way to a hash at once.
private final class Places: Sendable {
    private let taken = Mutex(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func take() -> Bool {
        taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
    }

    func giveBack() { taken.withLock { $0 -= 1 } }
}
