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

/// The examples of a draft, played; what came out may become what is expected.
struct TrialHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        let url = SiteURL.builderTrial(PathSlot.code)
        routes.get(url, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            page(try await desk.open(context), context, flash: Self.flash(context.query.text("bao")))
        }
        routes.post(url, for: .officer(.administrator), rule: BuilderDesk.rule, act)
    }

    private static func flash(_ word: String?) -> String? {
        switch word {
        case "da-dien": "Đã điền thử các câu chưa trả lời. Chọn “Sửa” ở ví dụ để xem và sửa từng câu."
        case "da-lay": "Đã lấy kết quả chạy làm điều mong đợi."
        case "khong-doi": "Không có gì để thay đổi."
        default: nil
        }
    }

    /// `dien:0` answers what is open, `lay:0` expects what came out; both of the version that the page showed.
    private func act(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let open = try await desk.open(context)
        let parts = (form["_act"] ?? "").split(separator: ":").map(String.init)
        guard parts.count == 2, ["dien", "lay"].contains(parts[0]), let index = Int(parts[1]) else {
            throw RequestError.malformed(reason: "no such act")
        }
        let path = PackPath.root.key("examples").index(index)
        do {
            guard let tree = open.manuscript.tree else { throw PackEditError.textUnreadable }
            guard tree[path] != nil else { throw PackEditError.nothingThere(path) }
            let edits: [PackEdit]
            if parts[0] == "dien" {
                edits = open.filling(path, in: open.manuscript).map { [$0] } ?? []
            } else {
                let trials = open.checked.pack?.trials() ?? []
                edits = trials.indices.contains(index) ? trials[index].expecting(at: path) : []
            }
            let saved = try await desk.services.catalogue.save(
                open.source(try open.manuscript.applying(edits)),
                as: open.draft.code,
                expecting: try form.seenVersion(),
                by: context.actor
            )
            let done = parts[0] == "dien" ? "da-dien" : "da-lay"
            let word = saved.version == open.draft.version ? "khong-doi" : done
            return .seeOther(SiteURL.builderTrial(open.draft.code).path([("bao", word)]))
        } catch let error as CatalogueError where error.status == 409 || error.status == 422 {
            return page(open, context, hindrance: error.publicDetail, status: error.status)
        } catch let error as PackEditError {
            return page(open, context, hindrance: error.publicDetail, status: error.status)
        }
    }

    private func page(
        _ open: OpenDraft,
        _ context: OfficerContext,
        flash: String? = nil,
        hindrance: String? = nil,
        status: Int = 200
    ) -> Response {
        let code = open.draft.code
        let list = PackPath.root.key("examples")
        let examples = (open.checked.pack?.trials() ?? []).enumerated().map { index, one in
            BuilderTrialPage.Example(
                name: one.name,
                detail: "\(one.channel.vietnamese), nhận lúc \(one.receivedAt.vietnamese)",
                lines: one.lines.map { line in
                    .init(name: line.name, expected: line.expected, found: line.found, isRight: line.isRight)
                },
                href: SiteURL.builderSheet(code).path([("o", list.index(index).description)]),
                saysEnough: one.saysEnough,
                offersSample: open.filling(list.index(index), in: open.manuscript) != nil,
                offersOutcome: one.offersOutcome
            )
        }
        let model = BuilderTrialPage.Model(
            shell: desk.shell(open, current: "chay-thu", flash: flash, hindrance: hindrance),
            examples: examples,
            findings: BuilderDesk.findings(open, errorsOnly: true),
            editHref: BuilderDesk.tabHref(code, BuilderTab.holding(list)),
            action: SiteURL.builderTrial(code).path,
            nextHref: open.checked.isSound ? SiteURL.builderFacts(code).path : nil
        )
        let frame = context.frame(pageCode: "A-24", current: .administration)
        return .page(BuilderTrialPage.html(model, in: frame), status: HTTPResponse.Status(code: status))
    }
}
