// SPDX-License-Identifier: Apache-2.0

public import Digests
import FoundationEssentials

/// The files of one pack as they were found, before they mean anything.
public struct PackSource: Sendable, Hashable {
    /// The name of the file that every pack has.
    public static let mainFile = "procedure.yaml"
    /// Largest file beside it, and most of them.
    static let fileByteLimit = 512 * 1_024
    static let fileLimit = 32

    /// Where the pack lies, as findings name it: `procedures/2.000635`.
    public let path: String
    /// File name → bytes.
    public let files: [String: [UInt8]]

    /// Files that lie there too and were not read, and why.
    let leftOut: [String: LeftOut]

    /// Why a file of a pack was not read.
    enum LeftOut: Hashable, Sendable {
        /// It has so many bytes.
        case tooLarge(Int)
        /// So many others stand before it.
        case tooMany
        /// It cannot be opened.
        case unreadable
    }

    /// A pack of these files.
    public init(path: String, files: [String: [UInt8]]) {
        self.init(path: path, files: files, leftOut: [:])
    }

    init(path: String, files: [String: [UInt8]], leftOut: [String: LeftOut]) {
        (self.path, self.files, self.leftOut) = (path, files, leftOut)
    }

    /// The last part of the path, which must be the procedure's code.
    public var folderName: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The version: SHA-256 over name, length and bytes of every file in the order of their names.
    public var digest: Digest {
        var stream = DigestStream()
        for (name, bytes) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            stream.update(Array("\(name)\n\(bytes.count)\n".utf8))
            stream.update(bytes)
        }
        // A file that is there and was not read is told otherwise than one that is missing.
        for (name, why) in leftOut.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            stream.update(Array("\(name)\n\(why)\n".utf8))
        }
        return stream.finish()
    }

    /// The folders of packs at a path: the path itself where `procedure.yaml` lies in it, else one for each subfolder
    /// that is not hidden, in the order of their names.
    ///
    /// - Throws: `CatalogueError.folderUnreadable` when the folder cannot be listed.
    public static func paths(at folder: String) throws(CatalogueError) -> [String] {
        let manager = FileManager.default
        if manager.fileExists(atPath: "\(folder)/\(mainFile)") { return [folder] }
        return try paths(inFolder: folder)
    }

    private static func paths(inFolder folder: String) throws(CatalogueError) -> [String] {
        let manager = FileManager.default
        let names: [String]
        do {
            names = try manager.contentsOfDirectory(atPath: folder)
        } catch {
            throw .folderUnreadable(folder)
        }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }.filter { path in
            var isFolder = false
            return manager.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
        }
    }

    /// Reads the packs of a folder, one per subfolder that is not hidden, in the order of their names.
    ///
    /// A subfolder that cannot be read, or without `procedure.yaml`, gives a pack without that file, which the
    /// decoder reports; it never stops the others.
    ///
    /// - Throws: `CatalogueError.folderUnreadable` when the folder itself cannot be listed.
    public static func packs(inFolder folder: String) throws(CatalogueError) -> [PackSource] {
        try paths(inFolder: folder).map(pack)
    }

    /// Reads one pack; files that are too large, too many or unreadable are left out, and that is remembered.
    public static func pack(atPath path: String) -> PackSource {
        let manager = FileManager.default
        var (files, leftOut): ([String: [UInt8]], [String: LeftOut]) = ([:], [:])
        // A folder that cannot be listed is a pack without its main file, and reported as such.
        let names = ((try? manager.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }
        // Whatever else lies there, the main file is read.
        for name in names.sorted(by: { ($0 != mainFile ? 1 : 0, $0) < ($1 != mainFile ? 1 : 0, $1) }) {
            let file = "\(path)/\(name)"
            var isFolder = false
            // A file that vanishes while the folder is read counts as missing.
            guard manager.fileExists(atPath: file, isDirectory: &isFolder), !isFolder,
                let size = (try? manager.attributesOfItem(atPath: file))?[.size] as? Int
            else { continue }
            if size > fileByteLimit {
                leftOut[name] = .tooLarge(size)
            } else if files.count >= fileLimit {
                leftOut[name] = .tooMany
            } else if let data = manager.contents(atPath: file) {
                files[name] = Array(data)
            } else {
                leftOut[name] = .unreadable
            }
        }
        return PackSource(path: path, files: files, leftOut: leftOut)
    }

    /// Tells of a file that is there and was not read; false where none of this name was left out.
    func tellLeftOut(_ name: String, at place: SourcePlace, _ out: FindingCollector) -> Bool {
        guard let why = leftOut[name] else { return false }
        switch why {
        case .tooLarge(let size):
            out.error(
                .fileTooLarge,
                at: place,
                "Tệp “\(name)” lớn \(size) byte, quá \(PackSource.fileByteLimit) byte.",
                remedy: name == PackSource.mainFile
                    ? "Chuyển văn bản dài sang tệp mẫu bên cạnh." : "Thu nhỏ tệp, hoặc chia thành nhiều tệp."
            )
        case .tooMany:
            out.error(
                .listTooLong,
                at: place,
                "Tệp “\(name)” không được đọc: thư mục có quá \(PackSource.fileLimit) tệp.",
                remedy: "Bỏ khỏi thư mục các tệp mà gói không dùng."
            )
        case .unreadable:
            out.error(
                .fileMissing,
                at: place,
                "Tệp “\(name)” không mở được.",
                remedy: "Cho người chạy Một Cửa quyền đọc tệp này."
            )
        }
        return true
    }
}
