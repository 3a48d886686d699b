// SPDX-License-Identifier: Apache-2.0

import Digests
public import Journal
public import Kernel

/// What an archive holds, as it says itself at its end.
public struct BackupManifest: Sendable, Equatable, Codable {
    /// One table.
    public struct Table: Sendable, Equatable, Codable {
        /// Its name.
        public var name: String
        /// How many rows there are.
        public var rows: Int64
        /// The SHA-256 of its rows, added up so that their order does not matter.
        public var digest: String
    }

    /// The moment of the snapshot, in microseconds.
    var takenAtMicroseconds: Int64
    /// The tables by name.
    public var tables: [Table]
    /// Files of the store.
    public var files: Int64
    /// Their bytes.
    public var fileBytes: Int64
    /// The SHA-256 names of the files, added up.
    var filesDigest: String
    /// Files that were damaged already when the backup was made, by the digest that they should have; not in it.
    public var damagedFiles: [String]
    var headSize: Int64
    var headRoot: String

    /// The moment of the snapshot: what happened later is not in it.
    public var takenAt: Instant { Instant(microseconds: takenAtMicroseconds) }

    /// The head of the journal's tree in the snapshot; nil when its root is not one.
    public var head: TreeHead? { Digest(hex: headRoot).map { TreeHead(size: headSize, root: $0) } }

    /// The rows of all tables.
    public var rows: Int64 { tables.reduce(0) { $0 + $1.rows } }
}
