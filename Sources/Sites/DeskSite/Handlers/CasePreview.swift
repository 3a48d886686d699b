// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Dossiers
import Kernel
public import Markup
import Site
import WorkingTime

/// An officer's page of a dossier that is made up from an example of a pack; there is no such dossier.
public enum CasePreview {
    /// The page at the first step of the workflow; nil when the pack has no example.
    ///
    /// - Parameters:
    ///   - pack: the pack.
    ///   - href: the page itself, to which its buttons lead.
    ///   - frame: the frame of the site.
    /// - Returns: the page.
    public static func html(_ pack: ProcedurePack, href: String, in frame: PageFrame) -> HTML? {
        guard let example = pack.examples.first, let method = pack.method(example.channel),
            let code = DossierCode("H00-\(example.receivedAt.date.description.dropFirst(2).filter { $0 != "-" })-0001")
        else { return nil }
        // A limit that cannot be counted shows as no deadline; the checker says why.
        let deadline = try? Deadline(
            receivedAt: example.receivedAt,
            limit: method.timeLimit,
            cutOff: method.cutOff,
            calendar: .standard
        )
        let known = ConditionContext(
            answers: example.answers,
            channel: example.channel,
            today: example.receivedAt.date
        )
        let acts = (pack.workflow.first?.actions ?? []).map { action in
            let reasons = action.guards.map(\.reason).joined(separator: " ")
            return CasePage.CaseAct(label: action.label, way: .page(href: href), hint: reasons.isEmpty ? nil : reasons)
        }
        let model = CasePage.Model(
            code: code,
            version: 0,
            key: "xem-truoc",
            procedureName: pack.name,
            statusWord: pack.workflow.first?.name ?? "Đang xử lý",
            statusTone: DossierWords.tone(.processing),
            deadline: DossierWords.chip(.processing, deadline?.dueAt, example.receivedAt),
            dueAt: deadline?.dueAt,
            deadlineTrace: deadline?.trace.map(\.line) ?? [],
            standing: .mine,
            primaryAct: acts.first,
            otherActs: Array(acts.dropFirst()),
            groups: groups(pack, known),
            checklist: pack.components(known).map { component, isRequired in
                CasePage.ChecklistLine(
                    paperName: component.name,
                    isPresent: false,
                    isNeeded: isRequired,
                    detail: isRequired ? "Phải có" : "Không bắt buộc"
                )
            },
            files: [],
            history: [
                CasePage.HistoryLine(at: example.receivedAt, actor: "Ví dụ", what: example.name, isBySystem: false)
            ],
            paymentWord: payment(pack, known),
            otherDossiers: [],
            slips: [],
            listHref: href
        )
        return CasePage.html(model, in: frame)
    }

    private static func groups(_ pack: ProcedurePack, _ known: ConditionContext) -> [CasePage.AnswerGroup] {
        (pack.form?.visiblePages(known) ?? []).map { page in
            let fields = pack.form?.visibleFields(of: page, known).filter { $0.type.isAsked } ?? []
            return CasePage.AnswerGroup(
                title: page.title,
                rows: fields.map { field in
                    let answer = known.answers[field.id] ?? ""
                    return SummaryRow(field.label, answer.isEmpty ? nil : field.display(answer))
                }
            )
        }
    }

    private static func payment(_ pack: ProcedurePack, _ known: ConditionContext) -> String? {
        // A quote that the answers do not give is what the run of the examples shows.
        guard let quote = try? pack.fees.quote(known.answers, channel: known.channel, on: known.today),
            !quote.isFree
        else { return nil }
        return quote.unknown.isEmpty ? "Phải nộp \(quote.total)" : quote.words
    }
}
