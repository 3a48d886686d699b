// SPDX-License-Identifier: Apache-2.0

/// What distinguishes one line of text from another.
private struct BoxKind {
    var type = "text"
    var width: FieldPart.BoxWidth = .full
    var inputMode: String?
    var autocomplete: String?
    var hasSpelling = true
}

extension Parts {
    /// The control alone, without label.
    static func control(_ part: FieldPart) -> HTML {
        switch part.control {
        case .text(let value, let width, let autocomplete):
            return box(part, value, BoxKind(width: width, autocomplete: autocomplete))
        case .longText(let value, let limit, let rows):
            return """
                <textarea id="\(part.id)" name="\(part.id)" rows="\(rows)" data-limit="\(limit)"\(described(part))>\
                \n\(value)</textarea>
                """
        case .number(let value, let unit):
            let kind = BoxKind(width: .number, inputMode: "decimal", hasSpelling: false)
            return """
                <span class="unit">\(box(part, value, kind))\(ifLet: unit, { "<span>\($0)</span>" })</span>
                """
        case .money(let value, let words):
            let kind = BoxKind(width: .half, inputMode: "numeric", hasSpelling: false)
            return """
                <span class="unit">\(box(part, value, kind))<span>đ</span></span>\
                \(ifLet: words, { "<p class=\"hint\">Bằng chữ: \($0)</p>" })
                """
        case .taxCode(let value):
            return box(part, value, BoxKind(width: .half, inputMode: "text", hasSpelling: false))
        case .nationalID(let value):
            return box(part, value, BoxKind(width: .half, inputMode: "numeric", hasSpelling: false))
        case .phone(let value):
            return box(part, value, BoxKind(type: "tel", width: .half, autocomplete: "tel", hasSpelling: false))
        case .email(let value):
            return box(part, value, BoxKind(type: "email", autocomplete: "email", hasSpelling: false))
        case .password(let autocomplete):
            return box(
                part,
                "",
                BoxKind(type: "password", width: .half, autocomplete: autocomplete, hasSpelling: false)
            )
        case .oneTimeCode(let value):
            let kind = BoxKind(
                width: .number,
                inputMode: "numeric",
                autocomplete: "one-time-code",
                hasSpelling: false
            )
            return box(part, value, kind)
        case .date(let date): return dateBoxes(part, date)
        case .radios(let choices, let chosen):
            return options(part, choices, type: "radio") { $0 == chosen }
        case .checkboxes(let choices, let chosen):
            return options(part, choices, type: "checkbox") { chosen.contains($0) }
        case .yesNo(let answer):
            let choices = [FieldPart.Choice("yes", "Có"), FieldPart.Choice("no", "Không")]
            return options(part, choices, type: "radio", isInline: true) { ($0 == "yes") == answer }
        case .select(let choices, let chosen):
            return select(id: part.id, choices, chosen: chosen, extra: described(part))
        case .address(let address): return addressBoxes(part, address)
        case .fields(let parts): return fields(parts)
        case .rows(let rows): return rowBoxes(part, rows)
        case .paper(let paper): return paperBox(part, paper)
        case .note, .declaration: return .empty
        }
    }

    private static func box(_ part: FieldPart, _ value: String, _ kind: BoxKind) -> HTML {
        """
        <input type="\(kind.type)" id="\(part.id)" name="\(part.id)"\(attribute: "value", value.isEmpty ? nil : value)\
        \(classes: "w-\(kind.width.rawValue)")\(attribute: "inputmode", kind.inputMode)\
        \(attribute: "autocomplete", kind.autocomplete ?? "off")\
        \(attribute: "spellcheck", kind.hasSpelling ? nil : "false")\(described(part))>
        """
    }

    private static func dateBoxes(_ part: FieldPart, _ date: FieldPart.TypedDate) -> HTML {
        let boxes = [("day", "Ngày", date.day), ("month", "Tháng", date.month), ("year", "Năm", date.year)]
        return """
            <div class="date">\(each: boxes, { name, label, value in
                """
                <div><label for="\(part.id).\(name)">\(label)</label><input type="text" id="\(part.id).\(name)" \
                name="\(part.id).\(name)"\(attribute: "value", value.isEmpty ? nil : value) inputmode="numeric" \
                class="\(name == "year" ? "w-y" : "w-d")" \
                autocomplete="\(date.isOwnBirthDate ? "bday-\(name)" : "off")"\
                \(attribute: "aria-invalid", part.error == nil ? nil : "true")></div>
                """
            })</div>
            """
    }

    private static func options(
        _ part: FieldPart,
        _ choices: [FieldPart.Choice],
        type: String,
        isInline: Bool = false,
        isChosen: (String) -> Bool
    ) -> HTML {
        """
        \(if: part.sendsNoTicks, "<input type=\"hidden\" name=\"\(part.id)\" value=\"\">")\
        <div\(classes: "opts", isInline ? "opts-row" : nil)>\(each: choices.enumerated(), { index, choice in
            let id = "\(part.id)-\(index + 1)"
            let hint: HTML = "\(ifLet: choice.hint, { "<small class=\"hint\" id=\"\(id)-h\">\($0)</small>" })"
            return """
                <div class="opt"><input type="\(type)" id="\(id)" name="\(part.id)" value="\(choice.value)"\
                \(flag: "checked", isChosen(choice.value))\
                \(attribute: "aria-describedby", choice.hint == nil ? nil : "\(id)-h")>\
                <label for="\(id)">\(choice.label)</label>\(hint)</div>
                """
        })</div>
        """
    }

    /// A list to choose from, with an empty first entry.
    public static func select(id: String, _ choices: [FieldPart.Choice], chosen: String?, extra: HTML = .empty) -> HTML
    {
        """
        <select id="\(id)" name="\(id)"\(extra)><option value="">Chọn</option>\
        \(each: choices, {
            "<option value=\"\($0.value)\"\(flag: "selected", $0.value == chosen)>\($0.label)</option>"
        })</select>
        """
    }

    /// The hidden box counts the rows: one that was added and not filled in is there.
    private static func rowBoxes(_ part: FieldPart, _ rows: FieldPart.Rows) -> HTML {
        """
        <input type="hidden" name="\(part.id).rows" value="\(rows.rows.count)">\
        \(each: rows.rows.enumerated(), { index, row in
            """
            <fieldset class="row" id="\(part.id).\(index + 1)"><legend>\(row.title)</legend>
            \(fields(row.fields))\
            \(if: rows.canRemove, button("Bỏ", name: "_act", value: "bo:\(part.id):\(index + 1)", style: .link,
                spoken: row.title))</fieldset>

            """
        })\
        <p id="\(part.id)" tabindex="-1">\(if: rows.canAdd, button("Thêm \(rows.noun)", name: "_act",
            value: "them:\(part.id)", style: .secondary), else: """
            <span class="hint">Đã đủ \(rows.rows.count) \(rows.noun), nhiều nhất có thể khai ở đây.</span>
            """)</p>
        """
    }

    private static func addressBoxes(_ part: FieldPart, _ address: FieldPart.TypedAddress) -> HTML {
        let invalid: HTML = "\(attribute: "aria-invalid", part.error == nil ? nil : "true")"
        let hasOneProvince = address.provinces.count == 1
        return """
            <div class="address">\
            \(if: hasOneProvince, """
                <p class="hint">\(address.provinces.first?.label)<input type="hidden" name="\(part.id).province" \
                value="\(address.provinces.first?.value)"></p>
                """)\
            \(if: !hasOneProvince, """
                <div><label for="\(part.id).province">Tỉnh, thành phố</label>\
                <span class="unit">\(select(id: "\(part.id).province", address.provinces, chosen: address.province,
                    extra: invalid))\
                \(button("Chọn tỉnh này", name: "_act", value: "province:\(part.id)", style: .secondary))</span></div>
                """)\
            <div><label for="\(part.id).commune">\(address.communeLabel)</label>\
            \(select(id: "\(part.id).commune", address.communes, chosen: address.commune, extra: invalid))</div>
            <div><label for="\(part.id).street">\(address.streetLabel)</label><input type="text" id="\(part.id).street" \
            name="\(part.id).street" value="\(address.street)" class="w-full" autocomplete="off"></div></div>
            """
    }
}
