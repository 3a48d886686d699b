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
        let events = services.catalogue.lifeEvents.prefix(8).map { event in
            HomePage.LifeEvent(
                icon: Self.drawings[event.id] ?? .document,
                title: event.name,
                detail: event.help,
                href: event.procedures.count == 1
                    ? SiteURL.procedure(event.procedures[0]).path : SiteURL.procedures.path([("q", event.name)])
            )
        }
        let popular = services.catalogue.procedures(on: context.now.date).prefix(6).map { version in
            NavigationItem(version.pack.name, href: SiteURL.procedure(version.code).path)
        }
        let rate = total.onTimePermille.map { "\($0 / 10),\($0 % 10)%" } ?? "—"
        let model = HomePage.Model(
            searchAction: SiteURL.procedures.path,
            lookupAction: SiteURL.lookup.path,
            lifeEvents: Array(events),
            popular: Array(popular),
            allProceduresHref: SiteURL.procedures.path,
            figures: [
                HomePage.Figure(String(grouped: total.resolved), "hồ sơ đã giải quyết trong năm"),
                HomePage.Figure(rate, "giải quyết sớm và đúng hạn"),
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
        let query = context.query.text("q") ?? ""
        let day = context.now.date
        let answer = services.catalogue.search(query, on: day, limit: 50)
        let found =
            query.isEmpty
            ? services.catalogue.procedures(on: day)
            : answer.hits.compactMap { services.catalogue.current($0.code, on: day) }
        let near = answer.nearMisses.compactMap { services.catalogue.current($0.code, on: day) }
        let model = ProcedureListPage.Model(
            query: query,
            searchAction: SiteURL.procedures.path,
            count: found.count,
            lines: found.map { line($0, on: day) },
            suggestions: found.isEmpty ? near.map { line($0, on: day) } : [],
            homeHref: SiteURL.home.path
        )
        return .page(ProcedureListPage.html(model, in: context.readingFrame(pageCode: "C-02", current: .procedures)))
    }

    private func line(_ version: ProcedureVersion, on day: LocalDate) -> ProcedureListPage.ProcedureLine {
        let pack = version.pack
        return ProcedureListPage.ProcedureLine(
            name: pack.name,
            code: pack.code,
            href: SiteURL.procedure(pack.code).path,
            levelWord: PackWords.level(pack),
            isFullyOnline: pack.declaredLevel == .four,
            timeWord: PackWords.time(pack),
            feeWord: PackWords.fee(pack, on: day),
            sectorName: pack.sector.name
        )
    }

    private func procedure(_ request: Request, _ context: PublicContext) async throws -> Response {
        let day = context.now.date
        guard let version = services.catalogue.current(try context.pathText(PathSlot.code), on: day) else {
            throw RequestError.notFound
        }
        let pack = version.pack
        let agencies = try await services.dossiers.agencies(offering: pack, on: day)
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
                timeWord: method.promise.vietnamese,
                feeWord: PackWords.fee(pack, on: day, by: method.channel)
            )
        }
        let basis = pack.legalBasis.filter { !$0.isPublication }.map(\.citation)
        let model = ProcedurePage.Model(
            name: pack.name,
            code: pack.code,
            localCodes: pack.localCodes,
            sectorName: pack.sector.name,
            summary: pack.summary,
            levelWord: PackWords.level(pack),
            isFullyOnline: pack.declaredLevel == .four,
            start: try await start(of: pack, context),
            whoWord: pack.subjects.map(\.vietnamese).joined(separator: ", "),
            feeWord: PackWords.fee(pack, on: day),
            timeWord: PackWords.time(pack),
            minutesWord: "khoảng \(pack.form?.minutes ?? 5) phút",
            agencyWord: pack.executingAgencies.map(\.name).joined(separator: ", ")
                + (agencies.count > 1 ? " (\(agencies.count) nơi)" : ""),
            resultWord: pack.result.name,
            papers: papers,
            setsWord: "\(pack.numberOfSets) bộ",
            sequence: pack.executionSequence,
            channels: channels,
            variants: pack.variants.map { variant in
                let code = variant.code.map { " (mã \($0))" } ?? ""
                return ProcedurePage.VariantLine(
                    name: variant.name + code,
                    timeWord: variant.promise?.vietnamese ?? "Như cách nộp"
                )
            },
            requirements: pack.requirements,
            exemptions: pack.fees.items.flatMap { $0.exemptions.map(\.name) },
            legalBasis: basis,
            publishedBy: pack.legalBasis.first { $0.isPublication }?.citation ?? "Chưa có quyết định công bố",
            crumbs: [
                Crumb("Dịch vụ công", href: SiteURL.procedures.path),
                Crumb(pack.name, href: SiteURL.procedure(pack.code).path),
            ]
        )
        return .page(ProcedurePage.html(model, in: context.frame(pageCode: "C-03", current: .procedures)))
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
