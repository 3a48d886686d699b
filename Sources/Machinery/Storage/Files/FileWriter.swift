// SPDX-License-Identifier: Apache-2.0

public import Digests
import Glibc
import Synchronization

/// A file on its way into the store. Written by one task; left unfinished, it is removed.
public final class FileWriter: Sendable {
    private struct State: Sendable {
        var stream = DigestStream()
        var isOpen = true
    }

    /// Where the bytes lie until the file is finished, for those who must look at them before they are kept.
    public let path: String
    private let store: FileStore
    private let descriptor: Int32
    private let limitBytes: Int64
    private let state = Mutex(State())

    init(store: FileStore, path: String, descriptor: Int32, limitBytes: Int64) {
        (self.store, self.path) = (store, path)
        (self.descriptor, self.limitBytes) = (descriptor, limitBytes)
    }

    /// How many bytes were written.
    public var byteCount: Int64 { state.withLock { $0.stream.byteCount } }

    /// The digest of what was written so far.
    public var digest: Digest { state.withLock { $0.stream }.finish() }

    deinit {
        if state.withLock({ $0.isOpen }) { discard() }
    }

    /// Takes the next bytes. Throws `tooLarge` when they are too many, `full` when the disk is; then it is over.
    public func write(_ bytes: [UInt8]) async throws(FileStoreError) {
        try await store.onThread { () throws(FileStoreError) in try self.add(bytes) }
    }

    /// Puts the file on disk under its digest; afterwards a row may name it.
    public func finish() async throws(FileStoreError) -> StoredFileRef {
        try await store.onThread { () throws(FileStoreError) in try self.keep() }
    }

    /// Removes what was written.
    public func cancel() async {
        // Were the threads too busy for it, deinit does it.
        try? await store.onThread { () throws(FileStoreError) in self.end() }
    }

    func add(_ bytes: [UInt8]) throws(FileStoreError) {
        let (isOpen, total) = state.withLock { ($0.isOpen, $0.stream.byteCount + Int64(bytes.count)) }
        guard isOpen else { throw .failed(call: "write", errno: EBADF) }
        do throws(FileStoreError) {
            guard total <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
            try Files.write(bytes, to: descriptor)
        } catch {
            end()
            throw error
        }
        state.withLock { $0.stream.update(bytes) }
    }

    private func keep() throws(FileStoreError) -> StoredFileRef {
        let (isOpen, stream) = state.withLock { ($0.isOpen, $0.stream) }
        guard isOpen else { throw .failed(call: "finish", errno: EBADF) }
        let file = StoredFileRef(digest: stream.finish(), size: stream.byteCount)
        do {
            try store.keep(path, descriptor: descriptor, as: file.digest)
        } catch {
            end()
            throw error
        }
        state.withLock { $0.isOpen = false }
        close(descriptor)
        return file
    }

    private func end() {
        let wasOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if wasOpen { discard() }
    }

    private func discard() {
        close(descriptor)
        // What stays behind is removed when the store opens next.
        try? Files.remove(path)
    }
}

/// A stored file that is read in pieces, by one task.
public final class FileReader: Sendable {
    /// Bytes of a piece.
    public static let pieceBytes = 64 * 1_024

    /// The size of the whole file in bytes.
    public let size: Int64
    private let store: FileStore
    private let descriptor: Int32

    init(store: FileStore, descriptor: Int32, size: Int64) {
        (self.store, self.descriptor, self.size) = (store, descriptor, size)
    }

    deinit { close(descriptor) }

    /// The next piece; nil at the end.
    public func next() async throws(FileStoreError) -> [UInt8]? {
        let piece = try await store.onThread { () throws(FileStoreError) in
            try Files.read(from: self.descriptor, upTo: FileReader.pieceBytes)
        }
        return piece.isEmpty ? nil : piece
    }
}

// MARK: - Streaming

extension FileReader: AsyncSequence {
    /// Reads on where the reader stands.
    public struct Iterator: AsyncIteratorProtocol {
        let reader: FileReader

        public mutating func next() async throws(FileStoreError) -> [UInt8]? { try await reader.next() }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(reader: self) }
}
