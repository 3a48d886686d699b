// SPDX-License-Identifier: Apache-2.0

import Glibc

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

    private static func flush(_ descriptor: Int32) throws(FileStoreError) {
        guard fsync(descriptor) == 0 else { throw .halted(reason: "fsync: \(errno)") }
    }
}
