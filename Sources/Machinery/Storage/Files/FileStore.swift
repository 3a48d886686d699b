// SPDX-License-Identifier: Apache-2.0

public import Digests
import Glibc
public import Kernel
import Synchronization

/// A file in the store: what a row keeps of it.
public struct StoredFileRef: Hashable, Sendable {
    /// Its name: the SHA-256 of its bytes.
    public let digest: Digest
    /// Its size in bytes.
    public let size: Int64

    /// A file of this digest and size.
    public init(digest: Digest, size: Int64) {
        (self.digest, self.size) = (digest, size)
    }
}

/// What can go wrong with files.
public enum FileStoreError: Presentable, Equatable {
    /// More bytes than were allowed.
    case tooLarge(limitBytes: Int64)
    /// No file of this digest.
    case missing(Digest)
    /// The disk is full; the file was not kept.
    case full
    /// Too many files are being written or read.
    case busy
    /// An unfinished file that somebody else is writing at this moment.
    case locked
    /// An unfinished file of which nothing is left.
    case unfinishedMissing
    /// The medium failed. An fsync is never tried again: nothing more is written until someone looks.
    case halted(reason: String)
    /// The system refused: its error number.
    case failed(call: String, errno: Int32)

    public var code: String {
        switch self {
        case .tooLarge: "file-too-large"
        case .missing: "file-missing"
        case .full: "file-store-full"
        case .busy: "file-store-busy"
        case .locked: "file-locked"
        case .unfinishedMissing: "file-unfinished-missing"
        case .halted: "file-store-halted"
        case .failed: "file-store-failed"
        }
    }

    public var status: Int {
        switch self {
        case .tooLarge: 413
        case .missing: 404
        case .full: 507
        case .locked: 423
        case .unfinishedMissing: 410
        case .busy, .halted: 503
        case .failed: 500
        }
    }

    public var severity: Severity {
        switch self {
        case .tooLarge, .missing, .locked, .unfinishedMissing: .notice
        case .busy: .warning
        case .full, .halted, .failed: .critical
        }
    }

    public var publicDetail: String? {
        switch self {
        case .tooLarge(let limit): "Tệp vượt quá dung lượng cho phép (\(String(fileSize: limit)))."
        case .missing: "Không tìm thấy tệp."
        case .full: "Hệ thống tạm thời không lưu được tệp mới. Thử lại sau."
        case .locked: "Tệp này đang được tải từ một cửa sổ khác. Chờ một lát rồi tải tiếp."
        case .unfinishedMissing: "Phần đã tải không còn. Chọn lại tệp."
        case .busy, .halted: "Hệ thống đang bận. Thử lại sau ít phút."
        case .failed: nil
        }
    }
}

/// Files named by their SHA-256 in a directory: `ab/abcd…`.
///
/// A file is on disk before its name is given out, so that a row can never point at a file that may not exist:
/// temporary name, fsync of the file, rename, fsync of the directory. What no row points at is found by `orphans`.
public final class FileStore: Sendable {
    /// The system's fsync, or a test's.
    typealias Synchronise = @Sendable (_ descriptor: Int32) -> Int32

    let directory: String
    private let random: RandomSource
    private let synchronise: Synchronise
    private let threads: WorkerThreads
    private let halt = Mutex<FileStoreError?>(nil)

    /// Opens a directory, which is made when it is not there, and removes what an earlier process left unfinished.
    public convenience init(directory: String, random: RandomSource) throws(FileStoreError) {
        try self.init(directory: directory, random: random, synchronise: { fsync($0) })
    }

    init(directory: String, random: RandomSource, synchronise: @escaping Synchronise) throws(FileStoreError) {
        (self.directory, self.random, self.synchronise) = (directory, random, synchronise)
        // Four threads keep a disk busy; 256 waiting pieces of 64 KiB are 16 MiB.
        threads = WorkerThreads(name: "files", count: 4, queueLimit: 256)
        try Files.makeDirectory(directory)
        try Files.makeDirectory(incoming)
        try Files.makeDirectory(partials)
        for name in try Files.names(in: incoming) { try FileStore.removeUnfinished("\(incoming)/\(name)") }
        for number in 0..<256 { try Files.makeDirectory("\(directory)/\([UInt8(number)].hex)") }
        try flush(directory: directory)
    }

    /// A file that a living process writes is held by its lock, and stays.
    private static func removeUnfinished(_ path: String) throws(FileStoreError) {
        let descriptor: Int32
        do throws(FileStoreError) {
            descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC)
        } catch .failed(_, ENOENT) { return }  // its writer was faster
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try Files.remove(path) }
    }

    private var incoming: String { "\(directory)/incoming" }

    /// Where files lie that arrive in several requests; unlike `incoming` it is kept when the store opens.
    var partials: String { "\(directory)/partial" }

    /// Where the file with this digest lies, for those who must look at it on disk; whether it is there is not said.
    public func path(of digest: Digest) -> String { "\(directory)/\(digest.hex.prefix(2))/\(digest.hex)" }

    /// Begins a new file of at most `limitBytes`.
    public func begin(limitBytes: Int64) async throws(FileStoreError) -> FileWriter {
        let path = "\(incoming)/\(Identifier<FileStore>(random))"
        return try await onThread { () throws(FileStoreError) in
            try self.checkHalt()
            let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
            // Tells other processes that open the store that somebody writes it; ends with the descriptor.
            flock(descriptor, LOCK_EX | LOCK_NB)
            return FileWriter(store: self, path: path, descriptor: descriptor, limitBytes: limitBytes)
        }
    }

    /// Stores bytes that are in memory already.
    public func store(_ bytes: [UInt8]) async throws(FileStoreError) -> StoredFileRef {
        let writer = try await begin(limitBytes: Int64(bytes.count))
        try await writer.write(bytes)
        return try await writer.finish()
    }

    /// Opens a file for reading in pieces. Throws `missing`.
    public func open(_ digest: Digest) async throws(FileStoreError) -> FileReader {
        try await onThread { () throws(FileStoreError) in
            let descriptor = try self.openForReading(digest)
            return FileReader(store: self, descriptor: descriptor, size: try Files.status(descriptor).size)
        }
    }

    /// The whole of a file that is known to be small. Throws `missing`, or `tooLarge` beyond the limit.
    public func bytes(of digest: Digest, limitBytes: Int64) async throws(FileStoreError) -> [UInt8] {
        let reader = try await open(digest)
        guard reader.size <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
        var bytes: [UInt8] = []
        while let piece = try await reader.next() { bytes += piece }
        return bytes
    }

    /// Whether the file is there and its bytes still have its digest.
    public func isIntact(_ digest: Digest) async throws(FileStoreError) -> Bool {
        do {
            let reader = try await open(digest)
            var stream = DigestStream()
            while let piece = try await reader.next() { stream.update(piece) }
            return stream.finish() == digest
        } catch .missing { return false }
    }

    /// Files last touched before `moment` that no row points at, to be removed by a job. `referenced` answers which of
    /// some digests a row names; what it throws is thrown on.
    public func orphans(
        before moment: Instant,
        referenced: @Sendable ([Digest]) async throws -> Set<Digest>
    ) async throws -> [StoredFileRef] {
        var orphans: [StoredFileRef] = []
        for number in 0..<256 {
            let files = try await onThread { () throws(FileStoreError) in
                try self.files(in: "\(self.directory)/\([UInt8(number)].hex)", before: moment)
            }
            guard !files.isEmpty else { continue }
            let known = try await referenced(files.map(\.digest))
            orphans += files.filter { !known.contains($0.digest) }
        }
        return orphans
    }

    /// The files of one of the 256 folders, in the order of their names: for copies of the whole store.
    public func files(inFolder number: UInt8) async throws(FileStoreError) -> [StoredFileRef] {
        let folder = "\(directory)/\([number].hex)"
        return try await onThread { () throws(FileStoreError) in
            try self.files(in: folder, before: Instant(microseconds: .max)).sorted { $0.digest.hex < $1.digest.hex }
        }
    }

    /// Whether a file can be written at this moment: writes one byte to disk and removes it. Throws why not.
    public func probe() async throws(FileStoreError) {
        let path = "\(incoming)/\(Identifier<FileStore>(random))"
        try await onThread { () throws(FileStoreError) in
            try self.checkHalt()
            let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
            defer { close(descriptor) }
            var fault: FileStoreError?
            do throws(FileStoreError) { try Files.write([0], to: descriptor) } catch { fault = error }
            try Files.remove(path)
            if let fault { throw fault }
        }
    }

    /// Removes a file that no row points at. Not being there is no error.
    public func remove(_ digest: Digest) async throws(FileStoreError) {
        let path = path(of: digest)
        try await onThread { () throws(FileStoreError) in try Files.remove(path) }
    }

    // MARK: - For writers and readers

    func onThread<Value: Sendable>(
        _ body: @escaping @Sendable () throws(FileStoreError) -> Value
    ) async throws(FileStoreError) -> Value {
        let result: Result<Value, FileStoreError>
        do {
            result = try await threads.run { () -> Result<Value, FileStoreError> in
                do throws(FileStoreError) { return .success(try body()) } catch { return .failure(error) }
            }
        } catch { throw .busy }
        return try result.get()
    }

    /// Gives a written file its lasting name.
    func keep(_ path: String, descriptor: Int32, as digest: Digest) throws(FileStoreError) {
        try checkHalt()
        try flush(descriptor)
        let target = self.path(of: digest)
        try Files.rename(path, to: target)
        try flush(directory: "\(directory)/\(digest.hex.prefix(2))")
    }

    func flush(directory: String) throws(FileStoreError) {
        let descriptor = try Files.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        try flush(descriptor)
    }

    func flush(_ descriptor: Int32) throws(FileStoreError) {
        guard synchronise(descriptor) != 0 else { return }
        let error = FileStoreError.halted(reason: "fsync: \(errno)")
        halt.withLock { $0 = error }
        throw error
    }

    func checkHalt() throws(FileStoreError) {
        if let error = halt.withLock({ $0 }) { throw error }
    }

    private func openForReading(_ digest: Digest) throws(FileStoreError) -> Int32 {
        do {
            return try Files.open(path(of: digest), O_RDONLY | O_CLOEXEC)
        } catch {
            if case .failed(_, ENOENT) = error { throw .missing(digest) }
            throw error
        }
    }

    private func files(in folder: String, before moment: Instant) throws(FileStoreError) -> [StoredFileRef] {
        var files: [StoredFileRef] = []
        for name in try Files.names(in: folder) {
            guard let digest = Digest(hex: name) else { continue }
            let descriptor: Int32
            do throws(FileStoreError) {
                descriptor = try openForReading(digest)
            } catch .missing { continue }  // removed since the names were read
            defer { close(descriptor) }
            let status = try Files.status(descriptor)
            if status.modifiedAt < moment { files.append(StoredFileRef(digest: digest, size: status.size)) }
        }
        return files
    }
}
