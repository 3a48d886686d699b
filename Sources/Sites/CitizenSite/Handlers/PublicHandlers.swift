// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Feedback
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Reporting
import Site
import Web
import WorkingTime

/// Home, finding a service, its page, public figures: read by anybody, about nobody.
struct PublicHandlers: Sendable {
    let services: CitizenServices
    private let kept = KeptHome()

    init(services: CitizenServices) { self.services = services }

    func add(to routes: SiteRoutes) {
        routes.get(.home, for: .anyone, rule: "-", home)
        routes.get(.procedures, for: .anyone, rule: "-", list)
        routes.get(.sectors, for: .anyone, rule: "-", sectors)
        routes.get(.procedure(PathSlot.code), for: .anyone, rule: "-", procedure)
        let file = SiteURL.procedureFile(PathSlot.code, digest: PathSlot.digest, name: PathSlot.form)
        routes.get(file, for: .anyone, rule: "-", work: .long, paperFile)
        routes.get(.statistics, for: .anyone, rule: "-", work: .long, statistics)
        routes.get(.help, for: .anyone, rule: "-") { _, context in
            let model = HelpPage.Model(
                proceduresHref: SiteURL.procedures.path,
                lookupHref: SiteURL.lookup.path
            )
            return .page(HelpPage.html(model, in: context.readingFrame(pageCode: "C-30")))
        }
        routes.get(.accessibility, for: .anyone, rule: "-") { _, context in
            let model = AccessibilityPage.Model(
                knownFaults: ["Bản PDF chưa có mô tả thay thế cho mã QR; trang web tương ứng có đủ nội dung."]
            )
            return .page(AccessibilityPage.html(model, in: context.readingFrame(pageCode: "C-31")))
        }
        routes.get(.privacy, for: .anyone, rule: "-") { _, context in
            let model = PrivacyPage.Model(controllerName: context.base.settings.authorityName)
            return .page(PrivacyPage.html(model, in: context.readingFrame(pageCode: "C-32")))
        }
    }

    /// What stands beside a life event, by its id in `resources/life-events.yaml`; a sheet of paper beside any other.
    private static let drawings: [String: Icon] = [
        "birth": .birth, "copies": .copy, "marriage": .rings, "home": .home, "business": .shop,
        "certification": .shield, "support": .health,
    ]

    /// Strangers get one page, about nobody; it is drawn anew with the figures.
    private func home(_ request: Request, _ context: PublicContext) async throws -> Response {
        let figures = try await services.reporting.recentFigures()
        guard context.person == nil, context.path == SiteURL.home.path else {
            return .page(homePage(figures, context))
        }
        let page = kept.page(figures.at, context.display) { homePage(figures, context) }
        return .page(page.html, caching: .revalidate).tagged(page.tag, for: request)
    }

    private func homePage(_ figures: PublicFigures, _ context: PublicContext) -> HTML {
        let total = figures.total
        let events = services.catalogue.lifeEvents.map { event in
            HomePage.LifeEvent(
                icon: Self.drawings[event.id] ?? .document,
                title: event.name,
                detail: event.help,
                href: event.procedures.count == 1
                    ? SiteURL.procedure(event.procedures[0]).path : SiteURL.procedures.path([("viec", event.id)])
            )
        }
        // The first thing to do in each turn of life; some are not offered here, some begin alike.
        var offered: Set<String> = []
        let popular = services.catalogue.lifeEvents.compactMap { event in
            event.procedures.lazy.compactMap { services.catalogue.entry($0, on: context.now.date) }.first
        }
        .filter { offered.insert($0.code).inserted }.prefix(6)
        .map { NavigationItem($0.name, href: SiteURL.procedure($0.code).path) }
        let onTime = "giải quyết sớm và đúng hạn"
        let rate =
            total.onTimePermille.map { HomePage.Figure("\($0 / 10),\($0 % 10)%", onTime) }
            ?? HomePage.Figure("–", "\(onTime): chưa đủ số liệu")
        let model = HomePage.Model(
            searchAction: SiteURL.procedures.path,
            lookupAction: SiteURL.lookup.path,
            lifeEvents: events,
            popular: Array(popular),
            allProceduresHref: SiteURL.procedures.path,
            sectorsHref: SiteURL.sectors.path,
            figures: [
                HomePage.Figure(String(grouped: total.resolved), "hồ sơ đã giải quyết trong năm"),
                rate,
                HomePage.Figure(String(grouped: total.openWithinTime), "hồ sơ đang xử lý còn hạn"),
            ],
            figuresAsOf: figures.at,
            statisticsHref: SiteURL.statistics.path,
            verifyHref: SiteURL.verification.path,
            officialAddress: services.publicURL.description
        )
        return HomePage.html(model, in: context.readingFrame(pageCode: "C-01", current: .home))
    }

    private func list(_ request: Request, _ context: PublicContext) async throws -> Response {
        let address = FindingAddress(context.query)
        let day = context.now.date
        let frame = context.readingFrame(pageCode: "C-02", current: .procedures)
        if let event = services.catalogue.lifeEvents.first(where: { $0.id == address.lifeEvent }) {
            let listings = event.procedures.compactMap { services.catalogue.listing($0, on: day) }
            return .page(ProcedureListPage.html(ProcedureLists.model(of: event, listings), in: frame))
        }
        let found = services.catalogue.find(address.question, on: day)
        let sector = found.facets.chosenChoices.first { $0.facet == .sector }
        let reading = sector.map { services.articles.about(sector: $0.label) } ?? []
        let model = ProcedureLists.model(address, found, reading: ReadingHandlers.links(reading))
        return .page(ProcedureListPage.html(model, in: frame))
    }

    private func sectors(_ request: Request, _ context: PublicContext) async throws -> Response {
        let found = services.catalogue.find(FindingQuestion(limit: 0), on: context.now.date)
        let frame = context.readingFrame(pageCode: "C-33", current: .procedures)
        return .page(SectorsPage.html(ProcedureLists.sectors(found), in: frame))
    }

    private func procedure(_ request: Request, _ context: PublicContext) async throws -> Response {
        let day = context.now.date
        let code = try context.pathText(PathSlot.code)
        guard let version = try await services.catalogue.current(code, on: day) else {
            throw RequestError.notFound
        }
        let pack = version.pack
        let level = try await services.levels.assessment(of: pack)
        let agencies = try await services.dossiers.agencies(offering: pack, on: day)
        var model = Self.model(
            pack,
            on: day,
            agencies: agencies.count,
            level: level,
            start: try await start(of: pack, context)
        )
        model.printHref = SiteURL.procedure(pack.code).path([("in", "1")])
        model.english = PackWords.english(pack, isShown: context.query.text("lang") == "en")
        model.reading = ReadingHandlers.links(services.articles.about(procedure: pack.code, sector: pack.sector.name))
        model.findable = FindableProcedure(
            site: services.publicURL.description,
            authority: context.base.settings.authorityName
        ).page(pack, on: day)
        model.unverifiedCount = services.catalogue.entry(pack.code, on: day)?.facts.unverifiedCount ?? 0
        return .page(ProcedurePage.html(model, in: context.frame(pageCode: "C-03", current: .procedures)))
    }

    /// What the page says of a pack.
    static func model(
        _ pack: ProcedurePack,
        on day: LocalDate,
        agencies: Int,
        level: LevelAssessment,
        start: ProcedurePage.Start
    ) -> ProcedurePage.Model {
        let papers = pack.components.map { component in
            ProcedurePage.PaperLine(
                name: component.name,
                detail: PackWords.paper(component),
                isOptional: component.required != .always,
                blankHref: PackWords.href(component.blankForm, of: pack),
                sampleHref: PackWords.href(component.sample, of: pack)
            )
        }
        let channels = pack.submissionMethods.map { method in
            ProcedurePage.ChannelLine(
                channel: method.channel.vietnamese,
                description: method.description,
                timeWord: method.promise.vietnamese(or: pack.lengthenings),
                feeWord: PackWords.fee(pack, on: day, by: method.channel)
            )
        }
        let basis = pack.legalBasis.filter { !$0.isPublication }.map(\.citation)
        return ProcedurePage.Model(
            name: pack.name,
            code: pack.code,
            localCodes: pack.localCodes,
            sectorName: pack.sector.name,
            summary: pack.summary,
            levelWord: level.scope.vietnamese,
            isFullyOnline: level.scope == .full,
            level: LevelSection(level, href: Self.evidenceHref),
            cost: CostWords(pack.cost),
            start: start,
            whoWord: pack.subjects.map(\.vietnamese).joined(separator: ", "),
            feeWord: PackWords.feeByChannel(pack, on: day),
            timeWord: PackWords.time(pack),
            minutesWord: "khoảng \(pack.form?.minutes ?? 5) phút",
            agencyWord: pack.executingAgencies.map(\.name).joined(separator: ", ")
                + (agencies > 1 ? " (\(agencies) nơi)" : ""),
            resultWord: pack.result.name,
            papers: papers,
            setsWord: "\(pack.numberOfSets) bộ",
            sequence: pack.executionSequence,
            channels: channels,
            variants: pack.variants.map { variant in
                let code = variant.code.map { " (mã \($0))" } ?? ""
                return ProcedurePage.VariantLine(
                    name: variant.name + code,
                    timeWord: variant.promise?.vietnamese(or: pack.lengthenings) ?? "Như cách nộp"
                )
            },
            requirements: pack.requirements,
            exemptions: pack.fees.items.flatMap { $0.exemptions.map(\.name) },
            legalBasis: basis,
            publishedBy: pack.legalBasis.first { $0.isPublication }?.citation ?? "Chưa có quyết định công bố",
            crumbs: [
                Crumb("Trang chủ", href: SiteURL.home.path),
                Crumb("Dịch vụ công", href: SiteURL.procedures.path),
                Crumb(pack.name, href: SiteURL.procedure(pack.code).path),
            ]
        )
    }

    /// Where a citizen sees what a condition rests on.
    private static func evidenceHref(_ condition: LevelCondition) -> String? {
        switch condition {
        case .infoItems: "#trinh-tu"
        case .formsDownloadable, .attachments: "#giay-to"
        case .eForm: "#bat-dau"
        case .onlineResult: SiteURL.verification.path
        case .dbStored, .processedOnline: SiteURL.statistics.path
        case .noPresence: "#trinh-tu"
        case .https, .onlinePayment: nil
        }
    }

    /// A blank form or a sample, at an address that bears the hash of its content.
    private func paperFile(_ request: Request, _ context: PublicContext) async throws -> Response {
        let (code, name) = (try context.pathText(PathSlot.code), try context.pathText(PathSlot.form))
        let bytes = try await services.catalogue.file(
            of: code,
            named: name,
            digest: try context.pathText(PathSlot.digest),
            on: context.now.date
        )
        guard let bytes else { throw RequestError.notFound }
        return .publicFile(bytes, type: .pdf, name: name)
    }

    private func start(of pack: ProcedurePack, _ context: PublicContext) async throws -> ProcedurePage.Start {
        guard pack.channels.contains(.online) else {
            return .atDesk(reason: "Thủ tục này chưa nộp trực tuyến được.", place: "Bộ phận Một cửa nơi cư trú")
        }
        let (action, key) = (SiteURL.draftStart(pack.code).path, services.random.formKey())
        guard let actor = context.person?.actor,
            let draft = try await services.dossiers.drafts(of: actor).first(where: { $0.procedure == pack.code })
        else { return .online(action: action, key: key) }
        return .draft(
            continueHref: SiteURL.draft(draft.id.rawValue).path,
            savedWord: "lúc \(draft.updatedAt.vietnamese)",
            action: action,
            key: key
        )
    }

    private func statistics(_ request: Request, _ context: PublicContext) async throws -> Response {
        let figures = try await services.reporting.recentFigures()
        let organisation = try await services.organisation.snapshot()
        var lines: [StatisticsPage.AgencyLine] = []
        for (agency, seven) in figures.byAgency.prefix(120) {
            let name = organisation.agency(agency)?.name ?? agency.text
            lines.append(StatisticsPage.AgencyLine(agencyName: name, figures: Self.words(seven)))
        }
        let model = StatisticsPage.Model(
            periodWord: "Từ \(figures.since.vietnamese) đến nay",
            periods: [],
            total: Self.words(figures.total),
            agencies: lines,
            asOf: figures.at,
            satisfactionWord: Self.words(try await services.feedback.satisfaction(since: figures.since).total),
            authenticationWord: figures.total.authenticationWord
        )
        return .page(StatisticsPage.html(model, in: context.readingFrame(pageCode: "C-20", current: .statistics)))
    }

    private static func words(_ figures: SatisfactionFigures) -> String? {
        figures.contentPermille.map { permille in
            "\(permille / 10),\(permille % 10) % người đánh giá là hài lòng (\(figures.rated) lượt)"
        }
    }

    private static func words(_ figures: SevenFigures) -> StatisticsPage.SevenFigures {
        StatisticsPage.SevenFigures(
            processingWithinTime: Int(figures.openWithinTime),
            processingOverdue: Int(figures.openOverdue),
            awaitingSupplement: Int(figures.supplementing),
            resolvedEarly: Int(figures.early),
            resolvedOnTime: Int(figures.onTime),
            resolvedLate: Int(figures.late),
            withdrawn: Int(figures.withdrawn)
        )
    }
}
