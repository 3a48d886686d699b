// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import Digests
import Foundation
import Kernel
import Storage

/// Reads an archive record by record; what was not authenticated is never given out. Used by one task at a time.
final class ArchiveReader {
    private let handle: FileHandle
    private let header: ArchiveHeader
    private var buffer: [UInt8] = []
    private var start = 0
    private var number: UInt64 = 0
    private var isAtEnd = false

    /// Opens an archive with a key.
    init(path: String, key: BackupKey) throws(BackupError) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable(path: path) }
        self.handle = handle
        header = try ArchiveHeader(reading: ArchiveReader.read(ArchiveHeader.byteCount, from: handle), key: key)
    }

    deinit {
        // It was only read: nothing can be lost.
        try? handle.close()
    }

    /// The next record; nil after the last one, once the archive is known to end there.
    func next() throws(BackupError) -> ArchiveRecord? {
        guard let head = try take(5, mayEnd: true) else { return nil }
        let length = Int(UInt32(bigEndianBytes: head.dropFirst()))
        guard length <= ArchiveRecord.limitBytes else { throw .contradiction(what: "một mục quá lớn") }
        guard let body = try take(length, mayEnd: false) else { throw .truncated }
        return try ArchiveRecord(kind: head[0], body: body)
    }

    // MARK: - Pieces

    private func take(_ count: Int, mayEnd: Bool) throws(BackupError) -> [UInt8]? {
        while buffer.count - start < count {
            if isAtEnd {
                if mayEnd, start == buffer.count { return nil }
                throw .contradiction(what: "mục cuối dở dang")
            }
            try openPiece()
        }
        defer { start += count }
        return Array(buffer[start..<start + count])
    }

    private func openPiece() throws(BackupError) {
        let head = try ArchiveReader.read(4, from: handle)
        guard head.count == 4 else { throw .truncated }
        let word = UInt32(bigEndianBytes: head)
        let (length, isFinal) = (Int(word & ~ArchivePiece.finalBit), word & ArchivePiece.finalBit != 0)
        guard (ArchivePiece.tagBytes...ArchivePiece.plainBytes + ArchivePiece.tagBytes).contains(length) else {
            throw .damaged(piece: number)
        }
        let sealed = try ArchiveReader.read(length, from: handle)
        guard sealed.count == length else { throw .truncated }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: ArchivePiece.nonce(number: number, isFinal: isFinal),
                ciphertext: sealed.dropLast(ArchivePiece.tagBytes),
                tag: sealed.suffix(ArchivePiece.tagBytes)
            )
            let plain = try AES.GCM.open(box, using: header.fileKey, authenticating: header.bytes)
            buffer = Array(buffer[start...]) + Array(plain)
            start = 0
        } catch { throw .damaged(piece: number) }
        number += 1
        if isFinal {
            isAtEnd = true
            guard try ArchiveReader.read(1, from: handle).isEmpty else { throw .damaged(piece: number) }
        }
    }

    private static func read(_ count: Int, from handle: FileHandle) throws(BackupError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while bytes.count < count, let piece = try handle.read(upToCount: count - bytes.count), !piece.isEmpty {
                bytes += piece
            }
        } catch { throw .unreadable(path: "") }
        return bytes
    }
}
