// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Digests
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// A draft of a pack, read and checked once for one page.
struct OpenDraft: Sendable {
    let draft: PackDraft
    let manuscript: PackManuscript
    let checked: CheckedPack
    /// Where each finding stands in the pack; those of other files have none.
    let places: [(finding: CatalogueFinding, path: PackPath?)]

    init(_ draft: PackDraft, _ checks: DraftChecks) {
        self.draft = draft
        let text = String(decoding: draft.source.files[PackSource.mainFile] ?? [], as: UTF8.self)
        let manuscript = PackManuscript(text)
        self.manuscript = manuscript
        checked = checks.check(PackSource(path: draft.code, files: draft.source.files))
        let main = "\(draft.code)/\(PackSource.mainFile)"
        places = checked.findings.map { ($0, $0.file == main ? manuscript.path(of: $0) : nil) }
    }

    var name: String { manuscript.tree?["name"]?.text ?? draft.code }

    /// The files with another text of the pack.
    func source(_ manuscript: PackManuscript) -> PackSource {
        var files = draft.source.files
        files[PackSource.mainFile] = manuscript.bytes
        return PackSource(path: draft.code, files: files)
    }

    /// Sample answers for the example at a path, over what was typed; nil where every question has an answer.
    func filling(_ path: PackPath, in manuscript: PackManuscript) -> PackEdit? {
        guard let tree = manuscript.tree else { return nil }
        return checked.pack?.filling(path, in: tree, on: draft.changedAt.date)
    }

    /// The names of the files beside the pack.
    var fileNames: [String] { draft.source.files.keys.filter { $0 != PackSource.mainFile }.sorted() }
}

/// One part of a pack, as the builder divides it.
struct BuilderTab: Sendable {
    let id: String
    let label: String
    /// The keys of the pack that it asks for.
    let keys: [String]

    /// The parts in order. Keys that stand in none of the others are asked for in the first, so that a new key of the
    /// language has its place.
    static let all: [BuilderTab] = {
        let others = [
            BuilderTab(id: "to-khai", label: "Tờ khai", keys: ["form"]),
            BuilderTab(id: "giay-to", label: "Giấy tờ", keys: ["components"]),
            BuilderTab(id: "phi", label: "Phí, lệ phí", keys: ["fees"]),
            BuilderTab(id: "cac-buoc", label: "Các bước", keys: ["workflow"]),
            BuilderTab(id: "ket-qua", label: "Kết quả", keys: ["result"]),
            BuilderTab(id: "thong-bao", label: "Thông báo, lưu trữ", keys: ["notices", "retention"]),
            BuilderTab(id: "vi-du", label: "Ví dụ", keys: ["examples"]),
        ]
        let taken = Set(others.flatMap(\.keys))
        let rest = PackSection.procedure.keys.map(\.name).filter { !taken.contains($0) }
        return [BuilderTab(id: "thong-tin", label: "Thông tin", keys: rest)] + others
    }()

    /// The part in which a path stands.
    static func holding(_ path: PackPath) -> BuilderTab {
        guard case .key(let key)? = path.steps.first else { return all[0] }
        return all.first { $0.keys.contains(key) } ?? all[0]
    }
}

/// What the pages of the builder share.
struct BuilderDesk: Sendable {
    static let rule = "administrators of the province alone"
    /// The only file that every pack has is edited as text; others are templates of at most so many bytes.
    static let textLimit = 512 * 1_024

    let services: AdminServices
    let checks = DraftChecks()

    /// The draft of the path.
    ///
    /// - Throws: `CatalogueError.notAllowed`; `RequestError.notFound` when there is none.
    func open(_ context: OfficerContext) async throws -> OpenDraft {
        let code = try context.pathText(PathSlot.code)
        guard let draft = try await services.catalogue.draft(code, for: context.actor) else {
            throw RequestError.notFound
        }
        return OpenDraft(draft, checks)
    }

    func permit(_ context: OfficerContext) throws(CatalogueError) {
        guard CataloguePolicies.keeping.allows(context.actor, .packs) else { throw .notAllowed }
    }

    /// What stands around a page about a draft.
    func shell(
        _ open: OpenDraft,
        current: String?,
        flash: String? = nil,
        hindrance: String? = nil
    ) -> BuilderShell {
        let code = open.draft.code
        let errors = open.places.filter { $0.finding.isError }
        let sections = BuilderTab.all.map { tab in
            NavigationItem(
                tab.label,
                href: Self.tabHref(code, tab),
                isCurrent: current == tab.id,
                count: errors.count { $0.path.map { BuilderTab.holding($0).id == tab.id } ?? false }
            )
        }
        func item(_ label: String, _ url: SiteURL, _ id: String) -> NavigationItem {
            NavigationItem(label, href: url.path, isCurrent: current == id)
        }
        return BuilderShell(
            code: code,
            name: open.name,
            stateWord: "Bản nháp",
            stateTone: .warn,
            changedWord: "Sửa lúc \(open.draft.changedAt.vietnamese)",
            tabs: [item("Tổng quan", .managedProcedure(code), "tong-quan")] + sections + [
                item("Văn bản", .builderText(code), "van-ban"),
                item("Chạy ví dụ", .builderTrial(code), "chay-thu"),
                item("Đối chiếu", .builderFacts(code), "doi-chieu"),
                item("Xuất bản", .builderPublication(code), "xuat-ban"),
            ],
            previews: open.checked.pack.map { Self.previews($0) } ?? [],
            version: open.draft.version,
            stepAction: SiteURL.builderStep(code).path,
            canUndo: open.draft.stepsBack > 0,
            canRedo: open.draft.stepsForward > 0,
            flash: flash,
            hindrance: hindrance,
            listHref: SiteURL.managedProcedures.path
        )
    }

    static func tabHref(_ code: String, _ tab: BuilderTab) -> String {
        SiteURL.builderSheet(code).path([("muc", tab.id)])
    }

    /// Where one goes on from a part of the pack; after the last part the examples are played.
    static func next(after tab: BuilderTab, of code: String) -> NavigationItem {
        let index = BuilderTab.all.firstIndex { $0.id == tab.id } ?? 0
        guard index + 1 < BuilderTab.all.count else {
            return NavigationItem("Chạy ví dụ", href: SiteURL.builderTrial(code).path)
        }
        let next = BuilderTab.all[index + 1]
        return NavigationItem(next.label, href: tabHref(code, next))
    }

    static func previews(_ pack: ProcedurePack) -> [NavigationItem] {
        func item(_ label: String, _ part: String, page: String? = nil) -> NavigationItem {
            NavigationItem(label, href: SiteURL.builderPreview(pack.code, part: part).path([("trang", page)]))
        }
        let pages = (pack.form?.pages ?? []).map { item("Tờ khai: \($0.title)", "to-khai", page: $0.id) }
        let isPlayed = !pack.examples.isEmpty
        return [item("Trang thủ tục", "thu-tuc")] + pages
            + (isPlayed ? [item("Cán bộ thấy", "can-bo")] : [])
            + (isPlayed && pack.result.template != nil ? [item("Kết quả", "ket-qua")] : [])
    }

    /// A finding as pages show it, with the page where it is mended.
    static func finding(_ finding: CatalogueFinding, at path: PackPath?, of code: String, tree: PackTree?)
        -> BuilderFinding
    {
        let href: String
        let place: String
        if let path, let tree {
            href = BuilderPlace.href(code, path, in: tree)
            place = BuilderPlace.words(path, in: tree)
        } else {
            let file = finding.file.split(separator: "/").last.map(String.init) ?? ""
            let url: SiteURL = file == PackSource.mainFile ? .builderText(code) : .builderFile(code, file: file)
            href = url.path
            place = "\(file), dòng \(finding.place.line)"
        }
        return BuilderFinding(
            place: place,
            text: finding.text,
            remedy: finding.remedy,
            isError: finding.isError,
            href: href
        )
    }

    static func findings(_ open: OpenDraft, errorsOnly: Bool = false) -> [BuilderFinding] {
        open.places.filter { $0.finding.isError || !errorsOnly }.map {
            finding($0.finding, at: $0.path, of: open.draft.code, tree: open.manuscript.tree)
        }
    }
}

/// Pages and words for places of a pack.
enum BuilderPlace {
    /// The page on which a place is asked for: that of the nearest element of a list, else a part of the pack.
    static func page(of path: PackPath) -> PackPath? {
        guard let last = path.steps.lastIndex(where: { if case .index = $0 { true } else { false } }) else {
            return nil
        }
        let page = PackPath(Array(path.steps[...last]))
        // Elements that are single values are lines of the page above.
        return PackSheet.exists(at: page) ? page : page.parent.flatMap { self.page(of: $0) }
    }

    static func href(_ code: String, _ path: PackPath, in tree: PackTree) -> String {
        guard let page = page(of: path), tree[page] != nil else {
            return BuilderDesk.tabHref(code, BuilderTab.holding(path))
        }
        return SiteURL.builderSheet(code).path([("o", page.description)])
    }

    /// The pages above a page, from the part of the pack down.
    static func trail(_ code: String, _ path: PackPath, in tree: PackTree) -> [NavigationItem] {
        let tab = BuilderTab.holding(path)
        var items = [NavigationItem(tab.label, href: BuilderDesk.tabHref(code, tab))]
        for end in path.steps.indices.dropLast() {
            guard case .index = path.steps[end] else { continue }
            let page = PackPath(Array(path.steps[...end]))
            guard PackSheet.exists(at: page) else { continue }
            items.append(
                NavigationItem(title(page, in: tree), href: SiteURL.builderSheet(code).path([("o", page.description)]))
            )
        }
        return items
    }

    static func title(_ page: PackPath, in tree: PackTree) -> String {
        PackSheet.words(at: page, in: tree)
    }

    /// `Tờ khai › Người nộp › Họ và tên`.
    static func words(_ path: PackPath, in tree: PackTree) -> String {
        let pages = path.steps.indices.filter { if case .index = path.steps[$0] { true } else { false } }
            .map { PackPath(Array(path.steps[...$0])) }.filter { PackSheet.exists(at: $0) && tree[$0] != nil }
        let names = [BuilderTab.holding(path).label] + pages.map { title($0, in: tree) }
        return names.joined(separator: " › ")
    }
}
