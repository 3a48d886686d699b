// SPDX-License-Identifier: Apache-2.0

extension Parts {
    /// What is wrong, above the heading; takes the focus when the page loads. Nothing for an empty list.
    public static func errorSummary(_ errors: [FieldError]) -> HTML {
        guard !errors.isEmpty else { return .empty }
        return """
            <div class="es" role="alert" tabindex="-1" aria-labelledby="loi"><h2 id="loi">Có thông tin cần sửa</h2>
            <ul>\(each: errors, { "<li><a href=\"#\($0.controlID)\">\($0.text)</a></li>" })</ul></div>
            """
    }

    /// A list of questions.
    public static func fields(_ parts: [FieldPart]) -> HTML {
        "\(each: parts, field)"
    }

    /// One question: label, hint, error, control.
    public static func field(_ part: FieldPart) -> HTML {
        switch part.control {
        case .note(let content):
            return "<div class=\"inset\">\(content)</div>\n"
        case .declaration(let text, let isTicked):
            return declaration(part, text, isTicked: isTicked)
        case .fields, .rows, .paper: return fieldset(part)
        case .date, .radios, .checkboxes, .yesNo, .address:
            return part.lockedSource == nil ? fieldset(part) : locked(part)
        default:
            return part.lockedSource == nil ? labelled(part) : locked(part)
        }
    }

    // MARK: - The frame of a question

    private static func labelled(_ part: FieldPart) -> HTML {
        let label: HTML = "<label for=\"\(part.id)\">\(part.label)\(optionalMark(part))</label>"
        return """
            <div\(classes: "f", part.error == nil ? nil : "f-err")>\
            \(if: part.isHeading, "<h1 class=\"q\">\(label)</h1>", else: label)\
            \(hint(part))\(error(part))
            \(control(part))</div>

            """
    }

    private static func fieldset(_ part: FieldPart) -> HTML {
        let legend: HTML = "\(part.label)\(optionalMark(part))"
        return """
            <fieldset\(classes: "f", part.error == nil ? nil : "f-err")\(attribute: "aria-describedby", describedBy(part))>\
            <legend>\(if: part.isHeading, "<h1 class=\"q\">\(legend)</h1>", else: legend)</legend>\
            \(hint(part))\(error(part))
            \(control(part))</fieldset>

            """
    }

    private static func declaration(_ part: FieldPart, _ text: String, isTicked: Bool) -> HTML {
        """
        <div\(classes: "f", part.error == nil ? nil : "f-err")>\
        \(if: !part.label.isEmpty, "<h2 class=\"q\">\(part.label)</h2>")\(hint(part))\(error(part))
        <div class="opt"><input type="checkbox" id="\(part.id)" name="\(part.id)" value="yes"\(flag: "checked", isTicked)\
        \(described(part))><label for="\(part.id)">\(text)</label></div></div>

        """
    }

    /// A locked answer stays readable for everyone: a read-only box, never a disabled one.
    private static func locked(_ part: FieldPart) -> HTML {
        let answer = plainAnswer(part)
        // A long answer, such as an address, is shown whole: about 30 letters fit a phone's width.
        let box: HTML =
            answer.count > 30
            ? "<textarea id=\"\(part.id)\" rows=\"2\" readonly aria-describedby=\"\(part.id)-nguon\">\n\(answer)</textarea>"
            : "<input type=\"text\" id=\"\(part.id)\" value=\"\(answer)\" readonly aria-describedby=\"\(part.id)-nguon\">"
        return """
            <div class="f locked"><label for="\(part.id)">\(part.label)</label>\
            <p class="hint" id="\(part.id)-nguon">\(icon(.lock))\(part.lockedSource)</p>
            \(box)</div>

            """
    }

    private static func plainAnswer(_ part: FieldPart) -> String {
        switch part.control {
        case .text(let value, _, _), .longText(let value, _, _), .nationalID(let value), .phone(let value),
            .email(let value), .oneTimeCode(let value):
            value
        case .money(let value, _): "\(value) đ"
        case .taxCode(let value): value
        case .number(let value, let unit): unit.map { "\(value) \($0)" } ?? value
        case .date(let date): "\(date.day)/\(date.month)/\(date.year)"
        case .radios(let choices, let chosen), .select(let choices, let chosen):
            choices.first { $0.value == chosen }?.label ?? ""
        case .checkboxes(let choices, let chosen):
            choices.filter { chosen.contains($0.value) }.map(\.label).joined(separator: ", ")
        case .yesNo(let answer): answer.map { $0 ? "Có" : "Không" } ?? ""
        case .address(let address): plainAddress(address)
        case .password, .note, .declaration, .fields, .rows, .paper: ""
        }
    }

    private static func plainAddress(_ address: FieldPart.TypedAddress) -> String {
        let commune = address.communes.first { $0.value == address.commune }?.label
        let province = address.provinces.first { $0.value == address.province }?.label
        return [address.street, commune, province].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func optionalMark(_ part: FieldPart) -> HTML {
        // "(nếu có)" in the label says it already.
        "\(if: part.isOptional && !part.label.contains("(nếu "), " <span class=\"opt-mark\">(không bắt buộc)</span>")"
    }

    private static func hint(_ part: FieldPart) -> HTML {
        "\(ifLet: part.hint, { "<p class=\"hint\" id=\"\(part.id)-goi-y\">\($0)</p>" })"
    }

    private static func error(_ part: FieldPart) -> HTML {
        "\(ifLet: part.error, { "<p class=\"err\" id=\"\(part.id)-loi\">Lỗi: \($0)</p>" })"
    }

    static func describedBy(_ part: FieldPart) -> String? {
        let ids = [part.hint.map { _ in "\(part.id)-goi-y" }, part.error.map { _ in "\(part.id)-loi" }]
        let kept = ids.compactMap { $0 }
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    /// ` aria-describedby` and ` aria-invalid` of a single control.
    static func described(_ part: FieldPart) -> HTML {
        """
        \(attribute: "aria-describedby", describedBy(part))\
        \(attribute: "aria-invalid", part.error == nil ? nil : "true")
        """
    }
}
