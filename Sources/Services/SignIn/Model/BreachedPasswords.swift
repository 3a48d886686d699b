// SPDX-License-Identifier: Apache-2.0

import Digests
import Foundation
import Kernel

/// The passwords of known breaches, where the installation has such a list: a file of SHA-1 digests in hexadecimal, one
/// a line, sorted, with or without `:count` behind, as Have I Been Pwned gives it out. Nothing is asked of the network.
///
/// It is read where it lies, by halving: 40 steps for a billion lines.
public struct BreachedPasswords: Sendable {
    /// What is wrong with a list.
    public enum Fault: Error, Sendable, Equatable {
        case unreadable(path: String)
        /// Not lines of 40 hexadecimal digits.
        case malformed(path: String)
    }

    /// A line is a digest, a colon, a count of at most twenty digits and its end.
    private static let lineLimit = 64
    private static let digits = 40
    private let path: String

    /// The list of this file, whose first line is looked at.
    ///
    /// - Throws: `Fault`.
    public init(path: String) throws(Fault) {
        self.path = path
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable(path: path) }
        defer { Self.close(handle) }
        let first = try line(at: 0, in: handle)
        guard let first, Self.isDigest(first.text) else { throw .malformed(path: path) }
    }

    /// Whether the list holds this password, as it was typed.
    ///
    /// - Throws: `Fault`.
    public func holds(_ password: String) throws(Fault) -> Bool {
        let wanted = Array(LegacyDigest.sha1(of: Array(password.utf8)).hex.uppercased().utf8)
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable(path: path) }
        defer { Self.close(handle) }
        guard let size = try? handle.seekToEnd() else { throw .unreadable(path: path) }
        // The wanted line begins in low..<high.
        var (low, high) = (UInt64(0), size)
        while low < high {
            let middle = low + (high - low) / 2
            guard let found = try line(at: middle, in: handle), found.start < high else {
                // No line begins in the upper half.
                high = middle
                continue
            }
            guard Self.isDigest(found.text) else { throw .malformed(path: path) }
            if found.text == wanted { return true }
            if found.text.lexicographicallyPrecedes(wanted) { low = found.start + 1 } else { high = middle }
        }
        return false
    }

    /// The first line that begins at this place or behind it: where, and its digest in capitals.
    private func line(at place: UInt64, in handle: FileHandle) throws(Fault) -> (start: UInt64, text: [UInt8])? {
        // From the byte before, so that a line that begins right here is seen.
        let from = place == 0 ? 0 : place - 1
        let bytes: [UInt8]
        do {
            try handle.seek(toOffset: from)
            bytes = Array(try handle.read(upToCount: 2 * Self.lineLimit + 1) ?? Data())
        } catch { throw .unreadable(path: path) }
        var begin = 0
        if place > 0 {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            begin = end + 1
        }
        guard begin < bytes.count else { return nil }
        let text = bytes[begin...].prefix(Self.digits)
        return (from + UInt64(begin), text.map { $0 >= 97 && $0 <= 102 ? $0 - 32 : $0 })
    }

    private static func isDigest(_ text: [UInt8]) -> Bool {
        text.count == digits && text.allSatisfy { (48...57).contains($0) || (65...70).contains($0) }
    }

    private static func close(_ handle: FileHandle) {
        // It was only read; closing early gives the descriptor back.
        try? handle.close()
    }
}
