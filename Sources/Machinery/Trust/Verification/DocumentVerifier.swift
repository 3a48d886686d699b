// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
import SwiftASN1

/// Checks the signatures of a PDF by our own reading of it; the judges of the tests are independent programs.
public struct DocumentVerifier: Sendable {
    private let roots: TrustRoots
    private let timestampRoots: TrustRoots
    private let clock: Clock

    /// - Parameters:
    ///   - roots: roots of signers' certificates.
    ///   - timestampRoots: roots of timestamp authorities; nil when they are the same.
    ///   - clock: the moment at which a signature without timestamp is judged.
    public init(roots: TrustRoots, timestampRoots: TrustRoots? = nil, clock: Clock) {
        (self.roots, self.timestampRoots, self.clock) = (roots, timestampRoots ?? roots, clock)
    }

    /// Reports on every signature of a document.
    ///
    /// - Returns: a report without signatures for a document that nobody signed.
    /// - Throws: `malformedPDF`, `crossReferenceStream`, `encryptedPDF`, `tooLarge` when the file cannot be read at
    ///   all.
    public func verify(_ pdf: [UInt8]) async throws(TrustError) -> DocumentReport {
        let file = try PDFFile(pdf, toleratesTrailingBytes: true)
        var reports: [(end: Int, report: SignatureReport)] = []
        for field in try SignatureFields(file).signed() {
            let found = await report(on: field, in: file)
            reports.append(found)
        }
        reports.sort { $0.end < $1.end }
        let covered = reports.last?.end ?? 0
        return DocumentReport(
            signatures: reports.map(\.report),
            uncoveredBytes: reports.isEmpty ? 0 : max(0, pdf.count - covered)
        )
    }

    /// Reports on a detached CAdES signature.
    public func verify(detached cms: [UInt8], over content: [UInt8]) async -> SignatureReport {
        var report = SignatureReport.blank(field: "")
        report.coverage = .wholeFile
        do {
            try await judge(cms[...], over: [content[...]], into: &report)
        } catch {
            report.problems.append(.unreadable)
        }
        return report.settled()
    }

    private func report(on field: SignatureFields.Field, in file: PDFFile) async -> (end: Int, report: SignatureReport)
    {
        var report = SignatureReport.blank(field: field.name)
        do {
            let value = try file.located(field.value)
            let dictionary = value.dictionary
            report.signedAt = dictionary["M"]?.asText.flatMap { Instant(inPDF: $0) }
            report.reason = dictionary["Reason"]?.asText ?? ""
            report.location = dictionary["Location"]?.asText ?? ""
            let accepted = ["ETSI.CAdES.detached", "adbe.pkcs7.detached"]
            guard let kind = dictionary["SubFilter"]?.asName, accepted.contains(kind),
                let contents = dictionary["Contents"]?.asString, let room = value.ranges["Contents"]
            else { throw TrustError.malformedDER("signature dictionary") }
            guard let range = SignedRange(dictionary["ByteRange"], room: room, fileCount: file.bytes.count) else {
                report.problems.append(.rangeInvalid)
                return (0, report.settled())
            }
            report.coverage = coverage(range, in: file)
            if case .earlierRevision = report.coverage { judgeLaterRevisions(range, in: file, into: &report) }
            let length = try DERShape.lengthOfFirstValue(contents[...])
            let pieces = [file.bytes[..<room.lowerBound], file.bytes[room.upperBound..<range.end]]
            try await judge(
                contents[..<length],
                over: pieces,
                needsCertificateAttribute: kind == accepted[0],
                into: &report
            )
            return (range.end, report.settled())
        } catch {
            report.problems.append(.unreadable)
            return (0, report.settled())
        }
    }

    private func coverage(_ range: SignedRange, in file: PDFFile) -> SignatureCoverage {
        let after = file.bytes.count - range.end
        return after == 0 ? .wholeFile : .earlierRevision(bytesAfter: after)
    }

    private func judgeLaterRevisions(_ range: SignedRange, in file: PDFFile, into report: inout SignatureReport) {
        do {
            let changes = try RevisionChanges(of: file, signedBytes: range.end)
            if try !changes.areOnlySignatures() { report.problems.append(.changedAfterwards) }
        } catch {
            report.coverage = .partial
            report.problems.append(.rangeInvalid)
        }
    }

    /// Judges a CMS structure over the covered bytes.
    private func judge(
        _ cms: ArraySlice<UInt8>,
        over pieces: [ArraySlice<UInt8>],
        needsCertificateAttribute: Bool = true,
        into report: inout SignatureReport
    ) async throws(TrustError) {
        let data = try SignedDataReader(cms)
        guard let signer = data.signerCertificate else { throw .malformedDER("signer's certificate is missing") }
        report.signerName = signer.commonName
        report.organisation = signer.organisation
        report.issuerName = signer.issuerName
        report.certificateSerialNumber = signer.serialNumber
        report.certificateNotAfter = signer.notAfter

        let digest = data.digest(pieces)
        let stated = try data.messageDigest()
        let type = try data.signedContentType()
        if digest == nil { report.problems.append(.algorithmUnaccepted) }
        if digest != nil, digest != stated { report.problems.append(.contentChanged) }
        if type != OID.data || data.content != nil { report.problems.append(.unreadable) }
        if !data.isSigned(by: signer) { report.problems.append(.valueInvalid) }
        let bound = try data.namesCertificate(signer)
        if bound == false || (bound == nil && needsCertificateAttribute) {
            report.problems.append(.certificateNotBound)
        }
        if !signer.mayMakeSignatures { report.problems.append(.certificatePurpose) }
        report.isIntact = Set(report.problems)
            .isDisjoint(with: [.contentChanged, .valueInvalid, .algorithmUnaccepted, .unreadable, .rangeInvalid])

        let proven = await judgeTimestamp(of: data, into: &report)
        let outcome = await roots.check(
            signer,
            intermediates: data.certificates,
            purpose: .signing,
            at: proven ?? clock.now()
        )
        if outcome != .trusted { report.problems.append(.certificateUntrusted) }
    }

    /// The proven time, or nil; problems of the token go into the report.
    private func judgeTimestamp(of data: SignedDataReader, into report: inout SignatureReport) async -> Instant? {
        guard let der = data.timestampToken else {
            report.problems.append(.timestampMissing)
            return nil
        }
        do {
            let token = try TimestampToken(der: der)
            let found = try token.problems()
            report.problems += found
            if token.imprint != Digest(of: data.signature) { report.problems.append(.timestampInvalid) }
            guard let authority = token.authority, found.isEmpty, token.imprint == Digest(of: data.signature) else {
                return nil
            }
            let outcome = await timestampRoots.check(
                authority,
                intermediates: token.signedData.certificates,
                purpose: .timestamping,
                at: token.time
            )
            guard outcome == .trusted else {
                report.problems.append(.timestampUntrusted)
                return nil
            }
            report.signedAt = token.time
            report.isTimestamped = true
            return token.time
        } catch {
            report.problems.append(.timestampUnreadable)
            return nil
        }
    }
}

/// The range of a signature: from the first byte to `end`, without the room of the value.
private struct SignedRange {
    var end: Int

    /// Nil unless the range begins at 0, leaves out exactly the room, and ends inside the file.
    init?(_ value: PDFValue?, room: Range<Int>, fileCount: Int) {
        let numbers = (value?.asArray ?? []).compactMap(\.asInteger)
        guard numbers.count == 4, numbers[0] == 0, numbers[1] == room.lowerBound, numbers[2] == room.upperBound,
            numbers[3] > 0, numbers[3] <= fileCount - numbers[2]
        else { return nil }
        end = numbers[2] + numbers[3]
    }
}

/// The signature fields of a document.
private struct SignatureFields {
    struct Field {
        var name: String
        /// Object number of the signature dictionary.
        var value: Int
    }

    let file: PDFFile

    init(_ file: PDFFile) { self.file = file }

    /// All fields that hold a value, in the order of the form.
    func signed() throws(TrustError) -> [Field] {
        let form = try file.resolved(try file.dictionary(file.rootNumber)["AcroForm"]).asDictionary
        var found: [Field] = []
        var visited: Set<Int> = []
        var queue: [(value: PDFValue, kind: String?, path: String, depth: Int)] = []
        for field in try file.resolved(form?["Fields"]).asArray ?? [] { queue.append((field, nil, "", 0)) }
        while let next = queue.popLast() {
            if let number = next.value.asReference, !visited.insert(number).inserted { continue }
            guard next.depth < TrustLimits.depth, queue.count + found.count <= TrustLimits.fields else {
                throw .tooLarge("form fields")
            }
            guard let dictionary = try file.resolved(next.value).asDictionary else { continue }
            let kind = try file.resolved(dictionary["FT"]).asName ?? next.kind
            let name = [next.path, try file.resolved(dictionary["T"]).asText ?? ""].filter { !$0.isEmpty }
                .joined(separator: ".")
            for child in try file.resolved(dictionary["Kids"]).asArray ?? [] {
                queue.append((child, kind, name, next.depth + 1))
            }
            guard kind == "Sig", let value = dictionary["V"] else { continue }
            guard let number = value.asReference else { throw .malformedPDF("signature value is not an object") }
            found.append(Field(name: name, value: number))
        }
        return found.reversed()
    }
}

extension SignatureReport {
    fileprivate static func blank(field: String) -> SignatureReport {
        SignatureReport(
            fieldName: field,
            signerName: "",
            organisation: nil,
            issuerName: "",
            certificateSerialNumber: "",
            certificateNotAfter: nil,
            signedAt: nil,
            isTimestamped: false,
            isTrusted: false,
            isIntact: false,
            coverage: .partial,
            reason: "",
            location: "",
            problems: []
        )
    }

    /// Problems without repetition, and the verdict on trust.
    fileprivate func settled() -> SignatureReport {
        var report = self
        var seen: Set<SignatureProblem> = []
        report.problems = problems.filter { seen.insert($0).inserted }
        let distrust: Set<SignatureProblem> = [
            .certificateUntrusted, .certificateNotBound, .certificatePurpose, .timestampUntrusted, .timestampInvalid,
            .timestampPurpose, .timestampUnreadable,
        ]
        report.isTrusted = isIntact && seen.isDisjoint(with: distrust)
        return report
    }
}
