// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel

/// What must be mended in a filing before anything of it is kept. Pure.
enum FilingRules {
    static let unknownFile = FieldFault(
        field: "files",
        detail: "Tệp chưa được gửi lên, đã dùng cho hồ sơ khác hoặc đã quá 24 giờ. Gửi lại tệp."
    )

    /// What a person does about it stands in the sentence: a long paper is photos joined to one file.
    static func tooManyFiles(limit: Int) -> String {
        "Giấy tờ này nhận nhiều nhất \(limit) tệp. Bỏ bớt tệp, hoặc gộp các ảnh thành một tệp PDF."
    }

    /// Faults of a new draft, in the order of the form.
    static func faults(
        of filing: DraftFiling,
        in view: DraftView,
        waiting: [UploadedFile],
        unknown: [FiledResult]
    ) -> [FieldFault] {
        var faults: [FieldFault] = []
        if let delivery = filing.delivery, !view.pack.result.deliveryWays.contains(delivery) {
            faults.append(FieldFault(field: "delivery", detail: "Thủ tục này không trả kết quả theo cách đã chọn"))
        }
        faults += unknownAnswers(filing.answers, view.pack.form)
        faults += view.problems.map { FieldFault(field: "answers.\($0.field)", detail: $0.sentence) }
        faults += wrongFiles(filing.files, filing.results, view.components.map(\.component), waiting)
        faults += unknown.map(unknownResult)
        faults += view.missingComponents.map { component in
            FieldFault(field: "files.\(component.id)", detail: "Chọn tệp cho giấy tờ: \(component.name)")
        }
        return faults
    }

    /// Faults of an answer to a request for supplement, in the order of the request.
    static func faults(
        of filing: SupplementFiling,
        in view: SupplementView,
        waiting: [UploadedFile],
        unknown: [FiledResult],
        _ validation: ValidationContext
    ) -> [FieldFault] {
        let fields = view.items.compactMap(\.field)
        let targets = Set(view.items.map(\.target))
        let asked = filing.answers.ids.filter { id in fields.contains { $0.owns(id) } }
        var faults = unknownAnswers(filing.answers, view.pack.form, Set(asked))
        faults += wrongFiles(filing.files, filing.results, view.items.compactMap(\.component), waiting)
        faults += unknown.map(unknownResult)
        for target in filing.explanations.keys.sorted() where !targets.contains(target) {
            faults.append(
                FieldFault(field: "explanations.\(target)", detail: "Yêu cầu bổ sung không có nội dung này")
            )
        }
        let answers = fields.reduce(view.answers) { answers, field in
            filing.answers.only(field).isEmpty ? answers : answers.replacing(field, with: filing.answers)
        }
        let problems = view.pack.form?.validate(answers, .whole, validation).problems ?? []
        faults += problems.map { FieldFault(field: "answers.\($0.field)", detail: $0.sentence) }
        for item in view.items where !item.isTouched && !isTouched(item, by: filing, view.answers) {
            let words = DossierRefusal.supplementUntouched(target: item.target).publicDetail ?? ""
            faults.append(FieldFault(field: item.target, detail: words))
        }
        return faults
    }

    private static func isTouched(_ item: SupplementView.Item, by filing: SupplementFiling, _ answers: FormAnswers)
        -> Bool
    {
        if let field = item.field, !filing.answers.only(field).isEmpty,
            filing.answers.only(field) != answers.only(field)
        {
            return true
        }
        if filing.files.contains(where: { $0.component == item.target }) { return true }
        if filing.results.contains(where: { $0.component == item.target }) { return true }
        return !VietnameseText.tidy(filing.explanations[item.target] ?? "").isEmpty
    }

    /// A name that the form does not know is a slip of the author's: silence would lose an answer.
    private static func unknownAnswers(
        _ answers: FormAnswers,
        _ form: FormSchema?,
        _ asked: Set<String>? = nil
    ) -> [FieldFault] {
        let known = form?.answerKeys(answers) ?? []
        return answers.ids.filter { !known.contains($0) || !(asked?.contains($0) ?? true) }.sorted().map { id in
            FieldFault(field: "answers.\(id)", detail: "Tờ khai không có ô này")
        }
    }

    /// One sentence for all: it does not tell whether there is such a result of somebody else's.
    private static func unknownResult(_ named: FiledResult) -> FieldFault {
        let words = "Tài khoản không có kết quả này còn hiệu lực dùng được cho giấy tờ này"
        return FieldFault(field: "results.\(named.component)", detail: words)
    }

    private static func wrongFiles(
        _ papers: [FiledPaper],
        _ results: [FiledResult],
        _ components: [RequiredComponent],
        _ waiting: [UploadedFile]
    ) -> [FieldFault] {
        var faults: [FieldFault] = []
        var seen: Set<DossierFileID> = []
        for paper in papers {
            if !components.contains(where: { $0.id == paper.component }) {
                let words = "Không cần giấy tờ này với các câu trả lời đã gửi"
                faults.append(FieldFault(field: "files.\(paper.component)", detail: words))
            }
            if !waiting.contains(where: { $0.id == paper.file }) || !seen.insert(paper.file).inserted {
                faults.append(unknownFile)
            }
        }
        for component in results.map(\.component) where !components.contains(where: { $0.id == component }) {
            let words = "Không cần giấy tờ này với các câu trả lời đã gửi"
            faults.append(FieldFault(field: "results.\(component)", detail: words))
        }
        let named = papers.map(\.component) + results.map(\.component)
        for component in components where named.count(where: { $0 == component.id }) > component.fileLimit {
            let words = tooManyFiles(limit: component.fileLimit)
            faults.append(FieldFault(field: "files.\(component.id)", detail: words))
        }
        for component in components {
            let sent = Set(papers.filter { $0.component == component.id }.map(\.file))
            guard waiting.contains(where: { sent.contains($0.id) && !component.takes($0.mediaType) }) else { continue }
            faults.append(FieldFault(field: "files.\(component.id)", detail: component.wrongTypeSentence))
        }
        return faults
    }
}
