// SPDX-License-Identifier: Apache-2.0

import Dossiers
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Site
import Web

/// Why an officer looks: asked before a dossier is opened that is not in her hands, and before what is masked is shown.
struct PurposeHandlers: Sendable {
    let services: DeskServices

    func add(to routes: SiteRoutes) {
        let rule = "own agency's dossier"
        for isUnmasking in [false, true] {
            let url: SiteURL = isUnmasking ? .workUnmasking(PathSlot.code) : .workPurpose(PathSlot.code)
            routes.get(url, for: .anyOfficer, rule: rule) { _, context in
                let heading = try await services.dossiers.heading(try context.dossierCode(), for: context.actor)
                return page(heading, isUnmasking, FormFields(), nil, context)
            }
            routes.post(url, for: .anyOfficer, rule: rule) { form, _, context in
                try await state(form, isUnmasking, context)
            }
        }
    }

    private func state(_ form: FormFields, _ isUnmasking: Bool, _ context: OfficerContext) async throws -> Response {
        let code: DossierCode = try context.dossierCode()
        do {
            try await services.dossiers.state(
                form["purpose"].flatMap { AccessPurpose(rawValue: $0) },
                words: form.trimmed("words") ?? "",
                isUnmasking: isUnmasking,
                for: code,
                by: context.actor
            )
        } catch let refusal as AccessRefusal where refusal.field != nil {
            let heading = try await services.dossiers.heading(code, for: context.actor)
            return page(heading, isUnmasking, form, refusal, context)
        }
        return .seeOther(way(context, code) ?? SiteURL.workItem(code.text).path)
    }

    /// Both fields say at once what is wrong with them.
    private static func fault(inWords words: String, _ refusal: AccessRefusal?) -> String? {
        guard refusal != nil, !AccessReason.wordsLimits.contains(words.count) else { return nil }
        return AccessRefusal.wordsUnfit.publicDetail
    }

    /// The page that was wanted, when it is one of this dossier: what was stated is good for no other.
    private func way(_ context: OfficerContext, _ code: DossierCode) -> String? {
        guard let path = ReturnPath(context.query.fields["ve"])?.path else { return nil }
        let page = path.prefix { $0 != "?" }
        return page.split(separator: "/").contains { $0 == code.text } ? path : nil
    }

    private func page(
        _ heading: DossierHeading,
        _ isUnmasking: Bool,
        _ form: FormFields,
        _ refusal: AccessRefusal?,
        _ context: OfficerContext
    ) -> Response {
        let code = heading.code.text
        let url: SiteURL = isUnmasking ? .workUnmasking(code) : .workPurpose(code)
        let purposes = (isUnmasking && heading.isOwnWork ? [.handling] : []) + AccessPurpose.chosen
        func error(_ field: String) -> String? { refusal?.field == field ? refusal?.publicDetail : nil }
        let model = PurposePage.Model(
            code: heading.code,
            procedureName: heading.procedureName,
            isUnmasking: isUnmasking,
            purposeField: FieldPart(
                "purpose",
                "Xem để làm gì",
                error: error("purpose"),
                .radios(
                    purposes.map { FieldPart.Choice($0.rawValue, $0.vietnamese) },
                    chosen: form["purpose"]
                )
            ),
            wordsField: FieldPart(
                "words",
                "Lý do cụ thể",
                hint: "Người nộp hồ sơ đọc được câu này. Không ghi thông tin riêng của người dân.",
                error: Self.fault(inWords: form.trimmed("words") ?? "", refusal),
                .longText(
                    form.trimmed("words") ?? "",
                    limitCharacters: AccessReason.wordsLimits.upperBound,
                    rows: 3
                )
            ),
            action: url.path([("ve", way(context, heading.code))]),
            backHref: isUnmasking ? SiteURL.workItem(code).path : SiteURL.workList.path
        )
        let status: HTTPResponse.Status = refusal == nil ? .ok : .unprocessableContent
        let frame = context.frame(pageCode: "D-17", current: .workList)
        return .page(PurposePage.html(model, in: frame), status: status)
    }
}
