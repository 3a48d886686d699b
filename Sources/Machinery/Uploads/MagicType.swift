// SPDX-License-Identifier: Apache-2.0

import CMagic
import Foundation

/// libmagic behind one function.
enum MagicType {
    /// The MIME type of the bytes.
    ///
    /// A cookie belongs to one thread; opening one costs about a millisecond, far less than an upload.
    ///
    /// - Throws: `unreadable` when the library's data cannot be loaded.
    static func of(_ head: Data) throws(UploadError) -> String {
        guard let cookie = unsafe magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS) else { throw .unreadable }
        defer { unsafe magic_close(cookie) }
        guard unsafe magic_load(cookie, nil) == 0 else { throw .unreadable }
        let name = unsafe head.withUnsafeBytes { bytes -> String? in
            guard let found = unsafe magic_buffer(cookie, bytes.baseAddress, bytes.count) else { return nil }
            return unsafe String(cString: found)
        }
        guard let name else { throw .unreadable }
        return name
    }
}
