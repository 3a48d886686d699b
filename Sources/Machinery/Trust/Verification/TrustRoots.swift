// SPDX-License-Identifier: Apache-2.0

public import Kernel
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// Roots that an installation trusts.
public struct TrustRoots: Sendable {
    /// The roots themselves.
    public let certificates: [SigningCertificate]

    /// Trusts these roots, and nothing else.
    public init(_ certificates: [SigningCertificate]) {
        self.certificates = certificates
    }

    /// Trusts the roots of a PEM text.
    ///
    /// - Throws: `malformedDER`, `tooLarge`.
    public init(pem: String) throws(TrustError) {
        certificates = try SigningCertificate.all(pem: pem)
    }

    /// What a certificate is to be used for.
    public enum Purpose: Sendable {
        /// Signing documents.
        case signing
        /// Signing timestamp tokens.
        case timestamping
    }

    /// Whether a chain was found.
    public enum Outcome: Sendable, Equatable {
        /// A chain to one of the roots, all of it valid at the moment asked for.
        case trusted
        /// None; the reason is for the operator.
        case untrusted(String)
    }

    /// Looks for a chain that is valid at a moment. Revocation is not asked here.
    public func check(
        _ leaf: SigningCertificate,
        intermediates: [SigningCertificate],
        purpose: Purpose,
        at time: Instant
    ) async -> Outcome {
        let roots = CertificateStore(certificates.map(\.certificate))
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: time.foundationDate)
            PurposePolicy(purpose: purpose)
        }
        let result = await verifier.validate(
            leaf: leaf.certificate,
            intermediates: CertificateStore(intermediates.map(\.certificate))
        )
        switch result {
        case .validCertificate: return .trusted
        case .couldNotValidate(let failures):
            let reasons = failures.map { "\($0.policyFailureReason)" }.joined(separator: "; ")
            return .untrusted(reasons.isEmpty ? "no chain to a trusted root" : String(reasons.prefix(500)))
        }
    }

    /// Checks a signer's certificate before signing: valid now, for signing, with a chain to a root.
    ///
    /// - Throws: `certificateNotYetValid`, `certificateExpired`, `certificateNotForSigning`, `certificateUntrusted`.
    public func require(_ key: SigningKey, at time: Instant) async throws(TrustError) {
        // Said before the chain, which an expired certificate fails too: renewing it helps, calling somebody does not.
        try key.certificate.check(holder: nil, at: time)
        let outcome = await check(key.certificate, intermediates: key.chain, purpose: .signing, at: time)
        if case .untrusted(let reason) = outcome { throw .certificateUntrusted(reason) }
    }
}

/// The extended key usage of the leaf, which RFC 5280's policy leaves to the application.
private struct PurposePolicy: VerifierPolicy {
    let purpose: TrustRoots.Purpose
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [OID.extendedKeyUsage]

    mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        guard let usage = try? chain.leaf.extensions.extendedKeyUsage else {  // unreadable: as if it were missing
            return purpose == .timestamping ? .failsToMeetPolicy(reason: "no purpose time stamping") : .meetsPolicy
        }
        switch purpose {
        case .timestamping:
            return usage.contains(.timeStamping) ? .meetsPolicy : .failsToMeetPolicy(reason: "no purpose time stamping")
        case .signing:
            let isOnlyForOthers = usage.allSatisfy {
                [.timeStamping, .ocspSigning, .serverAuth].contains($0)
            }
            return isOnlyForOthers ? .failsToMeetPolicy(reason: "purpose is not signing") : .meetsPolicy
        }
    }
}
