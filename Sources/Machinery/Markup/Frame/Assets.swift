// SPDX-License-Identifier: Apache-2.0

/// Where the files of the look are served, each under a name that carries the hash of its content.
public struct Assets: Sendable {
    private let address: @Sendable (String) -> String

    /// Takes the map from a file's own name (`styles/motcua.css`) to its address (`/tinh/motcua.3f9a.css`).
    public init(_ address: @escaping @Sendable (_ name: String) -> String) {
        self.address = address
    }

    /// The address of a file under `resources/`, such as `styles/motcua.css`.
    public func href(_ name: String) -> String { address(name) }
}

/// The small scripts; a page names those that it uses. Everything works without them.
public enum ScriptModule: String, Sendable, CaseIterable {
    /// Error focus, guard against double submission, session warning, copying a code; on every page.
    case base
    /// Saving of a form at each pause.
    case autosave
    /// Sending of chosen files at once, with progress and preview.
    case upload
    /// Sending of files in pieces, which goes on after a cut.
    case resume
    /// Row keys, bulk bar, live filter and refresh of the staff pages.
    case staff
    /// Signing in, proving and registering by a passkey.
    case passkey

    /// The name of the file under `resources/`.
    public var assetName: String { "scripts/\(rawValue).js" }
}
