// SPDX-License-Identifier: Apache-2.0

public import Digests
public import Kernel
import SwiftASN1
import X509

/// A timestamp token (RFC 3161): an authority's signed statement that a digest existed at a moment.
public struct TimestampToken: Sendable {
    /// The token as DER, a CMS `ContentInfo`.
    public let der: [UInt8]
    /// The digest that was stamped.
    public let imprint: Digest
    /// The moment, by the authority's clock.
    public let time: Instant
    /// The number that the question carried; nil when it carried none.
    public let nonce: [UInt8]?
    /// Serial number of the token at its authority, hexadecimal.
    public let serialNumber: String
    let signedData: SignedDataReader

    /// Reads a token; nothing of it is believed before `problems` was asked.
    ///
    /// - Throws: `malformedDER`, `tooLarge`.
    public init(der: [UInt8]) throws(TrustError) {
        signedData = try SignedDataReader(der[...])
        guard signedData.contentType == OID.timestampInfo, let content = signedData.content else {
            throw .malformedDER("no timestamp token")
        }
        let parts = try DERShape.parse(content[...]).parts("TSTInfo")
        guard parts.count >= 5 else { throw .malformedDER("TSTInfo") }
        imprint = try TimestampRequest.imprint(parts[2])
        let (serial, time) = try DERShape.reading("TSTInfo") {
            (Array(try ArraySlice<UInt8>(derEncoded: parts[3])), try GeneralizedTime(derEncoded: parts[4]))
        }
        serialNumber = serial.hex
        guard let moment = Instant(time) else { throw .malformedDER("genTime") }
        self.time = moment
        var nonce: [UInt8]?
        for part in parts.dropFirst(5) where part.identifier == .integer {
            nonce = try DERShape.reading("nonce") { Array(try ArraySlice<UInt8>(derEncoded: part)) }
        }
        self.nonce = nonce
        self.der = der
    }

    /// The authority's certificate; nil when it is not inside.
    public var authority: SigningCertificate? { signedData.signerCertificate }

    /// What is wrong with the token itself: digest of its content, certificate named in it, signature, purpose.
    func problems() throws(TrustError) -> [SignatureProblem] {
        guard let authority, let content = signedData.content else { return [.timestampUnreadable] }
        var problems: [SignatureProblem] = []
        let digest = signedData.digest([content[...]])
        let stated = try signedData.messageDigest()
        let type = try signedData.signedContentType()
        if digest == nil || digest != stated || type != OID.timestampInfo { problems.append(.timestampInvalid) }
        if !signedData.isSigned(by: authority) { problems.append(.timestampInvalid) }
        // Older authorities name their certificate with SHA-1 only (RFC 3161); the signature above binds it still.
        if try signedData.namesCertificate(authority) == false { problems.append(.timestampInvalid) }
        if !authority.isTimestampAuthority { problems.append(.timestampPurpose) }
        return problems
    }
}

extension SigningCertificate {
    /// Extended key usage is critical and names time stamping alone (RFC 3161, 2.3).
    var isTimestampAuthority: Bool {
        guard let raw = certificate.extensions[oid: OID.extendedKeyUsage], raw.critical,
            let usage = try? certificate.extensions.extendedKeyUsage  // an unreadable extension is no permission
        else { return false }
        return usage.count == 1 && usage.contains(.timeStamping)
    }
}

extension Instant {
    init?(_ time: GeneralizedTime) {
        guard let date = LocalDate(year: time.year, month: time.month, day: time.day),
            let clock = LocalTime(hour: time.hours, minute: time.minutes, second: min(time.seconds, 59))
        else { return nil }
        let fraction = Int64((time.fractionalSeconds * 1_000_000).rounded())
        let moment = Instant(date, clock).adding(seconds: Zone.offsetSeconds)
        self.init(microseconds: moment.microseconds + fraction)
    }

    /// Whole seconds in UTC.
    var generalizedTime: GeneralizedTime? {
        let shifted = adding(seconds: -Zone.offsetSeconds)
        let day = shifted.date.components
        let time = shifted.time
        return try? GeneralizedTime(  // a valid day and time are always accepted
            year: day.year,
            month: day.month,
            day: day.day,
            hours: time.hour,
            minutes: time.minute,
            seconds: time.second,
            fractionalSeconds: 0
        )
    }
}
