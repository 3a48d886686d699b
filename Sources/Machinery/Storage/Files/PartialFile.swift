// SPDX-License-Identifier: Apache-2.0

public import Digests
import Glibc
public import Kernel
import Synchronization

/// The id of a file that arrives in several requests; its name in the directory of unfinished files.
public typealias PartialFileID = Identifier<PartialFileWriter>

/// Files that arrive piece by piece in several requests, `partial/<id>` beside the kept ones.
///
/// How much of one has arrived is for a row to say: bytes are flushed first, then the row names the offset. What stands
/// behind that offset is cut away when the next request goes on. `orphans` knows nothing of these files.
extension FileStore {
    private func partialPath(_ id: PartialFileID) -> String { "\(partials)/\(id)" }

    /// Makes an empty file, which is on disk when this returns; then a row may name it.
    public func beginPartial(_ id: PartialFileID) async throws(FileStoreError) {
        let path = partialPath(id)
        try await onThread { () throws(FileStoreError) in
            try self.checkHalt()
            let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
            defer { close(descriptor) }
            try self.flush(descriptor)
            try self.flush(directory: self.partials)
        }
    }

    /// Opens one to go on with it, alone: nobody else can until the writer is let go. Nothing is changed yet.
    ///
    /// Throws `locked` when somebody has it open, `unfinishedMissing` when it is not there.
    public func lockPartial(_ id: PartialFileID) async throws(FileStoreError) -> PartialFileWriter {
        let path = partialPath(id)
        return try await onThread { () throws(FileStoreError) in
            try self.checkHalt()
            let descriptor: Int32
            do throws(FileStoreError) {
                descriptor = try Files.open(path, O_WRONLY | O_CLOEXEC)
            } catch .failed(_, ENOENT) { throw .unfinishedMissing }
            // Other processes see the lock too; it ends with the descriptor, also when this process is killed.
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw .locked
            }
            return PartialFileWriter(store: self, path: path, descriptor: descriptor)
        }
    }

    /// Removes one. Not being there is no error.
    public func removePartial(_ id: PartialFileID) async throws(FileStoreError) {
        let path = partialPath(id)
        try await onThread { () throws(FileStoreError) in try Files.remove(path) }
    }

    /// Those on which nobody has worked since `moment`, in no order: for a sweep, which asks the rows.
    public func partials(before moment: Instant) async throws(FileStoreError) -> [PartialFileID] {
        try await onThread { () throws(FileStoreError) in
            var found: [PartialFileID] = []
            for name in try Files.names(in: self.partials) {
                guard let id = PartialFileID(rawValue: name) else { continue }
                let descriptor: Int32
                do throws(FileStoreError) {
                    descriptor = try Files.open("\(self.partials)/\(name)", O_RDONLY | O_CLOEXEC)
                } catch .failed(_, ENOENT) { continue }  // removed since the names were read
                defer { close(descriptor) }
                if try Files.status(descriptor).modifiedAt < moment { found.append(id) }
            }
            return found
        }
    }

    /// The digest of a file on disk that is not in the store yet.
    public func digest(ofFileAt path: String) async throws(FileStoreError) -> Digest {
        try await onThread { () throws(FileStoreError) in
            var stream = DigestStream()
            try Self.read(path) { stream.update($0) }
            return stream.finish()
        }
    }

    /// Stores a copy of a file on disk; the file itself stays as it is.
    public func store(copyOfFileAt path: String, limitBytes: Int64) async throws(FileStoreError) -> StoredFileRef {
        let writer = try await begin(limitBytes: limitBytes)
        try await onThread { () throws(FileStoreError) in
            try Self.read(path) { (piece) throws(FileStoreError) in try writer.add(piece) }
        }
        return try await writer.finish()
    }

    private static func read(
        _ path: String,
        _ take: (_ piece: [UInt8]) throws(FileStoreError) -> Void
    ) throws(FileStoreError) {
        let descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        while true {
            let piece = try Files.read(from: descriptor, upTo: 1 << 20)
            if piece.isEmpty { return }
            try take(piece)
        }
    }
}

/// An unfinished file that one request goes on with; written by one task. Let go, it stays as it is.
public final class PartialFileWriter: Sendable {
    private struct State: Sendable {
        var offset: Int64?
        var limitBytes: Int64 = 0
    }

    /// Where the bytes lie, for those who must look at them when all have come.
    public let path: String
    private let store: FileStore
    private let descriptor: Int32
    private let state = Mutex(State())

    init(store: FileStore, path: String, descriptor: Int32) {
        (self.store, self.path, self.descriptor) = (store, path, descriptor)
    }

    deinit { close(descriptor) }

    /// How many bytes of the file have come.
    public var byteCount: Int64 { state.withLock { $0.offset ?? 0 } }

    /// Cuts away what stands behind the offset, and goes on there.
    ///
    /// Throws `unfinishedMissing` when so many bytes never came.
    public func start(at offset: Int64, limitBytes: Int64) async throws(FileStoreError) {
        try await store.onThread { () throws(FileStoreError) in
            let size = try Files.status(self.descriptor).size
            guard size >= offset else { throw .unfinishedMissing }
            guard ftruncate(self.descriptor, off_t(offset)) == 0,
                lseek(self.descriptor, off_t(offset), SEEK_SET) == offset
            else { throw .failed(call: "ftruncate", errno: errno) }
            self.state.withLock { $0 = State(offset: offset, limitBytes: limitBytes) }
        }
    }

    /// Takes the next bytes. Throws `tooLarge` when they are more than the file may have, `full` when the disk is.
    public func write(_ bytes: [UInt8]) async throws(FileStoreError) {
        try await store.onThread { () throws(FileStoreError) in
            let state = self.state.withLock { $0 }
            guard let offset = state.offset else { throw .failed(call: "write", errno: EBADF) }
            let total = offset + Int64(bytes.count)
            guard total <= state.limitBytes else { throw .tooLarge(limitBytes: state.limitBytes) }
            try Files.write(bytes, to: self.descriptor)
            self.state.withLock { $0.offset = total }
        }
    }

    /// Puts what was written on disk; afterwards a row may name its offset.
    ///
    /// - Returns: the offset.
    public func flush() async throws(FileStoreError) -> Int64 {
        try await store.onThread { () throws(FileStoreError) in
            try self.store.checkHalt()
            let offset = self.byteCount
            try self.store.flush(self.descriptor)
            return offset
        }
    }
}
