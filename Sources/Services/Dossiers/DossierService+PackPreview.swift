// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Kernel
import Paper

extension DossierService {
    /// The result of a pack as it would look for one of its examples; no dossier is made, nothing is kept.
    ///
    /// - Throws: `DossierRefusal.resultNotDrafted` where the pack has no template; `PaperError`, and what filling the
    ///   template throws.
    public func previewResult(of pack: ProcedurePack, example: PackExample) async throws -> [UInt8] {
        guard let template = pack.result.template else { throw DossierRefusal.resultNotDrafted }
        let answers = pack.form?.templateValues(example.answers) ?? [:]
        // What the specialist would fill in stands as its question.
        let drafted = Dictionary(
            pack.result.fields.filter(\.type.isAsked).map { ($0.id, "(\($0.label))") },
            uniquingKeysWith: { first, _ in first }
        )
        let at = example.receivedAt
        let values: FormValues = [
            "agency": .text(pack.executingAgencies.first?.name ?? "Cơ quan giải quyết"),
            "parentAgency": .text(""),
            "desk": .text(""),
            "place": .text("……"),
            "number": .text("……"),
            "date": .text(at.date.onDocument),
            "dossierCode": .text("(mã hồ sơ)"),
            "procedureCode": .text(pack.code),
            "procedureName": .text(pack.name),
            "resultName": .text(pack.result.name),
            "signerPosition": .text("Người ký"),
            "signerName": .text("……"),
            "verifyURL": .text("\(settings.publicURL)/xac-minh"),
            "preview": .flag(true),
            "answers": .record(FormValues(answers)),
            "result": .record(FormValues(drafted.mapValues { FormValues.Value.text($0) })),
        ]
        let name = "result/\(pack.code)"
        let document = try templates.adding([name: template.text]).document(name, values: values, createdAt: at)
        return try await renderer.pdf(document)
    }
}
