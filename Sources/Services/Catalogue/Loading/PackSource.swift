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

    /// A pack of these files.
    public init(path: String, files: [String: [UInt8]]) {
        self.path = path
        self.files = files
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

    /// Reads one pack; files that are too large, too many or unreadable are left out and so reported as missing.
    public static func pack(atPath path: String) -> PackSource {
        let manager = FileManager.default
        var files: [String: [UInt8]] = [:]
        // A folder that cannot be listed is a pack without its main file, and reported as such.
        let names = (try? manager.contentsOfDirectory(atPath: path)) ?? []
        for name in names.sorted() where !name.hasPrefix(".") && files.count < fileLimit {
            let file = "\(path)/\(name)"
            var isFolder = false
            // A file that vanishes or cannot be read while the folder is read counts as missing.
            guard manager.fileExists(atPath: file, isDirectory: &isFolder), !isFolder,
                let size = (try? manager.attributesOfItem(atPath: file))?[.size] as? Int, size <= fileByteLimit,
                let data = manager.contents(atPath: file)
            else { continue }
            files[name] = Array(data)
        }
        return PackSource(path: path, files: files)
    }
}
