// SPDX-License-Identifier: Apache-2.0

public import Markup

extension CasePage {
    /// Who files for whom, by which paper, and whether an officer has made sure of it.
    public struct AuthorityPanel: Sendable {
        /// Who, for whom, from when to when.
        public var rows: [SummaryRow]
        /// The case with the paper shown; nil when it is there no more.
        public var paperHref: String?
        /// "Còn hiệu lực", "Đã thu hồi ngày …".
        public var stateWord: String
        public var stateTone: PartTone
        /// How and when it was confirmed; nil while it is a statement.
        public var confirmedWord: String?
        /// Where it is confirmed, by POST with `cach`; nil when it was.
        public var confirmAction: String?
        /// The ways of making sure.
        public var confirmWays: [FieldPart.Choice]

        /// An authority as the desk sees it.
        public init(
            rows: [SummaryRow],
            paperHref: String?,
            stateWord: String,
            stateTone: PartTone,
            confirmedWord: String? = nil,
            confirmAction: String? = nil,
            confirmWays: [FieldPart.Choice] = []
        ) {
            (self.rows, self.paperHref) = (rows, paperHref)
            (self.stateWord, self.stateTone) = (stateWord, stateTone)
            (self.confirmedWord, self.confirmAction, self.confirmWays) = (confirmedWord, confirmAction, confirmWays)
        }
    }
}

/// The panel of the authority on the side of a case.
enum CaseAuthority {
    static func html(_ panel: CasePage.AuthorityPanel, in frame: PageFrame) -> HTML {
        """
        <section aria-labelledby="lam-thay"><h2 id="lam-thay">Làm thay</h2>
        <p>\(Parts.tag(panel.stateWord, panel.stateTone))\
        \(ifLet: panel.paperHref, { " <a\(href: $0)>Xem giấy tờ làm thay</a>" })</p>
        \(Parts.summaryList(panel.rows))
        \(ifLet: panel.confirmedWord, { "<p>\(Parts.icon(.check))\($0)</p>" })
        \(ifLet: panel.confirmAction, { action in
            """
            <div class="np"><p class="hint">Chưa ai đối chiếu giấy tờ này. Chọn cách đã làm để ghi lại:</p>
            \(frame.form(FormShape(action: action), """
                <p class="row">\(each: panel.confirmWays, { way in
                    "<button class=\"btn btn-2\" name=\"cach\" value=\"\(way.value)\">\(way.label)</button> "
                })</p>
                """))</div>
            """
        })
        </section>
        """
    }
}
