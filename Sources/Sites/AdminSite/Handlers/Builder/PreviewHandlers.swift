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

/// How a draft looks to citizens and officers. Every page says that it is a preview; nothing is kept.
struct PreviewHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        let url = SiteURL.builderPreview(PathSlot.code, part: PathSlot.preview)
        routes.get(url, for: .officer(.administrator), rule: BuilderDesk.rule, work: .long) { _, context in
            try await preview(context, typed: nil)
        }
        routes.post(url, for: .officer(.administrator), rule: BuilderDesk.rule) { form, _, context in
            try await preview(context, typed: form.answers)
        }
    }

    private func preview(_ context: OfficerContext, typed: FormAnswers?) async throws -> Response {
        let open = try await desk.open(context)
        // The links stand only while the pack can be read as a whole; an old window says what is wrong.
        guard let pack = open.checked.pack else {
            return .seeOther(SiteURL.managedProcedure(open.draft.code).path)
        }
        let part = try context.pathText(PathSlot.preview)
        let previews = desk.services.previews
        let here = SiteURL.builderPreview(pack.code, part: part)
        switch part {
        case "thu-tuc":
            return .page(previews.procedure(pack, context.now.date, frame(open, .citizen, context)))
        case "to-khai":
            let page = context.query.text("trang") ?? pack.form?.pages.first?.id ?? ""
            let trial = PackPreviews.Trial(
                page: page,
                typed: typed,
                example: pack.examples.first?.answers ?? FormAnswers([]),
                day: context.now.date,
                action: here.path([("trang", page)])
            )
            guard let answer = previews.form(pack, trial, frame(open, .citizen, context)) else {
                throw RequestError.notFound
            }
            return .page(answer.html, status: answer.isSound ? .ok : .unprocessableContent)
        case "can-bo":
            guard let html = previews.work(pack, here.path, frame(open, .officer, context)) else {
                throw RequestError.notFound
            }
            return .page(html)
        case "ket-qua":
            guard let example = pack.examples.first, pack.result.template != nil else { throw RequestError.notFound }
            return .pdf(try await previews.result(pack, example), name: "Xem trước \(pack.code).pdf")
        default: throw RequestError.notFound
        }
    }

    /// The frame of other readers, with the word that it is a preview above everything.
    private func frame(_ open: OpenDraft, _ audience: PageAudience, _ context: OfficerContext) -> PageFrame {
        var frame = context.frame(pageCode: "A-24", audience: audience)
        let back = NavigationItem("Về bản nháp", href: SiteURL.managedProcedure(open.draft.code).path)
        frame.banners.append(
            SiteBanner(
                tone: .warn,
                text: "Xem trước bản nháp. Không hồ sơ nào được tạo, không gì được lưu.",
                link: back
            )
        )
        return frame
    }
}
