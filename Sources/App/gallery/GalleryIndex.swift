// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup
import Web

/// The list of all screens and states. A link says by `data-audience` whose page it is, by `data-status` what it
/// answers.
enum GalleryIndex {
    static func html(assets: Assets) -> HTML {
        let frame = PageFrame(
            authorityName: "mọi màn hình",
            siteName: "Phòng trưng bày",
            assets: assets,
            pageCode: "G-0"
        )
        var screens: [(name: String, states: [ScreenState])] = []
        for state in ScreenState.all {
            if screens.last?.name == state.screen {
                screens[screens.count - 1].states.append(state)
            } else {
                screens.append((state.screen, [state]))
            }
        }
        return frame.page(
            PageShape(title: "Mọi màn hình trong mọi trạng thái"),
            """
            <h1>\(ScreenState.all.count) trạng thái của \(screens.count) màn hình</h1>
            \(each: screens, { screen in
                """
                <section aria-labelledby="m-\(screen.name)"><h2 id="m-\(screen.name)">\(screen.name)</h2>
                <ul class="pills">\(each: screen.states, link)</ul></section>

                """
            })
            """
        )
    }

    private static func link(_ state: ScreenState) -> HTML {
        """
        <li><a\(href: state.path)\(attribute: "data-status", state.status == 200 ? nil : state.status)\
        \(attribute: "data-audience", state.audience == .citizen ? nil : "staff")>\(state.state)\
        <span class="vh"> của \(state.screen)</span></a></li>
        """
    }
}

/// The gallery keeps no cookie: size and theme stand in the address.
enum DisplayQuery {
    static func settings(_ query: QueryFields) -> DisplaySettings {
        DisplaySettings(
            textSize: query.choice("size", as: TextSize.self) ?? .medium,
            theme: query.choice("theme", as: Theme.self) ?? .automatic
        )
    }

    /// The page to go back to, with the choice in its query.
    static func address(_ query: QueryFields) -> String {
        let back = query.text("ve").flatMap { SafeAddress.staysHere($0) ? $0 : nil } ?? "/"
        guard back.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return "/" }
        let size = query.choice("size", as: TextSize.self).map { "size=\($0.rawValue)" }
        let theme = query.choice("theme", as: Theme.self).map { "theme=\($0.rawValue)" }
        return back + "?" + [size, theme].compactMap(\.self).joined(separator: "&")
    }
}

/// A paper for the viewers: one empty A4 page.
enum SamplePDF {
    static let text = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
        4 0 obj<</Length 44>>stream
        BT /F 24 Tf 72 760 Td (MOT CUA - MAU) Tj ET
        endstream endobj
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
        trailer<</Root 1 0 R/Size 6>>
        %%EOF

        """
}
