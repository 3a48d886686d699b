// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Kernel
import Markup
import Site
import Web

/// The papers that stand among the questions of a page, as the answers call for them.
struct AskedPapers: Sendable {
    /// The questions.
    let fields: [FormField]
    private let view: DraftView

    init(on page: Catalogue.FormPage, of view: DraftView) {
        self.view = view
        let shown = view.pack.form?.visibleFields(of: page, view.context) ?? []
        fields = shown.filter { field in
            field.type == .file && view.components.contains { $0.component.id == field.component }
        }
    }

    /// Where the files of a paper are changed: at its question, else on the page of papers.
    static func href(of component: String, in view: DraftView) -> String {
        let draft = view.draft.id.rawValue
        for page in view.pack.form?.visiblePages(view.context) ?? [] {
            if let field = AskedPapers(on: page, of: view).field(of: component) {
                return SiteURL.draftFormPage(draft, page: page.id).path + "#\(field.id)"
            }
        }
        return SiteURL.draftFiles(draft).path
    }

    /// The question of a paper; nil where this page does not ask for it.
    func field(of component: String?) -> FormField? { fields.first { $0.component == component } }

    /// The paper for which a box of the page sends files; nil for another name.
    func component(ofInput name: String) -> String? {
        guard name.hasPrefix(FieldPart.PaperBox.mark) else { return nil }
        return field(of: String(name.dropFirst(FieldPart.PaperBox.mark.count)))?.component
    }

    /// What the page shows of a paper; nil where it is not asked for.
    func paper(_ component: String, on page: String, limitBytes: Int64) -> FieldPart.PaperBox? {
        guard let item = view.components.first(where: { $0.component.id == component }) else { return nil }
        let draft = view.draft.id.rawValue
        return FieldPart.PaperBox(
            component: component,
            files: view.files.filter { $0.component == component }.map { file in
                FieldPart.PaperBox.File(
                    id: file.id.rawValue,
                    name: file.name,
                    sizeBytes: file.size,
                    openHref: SiteURL.draftFile(draft, file: file.id.rawValue).path
                )
            },
            isRequired: item.isRequired,
            uploadAction: SiteURL.draftFormFiles(draft, page: page).path,
            limitBytes: limitBytes,
            mostFiles: item.component.fileLimit,
            accept: item.component.accepts.map(\.accept).joined(separator: ","),
            typeWords: FileType.words(item.component.accepts)
        )
    }

    /// What must be mended before the page is done, by the id of the question: a paper that is missing.
    var missing: [String: String] {
        let missing = view.missingComponents
        return fields.reduce(into: [:]) { words, field in
            if let paper = missing.first(where: { $0.id == field.component }) {
                words[field.id] = PackWords.missing(paper)
            }
        }
    }

    /// Files that were chosen but did not come, because another button was pressed: the form brings only their names.
    func leftBehind(_ form: FormFields) -> [String: String] {
        fields.reduce(into: [:]) { words, field in
            guard let component = field.component,
                let name = form[FieldPart.PaperBox.mark + component], !name.isEmpty
            else { return }
            words[field.id] = "Tệp đã chọn chưa được gửi. Chọn lại tệp rồi bấm “Tải lên”"
        }
    }
}
