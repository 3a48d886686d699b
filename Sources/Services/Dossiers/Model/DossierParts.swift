// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Digests
import Identity
public import Kernel

/// What a dossier says about its applicant: the erasable row beside the state.
public struct DossierPersonal: Sendable, Hashable, Codable {
    public var fullName: String
    public var nationalID: NationalID
    public var birthDate: LocalDate?
    public var address: String?
    public var phone: PhoneNumber?
    public var email: String?
    public var answers: FormAnswers
    /// By whom it was filed where that is not the applicant; nil where everybody acts for herself.
    public var behalf: DossierBehalf?

    /// Whose dossier it is, in papers: the person, or the business for which she acts.
    var ownerName: String { behalf?.kind == .business ? behalf?.name ?? fullName : fullName }
    /// Who filed it and is written to.
    var filerName: String { behalf?.holderName ?? fullName }
}

/// One round of asking for a supplement.
public struct Supplement: Sendable, Hashable {
    /// From 1.
    public var round: Int
    public var askedAt: Instant
    public var reason: String
    public var items: [SupplementItem]
    /// The answers as they will stand once sent; nil until the applicant changed one.
    public var answers: FormAnswers?
    /// Why an item was not mended, by its target.
    public var explanations: [String: String]
    public var answeredAt: Instant?
}

/// Names the type of a result's id; the row of `result_document`.
public struct ResultDocument: Sendable, Hashable {
    public var id: ResultID
    public var dossier: DossierID
    /// What the specialist filled in, by the field's id in the pack.
    public var fields: FormAnswers
    public var draftedAt: Instant
    /// The running number of the yearly series, taken when it is signed.
    public var number: Int64?
    /// `12/TLKS-BS`, as printed.
    public var notation: String?
    public var title: String
    public var agency: AgencyCode
    public var signedAt: Instant?
    public var signerName: String?
    public var signerPosition: String?
    /// SHA-256 of the signed file.
    public var digest: Digest?
    /// Bytes of the signed file.
    public var size: Int64?
    /// When it came into force: with the signature, or when the clerk issued it.
    public var issuedAt: Instant?
}
