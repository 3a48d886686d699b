// SPDX-License-Identifier: Apache-2.0

internal import Crypto
import Digests
import Kernel
import Storage
import Synchronization

/// Writes an archive: records go in, sealed pieces come out.
final class ArchiveWriter: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var number: UInt64 = 0
        var header: ArchiveHeader
    }

    private let file: DurableFileWriter
    private let key: BackupKey
    private let random: RandomSource
    private let state: Mutex<State>

    init(path: String, key: BackupKey, random: RandomSource) throws {
        (self.key, self.random) = (key, random)
        file = try DurableFileWriter(path: path)
        state = Mutex(State(header: try ArchiveHeader(key: key, random: random)))
    }

    /// Begins anew, with a new file key: a nonce is never used twice under one key.
    func restart() throws {
        let header = try ArchiveHeader(key: key, random: random)
        try file.restart()
        try file.write(header.bytes)
        state.withLock { $0 = State(header: header) }
    }

    func append(_ record: ArchiveRecord) throws {
        let body = try record.body
        let bytes = [record.kind] + UInt32(body.count).bigEndianBytes + body
        try state.withLock { state in
            state.buffer += bytes
            while state.buffer.count > ArchivePiece.plainBytes {
                try seal(Array(state.buffer.prefix(ArchivePiece.plainBytes)), isFinal: false, &state)
                state.buffer.removeFirst(ArchivePiece.plainBytes)
            }
        }
    }

    /// Seals what is left as the last piece and puts the file in its place.
    func finish() throws {
        try state.withLock { state in
            try seal(state.buffer, isFinal: true, &state)
            state.buffer = []
        }
        try file.finish()
    }

    func cancel() { file.cancel() }

    private func seal(_ plain: [UInt8], isFinal: Bool, _ state: inout State) throws {
        let box = try AES.GCM.seal(
            plain,
            using: state.header.fileKey,
            nonce: ArchivePiece.nonce(number: state.number, isFinal: isFinal),
            authenticating: state.header.bytes
        )
        let length = UInt32(plain.count + ArchivePiece.tagBytes) | (isFinal ? ArchivePiece.finalBit : 0)
        try file.write(length.bigEndianBytes + Array(box.ciphertext) + Array(box.tag))
        state.number += 1
    }
}
