// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import DataProtection
public import Dossiers
public import Feedback
import HTTPTypes
import Hummingbird
public import Identity
public import Kernel
public import Organisation
public import Payments
public import Reporting
public import Site
public import Storage
public import Trust
public import Uploads
public import Web

/// What the pages for citizens ask and command.
public struct CitizenServices: Sendable {
    let catalogue: CatalogueService
    let dossiers: DossierService
    let payments: PaymentService
    let organisation: OrganisationService
    let feedback: FeedbackService
    let protection: DataProtectionService
    let reporting: ReportingService
    let levels: LevelService
    let files: FileStore
    let uploads: UploadCheck
    let verifier: DocumentVerifier
    let limiter: RateLimiter
    /// Of what one account uploads: forms, announcements and pieces.
    let uploadLimiter: RateLimiter
    let random: RandomSource
    /// The address that people are told to look for.
    let publicURL: PublicURL
    /// Whether citizens read the names of the officers who looked at their data, beside role, unit and agency.
    let tellsOfficerNames: Bool
    /// What there is to read.
    let articles: ArticleShelf

    /// The services, built by the composition root.
    public init(
        catalogue: CatalogueService,
        dossiers: DossierService,
        payments: PaymentService,
        organisation: OrganisationService,
        feedback: FeedbackService,
        protection: DataProtectionService,
        reporting: ReportingService,
        levels: LevelService,
        files: FileStore,
        uploads: UploadCheck,
        verifier: DocumentVerifier,
        limiter: RateLimiter,
        uploadLimiter: RateLimiter,
        random: RandomSource,
        publicURL: PublicURL,
        tellsOfficerNames: Bool,
        articles: ArticleShelf = .empty
    ) {
        self.articles = articles
        (self.catalogue, self.dossiers, self.payments) = (catalogue, dossiers, payments)
        (self.organisation, self.feedback, self.protection) = (organisation, feedback, protection)
        (self.reporting, self.levels, self.files) = (reporting, levels, files)
        (self.uploads, self.verifier, self.limiter) = (uploads, verifier, limiter)
        self.uploadLimiter = uploadLimiter
        (self.random, self.publicURL, self.tellsOfficerNames) = (random, publicURL, tellsOfficerNames)
    }
}

/// Puts the pages for citizens on the site.
public enum CitizenRoutes {
    /// Registers every route of this site; the table of them is `docs/routes.md`.
    public static func add(to routes: SiteRoutes, _ services: CitizenServices, identity: IdentityService) {
        RepresentationHandlers(services: services, identity: identity).add(to: routes)
        PublicHandlers(services: services).add(to: routes)
        ReadingHandlers(services: services).add(to: routes)
        CrawlerHandlers(services: services).add(to: routes)
        VerificationHandlers(services: services).add(to: routes)
        DraftHandlers(services: services).add(to: routes)
        DraftFileHandlers(services: services).add(to: routes)
        SubmissionHandlers(services: services).add(to: routes)
        PaymentHandlers(services: services).add(to: routes)
        TrackingHandlers(services: services).add(to: routes)
        SupplementHandlers(services: services).add(to: routes)
        UploadHandlers(services: services).add(to: routes)
        RatingHandlers(services: services).add(to: routes)
        AccountHandlers(services: services).add(to: routes)
        AccessHandlers(services: services).add(to: routes)
        DataHandlers(services: services).add(to: routes)
    }
}

extension CitizenServices {
    /// Counts an upload of an account.
    ///
    /// - Throws: `rateLimited`.
    func countUpload(by actor: Actor) throws(RequestError) {
        try uploadLimiter.take("upload:\(actor.id)")
    }
}

extension FormFields {
    /// Whether the person pressed "Lưu và thoát".
    var isLeaving: Bool { self["_act"] == "thoat" }

    /// The row that a button of a group adds or takes away; nil when another button was pressed.
    var rowChange: RowChange? {
        let words = actWords
        switch (words.first, words.count) {
        case ("them", 2): return .add(group: words[1])
        case ("bo", 3): return Int(words[2]).map { .remove(group: words[1], row: $0) }
        default: return nil
        }
    }

    /// Whether the button beside the provinces was pressed, which shows the communes of the chosen one.
    var isChoosingProvince: Bool { self["_act"]?.hasPrefix("province:") ?? false }

    /// The paper to whose files a button of the form leads; nil when another button was pressed.
    var paperToShow: String? {
        actWords.count == 2 && actWords[0] == "tep" ? actWords[1] : nil
    }

    /// The file that a button beside a question takes away; nil when another button was pressed.
    var fileToRemove: DossierFileID? {
        actWords.count == 2 && actWords[0] == "botep" ? DossierFileID(rawValue: actWords[1]) : nil
    }

    /// The paper beside whose question "Tải lên" was pressed; nil when another button was pressed.
    var paperToUpload: String? {
        actWords.count == 2 && actWords[0] == "tai" ? actWords[1] : nil
    }

    /// The words of the pressed button; none where one is not of letters and digits, since they go into addresses.
    private var actWords: [String] {
        let words = (self["_act"] ?? "").split(separator: ":")
        return words.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
            ? words.map(String.init) : []
    }
}
