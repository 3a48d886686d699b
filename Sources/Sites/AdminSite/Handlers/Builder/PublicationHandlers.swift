// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Journal
import Kernel
import Markup
import Organisation
import Site
import Web

/// Publishing a draft, going back to an earlier version, and the end of a procedure.
struct PublicationHandlers: Sendable {
    let desk: BuilderDesk

    private static let changeLimit = 100

    func add(to routes: SiteRoutes) {
        let publication = SiteURL.builderPublication(PathSlot.code)
        let versions = SiteURL.procedureVersions(PathSlot.code)
        routes.get(publication, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try await page(try await desk.open(context), nil, nil, context)
        }
        routes.post(publication, for: .officer(.administrator), rule: BuilderDesk.rule, publish)
        routes.get(versions, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try await history(nil, nil, context)
        }
        routes.post(versions, for: .officer(.administrator), rule: BuilderDesk.rule, change)
    }

    // MARK: - Publishing

    private func publish(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let open = try await desk.open(context)
        let code = open.draft.code
        do {
            try await desk.services.catalogue.publish(
                draft: code,
                reason: form["reason"] ?? "",
                expecting: try form.seenVersion(),
                by: context.actor
            )
            return .seeOther(SiteURL.managedProcedure(code).path([("bao", "da-xuat-ban")]))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return try await page(open, form, error, context)
        }
    }

    private func page(_ open: OpenDraft, _ form: FormFields?, _ error: CatalogueError?, _ context: OfficerContext)
        async throws -> Response
    {
        let code = open.draft.code
        let isReason = Self.isAboutReason(error)
        let (comparison, changes) = try await compared(open, context)
        var base: PackSource?
        if let digest = open.draft.base { base = try await desk.services.catalogue.source(of: digest) }
        let trials = open.checked.pack?.trials() ?? []
        let wrong = trials.count { trial in trial.lines.contains { !$0.isRight } }
        let model = PublicationPage.Model(
            shell: desk.shell(open, current: "xuat-ban", hindrance: isReason ? nil : error?.publicDetail),
            findings: BuilderDesk.findings(open).filter(\.isError),
            examplesWord: trials.isEmpty || wrong > 0 ? nil : "\(trials.count) ví dụ đều đúng.",
            unverified: PackFact.facts(of: open.draft.source).filter { !$0.isVerified }.map { fact in
                fact.label + (fact.hindrance.map { " (\($0.vietnamese))" } ?? "")
            },
            turned: PackFact.turned(from: base, to: open.draft.source).map { "\($0.label). Nguồn: \($0.source)" },
            factsHref: SiteURL.builderFacts(code).path,
            comparison: comparison,
            changes: changes.prefix(Self.changeLimit).map {
                .init(place: $0.place, before: $0.before, after: $0.after)
            },
            moreChanges: max(0, changes.count - Self.changeLimit),
            inFlight: try await inFlight(open, context),
            reason: Self.reason(form, isReason ? error : nil, label: "Lý do xuất bản"),
            action: SiteURL.builderPublication(code).path,
            historyHref: SiteURL.procedureVersions(code).path
        )
        let frame = context.frame(pageCode: "A-24", current: .administration)
        return .page(
            PublicationPage.html(model, in: frame),
            status: error.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        )
    }

    /// Against the version that the draft began from; for a copy, against what it was copied from.
    private func compared(_ open: OpenDraft, _ context: OfficerContext) async throws
        -> (with: PublicationPage.Comparison, changes: [PackChange])
    {
        let catalogue = desk.services.catalogue
        if let base = open.draft.base {
            return (.published, Self.changes(open, against: try await catalogue.source(of: base)))
        }
        guard let model = try await catalogue.model(of: open.draft, for: context.actor) else { return (.nothing, []) }
        let name = catalogue.entry(model.code, on: context.now.date)?.name ?? model.code
        let href = SiteURL.managedProcedure(model.code).path
        return (.model("\(name) (\(model.code))", href: href), Self.changes(open, against: model.source))
    }

    private static func changes(_ open: OpenDraft, against source: PackSource) -> [PackChange] {
        guard let new = open.manuscript.tree else { return [] }
        let text = String(decoding: source.files[PackSource.mainFile] ?? [], as: UTF8.self)
        guard let old = PackManuscript(text).tree else { return [] }
        let names = Set(source.files.keys).union(open.draft.source.files.keys).subtracting([PackSource.mainFile])
        let files = names.sorted().filter { source.files[$0] != open.draft.source.files[$0] }.map { name in
            PackChange(
                place: "Tệp \(name)",
                before: source.files[name].map { "\($0.count) byte" },
                after: open.draft.source.files[name].map { "\($0.count) byte" }
            )
        }
        return PackChange.all(from: old, to: new) + files
    }

    /// What the draft would mean for dossiers on their way; they keep their version.
    private func inFlight(_ open: OpenDraft, _ context: OfficerContext) async throws -> [String] {
        let rule = "Hồ sơ đã nộp giữ phiên bản của mình; hồ sơ nộp sau khi xuất bản theo bản này."
        guard open.draft.base != nil, let pack = open.checked.pack else { return [rule] }
        return [rule, try await desk.services.dossiers.rehearse(pack, for: context.actor).vietnamese]
    }

    private static func isAboutReason(_ error: CatalogueError?) -> Bool {
        switch error {
        case .textMissing(.reason), .textTooLong(.reason): true
        default: false
        }
    }

    private static func reason(_ form: FormFields?, _ error: CatalogueError?, label: String) -> FieldPart {
        FieldPart(
            "reason",
            label,
            hint: "Theo văn bản nào, vì việc gì. Ghi vào nhật ký.",
            error: error?.publicDetail,
            .longText(form?["reason"] ?? "", limitCharacters: CatalogueField.reason.limit, rows: 3)
        )
    }

    // MARK: - Versions

    private func change(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        try desk.permit(context)
        let code = try context.pathText(PathSlot.code)
        let (catalogue, reason, act) = (desk.services.catalogue, form["reason"] ?? "", form["_act"] ?? "")
        do {
            if act == "ngung" {
                guard let day = Self.day(form) else { return try await history(form, nil, context, isDayWrong: true) }
                try await catalogue.retire(code, from: day, reason: reason, by: context.actor)
            } else if act == "cung-cap-lai" {
                try await catalogue.resume(code, reason: reason, by: context.actor)
            } else if act.hasPrefix("ve:"), let digest = Digest(hex: String(act.dropFirst(3))) {
                try await catalogue.rollBack(code, to: digest, reason: reason, by: context.actor)
            } else {
                throw RequestError.malformed(reason: "no act")
            }
            return .seeOther(SiteURL.procedureVersions(code).path([("bao", "da-lam")]))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return try await history(form, error, context)
        }
    }

    private static func day(_ form: FormFields) -> LocalDate? {
        let parts = ["day.day", "day.month", "day.year"].compactMap { form.trimmed($0).flatMap { Int($0) } }
        return parts.count == 3 ? LocalDate(year: parts[2], month: parts[1], day: parts[0]) : nil
    }

    private func history(
        _ form: FormFields?,
        _ error: CatalogueError?,
        _ context: OfficerContext,
        isDayWrong: Bool = false
    ) async throws -> Response {
        let code = try context.pathText(PathSlot.code)
        let catalogue = desk.services.catalogue
        let history = try await catalogue.history(of: code, for: context.actor)
        guard let newest = history.versions.first else { throw RequestError.notFound }
        let pack = try await catalogue.version(newest.digest).pack
        let everybody = try await desk.services.organisation.snapshot()
        let isReason = Self.isAboutReason(error)
        let isDay = isDayWrong || error == .dayPassed
        var shell = desk.publishedShell(
            code,
            pack.name,
            changedWord: "Xuất bản lúc \(newest.offeredAt.vietnamese)",
            retiredFrom: history.retiredFrom,
            current: "phien-ban",
            hindrance: isReason || isDay ? nil : error?.publicDetail
        )
        shell.flash = form == nil && context.query.text("bao") != nil ? "Đã ghi và có hiệu lực." : nil
        let model = ProcedureHistoryPage.Model(
            shell: shell,
            versions: history.versions.map { version in
                let isCurrent = version.digest == history.current
                return ProcedureHistoryPage.Version(
                    word: "Xuất bản lúc \(version.publishedAt.vietnamese)",
                    mark: String(version.digest.hex.prefix(12)),
                    isCurrent: isCurrent && history.retiredFrom == nil,
                    value: isCurrent || !version.isValid(on: context.now.date) ? nil : "ve:\(version.digest.hex)"
                )
            },
            acts: history.acts.map { act in
                let author =
                    OfficerID(rawValue: act.author.id).flatMap { everybody.officer($0)?.fullName } ?? "Hệ thống"
                let words = [act.kind.vietnamese + (act.from.map { " từ \($0.vietnamese)" } ?? ""), act.text, author]
                return SummaryRow(act.at.vietnamese, words.compactMap(\.self).joined(separator: ". "))
            },
            reason: Self.reason(form, isReason ? error : nil, label: "Lý do"),
            day: FieldPart(
                "day",
                "Ngừng cung cấp từ ngày",
                hint: "Hôm nay hoặc sau hôm nay",
                error: isDay ? error?.publicDetail ?? "Nhập một ngày có thật, ví dụ 01 07 2026" : nil,
                .date(
                    .init(
                        day: form?["day.day"] ?? "",
                        month: form?["day.month"] ?? "",
                        year: form?["day.year"] ?? ""
                    )
                )
            ),
            retiredWord: history.retiredFrom.map { "Ngừng cung cấp từ \($0.vietnamese)." },
            inFlightWord: "Hồ sơ đang giải quyết giữ phiên bản lúc tiếp nhận cho tới khi kết thúc.",
            action: SiteURL.procedureVersions(code).path
        )
        let status = error?.status ?? (isDayWrong ? 422 : 200)
        return .page(
            ProcedureHistoryPage.html(model, in: context.frame(pageCode: "A-24", current: .administration)),
            status: HTTPResponse.Status(code: status)
        )
    }
}
