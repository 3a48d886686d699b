// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    /// Refuses what is asked, shown or owed in a case that nobody can be in.
    func checkCases() {
        let cases = PossibleCases(pack)
        func check(_ what: String, _ condition: Condition?, of field: FormField? = nil, at place: SourcePlace) {
            guard condition != nil || field != nil, !cases.canHold([condition], of: field) else { return }
            out.error(
                .neverHolds,
                at: place,
                "\(what): điều kiện không bao giờ xảy ra.",
                remedy: "Xem các điều kiện mâu thuẫn với nhau ở đâu; sửa điều kiện, hoặc bỏ phần này."
            )
        }
        for page in pack.form?.pages ?? [] {
            check("Trang “\(page.title)”", page.visibleWhen, at: page.place)
            // Its fields would only repeat it.
            guard cases.canHold([page.visibleWhen]) else { continue }
            for field in page.fields {
                check("Trường “\(field.id)”", nil, of: field, at: field.place)
                guard let required = field.required.condition, cases.canHold([], of: field) else { continue }
                check("Trường “\(field.id)” bắt buộc khi", required, of: field, at: field.place)
            }
        }
        for component in pack.components {
            check("Giấy tờ “\(component.name)”", component.visibleWhen, at: component.place)
            check("Giấy tờ “\(component.name)” bắt buộc khi", component.required.condition, at: component.place)
        }
        for variant in pack.variants { check("Trường hợp “\(variant.name)”", variant.own, at: variant.place) }
        for item in pack.fees.items {
            check("Khoản thu “\(item.name)”", item.owedWhen, at: item.place)
            for rule in item.rules { check("Mức thu của “\(item.name)”", rule.when, at: rule.place) }
            for exemption in item.exemptions {
                check("Miễn giảm “\(exemption.name)”", exemption.when, at: exemption.place)
            }
        }
    }

    // MARK: - What the state already holds

    /// Warns of questions and papers whose answers stand in the state's registers: who has signed in with her identity
    /// has told her name, number and day of birth; papers of residence and identity are looked up (Luật Căn cước 2023;
    /// NĐ 104/2022/NĐ-CP took the paper household book out of all procedures).
    func checkHeldData() {
        let fields = pack.form?.fields ?? []
        let taken = Set(fields.compactMap { $0.prefill?.source })
        for fact in HeldFact.all where taken.isDisjoint(with: [fact.claim, .person]) {
            guard let field = fields.first(where: fact.asks) else { continue }
            out.warning(
                .alreadyHeld,
                at: field.place,
                "Trường “\(field.id)” hỏi \(fact.what), điều đã biết khi người nộp đăng nhập bằng tài khoản định danh.",
                remedy: "Thêm prefill: { from: \(fact.claim.rawValue), locked: yes } vào trường của người nộp."
            )
        }
        for component in pack.components {
            let name = VietnameseText.fold(component.name)
            guard let held = HeldFact.papers.first(where: { name.contains($0.folded) }) else { continue }
            out.warning(
                .alreadyHeld,
                at: component.place,
                "Giấy tờ “\(component.name)”: \(held.what) đã có trong cơ sở dữ liệu quốc gia về dân cư.",
                remedy: "Bỏ giấy tờ này; tra cứu theo số định danh cá nhân."
            )
        }
    }
}

/// Something that the state knows of who has signed in.
private struct HeldFact {
    let claim: ClaimKind
    let what: String
    let types: Set<FieldType>
    /// How the label of the question begins, folded; any label where it is empty.
    let beginnings: [String]

    func asks(_ field: FormField) -> Bool {
        guard types.contains(field.type) else { return false }
        let label = VietnameseText.fold(field.label)
        return beginnings.isEmpty || beginnings.contains { label.hasPrefix($0) }
    }

    static let all = [
        HeldFact(claim: .nationalID, what: "số định danh cá nhân", types: [.nationalID], beginnings: []),
        HeldFact(claim: .fullName, what: "họ và tên", types: [.text], beginnings: ["ho va ten", "ho, chu dem, ten"]),
        HeldFact(
            claim: .birthDate,
            what: "ngày sinh",
            types: [.date],
            beginnings: ["ngay sinh", "ngay, thang, nam sinh"]
        ),
    ]

    /// Names of papers, folded.
    static let papers = [
        (folded: "so ho khau", what: "nơi cư trú"), (folded: "so tam tru", what: "nơi cư trú"),
        (folded: "chung minh nhan dan", what: "thông tin căn cước"),
        (folded: "the can cuoc", what: "thông tin căn cước"),
        (folded: "can cuoc cong dan", what: "thông tin căn cước"),
    ]
}
