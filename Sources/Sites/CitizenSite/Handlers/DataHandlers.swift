// SPDX-License-Identifier: Apache-2.0

import DataProtection
import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Storage
import Web

/// What a citizen asks about her own data, and what she was answered.
struct DataHandlers: Sendable {
    let services: CitizenServices

    private static let rule = "own requests"

    func add(to routes: SiteRoutes) {
        routes.get(.dataRequests, for: .citizen, rule: Self.rule) { _, context in
            try await page(context, FormFields(), nil)
        }
        routes.post(.dataRequests, for: .citizen(atLeast: .two), rule: Self.rule, file)
        routes.get(.dataRequest(PathSlot.request), for: .citizen, rule: Self.rule) { _, context in
            let request = try await services.protection.request(
                try context.pathID(PathSlot.request),
                of: context.actor
            )
            let isNew = context.query.text("bao") == "da-gui"
            let frame = context.frame(pageCode: "C-13", current: .account)
            return .page(DataRequestPage.html(try await model(request, isNew: isNew), in: frame))
        }
        routes.post(.dataRequestWithdrawal(PathSlot.request), for: .citizen, rule: Self.rule) { _, _, context in
            let id: DataRequestID = try context.pathID(PathSlot.request)
            try await services.protection.withdraw(id, by: context.actor)
            return .seeOther(SiteURL.dataRequest(id.rawValue).path)
        }
        routes.get(.dataRequestFile(PathSlot.request), for: .citizen, rule: Self.rule) { _, context in
            let id: DataRequestID = try context.pathID(PathSlot.request)
            let reader = try await services.protection.export(id, of: context.actor)
            return .stored(reader, type: .zip, name: "du-lieu-cua-toi.zip", disposition: .attachment)
        }
    }

    private func file(_ form: FormFields, _ request: Request, _ context: CitizenContext) async throws -> Response {
        guard let kind = form["kind"].flatMap({ DataRequestKind(rawValue: $0) }) else {
            return try await page(context, form, .notPossible)
        }
        let field = form["field"].flatMap { OwnField(rawValue: $0) }
        let new = NewDataRequest(
            kind,
            words: form.trimmed("words") ?? "",
            dossier: form.trimmed("dossier").flatMap { DossierCode($0) },
            contact: kind == .correct ? field.map { ContactCorrection($0, form.trimmed("value") ?? "") } : nil
        )
        do {
            let filed = try await services.protection.file(new, by: context.actor)
            return .seeOther(SiteURL.dataRequest(filed.id.rawValue).path([("bao", "da-gui")]))
        } catch let refusal as DataRequestRefusal where refusal.field != nil {
            return try await page(context, form, refusal)
        }
    }

    private func page(
        _ context: CitizenContext,
        _ form: FormFields,
        _ refusal: DataRequestRefusal?
    ) async throws -> Response {
        let requests = try await services.protection.requests(of: context.actor)
        let dossiers = try await services.dossiers.dossiers(of: context.actor)
        let model = DataRequestsPage.Model(
            lines: requests.map { request in
                DataRequestsPage.RequestLine(
                    kindWord: request.kind.vietnamese,
                    stateWord: request.outcome?.vietnamese ?? request.state.vietnamese,
                    isOpen: request.state.isOpen,
                    filedAt: request.filedAt,
                    href: SiteURL.dataRequest(request.id.rawValue).path
                )
            },
            fields: fields(form, refusal, dossiers),
            action: SiteURL.dataRequests.path,
            accessHref: SiteURL.accessRecords.path,
            backHref: SiteURL.account.path
        )
        let status: HTTPResponse.Status = refusal == nil ? .ok : .unprocessableContent
        let frame = context.frame(pageCode: "C-13", current: .account)
        return .page(DataRequestsPage.html(model, in: frame), status: status)
    }

    private func fields(
        _ form: FormFields,
        _ refusal: DataRequestRefusal?,
        _ dossiers: [ApplicantRow]
    ) -> [FieldPart] {
        func error(_ field: String) -> String? { refusal?.field == field ? refusal?.publicDetail : nil }
        let kindError = refusal == .notPossible ? "Chọn điều cần yêu cầu" : error("kind")
        return [
            FieldPart(
                "kind",
                "Tôi muốn",
                error: kindError,
                .radios(
                    DataRequestKind.allCases.map { kind in
                        FieldPart.Choice(kind.rawValue, kind.vietnamese, hint: Self.hint(kind))
                    },
                    chosen: form["kind"]
                )
            ),
            FieldPart(
                "dossier",
                "Về hồ sơ nào",
                hint: "Để trống là cả tài khoản.",
                error: error("dossier"),
                isOptional: true,
                .select(
                    dossiers.map { FieldPart.Choice($0.state.code.text, "\($0.state.code) \($0.procedureName)") },
                    chosen: form["dossier"]
                )
            ),
            FieldPart(
                "field",
                "Sửa liên hệ nào của tài khoản",
                hint: "Chỉ khi chọn sửa dữ liệu. Dữ liệu khác thì để trống và ghi ở ô nội dung.",
                isOptional: true,
                .select(
                    OwnField.allCases.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                    chosen: form["field"]
                )
            ),
            FieldPart(
                "value",
                "Sửa thành",
                error: error("value"),
                isOptional: true,
                .text(form.trimmed("value") ?? "", width: .half)
            ),
            FieldPart(
                "words",
                "Nội dung",
                hint: "Cần ghi khi sửa, hạn chế xử lý hoặc rút lại sự đồng ý.",
                error: error("words"),
                isOptional: true,
                .longText(form.trimmed("words") ?? "", limitCharacters: 2_000)
            ),
        ]
    }

    private static func hint(_ kind: DataRequestKind) -> String {
        switch kind {
        case .access: "Trả lời trong \(kind.fulfilDays) ngày."
        case .export: "Một tệp nén, đọc được bằng trình duyệt và bằng phần mềm. Thường xong trong vài phút."
        case .correct: "Điện thoại, thư điện tử đổi ngay. Dữ liệu khác: trong \(kind.fulfilDays) ngày."
        case .restrict: "Hồ sơ chỉ được mở khi cán bộ nêu mục đích, và không bị xóa. Trong \(kind.fulfilDays) ngày."
        case .delete: "Bản nháp xóa ngay. Hồ sơ đã nộp phải giữ theo luật lưu trữ. Trong \(kind.fulfilDays) ngày."
        case .withdrawConsent: "Trong \(kind.fulfilDays) ngày. Không áp dụng cho việc luật buộc phải làm."
        }
    }

    private func model(_ request: DataRequest, isNew: Bool) async throws -> DataRequestPage.Model {
        let code = try await request.dossier.asyncMap { try await services.dossiers.code(of: $0) } ?? nil
        let id = request.id.rawValue
        return DataRequestPage.Model(
            kindWord: request.kind.vietnamese,
            stateWord: request.state.vietnamese,
            isOpen: request.state.isOpen,
            facts: [
                SummaryRow("Gửi lúc", request.filedAt.vietnamese),
                SummaryRow("Về", code.map { "Hồ sơ \($0)" } ?? "Cả tài khoản"),
                SummaryRow("Nội dung", request.words.isEmpty ? "Không ghi thêm" : request.words),
                SummaryRow("Trả lời lần đầu trước", request.firstAnswerBy.vietnamese),
                SummaryRow("Thực hiện trước", request.fulfilBy.vietnamese),
            ] + (request.extensionReason.map { [SummaryRow("Lý do kéo dài", $0)] } ?? []),
            flash: isNew ? "Đã gửi yêu cầu." : nil,
            outcomeWord: request.outcome?.vietnamese,
            answer: request.answer,
            downloadHref: request.exportDigest == nil ? nil : SiteURL.dataRequestFile(id).path,
            downloadDetail: request.exportSize.map { "ZIP, \(String(fileSize: $0))" },
            withdrawAction: request.state.isOpen ? SiteURL.dataRequestWithdrawal(id).path : nil,
            backHref: SiteURL.dataRequests.path
        )
    }
}
