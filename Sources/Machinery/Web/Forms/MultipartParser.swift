// SPDX-License-Identifier: Apache-2.0

/// Reads the bytes of a multipart body (RFC 2046, RFC 7578) as they come, in pieces of any size.
///
/// It holds at most one delimiter and the headers of one part, never a file. Any splitting of the same bytes gives the
/// same parts. Whatever is not exactly as the standards write it is refused.
struct MultipartParser {
    /// What was recognised, in order: `began`, any number of `bytes`, `ended`.
    enum Event: Equatable {
        case began(PartHeader)
        case bytes([UInt8])
        case ended
    }

    private enum State {
        case preamble, delimited, headers, body, epilogue
    }

    /// Bytes before the first and after the last delimiter: browsers send none.
    static let outsideLimitBytes = 1024
    /// All header lines of one part: a name and a file name of 255 letters each fit five times.
    static let headerLimitBytes = 4096

    /// CR LF, two hyphens, boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    private var pending: [UInt8]
    private var outsideBytes = 0

    init(boundary: [UInt8]) {
        delimiter = Array("\r\n--".utf8) + boundary
        // The first delimiter has no line end before it; with one put there all delimiters are alike.
        pending = Array("\r\n".utf8)
    }

    /// Takes the next bytes and gives what they complete.
    ///
    /// - Throws: `RequestError.malformed`, and whatever `emit` throws.
    mutating func feed(_ bytes: some Collection<UInt8>, emit: (Event) throws -> Void) throws {
        pending.append(contentsOf: bytes)
        while try step(emit) {}
    }

    /// The body is over.
    ///
    /// - Throws: `malformed` when the closing delimiter has not come.
    func finish() throws(RequestError) {
        guard state == .epilogue else { throw .malformed(reason: "multipart body cut off") }
    }

    /// One move; false when more bytes are needed.
    private mutating func step(_ emit: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .preamble: try skipPreamble()
        case .delimited: try readAfterDelimiter()
        case .headers: try readHeaders(emit)
        case .body: try readBody(emit)
        case .epilogue: try skipEpilogue()
        }
    }

    private mutating func skipPreamble() throws(RequestError) -> Bool {
        guard let start = firstDelimiter() else {
            let undecided = undecidedTail()
            try countOutside(undecided)
            pending.removeFirst(undecided)
            return false
        }
        try countOutside(start)
        pending.removeFirst(start + delimiter.count)
        state = .delimited
        return true
    }

    /// After a delimiter stand two hyphens (the end), or padding and a line end (a part).
    private mutating func readAfterDelimiter() throws(RequestError) -> Bool {
        guard pending.count >= 2 else { return false }
        if pending[0] == UInt8(ascii: "-"), pending[1] == UInt8(ascii: "-") {
            pending.removeFirst(2)
            outsideBytes = 0
            state = .epilogue
            return true
        }
        let padding = pending.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        guard padding <= 64 else { throw .malformed(reason: "padding after a delimiter") }
        guard pending.count >= padding + 2 else { return false }
        guard pending[padding] == UInt8(ascii: "\r"), pending[padding + 1] == UInt8(ascii: "\n") else {
            throw .malformed(reason: "delimiter without a line end")
        }
        pending.removeFirst(padding + 2)
        state = .headers
        return true
    }

    private mutating func readHeaders(_ emit: (Event) throws -> Void) throws -> Bool {
        guard let end = pending.firstIndex(of: Self.blankLine, limit: Self.headerLimitBytes) else {
            guard pending.count < Self.headerLimitBytes + Self.blankLine.count else {
                throw RequestError.malformed(reason: "part headers too long")
            }
            return false
        }
        let header = try PartHeader(lines: pending[..<end])
        // The line end of the last header may be the one that begins a delimiter: an empty part keeps it.
        pending.removeFirst(end + Self.blankLine.count)
        pending.insert(contentsOf: Self.blankLine.prefix(2), at: 0)
        state = .body
        isFirstOfBody = true
        try emit(.began(header))
        return true
    }

    private mutating func readBody(_ emit: (Event) throws -> Void) throws -> Bool {
        // The line end put before an otherwise empty part belongs to its delimiter alone, never to its bytes.
        let lead = isFirstOfBody ? 2 : 0
        guard let start = firstDelimiter() else {
            let decided = undecidedTail()
            guard decided > 0 else { return false }
            if decided > lead { try emit(.bytes(Array(pending[lead..<decided]))) }
            isFirstOfBody = isFirstOfBody && decided < lead
            pending.removeFirst(decided)
            return false
        }
        if start > lead { try emit(.bytes(Array(pending[lead..<start]))) }
        pending.removeFirst(start + delimiter.count)
        isFirstOfBody = false
        state = .delimited
        try emit(.ended)
        return true
    }

    private mutating func skipEpilogue() throws(RequestError) -> Bool {
        try countOutside(pending.count)
        pending.removeAll()
        return false
    }

    private mutating func countOutside(_ count: Int) throws(RequestError) {
        outsideBytes += count
        guard outsideBytes <= Self.outsideLimitBytes else { throw .malformed(reason: "bytes outside of the parts") }
    }

    private static let blankLine = Array("\r\n\r\n".utf8)
    private var isFirstOfBody = false

    private func firstDelimiter() -> Int? { pending.firstIndex(of: delimiter, limit: .max) }

    /// How many leading bytes can no longer be part of a delimiter.
    private func undecidedTail() -> Int {
        var start = max(0, pending.count - delimiter.count + 1)
        while start < pending.count {
            if pending[start] == delimiter[0], delimiter.starts(with: pending[start...]) { return start }
            start += 1
        }
        return pending.count
    }
}

extension [UInt8] {
    /// Where a pattern begins for the first time, looking no farther than `limit`.
    fileprivate func firstIndex(of pattern: [UInt8], limit: Int) -> Int? {
        guard count >= pattern.count, let first = pattern.first else { return nil }
        let bytes = span
        let last = Swift.min(count - pattern.count, limit)
        var start = 0
        search: while start <= last {
            guard bytes[start] == first else {
                start += 1
                continue
            }
            for offset in 1..<pattern.count where bytes[start + offset] != pattern[offset] {
                start += 1
                continue search
            }
            return start
        }
        return nil
    }
}
