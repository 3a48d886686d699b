// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A picture drawn anew: only what is to be seen is left.
public struct CleanPicture: Sendable {
    /// The new file.
    public let bytes: [UInt8]
    /// What is known of it.
    public let file: CheckedFile
}

/// Decodes a picture and writes it again with libvips, in a process of its own.
///
/// The place and the time of the photo, hidden previews and whatever else was appended are gone; it stands upright; its
/// colours are sRGB; it fits into a square that shows an A4 sheet at 350 dots to the inch.
struct PictureCleaner {
    let limits: UploadLimits

    static let program = "/usr/bin/vipsthumbnail"
    /// A progressive JPEG of 60 million pixels needs 430 MB, an ordinary one 75 MB.
    private static let memoryBytes = 512 << 20
    /// 60 million pixels took up to 9 seconds as HEIC and 5 as PNG on a busy machine.
    private static let seconds = 20
    /// Hardly to be told from the photo, at about half a byte a pixel.
    private static let quality = 88
    private static let headBytes = 1 << 18

    /// - Throws: `broken`, `tooHeavy`, `tooLarge`, `unreadable`.
    func clean(path: String, of file: CheckedFile) throws(UploadError) -> CleanPicture {
        try BoundedProgram.inFolder { folder throws(UploadError) in
            let type: UploadType = file.type == .png ? .png : .jpeg
            let bytes = try draw(path, of: file.type, as: type, in: folder)
            if Int64(bytes.count) <= limits.fileBytes { return try picture(bytes, type, of: file) }
            // A photo that was kept as PNG may swell when it is turned or scaled.
            let smaller = try draw(path, of: file.type, as: .jpeg, in: folder)
            guard Int64(smaller.count) <= limits.fileBytes else { throw .tooLarge(limitBytes: limits.fileBytes) }
            return try picture(smaller, .jpeg, of: file)
        }
    }

    /// The picture as JPEG on white.
    func jpeg(path: String, of type: UploadType) throws(UploadError) -> [UInt8] {
        try BoundedProgram.inFolder { folder throws(UploadError) in
            try draw(path, of: type, as: .jpeg, in: folder)
        }
    }

    private func draw(
        _ path: String,
        of type: UploadType,
        as target: UploadType,
        in folder: URL
    ) throws(UploadError) -> [UInt8] {
        let drawn = folder.appending(path: "picture.\(target.ending)")
        let options = target == .png ? "[strip]" : "[Q=\(Self.quality),strip,optimize-coding,background=255]"
        let program = BoundedProgram(
            program: Self.program,
            memoryBytes: Self.memoryBytes,
            seconds: Self.seconds,
            writtenBytes: limits.fileBytes * 8
        )
        let side = limits.pictureSide
        let plain = [path, "--size", "\(side)x\(side)>", "-o", drawn.path + options]
        // Without a profile of its own the colours are sRGB already. One that does not fit the picture is passed over.
        let ways = try Self.hasProfile(path) ? [plain + ["--export-profile", "srgb"], plain] : [plain]
        var fault: UploadError?
        for way in ways {
            guard case .status(let status, let words) = try program.run(way, in: folder) else { throw .tooHeavy(type) }
            // The decoder fills up with grey what a cut file lacks, and says so.
            guard !words.contains("remature end") else { throw .broken(type) }
            fault = status == 0 ? nil : words.contains("memory") ? .tooHeavy(type) : .broken(type)
            if fault == nil { break }
        }
        if let fault { throw fault }
        guard let bytes = try? Data(contentsOf: drawn), !bytes.isEmpty else {
            // It claimed success and wrote nothing: ours to mend.
            throw .unreadable
        }
        return Array(bytes)
    }

    /// Whether the head of the file names a profile of colours; every kind of file keeps it there.
    private static func hasProfile(_ path: String) throws(UploadError) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { throw .unreadable }
        defer { file.closeFile() }
        guard let head = try? file.read(upToCount: headBytes) else {
            // The disk refused: ours to mend.
            throw .unreadable
        }
        return ["ICC_PROFILE", "iCCP", "colrprof"].contains { head.range(of: Data($0.utf8)) != nil }
    }

    private func picture(_ bytes: [UInt8], _ type: UploadType, of file: CheckedFile) throws(UploadError) -> CleanPicture
    {
        let extent = type == .jpeg ? ImageHeader.jpeg(Data(bytes)) : ImageHeader.png(Data(bytes))
        guard let extent else { throw .unreadable }
        return CleanPicture(
            bytes: bytes,
            file: CheckedFile(
                type: type,
                byteCount: Int64(bytes.count),
                pageCount: 1,
                pixelWidth: extent.width,
                pixelHeight: extent.height,
                displayName: type.endings.contains(Inspection.ending(file.displayName) ?? "")
                    ? file.displayName : Self.name(file.displayName, endingIn: type)
            )
        )
    }

    private static func name(_ name: String, endingIn type: UploadType) -> String {
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        return "\(stem).\(type.ending)"
    }
}
