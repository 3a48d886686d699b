// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Markup

/// How a pack looks to others before it is published: pages of other sites, which this one does not know. The
/// composition root fills them in. None of them makes or reads a dossier.
public struct PackPreviews: Sendable {
    /// A page of the form that is tried out.
    public struct Trial: Sendable {
        /// Which page.
        public let page: String
        /// What was typed; nil for the empty page.
        public let typed: FormAnswers?
        /// Answers to the other pages.
        public let example: FormAnswers
        /// What counts as today.
        public let day: LocalDate
        /// Where it is sent, by POST.
        public let action: String
    }

    /// The procedure's page, on a day.
    public var procedure: @Sendable (_ pack: ProcedurePack, _ day: LocalDate, _ frame: PageFrame) -> HTML
    /// A page of the form, and whether what was typed is right; nil when there is no such page.
    public var form:
        @Sendable (_ pack: ProcedurePack, _ trial: Trial, _ frame: PageFrame) -> (html: HTML, isSound: Bool)?
    /// The officer's page of a dossier made up from an example; nil without an example.
    public var work: @Sendable (_ pack: ProcedurePack, _ href: String, _ frame: PageFrame) -> HTML?
    /// The result as PDF.
    public var result: @Sendable (_ pack: ProcedurePack, _ example: PackExample) async throws -> [UInt8]

    /// The previews of the other sites.
    public init(
        procedure: @escaping @Sendable (ProcedurePack, LocalDate, PageFrame) -> HTML,
        form: @escaping @Sendable (ProcedurePack, Trial, PageFrame) -> (html: HTML, isSound: Bool)?,
        work: @escaping @Sendable (ProcedurePack, String, PageFrame) -> HTML?,
        result: @escaping @Sendable (ProcedurePack, PackExample) async throws -> [UInt8]
    ) {
        (self.procedure, self.form, self.work, self.result) = (procedure, form, work, result)
    }
}
