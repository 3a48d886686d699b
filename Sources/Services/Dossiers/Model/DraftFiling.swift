// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Digests
public import Identity
public import Kernel

/// A file that was handed in ahead of the dossier it is for: the account's alone, forgotten after a day.
public struct UploadedFile: Sendable, Hashable {
    /// How long it waits to be used.
    public static let lifetimeHours: Int64 = 24

    /// The id that it keeps in the dossier.
    public var id: DossierFileID
    public var account: AccountID
    public var digest: Digest
    /// Bytes.
    public var size: Int64
    /// By content, such as `application/pdf`.
    public var mediaType: String
    /// As the person named it; shown, never used as a path.
    public var name: String
    /// Pages of a PDF, 1 for a picture; nil when unknown.
    public var pages: Int?
    public var addedAt: Instant
    public var expiresAt: Instant

    /// The file as the one for this paper.
    func filed(as component: String, _ state: DossierFile.State) -> DossierFile {
        DossierFile(
            id: id,
            component: component,
            digest: digest,
            size: size,
            mediaType: mediaType,
            name: name,
            pages: pages,
            addedAt: addedAt,
            state: state
        )
    }
}

/// Which paper an uploaded file stands for.
public struct FiledPaper: Sendable, Hashable {
    /// The component of the pack.
    public var component: String
    /// The uploaded file.
    public var file: DossierFileID

    /// This file for this paper.
    public init(component: String, file: DossierFileID) {
        self.component = component
        self.file = file
    }
}

/// Which paper a result in force that the applicant holds stands for.
public struct FiledResult: Sendable, Hashable {
    /// The component of the pack.
    public var component: String
    /// The result, by the id that its own dossier tells.
    public var result: ResultID

    /// This result for this paper.
    public init(component: String, result: ResultID) { (self.component, self.result) = (component, result) }
}

/// A whole draft at once, as a program files it.
public struct DraftFiling: Sendable {
    /// The procedure's national code.
    public var procedure: String
    /// Nil where only one agency executes the procedure.
    public var agency: AgencyCode?
    /// Nil for the first way that the procedure offers.
    public var delivery: DeliveryWay?
    public var answers: FormAnswers
    public var files: [FiledPaper]
    /// Results that stand for papers in place of files.
    public var results: [FiledResult]

    /// A filing of these parts.
    public init(
        procedure: String,
        agency: AgencyCode?,
        delivery: DeliveryWay?,
        answers: FormAnswers,
        files: [FiledPaper],
        results: [FiledResult] = []
    ) {
        self.procedure = procedure
        self.agency = agency
        self.delivery = delivery
        self.answers = answers
        self.files = files
        self.results = results
    }
}

/// A whole answer to a request for supplement.
public struct SupplementFiling: Sendable {
    /// New answers, of fields that were found wanting alone.
    public var answers: FormAnswers
    /// Why an item is not mended, by its target.
    public var explanations: [String: String]
    public var files: [FiledPaper]
    /// Results that stand for papers in place of files.
    public var results: [FiledResult]

    /// An answer of these parts.
    public init(
        answers: FormAnswers,
        explanations: [String: String],
        files: [FiledPaper],
        results: [FiledResult] = []
    ) {
        self.answers = answers
        self.explanations = explanations
        self.files = files
        self.results = results
    }
}

/// Why a filing is not kept. Nothing of it is: it comes again as a whole.
public enum FilingRefusal: Presentable, Hashable {
    /// What must be mended, in the order of the form; never empty.
    case faulty([FieldFault])
    /// The account has so many open drafts already.
    case tooManyDrafts(limit: Int)

    public var code: String {
        switch self {
        case .faulty: "filing-faulty"
        case .tooManyDrafts: "too-many-drafts"
        }
    }

    public var status: Int {
        switch self {
        case .faulty: 422
        case .tooManyDrafts: 409
        }
    }

    public var field: String? { faults.first?.field }

    public var faults: [FieldFault] {
        if case .faulty(let faults) = self { return faults }
        return []
    }

    public var publicDetail: String? {
        switch self {
        case .faulty(let faults): faults.first?.detail
        case .tooManyDrafts(let limit): "Tài khoản đang có \(limit) bản nháp. Nộp hoặc xóa bớt rồi làm tiếp."
        }
    }
}
