// SPDX-License-Identifier: Apache-2.0

public import Dossiers
public import Identity
public import Journal
public import Kernel
public import Storage

/// What people say about how they were served.
public struct FeedbackService: Sendable {
    private let store: any Store
    private let log: TransparencyLog
    private let dossiers: DossierService
    private let clock: Clock

    /// The service over a store whose migrations have run.
    public init(store: any Store, log: TransparencyLog, dossiers: DossierService, clock: Clock) {
        self.store = store
        self.log = log
        self.dossiers = dossiers
        self.clock = clock
    }

    /// The dossier that may be rated, with what was said about it already.
    ///
    /// - Throws: `DossierRefusal.notFound` for a dossier that is not this citizen's; `StoreError`.
    public func rating(of code: DossierCode, by actor: Actor) async throws -> (
        view: DossierView, rating: DossierRating?
    ) {
        let view = try await dossiers.dossier(code, for: actor)
        guard DossierPolicies.applicant.allows(actor, view.state) else { throw DossierRefusal.notFound }
        return (view, try await store.read { try RatingTable.find(view.state.id, in: $0) })
    }

    /// Whether a dossier can be rated: once its handling is over, whatever the outcome; a withdrawn one is nobody's
    /// work.
    public static func mayRate(_ status: DossierStatus) -> Bool {
        switch status {
        case .delivered, .declined, .stopped: true
        case .submitted, .received, .processing, .awaitingSupplement, .awaitingPayment, .decided, .withdrawn: false
        }
    }

    /// Keeps what the applicant says; said again, the newer rating stands, and the journal holds both.
    ///
    /// - Parameters:
    ///   - code: which dossier.
    ///   - grades: the answers; `overall` must be among them.
    ///   - comment: free words.
    ///   - actor: the applicant.
    /// - Throws: `FeedbackRefusal`; `DossierRefusal.notFound`; `StoreError`.
    public func rate(
        _ code: DossierCode,
        _ grades: [RatingQuestion: SatisfactionGrade],
        comment: String?,
        by actor: Actor
    ) async throws {
        let state = try await rating(of: code, by: actor).view.state
        guard Self.mayRate(state.status) else { throw FeedbackRefusal.notOver }
        guard grades[.overall] != nil else { throw FeedbackRefusal.gradeMissing }
        let words = comment.map(VietnameseText.nfc).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        guard words.map({ $0.count <= DossierRating.commentLimit }) ?? true else {
            throw FeedbackRefusal.commentTooLong
        }
        let rating = DossierRating(dossier: state.id, grades: grades, comment: words, ratedAt: clock.now())
        let entry = JournalEntry(
            at: rating.ratedAt,
            service: "feedback",
            kind: "rated",
            objectType: "rating",
            objectID: state.id.rawValue,
            actor: actor.stamp,
            facts: .object(
                Dictionary(uniqueKeysWithValues: grades.map { ($0.key.rawValue, .string($0.value.rawValue)) })
            ),
            personal: words.map { ["comment": .string($0)] }
        )
        try await store.journalled { [log] transaction in
            try RatingTable.keep(rating, of: state, in: transaction)
            try log.append([entry], in: transaction)
        }
    }

    /// Takes the free words of a rating away, in the caller's transaction; the grades stay, and so do the figures.
    public func eraseComment(of dossier: DossierID, in transaction: Transaction) throws {
        try RatingTable.eraseComment(of: dossier, in: transaction)
    }

    /// How content people were who said so from a day on: in all, and by agency.
    public func satisfaction(
        since: LocalDate
    ) async throws -> (total: SatisfactionFigures, byAgency: [AgencyCode: SatisfactionFigures]) {
        let counts = try await store.survey { try RatingTable.counts(since: since, in: $0) }
        var (total, byAgency) = (SatisfactionFigures(), [AgencyCode: SatisfactionFigures]())
        for (agency, grade, count) in counts {
            total.add(count, of: grade)
            byAgency[agency, default: SatisfactionFigures()].add(count, of: grade)
        }
        return (total, byAgency)
    }
}
