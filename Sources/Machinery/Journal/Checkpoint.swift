// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
public import Kernel
public import Storage
import Synchronization

/// A head of the tree as it is signed and published (C2SP tlog-checkpoint): "đã niêm phong đến …".
public struct Checkpoint: Sendable, Equatable {
    /// Which log it is of: `dichvucong.example.gov.vn/log`.
    public let origin: String
    public let head: TreeHead

    /// A checkpoint of a log.
    public init(origin: String, head: TreeHead) {
        (self.origin, self.head) = (origin, head)
    }

    /// Three lines: origin, size, root.
    public var text: String { "\(origin)\n\(head.size)\n\(head.root.bytes.base64)\n" }

    /// Reads the text of a note. Throws `JournalError.malformed`; extension lines are refused.
    public init(parsing text: String) throws(JournalError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty, let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let bytes = [UInt8](base64: lines[2]), let root = Digest(bytes: bytes)
        else { throw .malformed("checkpoint") }
        self.init(origin: lines[0], head: TreeHead(size: size, root: root))
    }
}

/// Signs checkpoints, and never one that does not extend the last it signed, which it keeps beside its key.
public final class CheckpointKeeper: Sendable {
    private let signer: NoteSigner
    private let origin: String
    private let headFile: String
    private let turn = Mutex(())

    /// A keeper for a log. `headFile` lies beside the key, outside the database and its backups.
    public init(signer: NoteSigner, origin: String, headFile: String) {
        (self.signer, self.origin, self.headFile) = (signer, origin, headFile)
    }

    /// Whoever checks our notes needs this key.
    public var verifier: NoteVerifier { signer.verifier }

    /// The last checkpoint that was signed; nil before the first. Throws when the file is there but not readable.
    public func last() throws -> Checkpoint? {
        guard FileManager.default.fileExists(atPath: headFile) else { return nil }
        let note = try SignedNote(parsing: String(contentsOfFile: headFile, encoding: .utf8))
        guard note.isSigned(by: [signer.verifier]) else { throw JournalError.malformed("the last signed head") }
        return try Checkpoint(parsing: note.text)
    }

    /// Signs a head, given the proof that it extends the last signed one.
    ///
    /// Throws `JournalError.inconsistent` when it does not: the journal was changed or rolled back.
    public func sign(_ head: TreeHead, extending proof: ConsistencyProof?) throws -> SignedNote {
        try turn.withLock { _ in
            if let last = try last() {
                let isExtension =
                    proof.map {
                        $0.oldSize == last.head.size && $0.newSize == head.size
                            && $0.holds(oldRoot: last.head.root, newRoot: head.root)
                    } ?? false
                guard isExtension else { throw JournalError.inconsistent(signedSize: last.head.size) }
            }
            var note = SignedNote(text: Checkpoint(origin: origin, head: head).text)
            try signer.sign(&note)
            // On disk before it is given out: a later head is compared with this one even after a crash.
            try DurableFile.replace(headFile, with: Array(note.published.utf8))
            return note
        }
    }
}

extension TransparencyLog {
    /// Signs the present head and keeps the note in the table of checkpoints. Called every 60 s or 1,000 leaves.
    ///
    /// The note; nil when nothing was appended since the last one. Throws `JournalError.inconsistent`.
    public func seal(_ store: any Store, by keeper: CheckpointKeeper, now: Instant) async throws -> SignedNote? {
        let last = try keeper.last()
        let (head, proof) = try await store.read { transaction -> (TreeHead, ConsistencyProof?) in
            let head = try self.head(in: transaction)
            guard let last else { return (head, nil) }
            guard last.head.size <= head.size else { throw JournalError.inconsistent(signedSize: last.head.size) }
            return (head, try consistencyProof(from: last.head.size, to: head.size, in: transaction))
        }
        if let last, last.head == head { return nil }
        let note = try keeper.sign(head, extending: proof)
        try await store.write { transaction in
            _ = try transaction.run(
                """
                INSERT INTO journal_checkpoint (size, root, note, at)
                VALUES (\(head.size), \(head.root), \(note.published), \(now)) ON CONFLICT (size) DO NOTHING
                """
            )
        }
        return note
    }

    /// The latest checkpoint that was kept, and when it was signed.
    public func latestCheckpoint(in transaction: Transaction) throws -> (note: SignedNote, at: Instant)? {
        let row = try transaction.first("SELECT note, at FROM journal_checkpoint ORDER BY size DESC LIMIT 1")
        guard let row else { return nil }
        return (try SignedNote(parsing: row.get("note")), try row.get("at"))
    }
}
