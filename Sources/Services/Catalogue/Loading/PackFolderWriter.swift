// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Writes the files of a pack into its folder, for the command line.
public enum PackFolderWriter {
    /// Writes a pack.
    ///
    /// - Parameters:
    ///   - source: the files. Their names are those of a pack: no folders in them, none hidden.
    ///   - folder: where they go; it is made when it is missing.
    ///   - replacing: true = what the pack does not have goes from there, so that the folder is this version and no
    ///     other; folders inside and hidden files are no part of a pack and stay. False = other files stay.
    /// - Throws: `CatalogueError.draftRefused` for names that no pack has, `.folderUnwritable`.
    public static func write(
        _ source: PackSource,
        to folder: String,
        replacing: Bool
    ) throws(CatalogueError) {
        if let fault = source.fault { throw .draftRefused(fault) }
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            if replacing {
                for name in PackSource.pack(atPath: folder).files.keys where source.files[name] == nil {
                    try manager.removeItem(atPath: "\(folder)/\(name)")
                }
            }
            // The main file comes last: a folder without it is no pack, one with it has the others.
            let others = source.files.filter { $0.key != PackSource.mainFile }.sorted { $0.key < $1.key }
            for (name, bytes) in others + source.files.filter({ $0.key == PackSource.mainFile }) {
                try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
            }
        } catch {
            throw .folderUnwritable(folder)
        }
    }
}
