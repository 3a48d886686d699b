// SPDX-License-Identifier: Apache-2.0

public import Digests

/// That a leaf is in a tree (RFC 6962 §2.1.1).
public struct InclusionProof: Sendable, Equatable {
    /// The leaf's index, from 0.
    public let index: Int64
    /// Leaves of the tree.
    public let size: Int64
    /// The hashes beside the way from the leaf to the root, the leaf's sibling first.
    public let path: [Digest]

    /// A proof as it was received.
    public init(index: Int64, size: Int64, path: [Digest]) {
        (self.index, self.size, self.path) = (index, size, path)
    }

    /// Whether the leaf with this hash is at this index of the tree with this root.
    public func holds(leaf: Digest, root: Digest) -> Bool {
        guard index >= 0, index < size else { return false }
        var (first, last) = (index, size - 1)
        var hash = leaf
        for sibling in path {
            if last == 0 { return false }
            if first & 1 == 1 || first == last {
                hash = MerkleTree.node(sibling, hash)
                while first & 1 == 0, first != 0 {
                    first >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.node(hash, sibling)
            }
            first >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}

/// That one tree extends another, which it begins with (RFC 6962 §2.1.2).
public struct ConsistencyProof: Sendable, Equatable {
    /// Leaves of the earlier tree.
    public let oldSize: Int64
    /// Leaves of the later tree.
    public let newSize: Int64
    /// The hashes from which both roots are computed.
    public let path: [Digest]

    /// A proof as it was received.
    public init(oldSize: Int64, newSize: Int64, path: [Digest]) {
        (self.oldSize, self.newSize, self.path) = (oldSize, newSize, path)
    }

    /// Whether the tree with the new root begins with the one with the old root.
    public func holds(oldRoot: Digest, newRoot: Digest) -> Bool {
        guard 0 <= oldSize, oldSize <= newSize else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return path.isEmpty && oldRoot == MerkleTree.emptyRoot }
        // The old tree is a full subtree of the new one: its root is known to both sides and not sent.
        let isFull = oldSize & (oldSize - 1) == 0
        var rest = isFull ? [oldRoot] + path : path
        guard !path.isEmpty, let start = rest.first else { return false }
        rest.removeFirst()
        var (first, last) = (oldSize - 1, newSize - 1)
        while first & 1 == 1 {
            first >>= 1
            last >>= 1
        }
        var (old, new) = (start, start)
        for hash in rest {
            if last == 0 { return false }
            if first & 1 == 1 || first == last {
                old = MerkleTree.node(hash, old)
                new = MerkleTree.node(hash, new)
                while first & 1 == 0, first != 0 {
                    first >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.node(new, hash)
            }
            first >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}

/// Makes proofs from the hashes of full subtrees, wherever they are kept.
struct Prover {
    /// The root of a full subtree.
    let node: (_ level: Int, _ position: Int64) throws -> Digest

    /// The root over the leaves of a range, which begins where a subtree of its size may begin.
    func root(_ range: Range<Int64>) throws -> Digest {
        let size = range.upperBound - range.lowerBound
        guard size > 0 else { return MerkleTree.emptyRoot }
        if size & (size - 1) == 0 {
            let level = size.trailingZeroBitCount
            return try node(level, range.lowerBound >> Int64(level))
        }
        let middle = range.lowerBound + MerkleTree.split(size)
        return MerkleTree.node(
            try root(range.lowerBound..<middle),
            try root(middle..<range.upperBound)
        )
    }

    /// The path of RFC 6962 §2.1.1 for a leaf of the range.
    func inclusion(of index: Int64, in range: Range<Int64>) throws -> [Digest] {
        let size = range.upperBound - range.lowerBound
        guard size > 1 else { return [] }
        let middle = range.lowerBound + MerkleTree.split(size)
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return left.contains(index)
            ? try inclusion(of: index, in: left) + [root(right)]
            : try inclusion(of: index, in: right) + [root(left)]
    }

    /// The path of RFC 6962 §2.1.2: the first `oldSize` leaves of the range against all of it.
    func consistency(of oldSize: Int64, in range: Range<Int64>, isWhole: Bool = true) throws -> [Digest] {
        let size = range.upperBound - range.lowerBound
        if oldSize == size { return isWhole ? [] : [try root(range)] }
        let half = MerkleTree.split(size)
        let middle = range.lowerBound + half
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return oldSize <= half
            ? try consistency(of: oldSize, in: left, isWhole: isWhole) + [root(right)]
            : try consistency(of: oldSize - half, in: right, isWhole: false) + [root(left)]
    }
}
