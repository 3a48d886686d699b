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

/// Facts that a person compares with the official text.
struct FactHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        let url = SiteURL.builderFacts(PathSlot.code)
        routes.get(url, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            page(try await desk.open(context), nil, nil, context)
        }
        routes.post(url, for: .officer(.administrator), rule: BuilderDesk.rule, confirm)
    }

    private func confirm(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let open = try await desk.open(context)
        let paths = form.all("facts")
        guard !paths.isEmpty else { return page(open, form, nil, context) }
        if form["_act"] == "nguon" { return try await nameSource(open, Set(paths), form, context) }
        do {
            try await desk.services.catalogue.confirm(
                paths,
                of: open.draft.code,
                seen: form["seen"] ?? "",
                expecting: try form.seenVersion(),
                by: context.actor
            )
            return .seeOther(SiteURL.builderFacts(open.draft.code).path([("bao", "da-luu")]))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return page(open, form, error, context)
        }
    }

    /// The text that was named becomes the source of ticked facts that have none yet.
    private func nameSource(_ open: OpenDraft, _ paths: Set<String>, _ form: FormFields, _ context: OfficerContext)
        async throws -> Response
    {
        let seen = VietnameseText.tidy(form["seen"] ?? "")
        guard !seen.isEmpty else { return page(open, form, .textMissing(.seenSource), context) }
        guard seen.count <= CatalogueField.seenSource.limit else {
            return page(open, form, .textTooLong(.seenSource), context)
        }
        let count = PackFact.facts(of: open.draft.source).count { paths.contains($0.path) && $0.lacksSource }
        guard count > 0 else {
            return .seeOther(SiteURL.builderFacts(open.draft.code).path([("bao", "du-nguon")]))
        }
        do {
            try await desk.services.catalogue.save(
                PackFact.naming(seen, paths, in: open.draft.source),
                as: open.draft.code,
                expecting: try form.seenVersion(),
                by: context.actor
            )
            let told = [("bao", "da-ghi-nguon"), ("so", "\(count)")]
            return .seeOther(SiteURL.builderFacts(open.draft.code).path(told))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return page(open, form, error, context)
        }
    }

    private static func flash(_ query: QueryFields) -> String? {
        let count = query.text("so").flatMap { Int($0) }.map { "cho \($0) nội dung chưa có nguồn" } ?? ""
        return switch query.text("bao") {
        case "da-luu": "Đã ghi việc đối chiếu."
        case "da-ghi-nguon": "Đã ghi nguồn \(count). Nội dung vẫn chờ đối chiếu."
        case "du-nguon": "Mọi nội dung đã đánh dấu đều có nguồn, không ghi gì thêm."
        default: nil
        }
    }

    private static func shown(_ fact: PackFact, of open: OpenDraft) -> FactsPage.Fact {
        let tree = open.manuscript.tree ?? .emptyEntries
        return FactsPage.Fact(
            path: fact.path,
            label: fact.label,
            value: fact.words(in: tree),
            source: fact.source,
            href: BuilderPlace.href(open.draft.code, fact.packPath, in: tree),
            isPlaceholder: fact.lacksName,
            lacksSource: fact.lacksSource,
            hindrance: fact.isPlaceholder
                ? nil
                : fact.hindrance.map { hindrance in
                    "\(hindrance.vietnamese.prefix(1).uppercased())\(hindrance.vietnamese.dropFirst()). \(hindrance.remedy)"
                }
        )
    }

    private func page(_ open: OpenDraft, _ form: FormFields?, _ error: CatalogueError?, _ context: OfficerContext)
        -> Response
    {
        let facts = PackFact.facts(of: open.draft.source)
        let waiting = facts.filter { !$0.isVerified }
        let isSeenWrong = error?.field == "seen" || { if case .textMissing? = error { true } else { false } }()
        let placeholder: String? = if case .placeholderFacts? = error { error?.publicDetail } else { nil }
        let isChoiceMissing = form != nil && error == nil
        let model = FactsPage.Model(
            shell: desk.shell(
                open,
                current: "doi-chieu",
                flash: form == nil ? Self.flash(context.query) : nil,
                hindrance: isSeenWrong || placeholder != nil ? nil : error?.publicDetail
            ),
            facts: waiting.map { Self.shown($0, of: open) },
            chosen: Set(form?.all("facts") ?? []),
            verifiedCount: facts.count - waiting.count,
            seen: FieldPart(
                "seen",
                "Đã đối chiếu với văn bản nào",
                hint: "Ví dụ vbpl.vn, bản hợp nhất ngày 05/03/2026",
                error: isSeenWrong ? error?.publicDetail : nil,
                .text(form?["seen"] ?? "")
            ),
            error: isChoiceMissing ? "Đánh dấu ít nhất một nội dung" : placeholder,
            action: SiteURL.builderFacts(open.draft.code).path,
            nextHref: SiteURL.builderPublication(open.draft.code).path
        )
        let status = error?.status ?? (isChoiceMissing ? 422 : 200)
        return .page(
            FactsPage.html(model, in: context.frame(pageCode: "A-24", current: .administration)),
            status: HTTPResponse.Status(code: status)
        )
    }
}
