// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Markup
public import Web

/// A chosen text size or theme, kept in cookies that say nothing about the person.
struct DisplayChoice {
    private static let yearSeconds = 365 * 86_400

    private let size: TextSize?
    private let theme: Theme?

    init(size: String?, theme: String?) {
        self.size = size.flatMap { TextSize(rawValue: $0) }
        self.theme = theme.flatMap { Theme(rawValue: $0) }
    }

    /// The buttons of a form page.
    init(_ form: FormFields) { self.init(size: form["_size"], theme: form["_theme"]) }

    func apply(to response: Response, _ settings: SiteSettings) -> Response {
        var response = response
        for (name, value) in [(Visitors.sizeCookie, size?.rawValue), (Visitors.themeCookie, theme?.rawValue)] {
            guard let value else { continue }
            response.setCookie(settings.cookies.header(name, value: value, maxAgeSeconds: Self.yearSeconds))
        }
        return response
    }
}

extension FormFields {
    /// Whether the form was sent by a button of text size or theme: save, and come back to the same page.
    public var isDisplayChoice: Bool { has("_size") || has("_theme") }
}
