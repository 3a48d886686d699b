// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import HTTPTypes
import NIOCore

/// A file of a multipart form, as the client announces it.
public struct UploadedPart: Sendable, Equatable {
    /// Name of the form field.
    public let fieldName: String
    /// The client's name of the file, cleaned; for showing and for its extension only.
    public let fileName: String
    /// The type that the client claims; never believed.
    public let declaredType: String?
}

/// What the consumer of a file is told, in order: `began`, `bytes` any number of times, `ended`.
///
/// A field for which nothing was chosen gives no event at all. An empty file gives `began` and `ended(byteCount: 0)`.
public enum UploadEvent: Sendable, Equatable {
    case began(UploadedPart)
    case bytes([UInt8])
    case ended(byteCount: Int)
}

/// How much one multipart form may hold. Start values of the house; the application passes its settings.
public struct MultipartLimits: Sendable {
    /// Files in one request.
    public var files: Int
    /// Ordinary fields in one request.
    public var fields: Int
    /// Bytes of all ordinary fields together.
    public var fieldBytes: Int
    /// Bytes of one file.
    public var fileBytes: Int
    /// Bytes of the whole body.
    public var bodyBytes: Int

    public init(
        files: Int = 50,
        fields: Int = 500,
        fieldBytes: Int = 256 * 1024,
        fileBytes: Int = 25_000_000,
        bodyBytes: Int = 101_000_000
    ) {
        (self.files, self.fields, self.fieldBytes) = (files, fields, fieldBytes)
        (self.fileBytes, self.bodyBytes) = (fileBytes, bodyBytes)
    }
}

/// Joins the parser's events to fields and file events, and counts against the limits.
struct MultipartAssembler {
    private let limits: MultipartLimits
    private(set) var fields = FormFields()
    private var events: [(event: UploadEvent, fieldsSoFar: FormFields)] = []
    private var part: PartHeader?
    private var hasBegun = false
    private var value: [UInt8] = []
    private var partBytes = 0
    private var files = 0
    private var fieldBytes = 0

    init(limits: MultipartLimits) { self.limits = limits }

    /// The file events since the last call, each with the fields that stood before it.
    mutating func takeEvents() -> [(event: UploadEvent, fieldsSoFar: FormFields)] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    mutating func accept(_ event: MultipartParser.Event) throws(RequestError) {
        switch event {
        case .began(let header):
            (part, hasBegun, partBytes) = (header, false, 0)
            value.removeAll()
        case .bytes(let bytes):
            partBytes += bytes.count
            try part?.fileName == nil ? addToField(bytes) : addToFile(bytes)
        case .ended:
            try endPart()
        }
    }

    private mutating func addToField(_ bytes: [UInt8]) throws(RequestError) {
        fieldBytes += bytes.count
        guard fieldBytes <= limits.fieldBytes else { throw .bodyTooLarge(limitBytes: limits.fieldBytes) }
        value += bytes
    }

    private mutating func addToFile(_ bytes: [UInt8]) throws(RequestError) {
        guard partBytes <= limits.fileBytes else { throw .fileTooLarge(limitBytes: limits.fileBytes) }
        try beginFile()
        events.append((.bytes(bytes), fields))
    }

    private mutating func beginFile() throws(RequestError) {
        guard !hasBegun, let part, let fileName = part.fileName else { return }
        guard files < limits.files else { throw .tooManyFiles(limit: limits.files) }
        files += 1
        hasBegun = true
        let file = UploadedPart(fieldName: part.name, fileName: fileName, declaredType: part.declaredType)
        events.append((.began(file), fields))
    }

    private mutating func endPart() throws(RequestError) {
        guard let part else { return }
        if let fileName = part.fileName {
            // Nothing chosen: browsers send an empty name and no bytes.
            guard partBytes > 0 || !fileName.isEmpty else { return }
            try beginFile()
            events.append((.ended(byteCount: partBytes), fields))
        } else {
            guard fields.pairs.count < limits.fields else { throw .tooManyFields(limit: limits.fields) }
            fieldBytes += part.name.utf8.count
            guard fieldBytes <= limits.fieldBytes else { throw .bodyTooLarge(limitBytes: limits.fieldBytes) }
            fields.append(name: part.name, value: try FormFields.text(value))
        }
    }
}

extension Request {
    /// Reads a multipart form; files go to `consume` piece by piece while they arrive.
    ///
    /// The fields that came before a file are given with its events, so that the token of the form is checked before
    /// anything is written. A thrown error ends the reading at once: the consumer then throws away what it has written
    /// of the open file.
    ///
    /// - Throws: `RequestError` for hostile or oversized input; what `consume` throws; `CancellationError`.
    /// - Returns: The ordinary fields.
    public func multipart(
        limits: MultipartLimits = MultipartLimits(),
        consume: (_ event: UploadEvent, _ fieldsSoFar: FormFields) async throws -> Void
    ) async throws -> FormFields {
        guard let boundary = MultipartBoundary(contentType: headers[.contentType]) else {
            throw RequestError.unsupportedMediaType
        }
        try refusePacked()
        try refuseDeclaredLength(over: limits.bodyBytes)
        var parser = MultipartParser(boundary: boundary.bytes)
        var assembler = MultipartAssembler(limits: limits)
        var received = 0
        for try await buffer in body {
            received += buffer.readableBytes
            guard received <= limits.bodyBytes else {
                throw RequestError.bodyTooLarge(limitBytes: limits.bodyBytes)
            }
            try parser.feed(buffer.readableBytesView) { event in try assembler.accept(event) }
            for (event, before) in assembler.takeEvents() { try await consume(event, before) }
        }
        try Task.checkCancellation()
        try parser.finish()
        return assembler.fields
    }
}

/// The boundary that a content type names.
struct MultipartBoundary {
    let bytes: [UInt8]

    /// Nil when the type is not `multipart/form-data` or its boundary is not one of RFC 2046 (1 to 70 characters).
    init?(contentType: String?) {
        guard let contentType else { return nil }
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " || $0 == "\t" } }
        guard let kind = parts.first, kind.lowercased().filter({ $0 != " " }) == "multipart/form-data" else {
            return nil
        }
        let named = parts.dropFirst().filter { $0.lowercased().hasPrefix("boundary=") }
        guard named.count == 1, var value = named.first?.dropFirst("boundary=".count) else { return nil }
        if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
        let allowed = "'()+_,-./:=? "
        let isPlain = value.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber || allowed.contains(character))
        }
        guard (1...70).contains(value.utf8.count), isPlain, !value.hasSuffix(" ") else { return nil }
        bytes = Array(value.utf8)
    }
}
