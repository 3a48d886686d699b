// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Hummingbird
import Kernel
import Site
import Web

extension DraftHandlers {
    /// Files for a paper that stands among the questions. The whole form comes with them: what was typed is kept first,
    /// then the files are put to the draft.
    func upload(_ form: UploadForm, _ request: Request, _ context: CitizenContext) async throws -> Response {
        let id: DossierDraftID = try context.pathID(PathSlot.draft)
        try services.countUpload(by: context.actor)
        let view = try await services.dossiers.draft(id, for: context.actor)
        let page = try Self.page(of: view, context)
        let asked = AskedPapers(on: page, of: view)
        let place = FilePlace.draft(id)
        let papers = try await services.dossiers.papers(at: place, for: context.actor)
        let intake = FileIntake(services: services, bytesBefore: papers.bytes, now: context.now)
        let fields = try await intake.read(form, paper: { asked.component(ofInput: $0) }, attach: nil)
        let isOvertaken = try await !keep(fields, page, of: id, context)
        // A file has nothing to do with the answers that another window changed.
        for file in await intake.arrived {
            try await intake.put(file) { file in
                try await services.dossiers.attach(file, to: place, isReplacing: true, by: context.actor)
            }
        }
        var errors = await intake.errors
        let pressed = asked.field(of: fields.paperToUpload)
        if errors.isEmpty, await intake.taken == 0, let paper = papers.paper(pressed?.component) {
            errors[paper.id] = PackWords.missing(paper)
        }
        guard errors.isEmpty, !isOvertaken else {
            let now = try await services.dossiers.draft(id, for: context.actor)
            var words: [String: String] = [:]
            for field in asked.fields { words[field.id] = field.component.flatMap { errors[$0] } }
            let typed = isOvertaken ? now.draft.answers.merging(fields.answers) : now.draft.answers
            let conflict = isOvertaken ? DossierRefusal.draftChangedMeanwhile.publicDetail : nil
            return formPage(now, page, typed, [], context, conflict: conflict, paperErrors: words)
        }
        let anchor = pressed.map { "#\($0.id)" } ?? ""
        return .seeOther(SiteURL.draftFormPage(id.rawValue, page: page.id).path + anchor)
    }

    /// Keeps what was typed beside the files; false when another window changed the draft.
    private func keep(
        _ fields: FormFields,
        _ page: Catalogue.FormPage,
        of id: DossierDraftID,
        _ context: CitizenContext
    ) async throws -> Bool {
        do {
            _ = try await services.dossiers.save(
                page: page.id,
                of: id,
                typed: fields.answers,
                seen: try fields.seenVersion(),
                isFinishing: false,
                by: context.actor
            )
            return true
        } catch DossierRefusal.draftChangedMeanwhile {
            return false
        }
    }
}
