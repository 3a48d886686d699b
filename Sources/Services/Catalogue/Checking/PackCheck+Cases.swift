// SPDX-License-Identifier: Apache-2.0

import Kernel

extension PackCheck {
    /// Refuses what is asked, shown or owed in a case that nobody can be in.
    func checkCases() {
        let cases = PossibleCases(pack)
        checkFormCases(cases)
        for component in pack.components {
            let (name, place) = ("Giấy tờ “\(component.name)”", component.place)
            guard held(name, [component.visibleWhen], at: place, in: cases) else { continue }
            guard let required = component.required.condition else { continue }
            held("\(name) bắt buộc khi", [component.visibleWhen, required], at: place, in: cases)
        }
        for variant in pack.variants {
            guard held("Trường hợp “\(variant.name)”", [variant.own], at: variant.place, in: cases),
                !cases.canHold([variant.applies], .submitted)
            else { continue }
            out.error(
                .neverHolds,
                at: variant.place,
                "Trường hợp “\(variant.name)”: mọi hồ sơ của nó đã thuộc một trường hợp đứng trước.",
                remedy: "Đưa trường hợp hẹp hơn lên trước, hoặc thu hẹp when của trường hợp đứng trước."
            )
        }
        for item in pack.fees.items {
            guard held("Khoản thu “\(item.name)”", [item.owedWhen], at: item.place, in: cases) else { continue }
            checkRows(of: item, in: cases)
            for exemption in item.exemptions {
                let what = "Miễn giảm “\(exemption.name)”"
                held(what, [item.owedWhen, exemption.when], at: exemption.place, in: cases)
            }
        }
        tellUntried(cases)
    }

    /// A question with more cases than are tried is left open, and that is said.
    func tellUntried(_ cases: PossibleCases) {
        guard cases.gaveUp else { return }
        out.warning(
            .tooManyCases,
            at: pack.place(of: "form"),
            "Các điều kiện của gói có quá nhiều trường hợp để thử hết: có điều kiện chưa được xét.",
            remedy: "Chia gói nhỏ hơn, hoặc để mỗi điều kiện nhìn vào ít trường hơn."
        )
    }

    private func checkFormCases(_ cases: PossibleCases) {
        for page in pack.form?.pages ?? [] {
            // Its fields would only repeat it.
            guard held("Trang “\(page.title)”", [page.visibleWhen], .filling, at: page.place, in: cases) else {
                continue
            }
            for field in page.fields {
                let name = "Trường “\(field.id)”"
                guard held(name, [], of: field, .filling, at: field.place, in: cases) else { continue }
                guard let required = field.required.condition else { continue }
                held("\(name) bắt buộc khi", [required], of: field, .filling, at: field.place, in: cases)
            }
        }
    }

    /// Whether somebody can be in this case; told where nobody can.
    @discardableResult
    private func held(
        _ what: String,
        _ conditions: [Condition?],
        of field: FormField? = nil,
        _ stage: PossibleCases.Stage = .submitted,
        at place: SourcePlace,
        in cases: PossibleCases
    ) -> Bool {
        guard !cases.canHold(conditions, of: field, stage) else { return true }
        out.error(
            .neverHolds,
            at: place,
            "\(what): điều kiện không bao giờ xảy ra.",
            remedy: "Xem các điều kiện mâu thuẫn với nhau ở đâu; sửa điều kiện, hoặc bỏ phần này."
        )
        return false
    }

    /// A row of a tariff is for somebody whom no row before it takes.
    private func checkRows(of item: FeeItem, in cases: PossibleCases) {
        guard item.rules.contains(where: { $0.when != nil }) else { return }
        let days = tariffDays(item)
        for (index, rule) in item.rules.enumerated() {
            guard let when = rule.when else { continue }
            let case_ = [item.owedWhen, when, .channel(rule.channels)]
            guard held("Mức thu của “\(item.name)”", case_, at: rule.place, in: cases) else { continue }
            var tried: Set<[Int]> = []
            let isReached = days.filter(rule.isInForce).contains { day in
                rule.channels.intersection(pack.channels).contains { channel in
                    let before = item.rules[..<index].indices.filter {
                        item.rules[$0].isInForce(on: day) && item.rules[$0].channels.contains(channel)
                    }
                    // The same rows for another channel may be told apart by it: each channel is tried.
                    guard tried.insert([Channel.allCases.firstIndex(of: channel) ?? 0] + before).inserted else {
                        return false
                    }
                    let others = before.compactMap { item.rules[$0].when }.map { Condition.not($0) }
                    return cases.canHold([item.owedWhen, when, .channel([channel])] + others, .submitted)
                }
            }
            guard !isReached else { continue }
            out.error(
                .feeNeverReached,
                at: rule.place,
                "Dòng biểu thu này không bao giờ dùng tới: mọi trường hợp của nó đã thuộc các dòng đứng trước.",
                remedy: "Đưa dòng hẹp hơn lên trước, sửa when, hoặc bỏ dòng này."
            )
        }
    }

    // MARK: - What the state already holds

    /// Warns of questions and papers whose answers stand in the state's registers: who has signed in with her identity
    /// has told her name, number and day of birth; papers of residence and identity are looked up (Luật Căn cước 2023;
    /// NĐ 104/2022/NĐ-CP took the paper household book out of all procedures).
    func checkHeldData() {
        let fields = pack.form?.fields ?? []
        let taken = Set(fields.compactMap { $0.prefill?.source })
        for fact in HeldFact.all where taken.isDisjoint(with: fact.toldBy) {
            guard let field = fields.first(where: fact.asks) else { continue }
            out.warning(
                .alreadyHeld,
                at: field.place,
                "Trường “\(field.id)” hỏi \(fact.what), điều đã biết khi người nộp đăng nhập bằng tài khoản định danh.",
                remedy: "Thêm prefill: { from: \(fact.claim.rawValue), locked: \(fact.mayChange ? "no" : "yes") } "
                    + "vào trường của người nộp."
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

    /// The claims of which one, taken anywhere in the form, shows that the state is asked before the person.
    var toldBy: Set<ClaimKind> {
        switch claim {
        case .address, .phone, .email: [claim]
        case .person: [.person, .fullName, .nationalID]
        case .fullName, .nationalID, .birthDate, .sex: [claim, .person]
        }
    }

    /// Whether a person may have another one by now than the state knows of.
    var mayChange: Bool { claim == .phone || claim == .address }

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
        HeldFact(
            claim: .person,
            what: "họ tên, số định danh, ngày sinh",
            types: [.person],
            beginnings: [
                "nguoi yeu cau", "nguoi de nghi", "nguoi nop", "nguoi khai", "nguoi dang ky", "nguoi lam don",
                "nguoi xin", "chu ho so", "ca nhan de nghi", "ong/ba", "ong (ba)",
            ]
        ),
        HeldFact(
            claim: .address,
            what: "nơi cư trú",
            types: [.text, .address, .unitAddress],
            beginnings: [
                "noi cu tru", "noi thuong tru", "noi tam tru", "noi o hien", "cho o hien", "dia chi cu tru",
                "dia chi thuong tru", "dia chi noi cu tru",
            ]
        ),
        HeldFact(claim: .phone, what: "số điện thoại", types: [.phone], beginnings: []),
    ]

    /// Names of papers, folded.
    static let papers = [
        (folded: "so ho khau", what: "nơi cư trú"), (folded: "so tam tru", what: "nơi cư trú"),
        (folded: "chung minh nhan dan", what: "thông tin căn cước"),
        (folded: "the can cuoc", what: "thông tin căn cước"),
        (folded: "can cuoc cong dan", what: "thông tin căn cước"),
    ]
}
