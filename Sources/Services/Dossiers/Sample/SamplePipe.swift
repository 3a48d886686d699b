// SPDX-License-Identifier: Apache-2.0

import Journal
import Storage

/// What happens on its way into the store: a batch is put into rows while the one before is written, each in its turn.
///
/// Not for several senders. What fails is thrown by a later `send` or by `finish`.
final class SamplePipe {
    /// How many batches are on their way at most: one that takes long holds up the others only then.
    private static let depth = 3

    private let book: SampleBook
    private let store: any Store
    private var noting: Task<SampleBook.Pages, any Error>?
    /// Batches whose writing is not known to be over, the oldest first.
    private var writing: [Task<Void, any Error>] = []

    /// A pipe through this book.
    init(_ book: SampleBook, into store: any Store) { (self.book, self.store) = (book, store) }

    /// Takes a batch as soon as there is room for it.
    func send(_ happenings: [SampleHappening]) async throws {
        if writing.count == Self.depth { try await writing.removeFirst().value }
        let before = noting
        let pages = Task { [book] in
            if let before { _ = try await before.value }
            return try await book.pages(of: happenings)
        }
        noting = pages
        write(pages)
    }

    /// Returns when all is written, with what the book still has.
    func finish() async throws {
        if let noting { _ = try await noting.value }
        while let pages = await book.rest() {
            try await writing.last?.value
            write(Task { pages })
        }
        try await writing.last?.value
    }

    private func write(_ pages: Task<SampleBook.Pages, any Error>) {
        let (store, before) = (store, writing.last)
        let writing = Task {
            let pages = try await pages.value
            if let before { try await before.value }
            try await store.journalled { transaction in
                try pages.journal.write(in: transaction)
                for buffer in pages.rows { try transaction.insert(buffer) }
            }
        }
        self.writing.append(writing)
    }
}
