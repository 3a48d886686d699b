// SPDX-License-Identifier: Apache-2.0

extension Optional {
    /// `map` for what has to wait: nil stays nil and nothing is called.
    public func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let wrapped = self else { return nil }
        return try await transform(wrapped)
    }
}
