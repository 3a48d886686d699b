// SPDX-License-Identifier: Apache-2.0

public import Kernel
public import Markup
import Site

/// `/ky/{mã}`: one document: what it is, the paper itself, and two acts: sign, or send back with a reason.
public enum ApprovalPage {
    /// What the page shows.
    public struct Model: Sendable {
        /// The code of the dossier.
        public var code: DossierCode
        /// The document.
        public var documentName: String
        /// What the leader should know at a glance: for whom, what was checked, until when.
        public var facts: [SummaryRow]
        /// The proposal of the specialist.
        public var proposalWord: String
        /// The very PDF that will be signed.
        public var documentHref: String
        /// How near the deadline is.
        public var deadline: DeadlineChip
        /// The papers of the dossier.
        public var papers: [NavigationItem]
        /// The proof of presence that is asked before signing; nil while the last one holds.
        public var proofField: FieldPart?
        /// What hinders the signing: an expired certificate, a changed draft; nil when nothing does.
        public var hindrance: String?
        /// Why the clerk gave the last signature back; nil where she did not.
        public var returnedWord: String?
        /// Where it is signed.
        public var signAction: String
        /// Where it is sent back.
        public var sendBackAction: String
        /// The reason as typed, with what is wrong.
        public var reasonField: FieldPart
        /// The key of both acts.
        public var key: String
        /// The version of the dossier that is shown.
        public var version: Int
        /// The list.
        public var backHref: String

        /// What the page shows.
        public init(
            code: DossierCode,
            documentName: String,
            facts: [SummaryRow],
            proposalWord: String,
            documentHref: String,
            deadline: DeadlineChip,
            papers: [NavigationItem],
            proofField: FieldPart? = nil,
            hindrance: String? = nil,
            returnedWord: String? = nil,
            signAction: String,
            sendBackAction: String,
            reasonField: FieldPart,
            key: String,
            version: Int,
            backHref: String
        ) {
            self.code = code
            self.documentName = documentName
            self.facts = facts
            self.proposalWord = proposalWord
            self.documentHref = documentHref
            self.deadline = deadline
            self.papers = papers
            self.proofField = proofField
            self.hindrance = hindrance
            self.returnedWord = returnedWord
            self.signAction = signAction
            self.sendBackAction = sendBackAction
            self.reasonField = reasonField
            self.key = key
            self.version = version
            self.backHref = backHref
        }
    }

    /// The whole page.
    public static func html(_ model: Model, in frame: PageFrame) -> HTML {
        frame.page(
            PaperDecision(
                title: "Ký \(model.documentName) – \(model.code)",
                backHref: model.backHref,
                fields: [model.proofField].compactMap(\.self),
                about: """
                    <p class="over"><span class="num">\(model.code.description)</span></p>
                    <h1>\(model.documentName)</h1>
                    <p class="meta">\(Parts.deadline(model.deadline))</p>
                    \(Parts.summaryList(model.facts))
                    \(ifLet: model.returnedWord, { Parts.notice(.warn, "<p>\($0)</p>") })
                    <p class="inset">\(model.proposalWord)</p>
                    """,
                paper: .init(
                    heading: "Văn bản sẽ ký",
                    name: model.documentName,
                    href: model.documentHref,
                    openLabel: "Mở văn bản"
                ),
                below: papers(model),
                acts: ("ky", "Quyết định"),
                hindrance: model.hindrance,
                act: sign(model, in: frame),
                givingBack: .init(
                    summary: "Trả lại, kèm lý do",
                    button: "Trả lại",
                    action: model.sendBackAction,
                    reasonField: model.reasonField
                ),
                key: model.key,
                version: model.version
            )
        )
    }

    private static func papers(_ model: Model) -> HTML {
        guard !model.papers.isEmpty else { return "" }
        return """
            <h2>Giấy tờ của hồ sơ</h2><ul class="links">\(each: model.papers, {
                "<li>\(Parts.iconLink($0.label, href: $0.href, icon: .document))</li>"
            })</ul>
            """
    }

    private static func sign(_ model: Model, in frame: PageFrame) -> HTML {
        frame.form(
            FormShape(action: model.signAction, idempotencyKey: model.key, version: model.version),
            """
            \(ifLet: model.proofField, Parts.field)
            \(Parts.button("Ký văn bản này", icon: .sign))
            """
        )
    }
}
