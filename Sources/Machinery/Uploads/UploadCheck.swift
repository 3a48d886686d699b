// SPDX-License-Identifier: Apache-2.0

public import Digests
import Foundation
import Kernel

/// How much a stranger's file may be.
public struct UploadLimits: Sendable {
    /// Bytes of one file.
    public var fileBytes: Int64
    /// Bytes of all files of a dossier.
    public var dossierBytes: Int64
    /// Pixels of one image.
    public var pixels: Int
    /// The longer side of a picture as it is kept.
    public var pictureSide: Int
    /// Pages of one PDF.
    public var pages: Int
    /// Objects looked at in one PDF; a scan of 500 pages has about 3,000.
    public var pdfObjects: Int

    public init(
        fileBytes: Int64 = 25_000_000,
        dossierBytes: Int64 = 100_000_000,
        pixels: Int = 60_000_000,
        pictureSide: Int = 4096,
        pages: Int = 1000,
        pdfObjects: Int = 200_000
    ) {
        (self.fileBytes, self.dossierBytes, self.pixels) = (fileBytes, dossierBytes, pixels)
        (self.pictureSide, self.pages, self.pdfObjects) = (pictureSide, pages, pdfObjects)
    }
}

/// What is known of a file that was taken.
public struct CheckedFile: Sendable, Hashable {
    /// Found in the content.
    public let type: UploadType
    /// Its size.
    public let byteCount: Int64
    /// Pages of a PDF; 1 for an image.
    public let pageCount: Int
    /// Width of an image in pixels.
    public let pixelWidth: Int?
    /// Height of an image in pixels.
    public let pixelHeight: Int?
    /// The name to show, with the ending of its type.
    public let displayName: String

    func withPages(_ count: Int) -> CheckedFile {
        CheckedFile(
            type: type,
            byteCount: byteCount,
            pageCount: count,
            pixelWidth: pixelWidth,
            pixelHeight: pixelHeight,
            displayName: displayName
        )
    }

    /// `3 trang` or `1.654 × 2.339 điểm ảnh`, for the list of files.
    public var extent: String {
        guard let pixelWidth, let pixelHeight else { return "\(pageCount) trang" }
        return "\(String(grouped: pixelWidth)) × \(String(grouped: pixelHeight)) điểm ảnh"
    }
}

/// Looks at a stranger's file before it becomes part of a dossier: size, type by content and by name, whether it can
/// be opened, and whether it would do something when opened. The looking happens on threads of its own.
public struct UploadCheck: Sendable {
    /// The limits in force.
    public let limits: UploadLimits
    private let workers: WorkerThreads

    /// - Parameters:
    ///   - limits: From the settings.
    ///   - workers: Threads for the C libraries; by default two, with sixty-four files waiting.
    public init(
        limits: UploadLimits = UploadLimits(),
        workers: WorkerThreads = WorkerThreads(name: "upload-check", count: 2, queueLimit: 64)
    ) {
        (self.limits, self.workers) = (limits, workers)
    }

    /// Programs of Debian without which no file can be taken, and that are not there.
    public static var missingPrograms: [String] {
        [BoundedProgram.timeout, BoundedProgram.limiter, PictureCleaner.program, PDFRehearsal.program].filter {
            !FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Looks at a file on disk.
    ///
    /// - Parameters:
    ///   - path: Where it lies; a path of ours.
    ///   - name: What the client calls it, cleaned.
    ///   - bytesBefore: Bytes of the files that the dossier holds already.
    /// - Throws: the first `UploadError` found, in the order size, type, name, content.
    /// - Returns: What is known of it.
    public func check(path: String, name: String, bytesBefore: Int64 = 0) async throws(UploadError) -> CheckedFile {
        let limits = limits
        return try await run {
            guard let bytes = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
                // The cause (missing, no permission) does not matter to anyone who could act on it here.
                return .failure(.unreadable)
            }
            return Result { () throws(UploadError) in
                let found = try Inspection(limits: limits, name: name, bytesBefore: bytesBefore).measure(bytes)
                guard found.type == .pdf else { return found }
                try PDFRehearsal(limits: limits).run(path: path)
                return try found.withPages(PDFInspection(limits: limits).pageCount(bytes))
            }
        }
    }

    /// Draws a picture anew, so that only what is to be seen is kept of it.
    ///
    /// - Parameters:
    ///   - path: Where it lies; a path of ours.
    ///   - file: What `check` found.
    /// - Throws: `broken`, `tooHeavy`, `tooLarge`, `busy`, `unreadable`.
    /// - Returns: The new file; nil for a PDF, which is kept as it is for the signatures in it.
    public func clean(path: String, of file: CheckedFile) async throws(UploadError) -> CleanPicture? {
        guard file.type != .pdf else { return nil }
        let limits = limits
        return try await run {
            Result { () throws(UploadError) in try PictureCleaner(limits: limits).clean(path: path, of: file) }
        }
    }

    /// Joins photos that were taken to one PDF, a page for each.
    ///
    /// - Parameters:
    ///   - photos: Where they lie, and their types, in the order of the pages.
    ///   - title: What the PDF is called.
    /// - Throws: `empty`, `tooLarge`, `wrongType` for a file that is no photo, `busy`, `unreadable`.
    /// - Returns: The PDF; the same photos give the same bytes.
    public func join(
        _ photos: [(path: String, type: UploadType)],
        title: String
    ) async throws(UploadError) -> [UInt8] {
        let limits = limits
        let sources = photos.map { Source(path: $0.path, type: $0.type) }
        return try await run {
            Result { () throws(UploadError) in try Self.joined(sources, title, limits) }
        }
    }

    private struct Source: Sendable {
        let path: String
        let type: UploadType
    }

    private static func joined(
        _ photos: [Source],
        _ title: String,
        _ limits: UploadLimits
    ) throws(UploadError) -> [UInt8] {
        guard photos.count <= limits.pages else { throw .tooManyPages(limit: limits.pages) }
        var jpegs: [[UInt8]] = []
        var total: Int64 = 0
        for photo in photos {
            switch photo.type {
            case .pdf: throw .wrongType
            case .jpeg:
                guard let bytes = try? Data(contentsOf: URL(filePath: photo.path)) else {
                    // Gone since it was named: the caller finds out at its next look.
                    throw .unreadable
                }
                jpegs.append(Array(bytes))
            case .png, .heic:
                jpegs.append(try PictureCleaner(limits: limits).jpeg(path: photo.path, of: photo.type))
            }
            total += Int64(jpegs.last?.count ?? 0)
            guard total <= limits.fileBytes else { throw .tooLarge(limitBytes: limits.fileBytes) }
        }
        let file = try PhotoJoiner(title: title, jpegs: jpegs).written()
        guard Int64(file.count) <= limits.fileBytes else { throw .tooLarge(limitBytes: limits.fileBytes) }
        return file
    }

    /// Looks at a file in memory. Parameters and errors as for a file on disk.
    public func check(bytes: [UInt8], name: String, bytesBefore: Int64 = 0) async throws(UploadError) -> CheckedFile {
        let limits = limits
        return try await run {
            Result { () throws(UploadError) in
                let found = try Inspection(limits: limits, name: name, bytesBefore: bytesBefore).measure(Data(bytes))
                guard found.type == .pdf else { return found }
                try BoundedProgram.inFolder { folder throws(UploadError) in
                    let path = folder.appending(path: "upload.pdf")
                    // A full disk is ours to mend.
                    guard (try? Data(bytes).write(to: path)) != nil else { throw .unreadable }
                    try PDFRehearsal(limits: limits).run(path: path.path)
                }
                return try found.withPages(PDFInspection(limits: limits).pageCount(Data(bytes)))
            }
        }
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable () -> Result<Value, UploadError>
    ) async throws(UploadError) -> Value {
        let outcome: Result<Value, UploadError>
        do {
            outcome = try await workers.run(body)
        } catch {
            throw .busy
        }
        return try outcome.get()
    }
}

/// The looking itself, one file on one thread.
struct Inspection {
    let limits: UploadLimits
    let name: String
    let bytesBefore: Int64

    /// All that can be known without opening it; the pages of a PDF are counted afterwards.
    func measure(_ bytes: Data) throws(UploadError) -> CheckedFile {
        let size = Int64(bytes.count)
        guard size > 0 else { throw .empty }
        guard size <= limits.fileBytes else { throw .tooLarge(limitBytes: limits.fileBytes) }
        guard bytesBefore + size <= limits.dossierBytes else {
            throw .dossierTooLarge(limitBytes: limits.dossierBytes)
        }
        let type = try typeByContent(bytes)
        let ending = Self.ending(name)
        if let ending, !type.endings.contains(ending) { throw .mislabelled(ending: ending, found: type) }
        let displayName = ending == nil ? "\(name.isEmpty ? "tep" : name).\(type.ending)" : name
        if type == .pdf {
            return CheckedFile(
                type: type,
                byteCount: size,
                pageCount: 0,
                pixelWidth: nil,
                pixelHeight: nil,
                displayName: displayName
            )
        }
        let extent =
            switch type {
            case .jpeg: ImageHeader.jpeg(bytes)
            case .png: ImageHeader.png(bytes)
            case .heic, .pdf: ImageHeader.heic(bytes)
            }
        guard let extent else { throw .broken(type) }
        guard extent.width <= limits.pixels / extent.height else { throw .tooManyPixels(limit: limits.pixels) }
        return CheckedFile(
            type: type,
            byteCount: size,
            pageCount: 1,
            pixelWidth: extent.width,
            pixelHeight: extent.height,
            displayName: displayName
        )
    }

    private func typeByContent(_ bytes: Data) throws(UploadError) -> UploadType {
        // libmagic decides by the first kilobytes; 64 KiB hold the signature of every type that it knows.
        let found = try MagicType.of(bytes.prefix(64 * 1024))
        if let type = UploadType(rawValue: found) {
            // A PDF that begins with something else could be that something else to another reader.
            guard type != .pdf || bytes.starts(with: "%PDF-".utf8) else { throw .wrongType }
            // So could one that an unpacker opens from behind.
            guard type != .pdf || !ArchiveTail.isIn(bytes) else { throw .wrongType }
            return type
        }
        // A photo with a second of movement is called a sequence; its first picture is the photo.
        if ["image/heif", "image/heic-sequence", "image/heif-sequence"].contains(found) { return .heic }
        throw .wrongType
    }

    /// What stands after the last dot, lower case; nil when it is not two to five letters, and so no ending.
    static func ending(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        let letters = name[name.index(after: dot)...].lowercased()
        guard (2...5).contains(letters.count), letters.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            return nil
        }
        return letters
    }
}
