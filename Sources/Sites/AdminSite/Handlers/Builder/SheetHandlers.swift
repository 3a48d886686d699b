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

/// The questions and lists of a pack: what is typed is kept at once as the next state of the draft, right or wrong.
struct SheetHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        let url = SiteURL.builderSheet(PathSlot.code)
        routes.get(url, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            let open = try await desk.open(context)
            guard let place = Place(path: context.query.text("o"), tab: context.query.text("muc")) else {
                throw RequestError.notFound
            }
            return try page(open, place, context, flash: Self.flash(context.query.text("bao")))
        }
        routes.post(url, for: .officer(.administrator), rule: BuilderDesk.rule, save)
    }

    /// What a page is about: a part of the pack, or an element of a list.
    struct Place: Sendable {
        let tab: BuilderTab
        /// Nil for the part as a whole.
        let path: PackPath?

        init?(path: String?, tab: String?) {
            if let text = path {
                guard let path = PackPath(text), !path.steps.isEmpty else { return nil }
                (self.path, self.tab) = (path, BuilderTab.holding(path))
            } else {
                guard let found = BuilderTab.all.first(where: { $0.id == tab ?? "thong-tin" }) else { return nil }
                (self.path, self.tab) = (nil, found)
            }
        }

        /// As the form of the page sends it back.
        var text: String { path?.description ?? "muc:\(tab.id)" }

        init?(sent text: String) {
            self.init(
                path: text.hasPrefix("muc:") ? nil : text,
                tab: text.hasPrefix("muc:") ? String(text.dropFirst(4)) : nil
            )
        }

        func sheet(_ tree: PackTree, files: [String]) -> PackSheet? {
            PackSheet(tree, at: path ?? .root, keys: path == nil ? tab.keys : nil, files: files)
        }

        func href(_ code: String, flash: String? = nil) -> String {
            SiteURL.builderSheet(code).path([
                ("o", path?.description), ("muc", path == nil ? tab.id : nil), ("bao", flash),
            ])
        }
    }

    private static func flash(_ word: String?) -> String? {
        switch word {
        case "da-luu": "Đã lưu vào bản nháp."
        case "da-them": "Đã thêm vào bản nháp."
        case "mat-chu-thich": "Đã lưu vào bản nháp. Chú thích (#) ở phần vừa sửa không giữ lại được."
        case "hoan-tac": "Đã hoàn tác."
        case "da-dien": "Đã điền thử các câu chưa trả lời. Xem lại, sửa ô nào chưa giống hồ sơ thật."
        case "da-du": "Đã lưu. Không có câu nào cần điền thêm."
        default: nil
        }
    }

    // MARK: - Saving

    private func save(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let open = try await desk.open(context)
        guard let place = form["_o"].flatMap({ Place(sent: $0) }) else {
            throw RequestError.malformed(reason: "no place")
        }
        guard let tree = open.manuscript.tree else { throw PackEditError.textUnreadable }
        guard let sheet = place.sheet(tree, files: open.fileNames) else {
            return try page(open, place, context, hindrance: PackEditError.nothingThere(.root).publicDetail)
        }
        let act = SheetAct(form["_act"] ?? "luu")
        do {
            let typed = try open.manuscript.applying(sheet.edits { form.all($0) })
            let added = act.lineList.map { _ in
                FieldLines(form[SheetParts.linesName] ?? "", besides: typed.tree?.names ?? [])
            }
            if let added, !added.problems.isEmpty || added.fields.isEmpty {
                let problems = added.problems.isEmpty ? ["Nhập ít nhất một dòng"] : added.problems
                let lines = (form[SheetParts.linesName] ?? "", problems)
                return try page(open, place, context, shown: typed, lines: lines, status: 422)
            }
            let sample = act.fills ? place.path.flatMap { open.filling($0, in: typed) } : nil
            let edits = act.edits(typed.tree ?? tree, added?.fields ?? []) + (sample.map { [$0] } ?? [])
            let changed = try typed.applying(edits)
            let saved = try await desk.services.catalogue.save(
                open.source(changed),
                as: open.draft.code,
                expecting: try form.seenVersion(),
                by: context.actor
            )
            let lost = changed.commentCount < open.manuscript.commentCount && !act.removes
            let word =
                act.fills
                ? (sample == nil ? "da-du" : "da-dien")
                : saved.version == open.draft.version ? nil : lost ? "mat-chu-thich" : act.flash(isNew: sheet.isNew)
            return .seeOther(act.target(from: place, sheet, changed.tree ?? tree, open.draft.code, flash: word))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            // Somebody was faster: what was typed stands over what is there now, and is saved with the next press.
            let typed = try? open.manuscript.applying(sheet.edits { form.all($0) })
            return try page(open, place, context, shown: typed, hindrance: error.publicDetail, status: error.status)
        } catch let error as PackEditError {
            return try page(open, place, context, hindrance: error.publicDetail, status: error.status)
        }
    }

    // MARK: - The page

    private func page(
        _ open: OpenDraft,
        _ place: Place,
        _ context: OfficerContext,
        shown: PackManuscript? = nil,
        flash: String? = nil,
        hindrance: String? = nil,
        lines: (text: String, problems: [String])? = nil,
        status: Int = 200
    ) throws -> Response {
        let manuscript = shown ?? open.manuscript
        let shell = desk.shell(open, current: place.tab.id, flash: flash, hindrance: hindrance)
        let frame = context.frame(pageCode: "A-24", current: .administration)
        guard let tree = manuscript.tree else {
            let model = BuilderSheetPage.Model(
                shell: shell,
                heading: place.tab.label,
                questions: [],
                findings: BuilderDesk.findings(open),
                action: SiteURL.builderSheet(open.draft.code).path,
                path: place.text,
                isUnreadable: true
            )
            return .page(BuilderSheetPage.html(model, in: frame))
        }
        guard let sheet = place.sheet(tree, files: open.fileNames) else { throw RequestError.notFound }
        let parts = SheetParts(sheet: sheet, open: open, hasFindings: shown == nil && !sheet.isNew, lines: lines)
        let code = open.draft.code
        let trail = place.path.map { BuilderPlace.trail(code, $0, in: tree) } ?? []
        let heading = place.path.map { path in
            sheet.isNew ? "Thêm \(sheet.title.lowercased())" : BuilderPlace.title(path, in: tree)
        }
        let isExample = place.path?.parent == PackPath.root.key("examples")
        let model = BuilderSheetPage.Model(
            shell: shell,
            heading: heading ?? place.tab.label,
            trail: trail,
            questions: parts.questions,
            rare: parts.rareQuestions,
            isRareOpen: parts.hasRareAnswer,
            lists: parts.lists,
            findings: parts.otherFindings(in: place),
            text: sheet.isNew ? nil : text(manuscript, place),
            action: SiteURL.builderSheet(code).path,
            path: place.text,
            next: BuilderDesk.next(after: place.tab, of: code),
            offersNext: sheet.isNew,
            offersSample: isExample && open.checked.pack?.form != nil,
            backHref: trail.last?.href
        )
        return .page(BuilderSheetPage.html(model, in: frame), status: HTTPResponse.Status(code: status))
    }

    /// The lines of the pack that a page is about, as they stand.
    private func text(_ manuscript: PackManuscript, _ place: Place) -> String? {
        let paths = place.path.map { [$0] } ?? place.tab.keys.map { PackPath.root.key($0) }
        let pieces = paths.compactMap { manuscript.lines(of: $0) }
        return pieces.isEmpty ? nil : pieces.joined(separator: "\n")
    }
}

/// What a button of the page does beside saving what was typed.
struct SheetAct: Sendable {
    private let word: String
    private let path: PackPath?
    /// The chain that takes the place of the steps.
    private let chain: StepChain?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        word = parts.first.map(String.init) ?? ""
        let value = parts.count > 1 ? String(parts[1]) : ""
        chain = word == "chuoi" ? StepChain(rawValue: value) : nil
        path = chain == nil && !value.isEmpty ? PackPath(value) : nil
    }

    /// What is changed beside; fields that were typed as lines go to the end of their list.
    func edits(_ tree: PackTree, _ fields: [PackTree]) -> [PackEdit] {
        if let chain { return chain.edits(of: tree) }
        guard let path else { return [] }
        switch word {
        case "len": return [.moveUp(path)]
        case "xuong": return [.moveDown(path)]
        case "nhan-ban": return [.duplicate(path)]
        case "xoa": return [.remove(path)]
        case "dong": return fields.map { .append($0, to: path) }
        default: return []
        }
    }

    /// The list to which lines are added.
    var lineList: PackPath? { word == "dong" ? path : nil }

    var removes: Bool { word == "xoa" }

    /// Whether the questions of an example that have no answer yet get one.
    var fills: Bool { word == "dien" }

    func flash(isNew: Bool) -> String {
        word == "dong" || isNew && (word == "luu" || word == "tiep") ? "da-them" : "da-luu"
    }

    /// Where one goes on.
    func target(
        from place: SheetHandlers.Place,
        _ sheet: PackSheet,
        _ tree: PackTree,
        _ code: String,
        flash: String?
    ) -> String {
        func sheetHref(_ path: PackPath, flash: String?) -> String {
            SiteURL.builderSheet(code).path([("o", path.description), ("bao", flash)])
        }
        switch (word, path) {
        case ("sua", let path?): return sheetHref(path, flash: nil)
        case ("them", let list?): return sheetHref(list.index(tree[list]?.items.count ?? 0), flash: nil)
        case ("dien", _):
            // Of a new example too, which stands in the pack now.
            return place.href(code, flash: flash)
        case ("tiep", _):
            guard let list = place.path?.parent else { return place.href(code, flash: flash) }
            return sheetHref(list.index(tree[list]?.items.count ?? 0), flash: flash)
        case (_, let path?):
            return place.href(code, flash: flash) + "#" + SheetParts.listID(path.parent ?? path)
        default:
            guard sheet.isNew, let list = place.path?.parent else { return place.href(code, flash: flash) }
            // A new element goes back to its list.
            let above = BuilderPlace.page(of: list)
            let href =
                above.map { sheetHref($0, flash: flash) }
                ?? SiteURL.builderSheet(code).path([("muc", place.tab.id), ("bao", flash)])
            return href + "#" + SheetParts.listID(list)
        }
    }
}
