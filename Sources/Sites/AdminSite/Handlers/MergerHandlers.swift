// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// Merging and closing agencies and units: questions, preview, confirmation; and the plans that wait for their day.
struct MergerHandlers: Sendable {
    let services: AdminServices

    func add(to routes: SiteRoutes) {
        let rule = AdminServices.rule
        let agency = SiteURL.agencyMerger(PathSlot.agency)
        routes.get(agency, for: .officer(.administrator), rule: rule) { _, context in
            let scene = MergerScene(try await services.agency(context), of: context.officer.agency)
            return asked(scene, MergerForm(), nil, context)
        }
        routes.post(agency, for: .officer(.administrator), rule: rule) { form, _, context in
            let found = try await services.agency(context)
            return try await answer(MergerScene(found, of: context.officer.agency), form, context)
        }
        let unit = SiteURL.unitMerger(PathSlot.unit)
        routes.get(unit, for: .officer(.administrator), rule: rule) { _, context in
            asked(MergerScene(try await services.unit(context)), MergerForm(), nil, context)
        }
        routes.post(unit, for: .officer(.administrator), rule: rule) { form, _, context in
            try await answer(MergerScene(try await services.unit(context)), form, context)
        }
        routes.get(.mergerPlans, for: .officer(.administrator), rule: AdminServices.planRule) { _, context in
            try await plansPage(nil, context)
        }
        let cancelling = SiteURL.mergerPlanCancelling(PathSlot.plan)
        routes.post(cancelling, for: .officer(.administrator), rule: AdminServices.planRule, cancel)
    }

    // MARK: - Questions, preview, confirmation

    private func answer(_ scene: MergerScene, _ sent: FormFields, _ context: OfficerContext) async throws -> Response {
        var form = MergerForm(sent)
        guard let plan = form.plan(in: scene), sent["_act"] != "sua" else { return asked(scene, form, nil, context) }
        do {
            let isFinal = sent["_act"] != nil || sent["_version"] != nil
            guard isFinal else { return try await previewPage(scene, form, plan, nil, nil, context) }
            guard sent["confirmed"] == "yes" else {
                let words = "Đánh dấu vào ô để xác nhận"
                return try await previewPage(scene, form, plan, words, nil, context)
            }
            let planned = try await services.organisation.restructure(
                plan,
                seen: Int64(try sent.seenVersion()),
                by: context.actor.stamp
            )
            guard planned == nil else { return .seeOther(SiteURL.mergerPlans.path([("bao", "da-lap")])) }
            return .seeOther(SiteURL.agency(scene.resultAgency(of: plan).text).path([("bao", "da-sap-nhap")]))
        } catch OrganisationError.changedMeanwhile {
            let words = OrganisationError.changedMeanwhile.publicDetail
            return try await previewPage(scene, form, plan, nil, words, context)
        } catch let error as OrganisationError where error.status < 500 {
            return asked(scene, form, error, context)
        }
    }

    private func asked(
        _ scene: MergerScene,
        _ form: MergerForm,
        _ error: OrganisationError?,
        _ context: OfficerContext
    ) -> Response {
        var form = form
        var hindrance: String?
        if let error {
            if let field = error.field, MergerForm.names.contains(field) {
                form.errors[field] = error.publicDetail
            } else {
                hindrance = error.publicDetail
            }
        }
        let model = BodyFormPage.Model(
            bodyName: scene.name,
            heading: scene.isUnit ? "Sáp nhập hoặc đóng đơn vị" : "Sáp nhập hoặc đóng cơ quan",
            lede: "Trang sau liệt kê mọi việc sẽ xảy ra; chỉ khi xác nhận ở đó thì mới làm.",
            fields: form.parts(in: scene),
            hindrance: hindrance,
            buttonLabel: "Xem trước",
            action: scene.action,
            backHref: scene.backHref
        )
        let isWrong = !form.errors.isEmpty
        let status = error.map { HTTPResponse.Status(code: $0.status) } ?? (isWrong ? .unprocessableContent : .ok)
        return .page(
            BodyFormPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: status
        )
    }

    private func previewPage(
        _ scene: MergerScene,
        _ form: MergerForm,
        _ plan: Restructuring,
        _ error: String?,
        _ hindrance: String?,
        _ context: OfficerContext
    ) async throws -> Response {
        let preview = try await services.organisation.preview(plan)
        let snapshot = try await services.organisation.snapshot()
        let words = MergerWords(snapshot: snapshot)
        let model = MergerPage.Model(
            bodyName: scene.name,
            facts: words.facts(of: plan),
            inFlight: preview.inFlight.map { SummaryRow($0.label, String(grouped: $0.count)) },
            chapters: words.chapters(of: preview),
            isDue: preview.isDue,
            answers: form.answers,
            confirmation: FieldPart(
                "confirmed",
                "",
                error: error,
                .declaration("Tôi đã đọc danh sách trên và chắc chắn thực hiện", isTicked: false)
            ),
            hindrance: hindrance,
            action: scene.action,
            version: Int(preview.version),
            backHref: scene.backHref
        )
        let status: HTTPResponse.Status =
            error != nil ? .unprocessableContent : hindrance != nil ? .conflict : .ok
        return .page(
            MergerPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: status
        )
    }

    // MARK: - Plans

    private func cancel(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let id: PlannedRestructuring.ID = try context.pathID(PathSlot.plan)
        guard try await ownPlans(context).contains(where: { $0.id == id }) else { throw RequestError.notFound }
        do {
            try await services.organisation.cancelPlan(id, by: context.actor.stamp)
            return .seeOther(SiteURL.mergerPlans.path([("bao", "da-huy")]))
        } catch let error as OrganisationError where error.status < 500 {
            return try await plansPage(error, context)
        }
    }

    /// The plans whose bodies are all the administrator's.
    private func ownPlans(_ context: OfficerContext) async throws -> [PlannedRestructuring] {
        let snapshot = try await services.organisation.snapshot()
        return try await services.organisation.plans().filter { planned in
            let agencies =
                planned.plan.endingAgencies + planned.plan.endingUnits.compactMap { snapshot.unit($0)?.agency }
            return agencies.allSatisfy { snapshot.isAgency($0, atOrBelow: context.officer.agency) }
        }
    }

    private func plansPage(_ error: OrganisationError?, _ context: OfficerContext) async throws -> Response {
        let snapshot = try await services.organisation.snapshot()
        let words = MergerWords(snapshot: snapshot)
        let flashes = [
            "da-lap": "Đã ghi kế hoạch. Hệ thống tự làm vào đầu ngày hiệu lực.", "da-huy": "Đã hủy kế hoạch.",
        ]
        let model = PlansPage.Model(
            lines: try await ownPlans(context).map { planned in
                PlansPage.PlanLine(
                    title: words.title(of: planned.plan),
                    facts: words.facts(of: planned.plan) + [
                        SummaryRow(
                            "Người lập",
                            OfficerID(rawValue: planned.plannedBy).flatMap { snapshot.officer($0)?.fullName }
                        ),
                        SummaryRow("Lập lúc", planned.plannedAt.vietnamese),
                    ],
                    refusal: planned.refusal,
                    cancelAction: SiteURL.mergerPlanCancelling(planned.id.rawValue).path
                )
            },
            flash: context.query.text("bao").flatMap { flashes[$0] },
            hindrance: error?.publicDetail,
            backHref: SiteURL.agencies.path
        )
        let status = error.map { HTTPResponse.Status(code: $0.status) } ?? .ok
        return .page(
            PlansPage.html(model, in: context.frame(pageCode: "A-25", current: .administration)),
            status: status
        )
    }
}
