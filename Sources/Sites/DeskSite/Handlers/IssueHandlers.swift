// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Dossiers
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Organisation
import Site
import Storage
import Web

/// The records clerk issues what was signed, or gives it back.
extension ActHandlers {
    func issuePage(_ view: DossierView, _ context: OfficerContext, reason: String = "", error: String? = nil)
        async throws -> Response
    {
        let code = view.state.code.text
        var hindrance = view.offered.contains(.issue) ? nil : DossierRefusal.signerMayNotIssue.publicDetail
        if let digest = view.result?.digest, try await !services.files.isIntact(digest) {
            hindrance = "Tệp đã khác lúc ký, không phát hành kết quả này. Trả lại người ký và báo quản trị viên."
        }
        let result = view.result
        let signer = [result?.signerName, result?.signerPosition].compactMap(\.self).joined(separator: ", ")
        // Signed before a merger, it is issued under the name that stands on it.
        let former = result?.agency == view.state.agency ? nil : result?.agency
        let name = try await former.asyncMap { try await services.organisation.snapshot().name(of: $0, unit: nil) }
        let model = IssuePage.Model(
            code: view.state.code,
            procedureName: view.pack.name,
            documentName: result?.title ?? view.pack.result.name,
            facts: [SummaryRow("Số, ký hiệu", result?.notation)]
                + (name.map { [SummaryRow("Ký dưới tên", $0)] } ?? [])
                + [
                    SummaryRow("Người ký", signer),
                    SummaryRow("Ký lúc", result?.signedAt?.vietnamese),
                    SummaryRow("Hẹn trả", view.state.dueAt?.vietnamese),
                ],
            documentHref: SiteURL.workSlip(code, slip: "ket-qua").path,
            checks: [
                "Số, ký hiệu và ngày trên văn bản đúng với thông tin bên trên",
                "Thể thức, họ tên và chức vụ người ký đúng quy định",
                "Văn bản đủ trang, đọc được",
            ],
            hindrance: hindrance,
            consequence: name == nil
                ? "Chữ ký này hết giá trị. Người ký xem lý do, sửa rồi ký lại; số giữ nguyên."
                : "Chữ ký và số này hết giá trị. Lãnh đạo \(view.agency.name) xem lý do rồi ký lại dưới tên và số của cơ quan mình.",
            issueAction: SiteURL.workAction(code, action: CaseActs.words[.issue] ?? "").path,
            returnAction: SiteURL.workAction(code, action: CaseActs.words[.returnSignature] ?? "").path,
            reasonField: FieldPart(
                "reason",
                "Lý do trả lại",
                hint: "Người ký đọc câu này. Người nộp hồ sơ không thấy.",
                error: error,
                .longText(reason, limitCharacters: DossierMachine.reasonLimit)
            ),
            key: services.random.formKey(),
            version: view.state.version,
            backHref: SiteURL.workItem(code).path
        )
        let status: HTTPResponse.Status = error == nil ? .ok : .unprocessableContent
        return .page(IssuePage.html(model, in: context.frame(pageCode: "D-19", current: .workList)), status: status)
    }

    func issue(_ code: DossierCode, _ version: Int, _ context: OfficerContext) async throws -> Response {
        try await services.dossiers.issue(code, seen: version, by: context.actor)
        return .seeOther(SiteURL.workList.path([("bao", CaseActs.words[.issue])]))
    }

    func returnSignature(_ code: DossierCode, _ form: FormFields, _ version: Int, _ context: OfficerContext)
        async throws -> Response
    {
        let reason = form.trimmed("reason") ?? ""
        do {
            try await services.dossiers.returnSignature(of: code, reason: reason, seen: version, by: context.actor)
        } catch let refusal as DossierRefusal where refusal.field == "reason" {
            let view = try await services.dossiers.dossier(code, for: context.actor)
            return try await issuePage(view, context, reason: reason, error: refusal.publicDetail)
        }
        return .seeOther(SiteURL.workList.path([("bao", CaseActs.words[.returnSignature])]))
    }
}
