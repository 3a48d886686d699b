// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Small files that must survive a power failure: keys, the last signed head.
public enum DurableFile {
    /// Puts these bytes in the place of a file, or leaves the old file as it was; readable by its owner alone.
    ///
    /// Throws `FileStoreError`; `halted` when an fsync failed, after which the disk is not to be trusted.
    public static func replace(_ path: String, with bytes: [UInt8]) throws(FileStoreError) {
        let temporary = "\(path).new"
        try Files.remove(temporary)
        try write(bytes, to: temporary)
        try Files.rename(temporary, to: path)
        try flushFolder(of: path)
    }

    static func flushFolder(of path: String) throws(FileStoreError) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let directory = try Files.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        try flush(directory)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(FileStoreError) {
        let descriptor = try Files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600)
        defer { close(descriptor) }
        try Files.write(bytes, to: descriptor)
        try flush(descriptor)
    }

    static func flush(_ descriptor: Int32) throws(FileStoreError) {
        guard fsync(descriptor) == 0 else { throw .halted(reason: "fsync: \(errno)") }
    }
}

/// A large file written piece by piece, which is there whole under its name or not at all. Its calls block.
public final class DurableFileWriter: Sendable {
    private let path: String
    private let descriptor: Mutex<Int32?>

    private var temporary: String { "\(path).part" }

    /// Begins a file, readable by its owner alone; what another attempt left behind is overwritten.
    public init(path: String) throws(FileStoreError) {
        self.path = path
        try Files.remove("\(path).part")
        descriptor = Mutex(try Files.open("\(path).part", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600))
    }

    deinit { cancel() }

    /// Takes the next bytes. Throws `full` when the disk is; the name is then not taken.
    public func write(_ bytes: [UInt8]) throws(FileStoreError) {
        try Files.write(bytes, to: try open())
    }

    /// Begins anew with an empty file.
    public func restart() throws(FileStoreError) {
        let descriptor = try open()
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .failed(call: "ftruncate", errno: errno)
        }
    }

    /// Puts the file on disk under its name, in place of an older one.
    public func finish() throws(FileStoreError) {
        try DurableFile.flush(try open())
        try Files.rename(temporary, to: path)
        descriptor.withLock { descriptor in
            if let number = descriptor { close(number) }
            descriptor = nil
        }
        try DurableFile.flushFolder(of: path)
    }

    /// Removes what was written, unless it is finished.
    public func cancel() {
        descriptor.withLock { descriptor in
            guard let number = descriptor else { return }
            close(number)
            descriptor = nil
            // What cannot be removed is overwritten by the next attempt.
            try? Files.remove(temporary)
        }
    }

    private func open() throws(FileStoreError) -> Int32 {
        guard let number = descriptor.withLock({ $0 }) else { throw .failed(call: "write", errno: EBADF) }
        return number
    }
}
