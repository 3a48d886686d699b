// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Digests
public import Identity
public import Kernel
import Organisation
import Storage

/// What anybody may learn about a result by its id or its file: that it is genuine, and nothing personal.
public struct ResultVerification: Sendable {
    /// Whether it counts.
    public enum Standing: Sendable, Hashable {
        /// Signed and issued.
        case inForce
        /// Signed; the clerk has not issued it, or the dossier ended before she did.
        case notIssued
        /// The clerk gave it back: this signature is void for good.
        case returned
    }

    public var standing: Standing
    public var result: ResultDocument
    public var agencyName: String
    public var dossierCode: DossierCode
    public var procedureName: String
}

extension DossierService {
    /// Whether a signed result of this agency waits for its clerk.
    public func clerkIssues(_ agency: AgencyCode) -> Bool { writer.clerkIssues(agency) }

    /// Issues a signed result: from this moment it is in force, the clock stands and the applicant is told.
    ///
    /// - Parameters:
    ///   - code: which dossier.
    ///   - version: the version that the page showed.
    ///   - actor: the agency's records clerk, who did not sign it.
    /// - Returns: the dossier after the decision.
    /// - Throws: as `perform(_:on:seen:by:)`; `DossierRefusal.awaitsNoIssue`, `.signerMayNotIssue`; `FileStoreError`
    ///   where the signed file is not what was signed.
    @discardableResult
    public func issue(_ code: DossierCode, seen version: Int, by actor: Actor) async throws -> DossierState {
        let (now, view) = (clock.now(), try await judged(code, for: actor))
        let (state, pack) = (view.state, view.pack)
        guard let digest = view.result?.digest else { throw DossierRefusal.awaitsNoIssue }
        guard try await files.isIntact(digest) else { throw FileStoreError.missing(digest) }
        return try await store.journalled { [self] transaction in
            guard let signed = try ResultTable.find(of: state.id, in: transaction) else {
                throw DossierRefusal.awaitsNoIssue
            }
            let change = try writer.change(state.id, seen: version, by: actor, at: now, in: transaction) { state in
                .issue(fee: try correction(state, pack, signed.fields, in: transaction))
            }
            if let correction = change.after.feeCorrection {
                try settle(correction, of: change.after, pack, by: actor, at: now, in: transaction)
            }
            guard signed.digest == digest, try IssuingTable.issue(signed.id, at: now, in: transaction) else {
                throw DossierRefusal.awaitsNoIssue
            }
            return change.after
        }
    }

    /// Gives a signed result back to the leaders. The signature is void for good: the paper's code and its file are
    /// known as such, and what is signed next is another paper: under the same number, or where the agency that signed
    /// was merged meanwhile, under the successor's name and number.
    ///
    /// - Parameters:
    ///   - code: which dossier.
    ///   - reason: what is wrong; for the agency, not for the applicant.
    ///   - version: the version that the page showed.
    ///   - actor: the agency's records clerk.
    /// - Returns: the dossier, which waits for a signature again.
    /// - Throws: as `perform(_:on:seen:by:)`; `DossierRefusal.awaitsNoIssue`, `.reasonMissing`, `.reasonTooLong`.
    @discardableResult
    public func returnSignature(
        of code: DossierCode,
        reason: String,
        seen version: Int,
        by actor: Actor
    ) async throws -> DossierState {
        let limit = DossierMachine.reasonLimit
        guard reason.count <= limit else { throw DossierRefusal.reasonTooLong(limit: limit) }
        let (now, next) = (clock.now(), ResultID(random))
        return try await store.journalled { [writer] transaction in
            guard let found = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
            let change = try writer.change(found.id, seen: version, by: actor, at: now, in: transaction) { _ in
                .returnSignature(reason: reason)
            }
            guard let result = change.before.result,
                try IssuingTable.void(result, next: next, signing: change.after.agency, at: now, in: transaction)
            else { throw DossierRefusal.awaitsNoIssue }
            return change.after
        }
    }

    // MARK: - Verification

    /// What is known of the result with this id, as its QR code asks; nil when no signed result has or had it.
    public func verification(of id: ResultID) async throws -> ResultVerification? {
        let found = try await store.read { transaction -> Found? in
            if let result = try ResultTable.find(id, in: transaction), result.signedAt != nil {
                return try Self.found(result, in: transaction)
            }
            guard let result = try IssuingTable.voided(id, in: transaction) else { return nil }
            return try Self.found(result, isVoid: true, in: transaction)
        }
        return try await verification(found)
    }

    /// What is known of the result whose signed file has this SHA-256; nil when none has.
    public func verification(ofFile digest: Digest) async throws -> ResultVerification? {
        let found = try await store.read { transaction -> Found? in
            if let result = try ResultTable.find(digest: digest, in: transaction) {
                return try Self.found(result, in: transaction)
            }
            guard let result = try IssuingTable.voided(digest: digest, in: transaction) else { return nil }
            return try Self.found(result, isVoid: true, in: transaction)
        }
        return try await verification(found)
    }

    private struct Found: Sendable {
        var result: ResultDocument
        var state: DossierState
        var standing: ResultVerification.Standing
    }

    private static func found(
        _ result: ResultDocument,
        isVoid: Bool = false,
        in transaction: Transaction
    ) throws -> Found? {
        guard let state = try DossierTable.find(result.dossier, in: transaction) else { return nil }
        let standing: ResultVerification.Standing =
            isVoid ? .returned : result.issuedAt == nil || state.decision != .granted ? .notIssued : .inForce
        return Found(result: result, state: state, standing: standing)
    }

    private func verification(_ found: Found?) async throws -> ResultVerification? {
        guard let found else { return nil }
        return ResultVerification(
            standing: found.standing,
            result: found.result,
            agencyName: try await organisation.agency(found.result.agency)?.name ?? found.result.agency.text,
            dossierCode: found.state.code,
            procedureName: catalogue.entry(version: found.state.packVersion)?.facts.name ?? found.state.procedure
        )
    }
}
