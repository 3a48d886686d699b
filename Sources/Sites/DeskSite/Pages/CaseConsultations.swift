// SPDX-License-Identifier: Apache-2.0

public import Markup

extension CasePage {
    /// One consultation on a case.
    public struct ConsultationLine: Sendable {
        /// Who was asked.
        public var partyName: String
        /// On what.
        public var subject: String
        /// "Đồng ý", "Chờ trả lời", "Quá hạn, coi như đồng ý".
        public var word: String
        /// How it is coloured.
        public var tone: PartTone
        /// "Hạn 17:00 12/03/2026", "Trả lời lúc …".
        public var timeWord: String
        /// The question.
        public var question: String
        /// What was answered; nil when nothing was written.
        public var opinion: String?
        /// The PDF of the answer.
        public var fileHref: String?
        /// Where the question is taken back; nil when it is not to be.
        public var withdrawHref: String?

        /// One consultation on a case.
        public init(
            partyName: String,
            subject: String,
            word: String,
            tone: PartTone,
            timeWord: String,
            question: String,
            opinion: String? = nil,
            fileHref: String? = nil,
            withdrawHref: String? = nil
        ) {
            (self.partyName, self.subject, self.word, self.tone) = (partyName, subject, word, tone)
            (self.timeWord, self.question, self.opinion) = (timeWord, question, opinion)
            (self.fileHref, self.withdrawHref) = (fileHref, withdrawHref)
        }
    }
}

/// Who was consulted on a case, and what they said.
enum CaseConsultations {
    static func html(_ lines: [CasePage.ConsultationLine]) -> HTML {
        guard !lines.isEmpty else { return .empty }
        return """
            <section aria-labelledby="y-kien"><h2 id="y-kien">Lấy ý kiến</h2>
            <ul class="consulted">\(each: lines, line)</ul></section>
            """
    }

    private static func line(_ line: CasePage.ConsultationLine) -> HTML {
        """
        <li><p><strong>\(line.partyName)</strong> \(Parts.tag(line.word, line.tone))</p>
        <p class="mut">\(line.subject) · \(line.timeWord)</p>
        \(ifLet: line.opinion, { "<p class=\"pre\">\($0)</p>" })
        \(Parts.details("Câu hỏi", "<p class=\"pre\">\(line.question)</p>"))
        \(if: line.fileHref != nil || line.withdrawHref != nil, """
            <p class="meta">\(ifLet: line.fileHref, { Parts.iconLink("Văn bản trả lời", href: $0, icon: .external) }) \
            \(ifLet: line.withdrawHref, { "<a class=\"ilink\"\(href: $0)>Rút câu hỏi<span class=\"vh\"> \(line.partyName)</span></a>" })</p>
            """)</li>

        """
    }
}
