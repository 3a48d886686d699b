// SPDX-License-Identifier: Apache-2.0

import Journal
import Storage

/// What happens on its way into the store: noted, hashed and written, each batch while the next one is a step behind.
///
/// Three steps and the drawing before them share the processors evenly, however many there are. Not for several
/// senders. What fails is thrown by a later `send` or by `finish`.
final class SamplePipe {
    /// How many batches are on their way at most: one that takes long holds up the others only then.
    private static let depth = 4

    private let book: SampleBook
    private let journal: SampleJournal
    private let store: any Store
    /// The last batch that is noted and hashed.
    private var noting: Task<SampleBook.Notes, any Error>?
    private var hashing: Task<JournalLoad.Batch, any Error>?
    /// Batches whose writing is not known to be over, the oldest first.
    private var writing: [Task<Void, any Error>] = []

    /// A pipe through this book and this journal.
    init(_ book: SampleBook, _ journal: SampleJournal, into store: any Store) {
        (self.book, self.journal, self.store) = (book, journal, store)
    }

    /// Takes a batch as soon as there is room for it.
    func send(_ happenings: [SampleHappening]) async throws {
        try await makeRoom()
        let before = noting
        let notes = Task { [book] in
            _ = try await before?.value
            return try await book.notes(of: happenings)
        }
        noting = notes
        pass(notes)
    }

    /// Returns when all is written, with what the book still has.
    func finish() async throws {
        _ = try await noting?.value
        while let notes = await book.rest() {
            try await makeRoom()
            pass(Task { notes })
        }
        try await writing.last?.value
    }

    private func makeRoom() async throws {
        if writing.count == Self.depth { try await writing.removeFirst().value }
    }

    private func pass(_ notes: Task<SampleBook.Notes, any Error>) {
        let (hashed, written) = (hashing, writing.last)
        let hashing = Task { [journal] in
            let events = try await notes.value.events
            _ = try await hashed?.value
            return try await journal.batch(of: events)
        }
        self.hashing = hashing
        let writing = Task { [store] in
            let (leaves, rows) = (try await hashing.value, try await notes.value.rows)
            try await written?.value
            try await store.journalled { transaction in
                try leaves.write(in: transaction)
                for buffer in rows { try transaction.insert(buffer) }
            }
        }
        self.writing.append(writing)
    }
}
