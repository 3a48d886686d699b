// SPDX-License-Identifier: Apache-2.0

import Markup

extension ProcedurePage {
    /// What the page says in English too, as an unofficial translation.
    public struct English: Sendable {
        /// The name and the sentence under it.
        public var name: String
        public var summary: String
        /// Names of papers by their Vietnamese ones.
        public var papers: [String: String]
        /// Whether they are shown now.
        public var isShown: Bool
        /// The page in the other language.
        public var otherHref: String

        /// A translation of these texts.
        public init(name: String, summary: String, papers: [String: String], isShown: Bool, otherHref: String) {
            (self.name, self.summary, self.papers) = (name, summary, papers)
            (self.isShown, self.otherHref) = (isShown, otherHref)
        }
    }

    /// The English texts where they are shown.
    static func shown(_ model: Model) -> English? { model.english.flatMap { $0.isShown ? $0 : nil } }

    /// The way to the other language, only where there is one.
    static func language(_ model: Model) -> HTML {
        guard let english = model.english else { return .empty }
        let (code, word) = english.isShown ? ("vi", "Tiếng Việt") : ("en", "English")
        return """
            <p class="np"><a class="ilink" lang="\(code)" hreflang="\(code)"\(href: english.otherHref)>\(word)</a></p>
            """
    }
}
