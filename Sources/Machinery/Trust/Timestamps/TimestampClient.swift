// SPDX-License-Identifier: Apache-2.0

import Digests
public import Kernel
import SwiftASN1

/// Asks a timestamp authority and believes its answer only after checking it.
public struct TimestampClient: Sendable {
    /// Sends the question (`application/timestamp-query`) and gives back the body of the answer.
    public typealias Transport = @Sendable (_ query: [UInt8]) async throws -> [UInt8]

    private let transport: Transport
    private let roots: TrustRoots
    private let clock: Clock
    private let random: RandomSource
    private let toleranceSeconds: Int64

    /// A client of one authority.
    ///
    /// - Parameters:
    ///   - roots: roots to which the authority's certificate must lead.
    ///   - clock: what the authority's clock is compared with.
    ///   - random: makes the nonces.
    ///   - toleranceSeconds: how far the authority's clock may be from ours; 5 minutes, as Kerberos allows.
    ///   - transport: how the question travels; HTTP and its limits are the caller's.
    public init(
        roots: TrustRoots,
        clock: Clock,
        random: RandomSource,
        toleranceSeconds: Int64 = 300,
        transport: @escaping Transport
    ) {
        (self.transport, self.roots, self.clock, self.random) = (transport, roots, clock, random)
        self.toleranceSeconds = toleranceSeconds
    }

    /// A token for these bytes (for a signature: its value).
    ///
    /// - Throws: `timestampUnavailable` when the transport fails; `timestampRefused` with the reason when the answer
    ///   is an error, unreadable, for another digest or nonce, badly signed, far from our clock, or of an authority
    ///   that we do not trust.
    public func stamp(_ bytes: [UInt8]) async throws(TrustError) -> TimestampToken {
        let request = TimestampRequest(imprint: Digest(of: bytes), nonce: random.bytes(8))
        let query = try request.encoded()
        let answer: [UInt8]
        do {
            answer = try await transport(query)
        } catch {
            throw .timestampUnavailable(error)
        }
        do {
            let token = try TimestampClient.token(in: answer)
            try await check(token, against: request)
            return token
        } catch .timestampRefused(let reason) {
            throw .timestampRefused(reason)
        } catch {
            throw .timestampRefused("unreadable answer: \(error)")
        }
    }

    /// The token inside a `TimeStampResp` whose status is granted, with or without modifications.
    static func token(in answer: [UInt8]) throws(TrustError) -> TimestampToken {
        let parts = try DERShape.parse(answer[...], limit: TrustLimits.timestampBytes).parts("TimeStampResp")
        guard let info = parts.first, let first = try info.parts("status").first else { throw .malformedDER("status") }
        let status = try DERShape.reading("status") { try Int(derEncoded: first) }
        guard status == 0 || status == 1 else { throw .timestampRefused("status \(status)") }
        guard parts.count == 2 else { throw .timestampRefused("no token") }
        return try TimestampToken(der: Array(parts[1].encodedBytes))
    }

    private func check(_ token: TimestampToken, against request: TimestampRequest) async throws(TrustError) {
        guard token.imprint == request.imprint else { throw .timestampRefused("another digest") }
        guard token.nonce == request.nonce else { throw .timestampRefused("another nonce") }
        if let problem = try token.problems().first { throw .timestampRefused(problem.rawValue) }
        let apart = token.time.seconds(since: clock.now())
        guard abs(apart) <= toleranceSeconds else { throw .timestampRefused("clock differs by \(apart) s") }
        guard let authority = token.authority else { throw .timestampRefused("no certificate") }
        let outcome = await roots.check(
            authority,
            intermediates: token.signedData.certificates,
            purpose: .timestamping,
            at: token.time
        )
        if case .untrusted(let reason) = outcome { throw .timestampRefused("authority not trusted: \(reason)") }
    }
}
