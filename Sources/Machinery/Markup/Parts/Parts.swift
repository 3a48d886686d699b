// SPDX-License-Identifier: Apache-2.0

/// The parts from which pages are put together.
public enum Parts {}

/// What a part says by its colour, always beside words.
public enum PartTone: String, Sendable {
    case neutral
    case info
    case ok
    case warn
    case bad

    var icon: Icon {
        switch self {
        case .neutral, .info: .info
        case .ok: .check
        case .warn, .bad: .warning
        }
    }

    /// The word that says the tone to those who do not see the colour.
    var spoken: String {
        switch self {
        case .neutral, .info: "Thông tin"
        case .ok: "Đã xong"
        case .warn: "Cần chú ý"
        case .bad: "Có lỗi"
        }
    }
}

/// How a button looks; one primary button a page.
public enum ButtonStyle: String, Sendable {
    case primary = "btn"
    case secondary = "btn btn-2"
    /// For an act that cannot be taken back, on its own confirmation page.
    case destructive = "btn btn-bad"
    /// A button that looks like a link.
    case link
}

extension Parts {
    /// A button of a form; it says the act.
    ///
    /// - Parameters:
    ///   - label: The act, such as "Nộp hồ sơ".
    ///   - name: The name under which `value` is sent; nil for the one button of a form.
    ///   - value: What is sent, such as the act's code.
    ///   - style: One primary button a page.
    ///   - form: The id of the form to which it belongs, when it stands outside.
    ///   - icon: A drawing before the word.
    ///   - spoken: Words for those who do not see where the button stands.
    /// - Returns: The button.
    public static func button(
        _ label: String,
        name: String? = nil,
        value: String? = nil,
        style: ButtonStyle = .primary,
        form: String? = nil,
        icon: Icon? = nil,
        spoken: String? = nil
    ) -> HTML {
        """
        <button class="\(style.rawValue)"\(attribute: "name", name)\(attribute: "value", value)\
        \(attribute: "form", form)>\(ifLet: icon, { Parts.icon($0) })\(label)\
        \(ifLet: spoken, { "<span class=\"vh\"> \($0)</span>" })</button>
        """
    }

    /// What the Enter key presses in a form whose first visible button does something else: nobody sees or reaches it.
    public static func defaultButton(name: String, value: String) -> HTML {
        "<button name=\"\(name)\" value=\"\(value)\" hidden>Tiếp tục</button>"
    }

    /// A link that looks like a button, for the one next step that is a page and not a form.
    public static func linkButton(
        _ label: String,
        href: String,
        style: ButtonStyle = .primary,
        icon: Icon? = nil
    ) -> HTML {
        "<a class=\"\(style.rawValue)\"\(href: href)>\(ifLet: icon, { Parts.icon($0) })\(label)</a>"
    }

    /// A link with a drawing before it.
    public static func iconLink(_ label: String, href: String, icon: Icon, spoken: String? = nil) -> HTML {
        """
        <a class="ilink"\(href: href)>\(Parts.icon(icon))<span>\(label)\
        \(ifLet: spoken, { "<span class=\"vh\"> \($0)</span>" })</span></a>
        """
    }

    /// A link that saves a file.
    public static func download(_ label: String, href: String, detail: String? = nil) -> HTML {
        """
        <a class="ilink"\(href: href) download>\(Parts.icon(.download))<span>\(label)\
        \(ifLet: detail, { " <small>(\($0))</small>" })</span></a>
        """
    }

    /// A row of buttons; the primary one first.
    public static func actions(_ buttons: HTML...) -> HTML {
        "<div class=\"actions np\">\(HTML.joined(buttons))</div>"
    }

    /// A word of status. Not drawn like a button, since people press what looks like one.
    public static func tag(_ text: String, _ tone: PartTone = .neutral) -> HTML {
        "<strong class=\"tag \(tone.rawValue)\">\(text)</strong>"
    }

    /// A message inside a page: what happened, or what to know before going on.
    public static func notice(_ tone: PartTone, title: String? = nil, _ content: HTML) -> HTML {
        """
        <div class="notice \(tone.rawValue)"\(attribute: "role", tone == .ok || tone == .bad ? "status" : nil)>\
        \(Parts.icon(tone.icon))<div><span class="vh">\(tone.spoken): </span>\
        \(ifLet: title, { "<p class=\"notice-title\">\($0)</p>" })\(content)</div></div>
        """
    }

    /// The green panel of a finished act, with the page's heading. No links inside.
    public static func panel(_ heading: String, _ content: HTML) -> HTML {
        """
        <div class="panel">\(Parts.archDrawing)<div><h1>\(heading)</h1>
        \(content)</div></div>
        """
    }

    /// Something that opens on demand; opened on the print form.
    public static func details(_ summary: String, isOpen: Bool = false, _ content: HTML) -> HTML {
        """
        <details\(flag: "open", isOpen)><summary>\(summary)</summary><div class="details-body">\(content)</div></details>
        """
    }

    /// A code that is read aloud, copied and printed: a dossier's code, a pay reference.
    public static func copyableCode(_ code: String, label: String) -> HTML {
        """
        <span class="code"><span class="num" data-copy-source>\(code)</span>\
        <button type="button" class="copy np" data-copy hidden>\(Parts.icon(.copy))<span data-copy-word>Chép</span>\
        <span class="vh"> \(label)</span></button></span>
        """
    }

    /// Where the next page of a list begins, and the way back to its beginning.
    ///
    /// - Parameters:
    ///   - shown: What is shown, such as "50 hồ sơ đầu".
    ///   - firstHref: The first page; nil when this is it.
    ///   - nextHref: The next page; nil when this is the last.
    /// - Returns: The bar under the list.
    public static func pagination(shown: String, firstHref: String?, nextHref: String?) -> HTML {
        """
        <nav class="pager np" aria-label="Trang của danh sách"><p>\(shown)</p><p>\
        \(ifLet: firstHref, { "<a class=\"btn btn-2\"\(href: $0)>Về đầu danh sách</a>" })\
        \(ifLet: nextHref, { "<a class=\"btn btn-2\" rel=\"next\"\(href: $0)>Trang sau</a>" })</p></nav>
        """
    }

    /// A small heading with a count, such as the groups of an account.
    public static func countedHeading(_ text: String, id: String, count: Int) -> HTML {
        "<h2 id=\"\(id)\">\(text) <span class=\"count\">\(count)</span></h2>"
    }
}
