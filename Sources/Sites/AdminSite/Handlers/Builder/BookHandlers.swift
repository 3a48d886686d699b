// SPDX-License-Identifier: Apache-2.0

import Catalogue
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// The book of procedures: the list, the page of one, and changes that are taken back.
struct BookHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        let one = SiteURL.managedProcedure(PathSlot.code)
        routes.get(.managedProcedures, for: .officer(.administrator), rule: BuilderDesk.rule, list)
        routes.get(one, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try await overview(context, hindrance: nil, status: .ok)
        }
        routes.post(one, for: .officer(.administrator), rule: BuilderDesk.rule, act)
        routes.post(.builderStep(PathSlot.code), for: .officer(.administrator), rule: BuilderDesk.rule, step)
    }

    // MARK: - One procedure

    private func overview(_ context: OfficerContext, hindrance: String?, status: HTTPResponse.Status) async throws
        -> Response
    {
        let code = try context.pathText(PathSlot.code)
        let frame = context.frame(pageCode: "A-24", current: .administration)
        let catalogue = desk.services.catalogue
        let current = try await catalogue.current(code, on: context.now.date)
        if let draft = try await desk.services.catalogue.draft(code, for: context.actor) {
            let open = OpenDraft(draft, desk.checks)
            let model = ProcedureOverviewPage.Model(
                shell: desk.shell(open, current: "tong-quan", hindrance: hindrance),
                standing: .draft(
                    parts: parts(of: open),
                    hasPublished: current != nil,
                    findings: open.manuscript.tree == nil ? BuilderDesk.findings(open) : []
                ),
                action: SiteURL.managedProcedure(code).path
            )
            return .page(ProcedureOverviewPage.html(model, in: frame), status: status)
        }
        return try await published(code, current, context, hindrance: hindrance, status: status)
    }

    /// A procedure that nobody works on: offered, or not any more.
    private func published(
        _ code: String,
        _ current: ProcedureVersion?,
        _ context: OfficerContext,
        hindrance: String?,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let history = try await desk.services.catalogue.history(of: code, for: context.actor)
        guard let newest = history.versions.first else { throw RequestError.notFound }
        let version: ProcedureVersion
        if let current { version = current } else { version = try await desk.services.catalogue.version(newest.digest) }
        let (pack, level) = (version.pack, desk.services.catalogue.basis)
        let facts = [
            history.retiredFrom.map { SummaryRow("Ngừng cung cấp từ", $0.vietnamese) },
            SummaryRow("Xuất bản lúc", version.publishedAt.vietnamese),
            SummaryRow(
                "Mức độ",
                "\(level.assessment(pack.code, PackEvidence(pack)).vietnamese) (công bố: "
                    + "\(pack.declaredLevel.vietnamese.lowercased()))"
            ),
            SummaryRow("Lĩnh vực", pack.sector.name),
            SummaryRow("Có hiệu lực từ", pack.validFrom.vietnamese),
            SummaryRow("Tờ khai", "\(pack.form?.pages.count ?? 0) trang, \(pack.form?.fields.count ?? 0) trường"),
            SummaryRow("Các bước", pack.workflow.steps.map(\.name).joined(separator: " → ")),
        ]
        .compactMap(\.self)
        var shell = desk.publishedShell(
            code,
            pack.name,
            changedWord: "Xuất bản lúc \(newest.offeredAt.vietnamese)",
            retiredFrom: history.retiredFrom,
            current: "tong-quan",
            hindrance: hindrance
        )
        shell.flash =
            context.query.text("bao") == "da-xuat-ban" ? "Đã xuất bản. Người dân thấy phiên bản này từ nay." : nil
        let model = ProcedureOverviewPage.Model(
            shell: shell,
            standing: history.retiredFrom == nil ? .published(facts) : .retired(facts),
            action: SiteURL.managedProcedure(code).path
        )
        let frame = context.frame(pageCode: "A-24", current: .administration)
        return .page(ProcedureOverviewPage.html(model, in: frame), status: status)
    }

    private func parts(of open: OpenDraft) -> [TaskRow] {
        let code = open.draft.code
        let facts = PackFact.facts(of: open.draft.source)
        let tree = open.manuscript.tree ?? .emptyEntries
        var sampled = Set(
            facts.filter(\.isPlaceholder).flatMap { $0.concerns(in: tree) }.map { BuilderTab.holding($0).id }
        )
        if PackStarter.isOnlyExample(of: tree) { sampled.insert("vi-du") }
        let sections = BuilderTab.all.map { tab in
            let errors = open.places.count {
                $0.finding.isError && ($0.path.map { BuilderTab.holding($0).id == tab.id } ?? false)
            }
            return TaskRow(
                tab.label,
                hint: open.manuscript.tree == nil ? "Văn bản chưa đọc được" : errors > 0 ? "\(errors) lỗi" : nil,
                href: BuilderDesk.tabHref(code, tab),
                // Of a text that cannot be read no part is known to be right.
                state: open.manuscript.tree == nil
                    ? .cannotStart : errors > 0 ? .hasErrors : sampled.contains(tab.id) ? .sampleWords : .ready
            )
        }
        let waiting = facts.count { !$0.isVerified }
        return sections + [
            TaskRow(
                "Đối chiếu với văn bản gốc",
                hint: waiting > 0 ? "\(waiting) nội dung đang chờ" : nil,
                href: SiteURL.builderFacts(code).path,
                state: waiting > 0 ? .notStarted : .ready
            ),
            TaskRow(
                "Xuất bản",
                href: SiteURL.builderPublication(code).path,
                state: open.checked.isSound && waiting == 0 ? .notStarted : .cannotStart
            ),
        ]
    }

    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let code = try context.pathText(PathSlot.code)
        do {
            if form["_act"] == "bo" {
                let version = try form.seenVersion()
                try await desk.services.catalogue.discard(code, expecting: version, by: context.actor)
                return .seeOther(SiteURL.managedProcedures.path([("bao", "da-bo")]))
            }
            try await desk.services.catalogue.begin(code, from: .current, by: context.actor)
            return .seeOther(SiteURL.managedProcedure(code).path)
        } catch CatalogueError.draftExists {
            return .seeOther(SiteURL.managedProcedure(code).path)
        } catch let error as CatalogueError where error.status == 409 {
            return try await overview(context, hindrance: error.publicDetail, status: .conflict)
        }
    }

    private func step(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let code = try context.pathText(PathSlot.code)
        do {
            let version = try form.seenVersion()
            if form["_act"] == "lam-lai" {
                try await desk.services.catalogue.redo(code, expecting: version, by: context.actor)
            } else {
                try await desk.services.catalogue.undo(code, expecting: version, by: context.actor)
            }
            return .seeOther(SiteURL.managedProcedure(code).path)
        } catch let error as CatalogueError where error.status == 409 {
            return try await overview(context, hindrance: error.publicDetail, status: .conflict)
        }
    }
}

extension BuilderDesk {
    /// What stands around a page about what was published.
    func publishedShell(
        _ code: String,
        _ name: String,
        changedWord: String,
        retiredFrom: LocalDate?,
        current: String,
        hindrance: String? = nil
    ) -> BuilderShell {
        BuilderShell(
            code: code,
            name: name,
            stateWord: retiredFrom == nil ? "Đã xuất bản" : "Ngừng cung cấp",
            stateTone: retiredFrom == nil ? .ok : .bad,
            changedWord: changedWord,
            tabs: [
                NavigationItem(
                    "Tổng quan",
                    href: SiteURL.managedProcedure(code).path,
                    isCurrent: current == "tong-quan"
                ),
                NavigationItem(
                    "Các phiên bản",
                    href: SiteURL.procedureVersions(code).path,
                    isCurrent: current == "phien-ban"
                ),
                NavigationItem("Trang của người dân", href: SiteURL.procedure(code).path),
            ],
            previews: [],
            version: nil,
            stepAction: SiteURL.builderStep(code).path,
            hindrance: hindrance,
            listHref: SiteURL.managedProcedures.path
        )
    }
}
