// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel

/// A file prepared for one signature: what must be signed is known, the value is still missing.
///
/// Between preparing and completing the file may be kept by its digest, while a person is asked on the phone.
public struct PreparedSignature: Sendable {
    let reservation: PDFReservation
    let attributes: [[UInt8]]
    /// The bytes that the key signs (DER of the signed attributes); a remote service is sent their SHA-256.
    public let bytesToSign: [UInt8]

    /// The file with an empty room.
    public var file: [UInt8] { reservation.bytes }
    /// SHA-256 of `bytesToSign`.
    public var digestToSign: Digest { Digest(of: bytesToSign) }
}

/// Signs PDF documents in the shape PAdES baseline B-B, or B-T with a timestamp.
public struct DocumentSealer: Sendable {
    private let timestamps: TimestampClient?

    /// - Parameter timestamps: asked for a token for each signature; nil makes B-B without one.
    public init(timestamps: TimestampClient?) {
        self.timestamps = timestamps
    }

    /// Signs a document; a document that is signed already gets one more signature, the earlier ones stay valid.
    ///
    /// - Parameters:
    ///   - pdf: the document.
    ///   - key: signs.
    ///   - statement: what the signature says about itself.
    ///   - holder: whose certificate it must be; nil leaves that to the caller.
    /// - Returns: the signed document: the given bytes, and one revision after them.
    /// - Throws: errors of reading the PDF; `certificateExpired`, `certificateNotForSigning`, `certificateOfAnother`;
    ///   `keyFailed`, `signatureMismatch`; `timestampUnavailable`, `timestampRefused`. Nothing is half signed.
    public func sign(
        _ pdf: [UInt8],
        by key: SigningKey,
        _ statement: SignatureStatement,
        holder: CertificateHolder? = nil
    ) async throws(TrustError) -> [UInt8] {
        let prepared = try prepare(pdf, by: key, statement, holder: holder)
        let value: [UInt8]
        do {
            value = try await key.sign(prepared.bytesToSign)
        } catch {
            throw .keyFailed(error)
        }
        return try await complete(prepared, by: key, value: value)
    }

    /// First half: reserves the room and says what must be signed.
    ///
    /// - Throws: as `sign`, without the errors of key and timestamp.
    public func prepare(
        _ pdf: [UInt8],
        by key: SigningKey,
        _ statement: SignatureStatement,
        holder: CertificateHolder? = nil
    ) throws(TrustError) -> PreparedSignature {
        try key.certificate.check(holder: holder, at: statement.signedAt)
        var update = try PDFUpdate(pdf)
        let reservation = try update.reserveSignature(statement)
        var hash = DigestStream()
        for piece in reservation.covered { hash.update(piece) }
        let attributes = try SignedDataWriter.signedAttributes(
            contentType: OID.data,
            contentDigest: hash.finish().bytes,
            certificate: key.certificate.der
        )
        return PreparedSignature(
            reservation: reservation,
            attributes: attributes,
            bytesToSign: try SignedDataWriter.bytesToSign(attributes)
        )
    }

    /// Second half: checks the value, has it stamped, and puts it into the room.
    ///
    /// - Throws: `signatureMismatch`, `timestampUnavailable`, `timestampRefused`, `signatureTooLong`.
    public func complete(
        _ prepared: PreparedSignature,
        by key: SigningKey,
        value: [UInt8]
    ) async throws(TrustError) -> [UInt8] {
        let signature = try key.checked(value, over: prepared.bytesToSign)
        var token: [UInt8]?
        if let timestamps { token = try await timestamps.stamp(signature).der }
        let cms = try SignedDataWriter.contentInfo(
            SignedDataWriter.Parts(
                contentType: OID.data,
                content: nil,
                attributes: prepared.attributes,
                signature: signature,
                algorithm: key.algorithm,
                chain: key.chain.map(\.der),
                timestampToken: token
            )
        )
        return try prepared.reservation.filled(with: cms)
    }
}

/// Signs any bytes apart from their container: CAdES baseline B-B or B-T, detached.
extension DocumentSealer {
    /// A detached CMS signature over the content.
    ///
    /// - Throws: as `sign(_:by:_:holder:)`, without the errors of PDF.
    public func detachedSignature(
        over content: [UInt8],
        by key: SigningKey,
        at now: Instant,
        holder: CertificateHolder? = nil
    ) async throws(TrustError) -> [UInt8] {
        try key.certificate.check(holder: holder, at: now)
        let attributes = try SignedDataWriter.signedAttributes(
            contentType: OID.data,
            contentDigest: Digest(of: content).bytes,
            certificate: key.certificate.der
        )
        let signature = try await key.checkedSignature(over: try SignedDataWriter.bytesToSign(attributes))
        var token: [UInt8]?
        if let timestamps { token = try await timestamps.stamp(signature).der }
        return try SignedDataWriter.contentInfo(
            SignedDataWriter.Parts(
                contentType: OID.data,
                content: nil,
                attributes: attributes,
                signature: signature,
                algorithm: key.algorithm,
                chain: key.chain.map(\.der),
                timestampToken: token
            )
        )
    }
}
