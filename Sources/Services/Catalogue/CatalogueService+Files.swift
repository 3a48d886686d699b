// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
import Storage

extension CatalogueService {
    /// The bytes of a file for download beside the version of a procedure that is in force on a day.
    ///
    /// - Parameters:
    ///   - code: the procedure.
    ///   - name: the name of the file.
    ///   - digest: SHA-256 that the address bears, hexadecimal.
    ///   - day: today.
    /// - Returns: nil where no such version offers a file of this name and content.
    /// - Throws: `StoreError`.
    public func file(of code: String, named name: String, digest: String, on day: LocalDate) async throws -> [UInt8]? {
        guard let version = try await current(code, on: day),
            version.pack.files.contains(where: { $0.name == name && $0.digest.hex == digest })
        else { return nil }
        return try await store.read { try ProcedureVersionTable.file(name, of: version.digest, in: $0) }
    }
}
