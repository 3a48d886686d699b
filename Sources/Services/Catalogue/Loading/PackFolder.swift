// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// A folder of packs as it looks from outside, without reading any file: thousands of packs that did not change since
/// the last start cost a look at each.
struct PackFolder: Sendable {
    /// One pack of the folder.
    struct Pack: Sendable {
        /// Where it lies.
        let path: String
        /// Name, size, number and times of each of its files: another text when any of them was touched.
        let stamp: String
    }

    /// The packs in the order of their names.
    let packs: [Pack]

    /// Looks at a folder.
    ///
    /// - Throws: `CatalogueError.folderUnreadable` when it cannot be listed.
    init(_ folder: String) throws(CatalogueError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .folderUnreadable(folder)
        }
        packs = names.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
            let path = "\(folder)/\(name)"
            guard PackFolder.look(path)?.isFolder == true else { return nil }
            return Pack(path: path, stamp: PackFolder.stamp(of: path))
        }
    }

    private static func stamp(of path: String) -> String {
        // A folder that cannot be listed is a pack without files, and reported as such when it is read.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map { name in
            "\(name) \(look("\(path)/\(name)")?.text ?? "?")"
        }
        .joined(separator: "\n")
    }

    private static func look(_ path: String) -> (isFolder: Bool, text: String)? {
        var found = stat()
        guard unsafe stat(path, &found) == 0 else { return nil }
        let (changed, written) = (found.st_ctim, found.st_mtim)
        let times = "\(written.tv_sec).\(written.tv_nsec) \(changed.tv_sec).\(changed.tv_nsec)"
        return (found.st_mode & S_IFMT == S_IFDIR, "\(found.st_size) \(found.st_ino) \(times)")
    }
}
