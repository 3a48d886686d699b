// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Dossiers
import Hummingbird
public import Kernel
public import Organisation
public import Payments
public import Site
public import Storage
import Web

/// What the pages for officers ask and command.
public struct DeskServices: Sendable {
    let catalogue: CatalogueService
    let dossiers: DossierService
    let organisation: OrganisationService
    let payments: PaymentService
    let files: FileStore
    let answerFiles: AnswerFileCheck
    let random: RandomSource

    /// The services, built by the composition root.
    public init(
        catalogue: CatalogueService,
        dossiers: DossierService,
        organisation: OrganisationService,
        payments: PaymentService,
        files: FileStore,
        answerFiles: AnswerFileCheck,
        random: RandomSource
    ) {
        (self.catalogue, self.dossiers, self.organisation) = (catalogue, dossiers, organisation)
        self.payments = payments
        (self.files, self.answerFiles, self.random) = (files, answerFiles, random)
    }
}

/// Puts the pages for officers on the site.
public enum DeskRoutes {
    /// Registers every route of this site; the table of them is `docs/routes.md`.
    public static func add(to routes: SiteRoutes, _ services: DeskServices) {
        WorkListHandlers(services: services).add(to: routes)
        UnitHandlers(services: services).add(to: routes)
        CaseHandlers(services: services).add(to: routes)
        PurposeHandlers(services: services).add(to: routes)
        ActHandlers(services: services).add(to: routes)
        ConsultationHandlers(services: services).add(to: routes)
        RefundHandlers(services: services).add(to: routes)
        SubstitutionHandlers(services: services).add(to: routes)
        RegisterHandlers(services: services).add(to: routes)
    }
}
