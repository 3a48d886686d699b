// SPDX-License-Identifier: Apache-2.0

import Glibc
import Kernel

/// The system's calls for files, with typed errors. All of them block.
enum Files {
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o640) throws(FileStoreError) -> Int32 {
        let descriptor = unsafe Glibc.open(path, flags, mode)
        guard descriptor >= 0 else { throw failure("open") }
        return descriptor
    }

    /// Makes a directory and those above it; being there is no error.
    static func makeDirectory(_ path: String) throws(FileStoreError) {
        if unsafe mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw failure("mkdir")
        }
        try makeDirectory(String(path[..<slash]))
        guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else { throw failure("mkdir") }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileStoreError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { piece in
                unsafe Glibc.write(descriptor, piece.baseAddress, piece.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            written += count
        }
    }

    static func read(from descriptor: Int32, upTo limit: Int) throws(FileStoreError) -> [UInt8] {
        var count = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialised in
            repeat {
                count = unsafe Glibc.read(descriptor, buffer.baseAddress, limit)
            } while count < 0 && errno == EINTR
            initialised = max(count, 0)
        }
        guard count >= 0 else { throw failure("read") }
        return bytes
    }

    static func rename(_ path: String, to target: String) throws(FileStoreError) {
        guard unsafe Glibc.rename(path, target) == 0 else { throw failure("rename") }
    }

    static func remove(_ path: String) throws(FileStoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure("unlink") }
    }

    static func status(_ descriptor: Int32) throws(FileStoreError) -> (size: Int64, modifiedAt: Instant) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("fstat") }
        let microseconds = Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1_000
        return (Int64(status.st_size), Instant(microseconds: microseconds))
    }

    /// The names in a directory but for `.` and `..`, in no order.
    static func names(in directory: String) throws(FileStoreError) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw failure("opendir") }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func failure(_ call: String) -> FileStoreError {
        switch errno {
        case ENOSPC, EDQUOT: .full
        case EIO: .halted(reason: "\(call): \(errno)")
        default: .failed(call: call, errno: errno)
        }
    }
}
