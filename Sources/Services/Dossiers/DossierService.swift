// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
public import Organisation
public import Paper
public import Payments
public import Storage

/// Signs a finished PDF for an officer; built by the composition root over `Trust`.
public struct DocumentSigner: Sendable {
    /// The signed file. Throws a `Presentable` error, such as an expired certificate, that a leader can act on.
    public var sign: @Sendable (_ pdf: [UInt8], _ officer: OfficerID, _ reason: String) async throws -> [UInt8]

    /// Whether this officer could sign now; asked before anything is written. Throws what `sign` would: a certificate
    /// that has expired or is not valid yet, a missing key.
    public var require: @Sendable (_ officer: OfficerID) async throws -> Void

    /// A signer that does what the closures do.
    public init(
        require: @escaping @Sendable (_ officer: OfficerID) async throws -> Void,
        sign: @escaping @Sendable (_ pdf: [UInt8], _ officer: OfficerID, _ reason: String) async throws -> [UInt8]
    ) {
        (self.require, self.sign) = (require, sign)
    }
}

/// What the service needs besides its neighbours.
public struct DossierSettings: Sendable {
    /// The address under which citizens reach the portal, without a slash at the end; stands in QR codes.
    public var publicURL: String
    /// 32 secret bytes from which the secrets of slips are derived (docs/adr/0006).
    public var slipKey: [UInt8]
    /// Limits on the files of a dossier.
    public var limits: DossierLimits
    /// How recently a leader must have proved to be present before signing.
    public var freshProof: FreshProof

    /// Settings.
    public init(
        publicURL: String,
        slipKey: [UInt8],
        limits: DossierLimits = .standard,
        freshProof: FreshProof = .standard
    ) {
        self.publicURL = publicURL
        self.slipKey = slipKey
        self.limits = limits
        self.freshProof = freshProof
    }
}

/// Drafts, dossiers and results: every command and query about them.
///
/// A command is one transaction. It takes the actor, and where a person acted on a page, the version that the page
/// showed. Queries answer only what `DossierPolicies` lets the actor see, and say "not found" for the rest.
public struct DossierService: Sendable {
    let store: any Store
    let writer: DossierWriter
    let catalogue: CatalogueService
    let organisation: OrganisationService
    let identity: IdentityService
    let payments: PaymentService
    let files: FileStore
    let templates: FormTemplates
    let renderer: PaperRenderer
    let signer: DocumentSigner
    let settings: DossierSettings
    let clock: Clock
    let random: RandomSource
    let knownEvents = KnownEvents()

    /// The service over a store whose migrations have run.
    public init(
        store: any Store,
        writer: DossierWriter,
        catalogue: CatalogueService,
        organisation: OrganisationService,
        identity: IdentityService,
        payments: PaymentService,
        files: FileStore,
        templates: FormTemplates,
        renderer: PaperRenderer,
        signer: DocumentSigner,
        settings: DossierSettings,
        clock: Clock,
        random: RandomSource
    ) {
        self.store = store
        self.writer = writer
        self.catalogue = catalogue
        self.organisation = organisation
        self.identity = identity
        self.payments = payments
        self.files = files
        self.templates = templates
        self.renderer = renderer
        self.signer = signer
        self.settings = settings
        self.clock = clock
        self.random = random
    }

    /// The reference under which `Payments` knows a dossier.
    public static func payable(_ id: DossierID) -> PayableReference {
        PayableReference(rawValue: "dossier:\(id)")
    }

    /// The dossier behind a payable reference; nil when it is another kind.
    public static func dossier(of reference: PayableReference) -> DossierID? {
        let prefix = "dossier:"
        guard reference.rawValue.hasPrefix(prefix) else { return nil }
        return DossierID(rawValue: String(reference.rawValue.dropFirst(prefix.count)))
    }

    // MARK: - Acts of officers and applicants

    /// Does one of the acts that need nothing but the dossier itself.
    ///
    /// - Parameters:
    ///   - act: what is asked.
    ///   - code: which dossier.
    ///   - version: the version that the page showed.
    ///   - actor: who asks.
    /// - Returns: the dossier after the act.
    /// - Throws: `DossierRefusal` (not found, not allowed, not possible, changed meanwhile, and the guards of the
    ///   edge), `StoreError`.
    @discardableResult
    public func perform(
        _ act: DossierAct,
        on code: DossierCode,
        seen version: Int,
        by actor: Actor
    ) async throws -> DossierState {
        let now = clock.now()
        return try await store.journalled { [writer, payments] transaction in
            guard let found = try DossierTable.find(code, in: transaction) else { throw DossierRefusal.notFound }
            let change = try writer.change(found.id, seen: version, by: actor, at: now, in: transaction) { state in
                switch act {
                case .receive:
                    .receive(registerNumber: try writer.registerNumber(of: state, at: now, in: transaction))
                case .decline(let reason): .decline(reason: reason)
                case .handOverToAgency(let agency, let reason): .handOverToAgency(agency, reason: reason)
                case .requestSupplement(let reason, let items): .requestSupplement(reason: reason, items: items)
                case .withdraw(let reason): .withdraw(reason: reason)
                case .advance(let step): .advance(to: step)
                case .sendBack(let step, let reason): .sendBack(to: step, reason: reason)
                case .refuse(let reason): .refuse(reason: reason)
                case .stop(let reason): .stop(reason: reason)
                case .lengthen(let rule, let reason): .lengthen(rule: rule, reason: reason)
                case .deliver: .deliver(state.delivery)
                }
            }
            if case .requestSupplement(let reason, let items) = act {
                let round = change.after.supplementsAtIntake + change.after.supplementsInProcessing
                let supplement = Supplement(
                    round: round,
                    askedAt: now,
                    reason: reason,
                    items: items,
                    explanations: [:]
                )
                try SupplementTable.insert(supplement, of: found.id, in: transaction)
            }
            if !change.after.status.isOpen, change.before.obligation == .due {
                try payments.cancel(Self.payable(found.id), by: actor.stamp, at: now, in: transaction)
            }
            return change.after
        }
    }
}

/// The acts that need nothing but the dossier itself.
public enum DossierAct: Sendable, Hashable {
    case receive
    case decline(reason: String)
    case handOverToAgency(AgencyCode, reason: String)
    case requestSupplement(reason: String, items: [SupplementItem])
    case withdraw(reason: String?)
    /// To a step that the pack names for the current one; nil = the first of them that is open now.
    case advance(to: String?)
    case sendBack(to: String?, reason: String)
    case refuse(reason: String)
    case stop(reason: String)
    /// By a rule of the pack, once.
    case lengthen(rule: String, reason: String)
    case deliver
}
