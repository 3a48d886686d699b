// SPDX-License-Identifier: Apache-2.0

/// What a procedure is called in English: a help for readers, never the text that counts.
public struct EnglishTexts: Hashable, Sendable {
    /// The name of the procedure.
    public let name: String
    /// What people get, in one sentence.
    public let summary: String
    /// Names of papers, by the component.
    public let papers: [EnglishPaper]

    /// The English name of one paper.
    public struct EnglishPaper: Hashable, Sendable {
        /// The component.
        public let component: String
        /// What it is called.
        public let name: String
        /// Where the pack says it.
        public let place: SourcePlace
    }

    /// The English name of a component; nil where there is none.
    public func paper(_ component: String) -> String? { papers.first { $0.component == component }?.name }
}
