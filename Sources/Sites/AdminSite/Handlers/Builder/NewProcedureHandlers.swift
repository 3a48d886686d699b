// SPDX-License-Identifier: Apache-2.0

import Catalogue
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Markup
import Organisation
import Site
import Web

/// A new procedure: one page asks for what makes it different, the skeleton has the rest.
struct NewProcedureHandlers: Sendable {
    let desk: BuilderDesk

    func add(to routes: SiteRoutes) {
        routes.get(.newProcedure, for: .officer(.administrator), rule: BuilderDesk.rule) { _, context in
            try desk.permit(context)
            return page(NewProcedureForm(nil, on: context.now.date), context)
        }
        routes.post(.newProcedure, for: .officer(.administrator), rule: BuilderDesk.rule, begin)
    }

    private func begin(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        try desk.permit(context)
        var asked = NewProcedureForm(form, on: context.now.date)
        guard asked.errors.isEmpty else { return page(asked, context) }
        do {
            let start: DraftStart = asked.model.isEmpty ? .empty(name: asked.name) : .copy(of: asked.model)
            let draft = try await desk.services.catalogue.begin(asked.code, from: start, by: context.actor)
            if asked.model.isEmpty {
                try await desk.services.catalogue.save(
                    PackStarter.source(asked.facts),
                    as: asked.code,
                    expecting: draft.version,
                    by: context.actor
                )
            }
            return .seeOther(SiteURL.managedProcedure(asked.code).path)
        } catch let error as CatalogueError where error.status < 500 && error.status != 403 {
            switch error {
            case .unknownProcedure: asked.errors["copy"] = "Không có thủ tục đã xuất bản nào mang mã này"
            case .textTooLong, .textMissing: asked.errors["name"] = error.publicDetail
            default: asked.errors["code"] = error.publicDetail
            }
            return page(asked, context)
        }
    }

    private func page(_ form: NewProcedureForm, _ context: OfficerContext) -> Response {
        let model = BodyFormPage.Model(
            bodyName: "Thủ tục",
            heading: "Tạo thủ tục mới",
            lede: "Bản nháp có sẵn trang “Người nộp hồ sơ”, thông báo và mẫu kết quả; mọi câu dưới đây sửa lại được. "
                + "Chỉ quản trị thấy cho tới khi xuất bản.",
            fields: form.fields,
            buttonLabel: "Tạo bản nháp",
            action: SiteURL.newProcedure.path,
            backHref: SiteURL.managedProcedures.path,
            leaveLabel: "Bỏ"
        )
        let frame = context.frame(pageCode: "A-24", current: .administration)
        return .page(BodyFormPage.html(model, in: frame), status: form.errors.isEmpty ? .ok : .unprocessableContent)
    }
}

/// What the page of a new procedure asks, as it was typed, and what is wrong with it.
struct NewProcedureForm {
    let code: String
    let name: String
    /// The code of the procedure that is copied; empty for none.
    let model: String
    private(set) var facts: PackStarter.Facts
    var errors: [String: String] = [:]
    private let typed: [String: String]

    private static let names = [
        "code", "name", "sector", "limit", "chain", "feeKind", "feeName", "feeAmount", "law", "lines", "copy",
    ]

    /// Nil for the page as it is opened first.
    init(_ form: FormFields?, on day: LocalDate) {
        let first = ["limit": "5", "chain": StepChain.three.rawValue, "feeKind": ""]
        var typed: [String: String] = [:]
        for name in Self.names { typed[name] = form.map { $0[name] ?? "" } ?? first[name] ?? "" }
        self.typed = typed
        func text(_ key: String) -> String { VietnameseText.tidy(typed[key] ?? "") }
        (code, name, model) = (text("code"), text("name"), text("copy"))
        facts = PackStarter.Facts(code: code, name: name, sectorName: text("sector"), day: day)
        guard form != nil else { return }
        if code.isEmpty { errors["code"] = "Nhập mã thủ tục" }
        guard model.isEmpty else {
            let others = ["feeKind", "feeName", "feeAmount", "law", "lines"].contains { !text($0).isEmpty }
            if others {
                errors["copy"] =
                    "Chép từ thủ tục khác thì bỏ trống khoản thu, căn cứ và các trường; sửa chúng ở bản nháp"
            }
            return
        }
        if name.isEmpty { errors["name"] = "Nhập tên thủ tục" }
        if text("sector").isEmpty { errors["sector"] = "Nhập lĩnh vực" }
        if text("sector").count > 100 { errors["sector"] = "Lĩnh vực không quá 100 ký tự" }
        readPlan(text)
        readFee(text)
        let lines = FieldLines(
            typed["lines"] ?? "",
            besides: ["requesterName", "requesterNationalID", "requesterPhone"]
        )
        if !lines.problems.isEmpty { errors["lines"] = lines.problems.joined(separator: ". ") }
        facts.fields = lines.fields
    }

    private mutating func readPlan(_ text: (String) -> String) {
        if let days = Int(text("limit")), (1...365).contains(days) {
            facts.limitDays = days
        } else {
            errors["limit"] = "Thời hạn phải là số ngày từ 1 đến 365"
        }
        facts.chain = StepChain(rawValue: text("chain")) ?? .three
        let law = text("law")
        if law.count > 300 { errors["law"] = "Tên văn bản không quá 300 ký tự" }
        facts.law = law.isEmpty ? nil : law
    }

    private mutating func readFee(_ text: (String) -> String) {
        let (name, digits) = (text("feeName"), text("feeAmount").filter { !" .\u{A0}".contains($0) })
        guard let kind = FeeKind(rawValue: text("feeKind")) else {
            if !name.isEmpty || !digits.isEmpty { errors["feeKind"] = "Chọn phí hay lệ phí" }
            return
        }
        if name.isEmpty { errors["feeName"] = "Nhập tên khoản thu theo văn bản" }
        if name.count > 300 { errors["feeName"] = "Tên khoản thu không quá 300 ký tự" }
        guard let amount = Int64(digits), (1...1_000_000_000_000).contains(amount) else {
            errors["feeAmount"] = "Mức thu phải là số tiền bằng đồng, ví dụ 20.000"
            return
        }
        facts.fee = PackStarter.Fee(kind, name, VND(amount))
    }

    // MARK: - As it is drawn

    var fields: [FieldPart] {
        [
            line("code", "Mã thủ tục", "Mã quốc gia, ví dụ 1.001193", .half),
            line("name", "Tên thủ tục", "Đúng như văn bản công bố", .full),
            line("sector", "Lĩnh vực", "Ví dụ Hộ tịch", .half),
            part("limit", "Thời hạn giải quyết", nil, .number(typed["limit"] ?? "", unit: "ngày làm việc")),
            part(
                "chain",
                "Các bước",
                nil,
                .radios(StepChain.allCases.map { .init($0.rawValue, $0.vietnamese) }, chosen: typed["chain"])
            ),
            part(
                "feeKind",
                "Khoản thu",
                nil,
                .radios(
                    [
                        .init("", "Không thu"), .init(FeeKind.charge.rawValue, "Lệ phí"),
                        .init(FeeKind.fee.rawValue, "Phí"),
                    ],
                    chosen: typed["feeKind"]
                )
            ),
            line("feeName", "Tên khoản thu", "Như văn bản thu", .full, isOptional: true),
            part("feeAmount", "Mức thu", nil, isOptional: true, .money(typed["feeAmount"] ?? "", words: nil)),
            line("law", "Văn bản quy định thủ tục", "Tên văn bản; chưa biết thì bỏ trống", .full, isOptional: true),
            part(
                "lines",
                "Các trường của tờ khai, mỗi dòng một trường",
                FieldLines.help,
                isOptional: true,
                .longText(typed["lines"] ?? "", limitCharacters: 20_000, rows: 8)
            ),
            line(
                "copy",
                "Hoặc chép từ thủ tục có mã",
                "Chép tờ khai, giấy tờ, phí và các bước; khi đó chỉ cần mã thủ tục ở trên",
                .half,
                isOptional: true
            ),
        ]
    }

    private func part(
        _ name: String,
        _ label: String,
        _ hint: String?,
        isOptional: Bool = false,
        _ control: FieldPart.Control
    ) -> FieldPart {
        FieldPart(name, label, hint: hint, error: errors[name], isOptional: isOptional, control)
    }

    private func line(
        _ name: String,
        _ label: String,
        _ hint: String?,
        _ width: FieldPart.BoxWidth,
        isOptional: Bool = false
    ) -> FieldPart {
        part(name, label, hint, isOptional: isOptional, .text(typed[name] ?? "", width: width))
    }
}
