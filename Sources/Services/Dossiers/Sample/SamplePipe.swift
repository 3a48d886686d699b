// SPDX-License-Identifier: Apache-2.0

import Journal
import Storage

/// What happens on its way into the store, one batch being put into rows and one being written at a time, each after
/// the one before.
///
/// Not for several senders. What fails is thrown by a later `send` or by `finish`.
final class SamplePipe {
    private let book: SampleBook
    private let store: any Store
    private var noting: Task<SampleBook.Pages, any Error>?
    private var writing: Task<Void, any Error>?

    /// A pipe through this book.
    init(_ book: SampleBook, into store: any Store) { (self.book, self.store) = (book, store) }

    /// Takes a batch as soon as the one before is rows.
    func send(_ happenings: [SampleHappening]) async throws {
        try await passOn()
        noting = Task { [book] in try await book.pages(of: happenings) }
    }

    /// Returns when all is written, with what the book still has.
    func finish() async throws {
        try await passOn()
        while let pages = await book.rest() { try await write(pages) }
        try await writing?.value
    }

    private func passOn() async throws {
        if let pages = try await noting?.value { try await write(pages) }
        noting = nil
    }

    private func write(_ pages: SampleBook.Pages) async throws {
        try await writing?.value
        writing = Task { [store] in
            try await store.journalled { transaction in
                try pages.journal.write(in: transaction)
                for buffer in pages.rows { try transaction.insert(buffer) }
            }
        }
    }
}
