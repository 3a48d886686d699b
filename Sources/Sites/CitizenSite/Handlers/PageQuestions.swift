// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import Kernel
import Site

/// Which questions of a page the answers call for, when some of them hang on others of the same page.
///
/// The page sends back what it showed; what an answer opened since then is asked for in peace before anything is called
/// missing.
struct PageQuestions: Sendable {
    /// The name under which the page sends what it showed.
    static let sent = "_shown"
    /// The parameter that names what was just opened.
    static let query = "mo"

    /// The names of everything that is asked, groups and the boxes of their rows; nil where none hangs on an answer of
    /// this page.
    let shown: [String]?
    private let page: Catalogue.FormPage

    init(_ page: Catalogue.FormPage, _ view: DraftView) {
        self.page = page
        let depends = page.fields.contains { $0.visibleWhen != nil || $0.members.contains { $0.visibleWhen != nil } }
        guard depends, let form = view.pack.form else {
            shown = nil
            return
        }
        // A group without rows has no boxes, and may be missing as a whole.
        let groups = form.visibleFields(of: page, view.context).filter { $0.type == .group }
        let papers = AskedPapers(on: page, of: view).fields
        shown = (groups + form.visibleLeaves(of: page, view.context) + papers).map(\.id)
    }

    /// What is asked now and was not on the page that was sent.
    func opened(since sent: String?) -> [String] {
        guard let shown, let sent else { return [] }
        let seen = Set(sent.split(separator: " ").map(String.init))
        return shown.filter { !seen.contains($0) }
    }

    /// The question of the page in which the first of these stands; nil where none of them is asked.
    func field(of names: [String]) -> String? {
        let asked = (shown ?? []).filter { names.contains($0) }
        return page.fields.first { field in asked.contains { $0 == field.id || $0.hasPrefix("\(field.id).") } }?.id
    }

    /// The page with what was just opened.
    func href(_ opened: [String], of draft: DossierDraftID) -> String {
        SiteURL.draftFormPage(draft.rawValue, page: page.id).path([(Self.query, opened.first)])
            + "#\(FormPage.openedID)"
    }
}
