// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Opens a PDF once in a process of its own before it is opened in ours: whoever unpacks all its objects within the
/// bounds may do so again without them.
///
/// A few kilobytes of an object stream can unpack to many gigabytes.
struct PDFRehearsal {
    let limits: UploadLimits

    static let program = "/usr/bin/qpdf"
    /// 200,000 objects take about 100 MB.
    private static let memoryBytes = 256 << 20
    private static let seconds = 10
    /// Done, perhaps with a remark on what was put right.
    private static let done: Set<Int32> = [0, 3]

    /// - Throws: `passwordProtected`, `broken`, `tooHeavy`, `unreadable`.
    func run(path: String) throws(UploadError) {
        let program = BoundedProgram(
            program: Self.program,
            memoryBytes: Self.memoryBytes,
            seconds: Self.seconds,
            writtenBytes: limits.fileBytes
        )
        let ending = try BoundedProgram.inFolder { folder throws(UploadError) in
            // Every object is read and written to nowhere; the contents of pages stay packed.
            try program.run(["--object-streams=disable", "--stream-data=preserve", path, "/dev/null"], in: folder)
        }
        guard case .status(let status, let complaint) = ending else { throw .tooHeavy(.pdf) }
        if Self.done.contains(status) { return }
        if complaint.contains("invalid password") { throw .passwordProtected }
        throw complaint.contains("bad_alloc") ? .tooHeavy(.pdf) : .broken(.pdf)
    }
}
