// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// What can be wrong with the journal; never something that a citizen can mend.
public enum JournalError: Presentable, Equatable {
    /// The event's columns are too long to be a leaf.
    case entryTooLarge(bytes: Int)
    /// Facts and personal data are objects.
    case noObject
    /// The head of the journal contradicts itself.
    case brokenHead
    /// A node of the tree is missing.
    case missingNode(level: Int, position: Int64)
    /// No such index or size in the tree.
    case outOfRange
    /// The event is earlier than the last one, or others appended meanwhile.
    case outOfOrder
    /// A text that should be JSON, a note or a key is not.
    case malformed(String)
    /// The tree does not extend the one that was signed before: nothing is signed.
    case inconsistent(signedSize: Int64)

    public var code: String {
        switch self {
        case .entryTooLarge: "journal-entry-too-large"
        case .noObject: "journal-no-object"
        case .brokenHead: "journal-broken-head"
        case .missingNode: "journal-missing-node"
        case .outOfRange: "journal-out-of-range"
        case .outOfOrder: "journal-out-of-order"
        case .malformed: "journal-malformed"
        case .inconsistent: "journal-inconsistent"
        }
    }

    public var status: Int {
        self == .outOfRange ? 404 : 500
    }

    public var publicDetail: String? { nil }
}
