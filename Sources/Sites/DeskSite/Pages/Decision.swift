// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup

/// What the pages of screen 19 share.
enum Decision {
    /// The line over the title: which dossier the act is about.
    static func over(_ code: DossierCode, _ procedureName: String) -> HTML {
        "<p class=\"over\"><span class=\"num\">\(code.description)</span> · \(procedureName)</p>"
    }

    /// Exactly what the citizen will see.
    static func preview(_ content: HTML) -> HTML {
        """
        <section class="preview" aria-labelledby="xem-truoc"><h2 id="xem-truoc">Người dân sẽ thấy</h2>
        <div class="preview-paper">\(content)</div></section>
        """
    }

    /// First look, then send: without a preview the only button shows it. What the citizen does not read is sent at
    /// once.
    static func buttons(
        send: String,
        hasPreview: Bool,
        isPreviewed: Bool = true,
        isDestructive: Bool = false
    ) -> HTML {
        guard isPreviewed else { return Parts.actions(Parts.button(send, name: "_act", value: "gui")) }
        guard hasPreview else {
            return Parts.actions(Parts.button("Xem trước", name: "_act", value: "xem"))
        }
        return Parts.actions(
            Parts.button(send, name: "_act", value: "gui", style: isDestructive ? .destructive : .primary),
            Parts.button("Xem lại bản mới", name: "_act", value: "xem", style: .secondary)
        )
    }
}
