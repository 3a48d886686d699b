// SPDX-License-Identifier: Apache-2.0

import Digests
@testable import Journal
import Testing

/// The vectors of RFC 6962 implementations: eight leaves, their roots and some proofs.
@Suite struct MerkleTreeTests {
    private static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap { [UInt8](hex: $0) }.map(MerkleTree.leaf)

    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test(arguments: 0...8)
    func rootsMatchTheVectors(size: Int) {
        #expect(MerkleTree.root(of: Array(Self.leaves.prefix(size))).hex == Self.roots[size])
    }

    @Test(arguments: [
        (
            0, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ])
    func inclusionMatchesTheVectors(index: Int, size: Int, path: [String]) throws {
        let prover = try Prover(over: Array(Self.leaves.prefix(size)))
        #expect(try prover.inclusion(of: Int64(index), in: 0..<Int64(size)).map(\.hex) == path)
        let proof = InclusionProof(index: Int64(index), size: Int64(size), path: path.compactMap { Digest(hex: $0) })
        let root = try #require(Digest(hex: Self.roots[size]))
        #expect(proof.holds(leaf: Self.leaves[index], root: root))
        #expect(!proof.holds(leaf: Self.leaves[(index + 1) % size], root: root))
    }

    @Test(arguments: [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
    ])
    func consistencyMatchesTheVectors(old: Int, new: Int, path: [String]) throws {
        let prover = try Prover(over: Array(Self.leaves.prefix(new)))
        #expect(try prover.consistency(of: Int64(old), in: 0..<Int64(new)).map(\.hex) == path)
        let proof = ConsistencyProof(
            oldSize: Int64(old),
            newSize: Int64(new),
            path: path.compactMap { Digest(hex: $0) }
        )
        let (oldRoot, newRoot) = (
            try #require(Digest(hex: Self.roots[old])), try #require(Digest(hex: Self.roots[new]))
        )
        #expect(proof.holds(oldRoot: oldRoot, newRoot: newRoot))
        #expect(old == new || !proof.holds(oldRoot: newRoot, newRoot: newRoot))
    }

    @Test func everyProofOfEverySizeHoldsAndNoOther() throws {
        let leaves = (0..<40).map { MerkleTree.leaf([UInt8($0)]) }
        for size in 1...40 {
            let prover = try Prover(over: Array(leaves.prefix(size)))
            let root = MerkleTree.root(of: Array(leaves.prefix(size)))
            #expect(try prover.root(0..<Int64(size)) == root)
            for index in 0..<size {
                let path = try prover.inclusion(of: Int64(index), in: 0..<Int64(size))
                let proof = InclusionProof(index: Int64(index), size: Int64(size), path: path)
                #expect(proof.holds(leaf: leaves[index], root: root))
                #expect(!proof.holds(leaf: MerkleTree.leaf([255]), root: root))
                #expect(!proof.holds(leaf: leaves[index], root: MerkleTree.emptyRoot))
                let longer = InclusionProof(index: Int64(index), size: Int64(size), path: path + [root])
                #expect(!longer.holds(leaf: leaves[index], root: root))
            }
            for old in 0...size {
                let oldRoot = MerkleTree.root(of: Array(leaves.prefix(old)))
                let path = old == 0 ? [] : try prover.consistency(of: Int64(old), in: 0..<Int64(size))
                let proof = ConsistencyProof(oldSize: Int64(old), newSize: Int64(size), path: path)
                #expect(proof.holds(oldRoot: oldRoot, newRoot: root))
                #expect(!proof.holds(oldRoot: MerkleTree.leaf([255]), newRoot: root))
                if old > 0 { #expect(!proof.holds(oldRoot: oldRoot, newRoot: MerkleTree.leaf([255]))) }
            }
        }
    }

    @Test func proofsOutOfRangeDoNotHold() {
        let leaf = MerkleTree.leaf([])
        #expect(!InclusionProof(index: 1, size: 1, path: []).holds(leaf: leaf, root: leaf))
        #expect(!InclusionProof(index: -1, size: 1, path: []).holds(leaf: leaf, root: leaf))
        #expect(!ConsistencyProof(oldSize: 2, newSize: 1, path: [leaf]).holds(oldRoot: leaf, newRoot: leaf))
        #expect(!ConsistencyProof(oldSize: 1, newSize: 2, path: []).holds(oldRoot: leaf, newRoot: leaf))
    }
}

extension Prover {
    /// A prover that computes every node from the leaves.
    init(over leaves: [Digest]) throws {
        self.init { level, position in
            let start = Int(position << Int64(level))
            return MerkleTree.root(of: Array(leaves[start..<start + 1 << level]))
        }
    }
}
