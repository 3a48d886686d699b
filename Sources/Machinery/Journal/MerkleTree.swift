// SPDX-License-Identifier: Apache-2.0

public import Digests

/// The hashes and checks of RFC 6962 §2.1; pure.
public enum MerkleTree {
    /// The hash of a leaf's bytes.
    public static func leaf(_ bytes: [UInt8]) -> Digest { Digest(of: [leafMark] + bytes) }

    /// Stands before the bytes of a leaf.
    static let leafMark: UInt8 = 0x00

    /// The hash of an inner node over its two children.
    public static func node(_ left: Digest, _ right: Digest) -> Digest { Digest(of: 0x01, left, right) }

    /// The root of the tree without leaves.
    public static let emptyRoot = Digest(of: [UInt8]())

    /// The root of the tree over these leaf hashes.
    public static func root(of leaves: [Digest]) -> Digest {
        var frontier = Frontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }

    /// The largest power of two below `size`, which is at least 2: where a tree is split.
    static func split(_ size: Int64) -> Int64 {
        precondition(size >= 2, "a tree of one leaf has no halves")
        return 1 << Int64(63 - (size - 1).leadingZeroBitCount)
    }
}

/// A tree whose leaves 2ˡ·position ..< 2ˡ·(position + 1) are all there.
public struct MerkleNode: Hashable, Sendable {
    /// 0 for a leaf.
    public let level: Int
    /// From the left, on its level.
    public let position: Int64
    /// Its root.
    public let hash: Digest

    /// One number for level and position, in the order of the leaves: a subtree stands in the middle of its own.
    var number: Int64 { MerkleNode.number(level, position) }

    static func number(_ level: Int, _ position: Int64) -> Int64 { (2 * position + 1) << Int64(level) }

    /// Smaller subtrees are computed from their at most eight leaves when they are asked for: seven rows out of eight,
    /// which an event would write, are not worth it.
    static let lowestKept = 4

    /// Whether the table has a row for it.
    var isKept: Bool { level >= MerkleNode.lowestKept }

    /// The rows that the table has for a tree of this size.
    static func keptCount(ofSize size: Int64) -> Int64 {
        let groups = size >> Int64(lowestKept)
        // A full binary tree of n leaves has n − 1 inner nodes; the edge holds one such tree for each bit of the size.
        return 2 * groups - Int64(groups.nonzeroBitCount)
    }
}

/// The right edge of a growing tree: the roots of its full subtrees, the largest first. All that appending needs.
public struct Frontier: Sendable, Equatable {
    /// Leaves so far.
    public private(set) var size: Int64 = 0
    private(set) var roots: [Digest] = []

    /// The edge of the empty tree.
    public init() {}

    /// The edge as it was stored; nil when the bytes are not one hash for each bit of the size.
    init?(size: Int64, bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * Digest.byteCount else { return nil }
        self.size = size
        roots = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap { start in
            Digest(bytes: Array(bytes[start..<start + Digest.byteCount]))
        }
    }

    /// The stored form.
    var bytes: [UInt8] { roots.flatMap(\.bytes) }

    /// Adds a leaf; of the full subtrees that it completes, those that the table keeps.
    @discardableResult
    public mutating func append(_ leaf: Digest) -> [MerkleNode] {
        var kept: [MerkleNode] = []
        var hash = leaf
        var level = 0
        while size >> Int64(level) & 1 == 1, let left = roots.popLast() {
            hash = MerkleTree.node(left, hash)
            level += 1
            let node = MerkleNode(level: level, position: size >> Int64(level), hash: hash)
            if node.isKept { kept.append(node) }
        }
        roots.append(hash)
        size += 1
        return kept
    }

    /// The root of the whole tree.
    public var root: Digest {
        guard var hash = roots.last else { return MerkleTree.emptyRoot }
        for left in roots.dropLast().reversed() { hash = MerkleTree.node(left, hash) }
        return hash
    }
}
