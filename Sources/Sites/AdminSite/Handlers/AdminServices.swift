// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import DataProtection
public import Dossiers
import Hummingbird
public import Identity
public import Kernel
public import Operations
public import Organisation
public import SignIn
public import Site
import Web

/// What the pages for administrators ask and command.
public struct AdminServices: Sendable {
    let outbox: OutboxService
    let system: SystemService
    let organisation: OrganisationService
    let identity: IdentityService
    let signIn: SignInService
    let dossiers: DossierService
    let protection: DataProtectionService
    let catalogue: CatalogueService
    let previews: PackPreviews
    let levels: LevelService
    let random: RandomSource

    /// The services, built by the composition root.
    public init(
        outbox: OutboxService,
        system: SystemService,
        organisation: OrganisationService,
        identity: IdentityService,
        signIn: SignInService,
        dossiers: DossierService,
        protection: DataProtectionService,
        catalogue: CatalogueService,
        previews: PackPreviews,
        levels: LevelService,
        random: RandomSource
    ) {
        (self.outbox, self.system, self.organisation) = (outbox, system, organisation)
        (self.identity, self.signIn, self.dossiers) = (identity, signIn, dossiers)
        (self.protection, self.catalogue, self.previews) = (protection, catalogue, previews)
        (self.levels, self.random) = (levels, random)
    }
}

/// Puts the pages for administrators on the site.
public enum AdminRoutes {
    /// Registers every route of this site; the table of them is `docs/routes.md`.
    public static func add(to routes: SiteRoutes, _ services: AdminServices) {
        SystemHandlers(services: services).add(to: routes)
        AgencyHandlers(services: services).add(to: routes)
        BodyHandlers(services: services).add(to: routes)
        CalendarHandlers(services: services).add(to: routes)
        MergerHandlers(services: services).add(to: routes)
        NewOfficerHandlers(services: services).add(to: routes)
        OfficerHandlers(services: services).add(to: routes)
        OfficerMoveHandlers(services: services).add(to: routes)
        SessionHandlers(services: services).add(to: routes)
        OfficerSubstitutes(services: services).add(to: routes)
        ResetHandlers(services: services).add(to: routes)
        AuditHandlers(services: services).add(to: routes)
        DataDeskHandlers(services: services).add(to: routes)
        RetentionHandlers(services: services).add(to: routes)
        LevelHandlers(services: services).add(to: routes)
        addBuilder(to: routes, BuilderDesk(services: services))
    }
}

extension AdminRoutes {
    /// The procedure builder.
    private static func addBuilder(to routes: SiteRoutes, _ desk: BuilderDesk) {
        BookHandlers(desk: desk).add(to: routes)
        ImportHandlers(desk: desk).add(to: routes)
        SheetHandlers(desk: desk).add(to: routes)
        TextHandlers(desk: desk).add(to: routes)
        TrialHandlers(desk: desk).add(to: routes)
        NewProcedureHandlers(desk: desk).add(to: routes)
        FactHandlers(desk: desk).add(to: routes)
        PublicationHandlers(desk: desk).add(to: routes)
        PreviewHandlers(desk: desk).add(to: routes)
    }
}

/// An agency that the administrator administers, with everything around it.
struct AdministeredAgency: Sendable {
    let agency: Agency
    let snapshot: OrganisationSnapshot
}

/// A unit of an agency that the administrator administers.
struct AdministeredUnit: Sendable {
    let unit: OrgUnit
    let agency: Agency
    let snapshot: OrganisationSnapshot
}

/// An officer of an agency that the administrator administers.
struct AdministeredOfficer: Sendable {
    let officer: Officer
    let agency: Agency
    let snapshot: OrganisationSnapshot
}

extension AdminServices {
    /// What the routes say of their object.
    static let rule = "own agency or one below it"
    static let planRule = "plans for own agency or those below it"

    /// The agency of the path.
    ///
    /// - Throws: `RequestError.notFound` when there is none, or it is not the administrator's.
    func agency(_ context: OfficerContext) async throws -> AdministeredAgency {
        let snapshot = try await organisation.snapshot()
        guard let code = AgencyCode(try context.pathText(PathSlot.agency)), let agency = snapshot.agency(code),
            snapshot.isAgency(code, atOrBelow: context.officer.agency)
        else { throw RequestError.notFound }
        return AdministeredAgency(agency: agency, snapshot: snapshot)
    }

    /// The unit of the path.
    ///
    /// - Throws: `RequestError.notFound` when there is none, or its agency is not the administrator's.
    func unit(_ context: OfficerContext) async throws -> AdministeredUnit {
        let snapshot = try await organisation.snapshot()
        guard let unit = snapshot.unit(try context.pathID(PathSlot.unit)), let agency = snapshot.agency(unit.agency),
            snapshot.isAgency(unit.agency, atOrBelow: context.officer.agency)
        else { throw RequestError.notFound }
        return AdministeredUnit(unit: unit, agency: agency, snapshot: snapshot)
    }

    /// The officer of the path.
    ///
    /// - Throws: `RequestError.notFound` when there is none, or the agency is not the administrator's.
    func officer(_ context: OfficerContext) async throws -> AdministeredOfficer {
        let snapshot = try await organisation.snapshot()
        guard let officer = snapshot.officer(try context.pathID(PathSlot.officer)),
            let agency = snapshot.agency(officer.agency),
            snapshot.isAgency(officer.agency, atOrBelow: context.officer.agency)
        else { throw RequestError.notFound }
        return AdministeredOfficer(officer: officer, agency: agency, snapshot: snapshot)
    }
}
