// SPDX-License-Identifier: Apache-2.0

import Digests
import FoundationEssentials
import HTTPTypes
public import Hummingbird
import NIOCore

/// Why our own files could not be read at start.
public enum StaticFilesError: Error, Equatable {
    /// The folder is missing or unreadable.
    case noFolder(String)
    /// A file of a type that is not served.
    case unknownType(String)
    /// A file larger than 512 KiB: it does not belong into a page of ours.
    case tooLarge(String)
    /// Two files of different folders with one name.
    case sameName(String)
}

/// Style, scripts, icons: read once at start, served from memory under a name that holds the hash of the content, so
/// that a browser may keep them for a year.
public struct StaticFiles: Sendable {
    /// Where they are served (tĩnh: static).
    public static let prefix = "/tinh"
    private static let fileLimitBytes = 512 * 1024

    private struct File: Sendable {
        let bytes: [UInt8]
        let type: String
        let hash: String
        /// Where it is served.
        let path: String
    }

    /// By the last part of the name, which is what stands in the address.
    private let files: [String: File]

    /// Files from bytes, for tests and for what the program itself makes.
    ///
    /// - Parameter contents: By name, with or without folders: `styles/motcua.css`.
    /// - Throws: `unknownType`, `tooLarge`, `sameName`.
    public init(_ contents: [String: [UInt8]]) throws(StaticFilesError) {
        var files: [String: File] = [:]
        for (name, content) in contents {
            guard let ending = FileName.fileExtension(name), let type = Self.types[ending] else {
                throw .unknownType(name)
            }
            guard content.count <= Self.fileLimitBytes else { throw .tooLarge(name) }
            let bytes = ["js", "css"].contains(ending) ? Self.withoutNotes(content) : content
            // 64 bits of the hash: a clash among a dozen files will not happen.
            let (last, hash) = (Self.last(name), String(Digest(of: bytes).hex.prefix(16)))
            let dot = last.lastIndex(of: ".") ?? last.endIndex  // there is one: its ending is known
            let path = "\(Self.prefix)/\(last[..<dot]).\(hash)\(last[dot...])"
            let file = File(bytes: bytes, type: type, hash: hash, path: path)
            guard files.updateValue(file, forKey: last) == nil else { throw .sameName(name) }
        }
        self.files = files
    }

    /// All files of some folders, not those of folders in them; names that begin with a dot are left out.
    ///
    /// - Parameters:
    ///   - folders: Such as `styles` and `scripts`; one that does not exist is left out.
    ///   - root: The folder in which they lie, `resources`.
    /// - Throws: `noFolder` when the root is missing, `unknownType`, `tooLarge`, `sameName`.
    public init(folders: [String], under root: String) throws(StaticFilesError) {
        var contents: [String: [UInt8]] = [:]
        let disk = FileManager.default
        guard disk.fileExists(atPath: root) else { throw .noFolder(root) }
        do {
            for folder in folders where disk.fileExists(atPath: "\(root)/\(folder)") {
                for name in try disk.contentsOfDirectory(atPath: "\(root)/\(folder)") where !name.hasPrefix(".") {
                    let path = "\(root)/\(folder)/\(name)"
                    let kind = try disk.attributesOfItem(atPath: path)[.type] as? FileAttributeType
                    guard kind == .typeRegular else { continue }
                    contents["\(folder)/\(name)"] = Array(try Data(contentsOf: URL(filePath: path)))
                }
            }
        } catch {
            throw .noFolder(root)
        }
        try self.init(contents)
    }

    /// The address of a file (named with or without folders), with its hash; nil when there is none such.
    public func path(_ name: String) -> String? {
        files[Self.last(name)]?.path
    }

    /// Names of all files without folders, sorted.
    public var names: [String] { files.keys.sorted() }

    /// The answer for a name as it stands in an address.
    ///
    /// - Throws: `notFound`.
    public func response(_ requested: String, for request: Request) throws(RequestError) -> Response {
        let parts = requested.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count >= 3, let file = files[(parts.dropLast(2) + parts.suffix(1)).joined(separator: ".")] {
            // While a new release rolls out, a page of one may ask a server of the other: current bytes, not kept.
            return answer(file, isCurrent: parts[parts.count - 2] == file.hash, request)
        }
        guard let file = files[requested] else { throw .notFound }
        return answer(file, isCurrent: false, request)
    }

    private func answer(_ file: File, isCurrent: Bool, _ request: Request) -> Response {
        var response = Response.bytes(file.bytes, type: file.type)
        response.headers[.cacheControl] = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
        return response.tagged(file.hash, for: request)
    }

    /// Style or script without indentation, empty lines and lines that are a comment and nothing else: they are for
    /// us, and phones pay for them. A text of a script may not go over several lines: a test of our own files says so.
    private static func withoutNotes(_ content: [UInt8]) -> [UInt8] {
        let lines = content.split(separator: UInt8(ascii: "\n")).map { $0.drop { $0 == UInt8(ascii: " ") } }
        let kept = lines.filter { line in
            !line.isEmpty && !line.starts(with: "//".utf8)
                && !(line.starts(with: "/*".utf8) && line.suffix(2).elementsEqual("*/".utf8))
        }
        return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
    }

    private static func last(_ name: String) -> String {
        name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "webmanifest": "application/manifest+json", "woff2": "font/woff2",
    ]
}

extension Router where Context: VisitContext {
    /// Serves our own files.
    public func addStaticFiles(_ files: StaticFiles) {
        get("\(StaticFiles.prefix)/{name}") { request, context in
            try files.response(context.pathText("name"), for: request)
        }
    }
}
