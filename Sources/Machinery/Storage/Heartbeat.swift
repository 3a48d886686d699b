// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// When a part of the system that runs by itself was last seen at work, told through the database, so that one process
/// knows of another.
public enum Heartbeat {
    /// Notes that the part is at work at this moment.
    public static func beat(_ name: String, now: Instant, in transaction: Transaction) throws(StoreError) {
        try transaction.run(
            """
            INSERT INTO heartbeat (name, at) VALUES (\(name), \(now))
            ON CONFLICT (name) DO UPDATE SET at = \(now)
            """
        )
    }

    /// When it was last seen; nil when it never was.
    public static func last(_ name: String, in transaction: Transaction) throws(StoreError) -> Instant? {
        try transaction.first("SELECT at FROM heartbeat WHERE name = \(name)")?.get("at")
    }
}
