// SPDX-License-Identifier: Apache-2.0

import Journal
import Storage

/// Batches on their way into the store, one being hashed and one being written at a time, each after the one before.
///
/// Not for several senders. What fails is thrown by a later `send` or by `finish`.
final class SamplePipe {
    private typealias Hashed = (journal: JournalLoad, batch: JournalLoad.Batch, rows: [RowBuffer])

    private let journal: JournalLoad
    private let store: any Store
    private var hashing: Task<Hashed, any Error>?
    private var writing: Task<Void, any Error>?

    /// A pipe whose first batch goes on where this journal ends.
    init(journal: JournalLoad, store: any Store) { (self.journal, self.store) = (journal, store) }

    /// Takes a batch as soon as the one before has been hashed.
    func send(_ batch: SampleBatch) async throws {
        let before = try await passOn() ?? journal
        hashing = Task {
            var journal = before
            let hashed = try journal.batch(of: batch.events)
            return (journal: journal, batch: hashed, rows: batch.rows)
        }
    }

    /// Returns when all is written.
    func finish() async throws {
        _ = try await passOn()
        try await writing?.value
    }

    /// What has been hashed goes to the store; the journal after it.
    private func passOn() async throws -> JournalLoad? {
        guard let hashed = try await hashing?.value else { return nil }
        try await writing?.value
        writing = Task { [store] in
            try await store.journalled { transaction in
                try hashed.batch.write(in: transaction)
                for buffer in hashed.rows { try transaction.insert(buffer) }
            }
        }
        return hashed.journal
    }
}
